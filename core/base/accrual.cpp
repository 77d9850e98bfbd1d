// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/accrual.h"

#include <limits>

namespace novita {

namespace {

constexpr qint64 kMsPerDay = 24LL * 3600 * 1000;

} // namespace

void Accrual::addDaily(Money perDay, Milliseconds time)
{
    // Two 63-bit factors: no product of them leaves 128 bits, and no sum does in the life of a program.
    if (time > Milliseconds(0))
        m_unitMs += static_cast<Wide>(perDay.priceUnits()) * time.count();
}

Accrual &Accrual::operator+=(const Accrual &other)
{
    m_unitMs += other.m_unitMs;
    return *this;
}

Money Accrual::rounded() const
{
    constexpr Wide half = kMsPerDay / 2;
    const Wide units = (m_unitMs >= 0 ? m_unitMs + half : m_unitMs - half) / kMsPerDay;
    constexpr Wide most = std::numeric_limits<qint64>::max();
    return Money::fromPriceUnits(static_cast<qint64>(units > most ? most : units < -most ? -most : units));
}

} // namespace novita
