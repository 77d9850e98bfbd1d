// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/instancestate.h"

#include <QList>
#include <QObject>

#include <memory>

namespace novita {

class ApiClient;
class ProfileStore;
class Refresher;
class Settings;
struct Instance;
struct Stores;

/// May this be done, and if not, why not (a sentence for the tooltip)?
struct ActionVerdict
{
    bool allowed = false;
    QString reason;
};

/// What stopping or deleting would destroy, worked out from the instance's own disks.
struct LossPreview
{
    QStringList lost;    ///< sentences: "Container disk (60 GB)", "Volume disk at /workspace (38 GB)"
    QStringList kept;    ///< "Network volume at /network"
    QStringList notes;   ///< "The GPU is given back: a later start may fail for lack of capacity", "kept 7 days"
};

/// One row of a bulk run.
struct BulkRow
{
    enum class State { Waiting, Running, Done, Failed, Skipped, Canceled };
    InstanceId id;
    QString name;
    State state = State::Waiting;
    QString message;     ///< why failed or skipped
};

/// A bulk action under way: bounded concurrency, one result per row. Owned by InstanceCommands until finished and then by
/// whoever shows it (deleteLater when done with it).
class BulkRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BulkRun)

public:
    InstanceAction action() const { return m_action; }
    const QList<BulkRow> &rows() const { return m_rows; }
    bool isFinished() const { return m_finished; }
    int count(BulkRow::State state) const;
    /// Rows that wait become Canceled; rows that run are let finish.
    void cancelRest();

signals:
    void rowChanged(int row);
    void finished();

private:
    friend class InstanceCommands;
    BulkRun(InstanceAction action, QList<BulkRow> rows, QObject *parent);
    InstanceAction m_action;
    QList<BulkRow> m_rows;
    int m_next = 0;
    int m_running = 0;
    bool m_finished = false;
};

/// Start, stop, restart, delete: asks the cloud, marks the row as asked, re-reads, tells the activity. Nothing shows as
/// done before the cloud agrees.
///
/// A reply that is lost, or "invalid state change", is not a failure yet: the instance is read again and only what it then
/// says counts. A failed start never deletes anything.
class InstanceCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceCommands)

public:
    InstanceCommands(ApiClient &client, Stores &stores, Refresher &refresher, const Settings &settings,
                     const ProfileStore &profiles, const Clock &clock, QObject *parent = nullptr);
    ~InstanceCommands() override;

    /// By state, asked actions, billing mode (monthly cannot be deleted), delete lock, read-only profile.
    ActionVerdict verdict(const InstanceId &id, InstanceAction action) const;
    LossPreview lossOf(const InstanceId &id, InstanceAction action) const;

    /// Start, Stop, Restart or Delete.
    Call<Done> *run(const InstanceId &id, InstanceAction action);
    /// Rows whose verdict says no are Skipped with the reason.
    BulkRun *runBulk(const QList<InstanceId> &ids, InstanceAction action);
    /// A new run over the failed and canceled rows of `run`.
    BulkRun *retryFailed(const BulkRun &run);

    bool isDeleteLocked(const InstanceId &id) const;
    void setDeleteLocked(const InstanceId &id, bool locked);

private:
    void pump(BulkRun *run);
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
