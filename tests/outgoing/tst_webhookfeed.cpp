// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"
#include "core/outgoing/webhookfeed.h"
#include "core/outgoing/webhookfeedtexts.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const InstanceId kOne(QStringLiteral("a1b2"));

Instance instance(const QString &status, TimePoint createdAt = {})
{
    Instance row;
    row.id = kOne;
    row.name = QStringLiteral("trainer");
    row.statusText = status;
    row.status = instanceStatusFromWire(status);
    if (createdAt != TimePoint())
        row.createdAt = createdAt;
    return row;
}

struct Bench
{
    FakeNam network;
    FakeClock clock;
    ClientStack stack{network, clock};
    WebhookFeed feed{stack.stores, stack.startups, stack.creator, stack.commands, stack.tags, clock};
    QList<OutgoingEvent> events;

    Bench()
    {
        feed.setProfile(ProfileId(QStringLiteral("p")));
        QObject::connect(&feed, &WebhookFeed::happened, &feed, [this](const OutgoingEvent &event) { events.append(event); });
    }
    void list(const QList<Instance> &rows)
    {
        clock.advance(5s);
        RowList<Instance> list;
        for (const Instance &row : rows)
            list.append(row);
        stack.stores.instances.adoptList(list, clock.now());
    }
    QString kinds() const
    {
        QStringList names;
        for (const OutgoingEvent &event : events)
            names.append(webhookevent::kindName(event.event));
        return names.join(u' ');
    }
};

} // namespace

class TestWebhookFeed : public QObject
{
    Q_OBJECT

private slots:
    void firstListTellsOfNothing();
    void oncePerTransition();
    void whatAppearsNewIsCreated();
    void whatAppearsOldIsNot();
    void reclaimedIsAFailure();
    void errorsAreToldOnce();
    void secretsStayHere();
    void deletionTellsItsName();
    void profileSwitchTellsOfNothing();
    void eachStartIsToldOfAsItself();
    void startTellsWhenItIsExpected();
    void lastLookIsTold();
    void checkThatGoesOnIsNotToldOfAgain_data();
    void checkThatGoesOnIsNotToldOfAgain();
    void aWholeLife();
    void failedCreateIsTold();
    void tagsAreThoseOfTheMoment();
    void rulesAskForTags();
};

void TestWebhookFeed::firstListTellsOfNothing()
{
    Bench bench;
    Instance broken = instance(QStringLiteral("exited"));
    broken.id = InstanceId(QStringLiteral("b"));
    broken.statusError = QStringLiteral("broken since yesterday");
    bench.list({instance(QStringLiteral("running"), bench.clock.now()), broken});
    bench.list({instance(QStringLiteral("running"), bench.clock.now()), broken});
    QCOMPARE(bench.kinds(), QString());
}

void TestWebhookFeed::oncePerTransition()
{
    Bench bench;
    for (const char *status : {"running", "running", "stopping", "exited", "exited", "starting", "running", "running", "exited"})
        bench.list({instance(QString::fromLatin1(status))});
    QCOMPARE(bench.kinds(), QStringLiteral("stopped running stopped"));
    const OutgoingEvent &event = bench.events.first();
    QCOMPARE(event.instanceName, QStringLiteral("trainer"));
    QCOMPARE(event.profile, ProfileId(QStringLiteral("p")));
    QCOMPARE(event.event.novitaInstanceId, kOne.toString());
    QVERIFY(webhookevent::decode(webhookpayload::encode(event.event)).ok());
}

void TestWebhookFeed::whatAppearsNewIsCreated()
{
    Bench bench;
    bench.list({});
    Instance fresh = instance(QStringLiteral("creating"), bench.clock.now() - 1s);
    fresh.productId = ProductId(QStringLiteral("4090"));
    bench.list({fresh});
    QCOMPARE(bench.kinds(), QStringLiteral("created"));
    QCOMPARE(bench.events.first().event.data.value(QLatin1String("productId")).toString(), QStringLiteral("4090"));
    QCOMPARE(bench.events.first().event.status, QStringLiteral("running"));
}

