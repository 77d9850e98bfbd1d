// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/net/apiclientconfig.h"
#include "core/net/circuitbreaker.h"
#include "core/net/httptransport.h"
#include "core/net/ratelimiter.h"
#include "core/net/replydecoder.h"
#include "core/net/requestjob.h"
#include "core/net/requestqueue.h"
#include "core/net/responsecache.h"
#include "core/net/retrypolicy.h"
#include "core/net/statuspublisher.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace novita {

/// The works behind ApiClient: leads each job through cache, sharing, queue, breaker, limiter and transport, repeats
/// what may be repeated, and tells everybody who waits. ApiClient's header says what it promises.
class RequestPipeline final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestPipeline)

public:
    RequestPipeline(QNetworkAccessManager &network, const Clock &clock, std::function<double()> random);
    ~RequestPipeline() override;

    void setConfig(const ApiClientConfig &config);
    const ApiClientConfig &config() const { return m_config; }
    void setKey(const QString &key);
    bool hasKey() const { return !m_authorization.isEmpty(); }

    void start(const ApiRequest &request, CallBase *call, ReplyHandler handler);
    bool isUnsent(const CallBase &call) const;
    void cancelAll();
    void invalidateCache(const QString &kind);
    void tryNow();
    void recheck() { m_queue.pump(); }
    ClientStatus status() const;

signals:
    void statusChanged(const novita::ClientStatus &status);
    void requestFinished(const novita::RequestRecord &record);
    void keyRejected(const novita::Error &error);

private:
    using JobPtr = std::shared_ptr<RequestJob>;

    JobPtr makeJob(const ApiRequest &request, CallBase *call, ReplyHandler handler);
    std::optional<Error> setupError(const RequestJob &job) const;
    CircuitBreaker &breakerOf(ApiService service) const { return (*m_breakers)[static_cast<std::size_t>(service)]; }
    CircuitBreaker &breakerOf(const RequestJob &job) const { return breakerOf(job.service()); }
    bool isBreakerOpen(const RequestJob &job) const;
    Error breakerError(const RequestJob &job) const;
    bool serveFromCache(const JobPtr &job);
    bool join(const JobPtr &newcomer);
    void enqueue(const JobPtr &job);
    void makeCancelable(quint64 id, CallBase *call);
    void withdraw(quint64 id, const CallBase *call);
    void endWaitingWrites();

    RequestQueue::Decision gate(quint64 id) const;
    void refuse(quint64 id);
    void dispatch(quint64 id);
    WireRequest attemptOf(const RequestJob &job) const;
    void attemptEnded(quint64 id, const HttpOutcome &outcome);
    std::optional<Error> errorOf(const RequestJob &job, const HttpOutcome &outcome) const;
    void judgeHost(const RequestJob &job, const std::optional<Error> &error);
    void judgeKey(const RequestJob &job, const std::optional<Error> &error);
    bool retryLater(const JobPtr &job, const Error &error);
    void refuseWaiting(ApiService service);
    void noteError(const RequestJob &job, const Error &error);
    void noteSuccess(const RequestJob &job, TimePoint at);
    void noteWrite(const RequestJob &job, const std::optional<Error> &error);

    JobPtr take(quint64 id);
    void abortAttempt(RequestJob &job);
    void succeed(const JobPtr &job, const WireResponse &response);
    void decode(const JobPtr &job, ReplyDecoder::Work work);
    void deliver(const JobPtr &job, qint64 bytes, const ReplyDecoder::Decoded &decoded);
    void fail(const JobPtr &job, const Error &error);
    void publish(const RequestJob &job, const RequestCaller &caller, const std::optional<Error> &error);
    void applyConfig();
    TimePoint wallClock(SteadyPoint when) const;
    void tellWhyRequestsWait(ClientStatus &out, SteadyPoint now) const;

    const Clock &m_clock;
    std::function<double()> m_random;
    ApiClientConfig m_config;
    HttpTransport m_transport;
    RequestQueue m_queue;
    struct Limiters
    {
        RateLimiter all;
        RateLimiter bulk; ///< the share of RequestPriority::Bulk; its tokens count in `all`, too
    };
    std::map<QString, Limiters> m_limiters;       ///< by authority of the API root
    RateLimiter *m_limiter = nullptr;             ///< of the root in use, for all
    RateLimiter *m_bulkLimiter = nullptr;         ///< likewise
    using Breakers = std::array<CircuitBreaker, kApiServices>;
    std::map<QString, Breakers> m_allBreakers;    ///< by authority of the API root
    Breakers *m_breakers = nullptr;               ///< of the root in use
    RetryPolicy m_retry;
    ResponseCache m_cache;
    ReplyDecoder m_decoder;
    StatusPublisher m_statusPublisher;

    std::unordered_map<quint64, JobPtr> m_jobs; ///< waiting or on the wire
    QHash<QString, quint64> m_shared;           ///< GET by URL → the job that others may join
    quint64 m_lastId = 0;
    quint64 m_writes = 0;                       ///< rises when a write is sent and when it ends
    quint64 m_records = 0;
    std::vector<QPointer<CallBase>> m_canceledUnsent; ///< by cancelAll(), until they are delivered: isUnsent() goes on saying so
    quint64 m_cancellations = 0;                ///< rises with cancelAll(): what is being decoded belongs to one

    QByteArray m_authorization;                 ///< header value, empty = no key
    QByteArray m_keyDigest;                     ///< of the last key there was, to tell another one from the same again
    std::optional<Error> m_keyError;            ///< the key cannot be sent in a header
    quint64 m_keySerial = 0;
    bool m_keyProven = false;                   ///< the server has accepted this key before

    std::optional<TimePoint> m_lastSuccessAt;
    std::optional<Error> m_lastError;
};

} // namespace novita
