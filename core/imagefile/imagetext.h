// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace novita {

/// One text of a picture under the name that its format gives it: the keyword of a PNG chunk ("parameters"), or the name of an
/// EXIF tag ("UserComment").
struct ImageText
{
    QString key;
    QString text;

    bool operator==(const ImageText &) const = default;
};

/// Bounds of what is read from one picture. What is over them is not read; the rest is.
namespace imagelimits {
constexpr qsizetype kTexts = 256;                   ///< texts of a picture
constexpr qsizetype kTextBytes = 4 * 1024 * 1024;   ///< one text, inflated
constexpr qsizetype kAllTextBytes = 16 * 1024 * 1024; ///< all of them, inflated
constexpr qsizetype kParts = 100'000;               ///< chunks or segments of a file; more is refused
constexpr qsizetype kExifBytes = 1024 * 1024;
constexpr qsizetype kXmpBytes = 1024 * 1024;
} // namespace imagelimits

/// The keyword under which PNG keeps XMP.
inline constexpr char kPngXmpKey[] = "XML:com.adobe.xmp";

} // namespace novita
