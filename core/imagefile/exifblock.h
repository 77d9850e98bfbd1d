// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imagetext.h"

#include <QByteArrayView>

namespace novita {

/// The texts of an EXIF block (TIFF, without the name that JPEG puts before it) under the names of their tags: UserComment, ImageDescription, Make,
/// Model, Software, Artist, Copyright, XPComment, MakerNote. What is damaged or over imagelimits gives none.
///
/// UserComment is read in either byte order, told by the text itself: programs disagree about which one UNICODE means.
QList<ImageText> readExifTexts(QByteArrayView tiff);

/// The block with this UserComment: "UNICODE\0" and UTF-16, always big-endian as AUTOMATIC1111 writes it and takes for granted when it reads. The
/// other tags of `tiff` stay; an empty one gives a new big-endian block. Storage errors: the block is damaged, or the text does not fit (64 kB).
Result<QByteArray> exifWithUserComment(QByteArrayView tiff, const QString &text);

/// How the picture is to be turned: EXIF's Orientation, 1 (as it is) to 8; 1 when the block does not say.
int exifOrientation(QByteArrayView tiff);
/// A block that says this and nothing else.
QByteArray exifWithOrientationOnly(int orientation);

} // namespace novita
