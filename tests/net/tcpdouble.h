// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <vector>

namespace novita {

/// A real socket that says exactly what a test wants, also nonsense. Splits what comes in into requests, calls the
/// handler for each.
class TcpDouble final : public QTcpServer
{
    Q_OBJECT

public:
    struct Received
    {
        QByteArray head; ///< request line and headers
        QByteArray body;
        int connection = 0;

        bool hasHeader(const QByteArray &line) const { return head.toLower().contains("\r\n" + line.toLower() + "\r\n"); }
    };
    using Handler = std::function<void(QTcpSocket &, const Received &)>;

    explicit TcpDouble(Handler handler) : m_handler(std::move(handler))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, &TcpDouble::accept);
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }
    const std::vector<Received> &received() const { return m_received; }
    int count() const { return static_cast<int>(m_received.size()); }
    int connections() const { return m_connections; }
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    static QByteArray answer(const QByteArray &body, const QByteArray &status = "200 OK", const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
    }

private:
    void accept()
    {
        while (QTcpSocket *socket = nextPendingConnection()) {
            const int number = ++m_connections;
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, number, buffer = QByteArray()]() mutable {
                buffer += socket->readAll();
                while (takeOne(*socket, number, buffer)) { }
            });
        }
    }

    bool takeOne(QTcpSocket &socket, int connection, QByteArray &buffer)
    {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        const QByteArray head = buffer.left(end + 4);
        qsizetype length = 0;
        const QByteArray name = "\r\ncontent-length:";
        if (const qsizetype at = head.toLower().indexOf(name); at >= 0)
            length = head.mid(at + name.size(), head.indexOf("\r\n", at + 2) - at - name.size()).trimmed().toLongLong();
        if (buffer.size() < end + 4 + length)
            return false;
        m_received.push_back({head, buffer.mid(end + 4, length), connection});
        buffer.remove(0, end + 4 + length);
        m_handler(socket, m_received.back());
        return true;
    }

    Handler m_handler;
    std::vector<Received> m_received;
    int m_connections = 0;
};

} // namespace novita
