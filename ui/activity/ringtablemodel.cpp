// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ringtablemodel.h"

namespace novita {

RingTableModel::RingTableModel(int columns, std::size_t rows, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(columns)
    , m_rows(static_cast<int>(rows))
{
}

void RingTableModel::onAdded(int dropped)
{
    // The store has changed already; rows are counted here so that views see one step at a time.
    if (dropped > 0 && m_rows > 0) {
        const int gone = qMin(dropped, m_rows);
        beginRemoveRows({}, m_rows - gone, m_rows - 1);
        m_rows -= gone;
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    ++m_rows;
    endInsertRows();
}

void RingTableModel::onCleared()
{
    beginResetModel();
    m_rows = 0;
    endResetModel();
}

int RingTableModel::ringIndex(int row, int ringSize) const
{
    // Between the store's change and our insert the newest entry has no row yet.
    const int index = m_rows < ringSize ? ringSize - 2 - row : ringSize - 1 - row;
    return row < 0 || row >= m_rows || index >= ringSize ? -1 : index;
}

int RingTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RingTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

void RingTableModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, m_columns - 1);
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, m_columns - 1), {Qt::DisplayRole});
}

} // namespace novita
