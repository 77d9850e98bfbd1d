// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/batchcreate.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace novita {

struct Stores;

/// The rows of a batch as a table, both before it begins (what will be made, what keeps it from being made) and while it runs.
class BatchModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchModel)

public:
    enum Column { Number, Name, Product, Billing, Price, State, Message, ColumnCount };

    explicit BatchModel(const Stores &stores, QObject *parent = nullptr);

    /// What is planned: `problems` by row, each row's in one text; empty when there are none.
    void setPlan(const QList<InstanceDraft> &drafts, const QStringList &problems);
    void setBatch(const QList<BatchRow> &rows);
    void setRow(int row, const BatchRow &value);
    /// Of the row, once it was created.
    InstanceId idAt(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;

    const Stores &m_stores;
    QList<BatchRow> m_rows;
    bool m_planned = true;
};

} // namespace novita
