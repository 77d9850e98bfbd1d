// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ratelimiter.h"

#include <algorithm>

namespace novita {

RateLimiter::RateLimiter(int capacity, Milliseconds window)
    : m_configured(std::max(1, capacity))
    , m_window(std::max(Milliseconds(1), window))
    , m_reduced(m_configured)
{
}

void RateLimiter::configure(int capacity, Milliseconds window)
{
    m_configured = std::max(1, capacity);
    m_window = std::max(Milliseconds(1), window);
    m_reduced = m_configured;
    m_reducedAt.reset();
}

bool RateLimiter::tryTake(SteadyPoint now)
{
    forget(now);
    if (availableAt(now) > now)
        return false;
    m_taken.push_back(now);
    return true;
}

SteadyPoint RateLimiter::availableAt(SteadyPoint now) const
{
    SteadyPoint at = now;
    if (m_pauseEnd)
        at = std::max(at, *m_pauseEnd);
    const auto limit = static_cast<size_t>(m_configured);
    if (m_taken.size() >= limit)
        at = std::max(at, m_taken[m_taken.size() - limit] + guardedWindow());
    if (const int reduced = pace(now); reduced < m_configured && !m_taken.empty())
        at = std::max(at, m_taken.back() + guardedWindow() / reduced);
    return at;
}

void RateLimiter::pauseUntil(SteadyPoint until)
{
    m_pauseEnd = m_pauseEnd ? std::max(*m_pauseEnd, until) : until;
}

std::optional<SteadyPoint> RateLimiter::pausedUntil(SteadyPoint now) const
{
    return m_pauseEnd && *m_pauseEnd > now ? m_pauseEnd : std::nullopt;
}

void RateLimiter::onRateLimited(SteadyPoint sentAt, SteadyPoint now)
{
    // One refused request is tried again a few times: its refusals are one piece of news. Halving for each would leave a
    // person waiting for most of a window.
    if (m_reducedAt && (sentAt <= *m_reducedAt || now - *m_reducedAt < m_window / 4))
        return;
    m_reduced = std::max(slowestPace(), pace(now) / 2);
    m_reducedAt = now;
}

int RateLimiter::used(SteadyPoint now) const
{
    const auto live = std::partition_point(m_taken.begin(), m_taken.end(),
                                           [&](SteadyPoint taken) { return taken + guardedWindow() <= now; });
    return static_cast<int>(m_taken.end() - live);
}

int RateLimiter::pace(SteadyPoint now) const
{
    if (!m_reducedAt)
        return m_configured;
    const auto quietWindows = (now - *m_reducedAt) / m_window;
    const qint64 step = std::max(1, m_configured / 10);
    return static_cast<int>(std::min<qint64>(m_configured, m_reduced + quietWindows * step));
}

int RateLimiter::slowestPace() const
{
    return std::max(1, m_configured / 10);
}

void RateLimiter::forget(SteadyPoint now)
{
    while (!m_taken.empty() && m_taken.front() + guardedWindow() <= now)
        m_taken.pop_front();
}

} // namespace novita
