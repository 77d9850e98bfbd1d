// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/database/operationlog.h"
#include "core/database/timeline.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/startupnotices.h"
#include "core/workflows/startupwatch.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QJsonArray>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;
using S = StartupState;

namespace {

const ProfileId kProfile(QStringLiteral("p"));
const InstanceId kOne(QStringLiteral("one"));

/// A cloud, the program's core on it, a history file, and a watch that can be thrown away and made anew as by a kill.
struct Bench
{
    QTemporaryDir dir;
    FakeClock clock;
    FakeCloud cloud;
    FakeNam endpoints;
    ClientStack stack{cloud.nam, clock};
    EndpointProbe probe{endpoints, clock};
    Database database{clock};
    OperationLog operations{database};
    Timeline timeline{database};
    std::unique_ptr<StartupWatch> watch;

    Bench()
    {
        if (!await(database.open(dir.filePath(QStringLiteral("history.sqlite")))).ok())
            qFatal("no database");
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        if (!stack.settings->setValue(keys::kMaxRetries, 0).ok()) // a retry would wait for a clock that stands still
            qFatal("no settings");
        restart();
    }
    void restart()
    {
        watch.reset();
        watch = std::make_unique<StartupWatch>(stack.stores, stack.refresher, probe, stack.settings.get(), operations, timeline, clock, [] { return 0.5; });
        EndpointCheck::Limits limits;
        limits.firstWait = Milliseconds(5);
        watch->setCheckLimits(limits);
        watch->setProfile(kProfile);
    }
    /// The cloud has moved on and a poll sees it.
    void poll()
    {
        static_cast<void>(await(stack.refresher.refresh(DataKind::Instances)));
        QTest::qWait(1);
    }
    void show(const QString &status)
    {
        cloud.setStatus(kOne.toString(), status);
        poll();
    }
    void runsAt(const QString &endpoint)
    {
        QJsonObject &row = cloud.instances[kOne.toString()];
        row.insert(QStringLiteral("status"), QStringLiteral("running"));
        row.insert(QStringLiteral("portMappings"), QJsonArray{QJsonObject{{QStringLiteral("port"), 8080}, {QStringLiteral("type"), QStringLiteral("http")}, {QStringLiteral("endpoint"), endpoint}}});
        row.insert(QStringLiteral("connectComponentSSH"), QJsonObject{{QStringLiteral("sshCommand"), QString()}});
        poll();
    }
    S state() const
    {
        const StartupMonitor *monitor = watch->find(kOne);
        return monitor ? monitor->current().phase.state : S::Unknown;
    }
    QStringList states() const
    {
        QStringList names;
        const StartupMonitor *monitor = watch->find(kOne);
        for (const TimelineEntry &step : monitor ? monitor->steps() : QList<TimelineEntry>())
            names.append(step.state);
        return names;
    }
    void startIt()
    {
        cloud.put(kOne.toString(), QStringLiteral("exited"), QStringLiteral("box"));
        poll();
        watch->begin(kOne, *stack.stores.instances.find(kOne));
    }
};

} // namespace

