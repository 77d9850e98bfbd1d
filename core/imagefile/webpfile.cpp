// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/webpfile.h"

#include "core/imagefile/byteaccess.h"
#include "core/imagefile/imagetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qsizetype kFileHeader = 12; // "RIFF", length, "WEBP"
constexpr qsizetype kChunkHeader = 8;

constexpr quint32 id(const char (&name)[5])
{
    return (quint32(static_cast<unsigned char>(name[0])) << 24) | (quint32(static_cast<unsigned char>(name[1])) << 16)
        | (quint32(static_cast<unsigned char>(name[2])) << 8) | quint32(static_cast<unsigned char>(name[3]));
}

constexpr quint32 kExtended = id("VP8X");
constexpr quint32 kLossy = id("VP8 ");
constexpr quint32 kLossless = id("VP8L");
constexpr quint32 kFrame = id("ANMF");
constexpr quint32 kAlpha = id("ALPH");
constexpr quint32 kAnimation = id("ANIM");
constexpr quint32 kProfile = id("ICCP");
constexpr quint32 kExif = id("EXIF");
constexpr quint32 kXmp = id("XMP ");
constexpr quint32 kSigned = id("C2PA");

// Flags of the extended header.
constexpr quint8 kHasAnimation = 0x02;
constexpr quint8 kHasXmp = 0x04;
constexpr quint8 kHasExif = 0x08;
constexpr quint8 kHasAlpha = 0x10;

QByteArrayView dataOf(const QByteArray &bytes, const WebPChunk &chunk)
{
    return QByteArrayView(bytes).sliced(chunk.dataOffset(), chunk.length);
}

int littleEndian24(QByteArrayView bytes, qsizetype at)
{
    return byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16);
}

/// Size and flags from the first chunk that states them.
void readPicture(QByteArrayView data, quint32 chunkId, WebPLayout &layout)
{
    if (chunkId == kExtended && data.size() >= 10) {
        layout.size = QSize(littleEndian24(data, 4) + 1, littleEndian24(data, 7) + 1);
        layout.animated = (byteAt(data, 0) & kHasAnimation) != 0;
        layout.alpha = (byteAt(data, 0) & kHasAlpha) != 0;
    } else if (chunkId == kLossy && data.size() >= 10 && data.sliced(3, 3) == QByteArrayView("\x9d\x01\x2a")) {
        layout.size = QSize(littleEndian16(data, 6) & 0x3fff, littleEndian16(data, 8) & 0x3fff);
    } else if (chunkId == kLossless && data.size() >= 5 && byteAt(data, 0) == 0x2f) {
        const quint32 bits = littleEndian32(data, 1);
        layout.size = QSize(static_cast<int>(bits & 0x3fff) + 1, static_cast<int>((bits >> 14) & 0x3fff) + 1);
        layout.alpha = ((bits >> 28) & 1) != 0;
    }
}

QByteArrayView blockOf(const QByteArray &bytes, const WebPLayout &layout, quint32 chunkId)
{
    for (const WebPChunk &chunk : layout.chunks) {
        if (chunk.id == chunkId)
            return dataOf(bytes, chunk);
    }
    return {};
}

QByteArray chunkOf(quint32 chunkId, const QByteArray &data)
{
    QByteArray out = asBigEndian32(chunkId) + asLittleEndian32(static_cast<quint32>(data.size())) + data;
    if (data.size() % 2 != 0)
        out += '\0';
    return out;
}

/// What belongs to the picture itself; everything else tells of other things.
bool isPicture(quint32 chunkId)
{
    constexpr std::array kinds{kExtended, kLossy, kLossless, kFrame, kAlpha, kAnimation, kProfile};
    return std::find(kinds.begin(), kinds.end(), chunkId) != kinds.end();
}

QByteArray fileOf(const QByteArray &chunks)
{
    return QByteArray("RIFF") + asLittleEndian32(static_cast<quint32>(chunks.size() + 4)) + "WEBP" + chunks;
}

