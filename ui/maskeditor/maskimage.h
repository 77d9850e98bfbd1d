// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace novita {

/// What becomes of the greys of a mask.
enum class MaskEdges {
    Soft, ///< stay: half painted is half changed
    Hard, ///< black below the middle, else white
};

/// A mask out of any picture, scaled to `size`: its brightness, and nothing where it is transparent. Format_Grayscale8. Pure; any thread.
QImage maskFromPicture(const QImage &picture, QSize size, MaskEdges edges);

/// Softens the edges of a mask over about `radius` pixels to both sides. Pure; any thread; on 16 megapixels it takes a good part of a second.
QImage featheredMask(const QImage &mask, int radius);
inline constexpr int kMostFeather = 200; ///< pixels

/// Whether anything stays painted.
bool leavesPaint(const QImage &mask, MaskEdges edges);

/// A mask as a PNG file of 8-bit grey, white is painted, without any metadata. Empty when there is no memory for it. Pure; any thread.
QByteArray maskPng(const QImage &mask, MaskEdges edges);

} // namespace novita
