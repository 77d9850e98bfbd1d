// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace novita {

/// A clock for both sides of a test, the client's thread and the simulated cloud's. Stands still until a test moves it; starts
/// at 2026-01-01 00:00:00 UTC.
class SharedClock final : public Clock
{
public:
    TimePoint now() const override { return TimePoint(Milliseconds(kBegin.count() + m_passed.load())); }
    SteadyPoint steadyNow() const override { return SteadyPoint(Milliseconds(m_passed.load() + 1000000)); }
    void advance(Milliseconds by) { m_passed += by.count(); }

private:
    static constexpr Milliseconds kBegin{1767225600000};
    std::atomic<qint64> m_passed = 0;
};

} // namespace novita