QByteArray extendedHeader(const WebPLayout &layout, quint8 flags)
{
    QByteArray data(1, static_cast<char>(flags | (layout.alpha ? kHasAlpha : 0)));
    data += QByteArray(3, '\0');
    for (const int side : {layout.size.width() - 1, layout.size.height() - 1})
        data += asLittleEndian32(static_cast<quint32>(side)).first(3);
    return chunkOf(kExtended, data);
}

} // namespace

Result<WebPLayout> readWebPLayout(const QByteArray &bytes)
{
    WebPLayout layout;
    const qsizetype claimed = qsizetype(littleEndian32(bytes, 4)) + 8;
    layout.riffEnd = qMin(claimed, bytes.size());
    bool picture = false;
    qsizetype at = kFileHeader;
    while (layout.riffEnd - at >= kChunkHeader) {
        const WebPChunk chunk{bigEndian32(bytes, at), at, qsizetype(littleEndian32(bytes, at + 4))};
        const qsizetype there = qMin(chunk.length, layout.riffEnd - at - kChunkHeader);
        if (layout.size.isEmpty())
            readPicture(QByteArrayView(bytes).sliced(chunk.dataOffset(), there), chunk.id, layout);
        if (there < chunk.length)
            break;
        if (layout.chunks.size() == imagelimits::kParts)
            return Error::protocol(ProtocolFault::TooLarge, QCoreApplication::translate("ImageFile",
                                                                      "The picture is made of more parts than this program reads."));
        layout.chunks.append(chunk);
        picture = picture || chunk.id == kLossy || chunk.id == kLossless || chunk.id == kFrame;
        layout.signedContent = layout.signedContent || chunk.id == kSigned;
        at = chunk.end();
    }
    // The last chunk's padding may be missing, and the last byte of the length be odd: readers take both.
    layout.complete = picture && claimed <= bytes.size() && at >= layout.riffEnd;
    if (layout.size.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "The picture is damaged: its beginning says WebP, but it does not say how large it is."));
    return layout;
}

QByteArrayView webpExif(const QByteArray &bytes, const WebPLayout &layout)
{
    const QByteArrayView block = blockOf(bytes, layout, kExif);
    constexpr QByteArrayView jpegName("Exif\0\0", 6); // some programs leave the name in that JPEG needs
    return block.startsWith(jpegName) ? block.sliced(jpegName.size()) : block;
}

QByteArrayView webpXmp(const QByteArray &bytes, const WebPLayout &layout)
{
    return blockOf(bytes, layout, kXmp);
}

QByteArray webpWithBlocks(const QByteArray &bytes, const WebPLayout &layout, const QByteArray &exif, const QByteArray &xmp)
{
    Q_ASSERT(layout.complete);
    const quint8 flags = static_cast<quint8>((exif.isNull() ? 0 : kHasExif) | (xmp.isNull() ? 0 : kHasXmp));
    QByteArray body;
    if (layout.chunks.constFirst().id != kExtended)
        body += extendedHeader(layout, flags);
    for (const WebPChunk &chunk : layout.chunks) {
        if ((chunk.id == kExif && !exif.isNull()) || (chunk.id == kXmp && !xmp.isNull()))
            continue;
        QByteArray data = dataOf(bytes, chunk).toByteArray();
        if (chunk.id == kExtended && !data.isEmpty())
            data[0] = static_cast<char>(byteAt(data, 0) | flags);
        body += chunkOf(chunk.id, data);
    }
    if (!exif.isNull())
        body += chunkOf(kExif, exif);
    if (!xmp.isNull())
        body += chunkOf(kXmp, xmp);
    return fileOf(body) + bytes.sliced(layout.riffEnd);
}

QByteArray webpWithoutMetadata(const QByteArray &bytes, const WebPLayout &layout)
{
    Q_ASSERT(layout.complete);
    QByteArray body;
    for (const WebPChunk &chunk : layout.chunks) {
        if (!isPicture(chunk.id))
            continue;
        QByteArray data = dataOf(bytes, chunk).toByteArray();
        if (chunk.id == kExtended && !data.isEmpty())
            data[0] = static_cast<char>(byteAt(data, 0) & ~(kHasExif | kHasXmp));
        body += chunkOf(chunk.id, data);
    }
    return fileOf(body);
}

} // namespace novita
