// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// Moves the file at `path` into the desktop's trash; false when it stays where it is. Every file goes through here: QFile::moveToTrash() of Qt 6.4
/// loses files when the data folder of the person is missing. Blocks; any thread.
bool moveToTrash(const QString &path);

} // namespace novita
