// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imageheader.h"

#include <QByteArray>
#include <QImage>

namespace novita {

/// What a picture may cost. Checked before a pixel is decoded. Qt's own limit (QImageReader::allocationLimit(), 256 MB unless the
/// program raised it) holds besides.
struct DecodeLimits
{
    qsizetype maxBytes = 64 * 1024 * 1024;       ///< of the file
    int maxSide = 16'384;                        ///< pixels
    qint64 maxPixels = 50'000'000;
    qint64 maxAllocation = 256ll * 1024 * 1024;  ///< bytes of the decoded picture
    int maxScans = 100;                          ///< of a progressive JPEG: each costs a pass over all pixels
};

/// Decodes the first frame of a PNG, JPEG, WebP or GIF, told by its content; turned as its EXIF orientation asks. Errors are
/// ErrorKind::Protocol with a sentence for people: what it is instead of a picture, cut short, larger than the limits, damaged. Pure; any thread.
Result<QImage> decodeImage(const QByteArray &bytes, const DecodeLimits &limits = {});

/// The same, scaled down while decoding to fit into `box` (both sides above 0), never up. The limits hold for the picture as stored.
Result<QImage> decodeThumbnail(const QByteArray &bytes, QSize box, const DecodeLimits &limits = {});

} // namespace novita
