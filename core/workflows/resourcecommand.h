// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/activityevent.h"
#include "core/workflows/resourcekind.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <vector>

namespace novita {

struct Stores;

/// One wish about one resource, in the terms of its kind.
struct ResourceOrder
{
    ResourceKind kind = ResourceKind::Template;
    ResourceVerb verb = ResourceVerb::Create;
    QString id;   ///< empty for a creation
    QString name; ///< as shown
    /// Sends the request. Delivers the id of what was made when the answer tells it, else empty text. May hold a secret: it is
    /// dropped as soon as it was called.
    std::function<Call<QString> *()> send;
    /// Reads into the stores what tells of the effect; `id` as in `shown`.
    std::function<Call<Done> *(const QString &id)> look;
    /// Ids in the stores that look like the effect. `id` is what the answer told, or whom the wish is about.
    std::function<QStringList(const QString &id)> shown;
    /// Who uses it, for a refusal on that ground; empty when unknown.
    std::function<QString()> usedBy;
    /// Look before a creation as well: its effect is recognised by a name that what is there already may have.
    bool looksFirst = false;
};

/// Carries an order out: Looking (creations without an id in the answer), Sending, Confirming. Nothing is repeated before the
/// list has shown that the first try had no effect, and nothing counts as done that was not read back or at least accepted.
/// Made and owned by ResourceCommands.
class ResourceCommand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResourceCommand)

public:
    /// `waits`: between the looks after the answer, one fewer than looks.
    ResourceCommand(ResourceOrder order, Stores &stores, const Clock &clock, QList<Milliseconds> waits, QObject *parent);

    const ResourceOrder &order() const { return m_order; }
    void start();
    /// The account has changed, and ApiClient::cancelAll() has gone before: ends it without another request.
    void abandon();
    /// A call that ends with this command. Canceling it only stops the listening.
    Call<ResourceOutcome> *listen(QObject *callParent);

signals:
    void ended(); ///< right before the result is handed out

private:
    void send();
    void onSent(const Result<QString> &sent);
    void look();
    void onLooked(const Result<Done> &looked);
    QString effect() const;
    void endConfirmed(const QString &id);
    void endUnconfirmed();
    void fail(Error error);
    void endAbandoned(bool inDoubt);
    void finish(const Result<ResourceOutcome> &result);
    void tell(EventSeverity severity, const QString &text, const QString &detail = {}) const;

    ResourceOrder m_order;
    Stores &m_stores;
    const Clock &m_clock;
    QList<Milliseconds> m_waits;
    QSet<QString> m_before;        ///< looked like the effect before anything was sent
    QString m_told;                ///< id that the answer told
    std::optional<Error> m_doubt;  ///< the answer was lost
    qsizetype m_looks = 0;
    bool m_sending = false;
    bool m_sent = false;
    bool m_abandoned = false;
    QTimer m_timer;
    CallGuard m_call;
    std::vector<QPointer<Call<ResourceOutcome>>> m_listeners;
};

} // namespace novita
