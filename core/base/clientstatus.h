// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

#include <QByteArray>
#include <QJsonValue>
#include <QMetaType>
#include <QString>

#include <optional>

namespace novita {

enum class BreakerState { Closed, Open, HalfOpen };

/// What the requests that wait are waiting for. The strongest reason counts: each one listed holds back what those below it would let go.
enum class WaitReason {
    None,      ///< nothing waits
    NoKey,     ///< no API key is set, or it was rejected
    Pause,     ///< the service asked for a pause (Retry-After)
    RateLimit, ///< the requests of this minute are used up
    Probe,     ///< the breaker is half-open and its one probe is under way
    Slots,     ///< as many requests as allowed are on the wire
    Retry,     ///< all that waits was tried before and waits for its next attempt
};

/// A snapshot of the API client that the UI may show; published by value whenever it changes.
struct ClientStatus
{
    int queued = 0;              ///< requests waiting for a slot, a token or the breaker
    int queuedForUser = 0;       ///< of these, requests that somebody waits for: actions, and reads asked for by hand
    WaitReason waitReason = WaitReason::None; ///< why `queued` is not 0
    std::optional<TimePoint> waitUntil;       ///< when the first of them goes at the earliest, where time alone decides
    int inFlight = 0;            ///< requests on the wire
    int limiterUsed = 0;         ///< tokens used in the running 60 s window
    int limiterCapacity = 100;   ///< tokens a 60 s window gives now (fewer after a 429)
    std::optional<TimePoint> pausedUntil; ///< limiter pause asked for by Retry-After
    BreakerState breaker = BreakerState::Closed;
    std::optional<TimePoint> breakerRetryAt; ///< when an open breaker lets the next probe through
    bool waitingForKey = false;  ///< the queue is paused because no API key is set
    std::optional<TimePoint> lastSuccessAt;
    std::optional<Error> lastError; ///< of the latest finished request; cleared by the next success

    /// The service has answered and nothing says that it no longer does. A request that the service refused for what it
    /// asks (not found, out of stock) does not change that.
    bool isOnline() const
    {
        const bool cutOff = lastError
            && (lastError->isTransient() || lastError->kind == ErrorKind::Tls || lastError->kind == ErrorKind::Unauthorized);
        return breaker == BreakerState::Closed && lastSuccessAt && !cutOff;
    }
};

/// One finished API request as the Activity page lists it. No header and no body that could hold a secret.
struct RequestRecord
{
    quint64 serial = 0;          ///< rising number of this run
    TimePoint startedAt{};       ///< when it entered the queue
    QString operation;           ///< operationId of the contract: "startInstance"
    QString method;              ///< GET, POST
    QString url;                 ///< redacted
    QJsonValue requestBody;      ///< redacted; undefined when there is none
    QString correlationId;
    int attempts = 0;
    int httpStatus = 0;          ///< of the last attempt, 0 = no answer
    bool fromCache = false;
    bool shared = false;         ///< joined an identical GET that was under way
    Milliseconds waited{0};      ///< in the queue, for tokens and between attempts
    Milliseconds duration{0};    ///< on the wire, all attempts
    qint64 wireBytes = 0;        ///< body bytes received before decompression where known, else 0
    qint64 bodyBytes = 0;        ///< body bytes after decompression
    std::optional<Error> error;
};

} // namespace novita

Q_DECLARE_METATYPE(novita::ClientStatus)
Q_DECLARE_METATYPE(novita::RequestRecord)
