// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/webhookoptions.h"
#include "core/webhooks/webhookreceiver.h"
#include "core/webhooks/webhooksecrets.h"
#include "core/webhooks/webhookstatus.h"

#include <QObject>
#include <QTimer>

namespace novita {

class SecretStore;
class Settings;

/// The webhook receiver as the program has it: what arrived, the receiver, its secrets and its settings, and how it is doing in sentences.
///
/// It listens while it is switched on and has a secret or a path token. A port that is taken, or a certificate that cannot be read, is said
/// in status() and tried again, at longer and longer intervals, until it works. Changes of settings and secrets take effect at once.
///
/// Thread: that of its owner. Settings, secrets and clock must outlive it; the clock must be safe to ask from any thread.
class WebhookService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookService)

public:
    static constexpr Milliseconds kFirstRetry{1000};
    static constexpr Milliseconds kLongestRetry{30000};
    static constexpr Milliseconds kNewsEvery{50}; ///< deliveriesCame() at most so often

    /// What arrived is kept in `directory`, which exists, as deliveries.sqlite. It is off until start().
    WebhookService(Settings &settings, SecretStore &secrets, const Clock &clock, const QString &directory, const WebhookOverrides &overrides = {},
                   QObject *parent = nullptr);
    ~WebhookService() override;

    void start();

    const WebhookStatus &status() const { return m_status; }
    const WebhookOptions &options() const { return m_options; }
    WebhookSecrets &secrets() { return m_secrets; }
    DeliveryStore &deliveries() { return m_deliveries; }
    WebhookStats stats() const { return m_receiver.stats(); }
    /// Where the cloud's unsigned task events go, through the tunnel if there is one. Secret, for it has the path token: only at a person's wish.
    /// NotFound without a token or while nobody listens.
    Call<QUrl> *revealTaskUrl();

signals:
    void statusChanged();
    /// Deliveries that were not there before, in the order of arrival, after their answers. `missed`: how many more there were than are told.
    void arrived(const QList<novita::ReceivedWebhook> &webhooks, int missed);
    /// The list of deliveries has grown, also by repeats and refusals. At most every kNewsEvery.
    void deliveriesCame();

private:
    void applySettings();
    void applySecrets();
    void listen();
    void fail(const Error &error);
    void stop();
    void readLast();
    void tellOfNews();
    WebhookConfig config() const;
    QUrl localUrl(const QString &path) const;
    void refreshStatus();
    void describe(WebhookStatus &status) const;
    QStringList warnings() const;

    Settings &m_settings;
    const Clock &m_clock;
    const WebhookOverrides m_overrides;
    WebhookOptions m_options;
    WebhookSecrets m_secrets;
    DeliveryStore m_deliveries;
    WebhookReceiver m_receiver; ///< after what it uses
    WebhookStatus m_status;
    std::optional<Error> m_failure;
    std::optional<LastDelivery> m_last; ///< of an earlier run
    Milliseconds m_retryIn = kFirstRetry;
    TimePoint m_nextTry{};
    bool m_started = false;
    QTimer m_retry;
    QTimer m_news; ///< runs while deliveriesCame() was told a moment ago
    bool m_moreNews = false;
};

} // namespace novita
