// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/startupstate.h"

#include <QtGlobal>

#include <algorithm>

namespace novita {

namespace {

using S = StartupState;
using T = StateTone;
#define ROW_LABEL(text) QT_TRANSLATE_NOOP("StartupState", text)

constexpr bool kOver = true;
constexpr bool kGoesOn = false;

constexpr std::array<StartupStateInfo, 13> kStates{{
    {S::Requested, QLatin1String("requested"), ROW_LABEL("Requested"), T::Wait, kGoesOn},
    {S::Creating, QLatin1String("creating"), ROW_LABEL("Creating"), T::Wait, kGoesOn},
    {S::Pulling, QLatin1String("pulling"), ROW_LABEL("Pulling image"), T::Wait, kGoesOn},
    {S::Starting, QLatin1String("starting"), ROW_LABEL("Starting"), T::Wait, kGoesOn},
    {S::Running, QLatin1String("running"), ROW_LABEL("Running"), T::Wait, kGoesOn},
    {S::Checking, QLatin1String("checking"), ROW_LABEL("Checking endpoints"), T::Wait, kGoesOn},
    {S::Ready, QLatin1String("ready"), ROW_LABEL("Ready"), T::Good, kOver},
    {S::Failed, QLatin1String("failed"), ROW_LABEL("Failed"), T::Bad, kOver},
    {S::TimedOut, QLatin1String("timedOut"), ROW_LABEL("Timed out"), T::Warn, kGoesOn},
    {S::Reclaimed, QLatin1String("reclaimed"), ROW_LABEL("Reclaimed"), T::Warn, kOver},
    {S::Stopped, QLatin1String("stopped"), ROW_LABEL("Stopped"), T::Idle, kOver},
    {S::Removed, QLatin1String("removed"), ROW_LABEL("Removed"), T::Idle, kOver},
    {S::Unknown, QLatin1String("unknown"), ROW_LABEL("Unknown"), T::Warn, kGoesOn},
}};

#undef ROW_LABEL

// One row a state, one column a signal. `Same` stays where it is.
//
// - Creating and Pulling come before Starting, but no order is enforced among them: clouds skip and repeat.
// - Once it runs, "starting" again means that it restarts; the checks begin anew after that.
// - TimedOut stays until the instance runs or ends: a late "pulling" is no recovery.
// - Ready and Failed can be checked again by hand.
// - Stopping says nothing yet: what counts is that it has exited.
// clang-format off
constexpr auto Same = static_cast<StartupState>(0xff);
using Row = std::array<StartupState, kStartupSignals>;
constexpr std::array<Row, kStates.size()> kNext{{
    //               Waiting      Pulling     Starting     Running     Stopping Exited      Reclaimed      Broken     Gone        Strange     CheckBegun   ChecksPassed ChecksFailed Deadline
    /* Requested */ {S::Creating, S::Pulling, S::Starting, S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, Same,        Same,        Same,        S::TimedOut},
    /* Creating  */ {Same,        S::Pulling, S::Starting, S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, Same,        Same,        Same,        S::TimedOut},
    /* Pulling   */ {S::Creating, Same,       S::Starting, S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, Same,        Same,        Same,        S::TimedOut},
    /* Starting  */ {S::Creating, S::Pulling, Same,        S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, Same,        Same,        Same,        S::TimedOut},
    /* Running   */ {S::Creating, S::Pulling, S::Starting, Same,       Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, S::Checking, S::Ready,    Same,        S::TimedOut},
    /* Checking  */ {S::Creating, S::Pulling, S::Starting, Same,       Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, S::Unknown, Same,        S::Ready,    S::Failed,   S::TimedOut},
    /* Ready     */ {Same,        Same,       Same,        Same,       Same,    Same,       Same,          Same,      Same,       Same,       S::Checking, Same,        Same,        Same},
    /* Failed    */ {Same,        Same,       Same,        Same,       Same,    Same,       Same,          Same,      Same,       Same,       S::Checking, Same,        Same,        Same},
    /* TimedOut  */ {Same,        Same,       Same,        S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, Same,       S::Checking, S::Ready,    Same,        Same},
    /* Reclaimed */ {Same,        Same,       Same,        Same,       Same,    Same,       Same,          Same,      Same,       Same,       Same,        Same,        Same,        Same},
    /* Stopped   */ {Same,        Same,       Same,        Same,       Same,    Same,       Same,          Same,      Same,       Same,       Same,        Same,        Same,        Same},
    /* Removed   */ {Same,        Same,       Same,        Same,       Same,    Same,       Same,          Same,      Same,       Same,       Same,        Same,        Same,        Same},
    /* Unknown   */ {S::Creating, S::Pulling, S::Starting, S::Running, Same,    S::Stopped, S::Reclaimed,  S::Failed, S::Removed, Same,       Same,        Same,        Same,        S::TimedOut},
}};
// clang-format on

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (static_cast<std::size_t>(kStates.at(i).state) != i)
            return false;
    }
    return static_cast<std::size_t>(StartupState::Unknown) + 1 == kStates.size();
}
static_assert(inEnumOrder());

