// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace novita {

/// What went wrong, in the only terms that code may branch on (never on message text).
enum class ErrorKind {
    Network,      ///< no connection, reset, DNS, reply cut short
    Timeout,      ///< our own absolute deadline or the transfer time-out passed
    Tls,          ///< certificate or handshake refused
    Canceled,     ///< the caller withdrew the request; show nothing
    Unauthorized, ///< 401, or 403 on the first call: key missing or rejected
    Forbidden,    ///< 403 later on: the key is right, the action is not allowed
    NotFound,     ///< 404, or 400 with a *_NOT_FOUND reason
    Validation,   ///< the request is wrong; repeating it cannot help
    Conflict,     ///< "invalid state change", in use: the object is in another state than assumed
    RateLimited,  ///< 429
    Quota,        ///< limit, balance or capacity: INSUFFICIENT_RESOURCE, BALANCE_NOT_ENOUGH, CREATE_INSTANCE_LIMIT, …
    Server,       ///< 5xx
    Protocol,     ///< the answer breaks the contract: not JSON, wrong types, too large, a redirect
    BreakerOpen,  ///< refused here: the circuit breaker is open until `retryAfter` has passed
    QueueFull,    ///< refused here: the bounded request queue has no room
    Storage,      ///< disk, settings file
    Keychain,     ///< secret store missing, locked or failing
};

/// How an answer broke the contract: the finer half of ErrorKind::Protocol.
enum class ProtocolFault {
    Unreadable, ///< not JSON, or not of the types that were agreed
    TooLarge,   ///< more bytes or rows than this program reads
    TooDeep,    ///< JSON nested beyond any sense
    Redirect,   ///< a redirect, which is not followed: the key belongs to one server
};

/// Name as used in logs and the Activity page ("rate-limited"); not translated.
QString errorKindName(ErrorKind kind);

/// Why something failed. All text in it has passed `redact()`: it may be shown, logged and copied.
struct Error
{
    ErrorKind kind = ErrorKind::Network;
    ProtocolFault fault = ProtocolFault::Unreadable; ///< with ErrorKind::Protocol only
    int httpStatus = 0;             ///< 0 when no HTTP answer was read
    QString apiReason;              ///< symbolic `reason` of the API error body ("INSUFFICIENT_RESOURCE"), or empty
    QString message;                ///< one human sentence, often the server's own
    QString detail;                 ///< for the details view: JSON path, raw body excerpt, Qt error text
    std::optional<std::chrono::milliseconds> retryAfter; ///< when a later try makes sense, if known
    QString correlationId;          ///< X-Correlation-ID of the operation, empty when no request was made
    int attempts = 0;               ///< HTTP attempts made
    bool effectUnknown = false;     ///< the request reached the wire and may have taken effect (reply lost)

    /// `kind` plus message: builds an Error and passes both texts through `redact()`.
    static Error make(ErrorKind kind, const QString &message, const QString &detail = {});

    static Error protocol(ProtocolFault fault, const QString &message, const QString &detail = {});

    bool isCanceled() const { return kind == ErrorKind::Canceled; }
    /// Transport errors, time-outs and 5xx: the only failures that count for the circuit breaker and that
    /// an idempotent request may repeat.
    bool isTransient() const;
    /// One line for logs: kind, status, reason, message.
    QString toLogString() const;
};

} // namespace novita
