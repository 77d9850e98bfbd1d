// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/connectionstate.h"

namespace novita {

namespace {

/// How far one failed request speaks against the connection itself.
ConnectionState afterError(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Tls: return ConnectionState::Offline;
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::Protocol:
    case ErrorKind::QueueFull: return ConnectionState::Degraded;
    default: return ConnectionState::Connected; // the cloud answered; the request was at fault
    }
}

} // namespace

ConnectionState connectionState(const ConnectionFacts &facts, const ClientStatus &status, TimePoint now)
{
    if (!facts.hasProfile)
        return ConnectionState::NoProfile;
    if (facts.keyRejected)
        return ConnectionState::KeyRejected;
    if (!facts.hasKey)
        return facts.lookingForKey ? ConnectionState::Connecting : ConnectionState::NoKey;
    if (status.pausedUntil && *status.pausedUntil > now)
        return ConnectionState::RateLimited;
    if (status.breaker == BreakerState::Open)
        return ConnectionState::BreakerOpen;
    if (status.breaker == BreakerState::HalfOpen)
        return ConnectionState::Degraded;
    if (status.lastError)
        return afterError(status.lastError->kind);
    return status.lastSuccessAt ? ConnectionState::Connected : ConnectionState::Connecting;
}

} // namespace novita
