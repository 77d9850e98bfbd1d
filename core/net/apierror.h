// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>

namespace novita {

/// What the caller knows about the request that the answer cannot tell.
struct ErrorContext
{
    bool keyProven = true;       ///< the key has been accepted before: a 403 is about the action, not about the key
    bool sensitiveReply = false; ///< take nothing from the body but its reason and message members
};

/// An HTTP answer that is not a success as an Error: kind by status, and within 4xx by the symbolic reason, since the
/// API answers 400 for nearly everything (gpu-notes section 3). Accepts every body: JSON of the known shapes, plain
/// text, HTML, nothing. Texts are bounded and redacted. `retryAfter` and `correlationId` are left to the caller.
Error errorFromReply(int status, const QByteArray &body, const ErrorContext &context = {});

} // namespace novita
