// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/pollschedule.h"

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

Milliseconds withJitter(Milliseconds wait, double random)
{
    const double factor = 0.8 + 0.4 * std::clamp(random, 0.0, 1.0);
    return Milliseconds(std::llround(static_cast<double>(wait.count()) * factor));
}

} // namespace

Milliseconds PollSchedule::next(bool transitional, bool hidden, double random)
{
    if (!transitional)
        restart();
    if (hidden)
        return withJitter(m_intervals.hidden, random);
    if (!transitional)
        return withJitter(m_intervals.stable, random);
    const Milliseconds wait = m_current;
    m_current = std::max(m_intervals.fast, std::min(m_current * 3 / 2, m_intervals.slowest));
    return withJitter(wait, random);
}

void PollSchedule::configure(Intervals intervals)
{
    m_intervals = intervals;
    restart();
}

} // namespace novita
