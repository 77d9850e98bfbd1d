// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookservice.h"

namespace novita {

namespace {

/// Of an error that does not end as a sentence does.
QString ended(const QString &words)
{
    const QString trimmed = words.trimmed();
    return trimmed.isEmpty() || trimmed.endsWith(QLatin1Char('.')) ? trimmed : trimmed + QLatin1Char('.');
}

} // namespace

void WebhookService::refreshStatus()
{
    WebhookStatus status;
    status.secret = m_secrets.secretState();
    status.previousSecret = m_secrets.previousState();
    status.pathToken = m_secrets.tokenState();
    status.secretsRead = m_secrets.isLoaded();
    status.forThisRun = m_overrides.port.has_value();
    status.publicUrl = m_options.publicUrl;
    status.storeNotice = m_deliveries.status().problem();
    status.warnings = warnings();
    const std::optional<LastDelivery> ofNow = m_receiver.lastDelivery();
    if (const std::optional<LastDelivery> &last = ofNow ? ofNow : m_last) {
        status.lastDeliveryAt = last->at;
        status.lastResult = last->result;
    }
    status.isTesting = m_tester.isRunning();
    status.selfTest = m_lastTest;
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
        status.sentence = tr("Webhooks are not received: %1 It is tried again by itself.").arg(ended(m_failure->message));
    } else if (m_secrets.isLoading()) {
        status.state = State::Starting;
        status.sentence = tr("The keychain is asked for the signing secret.");
    } else {
        status.state = State::NeedsSecret;
        status.sentence = m_secrets.problem().isEmpty()
            ? tr("Webhooks are received once there is a signing secret or a path token; make one in the settings.")
            : tr("Webhooks are not received, since there is no secret: %1").arg(ended(m_secrets.problem()));
    }
}

QStringList WebhookService::warnings() const
{
    QStringList out = m_options.problems;
    if (const DatabaseStatus &store = m_deliveries.status(); store.isOver)
        out.append(store.notice);
    if (!m_started || !m_options.enabled)
        return out;
    if (m_options.isOpenToOthers())
        out.append(tr("The receiver listens on %1: other computers can reach it.").arg(m_options.address.toString()));
    if (m_options.isOpenToOthers() && !m_options.tls)
        out.append(tr("It speaks plain HTTP: what arrives can be read on its way."));
    if (m_options.allowed.isEmpty())
        out.append(tr("The list of allowed addresses is empty: every delivery is refused."));
    if (m_secrets.current().isWeak())
        out.append(tr("The signing secret is short and could be guessed; make a new one."));
    const bool inSession = m_secrets.secretState().sessionOnly || m_secrets.previousState().sessionOnly || m_secrets.tokenState().sessionOnly;
    if (inSession)
        out.append(tr("A secret could not be put into the keychain and is gone when the program ends."));
    if (!m_secrets.problem().isEmpty() && config().isUsable())
        out.append(m_secrets.problem());
    if (m_overrides.port)
        out.append(tr("Switched on for this run by --receiver-port: switch and port in the settings count from the next start on."));
    return out;
}

} // namespace novita
