// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/webhooks/deliveryreplay.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/selftester.h"
#include "core/webhooks/wakewatch.h"
#include "core/webhooks/webhookmeter.h"
#include "core/webhooks/webhookoptions.h"
#include "core/webhooks/webhookposter.h"
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
    static constexpr Milliseconds kSettle{3000};   ///< from waking up or another network to the test: connections need a moment
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
    /// The language has changed: status() says everything again.
    void retranslate() { refreshStatus(); }
    WakeWatch &wake() { return m_wake; }
    WebhookStats stats() const { return m_receiver.stats(); }
    /// How much comes in.
    const WebhookMeter &meter() const { return m_meter; }
    /// Where the cloud's unsigned task events go, through the tunnel if there is one. Secret, for it has the path token: to show at a person's wish alone, and for the cloud.
    /// NotFound without a token or while nobody listens.
    Call<QUrl> *revealTaskUrl();

    /// Sends a test delivery the whole way: to the own port, then through the public address if one is set. status() tells of it, too. While
    /// the receiver listens the same happens by itself after the computer slept and after its addresses changed.
    Call<SelfTest> *sendTest();

    // What is kept, once more; see DeliveryReplay.
    Call<ReplayReport> *replay(qint64 deliveryId);
    Call<ReplayReport> *replayEdited(qint64 deliveryId, const QByteArray &body, bool resign);
    /// The target may be https, or this computer; in the local network only where the settings allow that.
    Call<ReplayReport> *forward(qint64 deliveryId, const QUrl &url, bool resign);

signals:
    void statusChanged();
    /// Deliveries that were not there before, in the order of arrival, after their answers; without those of a self-test. `missed`: how many more there were than are told.
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
    void takeArrived(const QList<ReceivedWebhook> &webhooks, int missed);
    Call<SelfTest> *test(SelfTest::Reason reason);
    Result<DeliveryReplay::Receiver> findReceiver() const;
    QUrl publicUrl(const QString &path) const;
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
    WebhookMeter m_meter;
    WebhookPoster m_poster;
    SelfTester m_tester;
    DeliveryReplay m_replay;
    WakeWatch m_wake;
    WebhookStatus m_status;
    std::optional<SelfTest> m_lastTest;
    std::optional<Error> m_failure;
    std::optional<LastDelivery> m_last; ///< of an earlier run
    Milliseconds m_retryIn = kFirstRetry;
    TimePoint m_nextTry{};
    bool m_started = false;
    QTimer m_retry;
    QTimer m_settle;
    SelfTest::Reason m_settleReason = SelfTest::Reason::AfterSleep;
    QTimer m_news; ///< runs while deliveriesCame() was told a moment ago
    bool m_moreNews = false;
};

} // namespace novita
