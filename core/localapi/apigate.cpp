// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apigate.h"

#include "core/base/constanttime.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace novita {

namespace {

QByteArray digestOf(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

/// "localhost:8788", "127.0.0.1:8788", "[::1]:8788".
bool isLoopbackAuthority(const QByteArray &authority, quint16 port)
{
    const QByteArray end = ':' + QByteArray::number(port);
    if (!authority.endsWith(end))
        return false;
    const QByteArray name = authority.chopped(end.size()).toLower();
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

/// The token of `Authorization: Bearer …`; null when the field is missing, stands there twice or is of another form.
QByteArray bearerToken(const HttpHeaders &headers)
{
    constexpr QByteArrayView kScheme("bearer ");
    if (headers.count("Authorization") != 1)
        return {};
    const QByteArray value = headers.value("Authorization").trimmed();
    return value.left(kScheme.size()).toLower() == kScheme ? value.mid(kScheme.size()).trimmed() : QByteArray();
}

} // namespace

bool ApiGate::isToken(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Za-z0-9._~+/-]+=*\\z"));
    return text.size() >= kShortestToken && text.size() <= kLongestToken && form.match(text).hasMatch();
}

void ApiGate::setToken(const QByteArray &token)
{
    const std::lock_guard lock(m_mutex);
    m_digest = token.isEmpty() ? QByteArray() : digestOf(token);
}

void ApiGate::setPort(quint16 port)
{
    const std::lock_guard lock(m_mutex);
    m_port = port;
}

bool ApiGate::isRight(const QByteArray &token) const
{
    const QByteArray given = digestOf(token);
    const std::lock_guard lock(m_mutex);
    return !m_digest.isEmpty() && equalInConstantTime(given, m_digest);
}

std::optional<ApiProblem> ApiGate::refusal(const HttpRequest &head)
{
    const quint16 port = [this] {
        const std::lock_guard lock(m_mutex);
        return m_port;
    }();
    if (!isLoopbackAuthority(head.headers.value("Host"), port))
        return ApiProblem::make(403, "HOST_REFUSED", QStringLiteral("Host must be 127.0.0.1, localhost or [::1], with port %1.").arg(port));
    for (const HttpHeaders::Field &field : head.headers.fields()) {
        if (field.name.compare("Origin", Qt::CaseInsensitive) != 0)
            continue;
        if (!field.value.startsWith("http://") || !isLoopbackAuthority(field.value.mid(7), port))
            return ApiProblem::make(403, "ORIGIN_REFUSED", QStringLiteral("Web pages are not served: there is no access from another origin."));
    }
    const QByteArray token = bearerToken(head.headers);
    if (token.isEmpty())
        return ApiProblem::make(401, "UNAUTHORIZED", QStringLiteral("Send the token: Authorization: Bearer TOKEN."));
    if (isRight(token))
        return std::nullopt;
    if (const Milliseconds wait = m_limiter.take(head.peer, m_clock.steadyNow()); wait > Milliseconds(0)) {
        ApiProblem problem = ApiProblem::make(429, "TOO_MANY_WRONG_TOKENS", QStringLiteral("Too many wrong tokens."));
        problem.retryAfter = wait;
        return problem;
    }
    return ApiProblem::make(401, "INVALID_TOKEN", QStringLiteral("The token is wrong."));
}

} // namespace novita
