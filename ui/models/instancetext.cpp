// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/instancetext.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/burn.h"
#include "core/workflows/startupstate.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita::instancetext {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InstanceText)
};

QString askedWord(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start: return Text::tr("Starting (asked)");
    case InstanceAction::Stop: return Text::tr("Stopping (asked)");
    case InstanceAction::Restart: return Text::tr("Restarting (asked)");
    case InstanceAction::Delete: return Text::tr("Deleting (asked)");
    case InstanceAction::Migrate: return Text::tr("Migrating (asked)");
    case InstanceAction::Upgrade: return Text::tr("Resetting (asked)");
    default: return Text::tr("Changing (asked)");
    }
}

/// When the current state began, as far as it is known: the cloud's own times first, as they outlive this program.
std::optional<TimePoint> stateBegan(const Instance &instance, const InstanceExtra *extra)
{
    if (instance.status == InstanceStatus::Running)
        return instance.lastStartedAt;
    if (instance.status == InstanceStatus::Exited)
        return instance.lastStoppedAt;
    return extra ? extra->stateSince : std::nullopt;
}

QString forHowLong(const std::optional<TimePoint> &since, TimePoint now)
{
    // A cloud whose clock is ahead of ours shows as "for 0 s", not as a negative time.
    return since ? Text::tr("for %1").arg(format::duration(std::max(now - *since, Milliseconds(0)))) : QString();
}

/// An estimate with five decimals would pretend to be exact.
Money toCents(Money amount)
{
    constexpr qint64 kCent = Money::kUnitsPerDollar / 100;
    return Money::fromPriceUnits((amount.priceUnits() + kCent / 2) / kCent * kCent);
}

/// A message beside a state that goes on or works is told in the tooltip only.
bool isFailure(const Instance &instance)
{
    return instance.hasFailed() && !stateInfo(instance.status).transitional && instance.status != InstanceStatus::Running;
}

/// The cloud wants the GPU back, and may not have said when.
bool isReclaimAnnounced(const Instance &instance)
{
    return instance.status == InstanceStatus::Running
           && (instance.spotStatus == SpotStatus::Notified || instance.spotStatus == SpotStatus::Reclaiming || instance.spotReclaimTime);
}

bool isCountedDown(const Instance &instance, const InstanceExtra *extra)
{
    return instance.status == InstanceStatus::Running && extra && extra->stopsAt;
}

/// What the watching of its start adds to a status that is about to work, or works.
std::optional<StateView> startupLook(const Instance &instance, const InstanceExtra *extra)
{
    const bool runs = instance.status == InstanceStatus::Running;
    const auto look = [](StartupState state, const char *icon) {
        const StartupStateInfo &info = startupInfo(state);
        return StateView{QCoreApplication::translate("StartupState", info.label), {}, info.tone, QLatin1String(icon), info.tone == StateTone::Wait};
    };
    switch (extra ? extra->startup : StartupMark::None) {
    case StartupMark::Checking: return runs ? std::optional(look(StartupState::Checking, "view-refresh")) : std::nullopt;
    case StartupMark::Ready: return runs ? std::optional(look(StartupState::Ready, "checkmark")) : std::nullopt;
    case StartupMark::Failed: // the cloud knows nothing of it: to it the instance runs
        return runs ? std::optional(StateView{Text::tr("Not reachable"), {}, StateTone::Warn, QStringLiteral("emblem-warning"), false}) : std::nullopt;
    case StartupMark::TimedOut:
        return runs || stateInfo(instance.status).transitional ? std::optional(look(StartupState::TimedOut, "emblem-warning")) : std::nullopt;
    case StartupMark::None: break;
    }
    return std::nullopt;
}

} // namespace

QString statusLabel(InstanceStatus status, const QString &wireText)
{
    if (status == InstanceStatus::Unknown && !wireText.isEmpty())
        return displayLine(wireText);
    return QCoreApplication::translate("InstanceState", stateInfo(status).label);
}

StateView stateLook(const Instance &instance, const InstanceExtra *extra, TimePoint now)
{
    const InstanceStateInfo &info = stateInfo(instance.status);
    if (extra && extra->asked)
        return {askedWord(extra->asked->action), {}, StateTone::Wait, QStringLiteral("clock"), true};
    if (isFailure(instance))
        return {Text::tr("Failed"), {}, StateTone::Bad, QStringLiteral("dialog-close"), false};
    if (instance.isReclaimed())
        return {Text::tr("Reclaimed"), {}, StateTone::Warn, QStringLiteral("emblem-warning"), false};
    if (isReclaimAnnounced(instance)) {
        const bool timed = instance.spotReclaimTime && *instance.spotReclaimTime > now;
        return {timed ? Text::tr("Reclaim in %1").arg(format::duration(*instance.spotReclaimTime - now)) : Text::tr("Reclaim announced"), {},
                StateTone::Warn, QStringLiteral("emblem-warning"), false};
    }
    if (isCountedDown(instance, extra)) {
        return {Text::tr("Stops in %1").arg(format::duration(std::max(*extra->stopsAt - now, Milliseconds(0)))), {}, StateTone::Warn,
                QStringLiteral("clock"), false};
    }
    if (const std::optional<StateView> start = startupLook(instance, extra))
        return *start;
    return {statusLabel(instance.status, instance.statusText), {}, info.tone, info.icon, info.transitional};
}

