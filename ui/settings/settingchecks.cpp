// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingchecks.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace novita {

Result<QString> checkReadableFile(const QString &text)
{
    if (text.isEmpty())
        return text;
    const QFileInfo file(text);
    if (!file.isFile() || !file.isReadable())
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("SettingChecks", "There is no readable file of this name."));
    return file.absoluteFilePath();
}

} // namespace novita
