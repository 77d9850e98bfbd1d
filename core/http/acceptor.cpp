// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/acceptor.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kBacklog = 256;

} // namespace

Acceptor::Acceptor(HttpHandler &handler, const HttpLimits &limits, HttpCounters &counters)
    : m_handler(handler)
    , m_limits(limits)
    , m_counters(counters)
{
    setListenBacklogSize(kBacklog);
}

Acceptor::~Acceptor()
{
    close();
    while (!m_connections.empty())
        delete m_connections.front();
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    if (m_draining || (std::ssize(m_connections) >= m_limits.connections && !makeRoom())) {
        QTcpSocket refused;
        refused.setSocketDescriptor(descriptor);
        refused.abort();
        return;
    }
    auto *connection = new HttpConnection(descriptor, m_handler, m_limits, m_counters, this);
    m_connections.push_back(connection);
    connect(connection, &QObject::destroyed, this, &Acceptor::remove);
}

bool Acceptor::makeRoom()
{
    const auto oldest = [this](auto condition) { return std::find_if(m_connections.begin(), m_connections.end(), condition); };
    // Those that never sent a whole request go first: a flood of them then cannot push out a client that behaves.
    auto victim = oldest([](const HttpConnection *c) { return c->isUnfinished() && c->neverFinished(); });
    if (victim == m_connections.end())
        victim = oldest([](const HttpConnection *c) { return c->isUnfinished(); });
    if (victim == m_connections.end())
        victim = oldest([](const HttpConnection *c) { return c->playsFault(); });
    if (victim == m_connections.end())
        return false;
    ++m_counters.evicted;
    HttpConnection *connection = *victim;
    connection->drop();
    delete connection;
    return true;
}

void Acceptor::remove(QObject *connection)
{
    m_connections.remove_if([connection](const HttpConnection *c) { return static_cast<const QObject *>(c) == connection; });
    if (m_draining && m_connections.empty())
        emit drained();
}

void Acceptor::drain()
{
    m_draining = true;
    close();
    const std::list<HttpConnection *> connections = m_connections;
    for (HttpConnection *connection : connections)
        connection->finishAndClose();
    if (m_connections.empty())
        emit drained();
    else
        QTimer::singleShot(m_limits.stopGrace, this, &Acceptor::drained);
}

} // namespace novita
