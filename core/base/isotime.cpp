// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"

#include <QDateTime>

namespace novita {

QString isoTime(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace novita
