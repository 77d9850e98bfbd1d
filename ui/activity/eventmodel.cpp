// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/eventmodel.h"

#include "core/cloud/stores/activitystore.h"
#include "core/cloud/types/instancestate.h"
#include "ui/format.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

struct SeverityLook
{
    QString word;
    StateTone tone;
    QString icon;
};

SeverityLook lookOf(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Success:
        return {EventModel::tr("Success"), StateTone::Good, QStringLiteral("checkmark")};
    case EventSeverity::Warning:
        return {EventModel::tr("Warning"), StateTone::Warn, QStringLiteral("emblem-important")};
    case EventSeverity::Problem:
        return {EventModel::tr("Problem"), StateTone::Bad, QStringLiteral("dialog-close")};
    case EventSeverity::Info:
        break;
    }
    return {EventModel::tr("Info"), StateTone::Idle, QStringLiteral("help-about")};
}

QString sourceText(EventSource source)
{
    switch (source) {
    case EventSource::You:
        return EventModel::tr("you");
    case EventSource::Poll:
        return EventModel::tr("poll");
    case EventSource::Policy:
        return EventModel::tr("rule");
    case EventSource::System:
        break;
    }
    return EventModel::tr("program");
}

QString cell(const ActivityEvent &event, int column)
{
    switch (column) {
    case EventModel::Time:
        return format::clockTime(event.at);
    case EventModel::Severity:
        return lookOf(event.severity).word;
    case EventModel::Source:
        return sourceText(event.source);
    case EventModel::Subject:
        return event.subjectName.isEmpty() ? event.subjectId : event.subjectName;
    case EventModel::Text:
        return event.text;
    default:
        return {};
    }
}

} // namespace

EventModel::EventModel(const ActivityStore &store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_rows(static_cast<int>(store.events().size()))
{
    connect(&store, &ActivityStore::eventAdded, this, &EventModel::onAdded);
    connect(&store, &ActivityStore::eventsCleared, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
}

QStringList EventModel::columnIds()
{
    return {QStringLiteral("time"), QStringLiteral("severity"), QStringLiteral("source"), QStringLiteral("subject"), QStringLiteral("text")};
}

void EventModel::onAdded(int dropped)
{
    if (dropped > 0 && m_rows > 0) {
        const int gone = qMin(dropped, m_rows);
        beginRemoveRows({}, m_rows - gone, m_rows - 1);
        m_rows -= gone;
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    ++m_rows;
    endInsertRows();
}

const ActivityEvent *EventModel::at(int row) const
{
    const auto size = static_cast<int>(m_store.events().size());
    // Between the store's change and our insert the newest entry has no row yet.
    const int index = m_rows < size ? size - 2 - row : size - 1 - row;
    if (row < 0 || row >= m_rows || index < 0 || index >= size)
        return nullptr;
    return &m_store.events().at(static_cast<std::size_t>(index));
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ActivityEvent *event = at(index.row());
    if (!event)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cell(*event, column);
    case SortRole:
        return column == Time ? QVariant(static_cast<qint64>(event->serial)) : QVariant(cell(*event, column));
    case IdRole:
        return event->subjectId;
    case ToneRole:
        return column == Severity ? QVariant(static_cast<int>(lookOf(event->severity).tone)) : QVariant();
    case IconNameRole:
        return column == Severity ? QVariant(lookOf(event->severity).icon) : QVariant();
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Severity:
        return tr("Kind");
    case Source:
        return tr("Source");
    case Subject:
        return tr("About");
    case Text:
        return tr("What happened");
    default:
        return {};
    }
}

void EventModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1), {Qt::DisplayRole});
}

} // namespace novita
