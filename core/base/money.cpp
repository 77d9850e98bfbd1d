// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/money.h"

#include <QRegularExpression>

#include <limits>

namespace novita {

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();
constexpr qint64 kMin = std::numeric_limits<qint64>::min();

// The 128-bit type is a GCC/Clang extension; __extension__ keeps -Wpedantic quiet about exactly this use.
__extension__ typedef __int128 Wide;

qint64 saturate(Wide value)
{
    if (value > kMax)
        return kMax;
    if (value < kMin)
        return kMin;
    return static_cast<qint64>(value);
}

} // namespace

Money Money::fromBillingUnits(qint64 units)
{
    return Money(saturate(static_cast<Wide>(units) * 10));
}

std::optional<Money> Money::fromScaled(qint64 units, qint64 perDollar)
{
    if (perDollar < 1)
        return std::nullopt;
    const Wide scaled = static_cast<Wide>(units) * kUnitsPerDollar;
    const Wide half = perDollar / 2;
    return Money(saturate((scaled >= 0 ? scaled + half : scaled - half) / perDollar));
}

std::optional<Money> Money::fromDecimalText(QStringView text)
{
    static const QRegularExpression form(QStringLiteral("^(-?)([0-9]{1,12})(?:\\.([0-9]{1,12}))?$"));
    const QRegularExpressionMatch match = form.match(text.trimmed().toString());
    if (!match.hasMatch())
        return std::nullopt;
    constexpr int kDecimals = 12;
    constexpr qint64 kScale = 1'000'000'000'000;
    const Wide fraction = match.captured(3).leftJustified(kDecimals, QLatin1Char('0')).toLongLong();
    const Wide picodollars = static_cast<Wide>(match.captured(2).toLongLong()) * kScale + fraction;
    constexpr qint64 perUnit = kScale / kUnitsPerDollar;
    const qint64 units = saturate((picodollars + perUnit / 2) / perUnit);
    return Money(match.captured(1).isEmpty() ? units : -units);
}

Money Money::operator+(Money other) const
{
    return Money(saturate(static_cast<Wide>(m_units) + other.m_units));
}

Money Money::operator-(Money other) const
{
    return Money(saturate(static_cast<Wide>(m_units) - other.m_units));
}

Money Money::operator*(qint64 factor) const
{
    return Money(saturate(static_cast<Wide>(m_units) * factor));
}

Money Money::forDuration(std::chrono::milliseconds time) const
{
    constexpr qint64 kMsPerHour = 3600 * 1000;
    const Wide scaled = static_cast<Wide>(m_units) * time.count();
    const Wide half = kMsPerHour / 2;
    return Money(saturate((scaled >= 0 ? scaled + half : scaled - half) / kMsPerHour));
}

QString Money::toPlainString(int minDecimals) const
{
    const Wide wide = m_units;
    const Wide magnitude = wide < 0 ? -wide : wide;
    const auto dollars = static_cast<quint64>(magnitude / kUnitsPerDollar);
    QString fraction = QStringLiteral("%1").arg(static_cast<qint64>(magnitude % kUnitsPerDollar), 5, 10, QLatin1Char('0'));
    while (fraction.size() > qBound(0, minDecimals, 5) && fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    QString text = QString::number(dollars);
    if (!fraction.isEmpty())
        text += QLatin1Char('.') + fraction;
    return m_units < 0 ? QLatin1Char('-') + text : text;
}

} // namespace novita
