// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/sendpolicy.h"
#include "core/webhooks/webhookrule.h"

#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

namespace {

WebhookRule validRule()
{
    WebhookRule rule;
    rule.name = QStringLiteral("to the team");
    rule.target = QUrl(QStringLiteral("https://hooks.example.com/a"));
    rule.kinds = {QStringLiteral("ready"), QStringLiteral("stopped")};
    return rule;
}

OutgoingEvent stopped()
{
    OutgoingEvent event;
    event.event.kind = InstanceEvent::Kind::Stopped;
    event.event.instanceId = QStringLiteral("a1b2");
    event.instanceName = QStringLiteral("Trainer-7");
    event.profile = ProfileId(QStringLiteral("p1"));
    return event;
}

WebhookPosted answered(int status)
{
    WebhookPosted posted;
    posted.status = status;
    return posted;
}

} // namespace

class TestOutgoingRules : public QObject
{
    Q_OBJECT

private slots:
    void matching();
    void problems();
    void survivesItsRecord();
    void decisions_data();
    void decisions();
};

void TestOutgoingRules::matching()
{
    WebhookRule rule = validRule();
    OutgoingEvent event = stopped();
    QVERIFY(rule.matches(event));
    event.event.kind = InstanceEvent::Kind::Deleted;
    QVERIFY(!rule.matches(event));
    event = stopped();
    rule.enabled = false;
    QVERIFY(!rule.matches(event));
    rule.enabled = true;

    for (const char *pattern : {"a1b2", "trainer-*", "TRAINER-?", "*"}) {
        rule.instances = {QStringLiteral("other"), QString::fromLatin1(pattern)};
        QVERIFY2(rule.matches(event), pattern);
    }
    for (const char *pattern : {"a1b", "trainer", "trainer-??", "[", ""}) {
        rule.instances = {QString::fromLatin1(pattern)};
        QVERIFY2(!rule.matches(event), pattern);
    }
    rule.instances.clear();

    rule.profile = ProfileId(QStringLiteral("p2"));
    QVERIFY(!rule.matches(event));
    rule.profile = event.profile;
    QVERIFY(rule.matches(event));

    rule.tags = {QStringLiteral("prod")};
    QVERIFY(!rule.matches(event));
    event.tags = {QStringLiteral("eu"), QStringLiteral("prod")};
    QVERIFY(rule.matches(event));
    rule.tags = {QStringLiteral("dev"), QStringLiteral("PROD")};
    QVERIFY(rule.matches(event));
    rule.tags = {QStringLiteral("pro")};
    QVERIFY(!rule.matches(event));
}

void TestOutgoingRules::problems()
{
    QVERIFY(!validRule().problem(TargetPolicy(false)));
    WebhookRule rule = validRule();
    rule.name = QStringLiteral("  ");
    QVERIFY(rule.problem(TargetPolicy(false)));
    rule = validRule();
    rule.kinds.clear();
    QVERIFY(rule.problem(TargetPolicy(false)));
    rule = validRule();
    rule.target = QUrl(QStringLiteral("https://10.0.0.1/"));
    QVERIFY(rule.problem(TargetPolicy(false)));
    QVERIFY(!rule.problem(TargetPolicy(true)));
    rule = validRule();
    rule.instances = QStringList(WebhookRule::kMostInstances + 1, QStringLiteral("a"));
    QVERIFY(rule.problem(TargetPolicy(false)));
}

void TestOutgoingRules::survivesItsRecord()
{
    WebhookRule rule = validRule();
    rule.id = RuleId(QStringLiteral("r1"));
    rule.instances = {QStringLiteral("train-*")};
    rule.tags = {QStringLiteral("prod")};
    rule.profile = ProfileId(QStringLiteral("p"));
    rule.tries = 5;
    rule.isSigned = true;
    rule.enabled = false;
    rule.stopped = QStringLiteral("410");
    rule.version = 4;
    RuleRecord record;
    record.id = rule.id;
    record.enabled = rule.enabled;
    record.version = rule.version;
    record.body = rule.body();
    record.state = rule.state();
    QCOMPARE(WebhookRule::fromRecord(record), rule);
    record.body[QStringLiteral("tries")] = 99;
    QCOMPARE(WebhookRule::fromRecord(record).tries, 0);
}

void TestOutgoingRules::decisions_data()
{
    using Next = SendDecision::Next;
    QTest::addColumn<WebhookPosted>("posted");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("random");
    QTest::addColumn<int>("next");
    QTest::addColumn<int>("waitMs");
    const auto row = [](const char *name, const WebhookPosted &posted, int attempt, double random, Next next, int waitMs = 0) {
        QTest::newRow(name) << posted << attempt << random << int(next) << waitMs;
    };
    row("200", answered(200), 1, 0, Next::Delivered);
    row("204", answered(204), 5, 0, Next::Delivered);
    row("no answer", answered(0), 1, 0, Next::Retry, 1000);
    row("second", answered(0), 2, 0, Next::Retry, 2000);
    row("third", answered(500), 3, 0, Next::Retry, 4000);
    row("fourth, with jitter", answered(503), 4, 0.5, Next::Retry, 8400);
    row("fifth is the last", answered(503), 5, 0, Next::Failed);
    row("408", answered(408), 1, 0, Next::Retry, 1000);
    row("429", answered(429), 1, 0, Next::Retry, 1000);
    row("400", answered(400), 1, 0, Next::Failed);
    row("401", answered(401), 1, 0, Next::Failed);
    row("404", answered(404), 1, 0, Next::Failed);
    row("redirect", answered(302), 1, 0, Next::Failed);
    row("410", answered(410), 1, 0, Next::Gone);
    row("410 at the last", answered(410), 5, 0, Next::Gone);
    WebhookPosted posted = answered(429);
    posted.retryAfter = 120s;
    row("429 with Retry-After", posted, 1, 0, Next::Retry, 120000);
    posted.status = 503;
    row("503 with Retry-After", posted, 1, 0, Next::Retry, 120000);
    posted.status = 500;
    row("Retry-After of a 500 means nothing", posted, 1, 0, Next::Retry, 1000);
    posted = answered(429);
    posted.retryAfter = 1s;
    row("backoff beyond Retry-After", posted, 4, 0, Next::Retry, 8000);
    posted = answered(0);
    posted.refusedHere = true;
    row("not allowed", posted, 1, 0, Next::Failed);
}

void TestOutgoingRules::decisions()
{
    QFETCH(const WebhookPosted, posted);
    QFETCH(const int, attempt);
    QFETCH(const double, random);
    QFETCH(const int, next);
    QFETCH(const int, waitMs);
    const SendDecision decision = decideSend(posted, attempt, 5, random);
    QCOMPARE(int(decision.next), next);
    QCOMPARE(decision.wait, Milliseconds(waitMs));
}

QTEST_GUILESS_MAIN(TestOutgoingRules)
#include "tst_outgoingrules.moc"
