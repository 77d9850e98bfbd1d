// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxendpoints.h"

#include "core/http/httpmessage.h"
#include "core/sandbox/media/sandboxmedia.h"
#include "core/sandbox/sandboxinstance.h"
#include "core/sandbox/sandboxworld.h"

#include <QTcpSocket>
#include <QTimer>

namespace novita {

namespace {

constexpr int kMostConnections = 8; ///< of one endpoint
constexpr std::chrono::seconds kConnectionLife{30};

} // namespace

void SandboxEndpoints::serve(SandboxInstance &instance)
{
    if (instance.state != InstanceState::running)
        return;
    const auto known = m_served.find(instance.id);
    if (known != m_served.end() && known->second.startedAt == instance.startedAt)
        return;
    if (known != m_served.end())
        m_served.erase(known);
    instance.served.clear();
    const auto needed = static_cast<int>(instance.ports.size()) + (instance.jupyterPort > 0 ? 1 : 0) + 2;
    if (socketCount() + needed > kMostSockets)
        return;
    Served &served = m_served[instance.id];
    served.startedAt = instance.startedAt;
    const auto keep = [&instance](int port, quint16 at) {
        if (at > 0)
            instance.served.insert(port, at);
    };
    for (const SandboxInstance::Port &port : std::as_const(instance.ports))
        keep(port.port, port.type == QLatin1String("http") ? serveWeb(served) : serveTcp(served, {}));
    if (instance.jupyterPort > 0 && !instance.served.contains(instance.jupyterPort))
        keep(instance.jupyterPort, serveWeb(served));
    keep(kSsh, serveTcp(served, "SSH-2.0-OpenSSH_9.2p1 sandbox\r\n"));
    keep(kTerminal, serveWeb(served));
}

quint16 SandboxEndpoints::serveWeb(Served &served)
{
    HttpLimits limits;
    limits.connections = kMostConnections;
    auto server = std::make_unique<HttpServer>(*this, limits, HttpServer::Threading::Caller);
    const Result<quint16> port = server->listen(QHostAddress(QHostAddress::LocalHost), 0);
    if (!port)
        return 0;
    served.web.push_back(std::move(server));
    return *port;
}

quint16 SandboxEndpoints::serveTcp(Served &served, const QByteArray &banner)
{
    auto server = std::make_unique<QTcpServer>();
    server->setMaxPendingConnections(kMostConnections);
    if (!server->listen(QHostAddress(QHostAddress::LocalHost), 0))
        return 0;
    connect(server.get(), &QTcpServer::newConnection, server.get(), [raw = server.get(), banner] {
        while (QTcpSocket *socket = raw->nextPendingConnection()) {
            if (raw->findChildren<QTcpSocket *>().size() > kMostConnections) {
                delete socket;
                continue;
            }
            // Whatever is said to it is not read: the kernel's buffer is the bound.
            socket->setReadBufferSize(1);
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QTimer::singleShot(kConnectionLife, socket, [socket] { socket->abort(); });
            if (!banner.isEmpty())
                socket->write(banner);
        }
    });
    const quint16 port = server->serverPort();
    served.tcp.push_back(std::move(server));
    return port;
}

qint64 SandboxEndpoints::bodyLimit(const HttpRequest &head, const HttpLimits &limits) const
{
    return head.path.startsWith(QLatin1String("/sdapi/")) ? kMostMediaBody : limits.bodyBytes;
}

void SandboxEndpoints::handle(const HttpRequest &request, HttpResponder responder)
{
    if (m_webUi && request.path.startsWith(QLatin1String("/sdapi/"))) {
        m_webUi(request, responder);
        return;
    }
    HttpResponse response = HttpResponse::text(200, "This is what an instance of the sandbox serves at " + request.path.toUtf8() + "\n");
    response.close = true;
    responder.send(response);
}

void SandboxEndpoints::retire(SandboxWorld &world)
{
    for (auto it = m_served.begin(); it != m_served.end();) {
        SandboxInstance *instance = world.instance(it->first);
        const bool serves = instance && instance->state == InstanceState::running && instance->startedAt == it->second.startedAt;
        if (!serves && instance)
            instance->served.clear();
        it = serves ? std::next(it) : m_served.erase(it);
    }
}

void SandboxEndpoints::closeAll()
{
    m_served.clear();
}

int SandboxEndpoints::socketCount() const
{
    std::size_t count = 0;
    for (const auto &[id, served] : m_served)
        count += served.web.size() + served.tcp.size();
    return static_cast<int>(count);
}

} // namespace novita
