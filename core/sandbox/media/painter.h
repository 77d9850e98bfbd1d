// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QPoint>
#include <QSize>
#include <QString>

#include <cstdint>

namespace novita {

/// What is done to make a picture.
enum class PaintKind : std::uint8_t {
    Generate,          ///< from words alone
    Blend,             ///< the source, changed by `strength`
    Inpaint,           ///< the source, painted anew where the mask is white
    Upscale,           ///< the source in `size`
    RemoveBackground,  ///< the middle of the source, transparent around it
    ReplaceBackground, ///< the middle of the source before a painted scene
    Erase,             ///< the source, smeared over where the mask is white; everywhere a little without a mask
    Outpaint,          ///< the source inside a larger painted scene, `offset` away from its middle
    MergeFace,         ///< the middle of `mask`, a second picture, in the middle of the source
};

/// Everything that a picture depends on: equal orders give equal bytes.
struct PaintOrder
{
    PaintKind kind = PaintKind::Generate;
    QString subject;       ///< the words; they decide colours and motif
    QString style;         ///< all that is said beside the words; turns the colours a little
    qint64 seed = 0;       ///< decides where everything is, and is written into the corner
    QSize size{512, 512};  ///< of the result; empty = as the source
    int steps = 20;        ///< more give more detail
    double strength = 0.5; ///< 0 leaves the source as it is, 1 forgets it
    QByteArray source;     ///< file of the picture to start from; what cannot be read gives way to one painted from its bytes
    QByteArray mask;       ///< file; white is painted
    int maskBlur = 0;      ///< pixels
    bool maskInvert = false;
    bool transparent = false; ///< without a sky, for endpoints that promise so
    bool watermark = false;
    QPoint offset;
};

inline constexpr int kMostSide = 8192;            ///< of a picture that is painted
inline constexpr qint64 kMostPixels = 36'000'000; ///< of it, and of one that is read

/// Paints an order, in the thread of the caller. Never a null picture: sizes are brought within bounds.
QImage paintPicture(const PaintOrder &order);

/// What a file says of itself, read from its head only.
struct PictureFacts
{
    QByteArray format; ///< "png", "jpeg", "webp"…; empty = no picture
    QSize size;
};
PictureFacts pictureFacts(const QByteArray &file);

/// The picture as a file: "png", "jpeg" or "webp"; anything else is written as png. Same picture, same bytes.
QByteArray encodePicture(const QImage &picture, const QByteArray &type);

/// Words that describe a picture by its colours, for endpoints that turn pictures into prompts.
QString describePicture(const QByteArray &file);

} // namespace novita
