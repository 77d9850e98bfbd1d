// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/sandboxmedia.h"

#include "core/sandbox/sandboxserver.h"

namespace novita {

namespace {

constexpr int kMostAttempts = 6; // the call and five retries
constexpr double kFirstRetrySeconds = 2;
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

SandboxMedia::SandboxMedia(SandboxWorld &world, const SandboxOptions &options) : m_world(world), m_models(options.seed), m_webUi(*this, world)
{
    m_webUi.setCredentials(options.webUiCredentials);
    m_pool.setMaxThreadCount(kPainters);
    m_webhooks.setParent(this); // so that it moves to the server's thread together with this
}

SandboxMedia::~SandboxMedia()
{
    m_pool.waitForDone();
}

void SandboxMedia::answerInBackground(const DeferredAnswer &answer, std::function<HttpResponse()> work)
{
    m_pool.start([answer, work = std::move(work)] { answer.send(work()); });
}

bool SandboxMedia::admits(const EndpointSpec &spec, int images)
{
    if (!m_rateLimited || !spec.rate)
        return true;
    const TimePoint now = m_world.now();
    QList<std::pair<TimePoint, int>> &admitted = m_admitted[spec.id];
    admitted.removeIf([now](const auto &one) { return now - one.first >= std::chrono::minutes(1); });
    const int amount = spec.rate->countsImages ? images : 1;
    int sum = 0;
    for (const auto &one : std::as_const(admitted))
        sum += one.second;
    if (sum + amount > spec.rate->perMinute)
        return false;
    admitted.append({now, amount});
    return true;
}

QString SandboxMedia::signatureOf(const QString &taskId, int index) const
{
    return m_world.derivedText(QStringLiteral("result/%1/%2").arg(taskId).arg(index), 40);
}

void SandboxMedia::callWebhooks()
{
    const TimePoint now = m_world.now();
    const QHash<QString, bool> outcomes = m_webhooks.takeOutcomes();
    bool open = false;
    for (const auto &owned : m_tasks.all()) {
        MediaTask &task = *owned;
        if (task.webhook.isEmpty() || task.webhookSettled)
            continue;
        if (outcomes.contains(task.id))
            task.webhookSettled = outcomes.value(task.id) || task.webhookAttempts >= kMostAttempts;
        if (task.webhookSettled)
            continue;
        open = true;
        if (now < task.finished() || now < task.nextAttempt || m_webhooks.isFull() || task.webhookAttempts >= kMostAttempts)
            continue;
        const QJsonObject payload = taskResultJson(task, now, m_origin, [&](int index) { return signatureOf(task.id, index); });
        const Milliseconds pause = std::max(Milliseconds(1), m_world.planner().scaled(kFirstRetrySeconds * (1 << task.webhookAttempts)));
        task.nextAttempt = now + std::chrono::seconds(5) + pause; // not before the call itself has had its five seconds
        ++task.webhookAttempts;
        m_webhooks.post(task.id, task.webhook, jsonText(QJsonObject{{QStringLiteral("event_type"), QStringLiteral("ASYNC_TASK_RESULT")}, {QStringLiteral("payload"), payload}}));
    }
    m_webhooksDue = open;
}

void SandboxMedia::tick()
{
    m_chats.tick(m_world.now());
    m_webUi.tick(m_world.now());
    if (m_webhooksDue || m_webhooks.isBusy())
        callWebhooks();
}

void SandboxMedia::halt()
{
    m_pool.clear();
    m_pool.waitForDone();
    m_chats.clear();
    m_webUi.clear();
    m_webhooks.abortAll();
    m_webhooksDue = false;
}

} // namespace novita
