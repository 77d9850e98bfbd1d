// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/idlerule.h"

#include "core/guards/localtime.h"
#include "core/guards/rulejson.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardRules)
};

using Trigger = IdleRule::Trigger;
using Phase = IdleState::Phase;
using Verdict = IdleJudgement::Verdict;

/// A time of day is acted on this long; after it the day is let go.
constexpr Milliseconds kClockLate{15 * 60 * 1000};

const QStringList &triggerNames()
{
    static const QStringList names{QStringLiteral("idle"), QStringLiteral("runTime"), QStringLiteral("clockTime")};
    return names;
}

Error invalid(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

/// Its condition holds now. `clockDue` of `state` has been brought up to date.
bool isDue(const IdleRule &rule, const IdleState &state, const IdleSight &sight)
{
    switch (rule.trigger) {
    case Trigger::Idle: return sight.judgement.verdict == Verdict::Idle;
    case Trigger::RunTime: return sight.startedAt && sight.now - *sight.startedAt >= std::chrono::minutes(rule.minutes);
    case Trigger::ClockTime: return state.clockDue && *state.clockDue <= sight.now;
    }
    return false;
}

void moveClock(const IdleRule &rule, IdleState &state, TimePoint now)
{
    state.clockDue = localtime::nextMoment(now, rule.minuteOfDay, localtime::kEveryDay, rule.zone);
}

IdleState watching(const IdleState &before)
{
    IdleState state;
    state.quietUntil = before.quietUntil;
    state.clockDue = before.clockDue;
    return state;
}

IdleStep beginCountdown(IdleState state, TimePoint now, IdleAction action)
{
    state.phase = Phase::Countdown;
    state.deadline = now + kIdleCountdown;
    state.quietUntil.reset();
    return {state, action};
}

IdleStep countOn(const IdleRule &rule, IdleState state, const IdleSight &sight, bool resumed)
{
    const bool stillSo = rule.trigger == Trigger::Idle ? sight.judgement.verdict == Verdict::Idle : true;
    if (!sight.running || !sight.mayStop || !stillSo || rule.dryRun || !state.deadline) {
        if (rule.trigger == Trigger::ClockTime)
            moveClock(rule, state, sight.now);
        return {watching(state), IdleAction::CallOff};
    }
    const Milliseconds left = *state.deadline - sight.now;
    if (resumed) {
        // Nobody who looks now has seen the notice, and what ran out unseen counts for nothing.
        if (left <= Milliseconds(0))
            return beginCountdown(state, sight.now, IdleAction::Restart);
        state.deadline = std::max(*state.deadline, sight.now + kIdleLeastNotice);
        return {state, IdleAction::Repeat};
    }
    if (left > kIdleCountdown || left < -kIdleLate) // the clock was set, or the computer slept
        return beginCountdown(state, sight.now, IdleAction::Restart);
    if (left > Milliseconds(0))
        return {state, IdleAction::None};
    IdleState stopping = watching(state);
    stopping.phase = Phase::Stopping;
    if (rule.trigger == Trigger::ClockTime)
        moveClock(rule, stopping, sight.now);
    return {stopping, IdleAction::Stop};
}

} // namespace

QJsonObject IdleRule::toJson() const
{
    return {{QStringLiteral("trigger"), triggerNames().at(static_cast<int>(trigger))},
            {QStringLiteral("percent"), percent},
            {QStringLiteral("cpuToo"), cpuToo},
            {QStringLiteral("minutes"), minutes},
            {QStringLiteral("minuteOfDay"), minuteOfDay},
            {QStringLiteral("zone"), QString::fromLatin1(zone)},
            {QStringLiteral("dryRun"), dryRun}};
}

Result<IdleRule> IdleRule::fromJson(const QJsonObject &json)
{
    IdleRule rule;
    const qsizetype trigger = triggerNames().indexOf(json.value(QLatin1String("trigger")).toString());
    const std::optional<int> percent = rulejson::wholeNumber(json.value(QLatin1String("percent")));
    const std::optional<int> minutes = rulejson::wholeNumber(json.value(QLatin1String("minutes")));
    const std::optional<int> minuteOfDay = rulejson::wholeNumber(json.value(QLatin1String("minuteOfDay")));
    const QJsonValue dryRun = json.value(QLatin1String("dryRun"));
    rule.zone = json.value(QLatin1String("zone")).toString().toLatin1();
    if (trigger < 0 || !dryRun.isBool())
        return invalid(Text::tr("The rule cannot be read."));
    rule.trigger = static_cast<Trigger>(trigger);
    const int most = rule.trigger == Trigger::RunTime ? kMostRunMinutes : kMostIdleMinutes;
    if (!percent || *percent < kLeastPercent || *percent > kMostPercent)
        return invalid(Text::tr("The mark must be from %1 to %2 %.").arg(kLeastPercent).arg(kMostPercent));
    if (!minutes || *minutes < kLeastMinutes || *minutes > most)
        return invalid(Text::tr("The time must be from %1 to %2 minutes.").arg(kLeastMinutes).arg(most));
    if (!minuteOfDay || *minuteOfDay >= localtime::kMinutesPerDay)
        return invalid(Text::tr("The time of day must be from 00:00 to 23:59."));
    if (rule.trigger == Trigger::ClockTime && !localtime::isZone(rule.zone))
        return invalid(Text::tr("The time zone is not known."));
    rule.percent = *percent;
    rule.minutes = *minutes;
    rule.minuteOfDay = *minuteOfDay;
    rule.cpuToo = json.value(QLatin1String("cpuToo")).toBool(true);
    rule.dryRun = dryRun.toBool();
    return rule;
}

