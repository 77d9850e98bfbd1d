// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/producttablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/models/productwords.h"

#include <algorithm>

namespace novita {

namespace {

QList<TableColumn> makeColumns()
{
    using M = ProductTableModel;
    QList<TableColumn> out(M::ColumnCount);
    out[M::NameColumn] = {QStringLiteral("name"), false, false, 176, true, 0};
    out[M::StockColumn] = {QStringLiteral("stock"), false, false, 124, true, 0};
    out[M::OnDemandColumn] = {QStringLiteral("onDemand"), true, false, 92, true, 0};
    out[M::SpotColumn] = {QStringLiteral("spot"), true, false, 84, true, 0};
    out[M::RegionsColumn] = {QStringLiteral("regions"), false, false, 150, true, 1};
    out[M::MonthlyColumn] = {QStringLiteral("monthly"), true, false, 148, true, 2};
    out[M::VramColumn] = {QStringLiteral("vram"), true, false, 68, true, 3};
    out[M::MemoryColumn] = {QStringLiteral("ram"), true, false, 68, true, 4};
    out[M::CpuColumn] = {QStringLiteral("cpu"), true, false, 60, true, 5};
    out[M::DiskColumn] = {QStringLiteral("disk"), true, false, 108, true, 6};
    out[M::KindColumn] = {QStringLiteral("kind"), false, false, 64, false, 7};
    out[M::IdColumn] = {QStringLiteral("id"), false, false, 120, false, 8};
    return out;
}

const SubscriptionPrice *shortestTerm(const Product &product)
{
    const auto it = std::min_element(product.monthlyPrices.begin(), product.monthlyPrices.end(),
                                     [](const SubscriptionPrice &a, const SubscriptionPrice &b) { return a.months < b.months; });
    return it == product.monthlyPrices.end() || !product.priceFor(BillingMode::Monthly) ? nullptr : &*it;
}

SortValue sortOf(const std::optional<Money> &price)
{
    return price ? SortValue::ofNumber(static_cast<double>(price->priceUnits())) : SortValue::unknown();
}

SortValue sortOf(const std::optional<int> &number)
{
    return number ? SortValue::ofNumber(*number) : SortValue::unknown();
}

bool hasName(const Product &product)
{
    return !displayLine(product.name).isEmpty();
}

} // namespace

ProductTableModel::ProductTableModel(ProductStore &store, const ClusterStore &clusters, QObject *parent)
    : RecordTableModel(makeColumns(), store, parent), m_clusters(clusters)
{
    // Which regions "every region" means is known only then.
    connect(&clusters, &EntityStoreBase::inserted, this, &ProductTableModel::retranslate);
    connect(&clusters, &EntityStoreBase::removed, this, &ProductTableModel::retranslate);
    store.followRows(this, &ProductTableModel::countNames);
    countNames();
    loadFromStore();
}

void ProductTableModel::countNames()
{
    QSet<QString> seen;
    QSet<QString> shared;
    for (const ProductId &id : entities().ids()) {
        const QString &name = entities().find(id)->name;
        (seen.contains(name) ? shared : seen).insert(name);
    }
    if (shared == m_sharedNames)
        return;
    m_sharedNames = shared;
    if (rowCount() > 0)
        emit dataChanged(index(0, NameColumn), index(rowCount() - 1, NameColumn), {NoteRole});
}

bool ProductTableModel::isNameShared(const Product &record) const
{
    return hasName(record) && m_sharedNames.contains(record.name);
}

QString ProductTableModel::monthlyText(const Product &product)
{
    const SubscriptionPrice *term = shortestTerm(product);
    return term ? tr("%1 (%n month(s))", nullptr, term->months).arg(format::money(term->price)) : format::dash();
}

QStringList ProductTableModel::filterFields() const
{
    return {QStringLiteral("gpu"), QStringLiteral("region"), QStringLiteral("stock"), QStringLiteral("mode"), QStringLiteral("kind"),
            QStringLiteral("vram"), QStringLiteral("id"), QStringLiteral("price"), QStringLiteral("ondemand"), QStringLiteral("spot")};
}

QStringList ProductTableModel::filterTexts(const Product &record) const
{
    QStringList regions = record.regions;
    if (regions.isEmpty()) {
        for (const ClusterId &id : m_clusters.ids())
            regions.append(m_clusters.find(id)->name);
    }
    const auto perHour = [&record](BillingMode mode) {
        const std::optional<Money> price = record.priceFor(mode);
        return price ? price->toPlainString() : QString();
    };
    const QString onDemand = perHour(BillingMode::OnDemand);
    const QString spot = perHour(BillingMode::Spot);
    QStringList modes;
    for (const BillingMode mode : {BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly}) {
        if (record.priceFor(mode))
            modes.append(billingModeToWire(mode));
    }
    return {record.name, regions.join(QLatin1Char(' ')), productwords::stock(record).word, modes.join(QLatin1Char(' ')),
            record.kind == ProductKind::Gpu ? QStringLiteral("gpu") : QStringLiteral("cpu"), format::gigabytes(record.vramGb), record.id.toString(),
            onDemand + QLatin1Char(' ') + spot, onDemand, spot};
}

QString ProductTableModel::headerText(int column) const
{
    switch (column) {
    case NameColumn: return tr("Product");
    case StockColumn: return tr("Stock");
    case OnDemandColumn: return tr("On demand");
    case SpotColumn: return tr("Spot");
    case MonthlyColumn: return tr("Monthly, listed");
    case VramColumn: return tr("VRAM");
    case MemoryColumn: return tr("RAM");
    case CpuColumn: return tr("vCPU");
    case DiskColumn: return tr("System disk");
    case RegionsColumn: return tr("Regions");
    case KindColumn: return tr("Kind");
    case IdColumn: return tr("Id");
    default: return {};
    }
}

QString ProductTableModel::text(const Product &record, int column) const
{
    switch (column) {
    case NameColumn: return hasName(record) ? record.name : record.id.toString();
    case StockColumn: return productwords::stock(record).word;
    case OnDemandColumn: return format::pricePerHour(record.priceFor(BillingMode::OnDemand));
    case SpotColumn: return format::pricePerHour(record.priceFor(BillingMode::Spot));
    case MonthlyColumn: return monthlyText(record);
    case VramColumn: return format::gigabytes(record.vramGb);
    case MemoryColumn: return format::gigabytes(record.memoryGb);
    case CpuColumn: return record.cpu ? format::number(*record.cpu) : format::dash();
    case DiskColumn: {
        const QString range = productwords::diskRange(record);
        return range.isEmpty() ? format::dash() : range;
    }
    case RegionsColumn: return productwords::regions(record);
    case KindColumn: return record.kind == ProductKind::Gpu ? tr("GPU") : tr("CPU");
    case IdColumn: return record.id.toString();
    default: return {};
    }
}

QVariant ProductTableModel::cell(const Product &record, int column, int role) const
{
    if (role == Qt::DisplayRole)
        return text(record, column);
    if (column == NameColumn && role == StandInRole)
        return !hasName(record);
    if (column == NameColumn && role == NoteRole)
        return isNameShared(record) ? record.id.toString() : QString();
    if (column == StockColumn && role == ToneRole)
        return static_cast<int>(productwords::stock(record).tone);
    if (column == StockColumn && role == IconNameRole)
        return productwords::stock(record).icon;
    return {};
}

SortValue ProductTableModel::sortValue(const Product &record, int column) const
{
    switch (column) {
    case StockColumn: return SortValue::ofNumber(productwords::stock(record).order);
    case OnDemandColumn: return sortOf(record.priceFor(BillingMode::OnDemand));
    case SpotColumn: return sortOf(record.priceFor(BillingMode::Spot));
    case MonthlyColumn: return sortOf(record.priceFor(BillingMode::Monthly));
    case VramColumn: return sortOf(record.vramGb);
    case MemoryColumn: return sortOf(record.memoryGb);
    case CpuColumn: return sortOf(record.cpu);
    case DiskColumn: return sortOf(record.maxRootfsGb ? record.maxRootfsGb : record.diskGb);
    default: return SortValue::ofText(text(record, column));
    }
}

} // namespace novita
