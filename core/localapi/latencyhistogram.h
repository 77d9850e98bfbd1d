// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <iterator>

namespace novita {

/// How long things took, counted by fixed bounds. A value.
class LatencyHistogram final
{
public:
    /// Upper ends, each included; beyond the last there is one more bucket.
    static constexpr std::array<Milliseconds, 10> kBounds{Milliseconds(50), Milliseconds(100), Milliseconds(250), Milliseconds(500),
                                                          Milliseconds(1000), Milliseconds(2500), Milliseconds(5000), Milliseconds(10000),
                                                          Milliseconds(30000), Milliseconds(60000)};

    void add(Milliseconds time)
    {
        const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), time);
        ++m_buckets[static_cast<std::size_t>(std::distance(kBounds.begin(), bound))];
        ++m_count;
        m_sum += time;
    }

    qint64 inBucket(std::size_t index) const { return m_buckets[index]; } ///< in this one alone
    qint64 count() const { return m_count; }
    Milliseconds sum() const { return m_sum; }

private:
    std::array<qint64, kBounds.size() + 1> m_buckets{};
    qint64 m_count = 0;
    Milliseconds m_sum{0};
};

} // namespace novita
