// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/sendpolicy.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kTimeoutStatus = 408;
constexpr int kGone = 410;
constexpr int kTooMany = 429;
constexpr int kServerError = 500;
constexpr int kUnavailable = 503;

bool mayHelp(const WebhookPosted &posted)
{
    if (posted.refusedHere)
        return false;
    return posted.status < 200 || posted.status == kTimeoutStatus || posted.status == kTooMany || posted.status >= kServerError;
}

Milliseconds backoff(int attempt, double random)
{
    constexpr Milliseconds kBase{1000};
    constexpr Milliseconds kCap{30000};
    constexpr double kJitter = 0.1;
    const Milliseconds wait = std::min(kCap, kBase * (1 << std::clamp(attempt - 1, 0, 10)));
    return wait + Milliseconds(static_cast<Milliseconds::rep>(static_cast<double>(wait.count()) * kJitter * random));
}

} // namespace

SendDecision decideSend(const WebhookPosted &posted, int attempt, int tries, double random)
{
    using Next = SendDecision::Next;
    if (posted.isDelivered())
        return {Next::Delivered, {}};
    if (posted.status == kGone)
        return {Next::Gone, {}};
    if (!mayHelp(posted) || attempt >= tries)
        return {Next::Failed, {}};
    Milliseconds wait = backoff(attempt, random);
    if (posted.retryAfter && (posted.status == kTooMany || posted.status == kUnavailable))
        wait = std::max(wait, *posted.retryAfter);
    return {Next::Retry, wait};
}

} // namespace novita
