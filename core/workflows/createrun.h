// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/gpuservices.h"
#include "core/cloud/types/activityevent.h"
#include "core/cloud/types/instancedraft.h"
#include "core/database/operationlog.h"
#include "core/workflows/createoutcome.h"
#include "core/workflows/createsearch.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace novita {

class CreateJournal;
class Refresher;
struct Stores;

/// One create under way. Made and owned by CreateInstance.
///
/// LookingFirst (only when what is known of the list is too old) → Creating → Done, or, when the answer was lost,
/// Searching → Adopted or Unknown. The request is sent once.
class CreateRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateRun)

public:
    CreateRun(ApiClient &client, Stores &stores, Refresher &refresher, const Clock &clock, InstanceDraft draft, QObject *parent);

    /// Waits between the searches after a lost answer.
    void setSearchWaits(const QList<Milliseconds> &waits) { m_waits = waits; }
    /// Every create is written down there before its request leaves. Null: nowhere.
    void setJournal(CreateJournal *journal, const BatchPlace &place);
    /// `lookFirst`: read the list before sending. `earlier`: a create of the same draft that ended as Unknown; when its
    /// instance has turned up by now it is adopted and nothing is sent.
    void start(bool lookFirst, const std::optional<CreateTrace> &earlier);
    /// Sends nothing: looks for what an earlier run of the program has sent.
    void startSearching(const OperationId &operation, const CreateTrace &sent);
    /// Sends nothing: reads the instances once, for a create of unknown outcome. Ends as Adopted, or as Unknown with what was seen.
    void startLookingAgain(const OperationId &operation, const CreateTrace &sent);
    /// Stops everything without another request and ends as Canceled, with `effectUnknown` when the create may have taken
    /// effect: the account has changed. The client's requests have been canceled before.
    void abandon();
    const InstanceDraft &draft() const { return m_draft; }
    const CreateTrace &trace() const { return m_trace; }
    /// Whose wish it is, for the activity.
    void setSource(EventSource by) { m_by = by; }
    const OperationId &operation() const { return m_operation; } ///< in the journal; empty without one
    const BatchPlace &place() const { return m_place; }
    /// The request was sent and no usable answer came back.
    bool isAnswerLost() const { return m_answerLost; }
    /// A call that ends with this run. Canceling it only stops the listening.
    Call<CreateOutcome> *listen(QObject *callParent);

signals:
    void ended(const novita::Result<novita::CreateOutcome> &result); ///< right before the result is handed out

private:
    void lookFirst();
    void onLookedAgain(const Result<RowList<Instance>> &rows);
    std::optional<QString> doubtAfter(const RowList<Instance> &rows, const CreateTrace &sent) const;
    void writeDown();
    void send();
    void onCreated(const Result<InstanceId> &created);
    void search();
    void boundSearch();
    void searchLater();
    void giveUpSearching();
    void endAbandoned(bool inDoubt);
    void adopt(const InstanceId &id);
    void endUnknown(const QString &message);
    void finish(const Result<CreateOutcome> &result);
    void tell(EventSeverity severity, const QString &text, const InstanceId &id, const QString &detail = {}) const;

    Stores &m_stores;
    Refresher &m_refresher;
    const Clock &m_clock;
    InstanceService m_service;
    InstanceDraft m_draft;
    CreateJournal *m_journal = nullptr;
    OperationId m_operation;    ///< in the journal
    BatchPlace m_place;
    EventSource m_by = EventSource::You;
    QSet<InstanceId> m_namesakes; ///< of those known before, the ones that a search by name can meet again
    CreateTrace m_trace;
    std::optional<CreateTrace> m_earlier;
    bool m_sent = false;        ///< the request is under way
    bool m_answerLost = false;
    Error m_loss;               ///< how the answer was lost
    QList<Milliseconds> m_waits;
    qsizetype m_searches = 0;
    bool m_lastSearchWhole = false; ///< the last search was answered, with the whole list
    bool m_abandoned = false;
    QTimer m_searchEnd;
    QTimer m_timer;
    CallGuard m_call;
    std::vector<QPointer<Call<CreateOutcome>>> m_listeners;
};

} // namespace novita
