// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace novita {

/// Version, licence and what the program does not do, in a window-modal box that deletes itself.
void openAboutBox(QWidget *parent);

} // namespace novita
