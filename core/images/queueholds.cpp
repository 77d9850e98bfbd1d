// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/queueholds.h"

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kShortest{1}; // of a timer: it must not spin

} // namespace

void QueueHolds::add(const QString &backend, Milliseconds wait, const QString &reason)
{
    m_holds.insert(backend, {m_clock.now() + wait, m_clock.steadyNow() + wait, reason});
}

bool QueueHolds::end(const QString &backend)
{
    return m_holds.remove(backend);
}

bool QueueHolds::endThoseOver()
{
    return m_holds.removeIf([now = m_clock.steadyNow()](const auto &hold) { return hold.value().ends <= now; }) > 0;
}

const QueueHolds::Hold *QueueHolds::first() const
{
    const auto found =
        std::min_element(m_holds.begin(), m_holds.end(), [](const Hold &a, const Hold &b) { return a.ends < b.ends; });
    return found == m_holds.end() ? nullptr : &*found;
}

std::optional<TimePoint> QueueHolds::until() const
{
    const Hold *hold = first();
    return hold ? std::optional(hold->until) : std::nullopt;
}

std::optional<Milliseconds> QueueHolds::left() const
{
    const Hold *hold = first();
    return hold ? std::optional(std::max(kShortest, hold->ends - m_clock.steadyNow())) : std::nullopt;
}

QString QueueHolds::reason() const
{
    const Hold *hold = first();
    return hold ? hold->reason : QString();
}

} // namespace novita
