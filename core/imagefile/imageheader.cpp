// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imageheader.h"

#include "core/base/redact.h"
#include "core/imagefile/byteaccess.h"
#include "core/imagefile/jpegfile.h"
#include "core/imagefile/pngfile.h"
#include "core/imagefile/webpfile.h"

#include <QCoreApplication>

namespace novita {

namespace {

constexpr qsizetype kSniffed = 512;
constexpr qsizetype kShown = 200;

/// Kinds that people have and this program does not read, by what is found where.
QString foreignFormat(const QByteArray &bytes)
{
    if (bytes.mid(4, 4) == "ftyp") {
        const QByteArray brand = bytes.mid(8, 4);
        if (brand == "avif" || brand == "avis")
            return QStringLiteral("AVIF");
        if (brand == "heic" || brand == "heix" || brand == "mif1")
            return QStringLiteral("HEIC");
        return QStringLiteral("MP4");
    }
    if (bytes.startsWith("\x1a\x45\xdf\xa3"))
        return QStringLiteral("WebM");
    if (bytes.startsWith(QByteArrayView("II*\0", 4)) || bytes.startsWith(QByteArrayView("MM\0*", 4)))
        return QStringLiteral("TIFF");
    if (bytes.startsWith("BM"))
        return QStringLiteral("BMP");
    if (bytes.startsWith("%PDF-"))
        return QStringLiteral("PDF");
    if (bytes.startsWith("PK\x03\x04"))
        return QStringLiteral("ZIP");
    return {};
}

bool looksLikeText(const QByteArray &start)
{
    for (const char c : start) {
        const auto byte = static_cast<quint8>(c);
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')
            return false;
    }
    return true;
}

/// What these bytes are, when they are no picture.
Error notAPicture(const QByteArray &bytes)
{
    const auto refuse = [&](const QString &sentence) {
        return Error::protocol(ProtocolFault::Unreadable, sentence, redactedExcerpt(QString::fromUtf8(bytes.first(qMin(bytes.size(), kSniffed))), kShown));
    };
    if (bytes.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile", "There is no picture: the file is empty."));
    const QString foreign = foreignFormat(bytes);
    if (!foreign.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "This is a file of type %1, which is not read as a picture here.").arg(foreign));
    QByteArray start = bytes.first(qMin(bytes.size(), kSniffed));
    if (!looksLikeText(start))
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "This is no picture of a kind that is known here."));
    if (start.startsWith("\xef\xbb\xbf"))
        start = start.sliced(3);
    start = start.trimmed().toLower();
    if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head") || start.startsWith("<body"))
        return refuse(QCoreApplication::translate("ImageFile", "This is a web page instead of a picture."));
    if (start.contains("<error>"))
        return refuse(QCoreApplication::translate("ImageFile",
                                                  "This is an error message of a file store instead of a picture; the link may have expired."));
    if (start.contains("<svg"))
        return refuse(QCoreApplication::translate("ImageFile",
                                                  "This is a file of type %1, which is not read as a picture here.").arg(QStringLiteral("SVG")));
    if (start.startsWith('{') || start.startsWith('['))
        return refuse(QCoreApplication::translate("ImageFile", "This is a JSON message instead of a picture."));
    return refuse(QCoreApplication::translate("ImageFile", "This is text instead of a picture."));
}

Result<ImageHeader> readGifHeader(const QByteArray &bytes)
{
    constexpr qsizetype kScreen = 13;
    ImageHeader header{.format = ImageFormat::Gif, .complete = bytes.endsWith(';')};
    if (bytes.size() >= kScreen)
        header.size = QSize(littleEndian16(bytes, 6), littleEndian16(bytes, 8));
    if (header.size.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "The picture is damaged: its beginning says GIF, but it does not say how large it is."));
    // How many frames there are shows only to a decoder; a GIF with the extension that repeats has them.
    header.animated = bytes.first(qMin(bytes.size(), qsizetype(4096))).contains("NETSCAPE2.0");
    return header;
}

} // namespace

QString imageFormatName(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Unknown: return {};
    case ImageFormat::Png: return QStringLiteral("PNG");
    case ImageFormat::Jpeg: return QStringLiteral("JPEG");
    case ImageFormat::WebP: return QStringLiteral("WebP");
    case ImageFormat::Gif: return QStringLiteral("GIF");
    }
    return {};
}

QString imageFormatSuffix(ImageFormat format)
{
    return imageFormatName(format).toLower();
}

ImageFormat sniffImageFormat(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return ImageFormat::Png;
    if (bytes.startsWith("\xff\xd8\xff"))
        return ImageFormat::Jpeg;
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8, 4) == "WEBP")
        return ImageFormat::WebP;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return ImageFormat::Gif;
    return ImageFormat::Unknown;
}

Result<ImageHeader> readImageHeader(const QByteArray &bytes)
{
    switch (sniffImageFormat(bytes)) {
    case ImageFormat::Unknown: return notAPicture(bytes);
    case ImageFormat::Gif: return readGifHeader(bytes);
    case ImageFormat::Png: {
        const Result<PngLayout> png = readPngLayout(bytes);
        if (!png)
            return png.error();
        return ImageHeader{.format = ImageFormat::Png, .size = png->size, .complete = png->complete, .animated = png->animated,
                           .bitsPerPixel = png->bitDepth == 16 ? 64 : 32};
    }
    case ImageFormat::Jpeg: {
        const Result<JpegLayout> jpeg = readJpegLayout(bytes);
        if (!jpeg)
            return jpeg.error();
        return ImageHeader{.format = ImageFormat::Jpeg, .size = jpeg->size, .complete = jpeg->complete, .scans = jpeg->scans};
    }
    case ImageFormat::WebP: {
        const Result<WebPLayout> webp = readWebPLayout(bytes);
        if (!webp)
            return webp.error();
        return ImageHeader{.format = ImageFormat::WebP, .size = webp->size, .complete = webp->complete, .animated = webp->animated};
    }
    }
    Q_UNREACHABLE();
}

} // namespace novita
