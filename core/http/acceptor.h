// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpconnection.h"
#include "core/http/httplimits.h"
#include "core/http/httpoutbox.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <list>
#include <optional>

namespace novita {

/// Accepts connections and keeps their number within the cap. Internal to core/http; lives in the server's thread.
class Acceptor final : public QTcpServer
{
    Q_OBJECT

public:
    Acceptor(HttpHandler &handler, const HttpLimits &limits, HttpCounters &counters,
             const std::optional<QSslConfiguration> &tls);
    ~Acceptor() override;
    Q_DISABLE_COPY_MOVE(Acceptor)

    /// Stops accepting, lets answers finish for HttpLimits::stopGrace and emits drained() once.
    void drain();

signals:
    void drained();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void resume();   ///< accepting, after a pause
    bool makeRoom(); ///< false when every connection waits for an answer
    void remove(QObject *connection);

    HttpOutbox m_outbox;
    HttpHandler &m_handler;
    const HttpLimits m_limits;
    HttpCounters &m_counters;
    const std::optional<QSslConfiguration> m_tls;
    std::list<HttpConnection *> m_connections; ///< oldest first; children of this
    int m_acceptedInTurn = 0;
    bool m_draining = false;
};

} // namespace novita
