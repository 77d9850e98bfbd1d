// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/staleconnections.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <utility>

namespace novita {

StaleConnections::StaleConnections(QNetworkAccessManager &network, QObject *parent)
    : QObject(parent)
    , m_network(network)
{
}

void StaleConnections::follow(const QNetworkReply &reply)
{
    ++m_replies;
    connect(&reply, &QObject::destroyed, this, [this] {
        --m_replies;
        dropIfIdle();
    });
}

void StaleConnections::drop()
{
    m_isStale = true;
    dropIfIdle();
}

void StaleConnections::dropIfIdle()
{
    if (m_replies == 0 && std::exchange(m_isStale, false))
        m_network.clearConnectionCache();
}

} // namespace novita
