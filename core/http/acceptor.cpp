// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/acceptor.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kBacklog = 256;
constexpr int kUnlimitedPending = 30; // Qt's own default; ours are never pending
constexpr std::chrono::milliseconds kAcceptRetry{100};

} // namespace

Acceptor::Acceptor(HttpHandler &handler, const HttpLimits &limits, HttpCounters &counters,
                   const std::optional<QSslConfiguration> &tls)
    : m_outbox(this)
    , m_handler(handler)
    , m_limits(limits)
    , m_counters(counters)
    , m_tls(tls)
{
    setListenBacklogSize(kBacklog);
    // QTcpServer stops accepting for ever when accept() fails, e.g. while the process is out of file descriptors.
    connect(this, &QTcpServer::acceptError, this, [this] { QTimer::singleShot(kAcceptRetry, this, &Acceptor::resume); });
}

Acceptor::~Acceptor()
{
    close();
    while (!m_connections.empty())
        delete m_connections.front();
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    // QTcpServer accepts the whole backlog in one go. A flood would push out connections whose request nobody has had a chance
    // to read yet; so the others get their turn in between. No place for pending ones is what makes QTcpServer pause.
    if (++m_acceptedInTurn == std::max(1, m_limits.connections / 4)) {
        setMaxPendingConnections(0);
        QMetaObject::invokeMethod(this, &Acceptor::resume, Qt::QueuedConnection);
    }
    if (m_draining || (std::ssize(m_connections) >= m_limits.connections && !makeRoom())) {
        QTcpSocket refused;
        refused.setSocketDescriptor(descriptor);
        refused.abort();
        return;
    }
    auto *connection = new HttpConnection(descriptor, {m_handler, m_limits, m_counters, m_tls ? &*m_tls : nullptr, m_outbox}, this);
    m_connections.push_back(connection);
    connect(connection, &QObject::destroyed, this, &Acceptor::remove);
}

void Acceptor::resume()
{
    m_acceptedInTurn = 0;
    setMaxPendingConnections(kUnlimitedPending);
    if (isListening())
        resumeAccepting();
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
