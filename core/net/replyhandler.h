// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/net/apireply.h"

#include <functional>

namespace novita {

/// How one caller takes its answer. Exactly one of the two ends the caller's Call.
struct ReplyHandler
{
    /// Turns the reply into what the caller asked for. Pure, and run in a worker thread when the body is large. What it
    /// returns is run in the client's thread and settles the call.
    std::function<std::function<void()>(const ApiReply &)> decode;
    std::function<void(const Error &)> fail; ///< client's thread
};

} // namespace novita
