// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/jobservice.h"
#include "core/cloud/types/instancerequest.h"
#include "core/database/operationlog.h"
#include "core/workflows/watchedjob.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace novita {

class ApiClient;
class InstanceCommands;
struct ActivityEvent;
struct Instance;
struct Stores;

/// Follows the jobs of the cloud that our actions begin (an image saved, a migration) to their end, over restarts of the program: reads
/// them more and more seldom while nothing moves, tells the activity how each ended, and cancels one on request.
///
/// A job lives in the operation log (kinds "saveImage" and "migrate") from the moment its action is asked for. So after a kill it is
/// followed on, by one run of the program; one whose id had not arrived is looked for among the jobs of its instance. A read
/// that fails changes nothing. All jobs are read with one list.
class JobWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobWatch)

public:
    static constexpr Milliseconds kFirstWait{3000};
    static constexpr Milliseconds kLongestWait{30000};
    /// Complete answers without it, after which a job that has an id, or never got one, counts as gone.
    static constexpr int kMostUnseen = 6;

    /// `random` yields values in [0, 1).
    JobWatch(ApiClient &client, Stores &stores, InstanceCommands &commands, OperationLog &operations, const Clock &clock,
             std::function<double()> random, QObject *parent = nullptr);
    ~JobWatch() override;

    /// Puts the jobs of the profile before away (they stay in the log) and takes up those of `profile`. An empty one: none.
    void setProfile(const ProfileId &profile);

    /// Those of this run and those taken up, ended ones too; by operation.
    const std::map<OperationId, WatchedJob> &jobs() const { return m_jobs; }
    const WatchedJob *find(const OperationId &id) const;
    int openCount() const;
    /// Asks the cloud to cancel it. Done means that the cloud took that up; the job shows as canceled once its state says so. A lost
    /// answer or a refusal is followed by a read, and a job that has ended meanwhile is no failure.
    Call<Done> *cancel(const OperationId &id);
    /// The same for a job that another program began.
    Call<Done> *cancelForeign(const JobId &id);
    /// Reads now instead of when the timer fires.
    void wake();

signals:
    void changed(const novita::OperationId &id);
    void ended(const novita::WatchedJob &job);

private:
    void onAsked(const Instance &before, const InstanceRequest &request);
    void onTaken(const Instance &before, InstanceAction action);
    void onNotTaken(const Instance &before, const InstanceRequest &request, const Error &error);
    void onJobBegun(const InstanceId &instance, const JobId &id);
    OperationId openFor(const InstanceId &instance, WatchedJob::Kind kind) const;
    void resume(const Operation &operation);
    void read();
    void onRead(const Result<RowList<Job>> &read);
    /// What `rows` say of it; true when it moved.
    bool follow(WatchedJob &job, const RowList<Job> &rows) const;
    void missed(WatchedJob &job) const;
    void adopt(const OperationId &id, const WatchedJob &now);
    void save(const OperationId &id);
    void tell(const WatchedJob &job) const;
    void arm();

    JobService m_service;
    Stores &m_stores;
    OperationLog &m_operations;
    const Clock &m_clock;
    std::function<double()> m_random;
    const QString m_worker;   ///< this run of the program
    ProfileId m_profile;
    std::map<OperationId, WatchedJob> m_jobs;
    std::map<OperationId, Operation> m_rows;
    Milliseconds m_wait = kFirstWait;
    QTimer m_timer;
    /// Operations whose request has not been answered, by instance: what the cloud shows, or does not show, is no sign of theirs yet.
    QHash<InstanceId, OperationId> m_sending;
    CallGuard m_loading;
    CallGuard m_reading;
};

} // namespace novita
