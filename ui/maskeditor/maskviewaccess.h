// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// Tells assistive technology that a MaskView is a canvas; what it says besides are its accessible name and description. May be called again.
void installMaskViewAccess();

} // namespace novita
