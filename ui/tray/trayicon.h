// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"

#include <QIcon>

namespace novita {

class Theme;

/// The program's mark for a panel, drawn to whole pixels at the sizes that panels use (16 to 64, and twice that). It brings its own
/// ground, so that it is seen on light and dark panels. StateTone::Warn puts a triangle into its corner, Bad a disc; other tones nothing.
QIcon trayIcon(const Theme &theme, StateTone tone);

} // namespace novita