StateView stateOf(const Instance &instance, const InstanceExtra *extra, TimePoint now)
{
    StateView view = stateLook(instance, extra, now);
    if (extra && extra->asked)
        view.note = forHowLong(extra->asked->at, now);
    else if (isFailure(instance))
        view.note = displayLine(instance.statusError);
    else if (!isReclaimAnnounced(instance) && !isCountedDown(instance, extra))
        view.note = forHowLong(stateBegan(instance, extra), now);
    return view;
}

QString billingLabel(BillingMode mode, const QString &wireText)
{
    switch (mode) {
    case BillingMode::OnDemand: return Text::tr("On demand");
    case BillingMode::Spot: return Text::tr("Spot");
    case BillingMode::Monthly: return Text::tr("Monthly");
    case BillingMode::Unknown: break;
    }
    return wireText.isEmpty() ? format::dash() : displayLine(wireText);
}

QString gpuLabel(const QString &productName, const std::optional<int> &count)
{
    const QString name = productName.isEmpty() ? format::dash() : displayLine(productName);
    return count.value_or(1) > 1 ? Text::tr("%1 × %2").arg(name, QString::number(*count)) : name;
}

std::optional<Milliseconds> uptime(const Instance &instance, TimePoint now)
{
    if (instance.status != InstanceStatus::Running || !instance.lastStartedAt)
        return std::nullopt;
    return std::max(now - *instance.lastStartedAt, Milliseconds(0));
}

std::optional<Money> costSoFar(const Instance &instance, const std::optional<Money> &pricePerHour, TimePoint now)
{
    if (!pricePerHour || instance.billing == BillingMode::Monthly)
        return std::nullopt;
    const std::optional<TimePoint> begin = instance.lastStartedAt ? instance.lastStartedAt : instance.createdAt;
    const std::optional<TimePoint> end = stateInfo(instance.status).billing ? std::optional(now) : instance.lastStoppedAt;
    if (!begin || !end)
        return std::nullopt;
    return toCents(pricePerHour->forDuration(std::max(*end - *begin, Milliseconds(0))));
}

QString costText(const CostSoFar &cost)
{
    if (cost.isUnknown())
        return format::dash();
    const QString amount = format::balance(cost.total());
    return cost.complete ? amount : Text::tr("≥ %1", "cost that is at least so much").arg(amount);
}

QString costDetail(const CostSoFar &cost)
{
    if (cost.isUnknown())
        return {};
    QStringList lines;
    if (cost.billedUntil)
        lines.append(Text::tr("Billed until %1: %2").arg(format::dateTime(cost.billedUntil), format::money(cost.billed.total())));
    else
        lines.append(Text::tr("No bill has been read yet."));
    lines.append(Text::tr("Estimated since: %1").arg(format::money(cost.accrued())));
    const Money disks = cost.billed.disk + cost.accruedDisk;
    if (!disks.isZero())
        lines.append(Text::tr("Of it disks: %1").arg(format::money(disks)));
    if (!cost.complete)
        lines.append(Text::tr("It may be more: not all of its past is known."));
    return lines.join(u'\n');
}

QString rateNowText(const Instance &instance, const std::optional<Money> &pricePerHour)
{
    if (instance.billing == BillingMode::Monthly)
        return rateText(instance, pricePerHour);
    if (isBilled(instance))
        return pricePerHour ? format::pricePerHour(pricePerHour) : QString();
    const Money disks = diskPerDay(instance);
    return disks.isZero() ? Text::tr("costs nothing now") : Text::tr("disks %1 a day").arg(format::sum(disks));
}

QString rateText(const Instance &instance, const std::optional<Money> &pricePerHour)
{
    constexpr int kHours = 24;
    constexpr int kDays = 30;
    if (instance.billing == BillingMode::Monthly)
        return instance.endTime ? Text::tr("Paid in advance until %1").arg(format::dateTime(instance.endTime)) : Text::tr("Paid in advance");
    QStringList parts;
    if (pricePerHour)
        parts.append(format::pricePerHour(pricePerHour));
    const Money disks = diskPerDay(instance);
    if (!disks.isZero())
        parts.append(Text::tr("disks %1 a day").arg(format::sum(disks)));
    const bool billed = isBilled(instance);
    if (pricePerHour || !billed) {
        const Money day = (billed ? *pricePerHour : Money()) * kHours + disks;
        parts.append(day.isZero() ? Text::tr("costs nothing now")
                                  : Text::tr("now %1 a day, %2 in 30 days").arg(format::sum(day), format::balance(day * kDays)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString costSentence(const CostSoFar &cost)
{
    QStringList parts{Text::tr("Cost so far %1").arg(costText(cost))};
    if (cost.billedUntil)
        parts.append(Text::tr("%1 billed until %2").arg(format::sum(cost.billed.total()), format::dateTime(cost.billedUntil)));
    parts.append(cost.billedUntil ? Text::tr("%1 since").arg(format::sum(cost.accrued())) : Text::tr("estimated, no bill read yet"));
    const Money disks = cost.billed.disk + cost.accruedDisk;
    if (!disks.isZero())
        parts.append(Text::tr("%1 of it disks").arg(format::sum(disks)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace novita::instancetext
