// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"

#include <QDateTime>

namespace novita {

QString isoTime(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

std::optional<TimePoint> timeFromIso(const QString &text)
{
    constexpr qsizetype kLongest = 40;
    const QDateTime time = text.size() <= kLongest ? QDateTime::fromString(text, Qt::ISODateWithMs) : QDateTime();
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return TimePoint(Milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace novita
