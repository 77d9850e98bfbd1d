// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QTcpSocket>
#include <QTest>

namespace novita {

/// A client that sends exactly the bytes it is given, and takes answers apart without any library that would smooth them.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        m_connected = QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, 5000);
    }

    bool isConnected() const { return m_connected && m_socket.state() == QAbstractSocket::ConnectedState; }
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    QTcpSocket &socket() { return m_socket; }

    /// Everything received until now.
    QByteArray received()
    {
        m_received += m_socket.readAll();
        return m_received;
    }
    bool waitForEnd(int ms = 10000)
    {
        return QTest::qWaitFor([this] { received(); return m_socket.state() == QAbstractSocket::UnconnectedState; }, ms);
    }
    bool waitForAnswers(qsizetype count, int ms = 10000)
    {
        return QTest::qWaitFor([&] { return statuses().size() >= count; }, ms);
    }

    struct Answer
    {
        int status = 0;
        QByteArray head;
        QByteArray body;
    };
    /// Complete answers (or those the end of the connection cut off), framed by Content-Length; `heads`: none has a body.
    QList<Answer> answers(bool heads = false)
    {
        QByteArray rest = received();
        QList<Answer> found;
        for (qsizetype end = rest.indexOf("\r\n\r\n"); end >= 0; end = rest.indexOf("\r\n\r\n")) {
            Answer answer;
            answer.head = rest.left(end + 2);
            answer.status = answer.head.mid(9, 3).toInt();
            const qsizetype at = answer.head.toLower().indexOf("content-length: ");
            const qsizetype length = at < 0 || heads ? 0 : answer.head.mid(at + 16).split('\r').first().toLongLong();
            if (rest.size() < end + 4 + length)
                break;
            answer.body = rest.mid(end + 4, length);
            rest.remove(0, end + 4 + length);
            found.append(answer);
        }
        return found;
    }
    QList<int> statuses()
    {
        QList<int> found;
        for (const Answer &answer : answers())
            found.append(answer.status);
        return found;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_connected = false;
};

} // namespace novita
