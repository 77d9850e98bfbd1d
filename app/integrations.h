// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incoming/webhookhints.h"
#include "core/localapi/localapiservice.h"
#include "core/webhooks/webhookservice.h"

#include <QtGlobal>

namespace novita {

struct Options;
class SampleRecorder;
class SecretStore;
class Settings;

/// What the program does for other programs: it takes their webhooks in, looks at what they speak of, and answers their questions. Owned by
/// Application, in the order of construction.
struct Integrations
{
    /// `samples` keeps how many deliveries came. `api`: what the local API serves from; the deliveries are added here.
    Integrations(const Options &options, Settings &settings, SecretStore &secrets, SampleRecorder &samples, LocalApiParts api);
    Q_DISABLE_COPY_MOVE(Integrations)

    /// Once there is a window that can show what is wrong.
    void start();

    WebhookService webhooks;
    WebhookHints hints;
    LocalApiService localApi;

private:
    WebhookFigures webhookFigures() const;

    const LocalApiRun m_localApiRun;
};

} // namespace novita
