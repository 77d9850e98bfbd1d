// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookreceiver.h"

#include "core/webhooks/webhookintake.h"

#include <QRandomGenerator>

#include <algorithm>

namespace novita {

QString WebhookConfig::generateToken()
{
    constexpr QLatin1String kAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    constexpr int kLength = 32;
    QString token;
    for (int i = 0; i < kLength; ++i)
        token += kAlphabet.at(static_cast<qsizetype>(QRandomGenerator::system()->bounded(static_cast<int>(kAlphabet.size()))));
    return token;
}

QString WebhookConfig::taskPath() const
{
    return taskToken.size() < kShortestToken ? QString() : path + u'/' + taskToken;
}

bool WebhookConfig::isUsable() const
{
    return !taskPath().isEmpty() || std::any_of(secrets.begin(), secrets.end(), [](const SigningSecret &secret) { return !secret.isEmpty(); });
}

WebhookReceiver::WebhookReceiver(DeliveryStore &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_intake(std::make_shared<Intake>(store, clock, [this] { QMetaObject::invokeMethod(this, &WebhookReceiver::tell, Qt::QueuedConnection); }))
{
}

WebhookReceiver::~WebhookReceiver()
{
    stop();
    m_intake->forgetOwner();
}

void WebhookReceiver::configure(WebhookConfig config)
{
    m_intake->configure(std::move(config));
}

Result<quint16> WebhookReceiver::listen(const QHostAddress &address, quint16 port, const HttpLimits &limits, const std::optional<TlsFiles> &tls)
{
    if (!m_intake->config()->isUsable())
        return Error::make(ErrorKind::Validation, tr("Webhooks are received once a signing secret is set."));
    if (isListening())
        return Error::make(ErrorKind::Network, tr("The receiver is listening already."));
    m_server = std::make_unique<HttpServer>(*m_intake, limits);
    return tls ? m_server->listen(address, port, *tls) : m_server->listen(address, port);
}

void WebhookReceiver::stop()
{
    m_server.reset();
}

bool WebhookReceiver::isListening() const
{
    return m_server && m_server->isListening();
}

quint16 WebhookReceiver::port() const
{
    return m_server ? m_server->port() : quint16(0);
}

WebhookStats WebhookReceiver::stats() const
{
    return m_intake->stats();
}

std::optional<LastDelivery> WebhookReceiver::lastDelivery() const
{
    return m_intake->lastDelivery();
}

HttpServerStats WebhookReceiver::serverStats() const
{
    return m_server ? m_server->stats() : HttpServerStats();
}

void WebhookReceiver::tell()
{
    int missed = 0;
    const QList<ReceivedWebhook> webhooks = m_intake->takeArrived(&missed);
    emit deliveriesCame();
    if (!webhooks.isEmpty() || missed > 0)
        emit arrived(webhooks, missed);
}

} // namespace novita
