// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/webhookcalls.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <memory>
#include <utility>

namespace novita {

namespace {

constexpr std::chrono::seconds kDeadline{5};
constexpr qint64 kMostAnswer = 4096; // the status line is all that counts

QByteArray requestText(const QUrl &address, const QByteArray &body)
{
    QByteArray target = address.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (address.hasQuery())
        target += '?' + address.query(QUrl::FullyEncoded).toLatin1();
    return "POST " + target + " HTTP/1.1\r\nHost: " + address.authority(QUrl::FullyEncoded).section(u'@', -1).toLatin1()
        + "\r\nContent-Type: application/json\r\nUser-Agent: novita-sandbox\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

} // namespace

bool WebhookCalls::mayCall(const QUrl &address)
{
    const QString host = address.host();
    return address.scheme() == QLatin1String("http") && (host == QLatin1String("localhost") || QHostAddress(host).isLoopback());
}

void WebhookCalls::post(const QString &key, const QUrl &address, const QByteArray &body)
{
    ++m_underWay;
    auto *socket = new QTcpSocket(this);
    auto *deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    const auto end = [this, key, socket, deadline](bool ok) {
        deadline->stop();
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
        settle(key, ok);
    };
    const auto judge = [socket, end] {
        const QByteArray answer = socket->peek(kMostAnswer);
        const qsizetype lineEnd = answer.indexOf("\r\n");
        if (lineEnd < 0 && answer.size() < kMostAnswer && socket->state() == QAbstractSocket::ConnectedState)
            return; // more of the line is to come
        end(answer.startsWith("HTTP/1.") && answer.mid(9, 1) == "2");
    };
    socket->setReadBufferSize(kMostAnswer);
    connect(deadline, &QTimer::timeout, this, [end] { end(false); });
    connect(socket, &QTcpSocket::connected, this, [socket, text = requestText(address, body)] { socket->write(text); });
    connect(socket, &QTcpSocket::readyRead, this, judge);
    connect(socket, &QTcpSocket::disconnected, this, judge);
    connect(socket, &QTcpSocket::errorOccurred, this, [end] { end(false); });
    deadline->start(kDeadline);
    const QString host = address.host() == QLatin1String("localhost") ? QStringLiteral("127.0.0.1") : address.host();
    socket->connectToHost(QHostAddress(host), quint16(address.port(80)));
}

void WebhookCalls::settle(const QString &key, bool ok)
{
    --m_underWay;
    m_outcomes.insert(key, ok);
}

QHash<QString, bool> WebhookCalls::takeOutcomes()
{
    return std::exchange(m_outcomes, {});
}

void WebhookCalls::abortAll()
{
    const QList<QTcpSocket *> sockets = findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : sockets) {
        socket->disconnect(this);
        delete socket;
    }
    m_underWay = 0;
    m_outcomes.clear();
}

} // namespace novita
