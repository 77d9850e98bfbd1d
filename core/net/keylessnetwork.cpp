// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/keylessnetwork.h"

#include "core/net/clienttls.h"
#include "core/net/originpolicy.h"
#include "core/net/proxypolicy.h"

#include <QNetworkReply>

#include <memory>

namespace novita {

namespace {

constexpr char kRefusal[] = "novitaRefusal";

/// One that was never sent.
class RefusedReply final : public QNetworkReply
{
    Q_DISABLE_COPY_MOVE(RefusedReply)

public:
    RefusedReply(const QNetworkRequest &request, const QString &why, QObject *parent)
        : QNetworkReply(parent)
    {
        setRequest(request);
        setUrl(request.url());
        setProperty(kRefusal, why);
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        setError(QNetworkReply::ProxyNotFoundError, why); // of those that come before anything is sent
        setFinished(true);
        QMetaObject::invokeMethod(this, &QNetworkReply::finished, Qt::QueuedConnection);
    }
    void abort() override {}

protected:
    qint64 readData(char *, qint64) override { return -1; }
};

} // namespace

KeylessNetwork::KeylessNetwork(QObject *parent)
    : QNetworkAccessManager(parent)
{
    configure({}, {});
}

void KeylessNetwork::configure(const QString &proxyUrl, const QString &caFile)
{
    auto proxies = std::make_unique<ProxyPolicy>(proxyUrl);
    m_proxyError = proxies->error();
    setProxyFactory(proxies.release()); // the manager owns it
    m_caFile = caFile;
    const Result<QSslConfiguration> tls = clientTls(caFile);
    m_tlsError = tls ? std::nullopt : std::optional(tls.error());
    if (tls)
        m_tls = *tls;
    m_connections.drop();
}

QString KeylessNetwork::refusalOf(const QNetworkReply &reply)
{
    return reply.property(kRefusal).toString();
}

std::optional<Error> KeylessNetwork::refusal(const QUrl &url)
{
    if (m_proxyError && !isLoopbackHost(url.host()))
        return m_proxyError;
    if (m_tlsError && url.scheme() == QLatin1String("https")) {
        if (const Result<QSslConfiguration> tls = clientTls(m_caFile); tls) { // it may be there by now
            m_tls = *tls;
            m_tlsError.reset();
        }
        return m_tlsError;
    }
    return std::nullopt;
}

QNetworkReply *KeylessNetwork::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    if (const std::optional<Error> refused = refusal(request.url()))
        return new RefusedReply(request, refused->message, this);
    QNetworkRequest prepared = request;
    prepared.setSslConfiguration(m_tls);
    QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, prepared, body);
    m_connections.follow(*reply);
    return reply;
}

} // namespace novita
