// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

namespace novita {

TimePoint SystemClock::now() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

SteadyPoint SystemClock::steadyNow() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::steady_clock::now());
}

} // namespace novita