void TestWebhookFeed::whatAppearsOldIsNot()
{
    Bench bench;
    bench.list({});
    bench.list({instance(QStringLiteral("running"), bench.clock.now() - 48h)});
    QCOMPARE(bench.kinds(), QString());
}

void TestWebhookFeed::reclaimedIsAFailure()
{
    Bench bench;
    bench.list({instance(QStringLiteral("running"))});
    Instance gone = instance(QStringLiteral("exited"));
    gone.spotStatus = SpotStatus::Terminated;
    QVERIFY(gone.isReclaimed());
    bench.list({gone});
    bench.list({gone});
    QCOMPARE(bench.kinds(), QStringLiteral("failed"));
    QCOMPARE(bench.events.first().event.data.value(QLatin1String("event")).toString(), QStringLiteral("instance_reclaimed"));
}

void TestWebhookFeed::errorsAreToldOnce()
{
    Bench bench;
    bench.list({instance(QStringLiteral("running"))});
    Instance broken = instance(QStringLiteral("running"));
    broken.statusError = QStringLiteral("disk lost");
    bench.list({broken});
    broken.name = QStringLiteral("renamed");
    bench.list({broken});
    QCOMPARE(bench.kinds(), QStringLiteral("failed"));
    QCOMPARE(bench.events.first().event.error, QStringLiteral("disk lost"));
}

void TestWebhookFeed::secretsStayHere()
{
    Bench bench;
    bench.list({instance(QStringLiteral("running"))});
    Instance broken = instance(QStringLiteral("running"));
    broken.statusError = QStringLiteral("pull failed: https://robot:PLANTED-1@ghcr.io/v2");
    bench.list({broken});
    QVERIFY2(!bench.events.first().event.error.contains(QLatin1String("PLANTED")), qPrintable(bench.events.first().event.error));

    broken.ports.append({8888, QStringLiteral("http"), QStringLiteral("https://root:PLANTED-1@a1b2.example/lab?token=PLANTED-1")});
    const QJsonArray ports = webhookfeedtexts::completedData(&broken, true).value(QLatin1String("portMappings")).toArray();
    QCOMPARE(ports.first().toObject().value(QLatin1String("endpoint")).toString(), QStringLiteral("https://a1b2.example/lab"));

    EndpointStatus endpoint;
    endpoint.target.kind = ProbeTarget::Kind::Http;
    endpoint.target.url = QUrl(QStringLiteral("https://root:PLANTED-1@a1b2.example/lab?token=PLANTED-1"));
    endpoint.state = EndpointStatus::State::Dead;
    endpoint.problem = QStringLiteral("GET /lab?token=PLANTED-1 failed");
    const EndpointHealth health = webhookfeedtexts::healthOf(endpoint);
    QCOMPARE(health.endpoint, QStringLiteral("https://a1b2.example/lab"));
    QVERIFY2(!health.error.contains(QLatin1String("PLANTED")), qPrintable(health.error));
}

void TestWebhookFeed::deletionTellsItsName()
{
    Bench bench;
    bench.list({instance(QStringLiteral("exited"))});
    bench.list({});
    bench.list({});
    QCOMPARE(bench.kinds(), QStringLiteral("deleted"));
    QCOMPARE(bench.events.first().instanceName, QStringLiteral("trainer"));
}

void TestWebhookFeed::profileSwitchTellsOfNothing()
{
    Bench bench;
    bench.list({instance(QStringLiteral("running"))});
    bench.stack.stores.instances.reset();
    bench.feed.setProfile(ProfileId(QStringLiteral("q")));
    bench.list({instance(QStringLiteral("exited"), bench.clock.now())});
    QCOMPARE(bench.kinds(), QString());
    bench.list({instance(QStringLiteral("running"))});
    QCOMPARE(bench.events.first().profile, ProfileId(QStringLiteral("q")));
}

