// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/offermodel.h"

#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/models/roles.h"

#include <algorithm>

namespace novita {

namespace {

bool isNumeric(int column)
{
    return column == OfferModel::PriceColumn || column == OfferModel::TotalColumn || column == OfferModel::VramColumn
           || column == OfferModel::MemoryColumn || column == OfferModel::CpuColumn;
}

/// "US-CA-06 +2": where it would run, and in how many other regions it is offered.
QString regionText(const OfferModel::Row &row)
{
    if (row.ranked.region.isEmpty())
        return productwords::regions(row.product);
    const qsizetype others = row.product.regions.size() - 1;
    return others > 0 ? QStringLiteral("%1 +%2").arg(row.ranked.region).arg(others) : row.ranked.region;
}

} // namespace

OfferModel::OfferModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

QStringList OfferModel::filterFields()
{
    return {QStringLiteral("gpu"), QStringLiteral("region"), QStringLiteral("stock"), QStringLiteral("id")};
}

void OfferModel::setOffers(const QList<Row> &rows, BillingMode mode)
{
    m_all = rows;
    if (m_mode != mode) {
        m_mode = mode;
        emit headerDataChanged(Qt::Horizontal, PriceColumn, TotalColumn);
    }
    present();
}

void OfferModel::setFilter(const QString &text)
{
    m_filter = RowFilter(text, filterFields());
    present();
}

void OfferModel::present()
{
    QList<Row> next;
    for (const Row &row : std::as_const(m_all)) {
        const QStringList texts{row.product.name, productwords::regions(row.product), productwords::stock(row.product).word, row.product.id.toString()};
        if (m_filter.isEmpty() || m_filter.matches(RowFilter::haystack(texts)))
            next.append(row);
    }
    const bool sameRows = std::equal(next.begin(), next.end(), m_shown.begin(), m_shown.end(),
                                     [](const Row &a, const Row &b) { return a.ranked.id == b.ranked.id; });
    if (!sameRows) {
        beginResetModel();
        m_shown = next;
        endResetModel();
        return;
    }
    for (int i = 0; i < next.size(); ++i) {
        if (next.at(i) == m_shown.at(i))
            continue;
        m_shown[i] = next.at(i);
        emit dataChanged(index(i, 0), index(i, ColumnCount - 1));
    }
}

void OfferModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_shown.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const OfferModel::Row *OfferModel::rowAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_shown.at(row) : nullptr;
}

int OfferModel::rowOf(const ProductId &id) const
{
    const auto it = std::find_if(m_shown.begin(), m_shown.end(), [&id](const Row &row) { return row.ranked.id == id; });
    return it == m_shown.end() ? -1 : static_cast<int>(it - m_shown.begin());
}

int OfferModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int OfferModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags OfferModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QString OfferModel::text(const Row &row, int column) const
{
    const Product &product = row.product;
    const auto price = [this](const std::optional<Money> &amount) {
        return m_mode == BillingMode::Monthly ? format::money(amount) : format::pricePerHour(amount);
    };
    switch (column) {
    case NameColumn: return product.name;
    case StockColumn: return productwords::stock(product).word;
    case PriceColumn: return price(row.ranked.price);
    case TotalColumn: return price(row.ranked.total);
    case RegionColumn: return regionText(row);
    case VramColumn: return format::gigabytes(product.vramGb);
    case MemoryColumn: return format::gigabytes(product.memoryGb);
    case CpuColumn: return product.cpu ? format::number(*product.cpu) : format::dash();
    case ReasonColumn: return row.ranked.reason;
    default: return {};
    }
}

QVariant OfferModel::data(const QModelIndex &index, int role) const
{
    const Row *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(*row, column);
    case Qt::ToolTipRole:
        return column == RegionColumn ? productwords::regions(row->product) : column == NameColumn ? row->product.id.toString() : QVariant();
    case Qt::TextAlignmentRole: return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    case IdRole: return row->product.id.toString();
    case StaleRole: return !row->ranked.isOffered();
    case ToneRole: return column == StockColumn ? QVariant(static_cast<int>(productwords::stock(row->product).tone)) : QVariant();
    case IconNameRole:
        if (column == StockColumn)
            return productwords::stock(row->product).icon;
        return column == ReasonColumn && row->ranked.place == 1 ? QVariant(QStringLiteral("checkmark")) : QVariant();
    default: return {};
    }
}

QVariant OfferModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const bool monthly = m_mode == BillingMode::Monthly;
    switch (section) {
    case NameColumn: return tr("Product");
    case StockColumn: return tr("Stock");
    case PriceColumn: return monthly ? tr("Listed price") : tr("Per GPU");
    case TotalColumn: return tr("Total");
    case RegionColumn: return tr("Region");
    case VramColumn: return tr("VRAM");
    case MemoryColumn: return tr("RAM");
    case CpuColumn: return tr("vCPU");
    case ReasonColumn: return tr("Why");
    default: return {};
    }
}

} // namespace novita
