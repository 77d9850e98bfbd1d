// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QNetworkProxyFactory>

#include <memory>
#include <optional>

namespace novita {

/// Decides the proxy of every connection: never one for loopback hosts, else what the settings say.
class ProxyPolicy final : public QNetworkProxyFactory
{
public:
    /// `setting`: "" = environment variables, "none" = direct, else an http:// or socks5:// URL, with user and password
    /// if need be (the password is registered with redact()).
    explicit ProxyPolicy(const QString &setting);

    /// Why nothing may be sent: a proxy that cannot be understood must not become a direct connection.
    const std::optional<Error> &error() const { return m_error; }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    bool m_fromEnvironment = false;
    QNetworkProxy m_proxy{QNetworkProxy::NoProxy};
    std::optional<Error> m_error;
};

} // namespace novita
