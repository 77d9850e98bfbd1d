// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>
#include <QSizeF>

namespace novita {

/// Where a picture stands in a view: zoom and place. All of the view is in device pixels, so that 100 % shows a pixel as a pixel on every screen.
class MaskViewport
{
public:
    static constexpr double kMostZoom = 32;

    void setPicture(QSize size); ///< fits it
    void setMargin(double margin); ///< device pixels around a fitted picture; 16 at first
    void setView(QSizeF size);   ///< what was fitted stays so; else the middle stays in the middle

    double zoom() const { return m_zoom; } ///< device pixels a pixel of the picture
    double leastZoom() const;
    bool isFitted() const { return m_fitted; }
    /// As large as it goes, with a margin; never above 100 % unless the picture is tiny beside the view.
    void fit();
    /// The point of the picture under `view` stays there.
    void zoomTo(double zoom, QPointF view);
    void panBy(QPointF delta);
    /// Pans just so far that `point` of the picture stands `margin` inside the view.
    void reveal(QPointF point, double margin);

    QPointF toPicture(QPointF view) const;
    QPointF toView(QPointF picture) const;
    QRectF pictureRect() const; ///< in the view
    /// The device pixels that show any part of `area` of the picture, within the view.
    QRect toView(const QRect &area) const;
    QPointF middle() const { return {m_view.width() / 2, m_view.height() / 2}; }
    QSize picture() const { return m_picture; }
    QSizeF view() const { return m_view; }

private:
    void hold();

    QSize m_picture;
    QSizeF m_view;
    QPointF m_origin; ///< of the picture, in the view
    double m_zoom = 1;
    double m_margin = 16;
    bool m_fitted = true;
};

} // namespace novita
