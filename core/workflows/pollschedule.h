// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace novita {

/// The pure rule behind the polling of instances.
class PollSchedule
{
public:
    struct Intervals
    {
        Milliseconds fast{5000};     ///< first wait while something changes
        Milliseconds slowest{30000}; ///< what that wait grows to, ×1.5 a time
        Milliseconds stable{60000};  ///< nothing changes
        Milliseconds hidden{120000}; ///< nobody looks
    };
    explicit PollSchedule(Intervals intervals) : m_intervals(intervals), m_current(intervals.fast) {}

    /// The wait before the next poll. `random` in [0, 1) makes the ±20 % jitter. Growth happens per call while transitional.
    Milliseconds next(bool transitional, bool hidden, double random);
    void restart() { m_current = m_intervals.fast; }
    /// Takes new intervals; the growth starts over.
    void configure(Intervals intervals);

private:
    Intervals m_intervals;
    Milliseconds m_current;
};

} // namespace novita
