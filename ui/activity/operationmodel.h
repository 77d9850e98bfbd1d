// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/workflows/operationboard.h"

#include <QAbstractTableModel>

#include <optional>

namespace novita {

/// The rows of the OperationBoard as a table, newest first. Rows keep their place and selection through an update.
class OperationModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OperationModel)

public:
    enum Column { What, About, State, Progress, Begun, Age, ColumnCount };

    OperationModel(const OperationBoard &board, const Clock &clock, QObject *parent = nullptr);

    static QStringList columnIds();
    /// "Save image", "Start-up", …
    static QString kindWord(const QString &kind);
    static QString stateWord(OperationState state);
    /// nullptr when there is no such row; valid until the next change.
    const OperationRow *at(int row) const;
    int openCount() const;
    /// Ages move on.
    void tick();
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void updated();

private:
    void follow();
    QString cell(const OperationRow &row, int column) const;
    QVariant sortValue(const OperationRow &row, int column) const;
    std::optional<Milliseconds> tookOf(const OperationRow &row) const;

    const OperationBoard &m_board;
    const Clock &m_clock;
    QList<OperationRow> m_rows;
};

} // namespace novita
