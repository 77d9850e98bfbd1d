// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retrypolicy.h"

#include <algorithm>

namespace novita {

std::optional<Milliseconds> RetryPolicy::delayAfter(int attempts, const Error &error, bool idempotent, double random) const
{
    if (attempts > maxRetries)
        return std::nullopt;
    const bool rateLimited = error.kind == ErrorKind::RateLimited;
    if (!rateLimited && !(idempotent && error.isTransient()))
        return std::nullopt;

    // Past 2^20 any base of a millisecond or more has passed any sensible cap; the shift itself must not overflow.
    const int doublings = std::clamp(attempts - 1, 0, 20);
    const Milliseconds ceiling = std::min(cap, base * (1 << doublings));
    const auto jittered = Milliseconds(static_cast<Milliseconds::rep>(static_cast<double>(ceiling.count()) * random));
    if (!error.retryAfter)
        return jittered;
    if (rateLimited)
        return *error.retryAfter;
    if (*error.retryAfter > cap)
        return std::nullopt;
    return std::max(jittered, *error.retryAfter);
}

} // namespace novita
