// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/localtime.h"
#include "core/guards/metricssource.h"
#include "core/guards/productwatchrule.h"
#include "core/guards/schedulerule.h"
#include "core/guards/spotrule.h"

#include <QDateTime>
#include <QJsonArray>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

TimePoint utc(const char *text)
{
    return TimePoint(Milliseconds(QDateTime::fromString(QString::fromLatin1(text) + u'Z', Qt::ISODate).toMSecsSinceEpoch()));
}

QString text(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(u"yyyy-MM-ddTHH:mm"_s);
}

ScheduleRule daily(int hour, const QByteArray &zone = "Europe/Berlin")
{
    ScheduleRule rule;
    rule.once = false;
    rule.minuteOfDay = hour * 60;
    rule.zone = zone;
    rule.instances = {InstanceId(u"one"_s)};
    return rule;
}

Instance reclaimed()
{
    Instance one;
    one.id = InstanceId(u"one"_s);
    one.status = InstanceStatus::Exited;
    one.spotStatus = SpotStatus::Terminated;
    return one;
}

Product product(qint64 units, bool available = true)
{
    Product out;
    out.name = u"RTX 4090 24GB"_s;
    out.available = available;
    out.inventory = available ? InventoryState::Normal : InventoryState::None;
    out.spotPrice = Money::fromPriceUnits(units);
    out.billingModes = {BillingMode::Spot};
    out.regions = {u"US-CA-06"_s};
    return out;
}

} // namespace

