// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/database/sqlsession.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/tempsettings.h"
#include "tests/webhooks/webhooktarget.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QString kSecret = QStringLiteral("a secret of this test");

OutgoingEvent eventOf(const QString &instance, InstanceEvent::Kind kind = InstanceEvent::Kind::Stopped)
{
    OutgoingEvent event;
    event.event.kind = kind;
    event.event.instanceId = instance;
    event.event.timestamp = TimePoint(1767225600000ms);
    event.instanceName = QStringLiteral("name of ") + instance;
    return event;
}

/// While it lives the file takes no such change of the queue.
class Refusal
{
    Q_DISABLE_COPY_MOVE(Refusal)

public:
    Refusal(const QString &file, const QString &change) : m_other(QStringLiteral("other"), file)
    {
        m_works = !m_other.exec(QStringLiteral("CREATE TRIGGER refuse BEFORE %1 BEGIN SELECT RAISE(ABORT, 'refused'); END").arg(change));
    }
    ~Refusal() { m_other.exec(QStringLiteral("DROP TRIGGER refuse")); }
    bool works() const { return m_works; }

private:
    SqlSession m_other;
    bool m_works;
};

} // namespace

class TestWebhookNotifier : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deliversAndLogs();
    void nothingMatchesNothingIsSent();
    void eventsBeforeTheRulesWait();
    void triesAgainWithBackoff();
    void clockSetBackStopsNothing();
    void givesUpAfterItsTries();
    void retryAfterIsKept();
    void goneSwitchesTheRuleOff();
    void goneOfAFormerTargetStopsNothing();
    void clientErrorsAreFinal();
    void keepsTheOrderOfARule();
    void deadTargetHoldsUpNobody();
    void queueSurvivesARestart();
    void whatWasUnderWayIsSentAgain();
    void queueIsBounded();
    void resendSendsTheSameBytes();
    void testGoesAlsoToARuleThatIsOff();
    void lockedKeychainSendsNothingUnsigned();
    void ruleThatCannotBeSavedKeepsItsSecret();
    void switchedOffDropsWhatWaits();
    void removedRuleTakesItsSecretAlong();
    void environmentRuleIsNotStored();
    void withoutAFileEventsWaitInMemory();
    void fileHeldAtTheStartLosesNothing();
    void queueThatCannotBeTakenUpIsTriedAgain();
    void messageThatCannotBePutBackIsTriedAgain();
    void unsavedEventsKeepTheirOrder();
    void unsavedEventsAreBounded();
    void oldLogGoes();

private:
    void begin()
    {
        m_database = std::make_unique<Database>(m_clock);
        QVERIFY(await(m_database->open(file())).ok());
        m_ruleLog = std::make_unique<RuleLog>(*m_database);
        m_notifier = std::make_unique<WebhookNotifier>(*m_database, *m_ruleLog, m_secrets, m_settings->get(), m_clock, [] { return 0.0; });
    }
    void start()
    {
        m_notifier->start();
        QTRY_VERIFY(m_notifier->rules().isLoaded());
    }
    QString file() const { return m_folder->filePath(QStringLiteral("history.sqlite")); }
    void end()
    {
        m_notifier.reset();
        m_ruleLog.reset();
        m_database.reset();
    }
    WebhookRule addRule(const QUrl &target, const QString &name = QStringLiteral("rule"), const QString &secret = kSecret)
    {
        WebhookRule rule;
        rule.name = name;
        rule.target = target;
        rule.kinds = webhookpayload::sentKinds();
        const Result<Done> saved = await(m_notifier->rules().save(rule, secret));
        return saved ? m_notifier->rules().all().last() : WebhookRule();
    }
    QList<OutgoingMessage> logged(std::optional<OutgoingState> state = {}) const
    {
        OutgoingStore::Query query;
        query.state = state;
        return await(m_notifier->log().list(query)).valueOr({});
    }
    /// The instances that the target was told of.
    QString told() const
    {
        QStringList instances;
        for (const HttpRequest &request : m_target->requests()) {
            const Result<WebhookEvent> event = webhookevent::decode(request.body);
            instances.append(event ? std::get<InstanceEvent>(*event).instanceId : QString());
        }
        return instances.join(u' ');
    }
    /// One message, under way from then on.
    void sendWhatIsNeverAnswered()
    {
        addRule(m_target->url());
        HttpResponse never;
        never.fault.end = ResponseFault::End::Never;
        m_target->script(never);
        m_notifier->notify(eventOf(QStringLiteral("a")));
        QTRY_COMPARE(m_target->count(), 1);
    }
    /// Moves the clock and lets what is due go.
    void advance(Milliseconds by)
    {
        m_clock.advance(by);
        m_notifier->wake();
    }

    FakeClock m_clock;
    FakeSecretStore m_secrets;
    std::unique_ptr<TempSettings> m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WebhookTarget> m_target;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RuleLog> m_ruleLog;
    std::unique_ptr<WebhookNotifier> m_notifier;
};

