// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/httplimits.h"
#include "core/http/httpresponder.h"

#include <QHostAddress>
#include <QSslConfiguration>

#include <memory>
#include <optional>

namespace novita {

struct HttpRequest;
struct HttpResponse;
struct TlsFiles;

/// What a server does with its requests. All calls come from the server's thread.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    /// Sees every request once, when its header is whole and before its body is read: no such path, wrong method, too many from
    /// this peer, wrong type of body. An answer given here settles the request; when a body was announced it is not read, and
    /// the connection ends. `head` has everything but the body. Default: no answer, the request goes its way.
    virtual std::optional<HttpResponse> screen(const HttpRequest &head);
    /// The server itself has refused the body of a request that screen() let pass: too long, too slow or malformed. Default: nothing.
    virtual void bodyRefused(const HttpRequest &head, int status);
    /// What is said to a request that the server itself refuses; it may be of no form at all. Its status is sent as it is, and the connection ends.
    /// `reason`: a few English words. Default: the reason as plain text.
    virtual HttpResponse refusal(int status, const QByteArray &reason) const;
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
    qint64 refused = 0;     ///< answered 4xx/5xx by the server itself or by HttpHandler::screen()
    qint64 evicted = 0;     ///< dropped for the connection cap
    qint64 tlsFailed = 0;   ///< TLS handshakes that came to nothing: plain HTTP, a client that does not trust the certificate
};

/// Hardened HTTP/1.1 server for loopback services: keep-alive, pipelining, chunked bodies, Expect: 100-continue, HEAD, gzip.
/// Malformed requests are refused and the connection closed; see HttpLimits for every cap. Plain TCP, or TLS 1.2 and later.
///
/// A client may close its half of the connection after its last request (RFC 9112, 9.6) and still gets its answers; not with TLS, and not the rest of
/// a stream.
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
    /// The same, but speaks TLS only. The files are read now, blocking; what is wrong with them is told as by loadTls(). The
    /// handshake belongs to the header deadline.
    Result<quint16> listen(const QHostAddress &address, quint16 port, const TlsFiles &tls);

    /// Accepts no more, lets answers that are on their way finish (at most HttpLimits::stopGrace with Threading::Own, not at
    /// all with Threading::Caller) and closes every connection. Blocks for that long. May be followed by listen().
    void stop();

    bool isListening() const;
    quint16 port() const; ///< 0 when not listening
    HttpServerStats stats() const;

private:
    Result<quint16> start(const QHostAddress &address, quint16 port, const std::optional<QSslConfiguration> &tls);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
