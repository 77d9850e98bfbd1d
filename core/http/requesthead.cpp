// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/requesthead.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qsizetype kLengthDigits = 18; // fits qint64 whatever the digits are

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlnum(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isVisible(char c)
{
    return c > 0x20 && c < 0x7f;
}

bool isControl(char c)
{
    return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f;
}

bool isTokenChar(char c)
{
    return isAlnum(c) || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool hasPrefix(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size() && qstrnicmp(text.data(), prefix.size(), prefix.data(), prefix.size()) == 0;
}

bool sameText(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && hasPrefix(a, b);
}

/// "name", "name:port", "1.2.3.4:port", "[v6]:port".
bool isValidHost(QByteArrayView host)
{
    if (host.isEmpty() || host.size() > 255)
        return false;
    qsizetype end = 0;
    if (host.front() == '[') {
        end = host.indexOf(']') + 1;
        const QByteArrayView inner = end > 2 ? host.sliced(1, end - 2) : QByteArrayView();
        if (inner.isEmpty() || !std::all_of(inner.begin(), inner.end(), [](char c) { return isAlnum(c) || c == ':' || c == '.'; }))
            return false;
    } else {
        const qsizetype colon = host.indexOf(':');
        end = colon < 0 ? host.size() : colon;
        const QByteArrayView name = host.first(end);
        if (name.isEmpty()
            || !std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || QByteArrayView("-._~%!$&'()*+,;=").contains(c); }))
            return false;
    }
    const QByteArrayView port = host.sliced(end);
    return port.isEmpty() || (port.front() == ':' && port.size() <= 6 && std::all_of(port.begin() + 1, port.end(), isDigit));
}

/// What the request line says beyond method and path.
struct RequestLine
{
    QByteArrayView authority;   ///< of a target in absolute form, otherwise empty
    QByteArrayView defaultPort; ///< ":80" or ":443", by the scheme of that target
    bool http10 = false;
    bool carriesBody = false;   ///< the method is one that comes with a body
};

HttpRefusal checkTarget(QByteArrayView target, RequestLine &found)
{
    if (target.isEmpty() || !std::all_of(target.begin(), target.end(), isVisible) || target.contains('#'))
        return {400, "bad request target"};
    if (target.front() == '/')
        return {};
    for (const bool tls : {false, true}) {
        const QByteArrayView scheme = tls ? QByteArrayView("https://") : QByteArrayView("http://");
        if (!hasPrefix(target, scheme))
            continue;
        const QByteArrayView rest = target.sliced(scheme.size());
        const qsizetype end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; }) - rest.begin();
        found.authority = rest.first(end);
        found.defaultPort = tls ? QByteArrayView(":443") : QByteArrayView(":80");
        if (isValidHost(found.authority))
            return {};
    }
    return {400, "request target must be a path or an absolute http URL"};
}

HttpRefusal checkRequestLine(QByteArrayView line, RequestLine &found)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last == first || !isToken(line.first(first)))
        return {400, "bad request line"};
    const QByteArrayView version = line.sliced(last + 1);
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5]) || version[6] != '.' || !isDigit(version[7]))
        return {400, "bad HTTP version"};
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    if (version != QByteArrayView("HTTP/1.1") && version != QByteArrayView("HTTP/1.0"))
        return {505, "only HTTP/1.0 and HTTP/1.1"};
    static constexpr std::array<QByteArrayView, 7> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (std::find(methods.begin(), methods.end(), line.first(first)) == methods.end())
        return {501, "method not supported"};
    found.http10 = version.endsWith("1.0");
    found.carriesBody = line.startsWith("POST ") || line.startsWith("PUT ") || line.startsWith("PATCH ");
    return checkTarget(target, found);
}

QByteArrayView withoutPort(QByteArrayView host, QByteArrayView port)
{
    return host.endsWith(port) ? host.chopped(port.size()) : host;
}

bool namesSameHost(const RequestLine &line, QByteArrayView host)
{
    const auto plain = [&line](QByteArrayView text) { return withoutPort(withoutPort(text, line.defaultPort), ":"); };
    return sameText(plain(line.authority), plain(host));
}

/// What the fields say about host and body, gathered in one pass.
struct Framing
{
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    QByteArrayView host;
    bool hostValid = true;
    bool lengthValid = true;
    bool chunkedOnly = true;
    bool expectationKnown = true;
};

void gather(QByteArrayView name, QByteArrayView value, Framing &framing)
{
    if (sameText(name, "Host")) {
        ++framing.hosts;
        framing.host = value;
        framing.hostValid = isValidHost(value);
    } else if (sameText(name, "Content-Length")) {
        ++framing.lengths;
        framing.lengthValid = !value.isEmpty() && value.size() <= kLengthDigits && std::all_of(value.begin(), value.end(), isDigit);
    } else if (sameText(name, "Transfer-Encoding")) {
        ++framing.encodings;
        framing.chunkedOnly = framing.chunkedOnly && sameText(value, "chunked");
    } else if (sameText(name, "Expect")) {
        framing.expectationKnown = framing.expectationKnown && sameText(value, "100-continue");
    }
}

