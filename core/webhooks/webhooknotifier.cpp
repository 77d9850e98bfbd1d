// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhooknotifier.h"

#include "core/base/logging.h"
#include "core/database/database.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookpayload.h"

#include <utility>

namespace novita {

namespace {

constexpr std::chrono::hours kBetweenPrunes{1};
constexpr int kHoursPerDay = 24;

} // namespace

WebhookNotifier::WebhookNotifier(Database &database, RuleLog &ruleLog, SecretStore &secrets, const Settings &settings,
                                 const Clock &clock, std::function<double()> random, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_random(std::move(random))
    , m_rules(ruleLog, secrets, clock)
    , m_store(database)
    , m_spool([this](const QList<OutgoingMessage> &messages) { return enqueue(messages); }, kMostUnsaved, kMostQueued)
    , m_sender(clock)
{
    configureSender();
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kProxyUrl.name || key == keys::kCaFile.name || key == keys::kPrivateTargets.name)
            configureSender();
    });
    connect(&m_rules, &WebhookRules::loaded, this, &WebhookNotifier::onRulesLoaded);
    connect(&m_rules, &WebhookRules::changed, this, &WebhookNotifier::tell);
    connect(&m_rules, &WebhookRules::silenced, this, [this](const RuleId &id) {
        m_spool.drop(id);
        m_store.drop(id, m_clock.now(), tr("The rule was switched off or removed."))->onFinished(this, [this] (const Result<int> &) { pump(); });
    });
    connect(&m_spool, &OutgoingSpool::failed, this, [this](const Error &error) { waitForFile(tr("Webhooks wait in memory: %1").arg(error.message)); });
    connect(&m_spool, &OutgoingSpool::shortened, this, &WebhookNotifier::tell);
    connect(&m_spool, &OutgoingSpool::written, this, [this](int count) {
        m_open += count;
        fileWorks();
        tell();
        pump();
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WebhookNotifier::pump);
    m_storageTimer.setSingleShot(true);
    m_storageTimer.setInterval(kStorageRetry);
    connect(&m_storageTimer, &QTimer::timeout, this, &WebhookNotifier::tryFileAgain);
    m_pruneTimer.setInterval(kBetweenPrunes);
    connect(&m_pruneTimer, &QTimer::timeout, this, &WebhookNotifier::prune);
    m_tellTimer.setSingleShot(true);
    m_tellTimer.setInterval(0);
    connect(&m_tellTimer, &QTimer::timeout, this, &WebhookNotifier::changed);
}

WebhookNotifier::~WebhookNotifier() = default;

void WebhookNotifier::configureSender()
{
    m_sender.configure({m_settings.value(keys::kProxyUrl), m_settings.value(keys::kCaFile), m_settings.value(keys::kPrivateTargets)});
}

void WebhookNotifier::start()
{
    m_rules.load();
    prune();
    m_pruneTimer.start();
}

void WebhookNotifier::onRulesLoaded()
{
    if (m_ready)
        return;
    // Rules that could not be read are not gone: without them every message would lose its rule.
    if (m_rules.error())
        waitForFile(tr("Webhooks wait, their rules cannot be read: %1").arg(m_rules.error()->message));
    else
        takeUp();
}

void WebhookNotifier::takeUp()
{
    QStringList known;
    for (const WebhookRule &rule : m_rules.all())
        known.append(rule.id.toString());
    m_store.takeUp(known, m_clock.now(), tr("The rule is gone."))->onFinished(this, [this](const Result<Done> &taken) {
        if (taken)
            becomeReady();
        else // what was under way would hold up its rule for good
            waitForFile(tr("Webhooks wait, their queue cannot be taken up: %1").arg(taken.error().message));
    });
}

void WebhookNotifier::becomeReady()
{
    m_store.latest()->onFinished(this, [this](const Result<QHash<RuleId, OutgoingMessage>> &latest) {
        m_latest = latest.valueOr({});
        m_ready = true;
        setProblem({});
        for (const OutgoingEvent &event : std::exchange(m_early, {}))
            notify(event);
        tell();
        pump();
    });
}

void WebhookNotifier::waitForFile(const QString &problem)
{
    setProblem(problem);
    if (!m_storageTimer.isActive())
        m_storageTimer.start();
}

/// What is claimed and not written down would hold up its lane for good, or be sent again.
void WebhookNotifier::writeLater(const Error &error, std::function<void()> step)
{
    m_unwritten.append(std::move(step));
    waitForFile(tr("Webhooks wait, what became of them cannot be written down: %1").arg(error.message));
}

