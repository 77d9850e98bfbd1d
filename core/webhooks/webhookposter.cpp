// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookposter.h"

#include "core/net/clienttls.h"
#include "core/net/originpolicy.h"
#include "core/net/proxypolicy.h"
#include "core/webhooks/postexchange.h"

#include <utility>

namespace novita {

namespace {

using Stage = PostReport::Stage;

Call<PostReport> *ended(Stage stage, const Error &error, QObject *parent)
{
    PostReport report;
    report.stage = stage;
    report.error = error;
    return Call<PostReport>::settledWith(report, parent);
}

} // namespace

WebhookPoster::WebhookPoster(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock), m_tls(clientTls({})) {}

void WebhookPoster::configure(const QString &proxyUrl, const QString &caFile)
{
    m_proxyUrl = proxyUrl;
    if (std::exchange(m_caFile, caFile) != caFile)
        m_tls = clientTls(caFile);
}

Call<PostReport> *WebhookPoster::post(const PostRequest &request)
{
    if (request.policy) {
        if (const std::optional<Error> error = request.policy->check(request.url))
            return ended(Stage::Refused, *error, this);
    }
    // A wrong setting says nothing about the target: once it is put right, the delivery can be made.
    PostExchange::Route route;
    const QHostAddress literal(request.url.host());
    if (!isLoopbackHost(request.url.host()) && (literal.isNull() || !literal.isLoopback())) {
        ProxyPolicy proxies(m_proxyUrl);
        if (proxies.error())
            return ended(Stage::Connecting, *proxies.error(), this);
        const QList<QNetworkProxy> found = proxies.queryProxy(QNetworkProxyQuery(request.url));
        if (!found.isEmpty() && found.first().type() != QNetworkProxy::DefaultProxy)
            route.proxy = found.first();
    }
    if (request.url.scheme() == QLatin1String("https")) {
        if (!m_tls)
            m_tls = clientTls(m_caFile); // it may be there by now
        if (!m_tls)
            return ended(Stage::Connecting, m_tls.error(), this);
        route.tls = *m_tls;
    }
    auto *call = Call<PostReport>::create(this);
    auto *exchange = new PostExchange(request, route, m_clock, call, this);
    exchange->start();
    return call;
}

} // namespace novita
