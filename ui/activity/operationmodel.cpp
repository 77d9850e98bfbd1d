// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/operationmodel.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/instancestate.h"
#include "ui/format.h"
#include "ui/models/roles.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostProgress = 500; ///< characters; the reason of a job is the cloud's

struct StateLook
{
    StateTone tone;
    const char *icon;
};

StateLook lookOf(OperationState state)
{
    switch (state) {
    case OperationState::Waiting: return {StateTone::Warn, "clock"};
    case OperationState::Running: return {StateTone::Wait, "system-run"};
    case OperationState::Done: return {StateTone::Good, "checkmark"};
    case OperationState::Failed: return {StateTone::Bad, "dialog-close"};
    case OperationState::Canceled: return {StateTone::Idle, "media-playback-stop"};
    }
    return {StateTone::Idle, "question"};
}

} // namespace

OperationModel::OperationModel(const OperationBoard &board, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent), m_board(board), m_clock(clock), m_rows(board.rows())
{
    connect(&board, &OperationBoard::changed, this, &OperationModel::follow);
}

QStringList OperationModel::columnIds()
{
    return {QStringLiteral("what"), QStringLiteral("about"), QStringLiteral("state"), QStringLiteral("progress"), QStringLiteral("begun"), QStringLiteral("age")};
}

QString OperationModel::kindWord(const QString &kind)
{
    if (kind == QLatin1String("create"))
        return tr("Create");
    if (kind == QLatin1String("startup"))
        return tr("Start-up");
    if (kind == QLatin1String("batch"))
        return tr("Batch");
    if (kind == QLatin1String("saveImage"))
        return tr("Save image");
    if (kind == QLatin1String("renew"))
        return tr("Renewal");
    if (kind == QLatin1String("toMonthly"))
        return tr("Conversion to monthly billing");
    if (kind == QLatin1String("migrate") || kind == QLatin1String("instanceMigrate"))
        return tr("Migration");
    if (kind == QLatin1String("autoInstanceMigrate"))
        return tr("Automatic migration");
    return displayLine(kind, 60);
}

QString OperationModel::stateWord(OperationState state)
{
    switch (state) {
    case OperationState::Waiting: return tr("Waiting");
    case OperationState::Running: return tr("Running");
    case OperationState::Done: return tr("Done");
    case OperationState::Failed: return tr("Failed");
    case OperationState::Canceled: return tr("Canceled");
    }
    return {};
}

const OperationRow *OperationModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int OperationModel::openCount() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const OperationRow &row) { return row.isOpen(); }));
}

void OperationModel::follow()
{
    const QList<OperationRow> &now = m_board.rows();
    const auto holds = [](const QList<OperationRow> &rows, const OperationId &id) {
        return std::any_of(rows.begin(), rows.end(), [&id](const OperationRow &row) { return row.id == id; });
    };
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        if (holds(now, m_rows.at(i).id))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.removeAt(i);
        endRemoveRows();
    }
    for (int i = 0; i < now.size(); ++i) {
        if (i < m_rows.size() && m_rows.at(i).id == now.at(i).id) {
            if (m_rows.at(i) == now.at(i))
                continue;
            m_rows[i] = now.at(i);
            emit dataChanged(index(i, 0), index(i, ColumnCount - 1));
        } else if (!holds(m_rows, now.at(i).id)) {
            beginInsertRows({}, i, i);
            m_rows.insert(i, now.at(i));
            endInsertRows();
        } else {
            // Two of the same moment have changed places.
            beginResetModel();
            m_rows = now;
            endResetModel();
            break;
        }
    }
    emit updated();
}

void OperationModel::tick()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, Age), index(static_cast<int>(m_rows.size()) - 1, Age), {Qt::DisplayRole});
}

void OperationModel::retranslate()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int OperationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OperationModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OperationModel::cell(const OperationRow &row, int column) const
{
    switch (column) {
    case What: return kindWord(row.kind);
    case About: return displayLine(row.title);
    case State: return stateWord(row.state);
    case Progress: return displayLine(row.progress, kMostProgress);
    case Begun: return format::dateTime(row.begunAt);
    case Age: {
        const std::optional<Milliseconds> took = tookOf(row);
        return took ? format::duration(*took) : format::dash();
    }
    default: return {};
    }
}

/// An open one grows older, one that has ended took its time.
std::optional<Milliseconds> OperationModel::tookOf(const OperationRow &row) const
{
    const std::optional<TimePoint> until = row.isOpen() ? std::optional(m_clock.now()) : row.touchedAt;
    return until && row.begunAt ? std::optional<Milliseconds>(*until - *row.begunAt) : std::nullopt;
}

QVariant OperationModel::sortValue(const OperationRow &row, int column) const
{
    if (column == Begun)
        return row.begunAt ? static_cast<qint64>(row.begunAt->time_since_epoch().count()) : -1;
    if (column == Age) {
        const std::optional<Milliseconds> took = tookOf(row);
        return took ? static_cast<qint64>(took->count()) : -1;
    }
    if (column == State)
        return static_cast<qint64>(row.state);
    return cell(row, column);
}

QVariant OperationModel::data(const QModelIndex &index, int role) const
{
    const OperationRow *row = index.isValid() ? at(index.row()) : nullptr;
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole: return cell(*row, index.column());
    case Qt::ToolTipRole: return index.column() == Progress || index.column() == About ? QVariant(format::toolTip(cell(*row, index.column()))) : QVariant();
    case SortRole: return sortValue(*row, index.column());
    case IdRole: return row->id.toString();
    case ToneRole: return index.column() == State ? QVariant(static_cast<int>(lookOf(row->state).tone)) : QVariant();
    case IconNameRole: return index.column() == State ? QVariant(QLatin1String(lookOf(row->state).icon)) : QVariant();
    case ChangingRole: return index.column() == State && row->state == OperationState::Running;
    default: return {};
    }
}

QVariant OperationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What: return tr("Operation");
    case About: return tr("About");
    case State: return tr("State");
    case Progress: return tr("Progress");
    case Begun: return tr("Begun");
    case Age: return tr("Took");
    default: return {};
    }
}

} // namespace novita
