// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/jpegfile.h"

#include "core/imagefile/byteaccess.h"

#include <QCoreApplication>

#include <cstring>
#include <optional>

namespace novita {

namespace {

constexpr quint8 kFrameFirst = 0xc0;
constexpr quint8 kFrameLast = 0xcf;
constexpr quint8 kHuffmanTables = 0xc4;
constexpr quint8 kJpegExtension = 0xc8;
constexpr quint8 kArithmeticTables = 0xcc;
constexpr quint8 kRestartFirst = 0xd0;
constexpr quint8 kEnd = 0xd9;
constexpr quint8 kScan = 0xda;
constexpr quint8 kApp0 = 0xe0;
constexpr quint8 kApp1 = 0xe1;
constexpr quint8 kApp2 = 0xe2;
constexpr quint8 kApp11 = 0xeb;
constexpr quint8 kApp14 = 0xee;
constexpr quint8 kApp15 = 0xef;
constexpr quint8 kComment = 0xfe;

constexpr QByteArrayView kExifName("Exif\0\0", 6);
constexpr QByteArrayView kXmpName("http://ns.adobe.com/xap/1.0/\0", 29);

static_assert(kMostJpegExif == 65533 - kExifName.size() && kMostJpegXmp == 65533 - kXmpName.size());

bool isFrameHeader(quint8 marker)
{
    return marker >= kFrameFirst && marker <= kFrameLast && marker != kHuffmanTables && marker != kJpegExtension && marker != kArithmeticTables;
}

bool standsAlone(quint8 marker)
{
    return marker == 0x01 || (marker >= kRestartFirst && marker <= kEnd);
}

QByteArrayView dataOf(const QByteArray &bytes, const JpegSegment &segment)
{
    return QByteArrayView(bytes).sliced(segment.dataOffset(), segment.length);
}

/// The marker at or behind `at`, where its FF lies; nothing when the bytes end before.
std::optional<JpegSegment> markerFrom(const QByteArray &bytes, qsizetype at)
{
    while (at + 1 < bytes.size()) {
        const auto *found = static_cast<const char *>(std::memchr(bytes.constData() + at, 0xff, static_cast<size_t>(bytes.size() - at)));
        if (!found)
            return std::nullopt;
        at = found - bytes.constData();
        if (at + 1 >= bytes.size())
            return std::nullopt;
        const quint8 marker = byteAt(bytes, at + 1);
        if (marker != 0x00 && marker != 0xff) // 00: a stuffed FF of the data; FF: filling
            return JpegSegment{marker, at, 0};
        at += marker == 0xff ? 1 : 2;
    }
    return std::nullopt;
}

/// With its length, when all of it is there.
std::optional<JpegSegment> wholeSegment(const QByteArray &bytes, JpegSegment segment)
{
    if (bytes.size() - segment.offset < 4)
        return std::nullopt;
    const quint16 length = bigEndian16(bytes, segment.offset + 2);
    if (length < 2 || length + 2 > bytes.size() - segment.offset)
        return std::nullopt;
    segment.length = length - 2;
    return segment;
}

/// C2PA lies in JUMBF boxes: "JP", box number, packet number, then the box with its length and type.
bool isJumbf(const QByteArray &bytes, const JpegSegment &segment)
{
    const QByteArrayView data = dataOf(bytes, segment);
    return segment.marker == kApp11 && data.size() >= 16 && data.startsWith("JP") && data.sliced(12, 4) == QByteArrayView("jumb");
}

QSize sizeOf(const QByteArray &bytes, const JpegSegment &frame)
{
    if (frame.length < 6)
        return {};
    return {bigEndian16(bytes, frame.dataOffset() + 3), bigEndian16(bytes, frame.dataOffset() + 1)};
}

void countScans(const QByteArray &bytes, qsizetype at, JpegLayout &layout)
{
    for (auto marker = markerFrom(bytes, at); marker; marker = markerFrom(bytes, at)) {
        if (marker->marker == kEnd) {
            layout.complete = true;
            return;
        }
        at = marker->offset + 2;
        if (standsAlone(marker->marker))
            continue;
        const std::optional<JpegSegment> whole = wholeSegment(bytes, *marker);
        if (!whole)
            return;
        layout.scans += marker->marker == kScan ? 1 : 0;
        at = whole->end();
    }
}

/// Application segments that say how the pixels are meant: JFIF, colour profiles, Adobe's transform. All others tell of other things.
bool isMetadata(const QByteArray &bytes, const JpegSegment &segment)
{
    if (segment.marker == kComment)
        return true;
    if (segment.marker < kApp0 || segment.marker > kApp15 || segment.marker == kApp0 || segment.marker == kApp14)
        return false;
    return segment.marker != kApp2 || !dataOf(bytes, segment).startsWith("ICC_PROFILE");
}

const JpegSegment *find(const QByteArray &bytes, const JpegLayout &layout, QByteArrayView name)
{
    for (const JpegSegment &segment : layout.segments) {
        if (segment.marker == kApp1 && dataOf(bytes, segment).startsWith(name))
            return &segment;
    }
    return nullptr;
}

QByteArrayView blockOf(const QByteArray &bytes, const JpegLayout &layout, QByteArrayView name)
{
    const JpegSegment *segment = find(bytes, layout, name);
    return segment ? dataOf(bytes, *segment).sliced(name.size()) : QByteArrayView();
}

QByteArray app1(QByteArrayView name, const QByteArray &block)
{
    const qsizetype length = 2 + name.size() + block.size();
    Q_ASSERT(length <= 0xffff);
    QByteArray out("\xff\xe1", 2);
    out += static_cast<char>(length >> 8);
    out += static_cast<char>(length & 0xff);
    return out + name.toByteArray() + block;
}

} // namespace

Result<JpegLayout> readJpegLayout(const QByteArray &bytes)
{
    JpegLayout layout;
    qsizetype at = 2;
    while (at + 1 < bytes.size() && byteAt(bytes, at) == 0xff) {
        const std::optional<JpegSegment> marker = markerFrom(bytes, at);
        if (!marker || marker->marker == kEnd)
            break;
        if (standsAlone(marker->marker)) {
            at = marker->offset + 2;
            continue;
        }
        const std::optional<JpegSegment> segment = wholeSegment(bytes, *marker);
        if (!segment)
            break;
        at = segment->end();
        if (segment->marker == kScan) {
            layout.scans = 1;
            countScans(bytes, at, layout);
            break;
        }
        if (isFrameHeader(segment->marker) && layout.size.isEmpty())
            layout.size = sizeOf(bytes, *segment);
        layout.signedContent = layout.signedContent || isJumbf(bytes, *segment);
        if (layout.segments.size() == imagelimits::kParts)
            return Error::protocol(ProtocolFault::TooLarge, QCoreApplication::translate("ImageFile",
                                                                      "The picture is made of more parts than this program reads."));
        layout.segments.append(*segment);
    }
    if (layout.size.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "The picture is damaged: its beginning says JPEG, but it does not say how large it is."));
    return layout;
}

