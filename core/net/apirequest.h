// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <optional>

namespace novita {

enum class HttpMethod { Get, Post, Put, Delete };

/// Order of service in the request queue. Interactive: somebody waits. Poll: refreshes nobody asked for. Bulk: what there may be a thousand of, such as the
/// jobs of a queue: it leaves two of five tokens of the limiter to the others.
enum class RequestPriority { Interactive, Poll, Bulk };

/// Which prefix below the API root a path hangs off (gpu-notes section 2).
enum class ApiArea {
    Gpu,  ///< {root}/gpu-instance/openapi + "/v1/…"
    Root, ///< {root} + "/openapi/v1/…", "/v3/…", "/openai/v1/…"
};

/// May an answer be served from memory, and for how long? Only 200 answers to GET are ever kept.
struct CachePolicy
{
    QString kind;        ///< group for invalidation: "products", "templates", "instances"; empty = never cached
    Milliseconds ttl{0}; ///< age up to which the kept answer is served; 0 = always ask, but keep
    bool bypass = false; ///< ask the server whatever is kept (F5), and keep the new answer
};

/// One request to the cloud, complete but for host and key. A value; services build it, ApiClient carries it out.
struct ApiRequest
{
    QString operation;   ///< operationId of the contract file: "listInstances"
    HttpMethod method = HttpMethod::Get;
    ApiArea area = ApiArea::Gpu;
    QString path;        ///< begins with '/', unencoded: "/v1/gpu/instances"
    QUrlQuery query;
    std::optional<QJsonObject> body; ///< sent as JSON; a POST without body sends "{}" never: it sends Content-Length 0
    RequestPriority priority = RequestPriority::Interactive;
    /// Repeating it cannot do more than doing it once: such requests retry on transport errors, time-outs and 5xx.
    /// Default: true for GET. A 429 is retried for every request, since a refused request had no effect.
    std::optional<bool> idempotent;
    CachePolicy cache;
    QStringList invalidates;        ///< cache kinds that a success of this request makes stale
    std::optional<Milliseconds> timeout; ///< absolute deadline per attempt; default from the settings (30 s)
    std::optional<qint64> maxReplyBytes; ///< of the decompressed answer; default from the settings (16 MiB)
    /// Takes a 2xx answer piece by piece as it comes; the reply then has no body. Never called for other answers, which are told as
    /// errors. `timeout` goes for the whole of it. Called in the client's thread, not after the call is settled or canceled.
    std::function<void(const QByteArray &)> onBytes;
    bool sensitiveReply = false;    ///< the answer holds secrets: never cached, no excerpt of it in errors

    bool isWrite() const { return method != HttpMethod::Get; }
    bool isIdempotent() const { return idempotent.value_or(method == HttpMethod::Get); }
};

QString toString(HttpMethod method); ///< "GET", …

/// Where `request` goes below `root` (which may have a path of its own). Path and query are percent-encoded, '+' too.
QUrl requestUrl(const QUrl &root, const ApiRequest &request);

} // namespace novita
