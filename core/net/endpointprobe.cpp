// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/endpointprobe.h"

#include "core/base/redact.h"
#include "core/net/keylessrequest.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTimer>

namespace novita {

namespace {

constexpr int kHighestPort = 65535;

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
    if (http)
        return checkReach(target.url, m_reach);
    if (target.port < 1 || target.port > kHighestPort)
        return Error::make(ErrorKind::Validation, tr("This address cannot be checked: it has no valid port."), target.host);
    return checkReach(target.host, m_reach);
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
    QNetworkReply *reply = m_network.get(keylessRequest(url));
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
        result.at = m_clock.now();
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
        out->resolve(ProbeResult{connected, 0, m_clock.steadyNow() - begin, redact(problem), m_clock.now()});
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
