// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/requestqueue.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kMaxPassedOver = 8;
/// Longer waits are cut: QTimer takes an int, and a look at the clock once a minute costs nothing.
constexpr Milliseconds kLongestSleep{60000};

} // namespace

RequestQueue::RequestQueue(const Clock &clock, Callbacks callbacks, QObject *parent)
    : QObject(parent), m_clock(clock), m_callbacks(std::move(callbacks))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RequestQueue::pump);
}

void RequestQueue::setLimits(int maxInFlight, int maxWaiting)
{
    m_maxInFlight = std::max(1, maxInFlight);
    m_maxWaiting = std::max(1, maxWaiting);
    pump();
}

void RequestQueue::setPaused(bool paused)
{
    m_paused = paused;
    pump();
}

void RequestQueue::add(Id id, const Entry &entry)
{
    m_entries.emplace(id, entry);
    ++m_counts[static_cast<size_t>(entry.priority)];
}

void RequestQueue::push(Id id, RequestPriority priority)
{
    add(id, {priority, std::nullopt});
    ready(priority).insert(id);
    pump();
}

void RequestQueue::pushLater(Id id, RequestPriority priority, SteadyPoint notBefore)
{
    add(id, {priority, notBefore});
    m_later.emplace(notBefore, id);
    pump();
}

void RequestQueue::raise(Id id, RequestPriority priority)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->second.priority <= priority)
        return;
    if (!found->second.notBefore) {
        ready(found->second.priority).erase(id);
        ready(priority).insert(id);
    }
    --m_counts[static_cast<size_t>(found->second.priority)];
    ++m_counts[static_cast<size_t>(priority)];
    found->second.priority = priority;
}

bool RequestQueue::remove(Id id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return false;
    if (found->second.notBefore)
        m_later.erase({*found->second.notBefore, id});
    else
        ready(found->second.priority).erase(id);
    --m_counts[static_cast<size_t>(found->second.priority)];
    m_entries.erase(found);
    return true;
}

std::vector<RequestQueue::Id> RequestQueue::takeAll()
{
    std::vector<Id> ids;
    ids.reserve(m_entries.size());
    for (const auto &[id, entry] : m_entries)
        ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    m_entries.clear();
    m_counts.fill(0);
    m_later.clear();
    for (std::set<Id> &readyIds : m_ready)
        readyIds.clear();
    return ids;
}

void RequestQueue::release()
{
    Q_ASSERT(m_inFlight > 0);
    --m_inFlight;
    pump();
}

void RequestQueue::pump()
{
    // Callbacks push and release: the loop below sees what they did, a second loop inside it would overtake it.
    if (m_pumping)
        return;
    m_pumping = true;
    const SteadyPoint now = m_clock.steadyNow();
    std::optional<SteadyPoint> gateOpensAt;
    std::vector<Id> passed;
    while (!m_paused && m_inFlight < m_maxInFlight) {
        makeReady(now);
        const std::optional<RequestPriority> priority = nextClass();
        if (!priority)
            break;
        const Id id = *ready(*priority).begin();
        const Decision decision = m_callbacks.gate(id);
        if (decision.verdict == Verdict::Wait) {
            gateOpensAt = gateOpensAt && decision.until ? std::min(gateOpensAt, decision.until) : decision.until;
            break;
        }
        if (decision.verdict == Verdict::Pass) {
            if (decision.until)
                gateOpensAt = gateOpensAt ? std::min(*gateOpensAt, *decision.until) : decision.until;
            ready(*priority).erase(id);
            passed.push_back(id);
            continue;
        }
        remove(id);
        if (decision.verdict == Verdict::Refuse) {
            m_callbacks.refuse(id);
            continue;
        }
        countTurn(*priority);
        ++m_inFlight;
        m_callbacks.dispatch(id);
    }
    for (const Id id : passed) {
        // It may have been taken out, or raised, meanwhile.
        if (const auto found = m_entries.find(id); found != m_entries.end())
            ready(found->second.priority).insert(id);
    }
    m_pumping = false;
    arm(now, gateOpensAt);
}

std::optional<SteadyPoint> RequestQueue::firstDue(SteadyPoint now) const
{
    const bool someReady = std::any_of(m_ready.begin(), m_ready.end(), [](const std::set<Id> &ids) { return !ids.empty(); });
    if (someReady || m_later.empty() || m_later.begin()->first <= now)
        return std::nullopt;
    return m_later.begin()->first;
}

void RequestQueue::makeReady(SteadyPoint now)
{
    while (!m_later.empty() && m_later.begin()->first <= now) {
        const Id id = m_later.begin()->second;
        m_later.erase(m_later.begin());
        Entry &entry = m_entries.at(id);
        entry.notBefore.reset();
        ready(entry.priority).insert(id);
    }
}

std::optional<RequestPriority> RequestQueue::nextClass() const
{
    std::optional<RequestPriority> first;
    for (size_t i = 0; i < kClasses; ++i) {
        if (m_ready[i].empty())
            continue;
        if (m_passedOver[i] >= kMaxPassedOver)
            return static_cast<RequestPriority>(i);
        if (!first)
            first = static_cast<RequestPriority>(i);
    }
    return first;
}

void RequestQueue::countTurn(RequestPriority taken)
{
    const auto index = static_cast<size_t>(taken);
    m_passedOver[index] = 0;
    for (size_t i = index + 1; i < kClasses; ++i) {
        if (!m_ready[i].empty())
            ++m_passedOver[i];
    }
}

void RequestQueue::arm(SteadyPoint now, std::optional<SteadyPoint> gateOpensAt)
{
    std::optional<SteadyPoint> due = gateOpensAt;
    // With all slots taken or no key, time alone changes nothing.
    if (!m_paused && m_inFlight < m_maxInFlight && !m_later.empty())
        due = due ? std::min(*due, m_later.begin()->first) : m_later.begin()->first;
    if (!due) {
        m_timer.stop();
        return;
    }
    m_timer.start(std::clamp(*due - now, Milliseconds(1), kLongestSleep));
}

} // namespace novita
