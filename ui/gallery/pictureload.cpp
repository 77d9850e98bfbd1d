// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pictureload.h"

#include "core/imagefile/imageheader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

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

LoadedPicturePtr whole(const PictureFiles &files, const QString &file, bool blurred, const WorkFlag &unwanted,
                       const DecodeLimits &limits)
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
    const Result<QImage> image = decodeImage(*bytes, limits);
    if (!image)
        return failed(image.error());
    out->size = image->size();
    out->animated = header->animated;
    out->levels = PictureLevels(blurred ? blurredImage(*image) : *image);
    return out;
}

LoadedPicturePtr thumbnail(const PictureFiles &files, const PictureEntry &entry, bool blurred)
{
    auto out = std::make_shared<LoadedPicture>();
    const QImage image = files.thumbnail(entry.file);
    out->size = entry.size.isEmpty() ? image.size() : entry.size;
    // An entry whose picture has been turned since would show a squeezed stand-in.
    const QSize likely = out->size.scaled(image.size().expandedTo({1, 1}), Qt::KeepAspectRatio);
    if (std::abs(likely.width() - image.width()) > 2 || std::abs(likely.height() - image.height()) > 2)
        out->size = image.size();
    out->levels = PictureLevels(blurred ? blurredImage(image) : image);
    return out;
}

} // namespace novita::pictureload
