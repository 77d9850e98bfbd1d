// SPDX-License-Identifier: GPL-3.0-or-later
// The half of RequestPipeline that deals with attempts: let go, sent, judged, repeated, answered.
#include "core/net/requestpipeline.h"

#include "core/base/logging.h"
#include "core/net/apierror.h"
#include "core/net/wireexchange.h"
#include "core/net/retryafter.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// A complete answer of a gateway or a crashed server does not say what happened behind it. 503 is no exception: proxies
/// send it as well when the server behind them hangs up after it has had the request.
bool serverErrorLeavesDoubt(int status)
{
    return status >= 500 && status != 501;
}

CircuitBreaker::Outcome outcomeFor(const std::optional<Error> &error)
{
    if (!error)
        return CircuitBreaker::Outcome::Success;
    // 408 is "time-out" in kind, but the host did answer: no 4xx ever counts.
    if (error->isTransient() && error->httpStatus != 408)
        return CircuitBreaker::Outcome::Failure;
    if (error->kind == ErrorKind::Tls || error->kind == ErrorKind::Validation)
        return error->httpStatus > 0 ? CircuitBreaker::Outcome::Success : CircuitBreaker::Outcome::Unknown;
    return CircuitBreaker::Outcome::Success;
}

const char *nameOf(ApiService service)
{
    switch (service) {
    case ApiService::Cloud: return "the cloud";
    case ApiService::Media: return "pictures";
    case ApiService::Language: return "language models";
    }
    Q_UNREACHABLE();
}

} // namespace

RequestQueue::Decision RequestPipeline::gate(quint64 id) const
{
    const RequestJob &job = *m_jobs.at(id);
    if (setupError(job))
        return {RequestQueue::Verdict::Refuse, {}};
    const SteadyPoint now = m_clock.steadyNow();
    switch (breakerOf(job).check(now)) {
    case CircuitBreaker::Admission::Refused: return {RequestQueue::Verdict::Refuse, {}};
    case CircuitBreaker::Admission::ProbeRunning: return {RequestQueue::Verdict::Pass, {}};
    case CircuitBreaker::Admission::Allowed: break;
    }
    if (const SteadyPoint at = m_limiter->availableAt(now); at > now)
        return {RequestQueue::Verdict::Wait, at};
    if (const SteadyPoint at = m_bulkLimiter->availableAt(now); at > now && job.request.priority == RequestPriority::Bulk)
        return {RequestQueue::Verdict::Pass, at};
    return {RequestQueue::Verdict::Go, {}};
}

void RequestPipeline::refuse(quint64 id)
{
    const JobPtr job = take(id);
    fail(job, setupError(*job).value_or(breakerError(*job)));
}

void RequestPipeline::dispatch(quint64 id)
{
    const SteadyPoint now = m_clock.steadyNow();
    RequestJob &job = *m_jobs.at(id);
    job.ticket = breakerOf(job).admit();
    m_limiter->tryTake(now);
    if (job.request.priority == RequestPriority::Bulk)
        m_bulkLimiter->tryTake(now);
    ++job.attempts;
    if (job.isWrite())
        ++m_writes;
    job.attemptStarted = now;
    job.keySerial = m_keySerial;
    job.cacheTicket = m_cache.ticket();
    job.writesBefore = m_writes;
    job.exchange = m_transport.send(attemptOf(job), [this, id](const HttpOutcome &outcome) { attemptEnded(id, outcome); });
    m_statusPublisher.touch();
}

WireRequest RequestPipeline::attemptOf(const RequestJob &job) const
{
    static const QByteArray json = QByteArrayLiteral("application/json");
    static const QByteArray userAgent = QByteArrayLiteral("novita-console/" NOVITA_VERSION);
    WireRequest request;
    request.method = job.request.method;
    request.url = job.url;
    request.headers = {
        {QByteArrayLiteral("Authorization"), m_authorization},
        {QByteArrayLiteral("Content-Type"), json}, // the API asks for it on GET as well
        {QByteArrayLiteral("Accept"), job.request.onBytes ? QByteArrayLiteral("text/event-stream, application/json") : json},
        {QByteArrayLiteral("User-Agent"), userAgent},
        {QByteArrayLiteral("X-Correlation-ID"), job.correlationId.toLatin1()},
        {QByteArrayLiteral("X-Attempt"), QByteArray::number(job.attempts)},
    };
    request.body = job.body;
    request.timeout = job.request.timeout.value_or(m_config.timeout);
    request.maxBytes = job.request.maxReplyBytes;
    request.onBytes = job.request.onBytes;
    return request;
}