class TestStartupWatch : public QObject
{
    Q_OBJECT

private slots:
    void fromTheClickToReady()
    {
        Bench bench;
        bench.startIt();
        QCOMPARE(bench.state(), S::Requested);
        bench.poll(); // still "exited": the old answer
        QCOMPARE(bench.state(), S::Requested);
        bench.clock.advance(Seconds(5));
        bench.show(QStringLiteral("starting"));
        bench.clock.advance(Seconds(5));
        bench.show(QStringLiteral("pulling"));
        bench.clock.advance(Seconds(60));
        bench.runsAt(QStringLiteral("https://box-8080.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
        QCOMPARE(bench.states(), QStringList({QStringLiteral("requested"), QStringLiteral("starting"), QStringLiteral("pulling"),
                                              QStringLiteral("running"), QStringLiteral("checking"), QStringLiteral("ready")}));
        QCOMPARE(bench.watch->find(kOne)->endpoints().first().label, QStringLiteral("8080/http"));
        QCOMPARE(bench.watch->openCount(), 0);
        QVERIFY2(bench.stack.eventTexts().contains(QStringLiteral("“box” is ready.")), qPrintable(bench.stack.eventTexts().join(QLatin1Char(0x7c))));

        QTRY_COMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::Ready); // the turn is over
        const QList<TimelineEntry> kept = await(bench.timeline.read(kProfile, kOne)).value();
        QCOMPARE(kept.size(), 6);
        QCOMPARE(kept.at(2).at - kept.at(1).at, Milliseconds(Seconds(5)));
        const QList<Operation> operations = await(bench.operations.read(kProfile, {})).value();
        QCOMPARE(operations.size(), 1);
        QCOMPARE(operations.first().state, OperationState::Done);
    }

    void readyAtIsKnownAfterARestart()
    {
        Bench bench;
        bench.startIt();
        bench.cloud.instances[kOne.toString()].insert(QStringLiteral("lastStartedAt"), 1767225600);
        bench.clock.advance(Seconds(30));
        bench.runsAt(QStringLiteral("https://box.example"));
        const auto extra = [&bench] { return bench.stack.stores.instances.extra(kOne); };
        QTRY_COMPARE(extra()->startup, StartupMark::Ready);
        const TimePoint ready = bench.clock.now();
        QCOMPARE(extra()->readyAt, std::optional(ready));
        bench.clock.advance(Seconds(60));
        QVERIFY(await(bench.watch->recheck(kOne)).ok()); // is no other start
        QTRY_COMPARE(bench.state(), S::Ready);
        QTRY_COMPARE(extra()->startup, StartupMark::Ready);
        QCOMPARE(extra()->readyAt, std::optional(ready));
        bench.restart();
        bench.stack.stores.instances.setStartupMarks({{kOne, StartupMark::None}});
        QTRY_COMPARE(extra()->startup, StartupMark::Ready);
        QCOMPARE(extra()->readyAt, std::optional(ready));
        bench.show(QStringLiteral("exited"));
        QCOMPARE(extra()->readyAt, std::nullopt);
    }

    void howLongAStartTakesIsLearned()
    {
        Bench bench;
        bench.startIt();
        for (const int seconds : {40, 50, 60}) {
            QCOMPARE(bench.watch->expectedReady(kOne), std::nullopt);
            bench.clock.advance(Seconds(seconds));
            bench.runsAt(QStringLiteral("https://box.example"));
            QTRY_COMPARE(bench.state(), S::Ready);
            QCOMPARE(bench.watch->expectedReady(kOne), std::nullopt); // it is there
            bench.show(QStringLiteral("exited"));
            bench.watch->begin(kOne, *bench.stack.stores.instances.find(kOne));
        }
        const TimePoint expected = bench.clock.now() + Seconds(50);
        QCOMPARE(bench.watch->expectedReady(kOne), std::optional(expected));
        bench.restart();
        QTRY_COMPARE(bench.watch->expectedReady(kOne), std::optional(expected));
        bench.clock.advance(Seconds(50));
        QCOMPARE(bench.watch->expectedReady(kOne), std::nullopt); // it takes longer than usual
        bench.watch->setProfile(ProfileId(QStringLiteral("other")));
        bench.watch->begin(kOne, *bench.stack.stores.instances.find(kOne));
        QVERIFY(await(bench.timeline.read(kProfile, kOne)).ok());
        QCOMPARE(bench.watch->expectedReady(kOne), std::nullopt); // of starts of another account nothing follows
    }

    void aFailedPollChangesNothing()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("starting"));
        QCOMPARE(bench.state(), S::Starting);
        bench.cloud.intercept = [](const QString &, const FakeRequest &) { return FakeAnswer::payload("", 502); };
        bench.poll();
        QVERIFY(bench.stack.stores.instances.missedRefreshes() > 0);
        QCOMPARE(bench.state(), S::Starting);
        bench.cloud.intercept = {};
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
    }

    void goesOnAfterAKill()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("pulling"));
        const TimePoint deadline = bench.watch->find(kOne)->current().deadline;
        bench.restart();
        QTRY_COMPARE(bench.state(), S::Pulling);
        QCOMPARE(bench.watch->find(kOne)->current().deadline, deadline);
        QCOMPARE(await(bench.operations.read(kProfile, {})).value().size(), 1);
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
        bench.restart(); // what is over is not taken up again
        QVERIFY(await(bench.operations.read(kProfile, {})).ok());
        QVERIFY(!bench.watch->find(kOne));
    }

    void ofTwoRecordsOfOneInstanceTheOlderEnds()
    {
        Bench bench;
        bench.startIt();
        Operation older = await(bench.operations.read(kProfile, {})).value().first();
        older.id = OperationLog::newId();
        older.createdAt -= std::chrono::hours(1);
        Operation unreadable = older;
        unreadable.id = OperationLog::newId();
        unreadable.payload = {};
        QVERIFY(await(bench.operations.save({older, unreadable})).ok());
        bench.restart();
        const auto open = [&bench] {
            OperationLog::Filter filter;
            filter.openOnly = true;
            return await(bench.operations.read(kProfile, filter)).valueOr({});
        };
        QTRY_COMPARE(open().size(), 1);
        QVERIFY(open().first().id != older.id);
        QCOMPARE(bench.watch->openCount(), 1);
    }

    void checksAreBegunAnewAfterAKill()
    {
        Bench bench;
        bench.endpoints.setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        bench.startIt();
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Checking);
        bench.endpoints.setResponder({});
        bench.restart();
        QTRY_COMPARE(bench.state(), S::Ready);
    }

    void aDeadlineThatPassesIsSaidAndWatchedOn()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("pulling"));
        bench.clock.advance(Seconds(601));
        bench.watch->wake();
        QCOMPARE(bench.state(), S::TimedOut);
        QCOMPARE(bench.watch->openCount(), 1);
        bench.show(QStringLiteral("starting"));
        QCOMPARE(bench.state(), S::TimedOut);
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
    }

    void theDeadlinePassesWhileTheProgramIsOff()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("pulling"));
        bench.watch.reset();
        bench.clock.advance(std::chrono::hours(2));
        bench.restart();
        QTRY_VERIFY(bench.watch->find(kOne));
        bench.watch->wake();
        QCOMPARE(bench.state(), S::TimedOut);
    }

    void aSecondStartHasItsOwnTime()
    {
        Bench bench;
        bench.startIt();
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
        bench.show(QStringLiteral("exited"));
        bench.clock.advance(std::chrono::hours(3));
        bench.watch->begin(kOne, *bench.stack.stores.instances.find(kOne));
        bench.watch->wake();
        QCOMPARE(bench.state(), S::Requested);
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
        QCOMPARE(await(bench.operations.read(kProfile, {})).value().size(), 2);
    }

    void removedWhileStarting()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("starting"));
        bench.cloud.instances.clear();
        bench.poll();
        QCOMPARE(bench.state(), S::Removed);
        QCOMPARE(await(bench.operations.read(kProfile, {})).value().first().state, OperationState::Failed);
    }

    void removedWhileTheProgramIsOff()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("starting"));
        bench.watch.reset();
        bench.cloud.instances.clear();
        bench.poll();
        bench.clock.advance(Seconds(120));
        bench.restart();
        QTRY_COMPARE(bench.state(), S::Removed);
    }

    void ofARemovalFromElsewhereANotificationTells_data()
    {
        QTest::addColumn<bool>("fromHere");
        QTest::newRow("from elsewhere") << false;
        QTest::newRow("from here") << true;
    }
    void ofARemovalFromElsewhereANotificationTells()
    {
        QFETCH(bool, fromHere);
        Bench bench;
        bench.stack.notifications.setProfile(kProfile);
        const StartupNotices notices(bench.stack.stores, *bench.watch, bench.stack.notifications);
        bench.cloud.put(kOne.toString(), QStringLiteral("creating"), QStringLiteral("box"));
        bench.watch->begin(kOne, std::nullopt); // as after a create: nobody knows its name yet
        bench.show(QStringLiteral("pulling"));
        if (fromHere)
            bench.stack.stores.instances.setAsked(kOne, InstanceAction::Delete, bench.clock.now());
        bench.cloud.instances.clear();
        bench.poll();
        QCOMPARE(bench.state(), S::Removed);
        const QList<ShownNotification> shown = bench.stack.notifications.shown();
        QCOMPARE(shown.size(), fromHere ? 0 : 1);
        if (!fromHere)
            QCOMPARE(shown.first().title, QStringLiteral("“box” is gone"));
    }

    void deadEndpointsFailWithTheirReasonAndCanBeCheckedAgain()
    {
        Bench bench;
        bench.endpoints.setResponder([](const FakeRequest &) { return FakeAnswer::payload("", 502); });
        bench.startIt();
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Failed);
        QCOMPARE(bench.watch->find(kOne)->current().phase.reason, QStringLiteral("8080/http: HTTP 502"));
        QTRY_COMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::Failed);
        bench.endpoints.setResponder({});
        QVERIFY(await(bench.watch->recheck(kOne)).ok());
        QTRY_COMPARE(bench.state(), S::Ready);
        QTRY_COMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::Ready);
    }

    void checksWhatNobodyWatchedOnDemand()
    {
        Bench bench;
        bench.cloud.put(kOne.toString(), QStringLiteral("exited"));
        bench.poll();
        QCOMPARE(await(bench.watch->recheck(kOne)).error().kind, ErrorKind::Conflict);
        bench.runsAt(QStringLiteral("https://box.example"));
        QVERIFY(!bench.watch->find(kOne));
        QVERIFY(await(bench.watch->recheck(kOne)).ok());
        QTRY_COMPARE(bench.state(), S::Ready);
    }

    void anotherProfileHasItsOwnMonitors()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("starting"));
        bench.watch->setProfile(ProfileId(QStringLiteral("other")));
        QVERIFY(!bench.watch->find(kOne));
        QVERIFY(await(bench.operations.read(kProfile, {})).ok());
        QCOMPARE(bench.watch->openCount(), 0);
        bench.watch->setProfile(kProfile);
        QTRY_COMPARE(bench.state(), S::Starting);
    }

    void caseOutlivesJson()
    {
        StartupCase whole;
        whole.instance = kOne;
        whole.request = {TimePoint(Seconds(1'800'000'000)), true, TimePoint(Seconds(1'700'000'000))};
        whole.phase = {S::Unknown, TimePoint(Seconds(1'800'000'005)), QStringLiteral("hibernating")};
        whole.deadline = TimePoint(Seconds(1'800'000'600));
        whole.steps = {{whole.request.at, QStringLiteral("requested"), {}}, {whole.phase.since, QStringLiteral("unknown"), whole.phase.reason}};
        QCOMPARE(StartupCase::fromJson(whole.toJson()), std::optional(whole));
        QVERIFY(!StartupCase::fromJson({}));
        QVERIFY(!StartupCase::fromJson({{QStringLiteral("instance"), 7}}));
    }

    /// Whoever asked for it closes its own record next: a kill in between must not leave a start that nobody watches.
    void aStartIsOnItsWayToTheDiskAtOnce()
    {
        Bench bench;
        bench.startIt();
        const auto records = await(bench.operations.read(kProfile, {})); // asked for in the same turn
        QCOMPARE(records.value().size(), 1);
        QCOMPARE(records.value().first().state, OperationState::Running);
        QCOMPARE(await(bench.timeline.read(kProfile, kOne)).value().size(), 1);
    }

    void hundredsAtOnceAreAllWritten()
    {
        constexpr int kMany = 500;
        Bench bench;
        const auto idOf = [](int number) { return InstanceId(QStringLiteral("many-%1").arg(number)); };
        const auto moveAll = [&](const QString &status) {
            for (int i = 0; i < kMany; ++i)
                bench.cloud.put(idOf(i).toString(), status);
            bench.clock.advance(Seconds(5));
            bench.poll();
        };
        moveAll(QStringLiteral("exited"));
        for (int i = 0; i < kMany; ++i)
            bench.watch->begin(idOf(i), *bench.stack.stores.instances.find(idOf(i)));
        // In slices, each in a turn of its own; a row that moves on before its turn has come skips a step.
        moveAll(QStringLiteral("starting"));
        for (int i = 0; i < kMany; ++i)
            QTRY_COMPARE(bench.watch->find(idOf(i))->steps().size(), 2);
        moveAll(QStringLiteral("pulling"));
        for (int i = 0; i < kMany; ++i)
            QTRY_COMPARE(bench.watch->find(idOf(i))->current().phase.state, S::Pulling);
        bench.watch.reset();

        const QList<Operation> records = await(bench.operations.read(kProfile, {})).value();
        QCOMPARE(records.size(), kMany);
        QSet<QString> subjects;
        for (const Operation &record : records) {
            subjects.insert(record.subject);
            QCOMPARE(record.state, OperationState::Running);
            QCOMPARE(StartupCase::fromJson(record.payload)->phase.state, S::Pulling);
        }
        QCOMPARE(subjects.size(), kMany);
        for (int i = 0; i < kMany; i += 49) {
            const QList<TimelineEntry> steps = await(bench.timeline.read(kProfile, idOf(i))).value();
            QCOMPARE(steps.size(), 3);
            QCOMPARE(steps.last().state, QStringLiteral("pulling"));
        }
        bench.restart();
        QTRY_COMPARE(bench.watch->openCount(), kMany);
    }

    void marksTheRow()
    {
        Bench bench;
        const auto mark = [&bench] {
            const InstanceExtra *extra = bench.stack.stores.instances.extra(kOne);
            return extra ? extra->startup : StartupMark::None;
        };
        bench.endpoints.setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        bench.startIt();
        bench.show(QStringLiteral("pulling"));
        QCOMPARE(mark(), StartupMark::None);
        bench.clock.advance(Seconds(601));
        bench.watch->wake();
        QTRY_COMPARE(mark(), StartupMark::TimedOut);
        bench.show(QStringLiteral("starting"));
        QCOMPARE(mark(), StartupMark::TimedOut);
        // As after a restart of the program: the watch is there before the rows are.
        bench.stack.stores.instances.reset();
        bench.restart();
        QTRY_COMPARE(bench.state(), S::TimedOut);
        bench.poll();
        QTRY_COMPARE(mark(), StartupMark::TimedOut);
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(mark(), StartupMark::Checking);
        bench.endpoints.setResponder({});
        bench.restart();
        QTRY_COMPARE(mark(), StartupMark::Ready);
        bench.show(QStringLiteral("stopping"));
        QTRY_COMPARE(mark(), StartupMark::None);
    }

    void whatHadEndedMarksTheRowAgainAfterAKill()
    {
        Bench bench;
        const auto mark = [&bench] { return bench.stack.stores.instances.extra(kOne)->startup; };
        const auto startedAt = [&bench](const QString &seconds) { bench.cloud.instances[kOne.toString()].insert(QStringLiteral("lastStartedAt"), seconds); };
        const auto killed = [&bench] {
            bench.stack.stores.instances.reset();
            bench.restart();
            QVERIFY(await(bench.operations.read(kProfile, {})).ok()); // the watch has asked for its own before
            bench.poll();
        };
        bench.startIt();
        startedAt(QStringLiteral("1763683200"));
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(mark(), StartupMark::Ready);
        killed();
        QTRY_COMPARE(mark(), StartupMark::Ready);
        bench.clock.advance(Seconds(86400));
        killed();
        QTRY_COMPARE(mark(), StartupMark::Ready);
        QVERIFY(!bench.watch->find(kOne)); // it is not watched: only the end of it is known

        startedAt(QStringLiteral("1763683300")); // by somebody else, while the program was off
        killed();
        QTest::qWait(20);
        QCOMPARE(mark(), StartupMark::None);
    }

    void aStartOfThisRunIsNewerThanWhatTheLogSays()
    {
        Bench bench;
        bench.startIt();
        bench.cloud.instances[kOne.toString()].insert(QStringLiteral("lastStartedAt"), QStringLiteral("1763683200"));
        bench.runsAt(QStringLiteral("https://box.example"));
        QTRY_COMPARE(bench.state(), S::Ready);
        bench.restart();
        bench.endpoints.setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        bench.watch->begin(kOne, *bench.stack.stores.instances.find(kOne));
        QVERIFY(await(bench.operations.read(kProfile, {})).ok());
        bench.poll();
        QTest::qWait(20);
        QCOMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::None);
    }

    void whatIsDismissedEndsAsCanceled()
    {
        Bench bench;
        bench.startIt();
        bench.show(QStringLiteral("pulling"));
        bench.clock.advance(Seconds(601));
        bench.watch->wake();
        QTRY_COMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::TimedOut);
        bench.watch->dismiss(kOne);
        QVERIFY(!bench.watch->find(kOne));
        QTRY_COMPARE(bench.stack.stores.instances.extra(kOne)->startup, StartupMark::None);
        QCOMPARE(await(bench.operations.read(kProfile, {})).value().first().state, OperationState::Canceled);
        bench.restart();
        QVERIFY(await(bench.operations.read(kProfile, {})).ok());
        QCOMPARE(bench.watch->openCount(), 0);
    }

    void whatIsOverGoesAfterAWhile()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("one"), QStringLiteral("starting"));
        bench.poll();
        bench.watch->begin(kOne, std::nullopt);
        bench.cloud.instances.erase(QStringLiteral("one"));
        bench.poll();
        QTRY_VERIFY(bench.watch->find(kOne) && bench.watch->find(kOne)->isOver());
        bench.clock.advance(Milliseconds(599000));
        bench.watch->wake();
        QVERIFY(bench.watch->find(kOne));
        bench.clock.advance(Milliseconds(2000));
        bench.watch->wake();
        QVERIFY(!bench.watch->find(kOne));
    }
};

QTEST_GUILESS_MAIN(TestStartupWatch)
#include "tst_startupwatch.moc"
