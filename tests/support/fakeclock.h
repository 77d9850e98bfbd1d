// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace novita {

/// A clock that stands still until a test moves it. Starts at 2026-01-01 00:00:00 UTC. Not thread-safe.
class FakeClock final : public Clock
{
public:
    TimePoint now() const override { return m_now; }
    SteadyPoint steadyNow() const override { return m_steady; }

    void advance(Milliseconds by)
    {
        m_now += by;
        m_steady += by;
    }
    /// The wall clock alone jumps, as after a correction or a resume; the steady clock goes on.
    void jumpWallClock(Milliseconds by) { m_now += by; }

private:
    TimePoint m_now{Seconds(1767225600)};
    SteadyPoint m_steady{Milliseconds(1000000)};
};

} // namespace novita