void TestWebhookNotifier::init()
{
    m_secrets.values.clear();
    m_secrets.setState(KeychainState::Ok);
    m_settings = std::make_unique<TempSettings>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_target = std::make_unique<WebhookTarget>();
    begin();
    start();
}

void TestWebhookNotifier::cleanup()
{
    end();
    m_target.reset();
}

void TestWebhookNotifier::deliversAndLogs()
{
    const WebhookRule rule = addRule(m_target->url());
    QCOMPARE(m_secrets.values.value(rule.secretName()), kSecret);
    const OutgoingEvent event = eventOf(QStringLiteral("box"));
    m_notifier->notify(event);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    QCOMPARE(m_target->count(), 1);
    const HttpRequest request = m_target->requests().first();
    QCOMPARE(request.body, webhookpayload::encode(event.event));
    QVERIFY(signature::check({*SigningSecret::fromText(kSecret)}, request.headers, request.body, m_clock.now()).ok());

    const OutgoingMessage message = logged().first();
    QCOMPARE(message.kind, QStringLiteral("stopped"));
    QCOMPARE(message.subject, QStringLiteral("box"));
    QCOMPARE(message.subjectName, QStringLiteral("name of box"));
    QCOMPARE(message.status, 200);
    QCOMPARE(message.attempts, 1);
    QCOMPARE(message.tries, 3);
    const Result<OutgoingRecord> details = await(m_notifier->log().read(message.seq));
    QVERIFY(details.ok());
    QCOMPARE(details->message.body, request.body);
    QCOMPARE(details->attempts.size(), 1);
    QCOMPARE(details->attempts.first().status, 200);
    QVERIFY(details->attempts.first().isSigned);
    QCOMPARE(details->attempts.first().target, rule.target.toString());
    QVERIFY(m_notifier->latest(rule.id));
    QTRY_COMPARE(m_notifier->openCount(), 0);
}

void TestWebhookNotifier::nothingMatchesNothingIsSent()
{
    WebhookRule rule = addRule(m_target->url());
    rule.kinds = {QStringLiteral("deleted")};
    QVERIFY(await(m_notifier->rules().save(rule, std::nullopt)).ok());
    m_notifier->notify(eventOf(QStringLiteral("box")));
    m_notifier->notify(eventOf(QStringLiteral("box"), InstanceEvent::Kind::Deleted));
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    QCOMPARE(logged().size(), 1);
}

void TestWebhookNotifier::eventsBeforeTheRulesWait()
{
    addRule(m_target->url());
    end();
    begin();
    m_notifier->notify(eventOf(QStringLiteral("early")));
    start();
    QTRY_COMPARE(m_target->count(), 1);
}

void TestWebhookNotifier::triesAgainWithBackoff()
{
    addRule(m_target->url());
    m_target->script(500);
    m_target->script(408);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 1);
    QCOMPARE(logged().first().dueAt, m_clock.now() + 1s);
    advance(1s);
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 2);
    QCOMPARE(logged().first().dueAt, m_clock.now() + 2s);
    advance(2s);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    const QList<HttpRequest> requests = m_target->requests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests.at(2).body, requests.at(0).body);
    QCOMPARE(requests.at(2).headers.value("webhook-id"), requests.at(0).headers.value("webhook-id"));
    QCOMPARE(requests.at(0).headers.value("webhook-timestamp"), QByteArray("1767225600"));
    QCOMPARE(requests.at(2).headers.value("webhook-timestamp"), QByteArray("1767225603"));
    const Result<OutgoingRecord> details = await(m_notifier->log().read(logged().first().seq));
    QCOMPARE(details->attempts.size(), 3);
    QCOMPARE(details->attempts.at(0).status, 500);
    QCOMPARE(details->attempts.at(0).answer, QStringLiteral("scripted"));
    QCOMPARE(details->attempts.at(1).status, 408);
    QVERIFY(details->attempts.at(2).problem.isEmpty());
}

