// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QLocale>

namespace novita {

namespace {

Error tooLarge(const QString &sentence)
{
    return Error::protocol(ProtocolFault::TooLarge, sentence);
}

QByteArray readerName(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Png: return QByteArrayLiteral("png");
    case ImageFormat::Jpeg: return QByteArrayLiteral("jpeg");
    case ImageFormat::WebP: return QByteArrayLiteral("webp");
    case ImageFormat::Gif: return QByteArrayLiteral("gif");
    case ImageFormat::Unknown: break;
    }
    return {};
}

/// What the header admits of; everything here is known before a pixel is decoded.
Result<ImageHeader> admitted(const QByteArray &bytes, const DecodeLimits &limits)
{
    if (bytes.size() > limits.maxBytes)
        return tooLarge(QCoreApplication::translate("ImageFile", "The picture's file has %1, more than the %2 that are read.")
                            .arg(QLocale().formattedDataSize(bytes.size()), QLocale().formattedDataSize(limits.maxBytes)));
    Result<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return header;
    if (!header->complete && header->format != ImageFormat::Gif)
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile", "The picture is cut short: its end is missing."));
    const qint64 width = header->size.width();
    const qint64 height = header->size.height();
    if (width > limits.maxSide || height > limits.maxSide || width > limits.maxPixels / height)
        return tooLarge(QCoreApplication::translate("ImageFile",
                                                    "The picture claims to have %1 × %2 pixels, more than are decoded here.").arg(width).arg(height));
    if (width * height > limits.maxAllocation / (header->bitsPerPixel / 8))
        return tooLarge(QCoreApplication::translate("ImageFile",
                                                    "The picture of %1 × %2 pixels would take more memory than is given to one.").arg(width).arg(height));
    if (header->scans > limits.maxScans)
        return tooLarge(QCoreApplication::translate("ImageFile", "The picture is made to take long: it draws itself %1 times.").arg(header->scans));
    return header;
}

Result<QImage> decode(const QByteArray &bytes, const DecodeLimits &limits, QSize box)
{
    const Result<ImageHeader> header = admitted(bytes, limits);
    if (!header)
        return header.error();
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, readerName(header->format));
    // The content has told the format; no other plug-in is to try its luck.
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
    if (!reader.canRead() && reader.error() == QImageReader::UnsupportedFormatError)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("ImageFile", "%1 pictures cannot be shown: Qt's plug-in for them is not installed.")
                                                   .arg(imageFormatName(header->format)));
    if (box.isValid()) {
        if (reader.transformation() & QImageIOHandler::TransformationRotate90)
            box.transpose();
        const QSize fitting = header->size.scaled(box, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
        if (fitting.width() < header->size.width() || fitting.height() < header->size.height())
            reader.setScaledSize(fitting);
    }
    QImage image = reader.read();
    if (image.isNull())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile", "The picture is damaged and cannot be decoded."),
                               reader.errorString());
    return image;
}

} // namespace

Result<QImage> decodeImage(const QByteArray &bytes, const DecodeLimits &limits)
{
    return decode(bytes, limits, {});
}

Result<QImage> decodeThumbnail(const QByteArray &bytes, QSize box, const DecodeLimits &limits)
{
    Q_ASSERT(!box.isEmpty());
    return decode(bytes, limits, box);
}

} // namespace novita
