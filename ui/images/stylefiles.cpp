// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylefiles.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace novita::stylefiles {

namespace {

struct StyleFiles
{
    Q_DECLARE_TR_FUNCTIONS(StyleFiles)
};

} // namespace

Result<StyleImport> read(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return Error::make(ErrorKind::Storage, StyleFiles::tr("The file cannot be read."), path);
    // One more than may be: the reader says what is too large.
    return promptstyles::read(file.read(promptstyles::kMostBytes + 1));
}

Result<Done> write(const QList<PromptStyle> &styles, const QString &path)
{
    const QByteArray bytes = path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? promptstyles::toCsv(styles)
                                                                                       : promptstyles::toJson(styles);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Error::make(ErrorKind::Storage,
                           StyleFiles::tr("The styles could not be written: %1").arg(file.errorString()));
    return Done{};
}

} // namespace novita::stylefiles
