// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

#include <optional>

namespace novita {

/// Whether and when a failed attempt is repeated.
///
/// Transport errors, time-outs and 5xx: idempotent requests only, after a random part of base × 2ⁿ (full jitter, at most
/// `cap`). 429: every request, since a refused one had no effect, after the server's Retry-After or the jittered backoff.
/// A Retry-After of a 5xx is a lower bound; one beyond `cap` ends the trying (the error carries it).
struct RetryPolicy
{
    int maxRetries = 3;
    Milliseconds base{1000};
    Milliseconds cap{30000};

    /// The wait before the next attempt after `attempts` (1, 2, …) ended in `error`, or nullopt to give up.
    /// `random` in [0, 1).
    std::optional<Milliseconds> delayAfter(int attempts, const Error &error, bool idempotent, double random) const;
};

} // namespace novita
