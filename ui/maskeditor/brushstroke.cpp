// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/brushstroke.h"

#include <QImage>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace novita {

namespace {

/// From where to where a brush fades, as distances from the line. Never less than a pixel wide: edges are smooth.
struct Fade
{
    float inner;
    float outer;
};

Fade fadeOf(const MaskBrush &brush)
{
    const double radius = std::clamp(brush.size, kLeastBrush, kMostBrush) / 2;
    const double inner = std::min(radius * std::clamp(brush.hardness, 0.0, 1.0), radius - 0.5);
    return {static_cast<float>(inner), static_cast<float>(radius + 0.5)};
}

/// The line, and what of a row lies within a distance of it. That shape is convex: one span a row.
class Line
{
public:
    Line(QPointF from, QPointF to) : m_from(from), m_step(to - from), m_lengthSquared(QPointF::dotProduct(m_step, m_step)) {}

    struct Span
    {
        double left = std::numeric_limits<double>::infinity();
        double right = -std::numeric_limits<double>::infinity();
        void take(double x)
        {
            left = std::min(left, x);
            right = std::max(right, x);
        }
    };

    Span span(double y, double distance) const
    {
        Span span;
        for (const QPointF &end : {m_from, m_from + m_step}) {
            const double above = y - end.y();
            if (std::abs(above) > distance)
                continue;
            const double half = std::sqrt(distance * distance - above * above);
            span.take(end.x() - half);
            span.take(end.x() + half);
        }
        // The two long sides; where they run level the ends reach as far.
        if (m_step.y() == 0)
            return span;
        const QPointF aside = QPointF(-m_step.y(), m_step.x()) * (distance / std::sqrt(m_lengthSquared));
        for (const QPointF &start : {m_from + aside, m_from - aside}) {
            const double share = (y - start.y()) / m_step.y();
            if (share >= 0 && share <= 1)
                span.take(start.x() + share * m_step.x());
        }
        return span;
    }

    float distance(float x, float y) const
    {
        const float fromX = x - static_cast<float>(m_from.x());
        const float fromY = y - static_cast<float>(m_from.y());
        const float stepX = static_cast<float>(m_step.x());
        const float stepY = static_cast<float>(m_step.y());
        const float share = m_lengthSquared > 0 ? std::clamp((fromX * stepX + fromY * stepY) / static_cast<float>(m_lengthSquared), 0.0F, 1.0F) : 0.0F;
        const float awayX = fromX - share * stepX;
        const float awayY = fromY - share * stepY;
        return std::sqrt(awayX * awayX + awayY * awayY);
    }

private:
    QPointF m_from;
    QPointF m_step;
    double m_lengthSquared;
};

uchar strength(float distance, Fade fade)
{
    const float outward = std::clamp((distance - fade.inner) / (fade.outer - fade.inner), 0.0F, 1.0F);
    const float left = 1 - outward;
    // Smooth at both ends, so that neither the core nor the rim shows as a ring.
    return static_cast<uchar>(255.0F * left * left * (3 - 2 * left) + 0.5F);
}

} // namespace

QRect strokeBounds(QPointF from, QPointF to, const MaskBrush &brush)
{
    const double reach = static_cast<double>(fadeOf(brush).outer);
    const QRectF line = QRectF(QPointF(std::min(from.x(), to.x()), std::min(from.y(), to.y())), QPointF(std::max(from.x(), to.x()), std::max(from.y(), to.y())));
    return line.adjusted(-reach, -reach, reach, reach).toAlignedRect();
}

void paintStroke(QImage *mask, QPointF from, QPointF to, const MaskBrush &brush)
{
    Q_ASSERT(mask->format() == QImage::Format_Grayscale8);
    const QRect area = strokeBounds(from, to, brush).intersected(mask->rect());
    if (area.isEmpty())
        return;
    const Fade fade = fadeOf(brush);
    const Line line(from, to);
    uchar *bits = mask->bits();
    const qsizetype stride = mask->bytesPerLine();
    const auto columnOf = [&area](double x) { return static_cast<int>(std::clamp(std::ceil(x - 0.5), double(area.left()), double(area.right()) + 1)); };
    for (int y = area.top(); y <= area.bottom(); ++y) {
        uchar *row = bits + stride * y;
        const double middle = y + 0.5;
        const Line::Span outer = line.span(middle, static_cast<double>(fade.outer));
        const Line::Span inner = line.span(middle, static_cast<double>(fade.inner));
        if (outer.left > outer.right)
            continue;
        const bool hasCore = inner.left <= inner.right;
        const int begin = columnOf(outer.left);
        const int end = columnOf(outer.right);
        const int coreBegin = hasCore ? columnOf(inner.left) : end;
        const int coreEnd = hasCore ? std::max(coreBegin, columnOf(inner.right)) : end;
        const auto fadeOver = [&](int x, int last) {
            for (; x < last; ++x) {
                const uchar value = strength(line.distance(static_cast<float>(x) + 0.5F, static_cast<float>(middle)), fade);
                row[x] = brush.erases ? std::min<uchar>(row[x], static_cast<uchar>(255 - value)) : std::max(row[x], value);
            }
        };
        fadeOver(begin, coreBegin);
        if (coreEnd > coreBegin)
            std::memset(row + coreBegin, brush.erases ? 0 : 255, static_cast<std::size_t>(coreEnd - coreBegin));
        fadeOver(coreEnd, end);
    }
}

} // namespace novita
