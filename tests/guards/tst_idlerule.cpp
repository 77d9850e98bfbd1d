// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/idlerule.h"

#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;
using Verdict = IdleJudgement::Verdict;
using Phase = IdleState::Phase;

namespace {

const TimePoint kNow{Seconds(1'800'000'000)};

TimePoint minutesAgo(double minutes)
{
    return kNow - Milliseconds(static_cast<qint64>(minutes * 60000));
}

/// A point a minute, from `from` to `to` minutes ago.
QList<Utilisation> steady(double from, double to, std::optional<double> gpu, std::optional<double> cpu)
{
    QList<Utilisation> out;
    for (double at = from; at >= to; at -= 1)
        out.append({minutesAgo(at), gpu, cpu});
    return out;
}

IdleSight idleSight(TimePoint now = kNow)
{
    IdleSight sight;
    sight.now = now;
    sight.begun = kNow - std::chrono::hours(1);
    sight.running = true;
    sight.startedAt = kNow - std::chrono::hours(10);
    sight.judgement.verdict = Verdict::Idle;
    return sight;
}

IdleRule acting()
{
    IdleRule rule;
    rule.dryRun = false;
    rule.zone = "UTC";
    return rule;
}

} // namespace

class TestIdleRule : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QList<Utilisation>>("points");
        QTest::addColumn<int>("startedMinutesAgo");
        QTest::addColumn<bool>("hasGpu");
        QTest::addColumn<int>("expected");
        const int unknown = int(Verdict::Unknown), busy = int(Verdict::Busy), idle = int(Verdict::Idle);
        QTest::newRow("nothing measured") << QList<Utilisation>() << 600 << true << unknown;
        QTest::newRow("quiet all along") << steady(40, 1, 0.0, 1.0) << 600 << true << idle;
        QTest::newRow("quiet, three minutes behind") << steady(40, 3, 0.0, 1.0) << 600 << true << idle;
        QTest::newRow("stale") << steady(40, 5, 0.0, 1.0) << 600 << true << unknown;
        QTest::newRow("at the mark") << steady(40, 1, 5.0, 1.0) << 600 << true << busy;
        QTest::newRow("just under the mark") << steady(40, 1, 4.9, 4.9) << 600 << true << idle;
        QTest::newRow("CPU works") << steady(40, 1, 0.0, 80.0) << 600 << true << busy;
        QTest::newRow("GPU not measured") << steady(40, 1, std::nullopt, 0.0) << 600 << true << unknown;
        QTest::newRow("CPU not measured") << steady(40, 1, 0.0, std::nullopt) << 600 << true << unknown;
        QTest::newRow("no GPU, CPU quiet") << steady(40, 1, std::nullopt, 0.0) << 600 << false << idle;
        QTest::newRow("a hole in the middle") << steady(40, 20, 0.0, 0.0) + steady(15, 1, 0.0, 0.0) << 600 << true << unknown;
        QTest::newRow("a short hole") << steady(40, 20, 0.0, 0.0) + steady(18, 1, 0.0, 0.0) << 600 << true << idle;
        QTest::newRow("begins too late") << steady(20, 1, 0.0, 0.0) << 600 << true << unknown;
        QTest::newRow("worked within") << steady(40, 26, 0.0, 0.0) + steady(25, 25, 90.0, 0.0) + steady(24, 1, 0.0, 0.0) << 600 << true << busy;
        QTest::newRow("worked before") << steady(60, 31, 90.0, 50.0) + steady(30, 1, 0.0, 0.0) << 600 << true << idle;
        QTest::newRow("worked, then nothing is known") << steady(20, 10, 90.0, 50.0) << 600 << true << unknown;
        QTest::newRow("started a moment ago") << steady(10, 1, 0.0, 0.0) << 10 << true << unknown;
        QTest::newRow("points of the run before") << steady(60, 1, 0.0, 0.0) << 29 << true << busy;
        QTest::newRow("points of the future") << QList<Utilisation>{{kNow + std::chrono::hours(5), 0.0, 0.0}} << 600 << true << unknown;
    }
    void judges()
    {
        QFETCH(QList<Utilisation>, points);
        QFETCH(int, startedMinutesAgo);
        QFETCH(bool, hasGpu);
        QTEST(int(judgeIdle(points, acting(), hasGpu, minutesAgo(startedMinutesAgo), kNow).verdict), "expected");
    }

