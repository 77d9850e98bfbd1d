// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturefiles.h"

#include "core/base/plainfile.h"
#include "core/base/trash.h"
#include "core/gallery/originalname.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QImageWriter>
#include <QRegularExpression>

namespace novita {

namespace {

constexpr int kThumbnailQuality = 85;
constexpr Seconds kLongestWrite{3600};

/// The forms of the header, whole: no way up, no absolute path, no hidden file. Galleries of earlier versions have “.jpg”, too.
bool isOurs(const QString &name)
{
    static const QRegularExpression &form = *new QRegularExpression(QRegularExpression::anchoredPattern(
        QStringLiteral("(originals/\\d{4}-\\d{2}/[0-9a-f]{32}|inputs/[0-9a-f]{64})\\.(png|jpe?g|webp|gif|mp4|webm)")));
    return name.size() <= 128 && form.match(name).hasMatch();
}

/// What QSaveFile writes into before it renames it: the name, a dot and six letters.
bool isLeftOver(const QString &name)
{
    static const QRegularExpression &form = *new QRegularExpression(QRegularExpression::anchoredPattern(QStringLiteral("(.+?)(\\.json)?\\.[A-Za-z0-9]{6}")));
    const QRegularExpressionMatch match = name.size() <= 128 ? form.match(name) : QRegularExpressionMatch();
    return match.hasMatch() && isOurs(match.captured(1));
}

Error unknownName()
{
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("PictureFiles", "This is no file of the gallery."));
}

/// It is in use from now on: see InputFiles. False: it is gone.
bool touch(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
}

/// Of a new file.
bool isSuffix(const QString &suffix)
{
    return suffix != QLatin1String("jpg") && isOurs(QStringLiteral("inputs/%1.%2").arg(QString(64, QLatin1Char('0')), suffix));
}

} // namespace

QString PictureFiles::path(const QString &name) const
{
    return isOurs(name) ? m_folder + QLatin1Char('/') + name : QString();
}

QString PictureFiles::originalAt(const QString &path) const
{
    const QString folder = QFileInfo(m_folder).canonicalFilePath() + QLatin1Char('/');
    const QString there = QFileInfo(path).canonicalFilePath();
    const QString name = there.startsWith(folder) ? there.mid(folder.size()) : QString();
    return name.startsWith(QLatin1String("originals/")) && isOurs(name) ? name : QString();
}

Result<QString> PictureFiles::save(const QString &name, const QByteArray &bytes) const
{
    const QString path = m_folder + QLatin1Char('/') + name;
    QDir().mkpath(QFileInfo(path).absolutePath());
    const Result<Done> written = plainfile::write(path, bytes, plainfile::Readers::OwnerAlone);
    if (!written)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("PictureFiles", "The picture could not be written into the gallery."),
                           path + QLatin1String(": ") + written.error().message);
    return name;
}

QString originalName(const QString &suffix, TimePoint at, const QUuid &id)
{
    if (!isSuffix(suffix))
        return {};
    const QString month = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(QStringLiteral("yyyy-MM"));
    const QString name = QStringLiteral("originals/%1/%2.%3").arg(month, id.toString(QUuid::Id128), suffix);
    return isOurs(name) ? name : QString(); // years beyond 9999
}

Result<QString> PictureFiles::saveOriginal(const QByteArray &bytes, const QString &suffix, TimePoint at, const QUuid &id) const
{
    const QString name = originalName(suffix, at, id);
    return name.isEmpty() ? Result<QString>(unknownName()) : save(name, bytes);
}

Result<QString> PictureFiles::saveInput(const QByteArray &bytes, const QString &suffix) const
{
    if (!isSuffix(suffix))
        return unknownName();
    const QString hash = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const QString name = QStringLiteral("inputs/%1.%2").arg(hash, suffix);
    return QFileInfo(path(name)).size() == bytes.size() && touch(path(name)) ? Result<QString>(name) : save(name, bytes);
}

Result<QString> PictureFiles::saveSidecar(const QString &name, const QByteArray &json) const
{
    return isOurs(name) ? save(name + QLatin1String(".json"), json) : Result<QString>(unknownName());
}

Result<QByteArray> PictureFiles::read(const QString &name, qint64 maxBytes) const
{
    if (!isOurs(name))
        return unknownName();
    Result<QByteArray> bytes = plainfile::read(path(name), maxBytes);
    if (bytes)
        return bytes;
    if (bytes.error().kind == ErrorKind::Validation)
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("PictureFiles", "The file of this picture is too large."));
    return Error::make(ErrorKind::Storage, QCoreApplication::translate("PictureFiles", "The file of this picture cannot be read."), path(name) + QLatin1String(": ") + bytes.error().message);
}

QString PictureFiles::thumbnailPath(const QString &name) const
{
    const QString stem = QFileInfo(name).completeBaseName();
    return isOurs(name) ? QStringLiteral("%1/thumbnails/%2/%3").arg(m_folder, stem.left(2), stem) : QString();
}

QImage PictureFiles::thumbnail(const QString &name) const
{
    const QFileInfo small(thumbnailPath(name));
    // Somebody may have painted in the original, or put another in its place.
    const QFileInfo original(path(name));
    if (original.exists() && original.lastModified() > small.lastModified())
        return {};
    QImageReader reader(small.filePath());
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    return size.isValid() && size.width() <= kThumbnailSide && size.height() <= kThumbnailSide ? reader.read() : QImage();
}

Result<QImage> PictureFiles::saveThumbnail(const QString &name, const QImage &image) const
{
    const QString path = thumbnailPath(name);
    if (path.isEmpty() || image.isNull())
        return unknownName();
    const bool fits = image.width() <= kThumbnailSide && image.height() <= kThumbnailSide;
    const QImage small = fits ? image : image.scaled(kThumbnailSide, kThumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QBuffer buffer;
    QImageWriter writer(&buffer, small.hasAlphaChannel() ? "PNG" : "JPG");
    if (!small.hasAlphaChannel())
        writer.setQuality(kThumbnailQuality); // of a PNG it would mean the compression
    buffer.open(QIODevice::WriteOnly);
    if (!writer.write(small))
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("PictureFiles", "No preview could be made of this picture."), writer.errorString());
    const Result<QString> saved = save(QDir(m_folder).relativeFilePath(path), buffer.data());
    return saved ? Result<QImage>(small) : Result<QImage>(saved.error());
}

QStringList PictureFiles::discard(const QStringList &names) const
{
    QStringList left;
    for (const QString &name : names) {
        const QString path = this->path(name);
        if (path.isEmpty())
            continue;
        QFile::remove(thumbnailPath(name));
        for (const QString &file : {path + QLatin1String(".json"), path}) {
            if (QFile::exists(file) && !moveToTrash(file) && !QFile::remove(file) && file == path)
                left.append(name);
        }
    }
    return left;
}

int PictureFiles::sweep(TimePoint now) const
{
    const qint64 latest = (now - kLongestWrite).time_since_epoch().count();
    const QDir gallery(m_folder);
    int swept = 0;
    for (const QString &folder : {QStringLiteral("originals"), QStringLiteral("inputs")}) {
        QDirIterator found(gallery.filePath(folder), QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (found.hasNext()) {
            const QString path = found.next();
            if (isLeftOver(gallery.relativeFilePath(path)) && found.fileInfo().lastModified().toMSecsSinceEpoch() <= latest && QFile::remove(path))
                ++swept;
        }
    }
    return swept;
}

} // namespace novita
