// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/eventmodel.h"

#include "core/cloud/stores/activitystore.h"
#include "ui/format.h"
#include "ui/models/eventwords.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

QString cell(const ActivityEvent &event, int column)
{
    switch (column) {
    case EventModel::Time:
        return format::clockTime(event.at);
    case EventModel::Severity:
        return eventwords::look(event.severity).word;
    case EventModel::Source:
        return eventwords::source(event.source);
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
    : RingTableModel(ColumnCount, store.events().size(), parent)
    , m_store(store)
{
    connect(&store, &ActivityStore::eventAdded, this, &EventModel::onAdded);
    connect(&store, &ActivityStore::eventsCleared, this, &EventModel::onCleared);
}

QStringList EventModel::columnIds()
{
    return {QStringLiteral("time"), QStringLiteral("severity"), QStringLiteral("source"), QStringLiteral("subject"), QStringLiteral("text")};
}

const ActivityEvent *EventModel::at(int row) const
{
    return entryAt(m_store.events(), row);
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
        return column == Severity ? QVariant(static_cast<int>(eventwords::look(event->severity).tone)) : QVariant();
    case IconNameRole:
        return column == Severity ? QVariant(eventwords::look(event->severity).icon) : QVariant();
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

} // namespace novita
