// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QSize>

namespace novita {

/// One chunk of a WebP file: four letters, four bytes of length, the data, a byte of padding when that is odd.
struct WebPChunk
{
    quint32 id = 0;       ///< four letters, the first in the highest byte
    qsizetype offset = 0; ///< of the letters
    qsizetype length = 0; ///< of the data alone

    qsizetype dataOffset() const { return offset + 8; }
    qsizetype end() const { return offset + 8 + length + (length & 1); }
};

struct WebPLayout
{
    QSize size;
    qsizetype riffEnd = 0;      ///< what lies behind it does not belong to the picture
    bool complete = false;
    bool animated = false;
    bool alpha = false;
    bool signedContent = false; ///< a C2PA manifest is there
    QList<WebPChunk> chunks;
};

/// Reads chunk by chunk. A file cut short after the size of its picture gives what is whole; without a size it is an error.
Result<WebPLayout> readWebPLayout(const QByteArray &bytes);

QByteArrayView webpExif(const QByteArray &bytes, const WebPLayout &layout); ///< the TIFF block of EXIF, or empty; borrows `bytes`
QByteArrayView webpXmp(const QByteArray &bytes, const WebPLayout &layout);  ///< the XMP packet, or empty; borrows `bytes`

/// `bytes` with these blocks in place of those it had, or behind the picture; a null one stays as it was. A simple file gets the extended
/// header that the blocks need; all other chunks keep their bytes. Requires a complete layout of the same bytes.
QByteArray webpWithBlocks(const QByteArray &bytes, const WebPLayout &layout, const QByteArray &exif, const QByteArray &xmp);

/// `bytes` without EXIF, XMP, C2PA, unknown chunks and what lies behind the end. Requires a complete layout of the same bytes.
QByteArray webpWithoutMetadata(const QByteArray &bytes, const WebPLayout &layout);

} // namespace novita
