// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/guards/utilisation.h"

#include <QJsonObject>

#include <cstdint>

namespace novita {

/// When an instance shall be stopped. One for each instance at most; an instance without a rule is never touched.
struct IdleRule
{
    enum class Trigger : std::uint8_t {
        Idle,      ///< the GPUs (and the CPU) do less than `percent` for `minutes`
        RunTime,   ///< it has run for `minutes` since its last start
        ClockTime, ///< each day at `minuteOfDay` in `zone`
    };

    static constexpr int kLeastPercent = 1;
    static constexpr int kMostPercent = 90;
    static constexpr int kLeastMinutes = 5;
    static constexpr int kMostIdleMinutes = 24 * 60;
    static constexpr int kMostRunMinutes = 30 * 24 * 60;

    Trigger trigger = Trigger::Idle;
    int percent = 5;          ///< kLeastPercent-kMostPercent
    bool cpuToo = true;       ///< the CPU must be under `percent` as well; always so for instances without a GPU
    int minutes = 30;         ///< kLeastMinutes up to kMostIdleMinutes or kMostRunMinutes
    int minuteOfDay = 20 * 60;
    QByteArray zone;          ///< IANA name
    bool dryRun = true;       ///< says what it would do, and does nothing

    bool operator==(const IdleRule &) const = default;

    QJsonObject toJson() const;
    /// Validation with a sentence for what is out of range or of a wrong type. For edits as for stored rows.
    static Result<IdleRule> fromJson(const QJsonObject &json);
};

/// How far a rule is, on the disk.
struct IdleState
{
    enum class Phase : std::uint8_t {
        Watching,
        Countdown, ///< stops at `deadline` unless somebody keeps it or it works again
        Stopping,  ///< the stop is being asked for; found after a restart, nobody knows whether it was
    };
    Phase phase = Phase::Watching;
    std::optional<TimePoint> deadline;  ///< of Countdown
    std::optional<TimePoint> quietUntil; ///< kept, or said in a dry run: nothing is done before
    std::optional<TimePoint> clockDue;  ///< of Trigger::ClockTime: the next time of day

    bool operator==(const IdleState &) const = default;

    QJsonObject toJson() const;
    /// What is not understood is Watching: the worst that follows is a countdown that begins anew.
    static IdleState fromJson(const QJsonObject &json);
};

/// What the points say about a stretch of time.
struct IdleJudgement
{
    enum class Verdict : std::uint8_t { Unknown, Busy, Idle };
    Verdict verdict = Verdict::Unknown;
    std::optional<TimePoint> lastBusy; ///< newest point that was not idle
    bool operator==(const IdleJudgement &) const = default;
};

/// The cloud tells of the use about a minute late; points further behind than this say nothing about now.
inline constexpr Milliseconds kUtilisationStale{4 * 60 * 1000};
/// Two points further apart leave a hole in which anything may have happened.
inline constexpr Milliseconds kUtilisationGap{3 * 60 * 1000};

/// Idle only when the whole of the last `rule.minutes` is covered by points without a hole, up to now, each of them under the mark.
/// Anything missing is Unknown, and unknown is not idle. `hasGpu`: its cards count.
IdleJudgement judgeIdle(const QList<Utilisation> &points, const IdleRule &rule, bool hasGpu, TimePoint startedAt, TimePoint now);

/// What is known at one look.
struct IdleSight
{
    TimePoint now{};
    TimePoint begun{};                  ///< of this run of the program: nobody can have seen a notice before
    bool running = false;
    std::optional<TimePoint> startedAt;
    IdleJudgement judgement;            ///< for Trigger::Idle
    bool mayStop = true;                ///< the profile and the state allow a stop
};

enum class IdleAction : std::uint8_t {
    None,
    Announce,  ///< a countdown has begun
    Repeat,    ///< a countdown goes on after a restart
    Restart,   ///< it ran out while nobody could see it: begins anew
    WouldStop, ///< dry run
    CallOff,   ///< the countdown ends: works again, no metrics, not running any more
    Stop,
};

struct IdleStep
{
    IdleState state;
    IdleAction action = IdleAction::None;
};

inline constexpr Milliseconds kIdleCountdown{5 * 60 * 1000};
/// The notice that a person gets at least when a countdown is taken up by a later run.
inline constexpr Milliseconds kIdleLeastNotice{60 * 1000};
/// After the deadline, a look that late (the computer slept) does not act.
inline constexpr Milliseconds kIdleLate{2 * 60 * 1000};
inline constexpr Milliseconds kIdleKept{60 * 60 * 1000};

/// The transition table of a rule. Pure. `resumed`: the first look of this run of the program.
IdleStep nextIdle(const IdleRule &rule, const IdleState &state, const IdleSight &sight, bool resumed);
/// A person said *Keep running*: nothing is done for kIdleKept.
IdleState keepRunning(const IdleRule &rule, const IdleState &state, TimePoint now);
/// A person has just opened a way in. For Trigger::Idle that counts as work, whatever the figures say: a countdown ends, and the time of
/// the rule begins anew. Other rules do not ask for work, and stay as they are.
IdleState noteUse(const IdleRule &rule, const IdleState &state, TimePoint now);

} // namespace novita
