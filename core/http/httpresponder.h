// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

namespace novita {

struct HttpResponse;
class HttpExchange;

/// The right to answer one request, once, now or later, from any thread. Copyable; the copies share the right.
///
/// Safe when the client, or the whole server, is gone: the answer is then dropped. When the last copy dies without an
/// answer, the client gets a 500, so that no connection waits for ever.
class HttpResponder
{
public:
    explicit HttpResponder(std::shared_ptr<HttpExchange> exchange);
    ~HttpResponder();
    HttpResponder(const HttpResponder &);
    HttpResponder &operator=(const HttpResponder &);

    /// Sends the answer in one write. A second call does nothing.
    void send(HttpResponse response) const;

    /// Begins a body of unknown length instead: head now, pieces by write(), the end by finish(). `head.body` is the first piece.
    void beginStream(HttpResponse head) const;
    /// False when the client is gone or takes nothing any more (more than HttpLimits::unsentBytes wait): stop then.
    bool write(const QByteArray &piece) const;
    void finish() const;

    /// False once the client has gone or an answer was given. May change at any moment.
    bool isOpen() const;

private:
    std::shared_ptr<HttpExchange> m_exchange;
};

} // namespace novita
