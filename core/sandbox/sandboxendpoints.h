// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/httpserver.h"

#include <QObject>
#include <QTcpServer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace novita {

class SandboxWorld;
struct SandboxInstance;

/// What runs inside simulated instances, really served on 127.0.0.1: http ports answer, tcp ports accept, SSH says its banner.
/// Sockets are opened when somebody looks at an instance that runs, and closed when it runs no more. Used in the server's thread.
class SandboxEndpoints final : public QObject, public HttpHandler
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxEndpoints)

public:
    /// Listening sockets at most; instances beyond keep addresses that lead nowhere.
    static constexpr int kMostSockets = 200;
    /// The keys of SandboxInstance::served besides the ports.
    static constexpr int kSsh = 22;
    static constexpr int kTerminal = 2223;

    SandboxEndpoints() = default;

    /// Opens the endpoints of `instance` if it runs, and writes into it where they are.
    void serve(SandboxInstance &instance);
    /// Closes those of instances that have stopped or started anew.
    void retire(SandboxWorld &world);
    void closeAll();
    int socketCount() const;

    /// What answers requests for a WebUI server, which every http port of an instance is at /sdapi/.
    void setWebUi(std::function<void(const HttpRequest &, const HttpResponder &)> webUi) { m_webUi = std::move(webUi); }

    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    struct Served
    {
        TimePoint startedAt{};
        std::vector<std::unique_ptr<HttpServer>> web;
        std::vector<std::unique_ptr<QTcpServer>> tcp;
    };

    quint16 serveWeb(Served &served);
    quint16 serveTcp(Served &served, const QByteArray &banner);

    std::function<void(const HttpRequest &, const HttpResponder &)> m_webUi;
    std::map<QString, Served> m_served; ///< by instance id
};

} // namespace novita
