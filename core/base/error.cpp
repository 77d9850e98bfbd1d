// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include "core/base/redact.h"

namespace novita {

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network: return QStringLiteral("network");
    case ErrorKind::Timeout: return QStringLiteral("timeout");
    case ErrorKind::Tls: return QStringLiteral("tls");
    case ErrorKind::Canceled: return QStringLiteral("canceled");
    case ErrorKind::Unauthorized: return QStringLiteral("unauthorized");
    case ErrorKind::Forbidden: return QStringLiteral("forbidden");
    case ErrorKind::NotFound: return QStringLiteral("not-found");
    case ErrorKind::Validation: return QStringLiteral("validation");
    case ErrorKind::Conflict: return QStringLiteral("conflict");
    case ErrorKind::RateLimited: return QStringLiteral("rate-limited");
    case ErrorKind::Quota: return QStringLiteral("quota");
    case ErrorKind::Server: return QStringLiteral("server");
    case ErrorKind::Protocol: return QStringLiteral("protocol");
    case ErrorKind::BreakerOpen: return QStringLiteral("breaker-open");
    case ErrorKind::QueueFull: return QStringLiteral("queue-full");
    case ErrorKind::Storage: return QStringLiteral("storage");
    case ErrorKind::Keychain: return QStringLiteral("keychain");
    }
    Q_UNREACHABLE();
}

Error Error::make(ErrorKind kind, const QString &message, const QString &detail)
{
    Error error;
    error.kind = kind;
    error.message = redact(message);
    error.detail = redact(detail);
    return error;
}

Error Error::protocol(ProtocolFault fault, const QString &message, const QString &detail)
{
    Error error = make(ErrorKind::Protocol, message, detail);
    error.fault = fault;
    return error;
}

bool Error::isTransient() const
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Server;
}

QString Error::toLogString() const
{
    QString text = errorKindName(kind);
    if (httpStatus != 0)
        text += QStringLiteral(" http=%1").arg(httpStatus);
    if (!apiReason.isEmpty())
        text += QStringLiteral(" reason=") + apiReason;
    if (!message.isEmpty())
        text += QStringLiteral(": ") + message;
    return text;
}

} // namespace novita
