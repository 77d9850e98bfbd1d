// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/actionrules.h"

#include "core/cloud/types/instance.h"

#include <QCoreApplication>

namespace novita {

namespace {

struct ActionRules
{
    Q_DECLARE_TR_FUNCTIONS(ActionRules)
};

QString stateLabel(const Instance &instance)
{
    if (instance.status == InstanceStatus::Unknown && !instance.statusText.isEmpty())
        return instance.statusText;
    return QCoreApplication::translate("InstanceState", stateInfo(instance.status).label);
}

bool changesTheCloud(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start:
    case InstanceAction::Stop:
    case InstanceAction::Restart:
    case InstanceAction::Delete:
    case InstanceAction::Edit:
    case InstanceAction::Clone:
    case InstanceAction::SaveImage:
    case InstanceAction::Upgrade:
    case InstanceAction::Migrate:
    case InstanceAction::Renew: return true;
    }
    return true;
}

QString stateRefusal(const Instance &instance, InstanceAction action)
{
    const QString state = stateLabel(instance);
    switch (action) {
    case InstanceAction::Start: return ActionRules::tr("Only a stopped instance can be started; this one is: %1.").arg(state);
    case InstanceAction::Stop: return ActionRules::tr("Only a running instance can be stopped; this one is: %1.").arg(state);
    case InstanceAction::Restart: return ActionRules::tr("Only a running instance can be restarted; this one is: %1.").arg(state);
    case InstanceAction::Delete: return ActionRules::tr("This instance is being deleted already.");
    case InstanceAction::Renew:
        if (instance.billing != BillingMode::Monthly)
            return ActionRules::tr("Only monthly instances can be renewed.");
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

} // namespace

ActionVerdict actionVerdict(const Instance &instance, const ActionCircumstances &circumstances, InstanceAction action)
{
    const auto no = [](const QString &reason) { return ActionVerdict{false, reason}; };
    if (!circumstances.hasKey)
        return no(ActionRules::tr("No API key is set. Connect an account first."));
    if (circumstances.readOnly && changesTheCloud(action))
        return no(ActionRules::tr("The profile is read-only."));
    if (circumstances.pending && action != InstanceAction::Clone)
        return no(ActionRules::tr("An action was asked for and the cloud has not confirmed it yet."));
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
    default: break;
    }
    return preview;
}

bool tookEffect(const Instance &before, const Instance &after, InstanceAction action, std::optional<TimePoint> startedAfter)
{
    using S = InstanceStatus;
    switch (action) {
    case InstanceAction::Start:
        return after.status == S::ToStart || after.status == S::Starting || after.status == S::Pulling || after.status == S::Running;
    case InstanceAction::Stop: return after.status == S::ToStop || after.status == S::Stopping || after.status == S::Exited;
    case InstanceAction::Restart:
        return after.status == S::ToRestart || after.status == S::Restarting
               || (after.status == S::Running && before.lastStartedAt && after.lastStartedAt && *after.lastStartedAt > *before.lastStartedAt
                   && (!startedAfter || *after.lastStartedAt > *startedAfter));
    case InstanceAction::Delete: return after.status == S::ToRemove || after.status == S::Removing || after.status == S::Removed;
    default: return false;
    }
}

bool canTellEffect(const Instance &before, const Instance &after, InstanceAction action)
{
    return action != InstanceAction::Restart || after.status != InstanceStatus::Running || (before.lastStartedAt && after.lastStartedAt);
}

} // namespace novita
