// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <atomic>
#include <memory>
#include <mutex>

namespace novita {

struct HttpResponse;
class HttpConnection;

/// What a responder and its connection share: the link between them, which either end may cut. Internal to core/http.
class HttpExchange
{
public:
    explicit HttpExchange(HttpConnection *connection) : m_connection(connection) {}
    ~HttpExchange();
    Q_DISABLE_COPY_MOVE(HttpExchange)

    void send(HttpResponse response);
    void beginStream(HttpResponse head);
    bool write(const QByteArray &piece);
    void finish();
    bool isOpen() const;

    /// Called by the connection, in its thread, when it dies or has sent the whole answer.
    void detach();
    /// Called by the connection, in its thread: does the peer keep up with the stream?
    void setClogged(bool clogged) { m_clogged = clogged; }

private:
    /// Runs `action(connection)` in the connection's thread: at once when that is this thread. Nothing when it is gone.
    template<typename Action>
    void onConnection(Action action);

    mutable std::mutex m_mutex;
    HttpConnection *m_connection;
    std::atomic<bool> m_answered{false};
    std::atomic<bool> m_streaming{false};
    std::atomic<bool> m_clogged{false};
};

} // namespace novita
