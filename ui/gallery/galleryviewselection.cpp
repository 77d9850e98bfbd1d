// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected, and where the keyboard is.
#include "ui/gallery/galleryview.h"

#include "ui/gallery/gallerymodel.h"

#include <algorithm>

namespace novita {

PictureId GalleryView::currentId() const
{
    const PictureEntry *entry = m_model.at(currentIndex().row());
    return entry ? entry->id : 0;
}

void GalleryView::setCurrentId(PictureId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect);
    scrollTo(m_model.index(row, 0));
}

QList<PictureId> GalleryView::selectedIds() const
{
    QList<int> rows;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    QList<PictureId> ids;
    ids.reserve(rows.size());
    for (const int row : std::as_const(rows))
        ids.append(m_model.at(row)->id);
    return ids;
}

/// The next one takes the place of a current one that goes; by itself it would be the one before.
void GalleryView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const int row = currentIndex().row();
    if (row >= start && row <= end && end + 1 < m_model.rowCount())
        selectionModel()->setCurrentIndex(m_model.index(end + 1, 0), QItemSelectionModel::NoUpdate);
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

/// What was selected is gone: its neighbour takes its place, so that one key after the other culls.
void GalleryView::settleSelection()
{
    if (currentIndex().isValid() && !selectionModel()->hasSelection())
        selectionModel()->select(currentIndex(), QItemSelectionModel::Select);
}

std::optional<QRect> GalleryView::band() const
{
    if (state() != DragSelectingState)
        return std::nullopt;
    return QRect(m_bandStart, m_bandEnd).normalized().translated(0, -verticalOffset());
}

/// All whose frames `rect` touches.
QItemSelection GalleryView::cellsIn(const QRect &rect) const
{
    QItemSelection out;
    const auto lines = m_grid.in(rect.normalized().translated(0, verticalOffset()), m_model.rowCount());
    for (const auto &[first, last] : lines)
        out.append(QItemSelectionRange(m_model.index(first, 0), m_model.index(last, 0)));
    return out;
}

void GalleryView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (state() == DragSelectingState) {
        selectionModel()->select(cellsIn(rect), command);
        return;
    }
    // From one picture to another in the order in which they are read.
    const QModelIndex from = indexAt(rect.topLeft());
    const QModelIndex to = indexAt(rect.bottomRight());
    QItemSelection range;
    if (from.isValid() && to.isValid())
        range.select(std::min(from, to), std::max(from, to));
    selectionModel()->select(range, command);
}

QRegion GalleryView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row) {
        if (selection.contains(m_model.index(row, 0)))
            region += cell(row);
    }
    return region;
}

QModelIndex GalleryView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    Q_UNUSED(modifiers)
    const int count = m_model.rowCount();
    if (count == 0)
        return {};
    const int row = currentIndex().row();
    if (row < 0)
        return m_model.index(std::max(0, visibleRows().first), 0);
    const int columns = this->columns();
    const int page = std::max(1, viewport()->height() / m_grid.pitch().height()) * columns;
    const auto by = [&](int step) { return row + step >= 0 && row + step < count ? row + step : row; };
    int next = row;
    switch (action) {
    case MoveLeft:
    case MovePrevious:
        next = by(-1);
        break;
    case MoveRight:
    case MoveNext:
        next = by(1);
        break;
    case MoveUp:
        next = by(-columns);
        break;
    case MoveDown:
        next = row / columns < (count - 1) / columns ? std::min(row + columns, count - 1) : row;
        break;
    case MoveHome:
        next = 0;
        break;
    case MoveEnd:
        next = count - 1;
        break;
    case MovePageUp:
        next = row >= page ? row - page : row % columns;
        break;
    case MovePageDown:
        next = std::min(row + page, count - 1);
        break;
    }
    return m_model.index(next, 0);
}

} // namespace novita
