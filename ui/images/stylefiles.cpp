// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylefiles.h"

#include "core/base/plainfile.h"

#include <QCoreApplication>

namespace novita::stylefiles {

namespace {

struct StyleFiles
{
    Q_DECLARE_TR_FUNCTIONS(StyleFiles)
};

} // namespace

Result<StyleImport> read(const QString &path)
{
    // One more than may be: the reader says what is too large.
    const Result<QByteArray> bytes = plainfile::startOf(path, promptstyles::kMostBytes + 1);
    if (!bytes)
        return Error::make(ErrorKind::Storage, StyleFiles::tr("The file cannot be read."), path);
    return promptstyles::read(*bytes);
}

Result<Done> write(const QList<PromptStyle> &styles, const QString &path)
{
    const QByteArray bytes = path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? promptstyles::toCsv(styles)
                                                                                       : promptstyles::toJson(styles);
    const Result<Done> written = plainfile::write(path, bytes);
    if (!written)
        return Error::make(ErrorKind::Storage,
                           StyleFiles::tr("The styles could not be written: %1").arg(written.error().message));
    return written;
}

} // namespace novita::stylefiles
