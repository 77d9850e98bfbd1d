// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trafficlog.h"

#include "core/base/logging.h"
#include "core/cloud/stores/entitystore.h"
#include "core/net/apiclient.h"
#include "core/workflows/refresher.h"

namespace novita {

namespace {

const char *nameOf(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed: return "closed";
    case BreakerState::Open: return "open";
    case BreakerState::HalfOpen: return "half-open";
    }
    Q_UNREACHABLE();
}

const char *nameOf(WaitReason reason)
{
    switch (reason) {
    case WaitReason::None: return "nothing waits";
    case WaitReason::NoKey: return "waiting for a key";
    case WaitReason::Pause: return "waiting for the end of a pause";
    case WaitReason::RateLimit: return "waiting for the rate limit";
    case WaitReason::Probe: return "waiting for a probe";
    case WaitReason::Slots: return "waiting for a free slot";
    case WaitReason::Retry: return "waiting for a retry";
    }
    Q_UNREACHABLE();
}

} // namespace

TrafficLog::TrafficLog(const ApiClient &client, const Refresher &refresher, const EntityStoreBase &instances, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    connect(&client, &ApiClient::requestFinished, this, &TrafficLog::logRequest);
    connect(&client, &ApiClient::statusChanged, this, &TrafficLog::logStatus);
    // Queued: the refresher decides after the store has told of the end of a read.
    connect(&instances, &EntityStoreBase::freshnessChanged, this, [this, &refresher] { logNextPoll(refresher); }, Qt::QueuedConnection);
}

void TrafficLog::logRequest(const RequestRecord &record) const
{
    if (!lcNet().isDebugEnabled())
        return;
    QString how = record.error ? errorKindName(record.error->kind) : QStringLiteral("ok");
    if (record.fromCache)
        how += QStringLiteral(", from the cache");
    if (record.shared)
        how += QStringLiteral(", shared");
    qCDebug(lcNet).noquote() << record.operation << record.method << record.url << "status" << record.httpStatus << how << "attempts" << record.attempts
                             << "waited" << record.waited.count() << "ms, took" << record.duration.count() << "ms, bytes" << record.bodyBytes << record.correlationId;
}

void TrafficLog::logStatus(const ClientStatus &status)
{
    const ClientStatus before = std::exchange(m_last, status);
    if (!lcNet().isDebugEnabled())
        return;
    if (status.breaker != before.breaker)
        qCDebug(lcNet) << "breaker" << nameOf(before.breaker) << "->" << nameOf(status.breaker);
    if (status.limiterCapacity != before.limiterCapacity)
        qCDebug(lcNet) << "limiter gives" << status.limiterCapacity << "requests a minute, before:" << before.limiterCapacity;
    if (status.pausedUntil != before.pausedUntil) {
        if (status.pausedUntil)
            qCDebug(lcNet) << "paused for" << (*status.pausedUntil - m_clock.now()).count() << "ms";
        else
            qCDebug(lcNet) << "pause is over";
    }
    if (status.waitReason != before.waitReason)
        qCDebug(lcNet) << "queue:" << nameOf(status.waitReason) << "queued" << status.queued << "of these by hand" << status.queuedForUser
                       << "in flight" << status.inFlight << "used" << status.limiterUsed << "of" << status.limiterCapacity;
}

void TrafficLog::logNextPoll(const Refresher &refresher)
{
    const SteadyPoint next = refresher.nextInstancePoll();
    const auto wait = std::chrono::duration_cast<Milliseconds>(next - m_clock.steadyNow());
    // Due already: it is about to be read, which brings the next word.
    if (next == m_nextPoll || wait <= Milliseconds(0))
        return;
    m_nextPoll = next;
    qCDebug(lcWorkflow) << "the instances are read next in" << wait.count() << "ms";
}

} // namespace novita
