// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <cstddef>
#include <deque>

namespace novita {

/// A table over one of the ActivityStore's bounded rings, newest first: rows come in at the top and fall out at the bottom;
/// never a reset but for a clear. It counts the rows and leaves the entries in the store; the subclass tells which ring it is,
/// connects the store's signals, and fills the cells.
class RingTableModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RingTableModel)

public:
    /// Tells views that every text may read differently now.
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;

protected:
    RingTableModel(int columns, std::size_t rows, QObject *parent);

    /// One entry was appended to the ring and `dropped` have left its front.
    void onAdded(int dropped);
    void onCleared();

    /// The entry of a row; nullptr when there is no such row.
    template<typename Entry>
    const Entry *entryAt(const std::deque<Entry> &ring, int row) const
    {
        const int index = ringIndex(row, static_cast<int>(ring.size()));
        return index < 0 ? nullptr : &ring.at(static_cast<std::size_t>(index));
    }

private:
    int ringIndex(int row, int ringSize) const;

    const int m_columns;
    int m_rows;
};

} // namespace novita
