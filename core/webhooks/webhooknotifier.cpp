// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhooknotifier.h"

#include "core/base/logging.h"
#include "core/database/database.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/sendpolicy.h"
#include "core/webhooks/webhookpayload.h"

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::hours kBetweenPrunes{1};
constexpr int kHoursPerDay = 24;
/// A monotonic timer stands still while the computer sleeps; the deadlines in the file do not.
constexpr Milliseconds kLongestNap{30000};

} // namespace

WebhookNotifier::WebhookNotifier(Database &database, RuleLog &ruleLog, SecretStore &secrets, const Settings &settings,
                                 const Clock &clock, std::function<double()> random, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_random(std::move(random))
    , m_rules(ruleLog, secrets, clock)
    , m_store(database)
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
        m_unsaved.removeIf([&id](const OutgoingMessage &message) { return message.rule == id; });
        m_store.drop(id, m_clock.now(), tr("The rule was switched off or removed."))->onFinished(this, [this] (const Result<int> &) { pump(); });
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
    if (m_unwritten.isEmpty() && m_unsaved.isEmpty())
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
    saveWaiting();
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
        save(messages);
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

void WebhookNotifier::save(const QList<OutgoingMessage> &messages)
{
    m_unsaved += messages;
    // A file that works takes a burst of any length that the queue itself can hold.
    const bool waitsForFile = m_storageTimer.isActive();
    boundWaiting(waitsForFile ? kMostUnsaved : kMostQueued);
    if (!waitsForFile)
        saveWaiting();
}

/// One write at a time: of two that fail the later one would come back first, and one that succeeds would overtake one that failed.
void WebhookNotifier::saveWaiting()
{
    if (m_saving || m_unsaved.isEmpty())
        return;
    m_saving = true;
    const QList<OutgoingMessage> messages = std::exchange(m_unsaved, {});
    const int count = static_cast<int>(messages.size());
    m_open += count;
    enqueue(messages)->onFinished(this, [this, messages, count](const Result<int> &saved) {
        m_saving = false;
        if (!saved) {
            m_open = std::max(0, m_open - count);
            m_unsaved = messages + m_unsaved;
            boundWaiting(kMostUnsaved);
            waitForFile(tr("Webhooks wait in memory: %1").arg(saved.error().message));
            return;
        }
        m_dropped += *saved;
        if (*saved > 0)
            qCWarning(lcNet) << "Webhooks dropped, the queue is full:" << *saved;
        saveWaiting();
        fileWorks();
        tell();
        pump();
    });
}

/// The oldest go.
void WebhookNotifier::boundWaiting(int most)
{
    const qsizetype over = m_unsaved.size() - most;
    if (over <= 0)
        return;
    m_unsaved.remove(0, over);
    m_dropped += static_cast<int>(over);
    tell();
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

void WebhookNotifier::pump()
{
    if (m_claiming || !m_ready || m_underWay >= kParallel) {
        m_claimAgain = m_claimAgain || m_claiming;
        return;
    }
    m_claiming = true;
    m_store.claim(m_clock.now(), kParallel - m_underWay)->onFinished(this, [this](const Result<OutgoingStore::Claim> &claim) {
        m_claiming = false;
        if (claim)
            onClaim(*claim);
        else if (!m_storageTimer.isActive())
            m_storageTimer.start();
        if (std::exchange(m_claimAgain, false))
            pump();
    });
}

void WebhookNotifier::onClaim(const OutgoingStore::Claim &claim)
{
    if (m_open != claim.open)
        tell();
    m_open = claim.open;
    m_underWay += static_cast<int>(claim.messages.size());
    for (const OutgoingMessage &message : claim.messages)
        begin(message);
    m_timer.stop();
    if (claim.nextDue)
        m_timer.start(std::clamp(std::chrono::duration_cast<Milliseconds>(*claim.nextDue - m_clock.now()), Milliseconds(0), kLongestNap));
}

void WebhookNotifier::begin(const OutgoingMessage &message)
{
    const WebhookRule *rule = m_rules.find(message.rule);
    if (!rule || (!rule->enabled && !message.isTest())) {
        putBack(message, OutgoingState::Dropped, message.dueAt, tr("The rule was switched off or removed."));
        return;
    }
    m_rules.secretOf(*rule)->onFinished(this, [this, message, rule = *rule](const Result<SigningSecret> &secret) {
        if (secret)
            send(message, rule, *secret);
        else if (message.isTest())
            putBack(message, OutgoingState::Failed, message.dueAt, secret.error().message);
        else
            putBack(message, OutgoingState::Waiting, m_clock.now() + kKeychainRetry, secret.error().message);
    });
}

void WebhookNotifier::send(const OutgoingMessage &message, const WebhookRule &rule, const SigningSecret &secret)
{
    m_sender.post({rule.target, message.id, message.body, secret})->onFinished(this, [this, message, rule](const Result<WebhookPosted> &posted) {
        if (posted)
            onPosted(message, rule, *posted);
    });
}

void WebhookNotifier::onPosted(OutgoingMessage message, const WebhookRule &rule, const WebhookPosted &posted)
{
    OutgoingAttempt attempt{posted.at, rule.target.toString(), posted.address, rule.isSigned, posted.status, posted.took, posted.problem, posted.answer};
    const SendDecision decision = decideSend(posted, message.attempts + 1, message.tries, m_random());
    const TimePoint now = m_clock.now();
    message.status = posted.status;
    message.took = posted.took;
    message.note = posted.problem;
    message.attempts += 1;
    switch (decision.next) {
    case SendDecision::Next::Delivered:
        message.state = OutgoingState::Delivered;
        ++m_attempts.delivered;
        break;
    case SendDecision::Next::Retry:
        message.state = OutgoingState::Waiting;
        ++m_attempts.retried;
        break;
    case SendDecision::Next::Failed:
    case SendDecision::Next::Gone:
        message.state = OutgoingState::Failed;
        ++m_attempts.failed;
        break;
    }
    if (message.isOpen())
        message.dueAt = now + decision.wait;
    else
        message.endedAt = now;
    record(message, attempt);
    const WebhookRule *current = decision.next == SendDecision::Next::Gone ? m_rules.find(rule.id) : nullptr;
    // Meanwhile the rule may have been given another target, which has said nothing.
    if (current && current->enabled && current->target == rule.target) {
        const QString reason = tr("The target answered 410: it wants nothing more.");
        m_rules.stop(rule.id, reason);
        emit ruleStopped(rule, reason);
    }
}

void WebhookNotifier::record(const OutgoingMessage &message, const OutgoingAttempt &attempt)
{
    m_store.record(message, attempt)->onFinished(this, [this, message, attempt](const Result<Done> &recorded) {
        if (recorded || recorded.error().kind == ErrorKind::NotFound)
            finished(message);
        else
            writeLater(recorded.error(), [this, message, attempt] { record(message, attempt); });
    });
}

void WebhookNotifier::putBack(OutgoingMessage message, OutgoingState state, TimePoint dueAt, const QString &note)
{
    message.state = state;
    message.dueAt = dueAt;
    message.note = note;
    if (!message.isOpen())
        message.endedAt = m_clock.now();
    writeBack(message);
}

void WebhookNotifier::writeBack(const OutgoingMessage &message)
{
    m_store.putBack(message)->onFinished(this, [this, message](const Result<Done> &written) {
        if (written)
            finished(message);
        else
            writeLater(written.error(), [this, message] { writeBack(message); });
    });
}

void WebhookNotifier::finished(const OutgoingMessage &message)
{
    --m_underWay;
    fileWorks();
    if (!message.isOpen()) {
        m_latest.insert(message.rule, message);
        m_latest[message.rule].body.clear();
        emit ended(message);
    }
    tell();
    pump();
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
