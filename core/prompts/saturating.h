// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <limits>

namespace novita {

/// Counts of prompts and jobs, which templates can drive beyond any number: what does not fit is kMostCount, which reads "at least so many".
inline constexpr quint64 kMostCount = std::numeric_limits<quint64>::max();

constexpr quint64 saturatingSum(quint64 a, quint64 b)
{
    return a > kMostCount - b ? kMostCount : a + b;
}

constexpr quint64 saturatingProduct(quint64 a, quint64 b)
{
    return a != 0 && b > kMostCount / a ? kMostCount : a * b;
}

} // namespace novita
