// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace novita {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;
/// Wall-clock time, UTC, millisecond resolution. A default-constructed value (the epoch) means "unknown".
using TimePoint = std::chrono::sys_time<Milliseconds>;
/// Monotonic time for intervals and deadlines; origin unspecified; does not follow clock changes.
using SteadyPoint = std::chrono::time_point<std::chrono::steady_clock, Milliseconds>;

/// Where every class that needs the time gets it from, so that tests can own it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
    virtual SteadyPoint steadyNow() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock
{
public:
    TimePoint now() const override;
    SteadyPoint steadyNow() const override;
};

} // namespace novita
