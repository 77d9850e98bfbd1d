// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>

class QImage;

namespace novita {

/// How a brush paints.
struct MaskBrush
{
    double size = 40;    ///< diameter in pixels of the picture, see kLeastBrush and kMostBrush
    double hardness = 1; ///< share of the radius that is painted fully; the rest fades out. 0 to 1
    bool erases = false;
    bool operator==(const MaskBrush &) const = default;
};

inline constexpr double kLeastBrush = 1;
inline constexpr double kMostBrush = 1000;

/// The pixels that painting from `from` to `to` can touch; may reach beyond the picture.
QRect strokeBounds(QPointF from, QPointF to, const MaskBrush &brush);

/// Paints a line with round ends into `mask` (Format_Grayscale8), where 255 is painted. Pixel (x, y) covers x to x + 1. What is painted
/// already never gets less by painting and never more by erasing, so that a line may be drawn in pieces and over itself. Pure; any thread.
void paintStroke(QImage *mask, QPointF from, QPointF to, const MaskBrush &brush);

} // namespace novita
