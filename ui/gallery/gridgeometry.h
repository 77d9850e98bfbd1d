// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPoint>
#include <QRect>
#include <QSize>

#include <utility>

namespace novita {

/// Where the cells of a grid of thumbnails are: all of one size, row after row, so that nothing here grows with their
/// number. Coordinates are pixels from the top left of all of them. A value; `row` is that of the list, from 0.
class GridGeometry final
{
public:
    static constexpr int kMostSide = 320; ///< pixels of a thumbnail

    GridGeometry() = default;
    /// Fills `width` with thumbnails of about `side`: a little larger or smaller, so that no room is left over.
    static GridGeometry ofSide(int width, int side);
    /// For a strip: one column or two, with thumbnails as large as `width` allows.
    static GridGeometry compact(int width);

    int columns() const { return m_columns; }
    int side() const { return m_side; }
    QSize pitch() const { return m_pitch; }

    int height(int count) const; ///< of `count` cells
    QRect cell(int row) const;
    /// The cell whose thumbnail, with `reach` pixels around it, is at `point`; -1 between them. May lie behind the
    /// last.
    int at(QPoint point, int reach) const;
    /// The rows that have something between `top` and `bottom`; the last may lie behind the last cell.
    std::pair<int, int> between(int top, int bottom) const;
    /// The cells of `count` that `area` touches: first and last of each line.
    QList<std::pair<int, int>> in(const QRect &area, int count) const;

private:
    int m_columns = 1;
    int m_side = 160;
    QSize m_pitch{1, 1};
};

} // namespace novita
