// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/pictureroom.h"

#include "core/gallery/originalname.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <QTemporaryFile>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kBeside = 1024 * 1024; ///< metadata, the thumbnail, the row in the database
constexpr int kProbe = 64 * 1024;

Error noRoom(const QString &detail)
{
    return Error::make(
        ErrorKind::Storage,
        QCoreApplication::translate(
            "PictureFiles", "There is no room for the picture on the disk of the gallery, or it cannot be written to."),
        detail);
}

} // namespace

Result<Done> checkPictureRoom(const QString &folder, qint64 bytes, TimePoint at, const QUuid &id)
{
    const QString path = folder + QLatin1Char('/') + originalName(QStringLiteral("png"), at, id);
    const QString into = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(into))
        return noRoom(into);
    const QStorageInfo disk(into);
    if (disk.isValid() &&
        (disk.bytesAvailable() < kBeside || disk.bytesAvailable() - kBeside < std::max<qint64>(bytes, 0)))
        return noRoom(QStringLiteral("%1: %2 bytes are free").arg(into).arg(disk.bytesAvailable()));
    QTemporaryFile probe(path + QLatin1String(".XXXXXX"));
    if (!probe.open() || probe.write(QByteArray(kProbe, '\0')) != kProbe || !probe.flush())
        return noRoom(into + QLatin1String(": ") + probe.errorString());
    return Done();
}

} // namespace novita
