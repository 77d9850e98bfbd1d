// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

/// Places in films and their lengths, as players write them. Pure.
namespace novita::filmtime {

QString place(Milliseconds time);  ///< "0:07.4"
QString length(Milliseconds time); ///< "0:07", "1:02:03"; never "0:00"

} // namespace novita::filmtime
