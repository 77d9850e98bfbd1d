// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/addresslimiter.h"

#include "core/http/addresslist.h"

#include <algorithm>

namespace novita {

namespace {

/// Whoever has one IPv6 address has its whole /64.
QHostAddress bucketOf(const QHostAddress &address)
{
    QHostAddress plain = plainAddress(address);
    if (plain.protocol() != QAbstractSocket::IPv6Protocol)
        return plain;
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace

Milliseconds AddressLimiter::take(const QHostAddress &address, SteadyPoint now)
{
    if (m_perMinute <= 0)
        return Milliseconds(0);
    const Nanoseconds at = now.time_since_epoch();
    const Nanoseconds minute = std::chrono::minutes(1);
    const Nanoseconds share = minute / m_perMinute;
    const QHostAddress bucket = bucketOf(address);
    const auto found = m_fullAt.constFind(bucket);
    const Nanoseconds fullAt = (found == m_fullAt.constEnd() ? at : std::max(*found, at)) + share;
    if (fullAt - at > minute)
        return std::max(Milliseconds(1), std::chrono::ceil<Milliseconds>(fullAt - at - minute));
    if (found == m_fullAt.constEnd() && m_fullAt.size() >= kMaxAddresses)
        forgetQuiet(at);
    m_fullAt.insert(bucket, fullAt);
    return Milliseconds(0);
}

void AddressLimiter::forgetQuiet(Nanoseconds now)
{
    m_fullAt.removeIf([now](QHash<QHostAddress, Nanoseconds>::iterator entry) { return entry.value() <= now; });
    if (m_fullAt.size() < kMaxAddresses)
        return;
    // Many at once: who comes from ever new addresses must not make each request cost a walk through all of them.
    QList<Nanoseconds> times = m_fullAt.values();
    const auto last = times.begin() + kMaxAddresses / 8;
    std::nth_element(times.begin(), last, times.end());
    m_fullAt.removeIf([quiet = *last](QHash<QHostAddress, Nanoseconds>::iterator entry) { return entry.value() <= quiet; });
}

} // namespace novita