class TestGuardRules : public QObject
{
    Q_OBJECT

private slots:
    void clocksAreSetForwardAndBack_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<int>("minute");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("expected");
        const QByteArray berlin = "Europe/Berlin";
        QTest::newRow("winter") << QDate(2026, 1, 15) << 20 * 60 << berlin << u"2026-01-15T19:00"_s;
        QTest::newRow("summer") << QDate(2026, 7, 15) << 20 * 60 << berlin << u"2026-07-15T18:00"_s;
        QTest::newRow("before the jump forward") << QDate(2026, 3, 29) << 90 << berlin << u"2026-03-29T00:30"_s;
        QTest::newRow("in the hole") << QDate(2026, 3, 29) << 150 << berlin << u"2026-03-29T01:30"_s; // shows 03:30
        QTest::newRow("after the jump") << QDate(2026, 3, 29) << 200 << berlin << u"2026-03-29T01:20"_s;
        QTest::newRow("twice a night: the first") << QDate(2026, 10, 25) << 150 << berlin << u"2026-10-25T00:30"_s;
        QTest::newRow("after it") << QDate(2026, 10, 25) << 200 << berlin << u"2026-10-25T02:20"_s;
        QTest::newRow("another zone") << QDate(2026, 7, 15) << 9 * 60 << QByteArray("America/Los_Angeles") << u"2026-07-15T16:00"_s;
        QTest::newRow("half an hour off") << QDate(2026, 7, 15) << 0 << QByteArray("Asia/Kolkata") << u"2026-07-14T18:30"_s;
        QTest::newRow("no such zone") << QDate(2026, 7, 15) << 0 << QByteArray("Moon/Base") << u"2026-07-15T00:00"_s;
    }
    void clocksAreSetForwardAndBack()
    {
        QFETCH(QDate, date);
        QFETCH(int, minute);
        QFETCH(QByteArray, zone);
        QTEST(text(localtime::momentOf(date, minute, zone)), "expected");
    }

    void nextTimes()
    {
        const ScheduleRule rule = daily(20);
        QCOMPARE(text(*rule.nextAfter(utc("2026-03-28T18:59:00"))), u"2026-03-28T19:00"_s);
        QCOMPARE(text(*rule.nextAfter(utc("2026-03-28T19:00:00"))), u"2026-03-29T18:00"_s); // summer time began in between
        ScheduleRule weekdays = daily(8);
        weekdays.days = localtime::kWeekdays;
        QCOMPARE(text(*weekdays.nextAfter(utc("2026-07-17T06:00:00"))), u"2026-07-20T06:00"_s); // Friday to Monday
        ScheduleRule once = daily(8);
        once.once = true;
        once.date = QDate(2026, 7, 20);
        QCOMPARE(text(*once.nextAfter(utc("2026-07-17T06:00:00"))), u"2026-07-20T06:00"_s);
        QVERIFY(!once.nextAfter(utc("2026-07-20T06:00:00")));
    }

    void actsOnceAndLetsTheMissedGo()
    {
        const ScheduleRule rule = daily(20, "UTC");
        const TimePoint due = utc("2026-07-15T20:00:00");
        const TimePoint begun = utc("2026-07-15T10:00:00");
        ScheduleState state;
        state.next = due;
        QCOMPARE(nextSchedule(rule, state, begun, due - Seconds(1)).turn, ScheduleTurn::Wait);
        ScheduleStep step = nextSchedule(rule, state, begun, due + Seconds(1));
        QCOMPARE(step.turn, ScheduleTurn::Act);
        QCOMPARE(step.due, due);
        QCOMPARE(*step.state.next, due + std::chrono::hours(24));
        QCOMPARE(nextSchedule(rule, step.state, begun, due + Seconds(1)).turn, ScheduleTurn::Wait);
        // Asleep at that time.
        step = nextSchedule(rule, state, begun, due + kScheduleLate + Seconds(1));
        QCOMPARE(step.turn, ScheduleTurn::Missed);
        // Off at that time, though it is only seconds ago.
        step = nextSchedule(rule, state, due + Seconds(5), due + Seconds(10));
        QCOMPARE(step.turn, ScheduleTurn::Missed);
        QCOMPARE(step.missed, 1);
        // Off for three days, and back right at the fourth time.
        step = nextSchedule(rule, state, due + std::chrono::hours(72) - Seconds(30), due + std::chrono::hours(72) + Seconds(1));
        QCOMPARE(step.turn, ScheduleTurn::Act);
        QCOMPARE(step.missed, 3);
        QCOMPARE(step.due, due + std::chrono::hours(72));
        QCOMPARE(step.lastMissed, due + std::chrono::hours(48));
        // Off for years: an end is found.
        step = nextSchedule(rule, state, due + std::chrono::hours(24 * 3000), due + std::chrono::hours(24 * 3000 + 3));
        QCOMPARE(step.turn, ScheduleTurn::Missed);
        QVERIFY(*step.state.next > due + std::chrono::hours(24 * 3000 + 3));
    }

    void readsSchedulesThatMakeSense()
    {
        ScheduleRule rule = daily(20);
        rule.date = QDate(2026, 7, 1);
        QCOMPARE(*ScheduleRule::fromJson(rule.toJson()), rule);
        const auto with = [&rule](const QString &key, const QJsonValue &value) {
            QJsonObject json = rule.toJson();
            json.insert(key, value);
            return ScheduleRule::fromJson(json).ok();
        };
        QVERIFY(!with(u"action"_s, u"delete"_s));
        QVERIFY(!with(u"days"_s, 0));
        QVERIFY(!with(u"days"_s, 128));
        QVERIFY(!with(u"minuteOfDay"_s, 1440));
        QVERIFY(!with(u"zone"_s, u"../etc/passwd"_s));
        QVERIFY(!with(u"instances"_s, QJsonArray()));
        QVERIFY(!with(u"instances"_s, u"one"_s));
        QVERIFY(!with(u"once"_s, 1));
        QJsonArray many;
        for (int i = 0; i < 101; ++i)
            many.append(QString::number(i));
        QVERIFY(!with(u"instances"_s, many));
        rule.once = true;
        QVERIFY(!with(u"date"_s, u"yesterday"_s));
    }

    void migratesOnlyWhatWasReclaimed()
    {
        const TimePoint now = utc("2026-07-15T20:00:00");
        const SpotRule rule;
        SpotStep step = nextSpot(rule, {}, spotStageOf(reclaimed()), true, false, now);
        QCOMPARE(step.action, SpotAction::Announce);
        const SpotState announced = step.state;
        QCOMPARE(nextSpot(rule, announced, SpotStage::Reclaimed, true, false, now + Seconds(59)).action, SpotAction::None);
        QCOMPARE(nextSpot(rule, announced, SpotStage::Reclaimed, false, false, now + kSpotNotice).action, SpotAction::None); // five are under way
        step = nextSpot(rule, announced, SpotStage::Reclaimed, true, false, now + kSpotNotice);
        QCOMPARE(step.action, SpotAction::Migrate);
        QCOMPARE(nextSpot(rule, step.state, SpotStage::Reclaimed, true, false, now + std::chrono::hours(9)).action, SpotAction::None); // once
        // Slept through: who wakes the computer is told before.
        const SpotStep late = nextSpot(rule, announced, SpotStage::Reclaimed, true, false, now + kSpotNotice + kSpotLate + Seconds(1));
        QCOMPARE(late.action, SpotAction::Announce);
        QCOMPARE(late.state.migrateAt, std::optional(now + kSpotNotice + kSpotLate + Seconds(1) + kSpotNotice));
        QCOMPARE(nextSpot(rule, announced, SpotStage::Reclaimed, false, false, now + std::chrono::hours(1)).action, SpotAction::None);
        QCOMPARE(nextSpot(rule, announced, SpotStage::Reclaimed, true, false, now - std::chrono::hours(1)).action, SpotAction::Announce); // the clock was set back
        // Runs again, and is taken back too soon, then after long enough.
        const SpotState again = nextSpot(rule, step.state, SpotStage::None, true, false, now + std::chrono::hours(1)).state;
        QCOMPARE(nextSpot(rule, again, SpotStage::Reclaimed, true, false, now + std::chrono::hours(2)).action, SpotAction::TooSoon);
        QCOMPARE(nextSpot(rule, again, SpotStage::Reclaimed, true, false, now + std::chrono::hours(5)).action, SpotAction::Announce);
        // A restart of the program: announced anew.
        QCOMPARE(nextSpot(rule, announced, SpotStage::Reclaimed, true, true, now + std::chrono::hours(1)).action, SpotAction::Announce);
        // Stopped by the person.
        SpotState stopped;
        stopped.stoppedByUs = now - std::chrono::minutes(5);
        QCOMPARE(nextSpot(rule, stopped, SpotStage::Reclaimed, true, false, now).action, SpotAction::None);
        Instance plain = reclaimed();
        plain.spotStatus = SpotStatus::Running;
        QCOMPARE(spotStageOf(plain), SpotStage::None);
        QCOMPARE(nextSpot(rule, {}, spotStageOf(plain), true, false, now).action, SpotAction::None);
        Instance noticed;
        noticed.status = InstanceStatus::Running;
        noticed.spotStatus = SpotStatus::Notified;
        QCOMPARE(spotStageOf(noticed), SpotStage::Noticed);
        QVERIFY(!SpotRule::fromJson({{u"hoursBetween"_s, 0}}).ok());
        QVERIFY(!SpotRule::fromJson({{u"hoursBetween"_s, 169}}).ok());
        QCOMPARE(*SpotRule::fromJson(SpotRule{168}.toJson()), SpotRule{168});
    }

    void theBusiestCardCounts()
    {
        const TimePoint at = utc("2026-07-15T20:00:10");
        InstanceMetrics metrics;
        metrics.gpu = {{at, 40.0}, {at + Seconds(60), 0.0}};
        metrics.gpus = {{u"a"_s, {{at, 0.0}}}, {u"b"_s, {{at, 80.0}}}};
        metrics.cpu = {{at + Seconds(3), 5.0}};
        const QList<Utilisation> points = utilisationOf(metrics, Seconds(60));
        QCOMPARE(points.size(), 2);
        QCOMPARE(*points.first().gpu, 80.0);
        QCOMPARE(*points.first().cpu, 5.0);
        QCOMPARE(*points.last().gpu, 0.0);
        QVERIFY(!points.last().cpu); // not measured is not zero
        QVERIFY(utilisationOf({}, Seconds(60)).isEmpty());
    }

    void tellsOfAPriceOnceADip()
    {
        const TimePoint now = utc("2026-07-15T20:00:00");
        ProductWatchRule rule;
        rule.atMost = Money::fromPriceUnits(30000);
        const auto look = [&](ProductWatchState &state, qint64 units, bool available = true) {
            const Product row = product(units, available);
            const ProductWatchStep step = nextProductWatch(rule, state, &row, now);
            state = step.state;
            return step.tellPrice;
        };
        ProductWatchState state;
        QVERIFY(!look(state, 31000));
        QVERIFY(!look(state, 29000, false)); // cheap, and not to be had
        QVERIFY(look(state, 30000));
        QVERIFY(!look(state, 29000));
        QVERIFY(!look(state, 30500));        // within the hysteresis
        QVERIFY(!look(state, 30000));
        QVERIFY(!look(state, 30600));        // clearly above: armed again
        QVERIFY(look(state, 30000));
        rule.region = u"EU-DE-01"_s;
        state = {};
        QVERIFY(!look(state, 10000));        // not there
        QCOMPARE(*ProductWatchRule::fromJson(rule.toJson()), rule);
        QJsonObject bad = rule.toJson();
        bad.insert(u"atMostUnits"_s, 0);
        QVERIFY(!ProductWatchRule::fromJson(bad).ok());
        bad.insert(u"atMostUnits"_s, 1e300);
        QVERIFY(!ProductWatchRule::fromJson(bad).ok());
        bad.remove(u"atMostUnits"_s);
        QVERIFY(!ProductWatchRule::fromJson(bad).ok()); // nothing to watch
    }

    void tellsOfStockAfterItWasOut()
    {
        TimePoint now = utc("2026-07-15T20:00:00");
        ProductWatchRule rule;
        rule.inStock = true;
        const Product in = product(30000);
        const Product out = product(30000, false);
        ProductWatchState state;
        const auto look = [&](const Product *row) {
            const ProductWatchStep step = nextProductWatch(rule, state, row, now);
            state = step.state;
            now += std::chrono::minutes(1);
            return step.tellStock;
        };
        QVERIFY(!look(&in));
        QVERIFY(!look(&out));
        QVERIFY(!look(&in)); // out for a moment only
        QVERIFY(!look(&out) && !look(nullptr) && !look(&out));
        QVERIFY(look(&in));
        QVERIFY(!look(&in));
    }
};

QTEST_GUILESS_MAIN(TestGuardRules)
#include "tst_guardrules.moc"
