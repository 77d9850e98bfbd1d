// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/logmodel.h"

#include "core/cloud/types/instancestate.h"
#include "ui/format.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

int weightOf(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return 3;
}

QString levelText(QtMsgType level)
{
    switch (weightOf(level)) {
    case 0:
        return LogModel::tr("Debug");
    case 1:
        return LogModel::tr("Info");
    case 2:
        return LogModel::tr("Warning");
    default:
        return LogModel::tr("Error");
    }
}

StateTone toneOf(QtMsgType level)
{
    switch (weightOf(level)) {
    case 2:
        return StateTone::Warn;
    case 3:
        return StateTone::Bad;
    default:
        return StateTone::Idle;
    }
}

} // namespace

LogModel::LogModel(const LogBuffer &buffer, QObject *parent)
    : QAbstractTableModel(parent)
    , m_buffer(buffer)
{
    connect(&buffer, &LogBuffer::appended, this, &LogModel::takeNew);
    takeNew();
}

QStringList LogModel::columnIds()
{
    return {QStringLiteral("time"), QStringLiteral("level"), QStringLiteral("category"), QStringLiteral("text")};
}

void LogModel::takeNew()
{
    const std::vector<LogEntry> fresh = m_buffer.since(m_entries.empty() ? 0 : m_entries.back().serial);
    if (fresh.empty())
        return;
    const std::size_t keep = LogBuffer::kCapacity - qMin(fresh.size(), LogBuffer::kCapacity);
    if (m_entries.size() > keep) {
        const std::size_t gone = m_entries.size() - keep;
        beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + static_cast<std::ptrdiff_t>(gone));
        endRemoveRows();
    }
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_entries.insert(m_entries.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LogEntry &entry = m_entries.at(static_cast<std::size_t>(index.row()));
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Time:
            return format::clockTime(entry.at);
        case Level:
            return levelText(entry.level);
        case Category:
            return entry.category;
        default:
            return QString(entry.text).replace(QLatin1Char('\n'), QLatin1Char(' '));
        }
    case SortRole:
        return static_cast<qint64>(entry.serial);
    case kWeightRole:
        return weightOf(entry.level);
    case ToneRole:
        // Only what stands out gets a chip; a column of grey chips would say nothing.
        return column == Level && weightOf(entry.level) >= 2 ? QVariant(static_cast<int>(toneOf(entry.level))) : QVariant();
    case IconNameRole:
        return column == Level && weightOf(entry.level) >= 2 ? QVariant(QStringLiteral("emblem-important")) : QVariant();
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Level:
        return tr("Level");
    case Category:
        return tr("Part");
    case Text:
        return tr("Message");
    default:
        return {};
    }
}

void LogModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, Level), index(rowCount() - 1, Level), {Qt::DisplayRole});
}

} // namespace novita
