// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clientstatus.h"
#include "core/base/jsonreader.h"
#include "core/net/apirequest.h"

#include <QJsonValue>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace novita {

/// Everything about the client that a profile or the settings decide. A value; ranges are enforced by the settings layer.
struct ApiClientConfig
{
    QUrl apiRoot = QUrl(QStringLiteral("https://api.novita.ai")); ///< https, or http to a loopback host; no trailing '/'
    int maxInFlight = 4;             ///< 1-16
    int maxQueued = 20000;           ///< requests that may wait; one more is ErrorKind::QueueFull
    int limiterCapacity = 100;       ///< attempts per sliding window
    Milliseconds limiterWindow{60000};
    int breakerFailures = 5;         ///< consecutive transient failures that open it
    Milliseconds breakerOpenFor{60000};
    int breakerSuccesses = 3;        ///< probe successes that close it
    int maxRetries = 3;              ///< further attempts after the first
    Milliseconds retryBase{1000};
    Milliseconds retryCap{30000};
    Milliseconds timeout{30000};     ///< absolute, per attempt
    qint64 maxReplyBytes = 16 * 1024 * 1024; ///< decompressed
    QString proxyUrl;                ///< "" = environment, "none" = direct, else http:// or socks5:// URL
    QString caFile;                  ///< PEM file added to the system's CAs, or empty
};

/// Answer of one request after the pipeline, before decoding.
struct ApiReply
{
    int httpStatus = 0;
    QJsonValue json;       ///< undefined when the body was empty
    QString correlationId;
    bool fromCache = false;
    TimePoint receivedAt{}; ///< when the server answered; in the past for a cache hit
};

/// The way to the cloud: RequestQueue → CircuitBreaker → RateLimiter → HttpTransport, with retry around it, cache in front.
///
/// - Bounded queue, `maxInFlight` on the wire, priorities interactive > poll > bulk; identical GETs that wait or fly are shared.
/// - Every attempt takes a limiter token. A retry gives its slot back while it waits and keeps its X-Correlation-ID
///   (the attempt number goes into X-Attempt).
/// - Paused while no key is set: requests wait. `setKey()` lets them go.
/// - The key travels as `Authorization: Bearer` to the configured origin only; redirects are errors.
/// - A 2xx with an empty body is a success with undefined `json`. Errors: see ErrorKind; `effectUnknown` is set when a
///   non-idempotent request was on the wire and no complete answer came back.
///
/// Owner: composition root. Thread: the one that made it (UI thread); never blocks.
class ApiClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiClient)

public:
    /// `random` yields values in [0, 1): jitter. `network` must outlive the client (tests pass a fake).
    ApiClient(QNetworkAccessManager &network, const Clock &clock, std::function<double()> random, QObject *parent = nullptr);
    ~ApiClient() override;

    void setConfig(const ApiClientConfig &config);
    const ApiClientConfig &config() const;

    /// An empty key pauses the queue. The value is registered with redact() and never copied elsewhere.
    void setKey(const QString &key);
    bool hasKey() const;

    /// Carries out `request`. The call belongs to the client.
    Call<ApiReply> *send(const ApiRequest &request);

    /// `send()` and decode: `decode(const QJsonValue &, DecodeLog &) -> T`. A fatal entry in the log turns the result into
    /// that error; warnings are logged under "cloud". The decoder sees an undefined value for an empty body.
    template<typename T>
    Call<T> *call(const ApiRequest &request, std::function<T(const QJsonValue &, DecodeLog &)> decode)
    {
        auto *out = Call<T>::create(this);
        auto *in = send(request);
        out->setCanceler([guard = QPointer<CallBase>(in)] {
            if (guard)
                guard->cancel();
        });
        QObject::connect(in, &CallBase::retryScheduled, out, &CallBase::retryScheduled);
        in->onFinished(out, [this, out, decode = std::move(decode), operation = request.operation](const Result<ApiReply> &reply) {
            if (!reply) {
                out->resolve(reply.error());
                return;
            }
            DecodeLog log;
            T value = decode(reply->json, log);
            reportWarnings(operation, log);
            if (log.fatal) {
                log.fatal->httpStatus = reply->httpStatus;
                log.fatal->correlationId = reply->correlationId;
                out->resolve(*log.fatal);
            } else {
                out->resolve(std::move(value));
            }
        });
        return out;
    }

    /// Ends every request, queued or flying, as Canceled, and empties the cache: a profile switch.
    void cancelAll();
    void invalidateCache(const QString &kind); ///< empty = everything

    /// Lets one probe through an open breaker at once ("try now").
    void tryNow();

    ClientStatus status() const;

signals:
    /// The status changed; at most 10 times a second.
    void statusChanged(const novita::ClientStatus &status);
    void requestFinished(const novita::RequestRecord &record);
    /// A request was answered 401, or 403 on the first call of this key: the key is missing or wrong.
    void keyRejected(const novita::Error &error);

private:
    void reportWarnings(const QString &operation, const DecodeLog &log) const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
