// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/media/painter.h"
#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"

#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

namespace novita {

using L = QLatin1String;

/// A picture file for requests.
inline QByteArray samplePng(const QSize &size = {64, 48})
{
    PaintOrder order;
    order.subject = QStringLiteral("sample");
    order.size = size;
    return encodePicture(paintPicture(order), "png");
}
inline QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

/// The body of a txt2img request that is fine; `changes` go into its `request`.
inline QJsonObject txt2imgBody(const QJsonObject &changes = {}, const QJsonObject &extra = {})
{
    QJsonObject request{{QStringLiteral("model_name"), QStringLiteral("tidepool_v2_90001.safetensors")}, {QStringLiteral("prompt"), QStringLiteral("a lighthouse")},
                        {QStringLiteral("width"), 128}, {QStringLiteral("height"), 128}, {QStringLiteral("image_num"), 1}, {QStringLiteral("steps"), 20},
                        {QStringLiteral("seed"), 7}, {QStringLiteral("guidance_scale"), 7}, {QStringLiteral("sampler_name"), QStringLiteral("Euler a")}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        request.insert(it.key(), it.value());
    QJsonObject body{{QStringLiteral("request"), request}};
    if (!extra.isEmpty())
        body.insert(QStringLiteral("extra"), extra);
    return body;
}

/// A simulated cloud that works quickly, and a client of it. To be derived from.
class MediaBench
{
protected:
    void begin(const SandboxOptions &options = {.timeScale = 1000})
    {
        m_client.reset();
        m_server = std::make_unique<SandboxServer>(options);
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void end()
    {
        m_client.reset();
        m_server.reset();
    }

    SandboxAnswer post(const char *path, const QJsonObject &body) { return m_client->post(L(path), body); }
    QString submit(const QJsonObject &body, const char *path = "/v3/async/txt2img") { return post(path, body).json().value(L("task_id")).toString(); }
    QJsonObject result(const QString &id) { return m_client->get(QStringLiteral("/v3/async/task-result?task_id=") + id).json(); }
    /// The result once the task has come to its end.
    QJsonObject finished(const QString &id)
    {
        QJsonObject json;
        const bool over = QTest::qWaitFor([&] {
            json = result(id);
            const QString status = json.value(L("task"))[L("status")].toString();
            return status == L("TASK_STATUS_SUCCEED") || status == L("TASK_STATUS_FAILED");
        }, 10000);
        return over ? json : QJsonObject();
    }
    /// As post(), for bodies of many megabytes, which QNetworkAccessManager hands over in small pieces with a turn of the event loop for each.
    SandboxAnswer postLarge(const char *path, const QJsonObject &body)
    {
        const QByteArray text = QJsonDocument(body).toJson(QJsonDocument::Compact);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_server->port());
        if (!socket.waitForConnected(5000))
            return {};
        socket.write(QByteArray("POST ") + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-key-123\r\nContent-Type: application/json\r\n"
                     "Connection: close\r\nContent-Length: " + QByteArray::number(text.size()) + "\r\n\r\n" + text);
        QByteArray answer;
        while (socket.waitForReadyRead(10000))
            answer += socket.readAll();
        return {answer.mid(9, 3).toInt(), answer.mid(answer.indexOf("\r\n\r\n") + 4), QNetworkReply::NoError, {}};
    }
    /// What a link leads to, without the key.
    SandboxAnswer fetch(const QString &link)
    {
        const std::unique_ptr<QNetworkReply> reply(m_client->open(link));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(), reply->error(), {}};
    }
    /// The first picture of a task, as a file.
    QByteArray firstPicture(const QString &id)
    {
        return fetch(finished(id).value(L("images"))[0][L("image_url")].toString()).body;
    }

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

/// Takes deliveries and answers each with the status that comes next; 200 when none is left.
class DeliveryListener final : public QObject
{
    Q_OBJECT

public:
    DeliveryListener()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }
    QString address() const { return QStringLiteral("http://127.0.0.1:%1/hook?token=abc").arg(m_server.serverPort()); }

    QList<int> statuses;
    QList<QJsonObject> bodies;
    QByteArrayList heads;

private:
    void read(QTcpSocket *socket)
    {
        const QByteArray text = socket->peek(1024 * 1024);
        const qsizetype head = text.indexOf("\r\n\r\n");
        if (head < 0 || QJsonDocument::fromJson(text.mid(head + 4)).isNull())
            return;
        socket->readAll();
        heads.append(text.left(head));
        bodies.append(QJsonDocument::fromJson(text.mid(head + 4)).object());
        const int status = statuses.isEmpty() ? 200 : statuses.takeFirst();
        socket->write("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Length: 0\r\n\r\n");
        socket->disconnectFromHost();
    }

    QTcpServer m_server;
};

} // namespace novita
