// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/guards/guardbench.h"

#include <QTest>
#include <QThread>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

IdleRule rule(bool dryRun = false)
{
    IdleRule out;
    out.dryRun = dryRun;
    return out;
}

} // namespace

class TestIdleGuard : public QObject
{
    Q_OBJECT

private slots:
    void stopsWhatIsIdleAfterTheCountdown()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Countdown);
        QCOMPARE(bench.stack.notifications.shown().size(), 1);
        QCOMPARE(bench.stack.notifications.shown().first().actions.first().label, u"Keep running"_s);
        bench.pass(std::chrono::minutes(4));
        QCOMPARE(bench.stops(), 0);
        bench.pass(std::chrono::minutes(1));
        QTRY_COMPARE(bench.stops(), 1);
        QTRY_COMPARE(bench.events(u"was stopped by its idle rule"_s), 1);
        bench.pass(std::chrono::minutes(1));
        QCOMPARE(bench.stops(), 1);
    }

    void keepsAtAPersonsWord()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.stack.notifications.trigger(bench.stack.notifications.shown().first().id, u"keep"_s);
        bench.settle();
        QCOMPARE(bench.events(u"is kept running"_s), 1);
        bench.pass(std::chrono::minutes(6));
        QCOMPARE(bench.stops(), 0);
        QVERIFY(bench.stack.notifications.shown().isEmpty());
        bench.pass(std::chrono::minutes(60));
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Countdown);
    }

    void keepsWhatIsOpenedFromHere()
    {
        GuardBench bench;
        bench.guards->idle.noteUse(bench.one); // nothing without a rule
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Countdown);
        bench.guards->idle.noteUse(bench.one);
        bench.settle();
        QVERIFY(bench.stack.notifications.shown().isEmpty());
        QCOMPARE(bench.events(u"was opened from here"_s), 1);
        bench.pass(std::chrono::minutes(6));
        bench.guards->idle.noteUse(bench.one); // no countdown: nothing to tell
        bench.settle();
        QCOMPARE(bench.events(u"was opened from here"_s), 1);
        bench.pass(std::chrono::minutes(29));
        QCOMPARE(bench.stops(), 0);
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Watching);
        bench.pass(std::chrono::minutes(2));
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Countdown);
    }

    void workOrSilenceCallsItOff_data()
    {
        QTest::addColumn<bool>("silence");
        QTest::newRow("works again") << false;
        QTest::newRow("no metrics") << true;
    }
    void workOrSilenceCallsItOff()
    {
        QFETCH(bool, silence);
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.gpu = silence ? std::nullopt : std::optional(70.0);
        bench.pass(std::chrono::minutes(5));
        bench.pass(std::chrono::minutes(5));
        QCOMPARE(bench.stops(), 0);
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Watching);
        QVERIFY(bench.stack.notifications.shown().isEmpty());
        QCOMPARE(bench.events(u"will not be stopped"_s), 1);
    }

    void neverTouchesWhatHasNoRule()
    {
        GuardBench bench;
        bench.run(InstanceId(u"other"_s), 6000);
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule(true))).ok());
        for (int i = 0; i < 30; ++i)
            bench.pass(std::chrono::minutes(5));
        QCOMPARE(bench.stops(), 0);
        QVERIFY(bench.events(u"Nothing was done"_s) >= 2); // the dry run speaks once an hour
        QVERIFY(bench.events(u"Nothing was done"_s) <= 3);
        QVERIFY(await(bench.guards->idle.removeRule(bench.one)).ok());
        const int reads = bench.reads;
        bench.pass(std::chrono::minutes(5));
        QCOMPARE(bench.reads, reads);
    }

    void survivesAKill()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        const TimePoint deadline = *bench.guards->idle.stateOf(bench.one).deadline;
        bench.clock.advance(std::chrono::minutes(1));
        bench.stack.notifications.setProfile(bench.profile);
        bench.restart();
        QCOMPARE(*bench.guards->idle.ruleOf(bench.one), rule());
        QCOMPARE(*bench.guards->idle.stateOf(bench.one).deadline, deadline);
        bench.settle();
        QTRY_COMPARE(bench.stack.notifications.shown().size(), 1); // said again
        // It runs out while the program is off.
        bench.guards.reset();
        bench.clock.advance(std::chrono::minutes(30));
        bench.poll();
        bench.restart();
        QCOMPARE(bench.stops(), 0);
        QTRY_COMPARE(*bench.guards->idle.stateOf(bench.one).deadline, bench.clock.now() + kIdleCountdown);
        bench.pass(std::chrono::minutes(5));
        QTRY_COMPARE(bench.stops(), 1);
    }

    void ofTwoThatSeeTheSameRuleOneActs()
    {
        GuardBench bench;
        Guards second(bench.stack.history, bench.stack.stores, bench.stack.refresher, bench.stack.commands, bench.stack.notifications, bench.clock);
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        second.idle.setSource([&bench](const InstanceId &, Seconds span) {
            QList<Utilisation> points;
            for (TimePoint at = bench.clock.now() - span; at < bench.clock.now(); at += std::chrono::minutes(1))
                points.append({at, 0.0, 0.0});
            return Call<QList<Utilisation>>::settledWith(points, &bench.stack.stores.instances);
        });
        second.setProfile(bench.profile);
        bench.settle();
        bench.clock.advance(std::chrono::minutes(5));
        bench.poll();
        bench.guards->idle.wake();
        second.idle.wake();
        bench.settle();
        QTRY_COMPARE(bench.stops(), 1);
        bench.settle();
        QCOMPARE(bench.stops(), 1);
    }

    void respectsAReadOnlyProfile()
    {
        GuardBench bench;
        Profile profile = *bench.stack.profiles.active();
        profile.readOnly = true;
        bench.stack.profiles.setTransient(profile);
        bench.poll();
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.pass(std::chrono::minutes(1));
        bench.pass(std::chrono::minutes(10));
        QCOMPARE(bench.stops(), 0);
        QVERIFY(bench.stack.notifications.shown().isEmpty());
    }

    void ignoresHostileRows()
    {
        GuardBench bench;
        RuleRecord row;
        row.id = RuleLog::newId();
        row.profile = bench.profile;
        row.kind = u"idle"_s;
        row.subject = u"one"_s;
        row.body = {{u"trigger"_s, u"idle"_s}, {u"percent"_s, 100}, {u"minutes"_s, 0}, {u"dryRun"_s, false}};
        row.state = {{u"phase"_s, 1}, {u"deadline"_s, 5}};
        QVERIFY(await(bench.stack.history.rules.save(row)).ok());
        bench.restart();
        bench.pass(std::chrono::minutes(10));
        QCOMPARE(bench.stops(), 0);
        QVERIFY(!bench.guards->idle.ruleOf(bench.one));
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule(true))).ok()); // and it can be made good
        QVERIFY(bench.guards->idle.ruleOf(bench.one));
        IdleRule wrong = rule();
        wrong.percent = 0;
        QVERIFY(!await(bench.guards->idle.setRule(bench.one, wrong)).ok());
    }

    void aStopThatFailsIsSaid()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path == u"gpu/instance/stop"_s)
                return FakeAnswer::payload(R"({"code":403,"reason":"FORBIDDEN","message":"not yours"})", 403);
            return std::nullopt;
        };
        bench.pass(std::chrono::minutes(5));
        QTRY_COMPARE(bench.events(u"could not stop it"_s), 1);
        bench.settle();
        bench.pass(std::chrono::minutes(2));
        QCOMPARE(bench.stops(), 1); // not again and again
    }

    void whatCannotBeWrittenIsTakenBack()
    {
        GuardBench bench;
        bench.gpu = 70.0;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.refuseWrites(true);
        bench.gpu = 0.0;
        bench.pass(IdleGuard::kLongestWait); // a countdown is due, and cannot be kept
        QVERIFY(!await(bench.guards->idle.setRule(bench.one, rule(true))).ok());
        QVERIFY(!bench.guards->idle.ruleOf(bench.one)->dryRun);
        QCOMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Watching);
        QVERIFY(!bench.stack.stores.instances.extra(bench.one)->stopsAt);
        QVERIFY(bench.stack.notifications.shown().isEmpty());
        bench.refuseWrites(false);
        bench.pass(std::chrono::minutes(5));
        QCOMPARE(bench.stops(), 0); // nobody has been told
        QCOMPARE(bench.stack.notifications.shown().size(), 1);
        bench.pass(std::chrono::minutes(5));
        QTRY_COMPARE(bench.stops(), 1);
    }

    void aRuleThatIsRemovedAtTheLastMomentStopsNothing()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bool removed = false;
        QObject::connect(&bench.guards->idle, &IdleGuard::changed, &bench.stack.stores.instances, [&] {
            if (removed || bench.guards->idle.stateOf(bench.one).phase != IdleState::Phase::Stopping)
                return;
            removed = true;
            // Its last step is on the disk, and the answer is on its way.
            bench.stack.history.rules.read(bench.profile, u"idle"_s)->onFinished(&bench.stack.stores.instances, [&bench](const Result<QList<RuleRecord>> &) {
                bench.guards->idle.removeRule(bench.one);
            });
            QThread::msleep(30); // both answers have come before the first is taken
        });
        bench.clock.advance(std::chrono::minutes(5));
        bench.poll();
        bench.guards->idle.wake();
        QTRY_VERIFY(removed);
        bench.settle();
        bench.pass(std::chrono::minutes(1));
        QCOMPARE(bench.stops(), 0);
    }

    void whatItDoesIsNoWishOfAPersons()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.pass(std::chrono::minutes(5));
        QTRY_COMPARE(bench.events(u"was stopped by its idle rule"_s), 1);
        for (const ActivityEvent &event : bench.stack.stores.activity.events())
            QVERIFY2(event.source != EventSource::You || event.text.contains(u"has an idle rule"_s), qPrintable(event.text));
    }

    void whatCannotBeRemovedStandsAndActs()
    {
        GuardBench bench;
        bench.gpu = 70.0;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.refuseRemovals(true);
        QVERIFY(!await(bench.guards->idle.removeRule(bench.one)).ok());
        QVERIFY(bench.guards->idle.ruleOf(bench.one).has_value());
        QCOMPARE(bench.events(u"was removed"_s), 0);
        bench.gpu = 0.0;
        bench.pass(IdleGuard::kLongestWait);
        QTRY_COMPARE(bench.guards->idle.stateOf(bench.one).phase, IdleState::Phase::Countdown);
        bench.refuseRemovals(false);
        QVERIFY(await(bench.guards->idle.removeRule(bench.one)).ok());
        QVERIFY(!bench.guards->idle.ruleOf(bench.one));
        QCOMPARE(bench.events(u"was removed"_s), 1);
        bench.restart();
        QVERIFY(!bench.guards->idle.ruleOf(bench.one));
    }

    void whatCannotBeReadIsToldAndNotTakenForNone()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule())).ok());
        bench.settle();
        bench.hideRules(true);
        bench.restart();
        QTRY_COMPARE(bench.events(u"The idle rules could not be read"_s), 1);
        QCOMPARE(bench.events(u"The spot rules could not be read"_s), 1);
        QCOMPARE(bench.events(u"The schedules could not be read"_s), 1);
        bench.hideRules(false);
        QCOMPARE(await(bench.guards->idle.setRule(bench.one, rule(true))).error().kind, ErrorKind::Storage);
        bench.guards->setProfile(bench.profile);
        bench.settle();
        QVERIFY(bench.guards->idle.ruleOf(bench.one).has_value());
        QVERIFY(!bench.guards->idle.ruleOf(bench.one)->dryRun);
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule(true))).ok());
        QCOMPARE(bench.guards->idle.instances().size(), 1);
    }

    void goesWithItsInstance()
    {
        GuardBench bench;
        QVERIFY(await(bench.guards->idle.setRule(bench.one, rule(true))).ok());
        bench.cloud.instances.clear();
        bench.run(InstanceId(u"other"_s), 10);
        QTRY_VERIFY(!bench.guards->idle.ruleOf(bench.one));
        QTRY_COMPARE(bench.events(u"the instance is gone"_s), 1);
    }
};

QTEST_GUILESS_MAIN(TestIdleGuard)
#include "tst_idleguard.moc"
