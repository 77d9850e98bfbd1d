// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imagetext.h"

#include <QByteArrayView>
#include <QSize>

namespace novita {

/// One segment before the first scan of a JPEG file: FF, marker, two bytes of length, the data.
struct JpegSegment
{
    quint8 marker = 0;
    qsizetype offset = 0; ///< of the FF
    qsizetype length = 0; ///< of the data alone

    qsizetype dataOffset() const { return offset + 4; }
    qsizetype end() const { return offset + length + 4; }
};

struct JpegLayout
{
    QSize size;
    bool complete = false;      ///< its end marker is there
    bool signedContent = false; ///< a JUMBF box in APP11, where C2PA keeps its manifest
    int scans = 0;
    QList<JpegSegment> segments;
};

/// Reads segment by segment, and goes over the scans only to count them and to find the end. A file cut short after its frame header gives
/// what is there; without a frame header it is an error.
Result<JpegLayout> readJpegLayout(const QByteArray &bytes);

QByteArrayView jpegExif(const QByteArray &bytes, const JpegLayout &layout); ///< the TIFF block of EXIF, or empty; borrows `bytes`
QByteArrayView jpegXmp(const QByteArray &bytes, const JpegLayout &layout);  ///< the XMP packet, or empty; borrows `bytes`
QList<ImageText> jpegComments(const QByteArray &bytes, const JpegLayout &layout); ///< under the key "Comment"

constexpr qsizetype kMostJpegExif = 65533 - 6;  ///< bytes that one segment holds, less "Exif\0\0"
constexpr qsizetype kMostJpegXmp = 65533 - 29;  ///< … less the name of XMP

/// `bytes` with these blocks in place of those it had, or behind JFIF's header; a null one stays as it was. Every other byte
/// stays. Requires a complete layout of the same bytes, and blocks that fit.
QByteArray jpegWithBlocks(const QByteArray &bytes, const JpegLayout &layout, const QByteArray &exif, const QByteArray &xmp);

/// `bytes` without EXIF (but for `exif`, when it is not null), XMP, IPTC, C2PA and comments; colour profiles stay. Requires a complete layout of
/// the same bytes.
QByteArray jpegWithoutMetadata(const QByteArray &bytes, const JpegLayout &layout, const QByteArray &exif);

} // namespace novita
