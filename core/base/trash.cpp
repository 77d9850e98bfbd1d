// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/trash.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace novita {

bool moveToTrash(const QString &path)
{
    // Qt 6.4 moves files into the current folder, and says that all is well, when the one that the trash belongs into is missing.
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return QDir().mkpath(data) && QFile::moveToTrash(path);
}

} // namespace novita