StartupPhase moved(const StartupPhase &phase, StartupSignal signal, const QString &reason, TimePoint now)
{
    const StartupState next = nextStartupState(phase.state, signal);
    const bool keepsReason = next == S::Failed || next == S::Unknown;
    if (next == phase.state)
        return next == S::Unknown && signal == StartupSignal::Strange ? StartupPhase{next, phase.since, reason} : phase;
    return {next, now, keepsReason ? reason : QString()};
}

/// The answer may be from before the request took effect.
bool isEcho(const StartupPhase &phase, const StartupRequest &request, const Instance &instance, StartupSignal signal, TimePoint now)
{
    if (phase.state != S::Requested || now - request.at >= kStartupEcho)
        return false;
    const bool startedSince = instance.lastStartedAt != request.lastStartedBefore;
    if (request.wasRunning)
        return signal == StartupSignal::Running && !startedSince;
    return (signal == StartupSignal::Exited || signal == StartupSignal::Reclaimed) && !startedSince;
}

} // namespace

const StartupStateInfo &startupInfo(StartupState state)
{
    const auto index = static_cast<std::size_t>(state);
    return index < kStates.size() ? kStates.at(index) : kStates.back();
}

StartupState startupStateFromName(QStringView name)
{
    const auto row = std::find_if(kStates.begin(), kStates.end() - 1, [name](const StartupStateInfo &info) { return info.name == name; });
    return row->state;
}

StartupSignal signalOf(const Instance &instance)
{
    using I = InstanceStatus;
    switch (instance.status) {
    case I::ToRemove:
    case I::Removing:
    case I::Removed: return StartupSignal::Gone;
    default: break;
    }
    // A message beside "running" is about something that has passed: what runs, runs.
    if (instance.hasFailed() && instance.status != I::Running)
        return StartupSignal::Broken;
    switch (instance.status) {
    case I::Pending:
    case I::ToCreate:
    case I::Creating: return StartupSignal::Waiting;
    case I::Pulling: return StartupSignal::Pulling;
    case I::ToStart:
    case I::Starting:
    case I::ToRestart:
    case I::Restarting:
    case I::ToReset:
    case I::Resetting:
    case I::Migrating: return StartupSignal::Starting;
    case I::Running: return StartupSignal::Running;
    case I::ToStop:
    case I::Stopping: return StartupSignal::Stopping;
    case I::Exited: return instance.isReclaimed() ? StartupSignal::Reclaimed : StartupSignal::Exited;
    default: return StartupSignal::Strange;
    }
}

StartupState nextStartupState(StartupState from, StartupSignal signal)
{
    const StartupState next = kNext.at(static_cast<std::size_t>(from)).at(static_cast<std::size_t>(signal));
    return next == Same ? from : next;
}

StartupPhase advanceStartup(const StartupPhase &phase, const StartupRequest &request, const Instance &instance, TimePoint now)
{
    const StartupSignal signal = signalOf(instance);
    if (isEcho(phase, request, instance, signal, now))
        return phase;
    QString reason;
    if (signal == StartupSignal::Broken)
        reason = instance.statusError;
    else if (signal == StartupSignal::Strange)
        reason = instance.statusText;
    return moved(phase, signal, reason, now);
}

StartupPhase advanceStartup(const StartupPhase &phase, StartupSignal signal, const QString &reason, TimePoint now)
{
    return moved(phase, signal, reason, now);
}

std::optional<UsualStart> usualStart(QList<Milliseconds> times)
{
    constexpr qsizetype kLeast = 3;
    times.removeIf([](Milliseconds time) { return time <= Milliseconds(0); });
    if (times.size() < kLeast)
        return std::nullopt;
    const auto middle = times.begin() + times.size() / 2;
    std::nth_element(times.begin(), middle, times.end());
    return UsualStart{*middle, static_cast<int>(times.size())};
}

} // namespace novita