void TestWebhookNotifier::clockSetBackStopsNothing()
{
    addRule(m_target->url());
    m_target->script(500);
    m_notifier->notify(eventOf(QStringLiteral("a")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 1);
    m_notifier->notify(eventOf(QStringLiteral("b")));
    QTRY_COMPARE(logged().size(), 2);
    advance(-24h);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 2);
    QCOMPARE(told(), QStringLiteral("a a b"));
}

void TestWebhookNotifier::givesUpAfterItsTries()
{
    addRule(m_target->url());
    for (int i = 0; i < 3; ++i)
        m_target->script(503);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    for (int attempt = 1; attempt < 3; ++attempt) {
        QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, attempt);
        advance(10s);
    }
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1);
    QCOMPARE(logged().first().attempts, 3);
    QCOMPARE(logged().first().status, 503);
    QCOMPARE(m_target->count(), 3);
    QCOMPARE(m_notifier->attempts().retried, 2);
    QCOMPARE(m_notifier->attempts().failed, 1);
    QCOMPARE(m_notifier->attempts().delivered, 0);
}

void TestWebhookNotifier::retryAfterIsKept()
{
    addRule(m_target->url());
    m_target->script(HttpResponse::tooManyRequests(40s));
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 1);
    QCOMPARE(logged().first().dueAt, m_clock.now() + 40s);
}

void TestWebhookNotifier::goneSwitchesTheRuleOff()
{
    const WebhookRule rule = addRule(m_target->url());
    QSignalSpy stopped(m_notifier.get(), &WebhookNotifier::ruleStopped);
    m_target->script(410);
    m_notifier->notify(eventOf(QStringLiteral("a")));
    m_notifier->notify(eventOf(QStringLiteral("b")));
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(logged(OutgoingState::Dropped).size(), 1);
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1);
    QCOMPARE(m_target->count(), 1);
    QVERIFY(!m_notifier->rules().find(rule.id)->enabled);
    QVERIFY(!m_notifier->rules().find(rule.id)->stopped.isEmpty());
    m_notifier->notify(eventOf(QStringLiteral("c")));
    QTRY_VERIFY(m_notifier->rules().find(rule.id)->version > rule.version);
    QVERIFY(await(m_notifier->rules().setEnabled(rule.id, true)).ok());
    QVERIFY(m_notifier->rules().find(rule.id)->stopped.isEmpty());
    m_notifier->notify(eventOf(QStringLiteral("d")));
    QTRY_COMPARE(m_target->count(), 2);
    QCOMPARE(logged().size(), 3);
}

void TestWebhookNotifier::goneOfAFormerTargetStopsNothing()
{
    WebhookTarget former;
    former.script(410);
    WebhookRule rule = addRule(former.url());
    end();
    begin();
    start();
    m_secrets.hold();
    m_notifier->notify(eventOf(QStringLiteral("a")));
    QTRY_COMPARE(m_secrets.heldCount(), std::size_t(1));
    rule.target = m_target->url();
    QVERIFY(await(m_notifier->rules().save(rule, std::nullopt)).ok());
    m_secrets.release();
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1);
    QCOMPARE(former.count(), 1);
    QVERIFY(m_notifier->rules().find(rule.id)->enabled);
    m_notifier->notify(eventOf(QStringLiteral("b")));
    QTRY_COMPARE(m_target->count(), 1);
}

void TestWebhookNotifier::clientErrorsAreFinal()
{
    addRule(m_target->url());
    m_target->script(404);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1);
    QCOMPARE(m_target->count(), 1);
    QVERIFY(logged().first().note.contains(QStringLiteral("404")));
}

void TestWebhookNotifier::keepsTheOrderOfARule()
{
    addRule(m_target->url());
    m_target->script(500);
    for (int i = 0; i < 5; ++i)
        m_notifier->notify(eventOf(QStringLiteral("box-%1").arg(i)));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(4).attempts, 1);
    QCOMPARE(m_target->count(), 1);
    advance(1s);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 5);
    QCOMPARE(told(), QStringLiteral("box-0 box-0 box-1 box-2 box-3 box-4"));
}

