// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"

namespace novita {

/// The words for the connection in the status bar.
enum class ConnectionState { NoProfile, NoKey, Connecting, Connected, Degraded, Offline, KeyRejected, BreakerOpen, RateLimited };

/// What is known beside the client's own status.
struct ConnectionFacts
{
    bool hasProfile = false;
    bool lookingForKey = false; ///< the keychain has not answered yet
    bool hasKey = false;
    bool keyRejected = false;
};

/// The one rule behind the word. `now` decides whether a Retry-After pause is over.
ConnectionState connectionState(const ConnectionFacts &facts, const ClientStatus &status, TimePoint now);

} // namespace novita
