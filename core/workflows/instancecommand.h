// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/gpuservices.h"
#include "core/cloud/types/activityevent.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancerequest.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <vector>

namespace novita {

class Refresher;
struct ActivityEvent;
struct Stores;

/// One action on one instance, from the question to what the cloud made of it. Made and owned by InstanceCommands.
/// Rules about actions are in actionrules, words in actiontexts: nothing here knows one action from another but for how its
/// effect is looked for.
///
/// A request that was taken back (no key any more, another account) is not looked into: the activity says so.
///
/// Asking → Done, or, when the reply was lost or the cloud refused for what the state may explain, Verifying: the instance is
/// read again (up to three times after a lost reply, also one of an earlier attempt) and what it says decides. For an image
/// that is saved the jobs are read instead. What may show later only, a paid term above all, stays unknown until then.
class InstanceCommand final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceCommand)

public:
    InstanceCommand(ApiClient &client, Stores &stores, Refresher &refresher, const Clock &clock, const Instance &before,
                    InstanceRequest request, EventSource by, QObject *parent);

    const InstanceRequest &request() const { return m_request; }
    InstanceAction action() const { return m_request.action(); }
    /// Sends the request, after `journal` where there is one: written or not, it then leaves. For an image the jobs are read before, so
    /// that none of them is taken for the new one. `partOfBulk`: the row is not read again by itself, the next list will tell.
    void start(bool partOfBulk, Call<Done> *journal = nullptr);
    /// Ends it without another request: the account has changed, and ApiClient::cancelAll() has gone before. What was under
    /// way then has its result soon; the activity is told what became of it, or that nobody knows.
    void abandon();
    /// A call that ends with this command. Canceling it only stops the listening: the request may be on the wire.
    Call<Done> *listen(QObject *callParent);

signals:
    void sending(); ///< right before the request leaves
    void ended(); ///< right before the result is handed out
    /// The cloud took it up; `job` is that of an image save. Right before ended().
    void accepted(const novita::JobId &job);

private:
    void readJobsFirst();
    void send();
    void onReply(const Result<InstanceActionReply> &reply);
    void verify();
    void onVerified(const Result<Done> &read);
    void onJobsRead(const Result<RowList<Job>> &read);
    void lookAgainOrFail(bool told);
    void accept(const InstanceActionReply &reply = {});
    void fail(const Error &error);
    void tellFailure(const Error &error) const;
    void tellWithdrawn(bool effectUnknown) const;
    void finish(const Result<Done> &result);
    void tell(ActivityEvent event) const;

    Stores &m_stores;
    Refresher &m_refresher;
    const Clock &m_clock;
    InstanceService m_service;
    JobService m_jobs;
    Instance m_before;
    InstanceRequest m_request;
    const EventSource m_by;     ///< whose wish it is, for the activity
    bool m_partOfBulk = false;
    bool m_jobsKnown = false;   ///< m_jobsBefore is all there was
    bool m_asking = false;      ///< the question waits or is on the wire
    bool m_abandoned = false;   ///< the stores are another account's
    TimePoint m_askedAt{};
    QSet<JobId> m_jobsBefore;   ///< of the instance, over or not, right before it was asked for; SaveImage only
    Error m_doubt;              ///< why the instance is being read again
    int m_verifications = 0;
    QTimer m_retry;
    CallGuard m_call;
    std::vector<QPointer<Call<Done>>> m_listeners;
};

} // namespace novita
