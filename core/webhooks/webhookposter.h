// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/http/httpmessage.h"
#include "core/webhooks/targetpolicy.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

#include <optional>

namespace novita {

/// A delivery that is to be sent.
struct PostRequest
{
    QUrl url;
    /// As they are, in their order. Those that belong to one connection (Host, Content-Length, Connection, …) are left out and set anew.
    QList<HttpHeaders::Field> headers;
    QByteArray body;
    std::optional<TargetPolicy> policy;  ///< none: the address is the person's own setting, or this program's
    QSslCertificate pinned;              ///< trusted whatever its name and issuer; null: none
    Milliseconds timeout{10000};         ///< absolute, from now to the last byte of the answer
};

/// How far it came, and what was answered.
struct PostReport
{
    enum class Stage {
        Refused,    ///< nothing was sent: the target may not be posted to
        Resolving,  ///< the name of the host
        Connecting, ///< to the target or the proxy; also when the proxy or the certificates of the settings cannot be used
        Encrypting, ///< TLS
        Waiting,    ///< for an answer: the delivery may have arrived
        Answered,
    };

    Stage stage = Stage::Refused;     ///< where it ended
    std::optional<Error> error;       ///< set unless Answered; a sentence
    int status = 0;                   ///< of the answer; redirects are not followed
    QByteArray body;                  ///< of the answer, at most PostAnswer::Limits::body
    QByteArray retryAfter;            ///< header of the answer, empty when absent
    QHostAddress address;             ///< that was connected to last, or tried; null behind a proxy
    Milliseconds took{0};

    bool isAnswered() const { return stage == Stage::Answered; }
    bool isSuccess() const { return isAnswered() && status >= 200 && status < 300; }
};

/// Posts webhook deliveries with exactly the headers they are given, on a connection of their own, to an address that was checked.
///
/// A name is resolved here, its addresses are checked by the policy, and one of them is connected to, so that nothing can be slipped in
/// between. Behind a proxy it is the proxy that resolves: then a name is refused when any of its addresses, as this computer resolves it, is
/// not allowed. What a name means that only the proxy can resolve is the proxy's matter. HTTP/1.1, TLS 1.2 and later.
///
/// A call never fails but for Canceled: that something does not work is a report. Thread: that of its owner; never blocks.
class WebhookPoster final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookPoster)

public:
    /// `clock` must outlive it.
    explicit WebhookPoster(const Clock &clock, QObject *parent = nullptr);

    /// See ApiClientConfig. Later posts go by it. Reads the certificates: tens to hundreds of milliseconds where a CA file is set.
    void configure(const QString &proxyUrl, const QString &caFile);

    Call<PostReport> *post(const PostRequest &request);

private:
    const Clock &m_clock;
    QString m_proxyUrl;
    QString m_caFile;
    Result<QSslConfiguration> m_tls;
};

} // namespace novita
