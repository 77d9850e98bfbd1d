// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskcanvas.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

namespace novita {

namespace {

constexpr int kTile = MaskHistory::kTile;
constexpr double kLeastPiece = kTile;

QImage blank(QSize size, uchar value)
{
    QImage image(size, QImage::Format_Grayscale8);
    image.fill(value);
    return image;
}

} // namespace

MaskCanvas::MaskCanvas(QSize size, qint64 undoBytes)
    : m_image(size.isEmpty() ? QImage() : blank(size, 0)), m_history(m_image.size(), undoBytes), m_columns((m_image.width() + kTile - 1) / kTile)
{
    const int rows = (m_image.height() + kTile - 1) / kTile;
    m_sums.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(rows), 0);
}

QRegion MaskCanvas::beginStroke(const MaskBrush &brush, QPointF at)
{
    endStroke();
    if (m_image.isNull() || !std::isfinite(at.x()) || !std::isfinite(at.y()))
        return {};
    m_history.begin();
    m_brush = brush;
    m_last = at;
    return paintPiece(at, at);
}

QRegion MaskCanvas::strokeTo(QPointF at)
{
    if (!m_brush || !std::isfinite(at.x()) || !std::isfinite(at.y()))
        return {};
    // In pieces: the box around a long slanted line would hold most of the picture.
    const double length = QLineF(m_last, at).length();
    const int pieces = std::max(1, static_cast<int>(std::min(1e6, std::ceil(length / std::max(kLeastPiece, m_brush->size)))));
    const QPointF start = m_last;
    QRegion region;
    for (int i = 1; i <= pieces; ++i) {
        const QPointF next = start + (at - start) * (double(i) / pieces);
        region += paintPiece(m_last, next);
        m_last = next;
    }
    return region;
}

QRegion MaskCanvas::paintPiece(QPointF from, QPointF to)
{
    const QRect area = strokeBounds(from, to, *m_brush).intersected(m_image.rect());
    if (area.isEmpty())
        return {};
    m_history.keep(m_image, area);
    paintStroke(&m_image, from, to, *m_brush);
    return changed(area);
}

void MaskCanvas::endStroke()
{
    if (!m_brush)
        return;
    m_brush.reset();
    m_history.finish(m_image);
}

QRegion MaskCanvas::cancelStroke()
{
    if (!m_brush)
        return {};
    m_brush.reset();
    return changed(m_history.cancel(&m_image));
}

QRegion MaskCanvas::clear()
{
    return m_image.isNull() ? QRegion() : replace(blank(m_image.size(), 0));
}

QRegion MaskCanvas::fill()
{
    return m_image.isNull() ? QRegion() : replace(blank(m_image.size(), 255));
}

QRegion MaskCanvas::invert()
{
    endStroke();
    if (m_image.isNull())
        return {};
    invertPixels(&m_image);
    m_history.addInversion();
    return changed(m_image.rect());
}

QRegion MaskCanvas::replace(const QImage &mask)
{
    Q_ASSERT(mask.isNull() || mask.format() == QImage::Format_Grayscale8);
    endStroke();
    if (m_image.isNull() || mask.size() != m_image.size())
        return {};
    m_history.begin();
    m_history.keep(m_image, m_image.rect());
    m_image = mask;
    return m_history.finish(m_image) ? changed(m_image.rect()) : QRegion();
}

QRegion MaskCanvas::undo()
{
    endStroke();
    return changed(m_history.undo(&m_image));
}

QRegion MaskCanvas::redo()
{
    endStroke();
    return changed(m_history.redo(&m_image));
}

QRegion MaskCanvas::changed(const QRegion &region)
{
    for (const QRect &area : region)
        sum(area);
    return region;
}

void MaskCanvas::sum(const QRect &area)
{
    for (int row = area.top() / kTile; row <= area.bottom() / kTile; ++row) {
        for (int column = area.left() / kTile; column <= area.right() / kTile; ++column) {
            const QRect tile = QRect(column * kTile, row * kTile, kTile, kTile).intersected(m_image.rect());
            quint32 total = 0;
            for (int y = tile.top(); y <= tile.bottom(); ++y) {
                const uchar *pixels = m_image.constScanLine(y) + tile.left();
                total = std::accumulate(pixels, pixels + tile.width(), total);
            }
            const auto index = static_cast<std::size_t>(row * m_columns + column);
            m_total += qint64(total) - qint64(std::exchange(m_sums[index], total));
        }
    }
}

double MaskCanvas::coverage() const
{
    const double area = double(m_image.width()) * m_image.height();
    return area > 0 ? double(m_total) / (255.0 * area) : 0;
}

} // namespace novita