HttpRefusal judge(const Framing &framing, const RequestLine &line, const HttpLimits &limits)
{
    if (framing.hosts > 1 || (framing.hosts == 0 && !line.http10) || !framing.hostValid)
        return {400, "exactly one valid Host is needed"};
    if (!line.authority.isEmpty() && framing.hosts == 1 && !namesSameHost(line, framing.host))
        return {400, "Host and the host of the request target differ"};
    if (framing.lengths > 1 || !framing.lengthValid)
        return {400, "bad Content-Length"};
    if (framing.encodings > 0 && (framing.lengths > 0 || line.http10))
        return {400, "Transfer-Encoding beside Content-Length or in HTTP/1.0"};
    if (!framing.chunkedOnly)
        return {501, "only the chunked transfer coding"};
    if (framing.encodings > 1)
        return {400, "chunked more than once"};
    if (!framing.expectationKnown && !line.http10)
        return {417, "only 100-continue can be expected"};
    if (limits.lengthRequired && line.carriesBody && framing.lengths == 0 && framing.encodings == 0)
        return {411, "Content-Length needed"};
    return {};
}

HttpRefusal checkField(QByteArrayView line, Framing &framing)
{
    if (line.front() == ' ' || line.front() == '\t')
        return {400, "folded header field"};
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)) || std::any_of(line.begin(), line.end(), isControl))
        return {400, "bad header field"};
    gather(line.first(colon), line.sliced(colon + 1).trimmed(), framing);
    return {};
}

} // namespace

HttpRefusal checkPartialHead(QByteArrayView start, const HttpLimits &limits)
{
    // What belongs to line ends does not count, or a header would be too long in pieces that is not in one.
    constexpr qsizetype cutLineEnd = 1;                // "\r" of the request line
    constexpr qsizetype lineEnds = 2 + 3;              // "\r\n" of the request line, "\r\n\r" of the empty one
    const qsizetype lineEnd = start.indexOf("\r\n");
    if (lineEnd > limits.requestLineBytes || (lineEnd < 0 && start.size() > limits.requestLineBytes + cutLineEnd))
        return {414, "request line too long"};
    if (lineEnd >= 0 && start.size() - lineEnd > limits.headerBytes + lineEnds)
        return {431, "header too long"};
    return checkLineFeeds(start);
}

HttpRefusal checkLineFeeds(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        if (at == 0 || text[at - 1] != '\r')
            return {400, "bare line feed"};
    }
    return {};
}

HttpRefusal checkHead(QByteArrayView head, const HttpLimits &limits)
{
    Framing framing;
    RequestLine requestLine;
    int lines = 0;
    qsizetype fieldsAt = 0;
    for (qsizetype at = 0; at < head.size();) {
        const qsizetype lineFeed = head.indexOf('\n', at);
        if (lineFeed <= at || head[lineFeed - 1] != '\r')
            return {400, "bare line feed"};
        const QByteArrayView line = head.sliced(at, lineFeed - 1 - at);
        at = lineFeed + 1;
        if (line.contains('\r') || line.contains('\0'))
            return {400, "control character in the header"};
        if (lines == 0) {
            fieldsAt = at;
            if (line.size() > limits.requestLineBytes)
                return {414, "request line too long"};
            if (const HttpRefusal refusal = checkRequestLine(line, requestLine); refusal.status)
                return refusal;
        } else if (line.isEmpty()) {
            break;
        } else if (lines > limits.headerLines || at - fieldsAt > limits.headerBytes) {
            return {431, "header too long"};
        } else if (const HttpRefusal refusal = checkField(line, framing); refusal.status) {
            return refusal;
        }
        ++lines;
    }
    return judge(framing, requestLine, limits);
}

HttpRefusal checkChunkExtension(QByteArrayView extension)
{
    if (std::any_of(extension.begin(), extension.end(), isControl))
        return {400, "control character in a chunk extension"};
    return {};
}

HttpRefusal checkTrailers(QByteArrayView lines, const HttpLimits &limits)
{
    if (lines.size() > limits.headerBytes)
        return {431, "trailer too long"};
    Framing framing;
    for (int count = 1; !lines.isEmpty(); ++count) {
        const qsizetype end = lines.indexOf("\r\n");
        if (count > limits.headerLines)
            return {431, "too many trailers"};
        if (end <= 0)
            return {400, "bad trailer"};
        if (const HttpRefusal refusal = checkField(lines.first(end), framing); refusal.status)
            return refusal;
        lines = lines.sliced(end + 2);
    }
    // Where the body ends and for whom it is was settled by the header; a trailer that says so again means mischief.
    if (framing.hosts + framing.lengths + framing.encodings > 0)
        return {400, "trailer that belongs into the header"};
    return {};
}

} // namespace novita