void RequestPipeline::attemptEnded(quint64 id, const HttpOutcome &outcome)
{
    const JobPtr job = m_jobs.at(id);
    job->exchange = nullptr;
    job->onWire += m_clock.steadyNow() - job->attemptStarted;
    job->httpStatus = outcome ? outcome->status : outcome.error().httpStatus;
    job->wireBytes = outcome ? outcome->wireBytes : 0;
    job->bodyBytes = outcome ? outcome->body.size() : 0;

    job->lastError = errorOf(*job, outcome);
    job->inDoubt = job->inDoubt || (job->lastError && job->lastError->effectUnknown);
    const CircuitBreaker &breaker = breakerOf(*job);
    const BreakerState before = breaker.state();
    judgeHost(*job, job->lastError);
    judgeKey(*job, job->lastError);
    noteWrite(*job, job->lastError);

    if (!job->lastError) {
        take(id);
        succeed(job, *outcome);
    } else if (!retryLater(job, *job->lastError)) {
        take(id);
        fail(job, *job->lastError);
    }
    if (before != BreakerState::Open && breaker.state() == BreakerState::Open)
        refuseWaiting(job->service());
    m_queue.release();
    m_statusPublisher.touch();
}

std::optional<Error> RequestPipeline::errorOf(const RequestJob &job, const HttpOutcome &outcome) const
{
    if (outcome && outcome->status >= 200 && outcome->status < 300)
        return std::nullopt;
    Error error;
    if (outcome) {
        const bool proven = m_keyProven || job.keySerial != m_keySerial;
        error = errorFromReply(outcome->status, outcome->body, {proven, job.request.sensitiveReply});
        error.retryAfter = parseRetryAfter(outcome->retryAfter, outcome->date, m_clock.now());
        error.effectUnknown = serverErrorLeavesDoubt(outcome->status);
    } else {
        error = outcome.error();
    }
    error.effectUnknown = error.effectUnknown && job.isWrite();
    error.correlationId = job.correlationId;
    error.attempts = job.attempts;
    return error;
}

void RequestPipeline::judgeHost(const RequestJob &job, const std::optional<Error> &error)
{
    const SteadyPoint now = m_clock.steadyNow();
    CircuitBreaker &breaker = breakerOf(job);
    const BreakerState before = breaker.state();
    breaker.record(job.ticket, outcomeFor(error), now);
    if (breaker.state() != before)
        qCInfo(lcNet) << "circuit breaker of" << nameOf(job.service()) << (breaker.state() == BreakerState::Open ? "opened" : "closed");
    if (error && error->kind == ErrorKind::RateLimited) {
        m_limiter->onRateLimited(job.attemptStarted, now);
        if (error->retryAfter)
            m_limiter->pauseUntil(now + *error->retryAfter);
        qCInfo(lcNet) << "rate limited; requests per window are now" << m_limiter->pace(now);
    }
}

void RequestPipeline::judgeKey(const RequestJob &job, const std::optional<Error> &error)
{
    if (job.keySerial != m_keySerial)
        return;
    if (!error)
        m_keyProven = true;
    else if (error->kind == ErrorKind::Unauthorized)
        emit keyRejected(*error);
    else if (error->httpStatus >= 400 && error->httpStatus < 500 && error->kind != ErrorKind::RateLimited)
        m_keyProven = true;
}

bool RequestPipeline::retryLater(const JobPtr &job, const Error &error)
{
    const std::optional<Milliseconds> delay =
        m_retry.delayAfter(job->attempts, error, job->request.isIdempotent(), m_random());
    if (!delay)
        return false;
    qCInfo(lcNet) << job->request.operation << job->correlationId << "attempt" << job->attempts << "failed:"
                  << error.toLogString() << "- again in" << delay->count() << "ms";
    m_queue.pushLater(job->id, job->request.priority, m_clock.steadyNow() + *delay);
    const int next = job->attempts + 1;
    // A listener may cancel: look at a copy.
    const std::vector<RequestCaller> callers = job->callers;
    for (const RequestCaller &caller : callers) {
        if (caller.call)
            emit caller.call->retryScheduled(next, *delay);
    }
    return true;
}

