// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QLatin1String>
#include <QString>

namespace novita {

/// "word_<ms>_<id>": the name of what was asked of an instance at that time, for other programs. Receivers take 128 characters, and no cloud is
/// trusted with more than 40 of them.
inline QString operationName(QLatin1String word, TimePoint at, const InstanceId &id)
{
    constexpr qsizetype kLongestId = 40;
    return QStringLiteral("%1_%2_%3").arg(word).arg(at.time_since_epoch().count()).arg(id.toString().left(kLongestId));
}

} // namespace novita
