// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace novita {

class BulkRun;
class InstanceCommands;
class Theme;

/// Shows `run` row by row in a dialog of its own, with *Cancel the rest* and *Retry failed*, and deletes the run when both
/// it and the dialog are done.
void showBulkResults(BulkRun *run, InstanceCommands &commands, Theme &theme, QWidget *parent);

} // namespace novita
