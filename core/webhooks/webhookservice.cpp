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
{
    m_retry.setSingleShot(true);
    m_news.setSingleShot(true);
    m_news.setInterval(kNewsEvery);
    connect(&m_retry, &QTimer::timeout, this, &WebhookService::listen);
    connect(&m_news, &QTimer::timeout, this, [this] {
        if (std::exchange(m_moreNews, false))
            tellOfNews();
    });
    connect(&m_receiver, &WebhookReceiver::deliveriesCame, this, [this] {
        if (m_news.isActive())
            m_moreNews = true;
        else
            tellOfNews();
    });
    connect(&m_receiver, &WebhookReceiver::arrived, this, &WebhookService::arrived);
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
    refreshStatus();
}

void WebhookService::fail(const Error &error)
{
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
        return Call<QUrl>::settledWith(Error::make(ErrorKind::NotFound, path.isEmpty() ? tr("There is no path token yet.") : tr("The receiver does not listen.")), this);
    if (m_options.publicUrl.isEmpty())
        return Call<QUrl>::settledWith(localUrl(path), this);
    QUrl url = m_options.publicUrl;
    url.setPath(url.path().chopped(int(qstrlen(WebhookOptions::kPath))) + path);
    return Call<QUrl>::settledWith(url, this);
}

void WebhookService::refreshStatus()
{
    WebhookStatus status;
    status.secret = m_secrets.secretState();
    status.previousSecret = m_secrets.previousState();
    status.pathToken = m_secrets.tokenState();
    status.secretsRead = m_secrets.isLoaded();
    status.publicUrl = m_options.publicUrl;
    status.storeNotice = m_deliveries.status().notice;
    status.warnings = warnings();
    const std::optional<LastDelivery> ofNow = m_receiver.lastDelivery();
    if (const std::optional<LastDelivery> &last = ofNow ? ofNow : m_last) {
        status.lastDeliveryAt = last->at;
        status.lastResult = last->result;
    }
    describe(status);
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged();
}

void WebhookService::describe(WebhookStatus &status) const
{
    using State = WebhookStatus::State;
    if (!m_started || !m_options.enabled) {
        status.state = State::Off;
        status.sentence = tr("Webhooks are not received: the receiver is switched off.");
    } else if (m_receiver.isListening()) {
        status.state = State::Listening;
        status.port = m_receiver.port();
        status.localUrl = localUrl(QLatin1String(WebhookOptions::kPath));
        status.sentence = tr("Webhooks are received at %1.").arg(status.localUrl.toString());
    } else if (m_failure) {
        status.state = State::Failed;
        status.nextTry = m_nextTry;
        status.sentence = tr("Webhooks are not received: %1 It is tried again by itself.").arg(m_failure->message.trimmed());
    } else if (m_secrets.isLoading()) {
        status.state = State::Starting;
        status.sentence = tr("The keychain is asked for the signing secret.");
    } else {
        status.state = State::NeedsSecret;
        status.sentence = m_secrets.problem().isEmpty()
            ? tr("Webhooks are received once there is a signing secret or a path token; make one in the settings.")
            : tr("Webhooks are not received, since there is no secret: %1").arg(m_secrets.problem());
    }
}

QStringList WebhookService::warnings() const
{
    QStringList out = m_options.problems;
    if (!m_started || !m_options.enabled)
        return out;
    if (m_options.isOpenToOthers())
        out.append(tr("The receiver listens on %1: other computers can reach it.").arg(m_options.address.toString()));
    if (m_options.isOpenToOthers() && !m_options.tls)
        out.append(tr("It speaks plain HTTP: what arrives can be read on its way."));
    if (m_options.allowed.isEmpty())
        out.append(tr("The list of allowed addresses is empty: every delivery is refused."));
    const bool inSession = m_secrets.secretState().sessionOnly || m_secrets.previousState().sessionOnly || m_secrets.tokenState().sessionOnly;
    if (inSession)
        out.append(tr("A secret could not be put into the keychain and is gone when the program ends."));
    if (!m_secrets.problem().isEmpty() && config().isUsable())
        out.append(m_secrets.problem());
    return out;
}

} // namespace novita
