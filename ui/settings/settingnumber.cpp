// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingnumber.h"

#include <QLocale>

#include <cmath>

namespace novita::settingnumber {

namespace {

/// More than the rounding error of the largest int times its scale, and far less than anyone types.
constexpr double kTolerance = 1e-6;

double parse(const QString &text, bool *ok)
{
    const double here = QLocale().toDouble(text, ok);
    return *ok ? here : QLocale::c().toDouble(text, ok);
}

} // namespace

Typed read(const QString &text, int scale, int least, int most)
{
    bool ok = false;
    const double kept = parse(text.trimmed(), &ok) * scale;
    if (!ok || !std::isfinite(kept))
        return {Typed::Problem::NotANumber, 0};
    // Before the cast: what does not fit an int has no defined value as one.
    if (kept < least - kTolerance || kept > most + kTolerance)
        return {Typed::Problem::OutOfRange, 0};
    const long long whole = std::llround(kept);
    if (std::abs(kept - static_cast<double>(whole)) > kTolerance)
        return {Typed::Problem::NotANumber, 0};
    return {Typed::Problem::None, static_cast<int>(whole)};
}

QString text(int value, int scale, const QLocale &locale)
{
    return locale.toString(static_cast<double>(value) / scale, 'f', QLocale::FloatingPointShortest);
}

} // namespace novita::settingnumber
