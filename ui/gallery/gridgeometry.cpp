// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gridgeometry.h"

#include <algorithm>
#include <cstdlib>

namespace novita {

namespace {

constexpr int kGap = 12; ///< pixels between thumbnails
constexpr int kCompactGap = 8;
constexpr int kTwoColumns = 220; ///< pixels of width from which a strip has two
constexpr int kLeastSide = 32;
constexpr int kStep = 8;

} // namespace

GridGeometry GridGeometry::ofSide(int width, int side)
{
    GridGeometry grid;
    const int wanted = side + kGap;
    grid.m_columns = std::max(1, (width + wanted / 2) / wanted);
    // In steps: while a window is dragged wider not every pixel is another size to scale all pictures to.
    grid.m_side = std::clamp((width / grid.m_columns - kGap) / kStep * kStep, kLeastSide, kMostSide);
    grid.m_pitch = QSize(std::max(1, width / grid.m_columns), grid.m_side + kGap);
    return grid;
}

GridGeometry GridGeometry::compact(int width)
{
    GridGeometry grid;
    grid.m_columns = width >= kTwoColumns ? 2 : 1;
    grid.m_side = std::clamp(width / grid.m_columns - kCompactGap, kLeastSide, kMostSide);
    grid.m_pitch = QSize(std::max(1, width / grid.m_columns), grid.m_side + kCompactGap);
    return grid;
}

int GridGeometry::height(int count) const
{
    return (count + m_columns - 1) / m_columns * m_pitch.height();
}

QRect GridGeometry::cell(int row) const
{
    return {QPoint(row % m_columns * m_pitch.width(), row / m_columns * m_pitch.height()), m_pitch};
}

int GridGeometry::at(QPoint point, int reach) const
{
    if (point.y() < 0 || point.x() < 0 || point.x() >= m_columns * m_pitch.width())
        return -1;
    const int row = point.y() / m_pitch.height() * m_columns + point.x() / m_pitch.width();
    const QPoint off = point - cell(row).center();
    const int most = m_side / 2 + reach;
    return std::abs(off.x()) <= most && std::abs(off.y()) <= most ? row : -1;
}

std::pair<int, int> GridGeometry::between(int top, int bottom) const
{
    return {top / m_pitch.height() * m_columns, (bottom / m_pitch.height() + 1) * m_columns - 1};
}

QList<std::pair<int, int>> GridGeometry::in(const QRect &area, int count) const
{
    QList<std::pair<int, int>> out;
    const int firstColumn = std::clamp(area.left() / m_pitch.width(), 0, m_columns - 1);
    const int lastColumn = std::clamp(area.right() / m_pitch.width(), 0, m_columns - 1);
    const int lines = (count + m_columns - 1) / m_columns;
    const int firstLine = std::max(0, area.top() / m_pitch.height());
    const int lastLine = std::min(lines - 1, area.bottom() / m_pitch.height());
    for (int line = firstLine; line <= lastLine; ++line) {
        const int first = line * m_columns + firstColumn;
        const int last = std::min(line * m_columns + lastColumn, count - 1);
        if (first <= last)
            out.append({first, last});
    }
    return out;
}

} // namespace novita
