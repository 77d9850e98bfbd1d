// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using A = InstanceAction;
using Kind = CreateOutcome::Kind;

namespace {

QJsonObject fault(const char *kind, const char *operation, int count, const QJsonObject &more = {})
{
    QJsonObject out = more;
    out.insert(QStringLiteral("kind"), QLatin1String(kind));
    if (*operation)
        out.insert(QStringLiteral("operation"), QLatin1String(operation));
    if (count > 0)
        out.insert(QStringLiteral("count"), count);
    return out;
}

void setTimeout(SandboxFixture &world, Milliseconds timeout)
{
    ApiClientConfig config = world.stack.client.config();
    config.timeout = timeout;
    world.stack.client.setConfig(config);
}

} // namespace

/// What goes wrong between here and the cloud, while a person works.
class TestBadWeather final : public QObject
{
    Q_OBJECT

private slots:
    /// The instance is made and the answer is lost: exactly one, and we know it.
    void replyLostAfterCreate()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        world.addFault(fault("replyLost", "createInstance", 1));
        const auto outcome = world.create(world.draft(QStringLiteral("trainer")));
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, Kind::Adopted);
        QCOMPARE(world.cloud.instanceIds(), QStringList({(*outcome)->id.toString()}));
        QCOMPARE(world.countRequests(QStringLiteral("createInstance")), 1);
        QVERIFY(world.reaches((*outcome)->id, QStringLiteral("running")));
        QCOMPARE(world.violations(), QStringList());
    }

    void createFailures_data()
    {
        QTest::addColumn<QJsonObject>("trouble");
        QTest::addColumn<int>("instances");
        QTest::newRow("reset") << fault("reset", "createInstance", 1) << 0;
        QTest::newRow("close") << fault("close", "createInstance", 1) << 0;
        QTest::newRow("hang") << fault("hang", "createInstance", 1) << 0;
        QTest::newRow("500") << fault("serverError", "createInstance", 1) << 0;
        QTest::newRow("504 html") << fault("serverError", "createInstance", 1, {{QStringLiteral("status"), 504}, {QStringLiteral("html"), true}}) << 0;
        QTest::newRow("truncate") << fault("truncate", "createInstance", 1) << 1;
        QTest::newRow("no capacity")
            << fault("apiError", "createInstance", 1, {{QStringLiteral("reason"), QStringLiteral("INSUFFICIENT_RESOURCE")}}) << 0;
        QTest::newRow("no money") << fault("apiError", "createInstance", 1, {{QStringLiteral("reason"), QStringLiteral("BALANCE_NOT_ENOUGH")}}) << 0;
    }

    /// However a create fails: one request, at most one instance, and the outcome says which.
    void createFailures()
    {
        QFETCH(QJsonObject, trouble);
        QFETCH(int, instances);
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceDraft draft = world.draft(QStringLiteral("trainer"));
        setTimeout(world, Milliseconds(400));
        world.addFault(trouble);
        const auto outcome = world.create(draft);
        QVERIFY(outcome);
        QCOMPARE(world.countRequests(QStringLiteral("createInstance")), 1);
        QCOMPARE(world.cloud.instanceIds().size(), instances);
        if (instances == 1) {
            QVERIFY(outcome->ok());
            QCOMPARE((*outcome)->kind, Kind::Adopted);
        } else if (outcome->ok()) {
            QCOMPARE((*outcome)->kind, Kind::Unknown);
            QVERIFY(!(*outcome)->message.isEmpty());
        } else {
            QVERIFY(!outcome->error().message.isEmpty());
        }
        // And once more, in better weather.
        setTimeout(world, Milliseconds(5000));
        if (instances == 0) {
            const auto again = world.create(draft);
            QVERIFY(again && again->ok());
            QCOMPARE(world.cloud.instanceIds().size(), 1);
        }
        QCOMPARE(world.violations(), QStringList());
    }

    void aRateLimitedDay()
    {
        SandboxFixture world(SandboxFixture::options(5));
        QVERIFY(world.connect());
        QSignalSpy changes(&world.stack.session, &SessionController::connectionChanged);
        world.addFault(fault("rateLimit", "listInstances", 1, {{QStringLiteral("retryAfter"), 1}}));
        bool done = false;
        world.stack.refresher.refresh(DataKind::Instances)->onFinished(&world.stack.refresher, [&done](const Result<int> &rows) { done = rows.ok(); });
        QTRY_COMPARE(world.stack.session.connection(), ConnectionState::RateLimited);
        QVERIFY(world.stack.session.clientStatus().pausedUntil);
        QTRY_VERIFY(done);
        QTRY_COMPARE(world.stack.session.connection(), ConnectionState::Connected);
        QVERIFY(changes.count() >= 2);
        QCOMPARE(world.violations(), QStringList());
    }

    void theBreakerOpensAndCloses()
    {
        SandboxFixture world(SandboxFixture::options(5));
        QVERIFY(world.connect());
        world.addFault(fault("serverError", "", 0));
        for (int i = 0; i < 4 && world.stack.session.connection() != ConnectionState::BreakerOpen; ++i)
            QVERIFY(world.refresh());
        QCOMPARE(world.stack.session.connection(), ConnectionState::BreakerOpen);
        QCOMPARE(world.stack.stores.instances.size(), 5);
        QVERIFY(world.stack.stores.instances.missedRefreshes() > 0);
        const auto refused = world.refresh();
        QVERIFY(refused && !refused->ok());
        QCOMPARE(refused->error().kind, ErrorKind::BreakerOpen);
        world.cloud.clearFaults();
        // By itself: the polling probes as soon as it may.
        QTRY_COMPARE_WITH_TIMEOUT(world.stack.session.connection(), ConnectionState::Connected, 15000);
        QTRY_COMPARE(world.stack.stores.instances.missedRefreshes(), 0);
        QCOMPARE(world.violations(), QStringList());
    }

    void commandsInEveryFault_data()
    {
        QTest::addColumn<QJsonObject>("trouble");
        for (const char *kind : {"latency", "dribble", "hang", "rateLimit", "serverError", "apiError", "reset", "close", "truncate", "wrongTypes",
                                 "html", "replyLost"}) {
            QJsonObject more;
            if (qstrcmp(kind, "latency") == 0)
                more.insert(QStringLiteral("ms"), 100);
            if (qstrcmp(kind, "dribble") == 0)
                more.insert(QStringLiteral("ms"), 2);
            if (qstrcmp(kind, "rateLimit") == 0)
                more.insert(QStringLiteral("retryAfter"), 1);
            QTest::newRow(kind) << fault(kind, "", 4, more);
        }
    }

    /// Whatever happens: no crash, a sentence, no state that the cloud does not have, and everything works again after.
    void commandsInEveryFault()
    {
        QFETCH(QJsonObject, trouble);
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(!id.isEmpty());
        setTimeout(world, Milliseconds(400));
        world.addFault(trouble);
        const auto stopped = world.run(id, A::Stop);
        QVERIFY(stopped);
        if (!stopped->ok())
            QVERIFY(!stopped->error().message.isEmpty());
        world.cloud.clearFaults();
        setTimeout(world, Milliseconds(5000));

        QTRY_VERIFY_WITH_TIMEOUT(world.stack.session.connection() == ConnectionState::Connected || (world.refresh(), false), 15000);
        QTRY_VERIFY(world.stack.stores.instances.contains(id));
        if (world.cloud.instanceStatus(id.toString()) == QLatin1String("running")) {
            QVERIFY(world.reaches(id, QStringLiteral("running")));
            const auto again = world.run(id, A::Stop);
            QVERIFY(again && again->ok());
        }
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QCOMPARE(world.cloud.instanceIds().size(), 1);
        QCOMPARE(world.violations(), QStringList());
    }

    void aStartWithoutCapacityKeepsTheInstance()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(!id.isEmpty());
        QVERIFY(world.run(id, A::Stop));
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        world.addFault(fault("apiError", "startInstance", 1, {{QStringLiteral("reason"), QStringLiteral("INSUFFICIENT_RESOURCE")}}));
        const auto started = world.run(id, A::Start);
        QVERIFY(started && !started->ok());
        QCOMPARE(started->error().kind, ErrorKind::Quota);
        QCOMPARE(world.cloud.instanceStatus(id.toString()), QStringLiteral("exited"));
        QCOMPARE(world.countRequests(QStringLiteral("deleteInstance")), 0);
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestBadWeather)
#include "tst_badweather.moc"
