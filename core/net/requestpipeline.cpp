// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/requestpipeline.h"

#include "core/base/logging.h"
#include "core/base/redact.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kStatusInterval{100};
constexpr int kBulkFifths = 3; ///< of the limiter's tokens

/// A header value is one visible ASCII word; anything else in a pasted key would end the header early or be mangled.
bool isHeaderWord(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
}

Error canceled(const RequestJob &job)
{
    Error error = Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
    error.effectUnknown = job.inDoubt || (job.exchange && job.isWrite());
    error.correlationId = job.correlationId;
    error.attempts = job.attempts;
    return error;
}

} // namespace

RequestPipeline::RequestPipeline(QNetworkAccessManager &network, const Clock &clock, std::function<double()> random)
    : m_clock(clock)
    , m_random(std::move(random))
    , m_transport(network)
    , m_queue(clock, {[this](quint64 id) { return gate(id); }, [this](quint64 id) { dispatch(id); },
                      [this](quint64 id) { refuse(id); }})
    , m_statusPublisher(kStatusInterval)
{
    connect(&m_statusPublisher, &StatusPublisher::due, this, [this] { emit statusChanged(status()); });
    applyConfig();
    m_queue.setPaused(true);
}

RequestPipeline::~RequestPipeline() = default;

void RequestPipeline::setConfig(const ApiClientConfig &config)
{
    if (config == m_config)
        return;
    // A request that was made for one server must not reach another one, and certainly not with the other one's key.
    if (config.apiRoot != m_config.apiRoot)
        cancelAll();
    m_config = config;
    applyConfig();
}

void RequestPipeline::applyConfig()
{
    m_transport.configure({m_config.proxyUrl, m_config.caFile, m_config.maxReplyBytes});
    Limiters &limiters = m_limiters[m_config.apiRoot.authority()];
    m_limiter = &limiters.all;
    m_limiter->configure(m_config.limiterCapacity, m_config.limiterWindow);
    m_bulkLimiter = &limiters.bulk;
    m_bulkLimiter->configure(m_config.limiterCapacity * kBulkFifths / 5, m_config.limiterWindow);
    m_retry = {m_config.maxRetries, m_config.retryBase, m_config.retryCap};
    m_breakers = &m_allBreakers[m_config.apiRoot.authority()];
    for (CircuitBreaker &breaker : *m_breakers)
        breaker.configure({m_config.breakerFailures, m_config.breakerOpenFor, m_config.breakerSuccesses});
    m_queue.setLimits(m_config.maxInFlight, m_config.maxQueued);
    m_statusPublisher.touch();
}

void RequestPipeline::setKey(const QString &key)
{
    const QString word = key.trimmed();
    const QByteArray authorization = word.isEmpty() ? QByteArray() : "Bearer " + word.toUtf8();
    if (authorization == m_authorization)
        return;
    registerSecret(word);
    m_authorization = authorization;
    m_keyError.reset();
    if (!isHeaderWord(word))
        m_keyError = Error::make(ErrorKind::Validation, QStringLiteral("The API key holds characters that no key has"));
    ++m_keySerial;
    m_keyProven = false;
    // What the old key was told, or is just being told, is not for the new one.
    m_cache.clear();
    ++m_writes;
    if (!word.isEmpty()) {
        const QByteArray digest = QCryptographicHash::hash(authorization, QCryptographicHash::Sha256);
        if (!m_keyDigest.isEmpty() && m_keyDigest != digest)
            endWaitingWrites();
        m_keyDigest = digest;
    }
    m_queue.setPaused(m_authorization.isEmpty());
    m_statusPublisher.touch();
}

/// The new key may belong to another account, which nobody has asked to change.
void RequestPipeline::endWaitingWrites()
{
    std::vector<JobPtr> writes;
    for (const auto &[id, job] : m_jobs) {
        if (job->isWrite() && m_queue.remove(id))
            writes.push_back(job);
    }
    for (const JobPtr &job : writes) {
        take(job->id);
        fail(job, Error::make(ErrorKind::Conflict, QStringLiteral("The API key has changed; nothing was sent with the new one")));
    }
}