QJsonObject IdleState::toJson() const
{
    return {{QStringLiteral("phase"), static_cast<int>(phase)},
            {QStringLiteral("deadline"), rulejson::time(deadline)},
            {QStringLiteral("quietUntil"), rulejson::time(quietUntil)},
            {QStringLiteral("clockDue"), rulejson::time(clockDue)}};
}

IdleState IdleState::fromJson(const QJsonObject &json)
{
    IdleState state;
    state.deadline = rulejson::time(json.value(QLatin1String("deadline")));
    state.quietUntil = rulejson::time(json.value(QLatin1String("quietUntil")));
    state.clockDue = rulejson::time(json.value(QLatin1String("clockDue")));
    const int phase = json.value(QLatin1String("phase")).toInt();
    if (phase == static_cast<int>(Phase::Countdown) && state.deadline)
        state.phase = Phase::Countdown;
    else if (phase == static_cast<int>(Phase::Stopping))
        state.phase = Phase::Stopping;
    return state;
}

IdleJudgement judgeIdle(const QList<Utilisation> &points, const IdleRule &rule, bool hasGpu, TimePoint startedAt, TimePoint now)
{
    IdleJudgement out;
    const TimePoint from = now - std::chrono::minutes(rule.minutes);
    const double mark = rule.percent;
    std::optional<TimePoint> covered; // without a hole up to here, from `from` on
    bool hole = false;
    for (const Utilisation &point : points) {
        if (point.at > now + kUtilisationGap || point.at < startedAt)
            continue;
        const bool needsCpu = rule.cpuToo || !hasGpu;
        const bool measured = (!hasGpu || point.gpu) && (!needsCpu || point.cpu);
        const bool busy = (hasGpu && point.gpu && *point.gpu >= mark) || (needsCpu && point.cpu && *point.cpu >= mark);
        if (busy)
            out.lastBusy = std::max(out.lastBusy.value_or(point.at), point.at);
        if (!measured)
            continue;
        if (point.at <= from) {
            covered = point.at; // the last one before reaches in
            continue;
        }
        const TimePoint reached = covered.value_or(from);
        hole = hole || point.at - std::max(reached, from) > kUtilisationGap;
        covered = std::max(point.at, reached);
    }
    const bool upToNow = covered && now - *covered <= kUtilisationStale;
    if (out.lastBusy && *out.lastBusy > from)
        out.verdict = upToNow ? Verdict::Busy : Verdict::Unknown;
    else if (!upToNow || hole)
        out.verdict = Verdict::Unknown;
    else // what has not run for so long cannot have been idle for so long
        out.verdict = startedAt > from ? Verdict::Busy : Verdict::Idle;
    return out;
}

IdleStep nextIdle(const IdleRule &rule, const IdleState &before, const IdleSight &sight, bool resumed)
{
    IdleState state = before;
    if (rule.trigger == Trigger::ClockTime) {
        // The time of a day that passed while this program was not running, or asleep, is let go.
        const bool unseen = state.clockDue && (*state.clockDue < sight.begun || sight.now - *state.clockDue > kClockLate);
        if (!state.clockDue || (unseen && state.phase != Phase::Countdown))
            moveClock(rule, state, sight.now);
    }
    if (state.phase == Phase::Countdown)
        return countOn(rule, state, sight, resumed);
    if (state.phase == Phase::Stopping) {
        if (!resumed)
            return {state, IdleAction::None}; // this run is at it
        state = watching(state);
    }
    if (!sight.running) {
        IdleState idle = watching(state);
        idle.quietUntil.reset();
        return {idle, IdleAction::None};
    }
    if (state.quietUntil && *state.quietUntil > sight.now + kIdleKept * 24)
        state.quietUntil.reset(); // no person asked for that long: the clock was set
    if (state.quietUntil && sight.now < *state.quietUntil)
        return {state, IdleAction::None};
    if (!sight.mayStop || !isDue(rule, state, sight))
        return {state, IdleAction::None};
    if (!rule.dryRun)
        return beginCountdown(state, sight.now, IdleAction::Announce);
    state.quietUntil = sight.now + kIdleKept;
    if (rule.trigger == Trigger::ClockTime)
        moveClock(rule, state, sight.now);
    return {state, IdleAction::WouldStop};
}

IdleState keepRunning(const IdleRule &rule, const IdleState &before, TimePoint now)
{
    IdleState state = watching(before);
    state.quietUntil = now + kIdleKept;
    if (rule.trigger == Trigger::ClockTime)
        moveClock(rule, state, now);
    return state;
}

IdleState noteUse(const IdleRule &rule, const IdleState &before, TimePoint now)
{
    if (rule.trigger != Trigger::Idle || before.phase == Phase::Stopping)
        return before;
    IdleState state = watching(before);
    const TimePoint quiet = now + std::chrono::minutes(rule.minutes);
    state.quietUntil = std::max(before.quietUntil.value_or(quiet), quiet);
    return state;
}

} // namespace novita
