// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"

#include <QString>

#include <optional>

/// Numbers, money and time as people read them, in the current locale. All of it in one place.
namespace novita::format {

/// "$0.35", "$0.00012": at least two decimals, at most five, no trailing zeros past the second. Unknown: "–".
QString money(const std::optional<Money> &amount);
/// "$8.45", a sum: whole cents, half up; below one cent as money(). Unknown: "–".
QString sum(const std::optional<Money> &amount);
/// "$4.21/h", the sum of several prices.
QString sumPerHour(const std::optional<Money> &amount);
/// "$212.40": whole cents, rounded down, so that it never promises more than there is. Unknown: "–".
QString balance(const std::optional<Money> &amount);
/// "$0.35/h"
QString pricePerHour(const std::optional<Money> &amount);
/// "12 s", "48 min", "3 h 22 m", "2 d 4 h"
QString duration(Milliseconds time);
/// "3 s old", "just now", "never read"
QString age(const std::optional<TimePoint> &at, TimePoint now);
/// "21 Nov 2026, 14:05" in local time; unknown: "–"
QString dateTime(const std::optional<TimePoint> &at);
/// "14:05:09.123" in local time
QString clockTime(TimePoint at);
/// "14:05:09"
QString timeToSecond(TimePoint at);
/// "14:05"
QString timeToMinute(TimePoint at);
QString number(qint64 value);
QString gigabytes(const std::optional<int> &value); ///< "60 GB" or "–"
QString bytes(qint64 count);                        ///< "12.4 kB"
QString milliseconds(Milliseconds time);            ///< "84 ms", "1.20 s"
/// Text from outside for a tooltip: read as it stands, never as HTML, wrapped, at most 1000 characters.
QString toolTip(const QString &text);
/// The same for an action, whose tooltip is read aloud and compared as well: nothing in it looks like HTML to Qt.
QString actionTip(const QString &text);
QString dash();                                     ///< what stands for "unknown"

} // namespace novita::format
