// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/actionrules.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/instance.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostStateChars = 60;

struct ActionRules
{
    Q_DECLARE_TR_FUNCTIONS(ActionRules)
};

QString stateLabel(const Instance &instance)
{
    if (instance.status == InstanceStatus::Unknown && !instance.statusText.isEmpty())
        return displayLine(instance.statusText, kMostStateChars);
    return QCoreApplication::translate("InstanceState", stateInfo(instance.status).label);
}

QString stateRefusal(const Instance &instance, InstanceAction action)
{
    const QString state = stateLabel(instance);
    switch (action) {
    case InstanceAction::Start: return ActionRules::tr("Only a stopped instance can be started; this one is: %1.").arg(state);
    case InstanceAction::Stop: return ActionRules::tr("Only a running instance can be stopped; this one is: %1.").arg(state);
    case InstanceAction::Restart: return ActionRules::tr("Only a running instance can be restarted; this one is: %1.").arg(state);
    case InstanceAction::Delete: return ActionRules::tr("This instance is being deleted already.");
    case InstanceAction::SaveImage: return ActionRules::tr("Stop the instance first: an image is saved of a stopped one. This one is: %1.").arg(state);
    case InstanceAction::Edit: return ActionRules::tr("Ports and disk are changed while an instance runs; this one is: %1.").arg(state);
    case InstanceAction::Upgrade: return ActionRules::tr("Only a running or stopped instance can be upgraded; this one is: %1.").arg(state);
    case InstanceAction::Migrate:
        return ActionRules::tr("Only a stopped instance, or a spot instance that is called back, can be migrated; this one is: %1.").arg(state);
    case InstanceAction::Renew:
        if (instance.billing != BillingMode::Monthly)
            return ActionRules::tr("Only monthly instances can be renewed.");
        break;
    case InstanceAction::AutoRenew:
        if (instance.billing != BillingMode::Monthly)
            return ActionRules::tr("Only monthly instances are renewed automatically.");
        break;
    case InstanceAction::ToMonthly:
        if (instance.billing == BillingMode::Monthly)
            return ActionRules::tr("This instance is billed by the month already.");
        if (instance.billing != BillingMode::OnDemand)
            return ActionRules::tr("Only an on-demand instance can be converted to monthly billing.");
        break;
    default: break;
    }
    return ActionRules::tr("Not possible in this state: %1.").arg(state);
}

QString diskText(const QString &what, std::optional<double> sizeGb)
{
    if (!sizeGb || *sizeGb <= 0)
        return what;
    return ActionRules::tr("%1 (%2 GB)", "a disk and its size").arg(what, QString::number(*sizeGb));
}

void addDisks(const Instance &instance, LossPreview &preview)
{
    std::optional<double> rootfs;
    if (instance.rootfsGb)
        rootfs = *instance.rootfsGb;
    preview.lost.append(diskText(ActionRules::tr("Container disk"), rootfs));
    for (const VolumeMount &mount : instance.volumes) {
        if (mount.isNetwork())
            preview.kept.append(diskText(ActionRules::tr("Network volume at %1").arg(mount.mountPath), mount.sizeGb));
        else
            preview.lost.append(diskText(ActionRules::tr("Volume disk at %1").arg(mount.mountPath), mount.sizeGb));
    }
}

/// It runs, and since a later moment than `before` knew of.
bool startedAgain(const Instance &before, const Instance &after, std::optional<TimePoint> startedAfter)
{
    return after.status == InstanceStatus::Running && before.lastStartedAt && after.lastStartedAt && *after.lastStartedAt > *before.lastStartedAt
           && (!startedAfter || *after.lastStartedAt > *startedAfter);
}

bool hasEdit(const Instance &before, const Instance &after, const EditRequest &edit)
{
    const bool grown = edit.growDiskGb == 0
                       || (before.rootfsGb && after.rootfsGb && *after.rootfsGb >= *before.rootfsGb + edit.growDiskGb);
    if (!edit.ports)
        return grown;
    const auto sorted = [](QList<DraftPort> ports) {
        std::sort(ports.begin(), ports.end(), [](const DraftPort &a, const DraftPort &b) { return a.port < b.port; });
        return ports;
    };
    return grown && sorted(InstanceDraft::fromInstance(after, after.name).ports) == sorted(*edit.ports);
}

bool hasUpgrade(const Instance &before, const Instance &after, const UpgradeRequest &upgrade, std::optional<TimePoint> startedAfter)
{
    if (after.status == InstanceStatus::ToReset || after.status == InstanceStatus::Resetting)
        return true;
    const auto runs = [&upgrade](const Instance &instance) {
        return instance.imageUrl == upgrade.imageUrl && instance.command == upgrade.command && instance.envs == upgrade.envs;
    };
    return runs(after) && (!runs(before) || startedAgain(before, after, startedAfter));
}

} // namespace

