// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apianswer.h"

#include "core/base/isotime.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace novita {

namespace {

using L1 = QLatin1String;

struct Meaning
{
    int status;
    const char *code;
    bool retryable;
};

Meaning meaningOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Tls: return {502, "NETWORK_ERROR", true};
    case ErrorKind::Timeout: return {504, "TIMEOUT", true};
    case ErrorKind::Canceled: return {503, "CANCELED", true};
    case ErrorKind::Unauthorized: return {502, "AUTHENTICATION_FAILED", false};
    case ErrorKind::Forbidden: return {403, "ACCESS_FORBIDDEN", false};
    case ErrorKind::NotFound: return {404, "NOT_FOUND", false};
    case ErrorKind::Validation: return {422, "VALIDATION_ERROR", false};
    case ErrorKind::Conflict: return {409, "RESOURCE_CONFLICT", false};
    case ErrorKind::RateLimited: return {429, "RATE_LIMITED", true};
    case ErrorKind::Quota: return {409, "RESOURCE_CONSTRAINTS", true};
    case ErrorKind::Server: return {502, "SERVER_ERROR", true};
    case ErrorKind::Protocol: return {502, "INVALID_RESPONSE", false};
    case ErrorKind::BreakerOpen: return {503, "CIRCUIT_BREAKER_OPEN", true};
    case ErrorKind::QueueFull: return {503, "QUEUE_FULL", true};
    case ErrorKind::Storage: return {503, "STORAGE_ERROR", true};
    case ErrorKind::Keychain: return {500, "KEYCHAIN_ERROR", false};
    }
    return {500, "INTERNAL_ERROR", false};
}

qint64 wholeSeconds(Milliseconds time)
{
    return std::max<qint64>(1, std::chrono::ceil<Seconds>(time).count());
}

void addCommonFields(HttpResponse &response, const QString &requestId)
{
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("X-Request-Id", requestId.toLatin1());
}

QJsonArray fieldsJson(const QList<ApiFieldProblem> &fields)
{
    QJsonArray out;
    for (const ApiFieldProblem &problem : fields) {
        QJsonObject one{{L1("field"), problem.field}, {L1("message"), problem.message}};
        if (!problem.value.isUndefined())
            one.insert(L1("value"), problem.value);
        out.append(one);
    }
    return out;
}

} // namespace

ApiProblem ApiProblem::make(int status, const char *code, const QString &message)
{
    ApiProblem problem;
    problem.status = status;
    problem.code = QString::fromLatin1(code);
    problem.message = message;
    return problem;
}

ApiProblem apiProblemOf(const Error &error)
{
    const Meaning meaning = meaningOf(error);
    ApiProblem problem = ApiProblem::make(meaning.status, meaning.code, error.message);
    problem.retryable = meaning.retryable && !error.effectUnknown;
    problem.retryAfter = error.retryAfter;
    problem.correlationId = error.correlationId;
    if (!error.effectUnknown)
        return problem;
    problem.status = 504;
    problem.code = QStringLiteral("OUTCOME_UNKNOWN");
    problem.message += QStringLiteral(" Whether the request took effect is not known: look before you ask again.");
    return problem;
}

HttpResponse apiAnswer(int status, const QJsonValue &value, const QString &requestId)
{
    HttpResponse response = HttpResponse::json(status, value);
    addCommonFields(response, requestId);
    return response;
}

HttpResponse apiText(const QByteArray &text, const QByteArray &contentType, const QString &requestId)
{
    HttpResponse response = HttpResponse::text(200, text, contentType);
    addCommonFields(response, requestId);
    return response;
}

HttpResponse apiFailure(const ApiProblem &problem, const QString &requestId, TimePoint now)
{
    QJsonObject error{{L1("code"), problem.code}, {L1("message"), problem.message}, {L1("timestamp"), isoTime(now)}, {L1("requestId"), requestId}};
    if (!problem.correlationId.isEmpty())
        error.insert(L1("correlationId"), problem.correlationId);
    if (!problem.fields.isEmpty())
        error.insert(L1("validationErrors"), fieldsJson(problem.fields));
    if (problem.retryable)
        error.insert(L1("retryable"), *problem.retryable);
    if (problem.retryAfter)
        error.insert(L1("retryAfter"), wholeSeconds(*problem.retryAfter));
    HttpResponse response = apiAnswer(problem.status, QJsonObject{{L1("error"), error}}, requestId);
    if (problem.retryAfter)
        response.headers.set("Retry-After", QByteArray::number(wholeSeconds(*problem.retryAfter)));
    return response;
}

QJsonValue apiMoney(Money amount)
{
    return amount.toPlainString().toDouble();
}

} // namespace novita