void RequestPipeline::start(const ApiRequest &request, CallBase *call, ReplyHandler handler)
{
    const JobPtr job = makeJob(request, call, std::move(handler));
    if (const std::optional<Error> error = setupError(*job))
        fail(job, *error);
    else if (serveFromCache(job))
        return;
    else if (isBreakerOpen(*job))
        fail(job, breakerError(*job));
    else if (join(job))
        return;
    else if (!m_queue.hasRoom())
        fail(job, Error::make(ErrorKind::QueueFull, QStringLiteral("Too many requests are waiting")));
    else
        enqueue(job);
}

RequestPipeline::JobPtr RequestPipeline::makeJob(const ApiRequest &request, CallBase *call, ReplyHandler handler)
{
    auto job = std::make_shared<RequestJob>();
    job->id = ++m_lastId;
    job->request = request;
    job->url = requestUrl(m_config.apiRoot, request);
    if (request.body)
        job->body = QJsonDocument(*request.body).toJson(QJsonDocument::Compact);
    job->correlationId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    job->callers.push_back({call, std::move(handler), m_clock.now(), m_clock.steadyNow(), false});
    return job;
}

std::optional<Error> RequestPipeline::setupError(const RequestJob &job) const
{
    if (std::optional<Error> error = m_transport.refusal(job.url))
        return error;
    return m_keyError;
}

bool RequestPipeline::isBreakerOpen(const RequestJob &job) const
{
    return breakerOf(job).check(m_clock.steadyNow()) == CircuitBreaker::Admission::Refused;
}

Error RequestPipeline::breakerError(const RequestJob &job) const
{
    Error error = Error::make(ErrorKind::BreakerOpen, QStringLiteral("The service has stopped answering"));
    if (const auto retryAt = breakerOf(job).retryAt())
        error.retryAfter = std::max(Milliseconds(0), *retryAt - m_clock.steadyNow());
    return error;
}

bool RequestPipeline::serveFromCache(const JobPtr &job)
{
    const ApiRequest &request = job->request;
    if (job->isWrite() || request.cache.kind.isEmpty() || request.cache.bypass || request.sensitiveReply)
        return false;
    std::optional<ResponseCache::Hit> hit =
        m_cache.find(job->url.toString(QUrl::FullyEncoded), request.cache.ttl, m_clock.steadyNow());
    if (!hit)
        return false;
    job->fromCache = true;
    job->httpStatus = hit->reply.httpStatus;
    job->correlationId = hit->reply.correlationId;
    job->bodyBytes = hit->bytes;
    decode(job, {std::move(hit->reply), std::nullopt, hit->bytes, {job->callers.front().handler.decode}});
    return true;
}

bool RequestPipeline::join(const JobPtr &newcomer)
{
    if (newcomer->isWrite())
        return false;
    const auto found = m_shared.constFind(newcomer->url.toString(QUrl::FullyEncoded));
    if (found == m_shared.constEnd())
        return false;
    const quint64 id = *found;
    RequestJob &job = *m_jobs.at(id);
    // An answer that was asked for before a write of ours may not show what the write did.
    if (job.exchange && job.writesBefore != m_writes)
        return false;
    if (job.request.sensitiveReply != newcomer->request.sensitiveReply)
        return false;
    job.callers.push_back(std::move(newcomer->callers.front()));
    job.callers.back().shared = true;
    makeCancelable(id, job.callers.back().call);
    if (newcomer->request.priority < job.request.priority) {
        job.request.priority = newcomer->request.priority;
        m_queue.raise(id, job.request.priority);
        m_queue.pump();
        m_statusPublisher.touch();
    }
    return true;
}