void TestWebhookNotifier::deadTargetHoldsUpNobody()
{
    WebhookTarget dead;
    HttpResponse never;
    never.fault.end = ResponseFault::End::Never;
    dead.script(never);
    addRule(dead.url(), QStringLiteral("dead"));
    addRule(m_target->url(), QStringLiteral("alive"));
    for (int i = 0; i < 10; ++i)
        m_notifier->notify(eventOf(QStringLiteral("box-%1").arg(i)));
    QTRY_COMPARE(m_target->count(), 10);
    QCOMPARE(dead.count(), 1);
}

void TestWebhookNotifier::queueSurvivesARestart()
{
    addRule(m_target->url());
    m_target->script(500);
    m_notifier->notify(eventOf(QStringLiteral("a")));
    m_notifier->notify(eventOf(QStringLiteral("b")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(1).attempts, 1);
    end();
    m_clock.advance(1h);
    begin();
    start();
    QTRY_COMPARE(m_target->count(), 3);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 2);
    QCOMPARE(m_target->requests().at(1).headers.value("webhook-id"), m_target->requests().at(0).headers.value("webhook-id"));
}

void TestWebhookNotifier::whatWasUnderWayIsSentAgain()
{
    sendWhatIsNeverAnswered();
    end(); // the answer never came: as after a kill, the claim stands in the file
    begin();
    start();
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    QCOMPARE(m_target->count(), 2);
    QCOMPARE(m_target->requests().at(1).headers.value("webhook-id"), m_target->requests().at(0).headers.value("webhook-id"));
    QCOMPARE(m_target->requests().at(1).body, m_target->requests().at(0).body);
}

void TestWebhookNotifier::queueIsBounded()
{
    OutgoingStore store(*m_database);
    QList<OutgoingMessage> messages;
    for (int i = 0; i < 30; ++i) {
        OutgoingMessage message;
        message.id = OutgoingStore::newId();
        message.lane = QStringLiteral("r");
        message.rule = RuleId(QStringLiteral("r"));
        message.subject = QString::number(i);
        message.dueAt = m_clock.now() + 1h;
        messages.append(message);
    }
    QCOMPARE(await(store.enqueue(messages, 20, QStringLiteral("full"))).valueOr(-1), 10);
    OutgoingStore::Query dropped;
    dropped.state = OutgoingState::Dropped;
    const QList<OutgoingMessage> gone = await(store.list(dropped)).valueOr({});
    QCOMPARE(gone.size(), 10);
    QCOMPARE(gone.first().subject, QStringLiteral("9"));
    QCOMPARE(gone.first().note, QStringLiteral("full"));
    QCOMPARE(await(store.claim(m_clock.now(), 5))->open, 20);
}

void TestWebhookNotifier::resendSendsTheSameBytes()
{
    addRule(m_target->url());
    m_target->script(400);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1);
    m_clock.advance(2h);
    QVERIFY(await(m_notifier->resend(logged().first())).ok());
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    const QList<HttpRequest> requests = m_target->requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(1).body, requests.at(0).body);
    QCOMPARE(requests.at(1).headers.value("webhook-id"), requests.at(0).headers.value("webhook-id"));
    QVERIFY(requests.at(1).headers.value("webhook-signature") != requests.at(0).headers.value("webhook-signature"));
    QVERIFY(signature::check({*SigningSecret::fromText(kSecret)}, requests.at(1).headers, requests.at(1).body, m_clock.now()).ok());
    QCOMPARE(logged().first().attempts, 2);
}

void TestWebhookNotifier::testGoesAlsoToARuleThatIsOff()
{
    const WebhookRule rule = addRule(m_target->url());
    QVERIFY(await(m_notifier->rules().setEnabled(rule.id, false)).ok());
    QVERIFY(await(m_notifier->sendTest(rule.id)).ok());
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    QCOMPARE(logged().first().kind, QStringLiteral("test"));
    m_target->script(500);
    QVERIFY(await(m_notifier->sendTest(rule.id)).ok());
    QTRY_COMPARE(logged(OutgoingState::Failed).size(), 1); // tried once
}

