// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"

namespace novita {

/// How the answer to one request has to be put on the wire.
struct ResponseFraming
{
    bool head = false;       ///< HEAD: announce the length, send no body
    bool keepAlive = true;
    int minorVersion = 1;    ///< of the request
    bool chunked = false;    ///< body of unknown length; HTTP/1.0 then gets it raw, up to the end of the connection
};

/// Status line and fields with the empty line. `bodySize` is what Content-Length says unless the body is of unknown length.
QByteArray serializeHead(const HttpResponse &response, const ResponseFraming &framing, qsizetype bodySize);
/// Compresses the body in place where that pays: text-like type, longer than `fromBytes`, wanted by the client.
void compressBody(HttpResponse &response, const QByteArray &acceptEncoding, qsizetype fromBytes);
/// One piece of a chunked body; an empty piece is its end.
QByteArray serializeChunk(const QByteArray &piece);

} // namespace novita
