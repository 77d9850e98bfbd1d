// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clientstatus.h"
#include "core/net/apirequest.h"
#include "core/net/apiservice.h"
#include "core/net/circuitbreaker.h"
#include "core/net/wireexchange.h"
#include "core/net/replyhandler.h"

#include <QPointer>
#include <QUrl>

#include <optional>
#include <vector>

namespace novita {

/// Somebody who waits for the answer of a job.
struct RequestCaller
{
    QPointer<CallBase> call;
    ReplyHandler handler;
    TimePoint joinedAt{};
    SteadyPoint joined{};
    bool shared = false; ///< joined a job that was there already
};

/// One request on its way through the pipeline, with all who wait for it.
struct RequestJob
{
    quint64 id = 0;
    ApiRequest request;
    QUrl url;
    QByteArray body;
    QString correlationId;
    std::vector<RequestCaller> callers;

    int attempts = 0;
    QPointer<WireExchange> exchange; ///< while on the wire
    CircuitBreaker::Ticket ticket;   ///< of the running attempt
    SteadyPoint attemptStarted{};
    quint64 keySerial = 0;           ///< which key the running attempt carries
    quint64 cacheTicket = 0;         ///< when the running attempt was sent, in the order of invalidations
    quint64 writesBefore = 0;        ///< likewise, in the order of writes

    bool inDoubt = false;            ///< a write, and some attempt may have taken effect unseen
    std::optional<Error> lastError;  ///< of the latest attempt
    int httpStatus = 0;              ///< likewise
    Milliseconds onWire{0};          ///< all attempts
    bool fromCache = false;
    qint64 wireBytes = 0;
    qint64 bodyBytes = 0;

    bool isWrite() const { return request.isWrite(); }
    ApiService service() const { return serviceOf(request); }
};

/// What the Activity page shows of one caller's request, redacted. `serial` is left to the publisher.
RequestRecord recordOf(const RequestJob &job, const RequestCaller &caller, const std::optional<Error> &error, SteadyPoint now);

} // namespace novita
