// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

namespace novita {

/// "2026-01-01T00:00:00.000Z": how times are told to other programs.
QString isoTime(TimePoint at);

} // namespace novita
