// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/feedmodel.h"

#include "core/cloud/stores/activitystore.h"
#include "ui/format.h"
#include "ui/models/eventwords.h"
#include "ui/models/roles.h"

#include <algorithm>

namespace novita {

FeedModel::FeedModel(const ActivityStore &store, QObject *parent) : QAbstractListModel(parent), m_store(store)
{
    connect(&store, &ActivityStore::eventAdded, this, &FeedModel::takeNewest);
    connect(&store, &ActivityStore::eventsCleared, this, &FeedModel::reset);
}

void FeedModel::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    reset();
}

void FeedModel::reset()
{
    beginResetModel();
    m_rows = m_following ? static_cast<int>(std::min<std::size_t>(kMostRows, m_store.events().size())) : 0;
    endResetModel();
}

void FeedModel::takeNewest()
{
    if (!m_following)
        return;
    // Rows are counted from the newest: the last one goes before the new one comes, while both are in the store.
    if (m_rows == kMostRows) {
        beginRemoveRows({}, m_rows - 1, m_rows - 1);
        --m_rows;
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    ++m_rows;
    endInsertRows();
}

const ActivityEvent *FeedModel::at(int row) const
{
    const auto &events = m_store.events();
    return row >= 0 && row < m_rows && static_cast<std::size_t>(row) < events.size() ? &events[events.size() - 1 - static_cast<std::size_t>(row)] : nullptr;
}

int FeedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant FeedModel::data(const QModelIndex &index, int role) const
{
    const ActivityEvent *event = index.isValid() ? at(index.row()) : nullptr;
    if (!event)
        return {};
    const eventwords::Look look = eventwords::look(event->severity);
    switch (role) {
    case Qt::DisplayRole:
        return event->text;
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3 (%4)", "time, kind of event, what happened, who caused it")
            .arg(data(index, TimeRole).toString(), look.word, event->text, eventwords::source(event->source));
    case Qt::ToolTipRole:
        return format::toolTip(event->detail.isEmpty() ? event->text : event->text + QLatin1Char('\n') + event->detail);
    case TimeRole:
        return format::timeToSecond(event->at);
    case SourceRole:
        return eventwords::source(event->source);
    case IdRole:
        return event->subjectId;
    case ToneRole:
        return static_cast<int>(look.tone);
    case IconNameRole:
        return look.icon;
    default:
        return {};
    }
}

} // namespace novita