void WebhookNotifier::fileWorks()
{
    if (m_unwritten.isEmpty() && !m_spool.isWaiting())
        setProblem({});
}

void WebhookNotifier::tryFileAgain()
{
    m_storageTimer.stop();
    if (!m_ready) {
        m_rules.load();
        return;
    }
    for (const std::function<void()> &step : std::exchange(m_unwritten, {}))
        step();
    m_spool.write();
    pump();
}

void WebhookNotifier::wake()
{
    if (m_storageTimer.isActive())
        tryFileAgain();
    else
        pump();
}

void WebhookNotifier::notify(const OutgoingEvent &event)
{
    if (!m_ready) {
        m_early.append(event);
        if (m_early.size() > kMostUnsaved) {
            m_early.removeFirst();
            ++m_dropped;
            tell();
        }
        return;
    }
    QList<OutgoingMessage> messages;
    for (const WebhookRule &rule : m_rules.all()) {
        if (rule.matches(event))
            messages.append(messageFor(rule, event));
    }
    if (!messages.isEmpty())
        m_spool.add(messages, !m_storageTimer.isActive());
}

OutgoingMessage WebhookNotifier::messageFor(const WebhookRule &rule, const OutgoingEvent &event) const
{
    OutgoingMessage message;
    message.id = OutgoingStore::newId();
    message.lane = rule.id.toString();
    message.rule = rule.id;
    message.ruleName = rule.name;
    message.kind = webhookevent::kindName(event.event);
    message.subject = webhookevent::subject(event.event);
    message.subjectName = event.instanceName;
    message.body = webhookpayload::encode(event.event);
    message.tries = rule.tries > 0 ? rule.tries : webhookpayload::triesOf(event.event);
    message.createdAt = m_clock.now();
    message.dueAt = message.createdAt;
    return message;
}

Call<int> *WebhookNotifier::enqueue(const QList<OutgoingMessage> &messages)
{
    return m_store.enqueue(messages, kMostQueued, tr("Too many messages were waiting."));
}

void WebhookNotifier::setProblem(const QString &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    if (!problem.isEmpty())
        qCWarning(lcNet).noquote() << problem;
    tell();
}

Call<Done> *WebhookNotifier::sendTest(const RuleId &id)
{
    const WebhookRule *rule = m_rules.find(id);
    if (!rule)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("There is no such rule.")), this);
    OutgoingEvent sample;
    sample.event.kind = InstanceEvent::Kind::Ready;
    sample.event.instanceId = QStringLiteral("test");
    sample.event.timestamp = m_clock.now();
    sample.event.data = {{QStringLiteral("test"), true}};
    sample.event.reason = QStringLiteral("Test delivery");
    OutgoingMessage message = messageFor(*rule, sample);
    message.kind = QStringLiteral("test");
    message.lane = QStringLiteral("test/") + QString::fromLatin1(message.id); // waits for nobody
    message.tries = 1;
    auto *call = Call<Done>::create(this);
    enqueue({message})->onFinished(this, [this, out = QPointer(call)](const Result<int> &saved) {
        if (out)
            out->resolve(saved ? Result<Done>(Done{}) : Result<Done>(saved.error()));
        tell();
        pump();
    });
    return call;
}

Call<Done> *WebhookNotifier::resend(const OutgoingMessage &message)
{
    const WebhookRule *rule = m_rules.find(message.rule);
    if (!rule)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("The rule of this message is gone.")), this);
    if (!rule->enabled && !message.isTest())
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, tr("The rule of this message is switched off.")), this);
    constexpr int kTries = 3;
    auto *call = Call<Done>::create(this);
    m_store.resend(message.seq, message.isTest() ? 1 : kTries, m_clock.now())->onFinished(this, [this, out = QPointer(call)](const Result<Done> &queued) {
        if (out)
            out->resolve(queued);
        tell();
        pump();
    });
    return call;
}

const OutgoingMessage *WebhookNotifier::latest(const RuleId &id) const
{
    const auto it = m_latest.constFind(id);
    return it == m_latest.constEnd() ? nullptr : &*it;
}

void WebhookNotifier::tell()
{
    if (!m_tellTimer.isActive())
        m_tellTimer.start();
}

void WebhookNotifier::prune()
{
    m_store.prune(m_clock.now() - std::chrono::hours(kHoursPerDay) * m_settings.value(keys::kHistoryDays), kMostLogged);
}

} // namespace novita
