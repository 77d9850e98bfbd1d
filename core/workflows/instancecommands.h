// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/requestpreview.h"
#include "core/cloud/types/activityevent.h"
#include "core/cloud/types/instancerequest.h"
#include "core/workflows/actionrules.h"
#include "core/workflows/bulkrun.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace novita {

class ApiClient;
class PaymentJournal;
class ProfileStore;
class Refresher;
class Settings;
struct Instance;
struct Stores;

/// Every action on instances but create and clone: asks the cloud, marks the row as asked, re-reads, tells the activity. Nothing shows as
/// done before the cloud agrees.
///
/// A reply that is lost, or "invalid state change", is not a failure yet: the instance is read again and only what it then
/// says counts. A failed start never deletes anything.
class InstanceCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceCommands)

public:
    InstanceCommands(ApiClient &client, Stores &stores, Refresher &refresher, Settings &settings,
                     const ProfileStore &profiles, const Clock &clock, QObject *parent = nullptr);
    ~InstanceCommands() override;

    /// By state, asked actions, billing mode (monthly cannot be deleted), delete lock, read-only profile.
    ActionVerdict verdict(const InstanceId &id, InstanceAction action) const;
    LossPreview lossOf(const InstanceId &id, InstanceAction action) const;

    /// Any action but Clone, with its input. Done means that the cloud took it up, not that the instance has arrived in its new
    /// state. What verdict() refuses, and input that breaks a rule, is ErrorKind::Validation (one line per problem in
    /// `detail`). The same request asked for again while it is under way joins it.
    /// Canceling the call stops the listening only: a request that may be on the wire cannot be taken back.
    /// `by`: whose wish it is, for the activity.
    Call<Done> *run(const InstanceId &id, const InstanceRequest &request, EventSource by = EventSource::You);
    /// What is wrong with the input for this instance; empty when nothing is, or when it is gone.
    QList<DraftProblem> problems(const InstanceId &id, const InstanceRequest &request) const;
    /// "stop_<ms>_<id>": the name that an action has for other programs. Of `id` the one that the cloud took up last is known; empty when that
    /// was another than `action`, or none in this run. The start of an instance is better named by its watch, see StartupCase.
    QString operationId(const InstanceId &id, InstanceAction action) const;
    /// The request that run() would send, to be shown or copied; it is not sent.
    RequestPreview preview(const InstanceId &id, const InstanceRequest &request) const;
    /// What runBulk() would do with each of `ids` now: rows that wait, and rows Skipped with the reason. For asking a person
    /// about exactly what will be done.
    QList<BulkRow> planBulk(const QList<InstanceId> &ids, InstanceAction action) const;
    /// Input of a bulk action holds for every row; a row whose instance it does not fit fails with the reason. Edit, Upgrade and
    /// SaveImage are not for several: their input is one instance's own ports, configuration or image name.
    static bool isForSeveral(InstanceAction action);
    /// Carries out a plan: what was Skipped in it stays so, whatever may be done by now; what waits and may no longer be done
    /// is Skipped with today's reason.
    BulkRun *runPlan(QList<BulkRow> plan, const InstanceRequest &request);
    /// Plan and run in one: nobody is asked in between.
    BulkRun *runBulk(const QList<InstanceId> &ids, const InstanceRequest &request);
    /// A new run over the failed and canceled rows of `run`. Those whose outcome is unknown stay as they are.
    BulkRun *retryFailed(const BulkRun &run);

    /// Who writes down what pays at once before it is sent, and knows what of it is in doubt; it must outlive this or be taken
    /// back. Null: nobody.
    void setPaymentJournal(PaymentJournal *journal);
    /// The journal's: what of the instance was in doubt is so no more.
    void notePaymentSettled(const InstanceId &id) { emit paymentSettled(id); }

    bool isDeleteLocked(const InstanceId &id) const;
    /// All of them in one write.
    void setDeleteLocked(const QList<InstanceId> &ids, bool locked);

signals:
    /// `request` is about to be sent; taken() or notTaken() follows, unless another account is taken up before.
    void asked(const novita::Instance &before, const novita::InstanceRequest &request);
    /// What of a renewal or a conversion of the instance was in doubt is known now, or given up.
    void paymentSettled(const novita::InstanceId &id);
    /// It failed, was refused, or is in doubt.
    void notTaken(const novita::Instance &before, const novita::InstanceRequest &request, const novita::Error &error);
    /// The cloud took `action` up; `before` is the instance as it was when it was asked for.
    void taken(const novita::Instance &before, novita::InstanceAction action);
    /// The cloud took up the saving of an image, as this job; right before taken().
    void imageJobBegun(const novita::InstanceId &id, const novita::JobId &job);

private:
    /// By verdict and input.
    std::optional<Error> refusal(const InstanceId &id, const InstanceRequest &request) const;
    Call<Done> *command(const InstanceId &id, const InstanceRequest &request, EventSource by, bool partOfBulk);
    void pump(BulkRun *run);
    void readDeleteLocks();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
