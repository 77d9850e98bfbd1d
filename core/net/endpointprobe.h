// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/net/reach.h"

#include <QObject>
#include <QUrl>

#include <optional>

class QNetworkAccessManager;

namespace novita {

/// Where a service of an instance should answer.
struct ProbeTarget
{
    enum class Kind {
        Http, ///< GET `url`
        Tcp,  ///< connect to `host`:`port` and hang up
    };
    Kind kind = Kind::Tcp;
    QUrl url;
    QString host;
    int port = 0;
};

/// What a look at an endpoint found.
struct ProbeResult
{
    bool connected = false; ///< something accepted the connection (and, for Http, answered)
    int httpStatus = 0;
    Milliseconds took{0};
    QString problem;        ///< why not, in Qt's words; redacted
    std::optional<TimePoint> at; ///< when that was known
};

/// Asks whether an endpoint answers. It reads no body, follows no redirect (that is an answer, too), sends no key, no cookie and nothing
/// that tells of the account. Addresses come from the cloud and are not trusted: only http, https and plain host names or
/// addresses are asked. A cloud out there may not point into this network, and one on this computer (the sandbox) may not
/// make the program leave it: see Reach.
///
/// Thread: the one that made it; never blocks. A probe never fails as a Call but for Canceled and Validation: that nobody answers is a result.
class EndpointProbe final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndpointProbe)

public:
    /// `network`: used by nobody else, outlives the probe. With a KeylessNetwork the proxy and the certificate authorities of the settings count for Http;
    /// Tcp goes there straight, as the person's own ssh would.
    EndpointProbe(QNetworkAccessManager &network, const Clock &clock, QObject *parent = nullptr);

    using Reach = novita::Reach;
    /// Whom it asks. Everything else is refused as Validation.
    void setReach(Reach reach) { m_reach = reach; }
    Reach reach() const { return m_reach; }

    /// `limit`: absolute, for everything together.
    Call<ProbeResult> *probe(const ProbeTarget &target, Milliseconds limit);

private:
    std::optional<Error> refusal(const ProbeTarget &target) const;
    void probeHttp(Call<ProbeResult> *call, const QUrl &url, Milliseconds limit);
    void probeTcp(Call<ProbeResult> *call, const QString &host, int port, Milliseconds limit);

    QNetworkAccessManager &m_network;
    const Clock &m_clock;
    Reach m_reach = Reach::Internet;
};

} // namespace novita
