// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/http/addresslist.h"
#include "core/http/httpserver.h"
#include "core/http/tlsfiles.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookevent.h"

#include <QHostAddress>
#include <QObject>

#include <array>
#include <memory>
#include <optional>

namespace novita {

class DeliveryStore;

/// What a receiver listens for. A value.
struct WebhookConfig
{
    QString path = QStringLiteral("/webhook");  ///< signed deliveries
    SigningSecrets secrets;                     ///< the one in use and one beside it during rotation; empty: signed deliveries are refused
    QString taskToken;                          ///< see taskPath(); shorter than kShortestToken counts as none
    AddressList allowed = AddressList::loopback();
    AddressList proxies;                        ///< whose X-Forwarded-For is believed
    int perMinute = 60;                         ///< of each address; 0 = no limit
    qint64 bodyBytes = 1024 * 1024;

    static constexpr qsizetype kShortestToken = 22;
    static QString generateToken();             ///< 32 random characters of [A-Za-z0-9_-]
    /// "<path>/<token>": for the cloud's unsigned task events. Empty without a token.
    QString taskPath() const;
    bool isUsable() const;                      ///< there is a secret or a token
};

/// A stored delivery that was not there before.
struct ReceivedWebhook
{
    qint64 deliveryId = 0;
    TimePoint receivedAt{};
    DeliveryScheme scheme = DeliveryScheme::None;
    WebhookEvent event;

    bool isSigned() const { return scheme != DeliveryScheme::PathToken; }
};

/// Since the receiver was made.
struct WebhookStats
{
    std::array<qint64, static_cast<std::size_t>(kLastDeliveryResult) + 1> results{}; ///< by DeliveryResult
    qint64 notFound = 0;    ///< 404 and 405
    qint64 unavailable = 0; ///< 503: could not be stored

    qint64 of(DeliveryResult result) const { return results[static_cast<std::size_t>(result)]; }
};

/// What came last, whatever became of it.
struct LastDelivery
{
    TimePoint at{};
    DeliveryResult result = DeliveryResult::Accepted;
};

/// Takes webhook deliveries in, on an HttpServer of its own.
///
/// Each request goes through, in this order: path and method (404, 405), address (403, for web pages too), limiter (429), size (413), media type (415),
/// signature and freshness (401), replay (200, nothing happens), JSON (400), schema (422), freshness of the signed body where the header's
/// time is not signed (401), store (503 when that fails), 200. A 200 means: stored and synced. What was refused is counted and noted
/// in the store, without its body unless it was signed.
///
/// It changes nothing: whoever listens to arrived() has reason to look, no more.
///
/// Thread: that of its owner; the server has its own. Store and clock must outlive it; the clock must be safe to ask from any thread.
class WebhookReceiver final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookReceiver)

public:
    static constexpr int kMaxWaiting = 4096; ///< arrivals that wait to be told; the rest is in the store
    static constexpr Seconds kStoreRetryAfter{5};

    WebhookReceiver(DeliveryStore &store, const Clock &clock, QObject *parent = nullptr);
    ~WebhookReceiver() override;

    /// Takes effect with the next request, also while it listens.
    void configure(WebhookConfig config);

    /// ErrorKind::Validation without a secret and token; ErrorKind::Network, in a sentence, when the port cannot be had;
    /// ErrorKind::Tls when there is something wrong with the files of `tls`, see loadTls().
    Result<quint16> listen(const QHostAddress &address, quint16 port, const HttpLimits &limits = {}, const std::optional<TlsFiles> &tls = {});
    /// Blocks while answers finish (HttpLimits::stopGrace at most).
    void stop();
    bool isListening() const;
    quint16 port() const; ///< 0 when it does not listen

    WebhookStats stats() const;     ///< any thread
    std::optional<LastDelivery> lastDelivery() const; ///< since the receiver was made; any thread
    HttpServerStats serverStats() const;

signals:
    /// After the answer, many at once in a flood, in the order of arrival. `missed`: how many more there were than were kept
    /// for telling; they are in the store.
    void arrived(const QList<novita::ReceivedWebhook> &webhooks, int missed);
    /// Something is, or will be in a moment, new in the store: also repeats and refusals. Many at once in a flood.
    void deliveriesCame();

private:
    class Intake;
    void tell();

    std::shared_ptr<Intake> m_intake;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace novita
