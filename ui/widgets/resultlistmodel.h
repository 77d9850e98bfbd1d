// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QList>

#include <array>

namespace novita {

/// One row of a run over many things.
struct ResultRow
{
    enum class State { Waiting, Running, Done, Failed, Skipped, Canceled, Unknown };
    static constexpr int kStates = 7;
    QString name;
    State state = State::Waiting;
    QString message;
};

/// The rows of a run, and how many there are of each state: counted as they change, since a run may have thousands.
class ResultListModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultListModel)

public:
    enum Column { Name, State, Message, ColumnCount };

    explicit ResultListModel(QObject *parent = nullptr);

    void setRows(const QList<ResultRow> &rows);
    /// Rows that are not there are ignored.
    void setRow(int row, const ResultRow &result);
    int count(ResultRow::State state) const { return m_counts[static_cast<std::size_t>(state)]; }
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<ResultRow> m_rows;
    std::array<int, ResultRow::kStates> m_counts{};
};

} // namespace novita
