// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/addresslimiter.h"
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/webhooks/deliverywriter.h"
#include "core/webhooks/webhookreceiver.h"

#include <atomic>
#include <functional>
#include <mutex>

namespace novita {

/// The server thread's half of WebhookReceiver: judges each request and hands it to the store. Answers leave in the store's thread.
/// Shared with deliveries that are on their way, which may outlive the receiver.
class WebhookReceiver::Intake final : public HttpHandler, public std::enable_shared_from_this<Intake>
{
public:
    Intake(DeliveryStore &store, const Clock &clock, std::function<void()> news)
        : m_store(store), m_clock(clock), m_news(std::move(news))
    {
    }
    Q_DISABLE_COPY_MOVE(Intake)

    // Any thread.
    void configure(WebhookConfig config);
    std::shared_ptr<const WebhookConfig> config() const;
    WebhookStats stats() const;
    /// Takes what has arrived since the last time.
    QList<ReceivedWebhook> takeArrived(int *missed);
    std::optional<LastDelivery> lastDelivery() const;
    void forgetOwner();

    // The server's thread.
    std::optional<HttpResponse> screen(const HttpRequest &head) override;
    void bodyRefused(const HttpRequest &head, int status) override;
    HttpResponse refusal(int status, const QByteArray &reason) const override;
    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    /// What the checks found: how the delivery is kept, and what is answered once it is.
    struct Judgement
    {
        Delivery delivery;
        QList<QByteArray> replayKeys;
        std::optional<WebhookEvent> event;
        int status = 200;
    };

    bool isTaskPath(const WebhookConfig &config, const QString &path) const;
    Delivery draft(const WebhookConfig &config, const HttpRequest &request) const;
    HttpResponse refused(Delivery delivery, DeliveryResult result, int status, const QString &reason);
    bool verify(const WebhookConfig &config, const HttpRequest &request, Judgement &judgement, QString *reason) const;
    void decode(const HttpRequest &request, Judgement &judgement) const;
    void store(Judgement judgement, HttpResponder responder);
    void told(const Judgement &judgement, const Result<StoredDelivery> &stored, const HttpResponder &responder);
    void count(DeliveryResult result) { ++m_results[static_cast<std::size_t>(result)]; }
    void announce(DeliveryResult result, TimePoint at, std::optional<ReceivedWebhook> arrived = {});

    DeliveryStore &m_store;
    const Clock &m_clock;
    AddressLimiter m_limiter;
    std::array<std::atomic<qint64>, static_cast<std::size_t>(kLastDeliveryResult) + 1> m_results{};
    std::atomic<qint64> m_notFound{0};
    std::atomic<qint64> m_unavailable{0};

    mutable std::mutex m_configMutex;
    std::shared_ptr<const WebhookConfig> m_config = std::make_shared<const WebhookConfig>();

    mutable std::mutex m_arrivedMutex;
    std::function<void()> m_news; ///< empty once the receiver is gone
    QList<ReceivedWebhook> m_arrived;
    int m_missed = 0;
    std::optional<LastDelivery> m_last;
    bool m_announced = false;
};

} // namespace novita
