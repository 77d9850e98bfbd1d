// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QDate>

#include <cstdint>

/// Times of the day in a time zone. Pure.
namespace novita::localtime {

inline constexpr int kMinutesPerDay = 24 * 60;

/// The moment at which clocks in `zone` (IANA name) show `minute` of the day (0-1439) on `date`. When they show it twice (they are
/// set back), the first time; when never (they are set forward), as much later as they jump. An unknown zone counts as UTC.
TimePoint momentOf(const QDate &date, int minute, const QByteArray &zone);

/// The day that `at` is on in `zone`.
QDate dateOf(TimePoint at, const QByteArray &zone);

/// Days of the week as a set: bit 0 is Monday.
using Days = std::uint8_t;
inline constexpr Days kEveryDay = 0x7f;
inline constexpr Days kWeekdays = 0x1f;

/// The first moment after `after` with `minute` of the day on one of `days` (at least one).
TimePoint nextMoment(TimePoint after, int minute, Days days, const QByteArray &zone);

bool isZone(const QByteArray &zone);
/// The zone of this computer; "UTC" when it does not say.
QByteArray systemZone();

} // namespace novita::localtime
