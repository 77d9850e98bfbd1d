// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

#include <chrono>
#include <compare>
#include <optional>

namespace novita {

/// An exact amount of US dollars as a whole count of 1/100000 USD (the unit of product prices; the billing API's
/// 1/10000 USD fits in without loss). No conversion from bare numbers, none to floating point.
///
/// Sums and products saturate at the limits of int64 instead of overflowing: a hostile price cannot wrap round.
class Money
{
public:
    static constexpr qint64 kUnitsPerDollar = 100000;

    constexpr Money() = default;

    /// Product prices: 1/100000 USD, for GPU and CPU products per hour and per GPU (gpu-notes section 6).
    static constexpr Money fromPriceUnits(qint64 units) { return Money(units); }
    /// Billing API amounts: 1/10000 USD (gpu-notes section 6).
    static Money fromBillingUnits(qint64 units);
    /// `units` of which `perDollar` make a dollar, half up; nullopt for a scale below 1.
    static std::optional<Money> fromScaled(qint64 units, qint64 perDollar);
    /// "0.35", "-12.3456789" (half up beyond five decimals); nullopt for anything else and for what does not fit.
    static std::optional<Money> fromDecimalText(QStringView text);

    constexpr qint64 priceUnits() const { return m_units; }
    constexpr bool isZero() const { return m_units == 0; }
    constexpr bool isNegative() const { return m_units < 0; }

    Money operator+(Money other) const;
    Money operator-(Money other) const;
    Money operator*(qint64 factor) const;
    Money &operator+=(Money other) { return *this = *this + other; }

    constexpr auto operator<=>(const Money &) const = default;

    /// This amount taken as a price per hour, over `time`, rounded half up to the unit.
    Money forDuration(std::chrono::milliseconds time) const;

    /// "1234.56" with `minDecimals`..5 decimals, trailing zeros beyond the minimum dropped, '.' as separator, no
    /// currency sign: for logs, CSV and JSON. What people read comes from ui/format.
    QString toPlainString(int minDecimals = 2) const;

private:
    constexpr explicit Money(qint64 units) : m_units(units) {}
    qint64 m_units = 0;
};

} // namespace novita
