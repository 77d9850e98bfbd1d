// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace novita {

/// A clock that stands still until a test moves it. Starts at 2026-01-01 00:00:00 UTC. Thread-safe.
class FakeClock final : public Clock
{
public:
    TimePoint now() const override { return TimePoint(Milliseconds(m_now)); }
    SteadyPoint steadyNow() const override { return SteadyPoint(Milliseconds(m_steady)); }

    void advance(Milliseconds by)
    {
        m_now += by.count();
        m_steady += by.count();
    }
    /// The wall clock alone jumps, as after a correction or a resume; the steady clock goes on.
    void jumpWallClock(Milliseconds by) { m_now += by.count(); }

private:
    std::atomic<Milliseconds::rep> m_now{1767225600000};
    std::atomic<Milliseconds::rep> m_steady{1000000};
};

} // namespace novita
