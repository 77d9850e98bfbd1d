// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"

namespace novita {

/// Cost that grows with time: the sum of rate × time, kept exactly (as 1/100000 USD × ms, 128 bits) and rounded once, half up,
/// when it becomes Money. So it does not matter into how many stretches a time is cut: nothing drifts, and the parts of a
/// bill that was rounded on its running total add up to the same figure. Times below zero (a clock that was set back) count as nothing.
class Accrual
{
public:
    void addHourly(Money perHour, Milliseconds time) { addDaily(perHour * kHoursPerDay, time); }
    void addDaily(Money perDay, Milliseconds time);
    Accrual &operator+=(const Accrual &other);

    Money rounded() const;
    bool isZero() const { return m_unitMs == 0; }
    bool operator==(const Accrual &) const = default;

private:
    static constexpr int kHoursPerDay = 24;

    // GCC and Clang have this type; __extension__ keeps -Wpedantic quiet about exactly this use.
    __extension__ typedef __int128 Wide;
    Wide m_unitMs = 0; ///< of a price per day
};

} // namespace novita
