// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/cloud/types/activityevent.h"

#include <QList>
#include <QObject>

#include <deque>

namespace novita {

/// Requests and events of this run, newest last, each bounded (5,000): old entries fall out at the front.
class ActivityStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityStore)

public:
    static constexpr std::size_t kCapacity = 5000;

    explicit ActivityStore(QObject *parent = nullptr);

    const std::deque<RequestRecord> &requests() const { return m_requests; }
    const std::deque<ActivityEvent> &events() const { return m_events; }

    void addRequest(const RequestRecord &record);
    /// Sets the serial; redacts both texts once more and cuts what is longer than anybody reads.
    void addEvent(ActivityEvent event);
    /// Puts events of earlier runs, oldest first, in front of those of this one. Told of as eventsCleared().
    void restoreEvents(const QList<ActivityEvent> &earlier);
    void clearRequests();
    void clearEvents();

signals:
    /// One was appended; `dropped` entries left at the front.
    void requestAdded(int dropped);
    void eventAdded(int dropped);
    void requestsCleared();
    void eventsCleared(); ///< or replaced: to be read anew

private:
    std::deque<RequestRecord> m_requests;
    std::deque<ActivityEvent> m_events;
    quint64 m_nextEvent = 1;
};

} // namespace novita
