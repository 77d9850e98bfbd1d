// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httplimits.h"

#include <QByteArrayView>

namespace novita {

/// Why a request is refused, as an HTTP status and a few words for the body. Status 0: nothing is wrong.
struct HttpRefusal
{
    int status = 0;
    const char *reason = "";
};

/// Judges what has arrived of a request before its header is complete: over-long request line (414), over-long or
/// over-numerous fields (431). `start` has no "\r\n\r\n".
HttpRefusal checkPartialHead(QByteArrayView start, const HttpLimits &limits);

/// Judges a whole header block, with the empty line at its end, for everything that the parser behind it lets through:
/// version, target form, control characters, bare line feeds, folded fields, Host, Content-Length and Transfer-Encoding.
HttpRefusal checkHead(QByteArrayView head, const HttpLimits &limits);

} // namespace novita
