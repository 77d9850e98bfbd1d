// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchmodel.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/instancestate.h"
#include "core/workflows/batchcreate.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/productwords.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

struct Look
{
    QString word;
    const char *icon;
    StateTone tone;
};

Look lookOf(BatchRow::State state)
{
    switch (state) {
    case BatchRow::State::Waiting: return {BatchModel::tr("Not begun"), "clock", StateTone::Idle};
    case BatchRow::State::Creating: return {BatchModel::tr("Creating"), "system-run", StateTone::Wait};
    case BatchRow::State::Created: return {BatchModel::tr("Created"), "checkmark", StateTone::Good};
    case BatchRow::State::Unknown: return {BatchModel::tr("Unknown"), "emblem-warning", StateTone::Warn};
    case BatchRow::State::Failed: return {BatchModel::tr("Failed"), "dialog-close", StateTone::Bad};
    case BatchRow::State::Skipped: return {BatchModel::tr("Skipped"), "go-next", StateTone::Warn};
    case BatchRow::State::Canceled: break;
    }
    return {BatchModel::tr("Canceled"), "media-playback-stop", StateTone::Idle};
}

Look plannedLook(const BatchRow &row)
{
    if (row.message.isEmpty())
        return {BatchModel::tr("Ready to create"), "checkmark", StateTone::Idle};
    return {BatchModel::tr("To put right"), "emblem-warning", StateTone::Bad};
}

} // namespace

BatchModel::BatchModel(const Stores &stores, QObject *parent)
    : QAbstractTableModel(parent), m_stores(stores)
{
}

void BatchModel::setPlan(const QList<InstanceDraft> &drafts, const QStringList &problems)
{
    QList<BatchRow> rows;
    rows.reserve(drafts.size());
    for (qsizetype i = 0; i < drafts.size(); ++i) {
        BatchRow row;
        row.draft = drafts.at(i);
        row.message = problems.value(i);
        rows.append(row);
    }
    beginResetModel();
    m_planned = true;
    m_rows = rows;
    endResetModel();
}

void BatchModel::setBatch(const QList<BatchRow> &rows)
{
    beginResetModel();
    m_planned = false;
    m_rows = rows;
    endResetModel();
}

void BatchModel::setRow(int row, const BatchRow &value)
{
    if (row < 0 || row >= m_rows.size())
        return;
    m_rows[row] = value;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

InstanceId BatchModel::idAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rows.at(row).id : InstanceId();
}

void BatchModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int BatchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BatchModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString BatchModel::text(int row, int column) const
{
    const BatchRow &one = m_rows.at(row);
    const InstanceDraft &draft = one.draft;
    const novita::Product *product = m_stores.products.find(draft.productId);
    switch (column) {
    case Number: return format::number(row + 1);
    case Name: return draft.name.isEmpty() ? tr("named when it is sent") : displayLine(draft.name);
    case Product: {
        const QString name = displayLine(product ? product->name : draft.productId.toString());
        return draft.kind == ProductKind::Gpu && draft.gpuNum > 1 ? tr("%1 × %2").arg(name, format::number(draft.gpuNum)) : name;
    }
    case Billing: return productwords::billingMode(draft.kind == ProductKind::Cpu ? BillingMode::OnDemand : draft.billing);
    case Price: {
        const std::optional<Money> price = product ? BatchCreate::price(draft, *product) : std::nullopt;
        if (!BatchCreate::isMonthly(draft))
            return format::pricePerHour(price);
        //: a price, for how many months
        return price ? tr("%1 for %n month(s)", nullptr, draft.months).arg(format::money(price)) : format::dash();
    }
    case State: return (m_planned ? plannedLook(one) : lookOf(one.state)).word;
    case Message: {
        QStringList parts{one.id.toString(), one.message};
        parts.removeAll(QString());
        return displayLine(parts.join(QStringLiteral(" · ")), 500);
    }
    default: return {};
    }
}

QVariant BatchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const BatchRow &row = m_rows.at(index.row());
    const bool state = index.column() == State;
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case Qt::ToolTipRole:
        if (index.column() == Price)
            return format::toolTip(text(index.row(), Price));
        return index.column() == Message && !row.message.isEmpty() ? format::toolTip(row.message) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::Alignment(Qt::AlignVCenter | (index.column() == Number || index.column() == Price ? Qt::AlignRight : Qt::AlignLeft)));
    case IdRole: return row.id.toString();
    case IconNameRole: return state ? QVariant(QLatin1String((m_planned ? plannedLook(row) : lookOf(row.state)).icon)) : QVariant();
    case ToneRole: return state ? QVariant(static_cast<int>((m_planned ? plannedLook(row) : lookOf(row.state)).tone)) : QVariant();
    case ChangingRole: return state && !m_planned && row.state == BatchRow::State::Creating;
    case StandInRole: return index.column() == Name && row.draft.name.isEmpty();
    default: return {};
    }
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::Alignment(Qt::AlignVCenter | (section == Number || section == Price ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("Row");
    case Name: return tr("Name");
    case Product: return tr("Product");
    case Billing: return tr("Billing");
    case Price: return tr("Price");
    case State: return tr("State");
    case Message: return tr("Result");
    default: return {};
    }
}

} // namespace novita
