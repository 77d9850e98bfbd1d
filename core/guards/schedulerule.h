// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/cloud/types/instancestate.h"
#include "core/guards/localtime.h"

#include <QDate>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace novita {

/// A start or stop at a time, once or again and again, of one instance or several.
struct ScheduleRule
{
    static constexpr qsizetype kMostInstances = 100;

    InstanceAction action = InstanceAction::Stop; ///< Start or Stop
    bool once = true;
    QDate date;                                   ///< when once
    localtime::Days days = localtime::kEveryDay;  ///< otherwise; at least one
    int minuteOfDay = 20 * 60;                    ///< 0-1439
    QByteArray zone;                              ///< IANA name
    QList<InstanceId> instances;                  ///< 1-kMostInstances

    bool operator==(const ScheduleRule &) const = default;

    QJsonObject toJson() const;
    /// Validation with a sentence. For edits as for stored rows.
    static Result<ScheduleRule> fromJson(const QJsonObject &json);

    /// The first time after `after`, or none: it was for once, and that is over.
    std::optional<TimePoint> nextAfter(TimePoint after) const;
};

/// What became of a schedule, on the disk.
struct ScheduleState
{
    std::optional<TimePoint> next;   ///< none: over
    std::optional<TimePoint> last;   ///< when it last acted, or was missed
    QString outcome;                 ///< a sentence about that
    bool operator==(const ScheduleState &) const = default;

    QJsonObject toJson() const;
    static ScheduleState fromJson(const QJsonObject &json);
};

/// A time that came while the program was awake is acted on this much later at most.
inline constexpr Milliseconds kScheduleLate{2 * 60 * 1000};

enum class ScheduleTurn : std::uint8_t { Wait, Act, Missed };

struct ScheduleStep
{
    ScheduleTurn turn = ScheduleTurn::Wait;
    ScheduleState state;   ///< with the next time
    TimePoint due{};       ///< the time it is about
    int missed = 0;        ///< times that passed unused, of Missed: at least 1
    TimePoint lastMissed{}; ///< the latest of them
};

/// What a look at `now` means. Times before `begun` (this run of the program) and those seen too late are missed: they are told
/// of and not made up for. Pure.
ScheduleStep nextSchedule(const ScheduleRule &rule, const ScheduleState &state, TimePoint begun, TimePoint now);

} // namespace novita
