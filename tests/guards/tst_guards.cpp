// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/guards/guardbench.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The bench's clock begins at 2026-01-01 00:00 UTC.
ScheduleRule stopAt(int minuteOfDay)
{
    ScheduleRule rule;
    rule.once = false;
    rule.minuteOfDay = minuteOfDay;
    rule.zone = "UTC";
    rule.instances = {InstanceId(u"one"_s)};
    return rule;
}

void reclaim(GuardBench &bench, const QString &id)
{
    QJsonObject &row = bench.cloud.instances[id];
    row.insert(u"status"_s, u"exited"_s);
    row.insert(u"spotStatus"_s, u"terminated"_s);
    row.insert(u"lastStoppedAt"_s, QString::number(std::chrono::duration_cast<Seconds>(bench.clock.now().time_since_epoch()).count()));
    bench.poll();
    bench.settle();
}

int ignoredRows = 0;

void countIgnoredRows(QtMsgType, const QMessageLogContext &, const QString &text)
{
    ignoredRows += text.contains(u"A rule of the history file is ignored"_s) ? 1 : 0;
}

} // namespace

class TestGuards : public QObject
{
    Q_OBJECT

private slots:
    void aScheduleActsOnceADay()
    {
        GuardBench bench;
        const Result<RuleId> added = await(bench.guards->schedules.add(stopAt(30)));
        QVERIFY(added.ok());
        bench.pass(std::chrono::minutes(29));
        QCOMPARE(bench.stops(), 0);
        bench.pass(std::chrono::minutes(1));
        QTRY_COMPARE(bench.stops(), 1);
        QTRY_COMPARE(bench.events(u"The schedule asked to stop"_s), 1);
        bench.pass(Seconds(30));
        QCOMPARE(bench.stops(), 1);
        const Schedule schedule = bench.guards->schedules.schedules().first();
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(schedule.state.next->time_since_epoch().count(), Qt::UTC), QDateTime(QDate(2026, 1, 2), QTime(0, 30), Qt::UTC));
        QCOMPARE(bench.guards->schedules.schedulesOf(bench.one).size(), 1);
        QVERIFY(await(bench.guards->schedules.remove(*added)).ok());
        QVERIFY(bench.guards->schedules.schedules().isEmpty());
    }

    void aMissedTimeIsToldAndNotMadeUpFor()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->schedules.add(stopAt(30))).ok());
        bench.guards.reset();
        bench.clock.advance(std::chrono::hours(3));
        bench.restart();
        bench.poll();
        bench.settle();
        QTRY_COMPARE(bench.events(u"nothing is made up for"_s), 1);
        QCOMPARE(bench.stops(), 0);
        bench.restart();
        bench.settle();
        QCOMPARE(bench.events(u"nothing is made up for"_s), 1);
    }

    void aScheduleCanBeSwitchedOffAndRefusesThePast()
    {
        GuardBench bench;
        ScheduleRule past = stopAt(30);
        past.once = true;
        past.date = QDate(2025, 12, 31);
        QVERIFY(!await(bench.guards->schedules.add(past)).ok());
        const Result<RuleId> added = await(bench.guards->schedules.add(stopAt(30)));
        QVERIFY(await(bench.guards->schedules.setEnabled(*added, false)).ok());
        bench.pass(std::chrono::minutes(30));
        QCOMPARE(bench.stops(), 0);
        QVERIFY(await(bench.guards->schedules.setEnabled(*added, true)).ok());
        bench.pass(std::chrono::minutes(1));
        QCOMPARE(bench.stops(), 0); // its next time is tomorrow
    }

    void aScheduleSaysWhatItCouldNotDo()
    {
        GuardBench bench;
        const InstanceId asleep(u"asleep"_s);
        bench.run(asleep, 10);
        bench.cloud.setStatus(asleep.toString(), u"exited"_s);
        ScheduleRule rule = stopAt(30);
        rule.instances.append(asleep);
        QVERIFY(await(bench.guards->schedules.add(rule)).ok());
        bench.pass(std::chrono::minutes(30));
        QTRY_COMPARE(bench.stops(), 1);
        QTRY_COMPARE(bench.events(u"n-asleep: "_s), 1);
        QTRY_VERIFY(bench.guards->schedules.schedules().first().state.outcome.startsWith(u"1 of 2"_s));
    }

    void spotNoticesAreTold()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QJsonObject &row = bench.cloud.instances[u"one"_s];
        row.insert(u"spotStatus"_s, u"notified"_s);
        row.insert(u"spotReclaimTime"_s, QString::number(std::chrono::duration_cast<Seconds>((bench.clock.now() + std::chrono::minutes(50)).time_since_epoch()).count()));
        bench.poll();
        QTRY_COMPARE(bench.events(u"is called back"_s), 1);
        bench.poll();
        QCOMPARE(bench.events(u"is called back"_s), 1);
        reclaim(bench, u"one"_s);
        QTRY_COMPARE(bench.events(u"was taken back"_s), 1);
        QCOMPARE(bench.cloud.count(u"migrate"_s), 0); // nobody asked for it
        // Only the stage it is in stands there.
        QCOMPARE(bench.stack.notifications.shown().size(), 1);
        QVERIFY(bench.stack.notifications.shown().first().title.contains(u"was reclaimed"_s));
        bench.run(bench.one, 0, u"spot"_s);
        bench.poll();
        QTRY_VERIFY(bench.stack.notifications.shown().isEmpty());
    }

    void migrateNowIsAskedForAndNotDone()
    {
        GuardBench bench;
        const InstanceId two(u"two"_s);
        for (const InstanceId &id : {bench.one, two}) {
            bench.run(id, 60, u"spot"_s);
            reclaim(bench, id.toString());
        }
        QTRY_COMPARE(bench.stack.notifications.shown().size(), 1);
        QTRY_COMPARE(bench.stack.notifications.shown().first().count, 2);
        QSignalSpy asked(&bench.guards->spot, &SpotGuard::migrationAsked);
        bench.stack.notifications.trigger(bench.stack.notifications.shown().first().id, u"migrate"_s);
        QTRY_COMPARE(asked.count(), 1); // one question about both
        QCOMPARE(asked.first().first().value<QList<InstanceId>>().size(), 2);
        bench.settle();
        QCOMPARE(bench.cloud.count(u"migrate"_s), 0);
        bench.guards->spot.migrateNow(two);
        QTRY_COMPARE(bench.cloud.count(u"migrate"_s), 1);
    }

    void aReclaimDuringAStartIsToldOnce()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        bench.stack.startups.setProfile(bench.profile);
        bench.stack.startups.begin(bench.one, std::nullopt);
        bench.clock.advance(Seconds(10));
        const qint64 now = std::chrono::duration_cast<Seconds>(bench.clock.now().time_since_epoch()).count();
        bench.cloud.instances[u"one"_s].insert(u"lastStartedAt"_s, QString::number(now));
        reclaim(bench, u"one"_s);
        QTRY_COMPARE(bench.stack.startups.find(bench.one)->current().phase.state, StartupState::Reclaimed);
        bench.settle();
        QCOMPARE(bench.events(u"was taken back"_s), 1);
        QCOMPARE(bench.events(u"reclaimed"_s), 0);
    }

    void rowsThatCannotBeReadAreToldOfOnce()
    {
        GuardBench bench;
        for (const QString &kind : {u"schedule"_s, u"spot"_s, u"watch"_s}) {
            RuleRecord row;
            row.id = RuleLog::newId();
            row.profile = bench.profile;
            row.kind = kind;
            row.subject = u"one"_s;
            row.body = {{u"action"_s, 7}, {u"hoursBetween"_s, -1}, {u"atMost"_s, u"a lot"_s}};
            QVERIFY(await(bench.stack.history.rules.save(row)).ok());
        }
        ignoredRows = 0;
        const QtMessageHandler before = qInstallMessageHandler(&countIgnoredRows);
        bench.restart();
        for (int i = 0; i < 3; ++i)
            bench.pass(std::chrono::minutes(1));
        const bool none = bench.guards->schedules.schedules().isEmpty() && bench.guards->watches.watches().isEmpty() && !bench.guards->spot.ruleOf(bench.one);
        qInstallMessageHandler(before);
        QVERIFY(none);
        QCOMPARE(ignoredRows, 3);
    }

    void aSpotRuleAnnouncesBeforeItActs()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        reclaim(bench, u"one"_s);
        QTRY_VERIFY(bench.guards->spot.stateOf(bench.one).migrateAt);
        const auto shown = bench.stack.notifications.shown();
        QVERIFY(!shown.isEmpty());
        // The announcement joins the notice of the reclaim; each is answered where it stands.
        bench.guards->spot.leave(bench.one);
        bench.settle();
        bench.pass(std::chrono::minutes(2));
        QVERIFY(!bench.guards->spot.stateOf(bench.one).lastMigrated);
        QCOMPARE(bench.events(u"will not be migrated this time"_s), 1);
    }

    void anotherAccountsListTakesNoRule()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        QVERIFY(await(bench.guards->idle.setRule(bench.one, IdleRule())).ok());
        QVERIFY(await(bench.guards->schedules.add(stopAt(30))).ok());
        // Another key was entered by mistake: its account has none of these.
        bench.stack.stores.resetCloudData();
        const auto ours = std::exchange(bench.cloud.instances, {});
        bench.run(InstanceId(u"theirs"_s), 10);
        bench.pass(std::chrono::minutes(1));
        QVERIFY(bench.guards->spot.ruleOf(bench.one));
        QVERIFY(bench.guards->idle.ruleOf(bench.one));
        QCOMPARE(bench.guards->schedules.schedules().size(), 1);
        bench.stack.stores.resetCloudData();
        bench.cloud.instances = ours;
        bench.poll();
        QVERIFY(bench.guards->spot.ruleOf(bench.one));
        QCOMPARE(bench.guards->schedules.schedules().first().rule.instances, QList<InstanceId>{bench.one});
    }

    void rulesGoWithTheirInstances()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        bench.run(InstanceId(u"two"_s), 60);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        ScheduleRule both = stopAt(30);
        both.instances = {bench.one, InstanceId(u"two"_s)};
        QVERIFY(await(bench.guards->schedules.add(stopAt(30))).ok());
        QVERIFY(await(bench.guards->schedules.add(both)).ok());
        bench.cloud.instances.erase(u"one"_s);
        bench.poll();
        QTRY_VERIFY(!bench.guards->spot.ruleOf(bench.one));
        QTRY_COMPARE(bench.events(u"The spot rule of one was removed: the instance is gone"_s), 1);
        QTRY_COMPARE(bench.guards->schedules.schedules().size(), 1);
        QCOMPARE(bench.guards->schedules.schedules().first().rule.instances, QList<InstanceId>{InstanceId(u"two"_s)});
        bench.settle();
        bench.restart();
        QCOMPARE(bench.guards->schedules.schedules().size(), 1);
        QVERIFY(bench.guards->spot.instances().isEmpty());
        bench.pass(std::chrono::minutes(30));
        QTRY_COMPARE(bench.stops(), 1);
    }

    void aScheduleThatCannotBeRemovedStands()
    {
        GuardBench bench;
        const Result<RuleId> added = await(bench.guards->schedules.add(stopAt(30)));
        QVERIFY(added.ok());
        bench.refuseRemovals(true);
        QVERIFY(!await(bench.guards->schedules.remove(*added)).ok());
        QCOMPARE(bench.guards->schedules.schedules().size(), 1);
        bench.pass(std::chrono::minutes(30));
        QTRY_COMPARE(bench.stops(), 1);
    }

    void aSpotRuleActsOnce()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        reclaim(bench, u"one"_s);
        QTRY_VERIFY(bench.guards->spot.stateOf(bench.one).migrateAt);
        bench.pass(std::chrono::minutes(1));
        QTRY_VERIFY(bench.guards->spot.stateOf(bench.one).lastMigrated);
        bench.settle();
        QVERIFY(bench.guards->spot.stateOf(bench.one).handled);
        const TimePoint at = *bench.guards->spot.stateOf(bench.one).lastMigrated;
        bench.pass(std::chrono::minutes(10));
        QCOMPARE(*bench.guards->spot.stateOf(bench.one).lastMigrated, at);
    }

    void aSpotRuleDoesNothingByAnOldList()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        reclaim(bench, u"one"_s);
        QTRY_VERIFY(bench.guards->spot.stateOf(bench.one).migrateAt);
        const auto lookWithoutAList = [&bench](Milliseconds time) {
            bench.clock.advance(time);
            bench.guards->spot.wake();
            bench.settle();
        };
        lookWithoutAList(std::chrono::hours(3));
        QVERIFY(!bench.guards->spot.stateOf(bench.one).lastMigrated);
        QCOMPARE(bench.cloud.count(u"migrate"_s), 0);
        bench.pass(Seconds(1)); // there is a list again: announced once more
        QVERIFY(!bench.guards->spot.stateOf(bench.one).lastMigrated);
        bench.pass(std::chrono::minutes(1));
        QTRY_VERIFY(bench.guards->spot.stateOf(bench.one).lastMigrated);
    }

    void aPersonsStopIsNoReclaim()
    {
        GuardBench bench;
        bench.run(bench.one, 60, u"spot"_s);
        QVERIFY(await(bench.guards->spot.setRule(bench.one, SpotRule{4})).ok());
        QVERIFY(await(bench.stack.commands.run(bench.one, InstanceAction::Stop)).ok());
        bench.settle();
        reclaim(bench, u"one"_s);
        bench.pass(std::chrono::minutes(2));
        QVERIFY(!bench.guards->spot.stateOf(bench.one).migrateAt);
        QVERIFY(!bench.guards->spot.stateOf(bench.one).lastMigrated);
    }

    void aProductWatchTellsAndNeverBuys()
    {
        GuardBench bench;
        Product product;
        product.id = ProductId(u"4090"_s);
        product.name = u"RTX 4090 24GB"_s;
        product.available = true;
        product.inventory = InventoryState::Normal;
        product.spotPrice = Money::fromPriceUnits(40000);
        product.billingModes = {BillingMode::Spot};
        const auto show = [&](qint64 units) {
            product.spotPrice = Money::fromPriceUnits(units);
            bench.clock.advance(Seconds(60));
            bench.stack.stores.products.replaceAll({product});
            bench.stack.stores.products.markRefreshed(bench.clock.now());
            bench.settle();
        };
        show(40000);
        ProductWatchRule rule;
        rule.atMost = Money::fromPriceUnits(35000);
        rule.productName = product.name;
        QVERIFY(await(bench.guards->watches.add(product.id, rule)).ok());
        show(39000);
        QCOMPARE(bench.events(u"Nothing was bought"_s), 0);
        show(35000);
        QTRY_COMPARE(bench.events(u"Nothing was bought"_s), 1);
        QCOMPARE(bench.events(u"costs $0.35 per GPU and hour"_s), 1);
        bench.restart();
        show(34000);
        QCOMPARE(bench.events(u"Nothing was bought"_s), 1);
        show(40000);
        show(30000);
        QTRY_COMPARE(bench.events(u"Nothing was bought"_s), 2);
        QCOMPARE(bench.cloud.count(u"create"_s), 0);
        QCOMPARE(bench.guards->watches.watches().first().rule.productName, product.name);
        QVERIFY(await(bench.guards->watches.remove(bench.guards->watches.watches().first().id)).ok());
        QVERIFY(bench.guards->watches.watches().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGuards)
#include "tst_guards.moc"
