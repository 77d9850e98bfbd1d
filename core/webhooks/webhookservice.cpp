// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookservice.h"

#include "core/base/logging.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// Stopping blocks the interface; an answer that does not leave in time is sent again by its sender and told as a repeat.
constexpr Milliseconds kStopGrace{200};

bool concernsWebhooks(const QString &key)
{
    return key.startsWith(QLatin1String("webhooks/")) || key == keys::kProxyUrl.name || key == keys::kCaFile.name;
}

} // namespace

WebhookService::WebhookService(Settings &settings, SecretStore &secrets, const Clock &clock, const QString &directory, const WebhookOverrides &overrides,
                               QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_overrides(overrides)
    , m_secrets(secrets, overrides)
    , m_deliveries(clock, directory + QStringLiteral("/deliveries.sqlite"))
    , m_receiver(m_deliveries, clock)
    , m_meter(clock)
    , m_poster(clock)
    , m_tester(m_poster, clock)
    , m_replay(m_deliveries, m_poster, clock, [this] { return findReceiver(); })
    , m_wake(clock)
{
    m_retry.setSingleShot(true);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    m_news.setSingleShot(true);
    m_news.setInterval(kNewsEvery);
    connect(&m_retry, &QTimer::timeout, this, &WebhookService::listen);
    connect(&m_news, &QTimer::timeout, this, [this] {
        if (std::exchange(m_moreNews, false))
            tellOfNews();
    });
    connect(&m_receiver, &WebhookReceiver::deliveriesCame, this, [this] {
        m_meter.note(m_receiver.stats());
        if (m_news.isActive())
            m_moreNews = true;
        else
            tellOfNews();
    });
    connect(&m_receiver, &WebhookReceiver::arrived, this, &WebhookService::takeArrived);
    connect(&m_settle, &QTimer::timeout, this, [this] { test(m_settleReason); });
    const auto testSoon = [this](SelfTest::Reason reason) {
        qCInfo(lcHttp) << (reason == SelfTest::Reason::AfterSleep ? "woken up" : "the network has changed") << "- the receiver will be tested";
        m_settleReason = reason;
        m_settle.start();
    };
    connect(&m_wake, &WakeWatch::woke, this, [testSoon] { testSoon(SelfTest::Reason::AfterSleep); });
    connect(&m_wake, &WakeWatch::networkChanged, this, [testSoon] { testSoon(SelfTest::Reason::AfterNetworkChange); });
    connect(&m_deliveries, &DeliveryStore::statusChanged, this, &WebhookService::refreshStatus);
    connect(&m_secrets, &WebhookSecrets::changed, this, &WebhookService::applySecrets);
    connect(&m_settings, &Settings::changed, this, [this](const QString &key) {
        if (m_started && concernsWebhooks(key))
            applySettings();
    });
    m_options = WebhookOptions::from(m_settings);
    refreshStatus();
}

WebhookService::~WebhookService() = default;

void WebhookService::start()
{
    m_started = true;
    readLast();
    m_options.enabled = false; // nothing listens yet: the settings are news
    applySettings();
}

void WebhookService::takeArrived(const QList<ReceivedWebhook> &webhooks, int missed)
{
    QList<ReceivedWebhook> others = webhooks;
    others.removeIf([this](const ReceivedWebhook &webhook) { return m_tester.takeArrived(webhook); });
    if (missed > 0)
        m_tester.takeMissed();
    if (!others.isEmpty() || missed > 0)
        emit arrived(others, missed);
}

/// The first one at once, what follows closely together.
void WebhookService::tellOfNews()
{
    m_news.start();
    refreshStatus();
    emit deliveriesCame();
}

void WebhookService::readLast()
{
    m_deliveries.list({1, {}, {}})->onFinished(this, [this](const Result<DeliveryPage> &page) {
        if (!page || page->deliveries.isEmpty())
            return;
        m_last = LastDelivery{page->deliveries.first().receivedAt, page->deliveries.first().result};
        refreshStatus();
    });
}

void WebhookService::applySettings()
{
    WebhookOptions now = WebhookOptions::from(m_settings);
    if (m_overrides.port) {
        now.enabled = true;
        now.port = *m_overrides.port;
    }
    const WebhookOptions before = std::exchange(m_options, now);
    m_poster.configure(now.proxyUrl, now.caFile);
    if (before.retention.days != now.retention.days || before.retention.bytes != now.retention.bytes || !before.enabled)
        m_deliveries.setRetention(now.retention);
    if (!now.listensLike(before))
        stop();
    if (now.enabled)
        m_secrets.load();
    applySecrets();
}

void WebhookService::applySecrets()
{
    m_receiver.configure(config());
    if (!m_started || !m_options.enabled || !config().isUsable())
        stop();
    else if (!m_receiver.isListening() && !m_retry.isActive())
        listen();
    refreshStatus();
}

void WebhookService::stop()
{
    m_retry.stop();
    m_retryIn = kFirstRetry;
    m_failure.reset();
    m_wake.stop();
    m_settle.stop();
    m_receiver.stop();
}

void WebhookService::listen()
{
    HttpLimits limits;
    limits.bodyBytes = m_options.bodyBytes;
    limits.stopGrace = kStopGrace;
    const Result<quint16> port = m_receiver.listen(m_options.address, m_options.port, limits, m_options.tls);
    if (!port) {
        fail(port.error());
        return;
    }
    qCInfo(lcHttp) << "webhooks are received at" << m_options.address.toString() << "port" << *port;
    m_failure.reset();
    m_retryIn = kFirstRetry;
    m_wake.start();
    refreshStatus();
}

void WebhookService::fail(const Error &error)
{
    // Once, and not with every try.
    if (!m_failure || m_failure->message != error.message)
        qCWarning(lcHttp) << "webhooks are not received:" << error.toLogString();
    m_failure = error;
    m_retry.start(m_retryIn);
    m_nextTry = m_clock.now() + m_retryIn;
    m_retryIn = std::min(m_retryIn * 2, kLongestRetry);
    refreshStatus();
}

WebhookConfig WebhookService::config() const
{
    WebhookConfig config;
    config.path = QLatin1String(WebhookOptions::kPath);
    config.secrets = m_secrets.signing();
    config.taskToken = m_secrets.pathToken();
    config.allowed = m_options.allowed;
    config.proxies = m_options.proxies;
    config.perMinute = m_options.perMinute;
    config.bodyBytes = m_options.bodyBytes;
    return config;
}

/// As a sender on this computer would write it.
QUrl WebhookService::localUrl(const QString &path) const
{
    QHostAddress host = m_options.address;
    if (host == QHostAddress::AnyIPv4 || host == QHostAddress::Any)
        host = QHostAddress(QHostAddress::LocalHost);
    else if (host == QHostAddress::AnyIPv6)
        host = QHostAddress(QHostAddress::LocalHostIPv6);
    QUrl url;
    url.setScheme(m_options.tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(host.toString());
    url.setPort(m_receiver.port());
    url.setPath(path);
    return url;
}

Call<QUrl> *WebhookService::revealTaskUrl()
{
    const QString path = config().taskPath();
    if (path.isEmpty() || !m_receiver.isListening())
        return Call<QUrl>::settledWith(Error::make(ErrorKind::NotFound, path.isEmpty() ? tr("There is no path token yet.") : tr("The receiver is not listening.")), this);
    return Call<QUrl>::settledWith(m_options.publicUrl.isEmpty() ? localUrl(path) : publicUrl(path), this);
}

/// `path` behind what the public address has in front of it.
QUrl WebhookService::publicUrl(const QString &path) const
{
    QUrl url = m_options.publicUrl;
    url.setPath(url.path().chopped(static_cast<qsizetype>(qstrlen(WebhookOptions::kPath))) + path);
    return url;
}

Result<DeliveryReplay::Receiver> WebhookService::findReceiver() const
{
    if (!m_receiver.isListening())
        return Error::make(ErrorKind::Validation, m_status.sentence);
    DeliveryReplay::Receiver receiver;
    receiver.signedUrl = localUrl(QLatin1String(WebhookOptions::kPath));
    if (const QString path = config().taskPath(); !path.isEmpty())
        receiver.taskUrl = localUrl(path);
    receiver.secret = m_secrets.current();
    if (m_options.tls)
        receiver.pinned = QSslCertificate::fromPath(m_options.tls->certificateFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString).value(0);
    return receiver;
}

Call<SelfTest> *WebhookService::sendTest()
{
    return test(SelfTest::Reason::Asked);
}

Call<SelfTest> *WebhookService::test(SelfTest::Reason reason)
{
    SelfTester::Plan plan;
    plan.reason = reason;
    const Result<DeliveryReplay::Receiver> receiver = findReceiver();
    if (receiver) {
        plan.secret = receiver->secret;
        plan.pinned = receiver->pinned;
        plan.directUrl = plan.secret.isEmpty() ? receiver->taskUrl : receiver->signedUrl;
        if (!m_options.publicUrl.isEmpty())
            plan.tunnelUrl = publicUrl(plan.directUrl.path());
    } else {
        plan.notListening = receiver.error().message;
    }
    Call<SelfTest> *call = m_tester.start(plan);
    call->onFinished(this, [this](const Result<SelfTest> &result) {
        if (result) {
            m_lastTest = *result;
            qCInfo(lcHttp).noquote() << "self-test of the receiver:" << result->sentence();
        }
        refreshStatus();
    });
    refreshStatus();
    return call;
}

Call<ReplayReport> *WebhookService::replay(qint64 deliveryId)
{
    return m_replay.replay(deliveryId);
}

Call<ReplayReport> *WebhookService::replayEdited(qint64 deliveryId, const QByteArray &body, bool resign)
{
    return m_replay.replayEdited(deliveryId, body, resign);
}

Call<ReplayReport> *WebhookService::forward(qint64 deliveryId, const QUrl &url, bool resign)
{
    return m_replay.forward(deliveryId, url, resign, TargetPolicy(m_options.privateTargets));
}

} // namespace novita
