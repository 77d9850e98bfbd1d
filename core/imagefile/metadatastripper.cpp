// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/metadatastripper.h"

#include "core/imagefile/exifblock.h"
#include "core/imagefile/imageheader.h"
#include "core/imagefile/jpegfile.h"
#include "core/imagefile/pngfile.h"
#include "core/imagefile/webpfile.h"

#include <QCoreApplication>

namespace novita {

namespace {

QByteArray strippedJpeg(const QByteArray &bytes, const JpegLayout &layout)
{
    const int orientation = exifOrientation(jpegExif(bytes, layout));
    return jpegWithoutMetadata(bytes, layout, orientation == 1 ? QByteArray() : exifWithOrientationOnly(orientation));
}

template<typename Layout>
Result<QByteArray> strip(const QByteArray &bytes, Result<Layout> (*read)(const QByteArray &), QByteArray (*write)(const QByteArray &, const Layout &))
{
    const Result<Layout> layout = read(bytes);
    if (!layout)
        return layout.error();
    if (!layout->complete)
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile", "The picture is cut short: its end is missing."));
    return write(bytes, *layout);
}

} // namespace

Result<QByteArray> withoutMetadata(const QByteArray &bytes)
{
    const Result<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return header.error();
    switch (header->format) {
    case ImageFormat::Png: return strip(bytes, readPngLayout, pngWithoutMetadata);
    case ImageFormat::Jpeg: return strip(bytes, readJpegLayout, strippedJpeg);
    case ImageFormat::WebP: return strip(bytes, readWebPLayout, webpWithoutMetadata);
    case ImageFormat::Gif:
    case ImageFormat::Unknown: break;
    }
    return Error::make(ErrorKind::Validation,
                       QCoreApplication::translate("ImageFile", "Metadata can be taken out of PNG, JPEG and WebP pictures, but not out of this one."));
}

} // namespace novita
