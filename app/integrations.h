// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incoming/receivernotices.h"
#include "core/incoming/webhookhints.h"
#include "core/localapi/localapiservice.h"
#include "core/webhooks/webhookservice.h"

#include <QPointer>
#include <QtGlobal>

namespace novita {

struct Options;
class NotificationCenter;
class SampleRecorder;
class SecretStore;
class Settings;
class WebhookNotifier;

/// What the program does for other programs: it takes their webhooks in, looks at what they speak of, and answers their questions. Owned by
/// Application, in the order of construction.
struct Integrations
{
    /// `samples` keeps how many deliveries came. `api`: what the local API serves from; the deliveries are added here.
    Integrations(const Options &options, Settings &settings, SecretStore &secrets, SampleRecorder &samples, NotificationCenter &center,
                 LocalApiParts api);
    Q_DISABLE_COPY_MOVE(Integrations)

    /// From now on the figures of the local API tell also of what `notifier` sends; it may be gone before.
    void countSent(const WebhookNotifier &notifier);
    /// Once there is a window that can show what is wrong.
    void start();

    WebhookService webhooks;
    WebhookHints hints;
    ReceiverNotices notices;
    LocalApiService localApi;

private:
    WebhookFigures webhookFigures() const;

    const LocalApiRun m_localApiRun;
    QPointer<const WebhookNotifier> m_notifier;
};

} // namespace novita
