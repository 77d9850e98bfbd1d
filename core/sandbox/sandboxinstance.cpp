// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxinstance.h"

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

using S = InstanceState;

constexpr std::array kStateNames{"pending", "toCreate", "creating", "pulling", "running", "toStart", "starting", "toStop", "stopping",
                                 "exited", "toRestart", "restarting", "toRemove", "removing", "removed", "toReset", "resetting",
                                 "migrating", "freezing"};

constexpr double kSpotNoticeSeconds = 3600; // the vendor promises one hour
constexpr double kReclaimSeconds = 30;

/// What is planned ends with an error when the image does not exist.
void failWithoutImage(SandboxInstance &instance)
{
    if (!instance.imageUrl.contains(QLatin1String("notfound")))
        return;
    PlannedStep &last = instance.plan.last();
    last.state = S::exited;
    last.errorMessage = QStringLiteral("failed to pull image %1: manifest unknown").arg(instance.imageUrl);
}

} // namespace

QString instanceStateName(InstanceState state)
{
    return QString::fromLatin1(kStateNames.at(std::size_t(state)));
}

std::optional<InstanceState> instanceStateFromName(const QString &name)
{
    for (std::size_t i = 0; i < kStateNames.size(); ++i) {
        if (name == QLatin1String(kStateNames.at(i)))
            return InstanceState(i);
    }
    return {};
}

bool isBilled(InstanceState state)
{
    return state == S::pulling || state == S::running || state == S::toStop || state == S::stopping || state == S::toRestart
        || state == S::restarting || state == S::toReset || state == S::resetting || state == S::freezing;
}

bool holdsHardware(InstanceState state)
{
    return state != S::exited && state != S::toRemove && state != S::removing && state != S::removed;
}

void SandboxInstance::enter(const PlannedStep &step)
{
    const bool changed = state != step.state;
    state = step.state;
    if (changed)
        stateSince = step.at;
    if (!step.spotStatus.isNull())
        spotStatus = step.spotStatus;
    if (!step.errorMessage.isNull())
        errorMessage = step.errorMessage;
    if (changed && state == S::running)
        startedAt = step.at;
    if (changed && state == S::exited)
        stoppedAt = step.at;
    notePrices(step.at);
}

qint64 SandboxInstance::paidDiskGb() const
{
    constexpr int kFree = 60;
    return kind == QLatin1String("cpu") ? 0 : std::max(0, rootfsSize - kFree);
}

void SandboxInstance::notePrices(TimePoint at)
{
    setBilledPrice(spans, isBilled(state) ? hourly : Money(), at);
    const bool noDisk = state == S::pending || state == S::toCreate || state == S::creating || isGoing();
    // The disk of a subscription is paid with it.
    setBilledPrice(diskSpans, noDisk || billingMode == QLatin1String("monthly") ? Money() : diskPrice(paidDiskGb()), at);
}

bool SandboxInstance::settle(TimePoint now)
{
    bool changed = false;
    while (!plan.isEmpty() && plan.first().at <= now) {
        enter(plan.takeFirst());
        changed = true;
    }
    return changed;
}

Money SandboxInstance::costUntil(TimePoint now) const
{
    return billedTotal(spans, BilledPer::Hour, now) + billedTotal(diskSpans, BilledPer::Day, now);
}

void InstancePlanner::plan(SandboxInstance &instance, TimePoint now, const QList<std::pair<InstanceState, double>> &stages) const
{
    QList<PlannedStep> reclaim;
    for (const PlannedStep &step : std::as_const(instance.plan)) {
        if (!step.spotStatus.isNull())
            reclaim.append(step);
    }
    instance.plan.clear();
    TimePoint at = now;
    bool first = true;
    for (const auto &[state, seconds] : stages) {
        const PlannedStep step{at, state, QString(), first ? QStringLiteral("") : QString()};
        if (first)
            instance.enter(step);
        else
            instance.plan.append(step);
        at += scaled(seconds);
        first = false;
    }
    // A host that is called back is gone at its time, whatever its user restarts until then.
    for (PlannedStep &step : reclaim) {
        step.at = std::max(step.at, at);
        if (stages.last().first == S::running)
            instance.plan.append(step);
    }
}

void InstancePlanner::create(SandboxInstance &instance, TimePoint now, double pullSeconds) const
{
    plan(instance, now, {{S::pending, 1}, {S::toCreate, 2}, {S::creating, 8}, {S::pulling, pullSeconds}, {S::running, 0}});
    if (instance.billingMode == QLatin1String("spot"))
        instance.spotStatus = QStringLiteral("running");
    failWithoutImage(instance);
}

void InstancePlanner::start(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::toStart, 2}, {S::starting, 15}, {S::running, 0}});
    failWithoutImage(instance);
}

void InstancePlanner::stop(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::toStop, 2}, {S::stopping, 10}, {S::exited, 0}});
}

void InstancePlanner::restart(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::toRestart, 1}, {S::restarting, 10}, {S::running, 0}});
}

void InstancePlanner::reset(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::toReset, 2}, {S::resetting, 10}, {S::pulling, 20}, {S::running, 0}});
    failWithoutImage(instance);
}

void InstancePlanner::migrate(SandboxInstance &instance, TimePoint now) const
{
    // The host that was called back is left behind, and its call with it.
    instance.plan.clear();
    plan(instance, now, {{S::migrating, 30}, {S::running, 0}});
    if (instance.billingMode == QLatin1String("spot"))
        instance.spotStatus = QStringLiteral("running");
    instance.spotReclaimTime = {};
}

void InstancePlanner::remove(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::toRemove, 1}, {S::removing, 4}, {S::removed, 0}});
}

void InstancePlanner::freeze(SandboxInstance &instance, TimePoint now) const
{
    plan(instance, now, {{S::freezing, 10}, {S::exited, 0}});
}

void InstancePlanner::reclaim(SandboxInstance &instance, TimePoint now, std::optional<Milliseconds> notice) const
{
    const TimePoint due = now + notice.value_or(scaled(kSpotNoticeSeconds));
    instance.plan.clear();
    instance.spotStatus = QStringLiteral("notified");
    instance.spotReclaimTime = due;
    instance.plan.append({due, S::toStop, QStringLiteral("reclaiming"), QString()});
    instance.plan.append({due + scaled(kReclaimSeconds), S::exited, QStringLiteral("terminated"), QString()});
}

} // namespace novita
