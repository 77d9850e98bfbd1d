// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/webhooksender.h"

namespace novita {

/// What follows from an attempt to send a webhook.
struct SendDecision
{
    enum class Next {
        Delivered,
        Retry,  ///< after `wait`
        Failed, ///< another attempt would end alike, or there were enough
        Gone,   ///< 410: the receiver wants no more of this rule
    };
    Next next = Next::Failed;
    Milliseconds wait{0};
    bool operator==(const SendDecision &) const = default;
};

/// Time-outs, broken connections, 408, 429 and 5xx are tried again: after 1, 2, 4, 8 … s (30 s at most) and up to a tenth of that by
/// `random` (in [0, 1)); after a 429 or 503 no sooner than its Retry-After says. Redirects, other 4xx and targets that are not
/// allowed are final. `attempt` is the number of the one made, from 1, of `tries`. Pure.
SendDecision decideSend(const WebhookPosted &posted, int attempt, int tries, double random);

} // namespace novita
