// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/activitystore.h"

#include "core/base/redact.h"

namespace novita {

namespace {

// Names and failures are the server's: thousands of events must not hold megabytes of each.
constexpr qsizetype kMostText = 2000;
constexpr qsizetype kMostDetail = 8000;

/// Appends to a bounded list; returns how many old entries had to go.
template<typename T>
int appendBounded(std::deque<T> &list, T entry, std::size_t capacity)
{
    int dropped = 0;
    for (; list.size() >= capacity; ++dropped)
        list.pop_front();
    list.push_back(std::move(entry));
    return dropped;
}

} // namespace

ActivityStore::ActivityStore(QObject *parent)
    : QObject(parent)
{}

void ActivityStore::addRequest(const RequestRecord &record)
{
    emit requestAdded(appendBounded(m_requests, record, kCapacity));
}

void ActivityStore::addEvent(ActivityEvent event)
{
    event.serial = m_nextEvent++;
    event.text = redactedExcerpt(event.text, kMostText);
    event.detail = redactedExcerpt(event.detail, kMostDetail);
    emit eventAdded(appendBounded(m_events, std::move(event), kCapacity));
}

void ActivityStore::restoreEvents(const QList<ActivityEvent> &earlier)
{
    std::deque<ActivityEvent> all(earlier.begin(), earlier.end());
    all.insert(all.end(), m_events.begin(), m_events.end());
    while (all.size() > kCapacity)
        all.pop_front();
    m_nextEvent = 1;
    for (ActivityEvent &event : all)
        event.serial = m_nextEvent++;
    m_events = std::move(all);
    emit eventsCleared();
}

void ActivityStore::clearRequests()
{
    m_requests.clear();
    emit requestsCleared();
}

void ActivityStore::clearEvents()
{
    m_events.clear();
    emit eventsCleared();
}

} // namespace novita
