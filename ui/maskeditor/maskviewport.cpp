// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskviewport.h"

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr double kMostFitted = 4;   ///< a picture of 64 pixels is not blown up to a screen of blocks
constexpr double kOverscroll = 0.25; ///< share of the view that may show beyond an edge, so that edges can be painted

double heldAxis(double origin, double size, double view)
{
    if (size <= view)
        return std::round((view - size) / 2);
    const double over = view * kOverscroll;
    return std::clamp(origin, view - size - over, over);
}

} // namespace

void MaskViewport::setPicture(QSize size)
{
    m_picture = size;
    fit();
}

void MaskViewport::setMargin(double margin)
{
    m_margin = margin;
    if (m_fitted)
        fit();
}

void MaskViewport::setView(QSizeF size)
{
    const QPointF shown = toPicture(middle());
    m_view = size;
    if (m_fitted) {
        fit();
        return;
    }
    m_origin = middle() - shown * m_zoom;
    hold();
}

double MaskViewport::leastZoom() const
{
    if (m_picture.isEmpty() || m_view.isEmpty())
        return 1;
    const double fitting = std::min(m_view.width() / m_picture.width(), m_view.height() / m_picture.height());
    return std::min(0.5, fitting / 2);
}

void MaskViewport::fit()
{
    m_fitted = true;
    if (m_picture.isEmpty() || m_view.isEmpty())
        return;
    const double across = std::max(1.0, m_view.width() - 2 * m_margin) / m_picture.width();
    const double down = std::max(1.0, m_view.height() - 2 * m_margin) / m_picture.height();
    m_zoom = std::min({across, down, kMostFitted});
    hold();
}

void MaskViewport::zoomTo(double zoom, QPointF view)
{
    if (m_picture.isEmpty() || !std::isfinite(zoom))
        return;
    const QPointF under = toPicture(view);
    m_zoom = std::clamp(zoom, leastZoom(), kMostZoom);
    m_fitted = false;
    m_origin = view - under * m_zoom;
    hold();
}

void MaskViewport::panBy(QPointF delta)
{
    m_fitted = false;
    m_origin += delta;
    hold();
}

void MaskViewport::reveal(QPointF point, double margin)
{
    const QPointF at = toView(point);
    const auto missing = [margin](double value, double view) {
        const double room = std::min(margin, view / 2);
        return value < room ? room - value : value > view - room ? view - room - value : 0.0;
    };
    const QPointF delta(missing(at.x(), m_view.width()), missing(at.y(), m_view.height()));
    // What fits is in view already, and stays fitted.
    if (!delta.isNull() && !m_fitted)
        panBy(delta);
}

void MaskViewport::hold()
{
    m_origin = QPointF(heldAxis(m_origin.x(), m_picture.width() * m_zoom, m_view.width()),
                       heldAxis(m_origin.y(), m_picture.height() * m_zoom, m_view.height()));
}

QPointF MaskViewport::toPicture(QPointF view) const
{
    return (view - m_origin) / m_zoom;
}

QPointF MaskViewport::toView(QPointF picture) const
{
    return m_origin + picture * m_zoom;
}

QRectF MaskViewport::pictureRect() const
{
    return {m_origin, QSizeF(m_picture) * m_zoom};
}

QRect MaskViewport::toView(const QRect &area) const
{
    // A pixel more on each side: neighbours are mixed in where the picture is shown smaller.
    const QRectF shown(toView(QPointF(area.topLeft())), QSizeF(area.size()) * m_zoom);
    const QRectF seen = shown.adjusted(-1, -1, 1, 1).intersected(QRectF(QPointF(), m_view));
    return seen.isEmpty() ? QRect() : seen.toAlignedRect();
}

} // namespace novita
