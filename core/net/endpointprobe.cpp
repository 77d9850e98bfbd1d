// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/endpointprobe.h"

#include "core/base/redact.h"
#include "core/net/originpolicy.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

namespace novita {

namespace {

constexpr int kHighestPort = 65535;

bool isPlainHost(const QString &host)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252}[A-Za-z0-9])?$"));
    return plain.match(host).hasMatch();
}

/// This computer, or an address that only means something in the network it stands in. Names are not resolved.
bool isLocal(const QString &host)
{
    if (isLoopbackHost(host))
        return true;
    QHostAddress address(host);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of ::ffff:10.0.0.1
    if (isV4)
        address = QHostAddress(v4);
    static const QList<QPair<QHostAddress, int>> privateNets{
        QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")), QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
        QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")), QHostAddress::parseSubnet(QStringLiteral("100.64.0.0/10")),
        QHostAddress::parseSubnet(QStringLiteral("fc00::/7"))};
    return !address.isNull()
           && (!address.isGlobal() || std::any_of(privateNets.begin(), privateNets.end(), [&address](const auto &net) { return address.isInSubnet(net); }));
}

} // namespace

EndpointProbe::EndpointProbe(QNetworkAccessManager &network, const Clock &clock, QObject *parent)
    : QObject(parent), m_network(network), m_clock(clock)
{
    m_network.setAutoDeleteReplies(false);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

std::optional<Error> EndpointProbe::refusal(const ProbeTarget &target) const
{
    const bool http = target.kind == ProbeTarget::Kind::Http;
    const QString host = http ? target.url.host() : target.host;
    const auto refuse = [&host](const QString &why) { return Error::make(ErrorKind::Validation, why, host); };
    if (http && (!target.url.isValid() || (target.url.scheme() != QLatin1String("https") && target.url.scheme() != QLatin1String("http"))
                 || !target.url.userInfo().isEmpty()))
        return refuse(tr("This address cannot be checked: it is no http or https address."));
    if (!http && (target.port < 1 || target.port > kHighestPort))
        return refuse(tr("This address cannot be checked: it has no valid port."));
    if (!isPlainHost(host))
        return refuse(tr("This address cannot be checked: it has no valid host."));
    if (m_reach == Reach::Internet && isLocal(host))
        return refuse(tr("not asked: the address points into the local network"));
    if (m_reach == Reach::Local && !isLocal(host))
        return refuse(tr("not asked: the address lies outside of this computer"));
    return std::nullopt;
}

Call<ProbeResult> *EndpointProbe::probe(const ProbeTarget &target, Milliseconds limit)
{
    if (const std::optional<Error> refused = refusal(target))
        return Call<ProbeResult>::settledWith(*refused, this);
    auto *call = Call<ProbeResult>::create(this);
    if (target.kind == ProbeTarget::Kind::Http)
        probeHttp(call, target.url, limit);
    else
        probeTcp(call, target.host, target.port, limit);
    return call;
}

void EndpointProbe::probeHttp(Call<ProbeResult> *call, const QUrl &url, Milliseconds limit)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("novita-console"));
    QNetworkReply *reply = m_network.get(request);
    reply->setReadBufferSize(1); // the header is all that counts
    reply->setParent(call);

    const SteadyPoint begin = m_clock.steadyNow();
    const QPointer<Call<ProbeResult>> out(call);
    const auto end = [this, out, reply, begin](const QString &problem) {
        if (!out || out->isSettled())
            return;
        ProbeResult result;
        result.httpStatus = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        result.connected = result.httpStatus > 0;
        result.took = m_clock.steadyNow() - begin;
        if (!result.connected)
            result.problem = redact(problem);
        out->resolve(result);
        reply->disconnect(this);
        reply->abort();
    };
    call->setCanceler([reply, this] {
        reply->disconnect(this);
        reply->abort();
    });
    connect(reply, &QNetworkReply::metaDataChanged, this, [end, reply] {
        if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
            end({});
    });
    connect(reply, &QNetworkReply::finished, this, [end, reply] { end(reply->errorString()); });
    QTimer::singleShot(limit, reply, [end] { end(tr("no answer in time")); });
}

void EndpointProbe::probeTcp(Call<ProbeResult> *call, const QString &host, int port, Milliseconds limit)
{
    auto *socket = new QTcpSocket(call);
    const SteadyPoint begin = m_clock.steadyNow();
    const QPointer<Call<ProbeResult>> out(call);
    const auto end = [this, out, socket, begin](bool connected, const QString &problem) {
        if (!out || out->isSettled())
            return;
        socket->disconnect(this);
        socket->abort();
        out->resolve(ProbeResult{connected, 0, m_clock.steadyNow() - begin, redact(problem)});
    };
    call->setCanceler([socket, this] {
        socket->disconnect(this);
        socket->abort();
    });
    connect(socket, &QTcpSocket::connected, this, [end] { end(true, {}); });
    connect(socket, &QTcpSocket::errorOccurred, this, [end, socket] { end(false, socket->errorString()); });
    QTimer::singleShot(limit, socket, [end] { end(false, tr("no answer in time")); });
    socket->connectToHost(host, static_cast<quint16>(port));
}

} // namespace novita
