// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/base/clock.h"

#include <QObject>
#include <QString>

#include <deque>

namespace novita {

enum class EventSeverity { Info, Success, Warning, Problem };
/// Who caused it: the person at the screen, a poll that saw it, a rule, the program itself.
enum class EventSource { You, Poll, Policy, System };

/// Something that happened and that a person may want to find again.
struct ActivityEvent
{
    quint64 serial = 0;
    TimePoint at{};
    EventSeverity severity = EventSeverity::Info;
    EventSource source = EventSource::System;
    QString subjectId;   ///< instance id or empty; what a click opens
    QString subjectName;
    QString text;        ///< one sentence, translated, redacted
    QString detail;      ///< redacted; error details, correlation id
};

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
    void clearRequests();
    void clearEvents();

signals:
    /// One was appended; `dropped` entries left at the front.
    void requestAdded(int dropped);
    void eventAdded(int dropped);
    void requestsCleared();
    void eventsCleared();

private:
    std::deque<RequestRecord> m_requests;
    std::deque<ActivityEvent> m_events;
    quint64 m_nextEvent = 1;
};

} // namespace novita
