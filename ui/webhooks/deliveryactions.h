// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/instancestate.h"
#include "core/webhooks/delivery.h"
#include "ui/uicontext.h"

#include <QList>
#include <QObject>

#include <array>
#include <optional>

class QAction;
class QMenu;
class QWidget;

namespace novita {

class EditReplayDialog;
struct ReplayReport;

enum class DeliveryAction { Replay, Edit, Forward, CopyCurl, CopyBody, Save };

/// What can be done with one delivery: send it again, changed or not, send it elsewhere, take its bytes along. Each is enabled where it
/// is possible, with the reason in its tooltip where not.
class DeliveryActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryActions)

public:
    static constexpr int kActions = 6;

    /// `dialogParent` owns it.
    DeliveryActions(const UiContext &context, QWidget *dialogParent);

    /// With headers and body; none while nothing is selected or it is still being read.
    void setDelivery(const std::optional<Delivery> &delivery);
    QAction *action(DeliveryAction which) const { return m_actions[static_cast<std::size_t>(which)]; }
    QList<QAction *> actions() const { return {m_actions.cbegin(), m_actions.cend()}; }
    /// Those that have no button of their own.
    QMenu *moreMenu() const { return m_more; }
    void retranslate();

signals:
    /// What became of an action on delivery `about`; `came` is the delivery that came of it, 0 when none did.
    void reported(qint64 about, novita::StateTone tone, const QString &sentence, qint64 came);

private:
    void judge();
    static QString whyNoCopy(const Delivery &delivery);
    void update();
    void apply(DeliveryAction which, const QString &why, const QString &tip);
    void replay();
    void edit();
    void forward();
    void copyCurl();
    void copyBody();
    void save();
    void follow(qint64 about, Call<ReplayReport> *call);
    void tell(qint64 about, const Result<ReplayReport> &report);
    void sendEdited(qint64 about, EditReplayDialog *dialog);
    void say(qint64 about, StateTone tone, const QString &sentence, qint64 came = 0);

    UiContext m_context;
    QWidget *m_parent;
    std::array<QAction *, kActions> m_actions{};
    QMenu *m_more;
    std::optional<Delivery> m_delivery;
    QString m_whyNoBody; ///< these three of m_delivery: looking through a body takes time
    QString m_whyNoEdit;
    QString m_whyNoCopy;
    QString m_lastUrl; ///< that something was forwarded to in this run
};

} // namespace novita