void TestWebhookNotifier::lockedKeychainSendsNothingUnsigned()
{
    addRule(m_target->url());
    end();
    begin();
    start();
    m_secrets.setState(KeychainState::Locked);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_VERIFY(!logged(OutgoingState::Waiting).value(0).note.isEmpty());
    QCOMPARE(m_target->count(), 0);
    QCOMPARE(logged().first().attempts, 0);
    m_secrets.setState(KeychainState::Ok);
    advance(WebhookNotifier::kKeychainRetry);
    QTRY_COMPARE(m_target->count(), 1);
    QVERIFY(m_target->requests().first().headers.contains("X-Webhook-Signature"));
}

void TestWebhookNotifier::ruleThatCannotBeSavedKeepsItsSecret()
{
    const WebhookRule rule = addRule(m_target->url());
    {
        const Refusal refusal(file(), QStringLiteral("UPDATE ON rule"));
        QVERIFY(refusal.works());
        QVERIFY(!await(m_notifier->rules().save(rule, QStringLiteral("another secret of this test"))).ok());
        QVERIFY(!await(m_notifier->rules().save(rule, QString())).ok());
    }
    QTRY_COMPARE(m_secrets.values.value(rule.secretName()), kSecret);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(m_target->count(), 1);
    const HttpRequest request = m_target->requests().first();
    QVERIFY(signature::check({*SigningSecret::fromText(kSecret)}, request.headers, request.body, m_clock.now()).ok());
    {
        const Refusal refusal(file(), QStringLiteral("INSERT ON rule"));
        QVERIFY(refusal.works());
        QVERIFY(addRule(m_target->url(), QStringLiteral("second")).id.isEmpty());
        QTRY_COMPARE(m_secrets.values.size(), 1);
    }
    QVERIFY(await(m_notifier->rules().save(*m_notifier->rules().find(rule.id), QString())).ok());
    QTRY_VERIFY(m_secrets.values.isEmpty());
}

void TestWebhookNotifier::switchedOffDropsWhatWaits()
{
    const WebhookRule rule = addRule(m_target->url());
    m_target->script(500);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 1);
    QVERIFY(await(m_notifier->rules().setEnabled(rule.id, false)).ok());
    QTRY_COMPARE(logged(OutgoingState::Dropped).size(), 1);
    QVERIFY(!logged().first().note.isEmpty());
}

void TestWebhookNotifier::removedRuleTakesItsSecretAlong()
{
    const WebhookRule rule = addRule(m_target->url());
    QVERIFY(await(m_notifier->rules().remove(rule.id)).ok());
    QVERIFY(m_notifier->rules().all().isEmpty());
    QTRY_VERIFY(m_secrets.values.isEmpty());
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QVERIFY(logged().isEmpty());
}

void TestWebhookNotifier::environmentRuleIsNotStored()
{
    QUrl url = m_target->url();
    url.setPath(QStringLiteral("/as-good-as-a-password"));
    m_notifier->rules().setEnvironment(url, kSecret);
    QVERIFY(m_notifier->rules().all().first().fromEnvironment);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(m_target->count(), 1);
    QVERIFY(m_target->requests().first().headers.contains("X-Webhook-Signature"));
    QVERIFY(m_secrets.values.isEmpty());
    QVERIFY(!await(m_notifier->rules().save(m_notifier->rules().all().first(), std::nullopt)).ok());
    QTRY_COMPARE(logged().value(0).state, OutgoingState::Delivered);
    end();
    for (const QString &name : QDir(m_folder->path()).entryList(QDir::Files)) {
        QFile kept(m_folder->filePath(name));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QVERIFY2(!kept.readAll().contains("as-good-as-a-password"), qPrintable(name));
    }
    begin();
    start();
    QVERIFY(m_notifier->rules().all().isEmpty());
}

void TestWebhookNotifier::withoutAFileEventsWaitInMemory()
{
    m_notifier->rules().setEnvironment(m_target->url(), {});
    end();
    m_database = std::make_unique<Database>(m_clock); // not opened
    m_ruleLog = std::make_unique<RuleLog>(*m_database);
    m_notifier = std::make_unique<WebhookNotifier>(*m_database, *m_ruleLog, m_secrets, m_settings->get(), m_clock, [] { return 0.0; });
    m_notifier->rules().setEnvironment(m_target->url(), {});
    start();
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_VERIFY(!m_notifier->problem().isEmpty());
    QCOMPARE(m_target->count(), 0);
}

