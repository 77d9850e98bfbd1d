// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instancestate.h"

#include <QtGlobal>

#include <algorithm>

namespace novita {

namespace {

constexpr std::uint32_t bit(InstanceAction action)
{
    return 1U << static_cast<std::uint32_t>(action);
}

template<typename... Actions>
constexpr std::uint32_t actionSet(Actions... actions)
{
    return (bit(actions) | ... | 0U);
}

using A = InstanceAction;

// Documented nowhere as a table; put together from the guides and from what live-tested clients do (gpu-notes section 4).
// Renewal is refused while an instance is being created (CREATING_INSTANCE_NOT_SUPPORT_RENEWAL). Settings of the subscription
// and of migration change nothing that runs. What else an instance must be is in allows(const Instance &, …): a running one
// may migrate only once its spot GPU is called back.
constexpr std::uint32_t kYoung = actionSet(A::Delete, A::Clone);
constexpr std::uint32_t kBusy = actionSet(A::Delete, A::Clone, A::Renew, A::AutoRenew, A::AutoMigrate);
constexpr std::uint32_t kRunning = actionSet(A::Stop, A::Restart, A::Delete, A::Edit, A::Clone, A::Upgrade, A::Migrate, A::Renew, A::ToMonthly,
                                             A::AutoRenew, A::AutoMigrate);
constexpr std::uint32_t kExited = actionSet(A::Start, A::Delete, A::Clone, A::SaveImage, A::Upgrade, A::Migrate, A::Renew, A::ToMonthly,
                                            A::AutoRenew, A::AutoMigrate);
constexpr std::uint32_t kGone = actionSet(A::Clone);

// Billing. The cloud says: from `pulling` on, until stopped. So everything on the way down to `exited` still counts
// (nothing is stopped before it says exited), and so do restart, reset and freezing, which hold on to the GPU. Not
// counted: the way up before `pulling`; migrating, which leaves a host that is lost; removal, which usually begins at a
// stopped instance and lasts seconds; and a status nobody knows, about which no claim is better than a wrong one.
constexpr bool kBills = true;
constexpr bool kFree = false;
constexpr bool kMoves = true;
constexpr bool kRests = false;
constexpr bool kEnds = true;
constexpr bool kLasts = false;

using S = InstanceStatus;
using T = StateTone;
#define ROW_LABEL(text) QT_TRANSLATE_NOOP("InstanceState", text)

constexpr std::array<InstanceStateInfo, 20> kTable{{
    {S::Pending, QLatin1String("pending"), ROW_LABEL("Pending"), T::Wait, QLatin1String("clock"), kMoves, kFree, kLasts, kYoung},
    {S::ToCreate, QLatin1String("toCreate"), ROW_LABEL("Waiting to be created"), T::Wait, QLatin1String("clock"), kMoves, kFree, kLasts, kYoung},
    {S::Creating, QLatin1String("creating"), ROW_LABEL("Creating"), T::Wait, QLatin1String("list-add"), kMoves, kFree, kLasts, kYoung},
    {S::Pulling, QLatin1String("pulling"), ROW_LABEL("Pulling image"), T::Wait, QLatin1String("download"), kMoves, kBills, kLasts, kYoung},
    {S::Running, QLatin1String("running"), ROW_LABEL("Running"), T::Good, QLatin1String("media-playback-start"), kRests, kBills, kLasts, kRunning},
    {S::ToStart, QLatin1String("toStart"), ROW_LABEL("Waiting to start"), T::Wait, QLatin1String("clock"), kMoves, kFree, kLasts, kBusy},
    {S::Starting, QLatin1String("starting"), ROW_LABEL("Starting"), T::Wait, QLatin1String("system-run"), kMoves, kFree, kLasts, kBusy},
    {S::ToStop, QLatin1String("toStop"), ROW_LABEL("Waiting to stop"), T::Wait, QLatin1String("clock"), kMoves, kBills, kLasts, kBusy},
    {S::Stopping, QLatin1String("stopping"), ROW_LABEL("Stopping"), T::Wait, QLatin1String("media-playback-pause"), kMoves, kBills, kLasts, kBusy},
    {S::Exited, QLatin1String("exited"), ROW_LABEL("Stopped"), T::Idle, QLatin1String("media-playback-stop"), kRests, kFree, kLasts, kExited},
    {S::ToRestart, QLatin1String("toRestart"), ROW_LABEL("Waiting to restart"), T::Wait, QLatin1String("clock"), kMoves, kBills, kLasts, kBusy},
    {S::Restarting, QLatin1String("restarting"), ROW_LABEL("Restarting"), T::Wait, QLatin1String("system-reboot"), kMoves, kBills, kLasts, kBusy},
    {S::ToRemove, QLatin1String("toRemove"), ROW_LABEL("Waiting for deletion"), T::Wait, QLatin1String("clock"), kMoves, kFree, kLasts, kYoung},
    {S::Removing, QLatin1String("removing"), ROW_LABEL("Deleting"), T::Wait, QLatin1String("edit-delete"), kMoves, kFree, kLasts, kGone},
    {S::Removed, QLatin1String("removed"), ROW_LABEL("Deleted"), T::Idle, QLatin1String("user-trash"), kRests, kFree, kEnds, kGone},
    {S::ToReset, QLatin1String("toReset"), ROW_LABEL("Waiting for reset"), T::Wait, QLatin1String("clock"), kMoves, kBills, kLasts, kBusy},
    {S::Resetting, QLatin1String("resetting"), ROW_LABEL("Resetting"), T::Wait, QLatin1String("view-refresh"), kMoves, kBills, kLasts, kBusy},
    {S::Migrating, QLatin1String("migrating"), ROW_LABEL("Migrating"), T::Wait, QLatin1String("transform-move"), kMoves, kFree, kLasts, kBusy},
    {S::Freezing, QLatin1String("freezing"), ROW_LABEL("Freezing"), T::Warn, QLatin1String("system-suspend"), kMoves, kBills, kLasts, kBusy},
    {S::Unknown, QLatin1String(""), ROW_LABEL("Unknown"), T::Warn, QLatin1String("question"), kMoves, kFree, kLasts, kYoung},
}};

#undef ROW_LABEL

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        if (static_cast<std::size_t>(kTable.at(i).status) != i)
            return false;
    }
    return static_cast<std::size_t>(InstanceStatus::Unknown) + 1 == kTable.size();
}
static_assert(inEnumOrder());

} // namespace

const InstanceStateInfo &stateInfo(InstanceStatus status)
{
    const auto index = static_cast<std::size_t>(status);
    return index < kTable.size() ? kTable.at(index) : kTable.back();
}

InstanceStatus instanceStatusFromWire(QStringView wire)
{
    // The last row is Unknown with an empty text: an empty status falls into it as well.
    const auto row = std::find_if(kTable.begin(), kTable.end() - 1, [wire](const InstanceStateInfo &info) { return info.wire == wire; });
    return row->status;
}

bool allows(InstanceStatus status, InstanceAction action)
{
    return (stateInfo(status).actions & bit(action)) != 0;
}

} // namespace novita
