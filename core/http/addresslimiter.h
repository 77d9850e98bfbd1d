// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QHostAddress>

namespace novita {

/// How many requests each address may make: as many as a minute allows at once, and from then on one for each that its share of
/// a minute has passed (a token bucket). IPv6 addresses count by their /64. Memory is bounded. One thread.
class AddressLimiter final
{
    Q_DISABLE_COPY_MOVE(AddressLimiter)

public:
    static constexpr int kMaxAddresses = 4096; ///< beyond, those that have been quiet for longest are forgotten

    explicit AddressLimiter(int perMinute = 60) : m_perMinute(perMinute) {}

    /// 0 = no limit. What was used so far stays used.
    void setPerMinute(int perMinute) { m_perMinute = perMinute; }

    /// Zero when the request may pass, which counts it; otherwise how long until one may. `now` is of the steady clock.
    Milliseconds take(const QHostAddress &address, SteadyPoint now);

    int addresses() const { return static_cast<int>(m_fullAt.size()); }

private:
    using Nanoseconds = std::chrono::nanoseconds;
    void forgetQuiet(Nanoseconds now);

    int m_perMinute;
    QHash<QHostAddress, Nanoseconds> m_fullAt; ///< when each bucket will be full again
};

} // namespace novita
