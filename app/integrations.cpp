// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/integrations.h"

#include "app/commandline.h"

namespace novita {

namespace {

LocalApiParts withDeliveries(LocalApiParts parts, DeliveryStore &deliveries)
{
    return {parts.client, parts.stores, parts.refresher, parts.commands, parts.create, parts.fleet, parts.history, parts.profiles,
            parts.settings, &deliveries, parts.clock};
}

} // namespace

Integrations::Integrations(const Options &options, Settings &settings, SecretStore &secrets, const Clock &clock, LocalApiParts api)
    : webhooks(settings, secrets, clock, options.dataDir, options.webhooks)
    , localApi(withDeliveries(api, webhooks.deliveries()), secrets)
    , m_localApiRun(options.localApi)
{
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
    return figures;
}

void Integrations::start()
{
    webhooks.start();
    localApi.start(m_localApiRun);
}

} // namespace novita
