// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/localtime.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <optional>

namespace novita::localtime {

namespace {

constexpr qsizetype kLongestZone = 64;

QTimeZone zoneOf(const QByteArray &name)
{
    return isZone(name) ? QTimeZone(name) : QTimeZone::utc();
}

} // namespace

TimePoint momentOf(const QDate &date, int minute, const QByteArray &zone)
{
    const QTimeZone timeZone = zoneOf(zone);
    // As if the zone were UTC; the true moment is this less the zone's offset, which changes at most once around a day.
    const QDateTime asUtc = QDateTime(date, QTime(0, 0), Qt::UTC).addSecs(minute * 60);
    const std::array<int, 2> offsets{timeZone.offsetFromUtc(asUtc.addDays(-1)), timeZone.offsetFromUtc(asUtc.addDays(1))};
    std::optional<QDateTime> first;
    for (const int offset : offsets) {
        const QDateTime moment = asUtc.addSecs(-offset);
        if (timeZone.offsetFromUtc(moment) == offset && (!first || moment < *first))
            first = moment;
    }
    // In the hole of a clock set forward neither offset holds: the one from before puts it behind the hole.
    const QDateTime moment = first.value_or(asUtc.addSecs(-offsets[0]));
    return TimePoint(Milliseconds(moment.toMSecsSinceEpoch()));
}

QDate dateOf(TimePoint at, const QByteArray &zone)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), zoneOf(zone)).date();
}

TimePoint nextMoment(TimePoint after, int minute, Days days, const QByteArray &zone)
{
    // From the day before on: a moment that a jump of the clocks moved may lie on the next day.
    QDate date = dateOf(after, zone).addDays(-1);
    for (int tried = 0; tried < 10; ++tried, date = date.addDays(1)) {
        if (!(days & (1u << (date.dayOfWeek() - 1))))
            continue;
        if (const TimePoint moment = momentOf(date, minute, zone); moment > after)
            return moment;
    }
    return after + std::chrono::hours(24);
}

bool isZone(const QByteArray &zone)
{
    return !zone.isEmpty() && zone.size() <= kLongestZone && QTimeZone(zone).isValid();
}

QByteArray systemZone()
{
    const QByteArray zone = QTimeZone::systemTimeZoneId();
    return isZone(zone) ? zone : QByteArrayLiteral("UTC");
}

} // namespace novita::localtime
