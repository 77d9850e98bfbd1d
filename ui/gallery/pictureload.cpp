// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pictureload.h"

#include "core/imagefile/imageheader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace novita::pictureload {

namespace {

constexpr int kPatches = 10;      ///< along the longer side
constexpr int kBlurredSide = 320; ///< pixels

LoadedPicturePtr failed(const Error &error)
{
    auto out = std::make_shared<LoadedPicture>();
    out->problem = error;
    return out;
}

} // namespace

QImage blurredImage(const QImage &image)
{
    if (image.isNull())
        return image;
    const QSize few = image.size().scaled(kPatches, kPatches, Qt::KeepAspectRatio).expandedTo({1, 1});
    const QSize shown = image.size().scaled(kBlurredSide, kBlurredSide, Qt::KeepAspectRatio).expandedTo({1, 1});
    // In two steps: the first averages whole patches.
    return image.scaled(few, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(shown, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

namespace {

/// The most pixels of a picture of `size` that has more than `mostPixels`.
QSize reduced(QSize size, qint64 mostPixels)
{
    const double factor =
        std::sqrt(static_cast<double>(mostPixels) / (static_cast<double>(size.width()) * size.height()));
    return {std::max(1, static_cast<int>(size.width() * factor)),
            std::max(1, static_cast<int>(size.height() * factor))};
}

LoadedPicturePtr read(const PictureFiles &files, const QString &file, qint64 mostPixels, bool blurred,
                      const WorkFlag &unwanted, const DecodeLimits &limits)
{
    const auto isUnwanted = [&unwanted] { return unwanted && unwanted->load(); };
    auto out = std::make_shared<LoadedPicture>();
    if (isUnwanted())
        return out;
    const QString path = files.path(file);
    if (path.isEmpty() || !QFileInfo::exists(path))
        return failed(
            Error::make(ErrorKind::Storage,
                        QCoreApplication::translate("PictureViewer", "The file of this picture is not there any more."),
                        QDir::toNativeSeparators(path)));
    const Result<QByteArray> bytes = files.read(file, limits.maxBytes);
    if (!bytes)
        return failed(bytes.error());
    if (isUnwanted())
        return out;
    const Result<ImageHeader> header = readImageHeader(*bytes);
    if (!header)
        return failed(header.error());
    const QSize stored = header->size;
    out->isReduced = mostPixels > 0 && static_cast<qint64>(stored.width()) * stored.height() > mostPixels;
    // A box that holds the turned picture as well.
    const QSize box = out->isReduced ? reduced(stored, mostPixels) : stored;
    const Result<QImage> image =
        out->isReduced
            ? decodeThumbnail(*bytes, QSize(std::max(box.width(), box.height()), std::max(box.width(), box.height())),
                              limits)
            : decodeImage(*bytes, limits);
    if (!image)
        return failed(image.error());
    const bool isTurned = (stored.width() > stored.height()) != (image->width() > image->height());
    out->size = !out->isReduced ? image->size() : isTurned ? stored.transposed() : stored;
    out->animated = header->animated;
    out->levels = PictureLevels(blurred ? blurredImage(*image) : *image);
    return out;
}

} // namespace

LoadedPicturePtr whole(const PictureFiles &files, const QString &file, bool blurred, const WorkFlag &unwanted,
                       const DecodeLimits &limits)
{
    return read(files, file, 0, blurred, unwanted, limits);
}

LoadedPicturePtr fitted(const PictureFiles &files, const QString &file, qint64 mostPixels, bool blurred,
                        const WorkFlag &unwanted)
{
    return read(files, file, mostPixels, blurred, unwanted, {});
}

LoadedPicturePtr thumbnail(const PictureFiles &files, const PictureEntry &entry, bool blurred)
{
    auto out = std::make_shared<LoadedPicture>();
    const QImage image = files.path(entry.file).isEmpty() ? QImage() : files.thumbnail(entry.file);
    out->size = entry.size.isEmpty() ? image.size() : entry.size;
    // An entry whose picture has been turned since would show a squeezed stand-in.
    const QSize likely = out->size.scaled(image.size().expandedTo({1, 1}), Qt::KeepAspectRatio);
    if (std::abs(likely.width() - image.width()) > 2 || std::abs(likely.height() - image.height()) > 2)
        out->size = image.size();
    out->levels = PictureLevels(blurred ? blurredImage(image) : image);
    return out;
}

} // namespace novita::pictureload
