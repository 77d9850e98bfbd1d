// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// Lets assistive technology see a ZoomView as a picture. Any number of times.
void installZoomViewAccess();

} // namespace novita
