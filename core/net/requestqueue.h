// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/net/apirequest.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace novita {

/// Who goes next, and when: priorities, a bounded number waiting, a bounded number in flight, waiting for a moment.
///
/// - Interactive before poll before bulk; inside a priority by id (ids rise, so a retry keeps its place). A class that
///   has been passed over 8 times in a row while it had something ready goes next: nobody starves.
/// - Before a request goes, the gate is asked (breaker, limiter). Wait stops the whole queue: what the gate waits for
///   concerns everybody. Pass stops this request alone.
/// - Owns the pipeline's one timer: it fires for the next moment that something is due.
///
/// Knows requests by id only. Callbacks run synchronously from push(), pump(), release(), setPaused() or the timer, and
/// may call back into the queue. One thread.
class RequestQueue final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestQueue)

public:
    using Id = quint64;

    enum class Verdict {
        Go,
        Wait,   ///< until `until`, or without it until somebody calls pump()
        Pass,   ///< the others may go; `until` as of Wait
        Refuse,
    };
    struct Decision
    {
        Verdict verdict = Verdict::Go;
        std::optional<SteadyPoint> until;
    };
    struct Callbacks
    {
        std::function<Decision(Id)> gate;
        std::function<void(Id)> dispatch; ///< the request holds a slot until release()
        std::function<void(Id)> refuse;   ///< the request has left the queue
    };

    RequestQueue(const Clock &clock, Callbacks callbacks, QObject *parent = nullptr);

    void setLimits(int maxInFlight, int maxWaiting);
    /// A paused queue sends nothing; requests wait and nobody is refused.
    void setPaused(bool paused);

    bool hasRoom() const { return waiting() < m_maxWaiting; }
    /// Queues a request. Check hasRoom() first.
    void push(Id id, RequestPriority priority);
    /// Queues a request that may not go before `notBefore`: a retry, which finds room always.
    void pushLater(Id id, RequestPriority priority, SteadyPoint notBefore);
    /// Moves a waiting request up to `priority`; never down.
    void raise(Id id, RequestPriority priority);
    /// Takes a waiting request out. False if it is not waiting here.
    bool remove(Id id);
    /// Takes everything out that waits, oldest first.
    std::vector<Id> takeAll();

    /// A slot is free again.
    void release();
    /// Lets go what may go.
    void pump();

    int waiting() const { return static_cast<int>(m_entries.size()); }
    int waiting(RequestPriority priority) const { return m_counts[static_cast<size_t>(priority)]; }
    bool isFull() const { return m_inFlight >= m_maxInFlight; } ///< no slot is free
    /// When the first waiting request may go, if none may before: all of them are retries.
    std::optional<SteadyPoint> firstDue(SteadyPoint now) const;
    int inFlight() const { return m_inFlight; }
    bool isPaused() const { return m_paused; }

private:
    struct Entry
    {
        RequestPriority priority;
        std::optional<SteadyPoint> notBefore;
    };
    static constexpr size_t kClasses = 3;

    void makeReady(SteadyPoint now);
    std::optional<RequestPriority> nextClass() const;
    void countTurn(RequestPriority taken);
    void add(Id id, const Entry &entry);
    void arm(SteadyPoint now, std::optional<SteadyPoint> gateOpensAt);
    std::set<Id> &ready(RequestPriority priority) { return m_ready[static_cast<size_t>(priority)]; }

    const Clock &m_clock;
    Callbacks m_callbacks;
    int m_maxInFlight = 4;
    int m_maxWaiting = 20000;
    int m_inFlight = 0;
    bool m_paused = false;
    bool m_pumping = false;
    std::unordered_map<Id, Entry> m_entries;
    std::array<int, kClasses> m_counts{}; ///< of m_entries, by priority
    std::array<std::set<Id>, kClasses> m_ready;
    std::set<std::pair<SteadyPoint, Id>> m_later;
    std::array<int, kClasses> m_passedOver{};
    QTimer m_timer;
};

} // namespace novita
