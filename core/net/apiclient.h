// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clientstatus.h"
#include "core/base/jsonreader.h"
#include "core/net/apiclientconfig.h"
#include "core/net/apireply.h"
#include "core/net/apirequest.h"
#include "core/net/replyhandler.h"

#include <QObject>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace novita {

class RequestPipeline;

/// The way to the cloud: RequestQueue → CircuitBreaker → RateLimiter → HttpTransport, with retry around it, cache in front.
///
/// - Bounded queue, `maxInFlight` on the wire, priorities interactive > poll > bulk, of which bulk has a share of the limiter only (RequestPriority); identical GETs that wait or fly are
///   shared, but never one that was sent before a write of ours.
/// - Every attempt takes a limiter token. A retry gives its slot back while it waits and keeps its X-Correlation-ID
///   (the attempt number goes into X-Attempt).
/// - Paused while no key is set: requests wait. `setKey()` lets them go.
/// - While the breaker of its ApiService is open a request is refused at once with ErrorKind::BreakerOpen and `retryAfter`.
/// - The key travels as `Authorization: Bearer` to the configured origin only; redirects are errors.
/// - A 2xx with an empty body is a success with undefined `json`. Errors: see ErrorKind; `effectUnknown` is set when an
///   attempt of a write was on the wire and no complete, usable answer to it came back (also a 5xx other than 501, and a
///   2xx that cannot be decoded): whatever a later attempt was told, the earlier one may have taken effect.
///
/// Owner: composition root. Thread: the one that made it (UI thread); never blocks. Bodies over 64 KiB are parsed and
/// decoded in a worker thread.
class ApiClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiClient)

public:
    /// `random` yields values in [0, 1): jitter. `network` must outlive the client (tests pass a fake), is configured by
    /// it (proxy, redirects) and shared with nobody.
    ApiClient(QNetworkAccessManager &network, const Clock &clock, std::function<double()> random, QObject *parent = nullptr);
    ~ApiClient() override;

    /// Takes effect for everything that is sent from now on. What is on the wire goes on.
    void setConfig(const ApiClientConfig &config);
    const ApiClientConfig &config() const;

    /// An empty key pauses the queue. A changed key empties the cache. When another key than the last one follows, writes
    /// that still wait end as ErrorKind::Conflict: they were meant for the account of that one. The value is registered with
    /// redact() and never copied elsewhere.
    void setKey(const QString &key);
    bool hasKey() const;

    /// Carries out `request`. The call belongs to the client.
    Call<ApiReply> *send(const ApiRequest &request);

    /// `send()` and decode: `decode(const QJsonValue &, DecodeLog &) -> T`. A fatal entry in the log turns the result into
    /// that error; warnings are logged under "cloud". The decoder sees an undefined value for an empty body. It must be
    /// pure, own what it captures and be ready to run in a worker thread.
    template<typename T>
    Call<T> *call(const ApiRequest &request, std::function<T(const QJsonValue &, DecodeLog &)> decode)
    {
        return callForReply<T>(request, [decode = std::move(decode)](const ApiReply &reply, DecodeLog &log) {
            return decode(reply.json, log);
        });
    }

    /// As `call()`, for a decoder that looks at more of the reply than its JSON.
    template<typename T>
    Call<T> *callForReply(const ApiRequest &request, std::function<T(const ApiReply &, DecodeLog &)> decode)
    {
        auto *out = Call<T>::create(this);
        auto decodeReply = [out = QPointer<Call<T>>(out), decode = std::move(decode), operation = request.operation,
                            write = request.isWrite()](const ApiReply &reply) -> std::function<void()> {
            DecodeLog log;
            auto value = std::make_shared<T>(decode(reply, log));
            reportWarnings(operation, log);
            if (log.fatal) {
                log.fatal->httpStatus = reply.httpStatus;
                log.fatal->correlationId = reply.correlationId;
                log.fatal->effectUnknown = write;
                return [out, error = *log.fatal] {
                    if (out)
                        out->resolve(error);
                };
            }
            return [out, value] {
                if (out)
                    out->resolve(std::move(*value));
            };
        };
        start(request, out, {std::move(decodeReply), [out = QPointer<Call<T>>(out)](const Error &error) {
                                 if (out)
                                     out->resolve(error);
                             }});
        return out;
    }

    /// Nothing of the request of `call`, one of this client's, is on the wire or may have taken effect: to cancel the call takes it back for good.
    bool isUnsent(const CallBase &call) const;

    /// Ends every request, queued or flying, as Canceled, and empties the cache: a profile switch.
    void cancelAll();
    void invalidateCache(const QString &kind); ///< empty = everything

    /// Lets one probe through an open breaker at once ("try now"): the next request that is sent.
    void tryNow();

    /// Looks at the clock again at once instead of when the timer fires: after a resume from sleep, and in tests.
    void recheck();

    ClientStatus status() const;

signals:
    /// The status changed; at most 10 times a second, and always once more after the last change.
    void statusChanged(const novita::ClientStatus &status);
    void requestFinished(const novita::RequestRecord &record);
    /// A request was answered 401, or 403 on the first call of this key: the key is missing or wrong.
    void keyRejected(const novita::Error &error);

private:
    void start(const ApiRequest &request, CallBase *call, ReplyHandler handler);
    static void reportWarnings(const QString &operation, const DecodeLog &log);

    std::unique_ptr<RequestPipeline> m_pipeline;
};

} // namespace novita
