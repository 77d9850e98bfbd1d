// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTest>

#include <memory>

namespace novita {

/// What a request came to; status 0 when no answer was read.
struct SandboxAnswer
{
    int status = 0;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray retryAfter;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString reason() const { return json().value(QLatin1String("reason")).toString(); }
};

/// A plain client of the API for tests; waits for each answer.
class SandboxClient
{
public:
    explicit SandboxClient(const QUrl &root, const QByteArray &authorization = "Bearer test-key-123") : m_root(root.toString()), m_authorization(authorization)
    {
        m_manager.setProxy(QNetworkProxy::NoProxy);
    }

    void setAuthorization(const QByteArray &value) { m_authorization = value; }

    /// `path` from the server's root; a path that begins with "v1/" is one of the GPU API.
    SandboxAnswer get(const QString &path) { return wait(m_manager.get(request(path))); }
    SandboxAnswer post(const QString &path, const QJsonObject &body) { return postRaw(path, QJsonDocument(body).toJson(QJsonDocument::Compact)); }
    SandboxAnswer postRaw(const QString &path, const QByteArray &body) { return wait(m_manager.post(request(path), body)); }
    SandboxAnswer send(const QByteArray &verb, const QString &path) { return wait(m_manager.sendCustomRequest(request(path), verb)); }
    QNetworkReply *open(const QString &url) { return m_manager.get(QNetworkRequest(QUrl(url))); }

private:
    QNetworkRequest request(const QString &path) const
    {
        const QString full = path.startsWith(QLatin1String("v1/")) ? QStringLiteral("/gpu-instance/openapi/") + path : path;
        QNetworkRequest request{QUrl(m_root + full)};
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setRawHeader("Authorization", m_authorization);
        request.setTransferTimeout(15000);
        return request;
    }
    static SandboxAnswer wait(QNetworkReply *raw)
    {
        const std::unique_ptr<QNetworkReply> reply(raw);
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(), reply->error(), reply->rawHeader("Retry-After")};
    }

    QNetworkAccessManager m_manager;
    QString m_root;
    QByteArray m_authorization;
};

} // namespace novita
