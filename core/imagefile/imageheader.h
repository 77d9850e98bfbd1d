// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QSize>

namespace novita {

/// The kinds of picture that this program reads. Told by the content, never by a name or a Content-Type.
enum class ImageFormat {
    Unknown,
    Png,
    Jpeg,
    WebP,
    Gif, ///< decoded (its first frame), but neither read nor written for metadata
};

/// "PNG", "JPEG", "WebP", "GIF", or empty; not translated.
QString imageFormatName(ImageFormat format);

/// "png", "jpeg", "webp", "gif", or empty: what endpoints call it, and the ending of a file's name.
QString imageFormatSuffix(ImageFormat format);

/// By the first bytes alone; says nothing about what follows them.
ImageFormat sniffImageFormat(const QByteArray &bytes);

/// What is known of a picture without decoding a pixel.
struct ImageHeader
{
    ImageFormat format = ImageFormat::Unknown;
    QSize size = {};       ///< as stored, before an orientation that EXIF may ask for; both sides are above 0
    bool complete = false; ///< the end of the picture is there: false when the download was cut short
    bool animated = false; ///< more than one frame; only the first is ever decoded
    int bitsPerPixel = 32; ///< what a decoded pixel takes at most: 32 or 64
    int scans = 1;         ///< passes over the picture; above 1 for progressive JPEG, which a hostile one can have thousands of
};

/// Reads the structure of `bytes`. What is no picture at all is ErrorKind::Protocol with a sentence that says what it is instead: a web page,
/// an error message of a file store, JSON, text, a kind of picture that is not read, nothing. Pure; any thread.
Result<ImageHeader> readImageHeader(const QByteArray &bytes);

} // namespace novita