ActionVerdict actionVerdict(const Instance &instance, const ActionCircumstances &circumstances, InstanceAction action)
{
    const auto no = [](const QString &reason) { return ActionVerdict{false, reason}; };
    if (!circumstances.hasKey)
        return no(ActionRules::tr("No API key is set. Connect an account first."));
    if (circumstances.readOnly)
        return no(ActionRules::tr("The profile is read-only."));
    if (circumstances.pending && action != InstanceAction::Clone)
        return no(ActionRules::tr("An action was asked for and the cloud has not confirmed it yet."));
    if (circumstances.paymentInDoubt && paysAtOnce(action))
        return no(ActionRules::tr("It is not known yet whether the term that was asked for before has been paid; it is being looked for. Asked for again now, it may be paid twice."));
    if (action == InstanceAction::Delete && circumstances.deleteLocked)
        return no(ActionRules::tr("The instance is locked against deletion."));
    if (!allows(instance, action))
        return no(stateRefusal(instance, action));
    if (action == InstanceAction::Delete && instance.billing == BillingMode::Monthly)
        return no(ActionRules::tr("Monthly instances cannot be deleted before they expire."));
    return {true, {}};
}

LossPreview lossPreview(const Instance &instance, InstanceAction action)
{
    LossPreview preview;
    switch (action) {
    case InstanceAction::Stop:
        addDisks(instance, preview);
        preview.notes.append(ActionRules::tr("What is on these disks may not survive a stop."));
        preview.notes.append(ActionRules::tr("The GPU is given back: a later start may fail for lack of capacity."));
        if (instance.keepDataDays && *instance.keepDataDays > 0)
            preview.notes.append(ActionRules::tr("The data of a stopped instance is kept for %n day(s), and its storage is charged.", nullptr,
                                                 *instance.keepDataDays));
        break;
    case InstanceAction::Delete:
        addDisks(instance, preview);
        preview.notes.append(ActionRules::tr("This cannot be undone."));
        break;
    case InstanceAction::Restart:
        preview.notes.append(ActionRules::tr("Programs that run on the instance are ended, and its connection data may change."));
        break;
    case InstanceAction::Start:
        preview.notes.append(ActionRules::tr("Billing starts as soon as the image is pulled."));
        break;
    case InstanceAction::Upgrade:
        addDisks(instance, preview);
        preview.notes.append(ActionRules::tr("The instance is reset: everything that runs on it is ended, and its connection data change."));
        break;
    case InstanceAction::Migrate:
        addDisks(instance, preview);
        preview.notes.append(ActionRules::tr("New data on these disks is not taken along to the other host."));
        preview.notes.append(ActionRules::tr("Connection data change, and billing goes on there as soon as it runs."));
        break;
    default: break;
    }
    return preview;
}

bool tookEffect(const Instance &before, const Instance &after, const InstanceRequest &request, std::optional<TimePoint> startedAfter)
{
    using S = InstanceStatus;
    switch (request.action()) {
    case InstanceAction::Start:
        return after.status == S::ToStart || after.status == S::Starting || after.status == S::Pulling || after.status == S::Running;
    case InstanceAction::Stop: return after.status == S::ToStop || after.status == S::Stopping || after.status == S::Exited;
    case InstanceAction::Restart:
        return after.status == S::ToRestart || after.status == S::Restarting || startedAgain(before, after, startedAfter);
    case InstanceAction::Delete: return after.status == S::ToRemove || after.status == S::Removing || after.status == S::Removed;
    case InstanceAction::Edit: return hasEdit(before, after, request.input<EditRequest>());
    case InstanceAction::Upgrade: return hasUpgrade(before, after, request.input<UpgradeRequest>(), startedAfter);
    case InstanceAction::Migrate:
        return after.status == S::Migrating || (before.status == S::Exited && (after.status == S::Starting || after.status == S::Running))
               || startedAgain(before, after, startedAfter);
    case InstanceAction::Renew: return before.endTime && after.endTime && *after.endTime > *before.endTime;
    case InstanceAction::ToMonthly: return after.billing == BillingMode::Monthly;
    default: return false;
    }
}

bool canTellEffect(const Instance &before, const Instance &after, const InstanceRequest &request)
{
    const bool showsStart = after.status != InstanceStatus::Running || (before.lastStartedAt && after.lastStartedAt);
    switch (request.action()) {
    case InstanceAction::Restart: return showsStart;
    case InstanceAction::Upgrade: return showsStart || !(UpgradeRequest::of(before) == request.input<UpgradeRequest>());
    // It takes up to a minute until an edit or a paid term shows; the rest is not part of what is read.
    case InstanceAction::Renew:
    case InstanceAction::ToMonthly:
    case InstanceAction::Edit:
    case InstanceAction::SaveImage:
    case InstanceAction::AutoRenew:
    case InstanceAction::AutoMigrate: return false;
    default: return true;
    }
}

bool paysAtOnce(InstanceAction action)
{
    return action == InstanceAction::Renew || action == InstanceAction::ToMonthly;
}

bool changesStatus(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start:
    case InstanceAction::Stop:
    case InstanceAction::Restart:
    case InstanceAction::Delete:
    case InstanceAction::Upgrade:
    case InstanceAction::Migrate: return true;
    default: return false;
    }
}

} // namespace novita
