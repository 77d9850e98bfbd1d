// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxypolicy.h"

#include "core/base/redact.h"
#include "core/net/originpolicy.h"

#include <QUrl>

namespace novita {

ProxyPolicy::ProxyPolicy(const QString &setting)
{
    if (setting.isEmpty()) {
        m_fromEnvironment = true;
        return;
    }
    if (setting == QLatin1String("none"))
        return;

    const QUrl url(setting, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http");
    const bool socks = url.scheme() == QLatin1String("socks5");
    if (!url.isValid() || url.host().isEmpty() || !(http || socks)) {
        m_error = Error::make(ErrorKind::Validation, QStringLiteral("The proxy must be an http:// or socks5:// address"));
        return;
    }
    registerSecret(url.password(QUrl::FullyDecoded));
    constexpr int kHttpPort = 8080;
    constexpr int kSocksPort = 1080;
    m_proxy = QNetworkProxy(http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, url.host(),
                            static_cast<quint16>(url.port(http ? kHttpPort : kSocksPort)),
                            url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

QList<QNetworkProxy> ProxyPolicy::queryProxy(const QNetworkProxyQuery &query)
{
    if (isLoopbackHost(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    if (m_fromEnvironment)
        return systemProxyForQuery(query);
    return {m_proxy};
}

} // namespace novita