void RequestPipeline::enqueue(const JobPtr &job)
{
    m_jobs.emplace(job->id, job);
    if (!job->isWrite())
        m_shared.insert(job->url.toString(QUrl::FullyEncoded), job->id);
    makeCancelable(job->id, job->callers.front().call);
    m_statusPublisher.touch();
    m_queue.push(job->id, job->request.priority);
}

void RequestPipeline::makeCancelable(quint64 id, CallBase *call)
{
    call->setCanceler([self = QPointer<RequestPipeline>(this), id, call] {
        if (self)
            self->withdraw(id, call);
    });
}

void RequestPipeline::withdraw(quint64 id, const CallBase *call)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    const JobPtr job = found->second;
    const auto caller = std::find_if(job->callers.begin(), job->callers.end(),
                                     [&](const RequestCaller &candidate) { return candidate.call.data() == call; });
    if (caller == job->callers.end())
        return;
    const RequestCaller leaving = std::move(*caller);
    job->callers.erase(caller);
    const Error error = canceled(*job);
    const bool onWire = job->exchange;
    if (job->callers.empty()) {
        take(id);
        m_queue.remove(id);
        abortAttempt(*job);
    }
    publish(*job, leaving, error);
    m_statusPublisher.touch();
    if (job->callers.empty() && onWire)
        m_queue.release();
}

bool RequestPipeline::isUnsent(const CallBase &call) const
{
    if (call.isSettled())
        return std::find(m_canceledUnsent.begin(), m_canceledUnsent.end(), &call) != m_canceledUnsent.end();
    return std::any_of(m_jobs.begin(), m_jobs.end(), [&call](const auto &one) {
        const RequestJob &job = *one.second;
        const bool isItsJob = std::any_of(job.callers.begin(), job.callers.end(), [&call](const RequestCaller &caller) { return caller.call == &call; });
        return isItsJob && !job.exchange && !job.inDoubt;
    });
}

void RequestPipeline::abortAttempt(RequestJob &job)
{
    if (!job.exchange)
        return;
    noteWrite(job, canceled(job));
    breakerOf(job).record(job.ticket, CircuitBreaker::Outcome::Unknown, m_clock.steadyNow());
    job.onWire += m_clock.steadyNow() - job.attemptStarted;
    job.exchange->abort();
    job.exchange = nullptr;
}

void RequestPipeline::cancelAll()
{
    ++m_cancellations;
    std::erase_if(m_canceledUnsent, [](const QPointer<CallBase> &call) { return !call; });
    m_queue.takeAll();
    m_shared.clear();
    int freed = 0;
    for (const auto &[id, job] : std::exchange(m_jobs, {})) {
        const Error error = canceled(*job);
        freed += job->exchange ? 1 : 0;
        if (!job->exchange && !job->inDoubt) {
            for (const RequestCaller &caller : job->callers)
                m_canceledUnsent.emplace_back(caller.call);
        }
        abortAttempt(*job);
        fail(job, error);
    }
    m_cache.clear();
    while (freed-- > 0)
        m_queue.release();
    m_statusPublisher.touch();
}

void RequestPipeline::invalidateCache(const QString &kind)
{
    if (kind.isEmpty())
        m_cache.clear();
    else
        m_cache.invalidate(kind);
}

void RequestPipeline::tryNow()
{
    for (CircuitBreaker &breaker : *m_breakers)
        breaker.allowProbe(m_clock.steadyNow());
    m_statusPublisher.touch();
}

RequestPipeline::JobPtr RequestPipeline::take(quint64 id)
{
    const auto found = m_jobs.find(id);
    const JobPtr job = found->second;
    m_jobs.erase(found);
    const QString key = job->url.toString(QUrl::FullyEncoded);
    if (m_shared.value(key) == id)
        m_shared.remove(key);
    return job;
}

void RequestPipeline::publish(const RequestJob &job, const RequestCaller &caller, const std::optional<Error> &error)
{
    RequestRecord record = recordOf(job, caller, error, m_clock.steadyNow());
    record.serial = ++m_records;
    emit requestFinished(record);
}

} // namespace novita
