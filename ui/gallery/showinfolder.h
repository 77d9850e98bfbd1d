// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QObject;

namespace novita {

/// Shows a file, selected, in the file manager of the desktop; where none can do that, opens its folder. Does not wait.
/// `context`: while it lives the folder may still be opened.
void showInFolder(const QString &path, QObject *context);

} // namespace novita
