// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmtime.h"

#include <algorithm>

namespace novita::filmtime {

QString place(Milliseconds time)
{
    const qint64 tenths = time.count() / 100;
    return QStringLiteral("%1:%2.%3").arg(tenths / 600).arg(tenths / 10 % 60, 2, 10, QLatin1Char('0')).arg(tenths % 10);
}

QString length(Milliseconds time)
{
    const qint64 seconds = std::max<qint64>(1, (time.count() + 500) / 1000);
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(two(seconds % 60));
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(two(seconds / 60 % 60), two(seconds % 60));
}

} // namespace novita::filmtime
