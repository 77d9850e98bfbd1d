// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/sandboxmedia.h"

#include "core/sandbox/sandboxserver.h"

namespace novita {

namespace {

constexpr int kPainters = 2; // a large picture is painted in a fraction of a second; more would only take memory

} // namespace

bool isMediaPath(const QString &path)
{
    static const QStringList roots{QStringLiteral("/v3/"), QStringLiteral("/v3beta/"), QStringLiteral("/openai/"), QStringLiteral("/webui/"),
                                   QStringLiteral("/assets/")};
    for (const QString &root : roots) {
        if (path.startsWith(root))
            return true;
    }
    return false;
}

SandboxMedia::SandboxMedia(SandboxWorld &world, const SandboxOptions &options) : m_world(world), m_models(options.seed)
{
    m_pool.setMaxThreadCount(kPainters);
}

SandboxMedia::~SandboxMedia()
{
    m_pool.waitForDone();
}

void SandboxMedia::answerInBackground(const DeferredAnswer &answer, std::function<HttpResponse()> work)
{
    m_pool.start([answer, work = std::move(work)] { answer.send(work()); });
}

void SandboxMedia::tick()
{
    m_chats.tick(m_world.now());
}

void SandboxMedia::halt()
{
    m_pool.clear();
    m_pool.waitForDone();
    m_chats.clear();
}

} // namespace novita
