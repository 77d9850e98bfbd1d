// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpresponder.h"

#include "core/http/httpconnection.h"
#include "core/http/httpexchange.h"
#include "core/http/httpmessage.h"
#include "core/http/httpoutbox.h"

#include <QThread>

namespace novita {

template<typename Action>
void HttpExchange::onConnection(Action action)
{
    std::unique_lock lock(m_mutex);
    HttpConnection *connection = m_connection;
    if (!connection)
        return;
    if (connection->thread() == QThread::currentThread()) {
        lock.unlock(); // the action may detach(); nobody else can end the connection meanwhile
        action(connection);
        return;
    }
    // Posted under the lock: the connection detaches before it dies.
    connection->outbox().post(connection, std::move(action));
}

HttpExchange::~HttpExchange()
{
    if (!m_answered)
        send(HttpResponse::text(500, "no answer\n"));
    else
        finish();
}

void HttpExchange::send(HttpResponse response)
{
    if (m_answered.exchange(true))
        return;
    onConnection([response = std::move(response)](HttpConnection *connection) { connection->sendResponse(response); });
}

void HttpExchange::beginStream(HttpResponse head)
{
    if (m_answered.exchange(true))
        return;
    m_streaming = true;
    onConnection([head = std::move(head)](HttpConnection *connection) { connection->beginStream(head); });
}

bool HttpExchange::write(const QByteArray &piece)
{
    if (!m_streaming || m_clogged || piece.isEmpty())
        return isOpen() && !m_clogged;
    onConnection([piece](HttpConnection *connection) { connection->writeStream(piece); });
    return !m_clogged;
}

void HttpExchange::finish()
{
    if (m_streaming.exchange(false))
        onConnection([](HttpConnection *connection) { connection->finishStream(); });
}

bool HttpExchange::isOpen() const
{
    const std::lock_guard lock(m_mutex);
    return m_connection && (!m_answered || m_streaming);
}

void HttpExchange::detach()
{
    const std::lock_guard lock(m_mutex);
    m_connection = nullptr;
}

HttpResponder::HttpResponder(std::shared_ptr<HttpExchange> exchange) : m_exchange(std::move(exchange)) {}
HttpResponder::~HttpResponder() = default;
HttpResponder::HttpResponder(const HttpResponder &) = default;
HttpResponder &HttpResponder::operator=(const HttpResponder &) = default;

void HttpResponder::send(HttpResponse response) const
{
    m_exchange->send(std::move(response));
}

void HttpResponder::beginStream(HttpResponse head) const
{
    m_exchange->beginStream(std::move(head));
}

bool HttpResponder::write(const QByteArray &piece) const
{
    return m_exchange->isOpen() && m_exchange->write(piece);
}

void HttpResponder::finish() const
{
    m_exchange->finish();
}

bool HttpResponder::isOpen() const
{
    return m_exchange->isOpen();
}

} // namespace novita
