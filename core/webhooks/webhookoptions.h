// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/addresslist.h"
#include "core/http/tlsfiles.h"
#include "core/webhooks/delivery.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

class Settings;

/// What the settings say about receiving webhooks. A value.
struct WebhookOptions
{
    Q_DECLARE_TR_FUNCTIONS(novita::WebhookOptions)
public:
    bool enabled = false;
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 8787;
    std::optional<TlsFiles> tls;
    AddressList allowed = AddressList::loopback();
    AddressList proxies;
    int perMinute = 60;
    qint64 bodyBytes = 1024 * 1024;
    QUrl publicUrl;                ///< of signed deliveries, through a tunnel; empty: none
    DeliveryRetention retention;
    bool privateTargets = false;   ///< deliveries may be sent on to addresses of the local network
    QString proxyUrl;              ///< how the program itself reaches the internet, see ProxyPolicy
    QString caFile;                ///< certificate authorities that are trusted as well
    QStringList problems;          ///< a sentence for each setting that is not usable; the default is used in its place

    /// Reads all of it.
    static WebhookOptions from(const Settings &settings);
    /// Everyone who can reach this computer can knock.
    bool isOpenToOthers() const;
    /// Would a change from `other` make it necessary to listen anew?
    bool listensLike(const WebhookOptions &other) const;

    static constexpr const char *kPath = "/webhook"; ///< of signed deliveries

    // What the settings take; ErrorKind::Validation in a sentence else. What they return is cleaned.
    static Result<QString> checkAddress(const QString &text);    ///< an address of this computer, or 0.0.0.0, ::
    static Result<QString> checkAddressList(const QString &text);
    static Result<QString> checkPublicUrl(const QString &text);  ///< empty, or http(s)://host[:port][/prefix]
};

} // namespace novita
