// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/responsewriter.h"

#include "core/http/gzip.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace novita {

namespace {

/// Fields that only the server may write: a handler that sets them too must not make the framing ambiguous.
bool isFramingField(const QByteArray &name)
{
    for (const char *own : {"Content-Length", "Transfer-Encoding", "Connection", "Date"}) {
        if (name.compare(own, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

/// A line break in a value would let a handler's data invent further fields.
QByteArray singleLine(QByteArray text)
{
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return text;
}

bool isCompressible(const QByteArray &contentType)
{
    return contentType.startsWith("text/") || contentType.startsWith("application/json");
}

/// The Date field's text; made anew once a second.
QByteArray dateNow()
{
    using namespace std::chrono;
    thread_local sys_seconds made{};
    thread_local QByteArray text;
    const sys_seconds now = floor<seconds>(system_clock::now());
    if (std::exchange(made, now) != now)
        text = httpDate(now);
    return text;
}

} // namespace

QByteArray serializeHead(const HttpResponse &response, const ResponseFraming &framing, qsizetype bodySize)
{
    QByteArray out;
    out.reserve(256);
    out += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + httpReasonPhrase(response.status) + "\r\n";
    out += "Date: " + dateNow() + "\r\n";
    for (const HttpHeaders::Field &field : response.headers.fields()) {
        if (!isFramingField(field.name))
            out += singleLine(field.name) + ": " + singleLine(field.value) + "\r\n";
    }
    const bool bodyless = response.status == 204 || response.status == 304 || response.status < 200;
    if (framing.chunked && framing.minorVersion == 1)
        out += "Transfer-Encoding: chunked\r\n";
    else if (!bodyless && !framing.chunked)
        out += "Content-Length: " + QByteArray::number(bodySize) + "\r\n";
    if (!framing.keepAlive)
        out += "Connection: close\r\n";
    else if (framing.minorVersion == 0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return out;
}

void compressBody(HttpResponse &response, const QByteArray &acceptEncoding, qsizetype fromBytes)
{
    if (response.body.size() <= fromBytes || response.headers.contains("Content-Encoding")
        || !isCompressible(response.headers.value("Content-Type")))
        return;
    response.headers.append("Vary", "Accept-Encoding");
    if (!acceptsGzip(acceptEncoding))
        return;
    const QByteArray packed = gzipCompress(response.body);
    if (packed.isEmpty() || packed.size() >= response.body.size())
        return;
    response.body = packed;
    response.headers.append("Content-Encoding", "gzip");
}

QByteArray serializeChunk(const QByteArray &piece)
{
    return QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
}

} // namespace novita
