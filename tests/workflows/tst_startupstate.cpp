// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/startupstate.h"

#include <QTest>

using namespace novita;

namespace {

TimePoint at(qint64 seconds)
{
    return TimePoint(Seconds(1'800'000'000 + seconds));
}

Instance instance(const char *status, std::optional<TimePoint> started = {})
{
    Instance out;
    out.id = InstanceId(QStringLiteral("i"));
    out.statusText = QString::fromLatin1(status);
    out.status = instanceStatusFromWire(out.statusText);
    out.lastStartedAt = started;
    return out;
}

using S = StartupState;
using G = StartupSignal;

/// The states that a list of wire statuses leads through, five seconds apart.
QList<S> walk(const QList<const char *> &statuses, const StartupRequest &request = {at(0), false, {}}, S from = S::Requested)
{
    StartupPhase phase{from, at(0), {}};
    QList<S> states;
    qint64 second = 0;
    for (const char *status : statuses) {
        phase = advanceStartup(phase, request, instance(status), at(second += 5));
        states.append(phase.state);
    }
    return states;
}

} // namespace

class TestStartupState : public QObject
{
    Q_OBJECT

private slots:
    void everyStateHasItsName()
    {
        for (int i = 0; i <= int(S::Unknown); ++i) {
            const auto state = static_cast<S>(i);
            QCOMPARE(startupInfo(state).state, state);
            QCOMPARE(startupStateFromName(QString(startupInfo(state).name)), state);
        }
        QCOMPARE(startupStateFromName(u"no such state"), S::Unknown);
    }

    void everyStatusHasItsSignal_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("signal");
        const auto row = [](const char *status, G signal) { QTest::newRow(status) << QByteArray(status) << int(signal); };
        row("pending", G::Waiting); row("toCreate", G::Waiting); row("creating", G::Waiting); row("pulling", G::Pulling);
        row("running", G::Running); row("toStart", G::Starting); row("starting", G::Starting); row("toStop", G::Stopping);
        row("stopping", G::Stopping); row("exited", G::Exited); row("toRestart", G::Starting); row("restarting", G::Starting);
        row("toRemove", G::Gone); row("removing", G::Gone); row("removed", G::Gone); row("toReset", G::Starting);
        row("resetting", G::Starting); row("migrating", G::Starting); row("freezing", G::Strange); row("hibernating", G::Strange);
    }
    void everyStatusHasItsSignal()
    {
        QFETCH(QByteArray, status);
        QFETCH(int, signal);
        QCOMPARE(int(signalOf(instance(status.constData()))), signal);
    }

    void theUsualWay()
    {
        QCOMPARE(walk({"toCreate", "creating", "pulling", "pulling", "running"}), QList<S>({S::Creating, S::Creating, S::Pulling, S::Pulling, S::Running}));
        const StartupPhase running{S::Running, at(0), {}};
        const StartupPhase checking = advanceStartup(running, G::CheckBegun, {}, at(1));
        QCOMPARE(checking.state, S::Checking);
        QCOMPARE(checking.since, at(1));
        QCOMPARE(advanceStartup(checking, G::ChecksPassed, {}, at(2)).state, S::Ready);
        QCOMPARE(advanceStartup(running, G::ChecksPassed, {}, at(2)).state, S::Ready); // nothing to check
    }

    void sinceIsWhenTheStateBegan()
    {
        StartupPhase phase{S::Requested, at(0), {}};
        phase = advanceStartup(phase, {at(0), false, {}}, instance("pulling"), at(5));
        phase = advanceStartup(phase, {at(0), false, {}}, instance("pulling"), at(50));
        QCOMPARE(phase.since, at(5));
    }

    void anOldAnswerIsNotTheOutcome()
    {
        // The list still says what was before the start.
        QCOMPARE(walk({"exited", "exited", "toStart", "starting", "running"}),
                 QList<S>({S::Requested, S::Requested, S::Starting, S::Starting, S::Running}));
        // A second start within a day: the first run's times are no news.
        const StartupRequest again{at(0), false, at(-3600)};
        StartupPhase phase{S::Requested, at(0), {}};
        phase = advanceStartup(phase, again, instance("exited", at(-3600)), at(5));
        QCOMPARE(phase.state, S::Requested);
        // It ran and stopped in between two polls: that is news.
        QCOMPARE(advanceStartup(phase, again, instance("exited", at(6)), at(10)).state, S::Stopped);
        // And for ever nobody waits.
        QCOMPARE(advanceStartup(phase, again, instance("exited", at(-3600)), at(91)).state, S::Stopped);
    }

    void aRestartIsNotDoneBecauseItStillRuns()
    {
        const StartupRequest restart{at(0), true, at(-100)};
        StartupPhase phase{S::Requested, at(0), {}};
        phase = advanceStartup(phase, restart, instance("running", at(-100)), at(2));
        QCOMPARE(phase.state, S::Requested);
        QCOMPARE(advanceStartup(phase, restart, instance("running", at(3)), at(4)).state, S::Running);
        QCOMPARE(advanceStartup(phase, restart, instance("restarting", at(-100)), at(4)).state, S::Starting);
        QCOMPARE(advanceStartup(phase, restart, instance("running", at(-100)), at(95)).state, S::Running);
    }

    void endsThatTheCloudNames()
    {
        QCOMPARE(walk({"starting", "removed"}).last(), S::Removed);
        QCOMPARE(walk({"starting", "toRemove"}).last(), S::Removed);
        QCOMPARE(walk({"starting", "stopping", "exited"}), QList<S>({S::Starting, S::Starting, S::Stopped}));
        Instance broken = instance("exited");
        broken.statusError = QStringLiteral("image not found");
        const StartupPhase failed = advanceStartup({S::Pulling, at(0), {}}, {at(0), false, {}}, broken, at(5));
        QCOMPARE(failed, (StartupPhase{S::Failed, at(5), QStringLiteral("image not found")}));
        // Its own message from before is cleared by the cloud or not: what runs, runs.
        broken = instance("running");
        broken.statusError = QStringLiteral("image not found");
        QCOMPARE(advanceStartup({S::Pulling, at(0), {}}, {at(0), false, {}}, broken, at(5)).state, S::Running);
    }

    void aSpotGpuThatIsTakenBack()
    {
        Instance reclaimed = instance("exited");
        reclaimed.billing = BillingMode::Spot;
        reclaimed.spotStatus = SpotStatus::Terminated;
        reclaimed.spotStatusText = QStringLiteral("terminated");
        QVERIFY(reclaimed.isReclaimed());
        QCOMPARE(advanceStartup({S::Starting, at(0), {}}, {at(0), false, {}}, reclaimed, at(5)).state, S::Reclaimed);
    }

    void unknownStatusesAreKeptVerbatimAndPass()
    {
        StartupPhase phase = advanceStartup({S::Creating, at(0), {}}, {at(0), false, {}}, instance("hibernating"), at(5));
        QCOMPARE(phase, (StartupPhase{S::Unknown, at(5), QStringLiteral("hibernating")}));
        phase = advanceStartup(phase, {at(0), false, {}}, instance("freezing"), at(10));
        QCOMPARE(phase, (StartupPhase{S::Unknown, at(5), QStringLiteral("freezing")}));
        phase = advanceStartup(phase, {at(0), false, {}}, instance("running"), at(15));
        QCOMPARE(phase, (StartupPhase{S::Running, at(15), {}}));
    }

    void aDeadlineIsNotTheEnd()
    {
        StartupPhase phase = advanceStartup({S::Pulling, at(0), {}}, G::Deadline, {}, at(600));
        QCOMPARE(phase.state, S::TimedOut);
        QVERIFY(!startupInfo(phase.state).over);
        phase = advanceStartup(phase, {at(0), false, {}}, instance("pulling"), at(610));
        QCOMPARE(phase.state, S::TimedOut);
        phase = advanceStartup(phase, {at(0), false, {}}, instance("running"), at(700));
        QCOMPARE(phase.state, S::Running);
        QCOMPARE(advanceStartup({S::Ready, at(0), {}}, G::Deadline, {}, at(600)).state, S::Ready);
    }

    void failedChecksCanBeRepeatedByHand()
    {
        StartupPhase phase = advanceStartup({S::Checking, at(0), {}}, G::ChecksFailed, QStringLiteral("port 8080 refused"), at(300));
        QCOMPARE(phase, (StartupPhase{S::Failed, at(300), QStringLiteral("port 8080 refused")}));
        phase = advanceStartup(phase, G::CheckBegun, {}, at(400));
        QCOMPARE(phase, (StartupPhase{S::Checking, at(400), {}}));
    }

    /// Whatever comes, in whatever order: what is over stays over, but for a new check.
    void theUsualTimeIsTheMedian()
    {
        using std::chrono::seconds;
        QCOMPARE(usualStart({seconds(60), seconds(90)}), std::nullopt);
        QCOMPARE(usualStart({seconds(60), seconds(0), seconds(-5), seconds(90)}), std::nullopt);
        QCOMPARE(usualStart({seconds(9000), seconds(60), seconds(90)}), (UsualStart{seconds(90), 3}));
    }

    void nothingLeavesAnEnd()
    {
        for (const S end : {S::Reclaimed, S::Stopped, S::Removed, S::Ready, S::Failed}) {
            for (std::size_t signal = 0; signal < kStartupSignals; ++signal) {
                const S next = nextStartupState(end, static_cast<G>(signal));
                const bool checksAgain = static_cast<G>(signal) == G::CheckBegun && (end == S::Ready || end == S::Failed);
                QCOMPARE(next, checksAgain ? S::Checking : end);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestStartupState)
#include "tst_startupstate.moc"
