// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/database/operationlog.h"
#include "core/workflows/batchcreate.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <vector>

namespace novita {

/// The batches of the account in use: at most one is being sent at a time, and each outlives the dialog that began it, and a
/// kill of the program.
///
/// A batch is on the disk (operation log, kind "batch") before its first request leaves, and so is each of its creates. Of a
/// batch that was cut off, setProfile() brings back every row: made, on its way when the program ended (CreateInstance looks
/// for those), or not begun. The same for one that ended with rows of unknown outcome, so that those can still be
/// settled. What is not begun is sent only by resume(): nothing is spent at a start by itself. Thread: the Database's.
class BatchRuns final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchRuns)

public:
    /// All must outlive it.
    BatchRuns(CreateInstance &creator, OperationLog &operations, const Clock &clock, QObject *parent = nullptr);
    ~BatchRuns() override;

    /// Lets go of the batches of the account before (they stay in the log) and takes up those of `profile` that were cut off
    /// or have rows of unknown outcome.
    void setProfile(const ProfileId &profile);

    /// Begins a batch. Null, and nothing happens, while another is being sent, or without drafts. Owned by this; lives until the
    /// profile changes.
    BatchCreate *begin(const QList<InstanceDraft> &drafts, int parallel);
    /// Sends what was not begun. False when it is not known, has nothing to send, lacks a value, or another is being sent.
    bool resume(const OperationId &id);
    /// Sends again what failed, was skipped or canceled; under the same conditions.
    bool retryFailed(const OperationId &id);
    /// Reads the instances for those of `rows` whose outcome is unknown; sends nothing.
    void lookAgain(const OperationId &id, const QList<int> &rows);
    /// Sends those of `rows` whose outcome is unknown once more, after a person's yes: there may be two then. False when none of them
    /// can be sent, rows wait to be resumed, or another batch is being sent.
    bool createAgain(const OperationId &id, const QList<int> &rows);
    /// What was not sent will not be. What is on its way is let finish.
    void cancel(const OperationId &id);

    BatchCreate *find(const OperationId &id) const;
    /// The one being sent, else the latest that was cut off, else the latest; null when there is none.
    BatchCreate *current() const;
    bool isSending() const { return sending() != nullptr; }

signals:
    /// A batch began, changed a row or ended.
    void changed(const novita::OperationId &id);
    /// Every row of it has come to something; again when what failed was sent again.
    void ended(const novita::OperationId &id);
    /// A batch that an earlier run of the program did not finish is known now, row by row.
    void foundCutOff(const novita::OperationId &id);

private:
    struct Entry
    {
        BatchCreate *batch;
        Operation operation;
        bool writing = false; ///< on its way to the disk; started as soon as it is there
    };

    Entry *entryOf(const OperationId &id);
    const BatchCreate *sending() const;
    Entry &adopt(BatchCreate *batch, Operation operation);
    void startWritten(Entry &entry, std::function<void(BatchCreate &)> go);
    void takeUp(const Operation &operation);
    void readRows(const Operation &operation);
    void restore(const Operation &operation, const QList<Operation> &creates);
    void closeWhenOver(const OperationId &id);

    CreateInstance &m_creator;
    OperationLog &m_operations;
    const Clock &m_clock;
    const QString m_worker; ///< this run of the program
    ProfileId m_profile;
    CallGuard m_loading;
    std::vector<Entry> m_entries;                             ///< oldest first
    QHash<OperationId, Result<CreateOutcome>> m_resumed;      ///< what became of creates of earlier runs, by their operation
};

} // namespace novita
