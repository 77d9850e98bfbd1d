// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmfile.h"

#include "core/gallery/imagejob.h"
#include "core/imagefile/filmheader.h"
#include "core/imagefile/imageheader.h"
#include "core/images/recipetext.h"

#include <QBuffer>
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
    if (head.isEmpty())
        return FilmKind::Empty;
    return sniffFilmFormat(head) == FilmFormat::None ? FilmKind::Other : FilmKind::Video;
}

namespace {

MetadataToWrite metadataOf(const Picture &film, const QSize &size)
{
    ImageJob job;
    job.endpoint = film.endpoint;
    job.recipe = film.recipe;
    job.promptTemplate = film.promptTemplate;
    return recipetext::metadataOf(job, film.seed, size);
}

} // namespace

QString saveFrameAs(const QImage &frame, const Picture &film, const WriteOptions &options, const QString &path)
{
    QBuffer buffer;
    const bool isEncoded = buffer.open(QIODevice::WriteOnly) && frame.save(&buffer, "PNG");
    const Result<WrittenImage> written = writeMetadata(buffer.data(), metadataOf(film, frame.size()), options);
    const QByteArray bytes = written ? written->bytes : buffer.data();
    QSaveFile file(path);
    if (isEncoded && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return QCoreApplication::translate("PictureViewer", "The frame could not be saved: %1").arg(file.errorString());
}

} // namespace novita