/// As in the program: the feed is there before the watch follows the commands.
void TestWebhookFeed::eachStartIsToldOfAsItself()
{
    Bench bench;
    bench.stack.startups.follow(bench.stack.creator, bench.stack.commands);
    bench.list({instance(QStringLiteral("exited"))});
    for (int start = 0; start < 2; ++start) {
        bench.clock.advance(60s);
        const TimePoint now = bench.clock.now();
        bench.events.clear();
        emit bench.stack.commands.taken(*bench.stack.stores.instances.find(kOne), InstanceAction::Start);
        QCOMPARE(bench.events.size(), 1);
        const InstanceEvent event = bench.events.first().event;
        QCOMPARE(event.kind, InstanceEvent::Kind::StartupInitiated);
        QCOMPARE(bench.events.first().instanceName, QStringLiteral("trainer"));
        QCOMPARE(event.startup->operationId, QStringLiteral("startup_%1_a1b2").arg(now.time_since_epoch().count()));
        QVERIFY(event.data.isEmpty()); // how long a start takes is not known yet
        QCOMPARE(event.startup->startedAt, now);
        QCOMPARE(event.startup->phases.size(), 1);
        QCOMPARE(event.startup->phases.first().second, now);
    }
}

void TestWebhookFeed::startTellsWhenItIsExpected()
{
    Bench bench;
    QTemporaryDir folder;
    bench.stack.history.open(folder.filePath(QStringLiteral("history.sqlite")));
    const ProfileId profile(QStringLiteral("p"));
    QList<TimelineStep> steps;
    for (int start = 0; start < 3; ++start) {
        const InstanceId id(QString::number(start));
        steps.append({id, {bench.clock.now(), QStringLiteral("requested"), {}}});
        steps.append({id, {bench.clock.now() + 80s, QStringLiteral("ready"), {}}});
    }
    bench.stack.history.timeline.append(profile, steps);
    bench.stack.startups.follow(bench.stack.creator, bench.stack.commands);
    bench.stack.startups.setProfile(profile);
    QVERIFY(await(bench.stack.history.timeline.read(profile, kOne)).ok());
    bench.list({instance(QStringLiteral("exited"))});
    emit bench.stack.commands.taken(*bench.stack.stores.instances.find(kOne), InstanceAction::Start);
    QCOMPARE(bench.kinds(), QStringLiteral("startup_initiated"));
    QCOMPARE(bench.events.first().event.data, (QJsonObject{{QStringLiteral("estimatedReadyTime"), isoTime(bench.clock.now() + 80s)}}));
}

void TestWebhookFeed::lastLookIsTold()
{
    EndpointStatus endpoint;
    endpoint.state = EndpointStatus::State::Asking;
    endpoint.attempts = 1;
    EndpointHealth health = webhookfeedtexts::healthOf(endpoint);
    QVERIFY(!health.lastChecked && !health.responseTime); // no look is over yet
    endpoint.state = EndpointStatus::State::Dead;
    endpoint.last.at = TimePoint(60s);
    endpoint.last.took = 12ms;
    health = webhookfeedtexts::healthOf(endpoint);
    QCOMPARE(health.lastChecked, endpoint.last.at);
    QCOMPARE(health.responseTime, std::optional<Milliseconds>(12ms));
}

void TestWebhookFeed::checkThatGoesOnIsNotToldOfAgain_data()
{
    QTest::addColumn<bool>("withSteps");
    QTest::newRow("steps are kept") << true;
    QTest::newRow("record of an older version") << false;
}