void TestWebhookNotifier::fileHeldAtTheStartLosesNothing()
{
    constexpr int kLimit = 20000; // SQLite itself waits some seconds
    addRule(m_target->url());
    m_target->script(500);
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Waiting).value(0).attempts, 1);
    end();
    m_clock.advance(1h);
    begin();
    {
        SqlSession other(QStringLiteral("holder"), file());
        QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
        m_notifier->start();
        m_notifier->notify(eventOf(QStringLiteral("early")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_notifier->problem().isEmpty(), kLimit);
        QVERIFY(m_notifier->rules().all().isEmpty());
        QVERIFY(!other.exec(QStringLiteral("ROLLBACK")));
    }
    m_notifier->wake();
    QTRY_COMPARE_WITH_TIMEOUT(m_target->count(), 3, kLimit);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 2);
    QCOMPARE(logged().size(), 2);
    QVERIFY(m_notifier->problem().isEmpty());
}

void TestWebhookNotifier::queueThatCannotBeTakenUpIsTriedAgain()
{
    sendWhatIsNeverAnswered();
    end();
    begin();
    {
        const Refusal refusal(file(), QStringLiteral("UPDATE ON webhook_message"));
        QVERIFY(refusal.works());
        start();
        QTRY_VERIFY(!m_notifier->problem().isEmpty());
    }
    m_notifier->wake();
    QTRY_COMPARE(m_target->count(), 2);
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
}

void TestWebhookNotifier::messageThatCannotBePutBackIsTriedAgain()
{
    addRule(m_target->url());
    end();
    begin();
    start();
    m_secrets.setState(KeychainState::Locked);
    m_secrets.hold();
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(m_secrets.heldCount(), std::size_t(1));
    {
        const Refusal refusal(file(), QStringLiteral("UPDATE ON webhook_message"));
        QVERIFY(refusal.works());
        m_secrets.release();
        QTRY_VERIFY(!m_notifier->problem().isEmpty());
    }
    QCOMPARE(logged().first().state, OutgoingState::Sending);
    m_secrets.setState(KeychainState::Ok);
    m_notifier->wake();
    QTRY_COMPARE(logged().first().state, OutgoingState::Waiting);
    QVERIFY(m_notifier->problem().isEmpty());
    advance(WebhookNotifier::kKeychainRetry);
    QTRY_COMPARE(m_target->count(), 1);
}

void TestWebhookNotifier::unsavedEventsKeepTheirOrder()
{
    addRule(m_target->url());
    {
        const Refusal refusal(file(), QStringLiteral("INSERT ON webhook_message WHEN NEW.subject IN ('a', 'b')"));
        QVERIFY(refusal.works());
        for (const char *instance : {"a", "b", "c"})
            m_notifier->notify(eventOf(QString::fromLatin1(instance)));
        QTRY_VERIFY(!m_notifier->problem().isEmpty());
        QCOMPARE(m_notifier->openCount(), 3);
        m_notifier->notify(eventOf(QStringLiteral("d")));
        QVERIFY(logged().isEmpty());
    }
    m_notifier->wake();
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 4);
    QCOMPARE(told(), QStringLiteral("a b c d"));
    QVERIFY(m_notifier->problem().isEmpty());
}

void TestWebhookNotifier::unsavedEventsAreBounded()
{
    constexpr int kTooMany = 10;
    addRule(m_target->url());
    const Refusal refusal(file(), QStringLiteral("INSERT ON webhook_message"));
    QVERIFY(refusal.works());
    for (int i = 0; i < WebhookNotifier::kMostUnsaved + kTooMany; ++i)
        m_notifier->notify(eventOf(QString::number(i)));
    QTRY_COMPARE(m_notifier->droppedCount(), kTooMany);
    QCOMPARE(m_notifier->openCount(), WebhookNotifier::kMostUnsaved);
    m_notifier->notify(eventOf(QStringLiteral("one more")));
    QCOMPARE(m_notifier->droppedCount(), kTooMany + 1);
}

void TestWebhookNotifier::oldLogGoes()
{
    addRule(m_target->url());
    m_notifier->notify(eventOf(QStringLiteral("box")));
    QTRY_COMPARE(logged(OutgoingState::Delivered).size(), 1);
    m_clock.advance(24h * (m_settings->get().value(keys::kHistoryDays) + 1));
    end();
    begin();
    start();
    QTRY_VERIFY(logged().isEmpty());
}

QTEST_GUILESS_MAIN(TestWebhookNotifier)
#include "tst_webhooknotifier.moc"
