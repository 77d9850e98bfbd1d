// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxinstance.h"

#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;
using S = InstanceState;

namespace {

SandboxInstance runningInstance(const Clock &clock)
{
    SandboxInstance instance;
    instance.billingMode = QStringLiteral("onDemand");
    instance.hourly = Money::fromPriceUnits(36000); // 10 units a second
    instance.enter({clock.now(), S::running, {}, {}});
    return instance;
}

/// The states that the instance goes through, a second at a time, from now on.
QStringList journey(SandboxInstance &instance, FakeClock &clock, int seconds)
{
    QStringList states{instanceStateName(instance.state)};
    for (int i = 0; i < seconds; ++i) {
        clock.advance(Seconds(1));
        instance.settle(clock.now());
        if (states.last() != instanceStateName(instance.state))
            states.append(instanceStateName(instance.state));
    }
    return states;
}

} // namespace

class TestSandboxInstance final : public QObject
{
    Q_OBJECT

private slots:
    void journeys_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("expected");
        QTest::newRow("create") << QStringLiteral("create") << QStringLiteral("pending toCreate creating pulling running");
        QTest::newRow("start") << QStringLiteral("start") << QStringLiteral("toStart starting running");
        QTest::newRow("stop") << QStringLiteral("stop") << QStringLiteral("toStop stopping exited");
        QTest::newRow("restart") << QStringLiteral("restart") << QStringLiteral("toRestart restarting running");
        QTest::newRow("reset") << QStringLiteral("reset") << QStringLiteral("toReset resetting pulling running");
        QTest::newRow("migrate") << QStringLiteral("migrate") << QStringLiteral("migrating running");
        QTest::newRow("remove") << QStringLiteral("remove") << QStringLiteral("toRemove removing removed");
        QTest::newRow("freeze") << QStringLiteral("freeze") << QStringLiteral("freezing exited");
    }
    void journeys()
    {
        QFETCH(QString, command);
        QFETCH(QString, expected);
        FakeClock clock;
        const InstancePlanner planner(1.0);
        SandboxInstance i;
        if (command == QLatin1String("create")) planner.create(i, clock.now(), 45);
        else if (command == QLatin1String("start")) planner.start(i, clock.now());
        else if (command == QLatin1String("stop")) planner.stop(i, clock.now());
        else if (command == QLatin1String("restart")) planner.restart(i, clock.now());
        else if (command == QLatin1String("reset")) planner.reset(i, clock.now());
        else if (command == QLatin1String("migrate")) planner.migrate(i, clock.now());
        else if (command == QLatin1String("remove")) planner.remove(i, clock.now());
        else planner.freeze(i, clock.now());
        QCOMPARE(journey(i, clock, 90).join(u' '), expected);
    }

    void createTakesAboutAMinute()
    {
        FakeClock clock;
        SandboxInstance i;
        InstancePlanner(1.0).create(i, clock.now(), 45);
        QCOMPARE(i.plan.last().at - clock.now(), Milliseconds(56000));
        InstancePlanner(100.0).create(i, clock.now(), 45);
        QCOMPARE(i.plan.last().at - clock.now(), Milliseconds(560));
    }

    void missingImageFails()
    {
        FakeClock clock;
        SandboxInstance i;
        i.imageUrl = QStringLiteral("docker.io/library/notfound:1");
        InstancePlanner(1.0).create(i, clock.now(), 10);
        QCOMPARE(journey(i, clock, 60).last(), QStringLiteral("exited"));
        QVERIFY(i.errorMessage.contains(QLatin1String("notfound:1")));
        i.imageUrl = QStringLiteral("ubuntu");
        InstancePlanner(1.0).start(i, clock.now());
        QCOMPARE(i.errorMessage, QString());
    }

    void lateLookSeesTheSameTimes()
    {
        FakeClock clock;
        SandboxInstance often = runningInstance(clock), once = often;
        const TimePoint begin = clock.now();
        clock.advance(Seconds(100));
        InstancePlanner(1.0).stop(often, clock.now());
        InstancePlanner(1.0).stop(once, clock.now());
        journey(often, clock, 500);
        once.settle(clock.now());
        QCOMPARE(once.state, often.state);
        QCOMPARE(once.stoppedAt, begin + Seconds(112));
        QCOMPARE(often.stoppedAt, once.stoppedAt);
        QCOMPARE(once.costUntil(clock.now()).priceUnits(), 1120);
        QCOMPARE(often.costUntil(clock.now()), once.costUntil(clock.now()));
    }

    void billingBeginsWithPulling()
    {
        FakeClock clock;
        SandboxInstance i = runningInstance(clock);
        i.spans.clear();
        i.state = S::exited;
        InstancePlanner(1.0).create(i, clock.now(), 45);
        clock.advance(Seconds(11));
        i.settle(clock.now());
        QCOMPARE(i.state, S::pulling);
        QCOMPARE(i.costUntil(clock.now()), Money());
        clock.advance(Seconds(145));
        i.settle(clock.now());
        QCOMPARE(i.costUntil(clock.now()).priceUnits(), 1450);
    }

    void spotReclaim()
    {
        FakeClock clock;
        SandboxInstance i = runningInstance(clock);
        i.billingMode = QStringLiteral("spot");
        i.spotStatus = QStringLiteral("running");
        InstancePlanner(1.0).reclaim(i, clock.now(), {});
        QCOMPARE(i.spotStatus, QStringLiteral("notified"));
        QCOMPARE(i.spotReclaimTime, clock.now() + Seconds(3600));
        QCOMPARE(i.state, S::running);
        clock.advance(Seconds(3600));
        i.settle(clock.now());
        QCOMPARE(i.spotStatus, QStringLiteral("reclaiming"));
        clock.advance(Seconds(30));
        i.settle(clock.now());
        QCOMPARE(i.spotStatus, QStringLiteral("terminated"));
        QCOMPARE(i.state, S::exited);
        InstancePlanner(1.0).migrate(i, clock.now());
        QCOMPARE(i.spotStatus, QStringLiteral("running"));
        QCOMPARE(i.spotReclaimTime, TimePoint());
    }

    void reclaimComesInSpiteOfARestart()
    {
        FakeClock clock;
        SandboxInstance i = runningInstance(clock);
        i.billingMode = QStringLiteral("spot");
        i.spotStatus = QStringLiteral("running");
        InstancePlanner(1.0).reclaim(i, clock.now(), Seconds(60));
        InstancePlanner(1.0).restart(i, clock.now());
        clock.advance(Seconds(30));
        i.settle(clock.now());
        QCOMPARE(i.state, S::running);
        clock.advance(Seconds(60));
        i.settle(clock.now());
        QCOMPARE(i.state, S::exited);
        QCOMPARE(i.spotStatus, QStringLiteral("terminated"));
    }

    void commandReplacesThePlan()
    {
        FakeClock clock;
        SandboxInstance i = runningInstance(clock);
        InstancePlanner(1.0).stop(i, clock.now());
        InstancePlanner(1.0).remove(i, clock.now());
        QCOMPARE(journey(i, clock, 60).join(u' '), QStringLiteral("toRemove removing removed"));
    }

    void stateNames()
    {
        for (int n = 0; n <= int(S::freezing); ++n)
            QCOMPARE(instanceStateFromName(instanceStateName(S(n))), std::optional(S(n)));
        QVERIFY(!instanceStateFromName(QStringLiteral("stopped")));
    }
};

QTEST_GUILESS_MAIN(TestSandboxInstance)
#include "tst_sandboxinstance.moc"
