// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/instance.h"

#include <QList>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace novita {

/// How far an instance is on its way to being usable. The names are what the history file and other programs see.
enum class StartupState : std::uint8_t {
    Requested, ///< we asked; the cloud shows no sign of it yet
    Creating,
    Pulling,
    Starting,
    Running,   ///< the cloud says running; the endpoints have not been looked at
    Checking,  ///< the endpoints are being asked
    Ready,     ///< everything that was to answer has answered
    Failed,    ///< the cloud says why, or the endpoints never answered
    TimedOut,  ///< the deadline has passed; watched on slowly, and may still become Ready
    Reclaimed, ///< a spot GPU was taken back
    Stopped,
    Removed,
    Unknown,   ///< a status this program does not know, kept verbatim
};

/// One row of the table of states: everything that is known of one.
struct StartupStateInfo
{
    StartupState state;
    QLatin1String name; ///< "pulling"; in the history file
    const char *label;  ///< source text for translation in context "StartupState"
    StateTone tone;
    bool over;          ///< nothing will follow by itself: the monitor ends
};
const StartupStateInfo &startupInfo(StartupState state);
StartupState startupStateFromName(QStringView name); ///< Unknown for every other text

/// What a monitor has been told of.
enum class StartupSignal : std::uint8_t {
    Waiting,       ///< status pending, toCreate or creating
    Pulling,
    Starting,      ///< toStart, starting, toRestart, restarting, toReset, resetting, migrating
    Running,
    Stopping,      ///< toStop, stopping: on the way to Exited
    Exited,
    Reclaimed,     ///< exited, and the spot fields say why
    Broken,        ///< statusError carries a message
    Gone,          ///< toRemove, removing, removed, or 404
    Strange,       ///< freezing, or a status nobody knows
    CheckBegun,
    ChecksPassed,  ///< also: there is nothing to check
    ChecksFailed,  ///< they had their time
    Deadline,
};
constexpr std::size_t kStartupSignals = static_cast<std::size_t>(StartupSignal::Deadline) + 1;

/// The signal that an answer of the cloud amounts to.
StartupSignal signalOf(const Instance &instance);

/// Where an instance stands, and since when.
struct StartupPhase
{
    StartupState state = StartupState::Requested;
    TimePoint since{};
    QString reason;   ///< of Failed; the verbatim status for Unknown; else empty

    bool operator==(const StartupPhase &) const = default;
};

/// What has to be known to tell an old answer from a new one.
struct StartupRequest
{
    TimePoint at{};                             ///< when it was asked for
    bool wasRunning = false;                    ///< a restart: "running" is at first the old run
    std::optional<TimePoint> lastStartedBefore; ///< lastStartedAt at that time

    bool operator==(const StartupRequest &) const = default;
};

/// What starts have taken before, from the request to Ready.
struct UsualStart
{
    Milliseconds median{};
    int starts = 0; ///< that it is the median of

    bool operator==(const UsualStart &) const = default;
};
/// Fewer than three say nothing. Times that are not above zero (the clock was set) do not count.
std::optional<UsualStart> usualStart(QList<Milliseconds> times);

/// How long an answer may show the state from before the request: the cloud takes its time to begin.
inline constexpr std::chrono::seconds kStartupEcho{90};

/// The transition table: the state that `signal` leads to from `from`, or `from` itself. Pure; no signal leads out of a state
/// that is over but for Ready and Failed, which a new check may leave. A failed poll is no signal at all.
StartupState nextStartupState(StartupState from, StartupSignal signal);

/// Applies what `instance` says at `now`. An answer that still shows the state from before the request changes nothing for
/// kStartupEcho.
StartupPhase advanceStartup(const StartupPhase &phase, const StartupRequest &request, const Instance &instance, TimePoint now);
/// Applies a signal that is not an answer about the instance.
StartupPhase advanceStartup(const StartupPhase &phase, StartupSignal signal, const QString &reason, TimePoint now);

} // namespace novita
