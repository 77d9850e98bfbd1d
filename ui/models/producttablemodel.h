// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordtablemodel.h"

#include <QSet>

namespace novita {

/// GPU and CPU offers with their prices per hour and GPU. An offer without regions counts for each of the clusters when
/// filtered by region. Where several offers share a name, the id stands behind it.
class ProductTableModel final : public RecordTableModel<Product>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductTableModel)

public:
    enum Column {
        NameColumn, StockColumn, OnDemandColumn, SpotColumn, RegionsColumn, MonthlyColumn, VramColumn, MemoryColumn, CpuColumn, DiskColumn, KindColumn,
        IdColumn, ColumnCount
    };

    ProductTableModel(ProductStore &store, const ClusterStore &clusters, QObject *parent = nullptr);

    QStringList filterFields() const override;
    /// "$412.00 (1 month)": the shortest term as listed; the dash when there is none.
    static QString monthlyText(const Product &product);

protected:
    QString headerText(int column) const override;
    Product makeRecord(const Product &entity) const override { return entity; }
    QVariant cell(const Product &record, int column, int role) const override;
    SortValue sortValue(const Product &record, int column) const override;
    QStringList filterTexts(const Product &record) const override;
    QString tieText(const Product &record) const override { return record.name; }

private:
    QString text(const Product &record, int column) const;
    void countNames();
    bool isNameShared(const Product &record) const;

    const ClusterStore &m_clusters;
    QSet<QString> m_sharedNames;
};

} // namespace novita
