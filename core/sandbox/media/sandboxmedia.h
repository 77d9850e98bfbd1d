// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/media/chatstreams.h"
#include "core/sandbox/media/modelcatalogue.h"
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

    /// Runs `work`, which may touch nothing of this world, in another thread, and sends what it returns.
    void answerInBackground(const DeferredAnswer &answer, std::function<HttpResponse()> work);

    bool isBusy() const { return m_chats.isBusy(); } ///< something moves on by tick()
    void tick();
    void halt(); ///< drops what is under way; work in other threads ends first

private:
    SandboxWorld &m_world;
    ModelCatalogue m_models;
    ChatStreams m_chats;
    QThreadPool m_pool;
};

} // namespace novita
