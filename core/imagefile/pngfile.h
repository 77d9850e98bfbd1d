// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imagetext.h"

#include <QByteArrayView>
#include <QSize>

namespace novita {

/// One chunk of a PNG file: four bytes of length, four of type, the data, four of check sum.
struct PngChunk
{
    quint32 type = 0;     ///< four letters, the first in the highest byte
    qsizetype offset = 0; ///< of the length field
    qsizetype length = 0; ///< of the data alone

    qsizetype dataOffset() const { return offset + 8; }
    qsizetype end() const { return offset + length + 12; }
};

/// The chunks of a PNG file in their order, all of them whole and inside the file.
struct PngLayout
{
    QSize size;
    int bitDepth = 8;
    bool complete = false; ///< has image data and its end chunk
    bool animated = false;
    bool signedContent = false; ///< a C2PA manifest (`caBX`) is there
    QList<PngChunk> chunks;     ///< up to the end chunk, or to where the file is cut
};

constexpr quint32 pngType(const char (&name)[5])
{
    return (quint32(static_cast<unsigned char>(name[0])) << 24) | (quint32(static_cast<unsigned char>(name[1])) << 16)
        | (quint32(static_cast<unsigned char>(name[2])) << 8) | quint32(static_cast<unsigned char>(name[3]));
}

/// Reads chunk by chunk, without looking at the pixels. A file cut short gives what is whole, with `complete` false; a file without a
/// sound header chunk, or with more than imagelimits::kParts chunks, is an error.
Result<PngLayout> readPngLayout(const QByteArray &bytes);

/// All texts (`tEXt`, `zTXt`, `iTXt`) in file order, within imagelimits. Chunks with a wrong check sum, a name of other than 1 to 79
/// bytes, or data that does not inflate are left out. `tEXt` that is valid UTF-8 is read as such: programs write it so, against the standard.
QList<ImageText> readPngTexts(const QByteArray &bytes, const PngLayout &layout);

/// The data of the first chunk of this type, or empty; borrows `bytes`.
QByteArrayView pngChunkData(const QByteArray &bytes, const PngLayout &layout, quint32 type);

/// A whole text chunk: plain `tEXt` when Latin-1 holds the text and nobody can take it for UTF-8, otherwise uncompressed `iTXt`, which
/// fewer programs read. XMP is always `iTXt`, as its standard asks. CR LF becomes LF; NUL is dropped. The key is Latin-1, 1 to 79 characters.
QByteArray pngTextChunk(const ImageText &text);

/// `bytes` with these texts before the image data, in place of any text chunk of the same keys; every other byte stays.
/// Requires a complete layout of the same bytes.
QByteArray pngWithTexts(const QByteArray &bytes, const PngLayout &layout, const QList<ImageText> &texts);

/// `bytes` without texts, EXIF, the time of the last change, C2PA and what lies behind the end. Requires a complete layout of the same bytes.
QByteArray pngWithoutMetadata(const QByteArray &bytes, const PngLayout &layout);

} // namespace novita
