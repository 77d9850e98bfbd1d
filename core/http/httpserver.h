// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/httplimits.h"
#include "core/http/httpresponder.h"

#include <QHostAddress>

#include <memory>
#include <optional>

namespace novita {

struct HttpRequest;
struct HttpResponse;

/// What a server does with its requests. All calls come from the server's thread.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    /// Sees every request once its header is whole and before its body is read. An answer given here is sent at once and the
    /// connection closed. `head` has everything but the body. Default: no answer, the request goes its way.
    virtual std::optional<HttpResponse> screen(const HttpRequest &head);
    /// The server itself has refused the body of a request that screen() let pass: too long, too slow or malformed. Default: nothing.
    virtual void bodyRefused(const HttpRequest &head, int status);
    /// Longest body this request may have. `head` has everything but the body. Default: HttpLimits::bodyBytes.
    virtual qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const;
    /// Answer now, or keep the responder and answer later. HEAD arrives here too; the server sends no body for it.
    virtual void handle(const HttpRequest &request, HttpResponder responder) = 0;
};

/// What the server has been doing; a snapshot.
struct HttpServerStats
{
    qint64 accepted = 0;    ///< connections
    qint64 open = 0;        ///< connections now
    qint64 requests = 0;    ///< handed to the handler
    qint64 refused = 0;     ///< answered 4xx/5xx by the server itself: malformed, too large, too slow
    qint64 evicted = 0;     ///< dropped for the connection cap
};

/// Hardened HTTP/1.1 server for loopback services: keep-alive, pipelining, chunked bodies, Expect: 100-continue, HEAD, gzip.
/// Malformed requests are refused and the connection closed; see HttpLimits for every cap. Plain TCP only.
///
/// With Threading::Own sockets and handler run on a thread of the server; with Threading::Caller on the thread that calls
/// listen(), which needs an event loop. listen(), stop() and the destructor belong to one thread; stats() is thread-safe.
class HttpServer final
{
public:
    enum class Threading { Own, Caller };

    /// `handler` must outlive the server.
    HttpServer(HttpHandler &handler, HttpLimits limits = {}, Threading threading = Threading::Own);
    ~HttpServer(); ///< stop()s
    Q_DISABLE_COPY_MOVE(HttpServer)

    /// Starts listening and returns the port (a free one is taken for 0). ErrorKind::Network, in a sentence that names
    /// address and port, when that is not possible. An already listening server is an error.
    Result<quint16> listen(const QHostAddress &address, quint16 port);

    /// Accepts no more, lets answers that are on their way finish (at most HttpLimits::stopGrace with Threading::Own, not at
    /// all with Threading::Caller) and closes every connection. Blocks for that long. May be followed by listen().
    void stop();

    bool isListening() const;
    quint16 port() const; ///< 0 when not listening
    HttpServerStats stats() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
