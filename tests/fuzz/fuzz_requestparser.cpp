// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/gzip.h"
#include "core/http/httplimits.h"
#include "core/http/requestparser.h"
#include "fuzztarget.h"

#include <QList>

#include <algorithm>

using namespace novita;

// The bytes of one connection. Whatever they are, they must mean the same whether they come at once or in pieces, and nothing
// that is let through may break a promise of RequestParser or HttpRequest.

namespace {

HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.requestLineBytes = 200;
    limits.headerBytes = 400;
    limits.headerLines = 10;
    limits.bodyBytes = 300;
    return limits;
}

bool hasLineBreak(const QByteArray &text)
{
    return text.contains('\r') || text.contains('\n') || text.contains('\0');
}

void checkFields(const HttpHeaders &headers, const HttpLimits &limits)
{
    require(headers.fields().size() <= limits.headerLines, "number of fields");
    for (const HttpHeaders::Field &field : headers.fields()) {
        require(!field.name.isEmpty() && !field.name.contains(' ') && !field.name.contains('\t'), "field name");
        require(!hasLineBreak(field.name) && !hasLineBreak(field.value), "line break in a field");
    }
}

void checkRequest(const HttpRequest &request, const HttpLimits &limits)
{
    require(request.path.startsWith(u'/'), "path begins with a slash");
    require(std::all_of(request.path.begin(), request.path.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() != 0x7f; }),
            "no control characters in the path");
    require(request.target.size() <= limits.requestLineBytes, "length of the target");
    require(request.body.size() <= limits.bodyBytes, "length of the body");
    require(request.minorVersion == 0 || request.minorVersion == 1, "version");
    require(request.minorVersion == 0 || request.headers.count("Host") == 1, "one Host");
    require(request.headers.count("Content-Length") + request.headers.count("Transfer-Encoding") <= 1, "one way to frame the body");
    require(!request.trailers.contains("Host") && !request.trailers.contains("Content-Length"), "trailers that belong into the header");
    if (request.headers.contains("Content-Length"))
        require(request.headers.value("Content-Length").toLongLong() == request.body.size(), "body is as long as announced");
    checkFields(request.headers, limits);
    checkFields(request.trailers, limits);
    request.queryItems();
    request.hasMediaType("application/json");
    acceptsGzip(request.headers.value("Accept-Encoding"));
}

struct Conversation
{
    QList<HttpRequest> requests;
    int refusal = 0;
    qsizetype rest = 0; ///< bytes of a request that is not complete
};

/// Reads `bytes` in pieces of `pieceSize`, as a connection does.
Conversation converse(const QByteArray &bytes, qsizetype pieceSize)
{
    const HttpLimits limits = smallLimits();
    RequestParser parser(limits);
    Conversation found;
    QByteArray buffer;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        buffer += bytes.mid(at, pieceSize);
        for (bool more = true; more;) {
            switch (parser.advance(buffer)) {
            case RequestParser::State::NeedMore:
                more = false;
                break;
            case RequestParser::State::HeadComplete:
                parser.setBodyLimit(limits.bodyBytes);
                break;
            case RequestParser::State::Complete:
                found.requests.append(parser.take());
                checkRequest(found.requests.last(), limits);
                more = !buffer.isEmpty();
                break;
            case RequestParser::State::Failed:
                found.refusal = parser.refusal().status;
                require(found.refusal >= 400 && found.refusal < 600, "status of a refusal");
                return found;
            }
        }
    }
    found.rest = buffer.size();
    return found;
}

bool sameRequest(const HttpRequest &a, const HttpRequest &b)
{
    return a.method == b.method && a.target == b.target && a.path == b.path && a.query == b.query && a.minorVersion == b.minorVersion
        && a.keepAlive == b.keepAlive && a.headers.fields() == b.headers.fields() && a.trailers.fields() == b.trailers.fields()
        && a.body == b.body;
}

/// Where one met a limit the other may not have: how much is there at a moment depends on the pieces.
bool isLimit(int status)
{
    return status == 413 || status == 414 || status == 431;
}

void compare(const Conversation &whole, const Conversation &pieces)
{
    const qsizetype common = std::min(whole.requests.size(), pieces.requests.size());
    for (qsizetype i = 0; i < common; ++i)
        require(sameRequest(whole.requests.at(i), pieces.requests.at(i)), "a request means the same in pieces");
    if (isLimit(whole.refusal) || isLimit(pieces.refusal))
        return;
    require(whole.requests.size() == pieces.requests.size(), "as many requests in pieces");
    // The parser looks at some line ends only when a few more bytes are there.
    constexpr qsizetype lag = 8;
    if ((whole.refusal ? pieces : whole).rest >= lag)
        require((whole.refusal != 0) == (pieces.refusal != 0), "refused in pieces as well");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t longest = 8 * 1024; // of many requests; longer ones only take longer
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(std::min(size, longest)));
    if (bytes.isEmpty())
        return 0;
    const Conversation whole = converse(bytes, bytes.size());
    compare(whole, converse(bytes, 1));
    compare(whole, converse(bytes, 7));
    return 0;
}
