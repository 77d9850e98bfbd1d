// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/httpmessage.h"
#include "core/sandbox/sandboxrandom.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <optional>

namespace novita {

/// One thing that goes wrong. As JSON:
///
///     {"kind": "rateLimit", "operation": "listInstances", "count": 3, "retryAfter": 7}
///
/// Which requests: `operation` (operationId of the contract), `path` ("*/gpu/*", glob over the whole path), `method`; all
/// that are given must fit. How often: `count` (the next n that fit; absent: for ever), `probability` (0-1, seeded).
/// Members that a kind does not have, unknown operations and numbers out of range are refused.
///
/// kind           more members                        what happens
/// latency        ms (to 600000)                      the answer comes so much later
/// dribble        ms (to 600000)                      the answer comes byte by byte, so many ms apart
/// hang                                               no answer, the connection stays open (10 minutes, or until room is
///                                                    needed for others); nothing takes effect
/// rateLimit      retryAfter (seconds | "date")       429 RATE_LIMIT_EXCEEDED; "date" sends an HTTP date, 7 s ahead
/// serverError    status (500-599), html (true)       5xx with an HTML page, or an error envelope
/// apiError       status (400-599), reason, message   the cloud's own refusal; without a status that of the reason, else 400
/// reset                                              TCP reset; nothing takes effect
/// close                                              the connection is closed without an answer; nothing takes effect
/// truncate       bytes (half)                        the JSON stops in the middle, Content-Length is that of the whole
/// wrongTypes                                         JSON whose values are of other types than they should be
/// html                                               200 with an HTML page
/// replyLost                                          it takes effect, then the connection is closed without an answer
/// spotReclaim    instanceId (any), noticeSeconds     at once, not by request: a spot instance is called back
/// outOfStock     productId                           as long as it is there, nothing of this product is free
/// taskFailed     reason                              the job that the request starts will fail, for this reason
/// retired        endpoint, status (404 | 403)        as long as it is there, this endpoint of the table, all ("*") or those whose last
///                                                    day is over ("dated") answer API_NOT_FOUND, or API_NOT_ALLOWED with 403
/// endpointLimits                                     as long as it is there, the limits per minute of the table are kept to
struct SandboxFault
{
    QJsonObject json;
    QString kind;
    QString operation;
    QString method;
    std::optional<QRegularExpression> path;
    bool byRequest = true; ///< played when a request comes; else it holds as long as it is there, or happens at once
    int left = -1; ///< -1: for ever
    double probability = 1.0;

    static Result<SandboxFault> fromJson(const QJsonObject &json, const QString &where = QStringLiteral("$"));
};

/// The faults in force. Not thread-safe.
class SandboxFaults
{
public:
    explicit SandboxFaults(quint64 seed) : m_random(seededRandom(seed)) {}

    void add(const SandboxFault &fault) { m_faults.append(fault); }
    qsizetype size() const { return m_faults.size(); }
    void clear() { m_faults.clear(); }
    QJsonArray toJson() const;
    /// Faults that this request meets, in order: all latencies and at most one of the others. Uses up their counts.
    QList<SandboxFault> take(const QString &operation, const HttpRequest &request);
    QSet<QString> outOfStock() const; ///< product ids
    QList<SandboxFault> ofKind(QLatin1String kind) const;

private:
    QList<SandboxFault> m_faults;
    QRandomGenerator64 m_random;
};

/// A list of at most 1000 faults, or one alone. The message names the place: "$[2].ms: needed for latency".
Result<QList<SandboxFault>> parseFaults(const QJsonValue &json);

/// The answer that takes the place of one that was never made, for kinds that keep a request from taking effect.
std::optional<HttpResponse> faultBefore(const SandboxFault &fault, std::chrono::sys_seconds now);
/// Spoils an answer that was made.
void faultAfter(const SandboxFault &fault, HttpResponse &response);

} // namespace novita