/// The program had ended while the endpoints were being asked.
void TestWebhookFeed::checkThatGoesOnIsNotToldOfAgain()
{
    QFETCH(bool, withSteps);
    Bench bench;
    QTemporaryDir folder;
    bench.stack.history.open(folder.filePath(QStringLiteral("history.sqlite")));
    const TimePoint asked = bench.clock.now();
    StartupCase earlier;
    earlier.instance = kOne;
    earlier.request.at = asked;
    earlier.phase = {StartupState::Checking, asked + 40s, {}};
    earlier.deadline = asked + 600s;
    if (withSteps)
        earlier.steps = {{asked, QStringLiteral("requested"), {}}, {asked + 30s, QStringLiteral("running"), {}}, {asked + 40s, QStringLiteral("checking"), {}}};
    Operation record;
    record.id = OperationLog::newId();
    record.profile = ProfileId(QStringLiteral("p"));
    record.kind = QStringLiteral("startup");
    record.subject = kOne.toString();
    record.state = OperationState::Running;
    record.payload = earlier.toJson();
    QVERIFY(await(bench.stack.history.operations.save(record)).ok());
    bench.clock.advance(60s);
    bench.stack.startups.setProfile(record.profile);
    QTRY_VERIFY(bench.stack.startups.find(kOne));
    Instance running = instance(QStringLiteral("running"));
    running.connection = ConnectionInfo();
    bench.list({running});
    QTRY_VERIFY(!bench.events.isEmpty());
    QCOMPARE(bench.events.first().event.kind, InstanceEvent::Kind::StartupCompleted);
    QStringList phases;
    for (const auto &[name, at] : bench.events.first().event.startup->phases)
        phases.append(name);
    QCOMPARE(phases.contains(QStringLiteral("instanceRunning")), withSteps);
    QVERIFY(phases.indexOf(QStringLiteral("healthCheckStarted")) >= 0);
    QCOMPARE(phases.mid(phases.size() - 2).join(u' '), QStringLiteral("healthCheckCompleted ready"));
}

/// Created, started, stopped, started again, deleted, in a simulated cloud: every event once, in order, as receivers expect them.
void TestWebhookFeed::aWholeLife()
{
    SandboxOptions options = SandboxFixture::options();
    options.servesEndpoints = true;
    SandboxFixture sandbox(options);
    ClientStack &stack = sandbox.stack;
    stack.probe.setReach(Reach::Local);
    stack.startups.follow(stack.creator, stack.commands);
    stack.startups.setProfile(ProfileId(QStringLiteral("p")));
    WebhookFeed feed(stack.stores, stack.startups, stack.creator, stack.commands, stack.tags, stack.clock);
    QList<InstanceEvent> events;
    connect(&feed, &WebhookFeed::happened, this, [&events](const OutgoingEvent &event) { events.append(event.event); });
    const auto told = [&events](const QString &kind) {
        return std::any_of(events.begin(), events.end(), [&kind](const InstanceEvent &event) { return webhookevent::kindName(event) == kind; });
    };
    QVERIFY(sandbox.connect());
    const InstanceId id = sandbox.createRunning(QStringLiteral("box"));
    QVERIFY(!id.isEmpty());
    QTRY_VERIFY(told(QStringLiteral("startup_completed")) || told(QStringLiteral("startup_failed")));
    QVERIFY(sandbox.run(id, InstanceRequest{InstanceAction::Stop})->ok());
    QVERIFY(sandbox.reaches(id, QStringLiteral("exited")));
    QVERIFY(sandbox.run(id, InstanceRequest{InstanceAction::Delete})->ok());
    QVERIFY(sandbox.reaches(id, QString()));
    QStringList kinds;
    for (const InstanceEvent &event : std::as_const(events)) {
        kinds.append(webhookevent::kindName(event));
        const Result<WebhookEvent> read = webhookevent::decode(webhookpayload::encode(event));
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
        QCOMPARE(std::get<InstanceEvent>(*read).kind, event.kind);
    }
    QCOMPARE(kinds.first(), QStringLiteral("created"));
    QVERIFY(kinds.contains(QStringLiteral("running")));
    QCOMPARE(kinds.mid(kinds.size() - 2).join(u' '), QStringLiteral("stopped deleted"));
    kinds.removeDuplicates();
    QCOMPARE(kinds.size(), events.size());
    QVERIFY(!events.last().operationId.isEmpty());
}

void TestWebhookFeed::failedCreateIsTold()
{
    SandboxFixture sandbox;
    ClientStack &stack = sandbox.stack;
    WebhookFeed feed(stack.stores, stack.startups, stack.creator, stack.commands, stack.tags, stack.clock);
    QList<OutgoingEvent> events;
    connect(&feed, &WebhookFeed::happened, this, [&events](const OutgoingEvent &event) { events.append(event); });
    QVERIFY(sandbox.connect());
    const InstanceDraft draft = sandbox.draft(QStringLiteral("box"));
    sandbox.addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("createInstance")},
                      {QStringLiteral("status"), 400}, {QStringLiteral("reason"), QStringLiteral("INSUFFICIENT_RESOURCE")},
                      {QStringLiteral("message"), QStringLiteral("no room")}});
    const auto created = sandbox.create(draft);
    QVERIFY(created && !created->ok());
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().event.kind, InstanceEvent::Kind::Failed);
    QVERIFY(!events.first().event.error.isEmpty());
    QVERIFY(events.first().event.instanceId.startsWith(QStringLiteral("inst_")));
    QCOMPARE(events.first().instanceName, QStringLiteral("box"));
}