    void countsDownAndStops()
    {
        const IdleRule rule = acting();
        IdleStep step = nextIdle(rule, {}, idleSight(), false);
        QCOMPARE(step.action, IdleAction::Announce);
        QCOMPARE(*step.state.deadline, kNow + kIdleCountdown);
        IdleSight later = idleSight(kNow + Seconds(299));
        step = nextIdle(rule, step.state, later, false);
        QCOMPARE(step.action, IdleAction::None);
        later.now = kNow + kIdleCountdown;
        step = nextIdle(rule, step.state, later, false);
        QCOMPARE(step.action, IdleAction::Stop);
        QCOMPARE(step.state.phase, Phase::Stopping);
        QCOMPARE(nextIdle(rule, step.state, later, false).action, IdleAction::None);
    }

    void callsItOff_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("works again") << 0;
        QTest::newRow("no metrics") << 1;
        QTest::newRow("stopped by hand") << 2;
        QTest::newRow("read-only now") << 3;
    }
    void callsItOff()
    {
        QFETCH(int, what);
        IdleState counting = nextIdle(acting(), {}, idleSight(), false).state;
        IdleSight sight = idleSight(kNow + kIdleCountdown);
        if (what == 0)
            sight.judgement.verdict = Verdict::Busy;
        else if (what == 1)
            sight.judgement.verdict = Verdict::Unknown;
        else if (what == 2)
            sight.running = false;
        else
            sight.mayStop = false;
        const IdleStep step = nextIdle(acting(), counting, sight, false);
        QCOMPARE(step.action, IdleAction::CallOff);
        QCOMPARE(step.state.phase, Phase::Watching);
    }

    void neverActsUnseen()
    {
        const IdleState counting = nextIdle(acting(), {}, idleSight(), false).state;
        // The program comes back after the deadline.
        IdleStep step = nextIdle(acting(), counting, idleSight(kNow + std::chrono::minutes(6)), true);
        QCOMPARE(step.action, IdleAction::Restart);
        QCOMPARE(*step.state.deadline, kNow + std::chrono::minutes(11));
        // Right before it.
        step = nextIdle(acting(), counting, idleSight(kNow + kIdleCountdown - Seconds(2)), true);
        QCOMPARE(step.action, IdleAction::Repeat);
        QCOMPARE(*step.state.deadline, kNow + kIdleCountdown - Seconds(2) + kIdleLeastNotice);
        // The computer slept.
        step = nextIdle(acting(), counting, idleSight(kNow + std::chrono::hours(3)), false);
        QCOMPARE(step.action, IdleAction::Restart);
        // The wall clock was set back.
        step = nextIdle(acting(), counting, idleSight(kNow - std::chrono::hours(3)), false);
        QCOMPARE(step.action, IdleAction::Restart);
        // Nobody knows whether the stop was sent.
        IdleState stopping = counting;
        stopping.phase = Phase::Stopping;
        QCOMPARE(nextIdle(acting(), stopping, idleSight(), true).action, IdleAction::Announce);
    }

    void keepsForAnHour()
    {
        const IdleState counting = nextIdle(acting(), {}, idleSight(), false).state;
        const IdleState kept = keepRunning(acting(), counting, kNow);
        QCOMPARE(nextIdle(acting(), kept, idleSight(kNow + std::chrono::minutes(59)), false).action, IdleAction::None);
        QCOMPARE(nextIdle(acting(), kept, idleSight(kNow + std::chrono::minutes(60)), false).action, IdleAction::Announce);
        IdleSight stopped = idleSight(kNow + std::chrono::minutes(10));
        stopped.running = false; // a later run begins afresh
        QVERIFY(!nextIdle(acting(), kept, stopped, false).state.quietUntil);
    }

    void useCountsAsWork()
    {
        const IdleState counting = nextIdle(acting(), {}, idleSight(), false).state;
        const IdleState used = noteUse(acting(), counting, kNow);
        QCOMPARE(used.phase, Phase::Watching);
        QCOMPARE(nextIdle(acting(), used, idleSight(kNow + std::chrono::minutes(29)), false).action, IdleAction::None);
        QCOMPARE(nextIdle(acting(), used, idleSight(kNow + std::chrono::minutes(30)), false).action, IdleAction::Announce);
        // What was kept for longer stays so.
        const IdleState kept = keepRunning(acting(), {}, kNow);
        QCOMPARE(noteUse(acting(), kept, kNow), kept);
        IdleRule longest = acting();
        longest.minutes = IdleRule::kMostIdleMinutes;
        QCOMPARE(nextIdle(longest, noteUse(longest, {}, kNow), idleSight(kNow + std::chrono::hours(23)), false).action, IdleAction::None);
        // Rules that do not ask for work, and a stop that is under way, are left alone.
        IdleRule daily = acting();
        daily.trigger = IdleRule::Trigger::ClockTime;
        QCOMPARE(noteUse(daily, counting, kNow), counting);
        IdleState stopping = counting;
        stopping.phase = Phase::Stopping;
        QCOMPARE(noteUse(acting(), stopping, kNow), stopping);
    }

    void aDryRunOnlySpeaks()
    {
        IdleRule rule = acting();
        rule.dryRun = true;
        IdleStep step = nextIdle(rule, {}, idleSight(), false);
        QCOMPARE(step.action, IdleAction::WouldStop);
        QCOMPARE(step.state.phase, Phase::Watching);
        QCOMPARE(nextIdle(rule, step.state, idleSight(kNow + Seconds(60)), false).action, IdleAction::None);
        // A countdown that was running when the rule became a dry run.
        const IdleState counting = nextIdle(acting(), {}, idleSight(), false).state;
        QCOMPARE(nextIdle(rule, counting, idleSight(kNow + kIdleCountdown), false).action, IdleAction::CallOff);
    }

    void countsTheRunTime()
    {
        IdleRule rule = acting();
        rule.trigger = IdleRule::Trigger::RunTime;
        rule.minutes = 120;
        IdleSight sight = idleSight();
        sight.judgement = {};
        sight.startedAt = kNow - std::chrono::minutes(119);
        QCOMPARE(nextIdle(rule, {}, sight, false).action, IdleAction::None);
        sight.startedAt = kNow - std::chrono::minutes(120);
        QCOMPARE(nextIdle(rule, {}, sight, false).action, IdleAction::Announce);
        sight.startedAt.reset(); // not known
        QCOMPARE(nextIdle(rule, {}, sight, false).action, IdleAction::None);
    }

    void actsAtATimeOfDay()
    {
        IdleRule rule = acting();
        rule.trigger = IdleRule::Trigger::ClockTime;
        rule.minuteOfDay = 8 * 60 + 5; // kNow is 08:00 UTC
        IdleStep step = nextIdle(rule, {}, idleSight(), false);
        QCOMPARE(step.action, IdleAction::None);
        QCOMPARE(*step.state.clockDue, kNow + std::chrono::minutes(5));
        const IdleStep due = nextIdle(rule, step.state, idleSight(kNow + std::chrono::minutes(5)), false);
        QCOMPARE(due.action, IdleAction::Announce);
        // The program was off at that time: the day is let go.
        IdleSight after = idleSight(kNow + std::chrono::minutes(7));
        after.begun = kNow + std::chrono::minutes(6);
        step = nextIdle(rule, step.state, after, true);
        QCOMPARE(step.action, IdleAction::None);
        QCOMPARE(*step.state.clockDue, kNow + std::chrono::minutes(5) + std::chrono::hours(24));
        // Done once, the day is over.
        const IdleStep stop = nextIdle(rule, due.state, idleSight(kNow + std::chrono::minutes(10)), false);
        QCOMPARE(stop.action, IdleAction::Stop);
        QCOMPARE(*stop.state.clockDue, kNow + std::chrono::minutes(5) + std::chrono::hours(24));
    }

    void readsOnlyWhatMakesSense()
    {
        const IdleRule rule = acting();
        QCOMPARE(*IdleRule::fromJson(rule.toJson()), rule);
        const auto with = [&rule](const QString &key, const QJsonValue &value) {
            QJsonObject json = rule.toJson();
            json.insert(key, value);
            return IdleRule::fromJson(json).ok();
        };
        QVERIFY(with(u"percent"_s, 90));
        QVERIFY(!with(u"percent"_s, 0));
        QVERIFY(!with(u"percent"_s, 91));
        QVERIFY(!with(u"percent"_s, 5.5));
        QVERIFY(!with(u"percent"_s, u"5"_s));
        QVERIFY(!with(u"minutes"_s, 4));
        QVERIFY(!with(u"minutes"_s, 1e9));
        QVERIFY(!with(u"minutes"_s, -30));
        QVERIFY(!with(u"minuteOfDay"_s, 1440));
        QVERIFY(!with(u"trigger"_s, u"always"_s));
        QVERIFY(!with(u"dryRun"_s, QJsonValue())); // it must never act by mistake
        QVERIFY(!IdleRule::fromJson({}).ok());
        IdleRule clock = rule;
        clock.trigger = IdleRule::Trigger::ClockTime;
        clock.zone = "Moon/Base";
        QVERIFY(!IdleRule::fromJson(clock.toJson()).ok());

        IdleState state;
        state.phase = Phase::Countdown;
        state.deadline = kNow;
        QCOMPARE(IdleState::fromJson(state.toJson()), state);
        QCOMPARE(IdleState::fromJson({{u"phase"_s, 1}, {u"deadline"_s, -5}}).phase, Phase::Watching);
        QCOMPARE(IdleState::fromJson({{u"phase"_s, 77}}).phase, Phase::Watching);
    }
};

QTEST_GUILESS_MAIN(TestIdleRule)
#include "tst_idlerule.moc"
