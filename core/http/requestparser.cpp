// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/requestparser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>

// The only place that sees Boost: its headers cost many seconds of compilation.

namespace novita {

namespace {

namespace http = boost::beast::http;
using ErrorCode = boost::beast::error_code;
using StringView = boost::beast::string_view;

constexpr qsizetype kChunkDigits = 16;     // of a 64-bit number
constexpr qsizetype kExtensionBytes = 4096; // of all chunks of a body: nobody here has a use for them

QByteArray bytes(StringView text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

/// Collects what Beast's parser finds. Fields that come after the header are trailers and stay apart.
class Collector final : public http::basic_parser<true>
{
public:
    explicit Collector(const HttpLimits &limits) : m_limits(limits)
    {
        body_limit(std::numeric_limits<std::uint64_t>::max()); // counted here, so that the limit can differ by route
        header_limit(std::uint32_t(limits.requestLineBytes + limits.headerBytes) + 1024);
    }

    HttpRequest request;
    bool anyChunk = false; ///< a line end belongs before the next chunk
    QByteArrayView input;  ///< what the parser is being given
    qint64 bodyLimit = 0;
    HttpRefusal refusal;

private:
    void on_request_impl(http::verb, StringView method, StringView target, int version, ErrorCode &) override
    {
        request.method = bytes(method);
        request.target = bytes(target);
        request.minorVersion = version % 10;
    }
    void on_response_impl(int, StringView, int, ErrorCode &) override {}
    void on_field_impl(http::field, StringView name, StringView value, ErrorCode &) override
    {
        (m_headDone ? request.trailers : request.headers).append(bytes(name), bytes(value));
    }
    void on_header_impl(ErrorCode &) override { m_headDone = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, ErrorCode &) override {}
    std::size_t on_body_impl(StringView piece, ErrorCode &error) override { return collect(piece, error); }
    void on_chunk_header_impl(std::uint64_t size, StringView extension, ErrorCode &error) override
    {
        anyChunk = true;
        m_extensionBytes += qsizetype(extension.size());
        if (size > std::uint64_t(bodyLimit) || request.body.size() + qint64(size) > bodyLimit)
            fail({413, "body too long"}, error);
        else if (m_extensionBytes > kExtensionBytes)
            fail({431, "chunk extensions too long"}, error);
        else if (sizeDigits(extension.data()) > kChunkDigits)
            fail({400, "odd chunk size"}, error);
        else if (const HttpRefusal why = checkChunkExtension({extension.data(), qsizetype(extension.size())}); why.status)
            fail(why, error);
        else if (size == 0)
            judgeTrailers(extension.data() + extension.size(), error);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, StringView piece, ErrorCode &error) override { return collect(piece, error); }
    void on_finish_impl(ErrorCode &) override {}

    /// Leading zeros have no end for the parser.
    qsizetype sizeDigits(const char *end) const
    {
        const char *digit = end;
        while (digit > input.data() && isxdigit(uchar(digit[-1])))
            --digit;
        return end - digit;
    }
    /// The parser unfolds and forgives; so the lines themselves are looked at, which are all there once it reports the last
    /// chunk. `lineEnd` is the end of that chunk's line.
    void judgeTrailers(const char *lineEnd, ErrorCode &error)
    {
        const QByteArrayView rest = input.sliced(lineEnd - input.data());
        const HttpRefusal why = checkTrailers(rest.first(rest.indexOf("\r\n\r\n") + 2).sliced(2), m_limits);
        if (why.status)
            fail(why, error);
    }

    std::size_t collect(StringView piece, ErrorCode &error)
    {
        if (request.body.size() + qint64(piece.size()) > bodyLimit)
            fail({413, "body too long"}, error);
        else
            request.body.append(piece.data(), qsizetype(piece.size()));
        return piece.size();
    }
    void fail(HttpRefusal why, ErrorCode &error)
    {
        refusal = why;
        error = make_error_code(http::error::body_limit);
    }

    const HttpLimits &m_limits;
    qsizetype m_extensionBytes = 0;
    bool m_headDone = false;
};

/// Splits the target into path and query. False when the path holds broken escapes or control characters.
bool splitTarget(HttpRequest &request)
{
    QByteArray rest = request.target;
    if (!rest.startsWith('/')) {
        const qsizetype authority = rest.indexOf("://") + 3;
        const auto end = std::find_if(rest.cbegin() + authority, rest.cend(), [](char c) { return c == '/' || c == '?'; });
        rest = rest.mid(end - rest.cbegin());
        if (!rest.startsWith('/'))
            rest.prepend('/');
    }
    const qsizetype mark = rest.indexOf('?');
    const QByteArray rawPath = mark < 0 ? rest : rest.left(mark);
    request.query = mark < 0 ? QByteArray() : rest.mid(mark + 1);
    for (qsizetype i = rawPath.indexOf('%'); i >= 0; i = rawPath.indexOf('%', i + 1)) {
        if (i + 2 >= rawPath.size() || !isxdigit(uchar(rawPath.at(i + 1))) || !isxdigit(uchar(rawPath.at(i + 2))))
            return false;
    }
    request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(rawPath));
    return std::none_of(request.path.cbegin(), request.path.cend(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

} // namespace

struct RequestParser::Private
{
    explicit Private(const HttpLimits &httpLimits) : limits(httpLimits) { reset(); }

    void reset()
    {
        collector.emplace(limits);
        collector->bodyLimit = limits.bodyBytes;
        refusal = {};
        scanned = 0;
        atChunkLine = false;
        skippedLine = false;
    }
    State fail(HttpRefusal why)
    {
        refusal = why;
        return State::Failed;
    }
    bool lacksTrailers(const QByteArray &buffer) const;
    State advanceHead(QByteArray &buffer);
    State advanceBody(QByteArray &buffer);

    const HttpLimits limits;
    std::optional<Collector> collector;
    HttpRefusal refusal;
    qsizetype scanned = 0;   ///< so far no end of header before this offset
    bool atChunkLine = false; ///< what is left over begins with the line of a chunk, or with the line end before it
    bool skippedLine = false;
};

/// Is this the line of the last chunk, and not yet the end of what comes behind it? The parser must not be asked a second time
/// before that is there: with a byte or two more it runs into an assertion of its own (Beast 1.74).
bool RequestParser::Private::lacksTrailers(const QByteArray &buffer) const
{
    if (!atChunkLine || (collector->anyChunk && !buffer.startsWith("\r\n")))
        return false;
    const qsizetype start = collector->anyChunk ? 2 : 0;
    qsizetype digit = start;
    while (digit < buffer.size() && buffer.at(digit) == '0')
        ++digit;
    if (digit == start || digit == buffer.size() || isxdigit(uchar(buffer.at(digit))))
        return false;
    const qsizetype lineEnd = buffer.indexOf('\r', digit);
    return lineEnd > 0 && QByteArrayView(buffer).sliced(lineEnd).startsWith("\r\n") && !buffer.contains("\r\n\r\n");
}

RequestParser::State RequestParser::Private::advanceHead(QByteArray &buffer)
{
    // Some old clients send an empty line after a body; RFC 9112 asks servers to forgive one.
    if (!skippedLine && buffer.startsWith("\r\n")) {
        buffer.remove(0, 2);
        scanned = 0;
        skippedLine = true;
    }
    const qsizetype end = buffer.indexOf("\r\n\r\n", std::max<qsizetype>(0, scanned - 3));
    if (end < 0) {
        scanned = buffer.size();
        const HttpRefusal why = checkPartialHead(buffer, limits);
        return why.status ? fail(why) : State::NeedMore;
    }
    const QByteArrayView head = QByteArrayView(buffer).first(end + 4);
    if (const HttpRefusal why = checkHead(head, limits); why.status)
        return fail(why);
    ErrorCode error;
    collector->eager(false);
    const std::size_t used = collector->put(boost::asio::const_buffer(head.data(), std::size_t(head.size())), error);
    buffer.remove(0, qsizetype(used));
    if ((error && error != http::error::need_more) || !collector->is_header_done())
        return fail({400, "malformed header"});
    collector->request.keepAlive = collector->keep_alive();
    if (!splitTarget(collector->request))
        return fail({400, "bad request target"});
    return State::HeadComplete;
}

RequestParser::State RequestParser::Private::advanceBody(QByteArray &buffer)
{
    if (collector->content_length() && *collector->content_length() > quint64(std::max<qint64>(0, collector->bodyLimit)))
        return fail({413, "body too long"});
    collector->eager(true);
    ErrorCode error;
    while (!collector->is_done() && !buffer.isEmpty() && !lacksTrailers(buffer)) {
        collector->input = buffer;
        const std::size_t used = collector->put(boost::asio::const_buffer(buffer.constData(), std::size_t(buffer.size())), error);
        buffer.remove(0, qsizetype(used));
        if (error && error != http::error::need_more)
            return fail(collector->refusal.status ? collector->refusal : HttpRefusal{400, "malformed body"});
        if (error || used == 0)
            break;
    }
    atChunkLine = collector->chunked() && !buffer.isEmpty();
    if (collector->is_done())
        return State::Complete;
    // Only a chunk header or trailer that never ends leaves so much unused.
    if (buffer.size() > limits.headerBytes)
        return fail({431, "chunk header or trailer too long"});
    const HttpRefusal why = checkLineFeeds(buffer);
    return why.status ? fail(why) : State::NeedMore;
}

RequestParser::RequestParser(const HttpLimits &limits) : d(std::make_unique<Private>(limits)) {}

RequestParser::~RequestParser() = default;

RequestParser::State RequestParser::advance(QByteArray &buffer)
{
    if (d->refusal.status)
        return State::Failed;
    return d->collector->is_header_done() ? d->advanceBody(buffer) : d->advanceHead(buffer);
}

const HttpRequest &RequestParser::head() const
{
    return d->collector->request;
}

bool RequestParser::expectsContinue() const
{
    return d->collector->request.minorVersion == 1
        && d->collector->request.headers.value("Expect").compare("100-continue", Qt::CaseInsensitive) == 0;
}

bool RequestParser::hasBody() const
{
    return !d->collector->is_done();
}

void RequestParser::setBodyLimit(qint64 bytes)
{
    d->collector->bodyLimit = bytes;
}

HttpRequest RequestParser::take()
{
    HttpRequest request = std::move(d->collector->request);
    d->reset();
    return request;
}

HttpRefusal RequestParser::refusal() const
{
    return d->refusal;
}

} // namespace novita