QByteArrayView jpegExif(const QByteArray &bytes, const JpegLayout &layout)
{
    return blockOf(bytes, layout, kExifName);
}

QByteArrayView jpegXmp(const QByteArray &bytes, const JpegLayout &layout)
{
    return blockOf(bytes, layout, kXmpName);
}

QList<ImageText> jpegComments(const QByteArray &bytes, const JpegLayout &layout)
{
    QList<ImageText> comments;
    for (const JpegSegment &segment : layout.segments) {
        if (segment.marker != kComment)
            continue;
        if (comments.size() == imagelimits::kTexts)
            break;
        const QByteArrayView data = dataOf(bytes, segment);
        comments.append({QStringLiteral("Comment"), data.isValidUtf8() ? QString::fromUtf8(data) : QString::fromLatin1(data)});
    }
    return comments;
}

QByteArray jpegWithBlocks(const QByteArray &bytes, const JpegLayout &layout, const QByteArray &exif, const QByteArray &xmp)
{
    Q_ASSERT(layout.complete && exif.size() <= kMostJpegExif && xmp.size() <= kMostJpegXmp);
    const JpegSegment *oldExif = exif.isNull() ? nullptr : find(bytes, layout, kExifName);
    const JpegSegment *oldXmp = xmp.isNull() ? nullptr : find(bytes, layout, kXmpName);
    QByteArray added;
    if (!exif.isNull())
        added += app1(kExifName, exif);
    if (!xmp.isNull())
        added += app1(kXmpName, xmp);

    // JFIF asks to come first, and EXIF to come next.
    qsizetype at = 2;
    if (!layout.segments.isEmpty() && layout.segments.constFirst().marker == kApp0)
        at = layout.segments.constFirst().end();
    QByteArray out = bytes.first(at) + added;
    for (const JpegSegment &segment : layout.segments) {
        if (segment.offset < at)
            continue;
        out += QByteArrayView(bytes).sliced(at, segment.offset - at);
        at = segment.end();
        if (&segment != oldExif && &segment != oldXmp)
            out += QByteArrayView(bytes).sliced(segment.offset, at - segment.offset);
    }
    return out + bytes.sliced(at);
}

QByteArray jpegWithoutMetadata(const QByteArray &bytes, const JpegLayout &layout, const QByteArray &exif)
{
    Q_ASSERT(layout.complete && exif.size() <= kMostJpegExif);
    QByteArray out;
    qsizetype at = 0;
    for (const JpegSegment &segment : layout.segments) {
        if (!isMetadata(bytes, segment))
            continue;
        out += QByteArrayView(bytes).sliced(at, segment.offset - at);
        at = segment.end();
    }
    out += QByteArrayView(bytes).sliced(at);
    if (exif.isNull())
        return out;
    const Result<JpegLayout> bare = readJpegLayout(out);
    return bare && bare->complete ? jpegWithBlocks(out, *bare, exif, {}) : out;
}

} // namespace novita
