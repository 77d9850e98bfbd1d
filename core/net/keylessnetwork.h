// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/net/staleconnections.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

#include <optional>

namespace novita {

/// The manager of whatever is asked without a key: results by their links, covers of models, image servers. It goes by
/// the proxy and the certificate authorities of the settings, as the API does (ProxyPolicy, clientTls()): never by a
/// proxy to loopback hosts.
///
/// With a setting that cannot be used nothing is sent where it would matter: neither past the proxy, nor with fewer
/// authorities. Such a request fails as ErrorKind::Network with the sentence, before it has begun. Thread: the one that
/// made it.
class KeylessNetwork final : public QNetworkAccessManager
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeylessNetwork)

public:
    explicit KeylessNetwork(QObject *parent = nullptr);

    /// `proxyUrl` and `caFile` as ApiClientConfig has them. For what is asked from now on.
    void configure(const QString &proxyUrl, const QString &caFile);

    /// The sentence in a reply that was refused, else empty.
    static QString refusalOf(const QNetworkReply &reply);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    std::optional<Error> refusal(const QUrl &url);

    QString m_caFile;
    std::optional<Error> m_proxyError;
    std::optional<Error> m_tlsError;
    QSslConfiguration m_tls;
    StaleConnections m_connections{*this};
};

} // namespace novita
