// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/money.h"
#include "core/http/httpmessage.h"

#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// What is wrong with one member of a request.
struct ApiFieldProblem
{
    QString field;   ///< its name in the request; empty: the whole
    QString message;
    QJsonValue value{QJsonValue::Undefined}; ///< as it was sent; undefined where it may be secret
};

/// Why a request to the local API is not done. A value.
struct ApiProblem
{
    int status = 500;
    QString code;    ///< "NOT_FOUND": what programs branch on; never changes
    QString message; ///< one sentence
    QList<ApiFieldProblem> fields;
    std::optional<bool> retryable; ///< the same request may succeed later
    std::optional<Milliseconds> retryAfter;
    QString correlationId; ///< of the request to the cloud, where there was one

    static ApiProblem make(int status, const char *code, const QString &message);
};

/// What the failure of a workflow means to whoever asked for it by HTTP.
ApiProblem apiProblemOf(const Error &error);

/// `value` with the fields that every answer of the local API carries: never cached, never guessed at, with the id of the request.
HttpResponse apiAnswer(int status, const QJsonValue &value, const QString &requestId);
HttpResponse apiText(const QByteArray &text, const QByteArray &contentType, const QString &requestId);
/// {"error": {code, message, timestamp, requestId, correlationId?, validationErrors?, retryable?, retryAfter?}}, and Retry-After in seconds.
HttpResponse apiFailure(const ApiProblem &problem, const QString &requestId, TimePoint now);

/// An amount in USD as a JSON number; only to be shown, never to be counted with.
QJsonValue apiMoney(Money amount);

} // namespace novita
