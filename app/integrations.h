// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localapi/localapiservice.h"
#include "core/webhooks/webhookservice.h"

#include <QtGlobal>

namespace novita {

class Clock;
struct Options;
class SecretStore;
class Settings;

/// What the program does for other programs: it takes their webhooks in, and answers them. Owned by Application, in the order of construction.
struct Integrations
{
    /// `api`: what the local API serves from; the deliveries are added here.
    Integrations(const Options &options, Settings &settings, SecretStore &secrets, const Clock &clock, LocalApiParts api);
    Q_DISABLE_COPY_MOVE(Integrations)

    /// Once there is a window that can show what is wrong.
    void start();

    WebhookService webhooks;
    LocalApiService localApi;

private:
    WebhookFigures webhookFigures() const;

    const LocalApiRun m_localApiRun;
};

} // namespace novita
