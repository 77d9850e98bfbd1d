// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/integrations.h"

#include "app/commandline.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/workflows/samplerecorder.h"

namespace novita {

namespace {

LocalApiParts withDeliveries(LocalApiParts parts, DeliveryStore &deliveries)
{
    parts.deliveries = &deliveries;
    return parts;
}

} // namespace

Integrations::Integrations(const Options &options, Settings &settings, SecretStore &secrets, SampleRecorder &samples,
                           NotificationCenter &center, LocalApiParts api)
    : webhooks(settings, secrets, api.clock, options.dataDir, options.webhooks)
    , hints(api.stores, api.refresher, api.clock)
    , notices(webhooks, center)
    , localApi(withDeliveries(api, webhooks.deliveries()), secrets)
    , m_localApiRun(options.localApi)
{
    QObject::connect(&webhooks, &WebhookService::arrived, &hints, &WebhookHints::take);
    samples.setDeliveries([service = QPointer<const WebhookService>(&webhooks)] {
        return service && service->status().isListening() ? std::optional(service->meter().total()) : std::nullopt;
    });
    localApi.desk().setWebhookFigures([this] { return webhookFigures(); });
}

WebhookFigures Integrations::webhookFigures() const
{
    const WebhookStatus &status = webhooks.status();
    WebhookFigures figures;
    figures.receiverWanted = status.state != WebhookStatus::State::Off;
    figures.receiverListening = status.isListening();
    if (figures.receiverWanted && !figures.receiverListening)
        figures.receiverProblem = status.sentence;
    figures.received = webhooks.stats();
    if (m_notifier) {
        const WebhookNotifier::Attempts &attempts = m_notifier->attempts();
        figures.sent = QMap<QString, qint64>{{QStringLiteral("delivered"), attempts.delivered},
                                             {QStringLiteral("retried"), attempts.retried},
                                             {QStringLiteral("failed"), attempts.failed}};
        figures.sendQueue = m_notifier->openCount();
    }
    return figures;
}

void Integrations::countSent(const WebhookNotifier &notifier)
{
    m_notifier = &notifier;
}

void Integrations::start()
{
    webhooks.start();
    localApi.start(m_localApiRun);
}

} // namespace novita
