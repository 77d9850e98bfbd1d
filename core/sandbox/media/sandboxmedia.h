// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/media/chatstreams.h"
#include "core/sandbox/media/endpointswitch.h"
#include "core/sandbox/media/mediatasks.h"
#include "core/sandbox/media/modelcatalogue.h"
#include "core/sandbox/media/webhookcalls.h"
#include "core/sandbox/media/webuiserver.h"
#include "core/sandbox/sandboxrequest.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace novita {

struct SandboxOptions;

/// Longest body of a request that carries pictures: 30 MB of them in base64.
inline constexpr qint64 kMostMediaBody = 40LL * 1024 * 1024;
/// Is this a path of the media and language APIs, where pictures travel in bodies and errors have reasons of their own?
bool isMediaPath(const QString &path);

/// The part of the simulated cloud that makes pictures, films and sentences. Belongs to SandboxService: used under its mutex, in its thread.
class SandboxMedia final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxMedia)

public:
    SandboxMedia(SandboxWorld &world, const SandboxOptions &options);
    ~SandboxMedia() override;

    const ModelCatalogue &models() const { return m_models; }
    ChatStreams &chats() { return m_chats; }
    MediaTasks &tasks() { return m_tasks; }
    EndpointSwitch &endpoints() { return m_endpoints; }
    WebUiServer &webUi() { return m_webUi; }

    /// The limits per minute that the table names are kept to. Off at first.
    void setRateLimited(bool limited) { m_rateLimited = limited; }
    /// False when `spec` has had as many as it may in the last minute; else `images` more are counted.
    bool admits(const EndpointSpec &spec, int images);
    /// Lets the task's webhook be called when it ends.
    void watchWebhook() { m_webhooksDue = true; }
    QString signatureOf(const QString &taskId, int index) const;

    /// Runs `work`, which may touch nothing of this world, in another thread, and sends what it returns.
    void answerInBackground(const DeferredAnswer &answer, std::function<HttpResponse()> work);

    bool isBusy() const { return m_chats.isBusy() || m_webhooksDue || m_webhooks.isBusy() || m_webUi.isBusy(); } ///< something moves on by tick()
    void setOrigin(const QString &origin) { m_origin = origin; } ///< "http://127.0.0.1:PORT"
    void tick();
    void halt(); ///< drops what is under way; work in other threads ends first

private:
    void callWebhooks();

    SandboxWorld &m_world;
    ModelCatalogue m_models;
    ChatStreams m_chats;
    MediaTasks m_tasks;
    EndpointSwitch m_endpoints;
    WebhookCalls m_webhooks;
    WebUiServer m_webUi;
    bool m_webhooksDue = false;
    bool m_rateLimited = false;
    QHash<QString, QList<std::pair<TimePoint, int>>> m_admitted; ///< by endpoint: when, and how many pictures
    QString m_origin;
    QThreadPool m_pool;
};

} // namespace novita
