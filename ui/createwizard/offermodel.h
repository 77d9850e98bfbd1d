// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/productranking.h"
#include "ui/models/rowfilter.h"

#include <QAbstractTableModel>

namespace novita {

/// The ranking as a table, in its own order: what can be had by price, then what cannot, each row with its reason.
class OfferModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OfferModel)

public:
    enum Column { NameColumn, StockColumn, PriceColumn, TotalColumn, RegionColumn, CpuColumn, MemoryColumn, ReasonColumn, VramColumn, ColumnCount };
    struct Row
    {
        RankedProduct ranked;
        Product product;
        bool operator==(const Row &) const = default;
    };

    explicit OfferModel(QObject *parent = nullptr);

    /// Cells that differ are announced; the model is reset only when other rows are shown, or in another order.
    void setOffers(const QList<Row> &rows, BillingMode mode);
    void setFilter(const QString &text);
    static QStringList filterFields();
    void retranslate();

    const Row *rowAt(int row) const;
    int rowOf(const ProductId &id) const; ///< -1 when not shown
    int totalCount() const { return static_cast<int>(m_all.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QString text(const Row &row, int column) const;
    void present();

    QList<Row> m_all;
    QList<Row> m_shown;
    BillingMode m_mode = BillingMode::OnDemand;
    RowFilter m_filter;
};

} // namespace novita
