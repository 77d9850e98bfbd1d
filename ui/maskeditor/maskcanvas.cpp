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
constexpr double kLeastChord = 3;     ///< pixels; of the lines that a curve is painted by
constexpr double kChordOfBrush = 0.125; ///< a large brush hides corners
constexpr int kMostChords = 32;

/// The curve from `from` to `to` that goes on from `before` and leads on to `after`: a centripetal Catmull-Rom spline, which makes no loops.
class Curve
{
public:
    Curve(QPointF before, QPointF from, QPointF to, QPointF after)
        : m_from(from), m_nearFrom(control(before, from, to)), m_nearTo(control(after, to, from)), m_to(to)
    {
    }
    QPointF at(double share) const
    {
        const double rest = 1 - share;
        return rest * rest * rest * m_from + 3 * rest * rest * share * m_nearFrom + 3 * rest * share * share * m_nearTo + share * share * share * m_to;
    }

private:
    /// Of the Bézier curve that is the same, at the end `here`.
    static QPointF control(QPointF beyond, QPointF here, QPointF there)
    {
        const double out = QLineF(beyond, here).length();
        const double in = QLineF(here, there).length();
        const double roots = std::sqrt(out * in);
        const double below = 3 * (out + roots);
        if (below <= 0)
            return here;
        return (out * there - in * beyond + (2 * out + 3 * roots + in) * here) / below;
    }

    QPointF m_from;
    QPointF m_nearFrom;
    QPointF m_nearTo;
    QPointF m_to;
};

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
    m_piece.reset(); // it stays as it is
    return paintLine(at);
}

QRegion MaskCanvas::curveTo(QPointF at)
{
    if (!m_brush || !std::isfinite(at.x()) || !std::isfinite(at.y()) || at == m_last)
        return {};
    const auto paintCurve = [this](const Curve &curve, double length) {
        const double chord = std::max(kLeastChord, m_brush->size * kChordOfBrush);
        const int count = std::clamp(static_cast<int>(std::ceil(length / chord)), 1, kMostChords);
        QRegion region;
        for (int i = 1; i <= count; ++i)
            region += paintLine(curve.at(double(i) / count));
        return region;
    };
    QRegion region = takePieceBack();
    Piece piece{m_last, m_last, at, {}};
    if (m_piece) {
        m_last = m_piece->from;
        region += paintCurve({m_piece->before, m_piece->from, m_piece->to, at}, QLineF(m_piece->from, m_piece->to).length());
        piece = {m_piece->from, m_piece->to, at, {}};
    }
    m_piece = piece;
    m_noting = true;
    region += paintCurve({piece.before, piece.from, at, at}, QLineF(piece.from, at).length());
    m_noting = false;
    m_last = at;
    return region;
}

QRegion MaskCanvas::takePieceBack()
{
    if (!m_piece)
        return {};
    QRegion region;
    for (auto covered = m_piece->covered.rbegin(); covered != m_piece->covered.rend(); ++covered) {
        const QRect area(covered->at, covered->pixels.size());
        for (int row = 0; row < area.height(); ++row)
            std::memcpy(m_image.scanLine(area.top() + row) + area.left(), covered->pixels.constScanLine(row), static_cast<std::size_t>(area.width()));
        region += area;
    }
    return changed(region);
}

/// From where the last one has ended.
QRegion MaskCanvas::paintLine(QPointF at)
{
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
    if (m_noting)
        m_piece->covered.push_back({area.topLeft(), m_image.copy(area)});
    paintStroke(&m_image, from, to, *m_brush);
    return changed(area);
}

void MaskCanvas::endStroke()
{
    if (!m_brush)
        return;
    m_piece.reset();
    m_brush.reset();
    m_history.finish(m_image);
}

QRegion MaskCanvas::cancelStroke()
{
    if (!m_brush)
        return {};
    m_piece.reset();
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
