// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/eventlist.h"

#include "ui/format.h"

namespace novita {

namespace {

constexpr int kMostEvents = 200;

} // namespace

EventList::EventList(const ActivityStore &activity, QWidget *parent)
    : QListWidget(parent), m_activity(activity)
{
    setWordWrap(true);
    // Inside a card already: no frame, no ground of its own.
    setStyleSheet(QStringLiteral("QListWidget { border: none; background: transparent; }"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&activity, &ActivityStore::eventAdded, this, &EventList::addNewest);
    connect(&activity, &ActivityStore::eventsCleared, this, &EventList::rebuild);
}

void EventList::setSubject(const QString &instanceId)
{
    if (instanceId == m_subject)
        return;
    m_subject = instanceId;
    rebuild();
}

void EventList::rebuild()
{
    clear();
    m_hasEvents = false;
    const auto &events = m_activity.events();
    for (auto event = events.rbegin(); event != events.rend() && count() < kMostEvents; ++event) {
        if (!m_subject.isEmpty() && event->subjectId == m_subject)
            addItem(itemFor(*event));
    }
    m_hasEvents = count() > 0;
    addPlaceholder();
}

void EventList::addPlaceholder()
{
    if (m_hasEvents)
        return;
    auto *none = new QListWidgetItem(tr("Nothing has happened to it since the program started."));
    none->setFlags(Qt::NoItemFlags);
    addItem(none);
}

void EventList::addNewest(int dropped)
{
    Q_UNUSED(dropped)
    const ActivityEvent &event = m_activity.events().back();
    if (m_subject.isEmpty() || event.subjectId != m_subject)
        return;
    if (!m_hasEvents)
        clear();
    m_hasEvents = true;
    insertItem(0, itemFor(event));
    while (count() > kMostEvents)
        delete takeItem(count() - 1);
}

QListWidgetItem *EventList::itemFor(const ActivityEvent &event) const
{
    auto *item = new QListWidgetItem(tr("%1  %2", "time, what happened").arg(format::timeToSecond(event.at), event.text));
    item->setToolTip(format::toolTip(event.detail));
    return item;
}

} // namespace novita
