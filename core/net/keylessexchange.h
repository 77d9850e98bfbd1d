// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <functional>
#include <optional>

class QNetworkAccessManager;
class QObject;

namespace novita {

class WireExchange;

/// One question to a server that is not the cloud.
struct KeylessRequest
{
    QUrl url;
    std::optional<QByteArray> json; ///< POST with it, else GET
    QString user;                   ///< of HTTP basic authentication; empty: none
    QString password;               ///< secret
    Milliseconds time{20'000};      ///< absolute
    qint64 mostBytes = 16 * 1024 * 1024;
};

/// A complete answer of any status.
struct KeylessAnswer
{
    int status = 0;
    QByteArray body;
    QUrl leadsTo; ///< of a redirect, which is not followed; absolute
};

/// Asks once, by keylessRequest() and with the login alone. A POST cannot be sent again by the manager. `handler` is called once, never from inside, unless
/// the exchange is aborted before or `parent` dies; an Error as HttpOutcome has it, of Network, Timeout and Tls with a sentence for people that names no host, effectUnknown for a POST only. `network`: used by nobody that sends a
/// key; outlives the exchange, which belongs to `parent`.
WireExchange *sendKeyless(QNetworkAccessManager &network, const KeylessRequest &request, std::function<void(const Result<KeylessAnswer> &)> handler, QObject *parent);

} // namespace novita
