// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// Does a panel of this X screen take icons by the System Tray Protocol (XEmbed)? Always false on platforms other than X11. Asks the X
/// server, which takes a fraction of a millisecond.
bool x11TrayExists();
/// Is the program on X11 at all?
bool isOnX11();

} // namespace novita