void TestWebhookFeed::tagsAreThoseOfTheMoment()
{
    Bench bench;
    QTemporaryDir folder;
    bench.stack.history.open(folder.filePath(QStringLiteral("history.sqlite")));
    bench.stack.tags.setProfile(ProfileId(QStringLiteral("p")));
    const auto tag = [&bench](const TagEdit &edit) { return await(bench.stack.tags.change({kOne}, edit)).ok(); };
    bench.list({instance(QStringLiteral("running"))});
    bench.list({instance(QStringLiteral("exited"))});
    QVERIFY(tag({{QStringLiteral("prod")}, {}}));
    bench.list({instance(QStringLiteral("running"))});
    QVERIFY(tag({{QStringLiteral("eu")}, {QStringLiteral("prod")}}));
    bench.list({instance(QStringLiteral("exited"))});
    bench.list({});
    QTRY_VERIFY(bench.stack.tags.of(kOne).isEmpty());
    QStringList told;
    for (const OutgoingEvent &event : std::as_const(bench.events))
        told.append(webhookevent::kindName(event.event) + u'(' + event.tags.join(u' ') + u')');
    QCOMPARE(told.join(u' '), QStringLiteral("stopped() running(prod) stopped(eu) deleted(eu)"));
}

/// From the rows to the queue: what one rule asks for and another does not.
void TestWebhookFeed::rulesAskForTags()
{
    Bench bench;
    ClientStack &stack = bench.stack;
    QTemporaryDir folder;
    stack.history.open(folder.filePath(QStringLiteral("history.sqlite")));
    stack.tags.setProfile(ProfileId(QStringLiteral("p")));
    WebhookNotifier notifier(stack.history.database, stack.history.rules, stack.secrets, stack.settings.get(), bench.clock, [] { return 0.5; });
    QObject::connect(&bench.feed, &WebhookFeed::happened, &notifier, &WebhookNotifier::notify);
    notifier.start();
    const auto add = [&notifier](const QString &name, const QStringList &tags) {
        WebhookRule rule;
        rule.name = name;
        rule.target = QUrl(QStringLiteral("http://127.0.0.1:9/")); // nobody is there: what is queued stays
        rule.kinds = {QStringLiteral("stopped")};
        rule.tags = tags;
        return await(notifier.rules().save(rule, std::nullopt)).ok();
    };
    QVERIFY(add(QStringLiteral("production"), {QStringLiteral("PROD"), QStringLiteral("live")}));
    QVERIFY(add(QStringLiteral("all"), {}));
    const auto rows = [](const QString &status) {
        Instance other = instance(status);
        other.id = InstanceId(QStringLiteral("c3d4"));
        return QList<Instance>{instance(status), other};
    };
    bench.list(rows(QStringLiteral("running")));
    QVERIFY(await(stack.tags.change({kOne}, {{QStringLiteral("prod")}, {}})).ok());
    QVERIFY(await(stack.tags.change({InstanceId(QStringLiteral("c3d4"))}, {{QStringLiteral("production")}, {}})).ok());
    bench.list(rows(QStringLiteral("exited")));
    const auto queued = [&notifier] {
        QStringList out;
        const QList<OutgoingMessage> messages = await(notifier.log().list({})).valueOr({});
        for (const OutgoingMessage &message : messages)
            out.append(message.ruleName + u' ' + message.subject);
        out.sort();
        return out.join(QStringLiteral(", "));
    };
    QTRY_COMPARE(queued(), QStringLiteral("all a1b2, all c3d4, production a1b2"));
}

QTEST_GUILESS_MAIN(TestWebhookFeed)
#include "tst_webhookfeed.moc"
