// SPDX-License-Identifier: GPL-3.0-or-later
// The part of RequestPipeline that says how it stands.
#include "core/net/requestpipeline.h"

namespace novita {

void RequestPipeline::tellWhyRequestsWait(ClientStatus &out, SteadyPoint now) const
{
    const auto tell = [this, &out](WaitReason reason, std::optional<SteadyPoint> until = {}) {
        out.waitReason = reason;
        if (until)
            out.waitUntil = wallClock(*until);
    };
    const SteadyPoint tokenAt = m_limiter->availableAt(now);
    if (m_queue.waiting() == 0)
        return;
    if (m_queue.isPaused())
        tell(WaitReason::NoKey);
    else if (const auto pauseEnd = m_limiter->pausedUntil(now))
        tell(WaitReason::Pause, pauseEnd);
    else if (tokenAt > now)
        tell(WaitReason::RateLimit, tokenAt);
    else if (const SteadyPoint at = m_bulkLimiter->availableAt(now); at > now && m_queue.waiting() == m_queue.waiting(RequestPriority::Bulk))
        tell(WaitReason::RateLimit, at);
    else if (breakerOf(ApiService::Cloud).check(now) == CircuitBreaker::Admission::ProbeRunning)
        tell(WaitReason::Probe);
    else if (m_queue.isFull())
        tell(WaitReason::Slots);
    else if (const auto due = m_queue.firstDue(now))
        tell(WaitReason::Retry, due);
}

/// Pictures that fail, or take too long, say nothing of the instances.
void RequestPipeline::noteError(const RequestJob &job, const Error &error)
{
    const bool ofServiceAlone = error.isTransient() || error.kind == ErrorKind::Protocol || error.kind == ErrorKind::BreakerOpen;
    if (!error.isCanceled() && (job.service() == ApiService::Cloud || error.kind == ErrorKind::Network || !ofServiceAlone))
        m_lastError = error;
}

void RequestPipeline::noteSuccess(const RequestJob &job, TimePoint at)
{
    m_lastSuccessAt = at;
    // The host can be reached; whether the cloud proper works again, another service does not know.
    const bool isOfCloud = m_lastError && (m_lastError->kind == ErrorKind::Server || m_lastError->kind == ErrorKind::Timeout || m_lastError->kind == ErrorKind::BreakerOpen);
    if (job.service() == ApiService::Cloud || !isOfCloud)
        m_lastError.reset();
}

TimePoint RequestPipeline::wallClock(SteadyPoint when) const
{
    return m_clock.now() + (when - m_clock.steadyNow());
}

ClientStatus RequestPipeline::status() const
{
    const SteadyPoint now = m_clock.steadyNow();
    ClientStatus out;
    out.queued = m_queue.waiting();
    out.queuedForUser = m_queue.waiting(RequestPriority::Interactive);
    tellWhyRequestsWait(out, now);
    out.inFlight = m_queue.inFlight();
    out.limiterUsed = m_limiter->used(now);
    out.limiterCapacity = m_limiter->pace(now);
    if (const auto until = m_limiter->pausedUntil(now))
        out.pausedUntil = wallClock(*until);
    const CircuitBreaker &breaker = breakerOf(ApiService::Cloud);
    out.breaker = breaker.state();
    if (const auto retryAt = breaker.retryAt())
        out.breakerRetryAt = wallClock(*retryAt);
    out.waitingForKey = m_authorization.isEmpty();
    out.lastSuccessAt = m_lastSuccessAt;
    out.lastError = m_lastError;
    return out;
}

} // namespace novita
