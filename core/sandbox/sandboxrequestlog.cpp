// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxrequestlog.h"

namespace novita {

namespace {

constexpr qsizetype kMaxViolations = 50;
constexpr qsizetype kMaxViolationLength = 200;

} // namespace

QJsonObject SandboxRequest::toJson() const
{
    return {{QStringLiteral("number"), number},
            {QStringLiteral("time"), qint64(time.time_since_epoch().count())},
            {QStringLiteral("method"), method},
            {QStringLiteral("path"), path},
            {QStringLiteral("query"), query},
            {QStringLiteral("body"), body.isUndefined() ? QJsonValue(QJsonValue::Null) : body},
            {QStringLiteral("authorization"), authorization},
            {QStringLiteral("userAgent"), userAgent},
            {QStringLiteral("correlationId"), correlationId},
            {QStringLiteral("operation"), operation},
            {QStringLiteral("violations"), QJsonArray::fromStringList(violations)},
            {QStringLiteral("fault"), fault},
            {QStringLiteral("status"), status}};
}

void SandboxRequestLog::append(SandboxRequest request)
{
    request.number = ++m_lastNumber;
    // Their number and length come from the client.
    if (request.violations.size() > kMaxViolations) {
        const qsizetype more = request.violations.size() - kMaxViolations;
        request.violations.resize(kMaxViolations);
        request.violations.append(QStringLiteral("and %1 more").arg(more));
    }
    for (QString &violation : request.violations) {
        if (violation.size() > kMaxViolationLength)
            violation = violation.left(kMaxViolationLength) + u'…';
    }
    if (m_requests.size() >= m_capacity)
        m_requests.removeFirst();
    m_requests.append(std::move(request));
}

void SandboxRequestLog::clear()
{
    m_requests.clear();
}

QStringList SandboxRequestLog::violations() const
{
    QStringList all;
    for (const SandboxRequest &request : m_requests) {
        for (const QString &violation : request.violations)
            all.append(QStringLiteral("%1: %2").arg(request.operation.isEmpty() ? request.path : request.operation, violation));
    }
    return all;
}

QJsonArray SandboxRequestLog::toJson() const
{
    QJsonArray array;
    for (const SandboxRequest &request : m_requests)
        array.append(request.toJson());
    return array;
}

} // namespace novita
