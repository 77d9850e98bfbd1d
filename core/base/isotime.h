// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <optional>

namespace novita {

/// "2026-01-01T00:00:00.000Z": how times are told to other programs.
QString isoTime(TimePoint at);
/// What other programs tell, back. A time carries its zone: without one it would be the clock of this computer that decides what it means. At most 40
/// characters.
std::optional<TimePoint> timeFromIso(const QString &text);

} // namespace novita
