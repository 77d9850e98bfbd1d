// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httptransport.h"

#include "core/net/clienttls.h"
#include "core/net/originpolicy.h"
#include "core/net/proxypolicy.h"
#include "core/net/sequentialbody.h"
#include "core/net/wireexchange.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>

#include <memory>
#include <utility>

namespace novita {

namespace {

/// Our cap on the decompressed size is the rule, and says what is wrong. Qt's guard, which does not say it, stands where deflate does not
/// come to within one piece.
qint64 guardOver(qint64 maxBytes)
{
    constexpr qint64 kMostDeflated = 1032;
    return maxBytes + kMostDeflated * WireExchange::kPackedPiece;
}

} // namespace

HttpTransport::HttpTransport(QNetworkAccessManager &network, QObject *parent) : QObject(parent), m_network(network)
{
    m_network.setAutoDeleteReplies(false);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    configure({});
}

HttpTransport::~HttpTransport() = default;

void HttpTransport::configure(const Config &config)
{
    const bool hasOtherAuthorities = config.caFile != m_config.caFile;
    m_config = config;
    m_configError.reset();

    auto proxies = std::make_unique<ProxyPolicy>(config.proxyUrl);
    m_configError = proxies->error();
    m_network.setProxyFactory(proxies.release()); // the manager owns it

    m_template = QNetworkRequest();
    m_template.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    m_template.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    m_template.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    m_template.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    m_template.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    m_template.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    m_template.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    m_template.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    m_template.setDecompressedSafetyCheckThreshold(guardOver(config.maxReplyBytes));

    const Result<QSslConfiguration> tls = clientTls(config.caFile);
    if (tls)
        m_template.setSslConfiguration(*tls);
    else if (!m_configError)
        m_configError = tls.error();
    if (hasOtherAuthorities)
        m_connections.drop();
}

std::optional<Error> HttpTransport::refusal(const QUrl &url) const
{
    if (m_configError)
        return m_configError;
    return checkOrigin(url);
}

WireExchange *HttpTransport::send(const WireRequest &request, std::function<void(const HttpOutcome &)> handler)
{
    QNetworkRequest prepared = prepare(request);
    QNetworkReply *reply = nullptr;
    if (request.method == HttpMethod::Get) {
        reply = m_network.get(prepared);
    } else {
        prepared.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        auto body = std::make_unique<SequentialBody>(request.body);
        switch (request.method) {
        case HttpMethod::Post: reply = m_network.post(prepared, body.get()); break;
        case HttpMethod::Put: reply = m_network.put(prepared, body.get()); break;
        default: reply = m_network.sendCustomRequest(prepared, toString(request.method).toLatin1(), body.get()); break;
        }
        body.release()->setParent(reply);
    }
    m_connections.follow(*reply);
    auto *exchange = new WireExchange(reply, request.timeout, request.maxBytes.value_or(m_config.maxReplyBytes), std::move(handler), this);
    exchange->setSink(request.onBytes);
    return exchange;
}

QNetworkRequest HttpTransport::prepare(const WireRequest &request) const
{
    QNetworkRequest prepared = m_template;
    prepared.setUrl(request.url);
    if (request.maxBytes)
        prepared.setDecompressedSafetyCheckThreshold(guardOver(*request.maxBytes));
    for (const auto &[name, value] : request.headers)
        prepared.setRawHeader(name, value);
    return prepared;
}

} // namespace novita
