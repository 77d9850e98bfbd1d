// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxfaults.h"

#include "core/sandbox/sandboxrequest.h"

#include <QJsonDocument>

namespace novita {

namespace {

const QStringList kKinds{QStringLiteral("latency"), QStringLiteral("dribble"), QStringLiteral("hang"), QStringLiteral("rateLimit"), QStringLiteral("serverError"),
                         QStringLiteral("apiError"), QStringLiteral("reset"), QStringLiteral("close"), QStringLiteral("truncate"), QStringLiteral("wrongTypes"),
                         QStringLiteral("html"), QStringLiteral("replyLost"), QStringLiteral("spotReclaim"), QStringLiteral("outOfStock")};
const QStringList kNumbers{QStringLiteral("count"), QStringLiteral("probability"), QStringLiteral("ms"), QStringLiteral("status"), QStringLiteral("bytes"), QStringLiteral("noticeSeconds")};
const QStringList kTexts{QStringLiteral("kind"), QStringLiteral("operation"), QStringLiteral("path"), QStringLiteral("method"), QStringLiteral("reason"),
                         QStringLiteral("message"), QStringLiteral("instanceId"), QStringLiteral("productId")};

constexpr int kDateAheadSeconds = 7;

Error malformed(const QString &where, const QString &what)
{
    return Error::make(ErrorKind::Validation, QStringLiteral("%1: %2").arg(where, what));
}

std::optional<Error> checkMembers(const QJsonObject &json, const QString &where)
{
    for (auto it = json.begin(); it != json.end(); ++it) {
        const QString place = where + u'.' + it.key();
        if (kNumbers.contains(it.key())) {
            if (!it.value().isDouble() || it.value().toDouble() < 0)
                return malformed(place, QStringLiteral("expected a number of zero or more"));
        } else if (kTexts.contains(it.key())) {
            if (!it.value().isString())
                return malformed(place, QStringLiteral("expected a text"));
        } else if (it.key() == QLatin1String("html")) {
            if (!it.value().isBool())
                return malformed(place, QStringLiteral("expected true or false"));
        } else if (it.key() == QLatin1String("retryAfter")) {
            if (!it.value().isDouble() && it.value().toString() != QLatin1String("date"))
                return malformed(place, QStringLiteral("expected seconds or \"date\""));
        } else {
            return malformed(place, QStringLiteral("unknown member"));
        }
    }
    return {};
}

QByteArray htmlPage(int status)
{
    const QByteArray title = QByteArray::number(status) + ' ' + httpReasonPhrase(status);
    return "<html>\n<head><title>" + title + "</title></head>\n<body>\n<center><h1>" + title + "</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n";
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

Result<SandboxFault> SandboxFault::fromJson(const QJsonObject &json, const QString &where)
{
    if (const auto error = checkMembers(json, where))
        return *error;
    SandboxFault fault;
    fault.json = json;
    fault.kind = json.value(QLatin1String("kind")).toString();
    if (!kKinds.contains(fault.kind))
        return malformed(where + QStringLiteral(".kind"), QStringLiteral("expected one of %1").arg(kKinds.join(QStringLiteral(", "))));
    if (fault.kind == QLatin1String("outOfStock") && json.value(QLatin1String("productId")).toString().isEmpty())
        return malformed(where + QStringLiteral(".productId"), QStringLiteral("needed for outOfStock"));
    const int status = json.value(QLatin1String("status")).toInt(400);
    if (status < 200 || status > 599)
        return malformed(where + QStringLiteral(".status"), QStringLiteral("expected 200 to 599"));
    fault.operation = json.value(QLatin1String("operation")).toString();
    fault.method = json.value(QLatin1String("method")).toString();
    if (json.contains(QLatin1String("path"))) {
        // The wildcards are ours alone ('*' crosses slashes), so that "*/instance/*" needs no counting of segments.
        QString pattern = QRegularExpression::escape(json.value(QLatin1String("path")).toString());
        pattern.replace(QStringLiteral("\\*"), QStringLiteral(".*")).replace(QStringLiteral("\\?"), QStringLiteral("."));
        fault.path = QRegularExpression(QRegularExpression::anchoredPattern(pattern));
    }
    if (json.contains(QLatin1String("count")) && json.value(QLatin1String("count")).toInt() < 1)
        return malformed(where + QStringLiteral(".count"), QStringLiteral("expected a whole number of 1 or more"));
    fault.left = json.contains(QLatin1String("count")) ? json.value(QLatin1String("count")).toInt() : -1;
    fault.probability = json.value(QLatin1String("probability")).toDouble(1.0);
    return fault;
}

Result<QList<SandboxFault>> parseFaults(const QJsonValue &json)
{
    QList<SandboxFault> faults;
    if (json.isObject()) {
        const Result<SandboxFault> fault = SandboxFault::fromJson(json.toObject());
        if (!fault)
            return fault.error();
        return QList<SandboxFault>{*fault};
    }
    if (!json.isArray())
        return malformed(QStringLiteral("$"), QStringLiteral("expected a list of faults"));
    const QJsonArray array = json.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString where = QStringLiteral("$[%1]").arg(i);
        if (!array.at(i).isObject())
            return malformed(where, QStringLiteral("expected an object"));
        const Result<SandboxFault> fault = SandboxFault::fromJson(array.at(i).toObject(), where);
        if (!fault)
            return fault.error();
        faults.append(*fault);
    }
    return faults;
}

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
        if (fault.kind == QLatin1String("outOfStock") || fault.kind == QLatin1String("spotReclaim") || (decisive && !slows)
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
        response = apiError(fault.json.value(QLatin1String("status")).toInt(400), fault.json.value(QLatin1String("reason")).toString(),
                            fault.json.value(QLatin1String("message")).toString());
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
