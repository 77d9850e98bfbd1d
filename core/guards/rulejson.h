// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QJsonValue>

#include <cmath>
#include <optional>

/// What the rules have in common when they are read from the history file, which is as little trusted as any file.
namespace novita::rulejson {

inline constexpr qsizetype kLongestId = 256;
inline constexpr qsizetype kLongestText = 500;

/// A whole number from 0 to a million, or nothing: 5.5 and "5" are somebody else's writing.
inline std::optional<int> wholeNumber(const QJsonValue &value)
{
    constexpr double kMost = 1e6;
    const double number = value.toDouble(NAN);
    if (!(number >= 0 && number <= kMost) || number != std::floor(number))
        return std::nullopt;
    return static_cast<int>(number);
}

inline QJsonValue time(const std::optional<TimePoint> &at)
{
    return at ? QJsonValue(static_cast<double>(at->time_since_epoch().count())) : QJsonValue();
}

/// A time from 1970 to 2200, or nothing.
inline std::optional<TimePoint> time(const QJsonValue &value)
{
    constexpr double kYear2200 = 7.26e12;
    const double number = value.toDouble(NAN);
    if (!(number > 0 && number < kYear2200))
        return std::nullopt;
    return TimePoint(Milliseconds(static_cast<qint64>(number)));
}

} // namespace novita::rulejson
