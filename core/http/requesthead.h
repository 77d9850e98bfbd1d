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
/// over-numerous fields (431), a bare line feed (400). `start` has no "\r\n\r\n".
HttpRefusal checkPartialHead(QByteArrayView start, const HttpLimits &limits);

/// Judges lines that have no end yet: a line feed that no carriage return stands before can never become valid (400), and whoever sent it would
/// wait in vain.
HttpRefusal checkLineFeeds(QByteArrayView text);

/// Judges a whole header block, with the empty line at its end, for everything that the parser behind it lets through:
/// version, target form, control characters, bare line feeds, folded fields, Host, Content-Length, Transfer-Encoding and Expect.
/// A target in absolute form must name the same host as Host does: whoever checks Host has then checked both.
HttpRefusal checkHead(QByteArrayView head, const HttpLimits &limits);

/// Judges what stands behind the size of a chunk: control characters, which may be the end of the line to somebody on the way (400).
HttpRefusal checkChunkExtension(QByteArrayView extension);

/// Judges the field lines behind the last chunk of a body, each with its line end: the same strictness as for the header.
HttpRefusal checkTrailers(QByteArrayView lines, const HttpLimits &limits);

} // namespace novita
