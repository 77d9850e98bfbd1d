// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmfile.h"

#include "core/imagefile/imageheader.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace novita {

namespace {

constexpr qint64 kHeadBytes = 64;

} // namespace

FilmKind filmKindOf(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.isSequential())
        return FilmKind::Missing;
    const QByteArray head = file.read(kHeadBytes);
    if (sniffImageFormat(head) == ImageFormat::Gif)
        return FilmKind::Gif;
    // An ISO media file begins with the length of its first box, and the name of that.
    return head.size() > 16 && head.mid(4, 4) == "ftyp" ? FilmKind::Mp4 : FilmKind::Other;
}

QString saveFrameAs(const QImage &frame, const QString &path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && frame.save(&file, "PNG") && file.commit())
        return {};
    return QCoreApplication::translate("PictureViewer", "The frame could not be saved: %1").arg(file.errorString());
}

} // namespace novita
