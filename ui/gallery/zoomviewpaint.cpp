// SPDX-License-Identifier: GPL-3.0-or-later
// How a ZoomView is painted.
#include "ui/gallery/zoomview.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kCheck = 8;    ///< pixels of a square under a transparent picture
constexpr double kKnob = 10; ///< pixels, radius

} // namespace

void ZoomView::paintChecks(QPainter *painter, const QRect &area) const
{
    const int side = qRound(kCheck * devicePixelRatioF());
    painter->fillRect(area, m_theme.color(Token::Surface));
    const QColor dark = m_theme.color(Token::Line);
    for (int y = area.top() / side * side; y <= area.bottom(); y += side) {
        for (int x = (area.left() / side + (y / side + area.left() / side) % 2) * side; x <= area.right();
             x += 2 * side)
            painter->fillRect(QRect(x, y, side, side).intersected(area), dark);
    }
}

void ZoomView::paintLevels(QPainter *painter, const PictureLevels &levels) const
{
    const QRectF whole = pictureRect();
    // A stand-in is smaller than what it stands for.
    const double zoom = whole.width() / std::max(1, levels.size().width());
    const QImage &level = levels.forZoom(zoom);
    const bool isStandIn = levels.size() != m_viewport.picture();
    painter->setRenderHint(QPainter::SmoothPixmapTransform, isStandIn || zoom < 2);
    painter->drawImage(whole, level, QRectF(level.rect()));
}

void ZoomView::paintDivider(QPainter *painter) const
{
    const double ratio = devicePixelRatioF();
    const double x = dividerX();
    const QRectF whole = pictureRect().intersected(QRectF(QPointF(), m_viewport.view()));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_theme.color(Token::Surface), 4 * ratio));
    painter->drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()));
    painter->setPen(QPen(m_theme.color(Token::Accent), 2 * ratio));
    painter->drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()));
    painter->setBrush(m_theme.color(Token::Surface));
    painter->drawEllipse(QPointF(x, whole.center().y()), kKnob * ratio, kKnob * ratio);
    const QPointF knob(x, whole.center().y());
    for (const double side : {-1.0, 1.0}) {
        const double tip = side * 6 * ratio;
        const double foot = side * 3 * ratio;
        painter->drawPolyline(
            QPolygonF{knob + QPointF(foot, -3 * ratio), knob + QPointF(tip, 0), knob + QPointF(foot, 3 * ratio)});
    }
}

void ZoomView::paintEvent(QPaintEvent *)
{
    takeViewSize(); // the window may have moved to another screen
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    painter.fillRect(rect(), m_theme.color(Token::Window));
    painter.save();
    painter.scale(1 / ratio, 1 / ratio);
    const QRectF whole = pictureRect();
    if (!m_frame.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_viewport.zoom() != 1);
        painter.drawImage(whole, m_frame);
    } else if (!m_picture.isNull()) {
        if (m_picture.hasAlpha() || (m_overlay && m_overlay->hasAlpha()))
            paintChecks(&painter,
                        whole.toAlignedRect().intersected(QRectF(QPointF(), m_viewport.view()).toAlignedRect()));
        const double divider = m_overlay ? dividerX() : whole.right();
        painter.save();
        painter.setClipRect(QRectF(QPointF(whole.left(), whole.top()), QPointF(divider, whole.bottom())));
        paintLevels(&painter, m_picture);
        painter.restore();
        if (m_overlay) {
            painter.save();
            painter.setClipRect(QRectF(QPointF(divider, whole.top()), whole.bottomRight()));
            paintLevels(&painter, *m_overlay);
            painter.restore();
            paintDivider(&painter);
        }
    }
    painter.restore();
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(m_theme.color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace novita