void RequestPipeline::refuseWaiting(ApiService service)
{
    std::vector<quint64> refused;
    for (const auto &[id, job] : m_jobs) {
        if (job->service() == service && m_queue.remove(id))
            refused.push_back(id);
    }
    std::sort(refused.begin(), refused.end());
    for (const quint64 id : refused) {
        // Who is told of one may cancel another.
        if (m_jobs.find(id) == m_jobs.end())
            continue;
        const JobPtr job = take(id);
        Error error = breakerError(*job);
        // What really went wrong says more than that nobody will try again now.
        if (job->lastError) {
            const auto retryAfter = error.retryAfter;
            error = *job->lastError;
            error.retryAfter = retryAfter;
        }
        fail(job, error);
    }
}

void RequestPipeline::noteWrite(const RequestJob &job, const std::optional<Error> &error)
{
    if (!job.isWrite())
        return;
    ++m_writes;
    if (error && !error->effectUnknown && !error->isTransient())
        return;
    for (const QString &kind : job.request.invalidates)
        m_cache.invalidate(kind);
}

void RequestPipeline::succeed(const JobPtr &job, const WireResponse &response)
{
    ReplyDecoder::Work work;
    work.head.httpStatus = response.status;
    work.head.bodyBytes = response.body.size();
    work.head.correlationId = job->correlationId;
    work.head.receivedAt = m_clock.now();
    work.body = response.body;
    work.bytes = response.body.size();
    for (const RequestCaller &caller : job->callers)
        work.decoders.push_back(caller.handler.decode);
    decode(job, std::move(work));
}

void RequestPipeline::decode(const JobPtr &job, ReplyDecoder::Work work)
{
    const qint64 bytes = work.bytes;
    m_decoder.run(std::move(work), [this, job, bytes, begun = m_cancellations](const ReplyDecoder::Decoded &decoded) {
        if (begun == m_cancellations) {
            deliver(job, bytes, decoded);
            return;
        }
        Error error = Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
        error.effectUnknown = job->isWrite();
        fail(job, error);
    });
}

void RequestPipeline::deliver(const JobPtr &job, qint64 bytes, const ReplyDecoder::Decoded &decoded)
{
    if (!decoded.reply) {
        Error error = decoded.reply.error();
        error.httpStatus = job->httpStatus;
        error.correlationId = job->correlationId;
        error.attempts = job->attempts;
        error.effectUnknown = job->isWrite();
        if (job->request.sensitiveReply)
            error.detail.clear();
        fail(job, error);
        return;
    }
    const CachePolicy &policy = job->request.cache;
    const bool keep = !job->isWrite() && !job->fromCache && job->httpStatus == 200 && !policy.kind.isEmpty()
        && !job->request.sensitiveReply;
    if (keep) {
        m_cache.insert(job->url.toString(QUrl::FullyEncoded), policy.kind, *decoded.reply, bytes, job->cacheTicket,
                       m_clock.steadyNow());
    }
    if (!job->fromCache) {
        noteSuccess(*job, decoded.reply->receivedAt);
        m_statusPublisher.touch();
    }
    for (size_t i = 0; i < job->callers.size(); ++i) {
        const RequestCaller &caller = job->callers[i];
        const bool gone = !caller.call || caller.call->isSettled();
        if (!gone)
            decoded.deliveries[i]();
        publish(*job, caller, gone ? std::optional(Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"))) : std::nullopt);
    }
}

void RequestPipeline::fail(const JobPtr &job, const Error &error)
{
    Error told = error;
    told.effectUnknown = told.effectUnknown || job->inDoubt;
    if (told.correlationId.isEmpty())
        told.correlationId = job->correlationId;
    noteError(*job, told);
    m_statusPublisher.touch();
    for (const RequestCaller &caller : job->callers) {
        if (caller.call && !caller.call->isSettled())
            caller.handler.fail(told);
        publish(*job, caller, told);
    }
}

} // namespace novita
