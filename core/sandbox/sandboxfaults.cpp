// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxfaults.h"

#include "core/sandbox/sandboxrequest.h"

#include <QHash>
#include <QJsonDocument>

namespace novita {

namespace {

constexpr int kDateAheadSeconds = 7;

QByteArray htmlPage(int status)
{
    const QByteArray title = QByteArray::number(status) + ' ' + httpReasonPhrase(status);
    return "<html>\n<head><title>" + title + "</title></head>\n<body>\n<center><h1>" + title + "</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n";
}

/// What the contract answers with, of the reasons that are not 400.
int statusOfReason(const QString &reason)
{
    static const QHash<QString, int> statuses{
        {QStringLiteral("FAILED_TO_AUTH"), 401}, {QStringLiteral("ACCESS_DENY"), 403}, {QStringLiteral("API_NOT_ALLOWED"), 403}, {QStringLiteral("BILLING_AUTH_FAILED"), 403},
        {QStringLiteral("FEATURE_NOT_ALLOWED"), 403}, {QStringLiteral("INVALID_API_KEY"), 403}, {QStringLiteral("NEED_REAL_NAME_VERIFY"), 403},
        {QStringLiteral("NOT_ENOUGH_BALANCE"), 403}, {QStringLiteral("API_NOT_FOUND"), 404}, {QStringLiteral("MODEL_NOT_FOUND"), 404}, {QStringLiteral("TASK_NOT_FOUND"), 404},
        {QStringLiteral("LIST_BILL_TOO_FAST"), 429}, {QStringLiteral("RATE_LIMIT_EXCEEDED"), 429}, {QStringLiteral("TOKEN_LIMIT_EXCEEDED"), 429},
        {QStringLiteral("BILLING_FAILED"), 500}, {QStringLiteral("CREATE_TASK_FAILED"), 500}, {QStringLiteral("GET_RESULT_FAILED"), 500},
        {QStringLiteral("LIST_BILL_ERROR"), 500}, {QStringLiteral("TASK_FAILED"), 500}, {QStringLiteral("SERVICE_NOT_AVAILABLE"), 503}};
    return statuses.value(reason, 400);
}

/// Every value becomes one of another type, deterministically.
QJsonValue spoil(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object: {
        QJsonObject spoiled;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            spoiled.insert(it.key(), it.value().isArray() && !it.value().toArray().isEmpty() && it.value().toArray().first().isObject()
                                         ? QJsonValue(QJsonArray{spoil(it.value().toArray().first()), 7, QStringLiteral("row")})
                                         : spoil(it.value()));
        return spoiled;
    }
    case QJsonValue::Array: return QStringLiteral("not an array");
    case QJsonValue::String: return QJsonObject{{QStringLiteral("text"), value}};
    case QJsonValue::Double: return QJsonArray{value};
    case QJsonValue::Bool: return QStringLiteral("perhaps");
    default: return 12.5;
    }
}

QJsonValue parsed(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

QJsonArray SandboxFaults::toJson() const
{
    QJsonArray array;
    for (const SandboxFault &fault : m_faults) {
        QJsonObject json = fault.json;
        if (fault.left >= 0)
            json.insert(QStringLiteral("count"), fault.left);
        array.append(json);
    }
    return array;
}

QList<SandboxFault> SandboxFaults::take(const QString &operation, const HttpRequest &request)
{
    QList<SandboxFault> met;
    bool decisive = false;
    for (SandboxFault &fault : m_faults) {
        const bool slows = fault.kind == QLatin1String("latency") || fault.kind == QLatin1String("dribble");
        if (!fault.byRequest || (decisive && !slows)
            || (!fault.operation.isEmpty() && fault.operation != operation)
            || (!fault.method.isEmpty() && fault.method.compare(QLatin1String(request.method), Qt::CaseInsensitive) != 0)
            || (fault.path && !fault.path->match(request.path).hasMatch()))
            continue;
        if (fault.probability < 1.0 && m_random.generateDouble() >= fault.probability)
            continue;
        met.append(fault);
        decisive = decisive || !slows;
        if (fault.left > 0)
            --fault.left;
    }
    m_faults.removeIf([](const SandboxFault &fault) { return fault.left == 0; });
    return met;
}

QSet<QString> SandboxFaults::outOfStock() const
{
    QSet<QString> ids;
    for (const SandboxFault &fault : m_faults) {
        if (fault.kind == QLatin1String("outOfStock"))
            ids.insert(fault.json.value(QLatin1String("productId")).toString());
    }
    return ids;
}

QList<SandboxFault> SandboxFaults::ofKind(QLatin1String kind) const
{
    QList<SandboxFault> found;
    for (const SandboxFault &fault : m_faults) {
        if (fault.kind == kind)
            found.append(fault);
    }
    return found;
}

std::optional<HttpResponse> faultBefore(const SandboxFault &fault, std::chrono::sys_seconds now)
{
    HttpResponse response;
    if (fault.kind == QLatin1String("hang")) {
        response.fault.end = ResponseFault::End::Never;
    } else if (fault.kind == QLatin1String("reset")) {
        response.fault.end = ResponseFault::End::Reset;
    } else if (fault.kind == QLatin1String("close")) {
        response.fault.end = ResponseFault::End::Close;
    } else if (fault.kind == QLatin1String("rateLimit")) {
        response = apiError(429, QStringLiteral("RATE_LIMIT_EXCEEDED"), QStringLiteral("rate limit exceeded"));
        const QJsonValue after = fault.json.value(QLatin1String("retryAfter"));
        if (after.isString())
            response.headers.append("Retry-After", httpDate(now + Seconds(kDateAheadSeconds)));
        else if (after.isDouble())
            response.headers.append("Retry-After", QByteArray::number(after.toInteger()));
    } else if (fault.kind == QLatin1String("serverError")) {
        const int status = fault.json.value(QLatin1String("status")).toInt(500);
        response = fault.json.value(QLatin1String("html")).toBool(true) ? HttpResponse::text(status, htmlPage(status), "text/html")
                                                                        : apiError(status, QStringLiteral("UNKNOWN"), QStringLiteral("unknown error"));
    } else if (fault.kind == QLatin1String("apiError")) {
        const QString reason = fault.json.value(QLatin1String("reason")).toString();
        response = apiError(fault.json.value(QLatin1String("status")).toInt(statusOfReason(reason)), reason, fault.json.value(QLatin1String("message")).toString());
    } else {
        return {};
    }
    return response;
}

void faultAfter(const SandboxFault &fault, HttpResponse &response)
{
    const std::chrono::milliseconds pause(fault.json.value(QLatin1String("ms")).toInteger());
    if (fault.kind == QLatin1String("latency")) {
        response.fault.delay += pause;
    } else if (fault.kind == QLatin1String("dribble")) {
        response.fault.delayPerByte = pause;
    } else if (fault.kind == QLatin1String("truncate")) {
        response.fault.truncateAt = fault.json.value(QLatin1String("bytes")).toInteger(response.body.size() / 2);
        // Compressed, a cut body would be no text at all: the fault is about JSON that stops.
        response.headers.set("Content-Encoding", "identity");
    } else if (fault.kind == QLatin1String("wrongTypes")) {
        response.body = jsonText(spoil(parsed(response.body)));
    } else if (fault.kind == QLatin1String("html")) {
        response = HttpResponse::text(200, htmlPage(200), "text/html");
    } else if (fault.kind == QLatin1String("replyLost")) {
        response.fault.end = ResponseFault::End::Close;
    }
}

} // namespace novita
