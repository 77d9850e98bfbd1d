// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/resultlistmodel.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/instancestate.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

struct StateLook
{
    QString word;
    QString icon;
    StateTone tone;
};

StateLook lookOf(ResultRow::State state)
{
    switch (state) {
    case ResultRow::State::Waiting:
        return {ResultListModel::tr("Waiting"), QStringLiteral("clock"), StateTone::Idle};
    case ResultRow::State::Running:
        return {ResultListModel::tr("Running"), QStringLiteral("system-run"), StateTone::Wait};
    case ResultRow::State::Done:
        return {ResultListModel::tr("Done"), QStringLiteral("checkmark"), StateTone::Good};
    case ResultRow::State::Failed:
        return {ResultListModel::tr("Failed"), QStringLiteral("dialog-close"), StateTone::Bad};
    case ResultRow::State::Skipped:
        return {ResultListModel::tr("Skipped"), QStringLiteral("go-next"), StateTone::Warn};
    case ResultRow::State::Unknown:
        return {ResultListModel::tr("Unknown"), QStringLiteral("emblem-warning"), StateTone::Warn};
    case ResultRow::State::Canceled:
        break;
    }
    return {ResultListModel::tr("Canceled"), QStringLiteral("media-playback-stop"), StateTone::Idle};
}

} // namespace

ResultListModel::ResultListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ResultListModel::setRows(const QList<ResultRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    m_counts = {};
    for (const ResultRow &row : rows)
        ++m_counts[static_cast<std::size_t>(row.state)];
    endResetModel();
}

void ResultListModel::setRow(int row, const ResultRow &result)
{
    if (row < 0 || row >= m_rows.size())
        return;
    --m_counts[static_cast<std::size_t>(m_rows.at(row).state)];
    ++m_counts[static_cast<std::size_t>(result.state)];
    m_rows[row] = result;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void ResultListModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, State), index(rowCount() - 1, State));
}

int ResultListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ResultListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ResultRow &row = m_rows.at(index.row());
    const bool state = index.column() == State;
    switch (role) {
    case Qt::DisplayRole:
        return state ? lookOf(row.state).word : displayLine(index.column() == Name ? row.name : row.message, 500);
    case IconNameRole:
        return state ? QVariant(lookOf(row.state).icon) : QVariant();
    case ToneRole:
        return state ? QVariant(static_cast<int>(lookOf(row.state).tone)) : QVariant();
    case ChangingRole:
        return state && row.state == ResultRow::State::Running;
    default:
        return {};
    }
}

QVariant ResultListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Name");
    case State: return tr("State");
    case Message: return tr("Message");
    default: return {};
    }
}

} // namespace novita
