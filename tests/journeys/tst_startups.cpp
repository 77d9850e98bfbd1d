// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/productranking.h"
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace novita;
using A = InstanceAction;
using S = StartupState;

namespace {

SandboxOptions serving(double timeScale = 1000.0)
{
    SandboxOptions options = SandboxFixture::options(0, timeScale);
    options.servesEndpoints = true;
    return options;
}

/// The stack with monitors on everything that starts, and a history in memory.
class World final : public SandboxFixture
{
public:
    explicit World(SandboxOptions options = serving()) : SandboxFixture(std::move(options)) {}

    bool begin()
    {
        stack.probe.setReach(Reach::Local);
        stack.startups.follow(stack.creator, stack.commands);
        if (!connect())
            return false;
        stack.startups.setProfile(ProfileId(QStringLiteral("p")));
        return true;
    }
    InstanceId make(const InstanceDraft &wanted)
    {
        const auto outcome = create(wanted);
        return outcome && outcome->ok() ? (*outcome)->id : InstanceId();
    }
    S stateOf(const InstanceId &id) const
    {
        const StartupMonitor *monitor = stack.startups.find(id);
        return monitor ? monitor->current().phase.state : S::Unknown;
    }
    QString reasonOf(const InstanceId &id) const
    {
        const StartupMonitor *monitor = stack.startups.find(id);
        return monitor ? monitor->current().phase.reason : QString();
    }
    QStringList statesOf(const InstanceId &id) const
    {
        QStringList names;
        const StartupMonitor *monitor = stack.startups.find(id);
        for (const TimelineEntry &step : monitor ? monitor->steps() : QList<TimelineEntry>())
            names.append(step.state);
        return names;
    }
    /// Polls until the monitor of `id` is in `state`.
    bool comesTo(const InstanceId &id, S state)
    {
        for (int polls = 0; polls < 400 && stateOf(id) != state; ++polls) {
            static_cast<void>(refresh());
            QTest::qWait(20);
        }
        return stateOf(id) == state;
    }
};

QJsonObject failingReads(int status, int count)
{
    return {{QStringLiteral("kind"), QStringLiteral("serverError")}, {QStringLiteral("method"), QStringLiteral("GET")},
            {QStringLiteral("path"), QStringLiteral("*/gpu/*")},     {QStringLiteral("status"), status},
            {QStringLiteral("count"), count}};
}

} // namespace

/// Starts under the circumstances in which watching them is easily got wrong: each ends as the cloud has it.
class TestStartups final : public QObject
{
    Q_OBJECT

private slots:
    /// The deadline and the endpoints of the first run are not those of the second.
    void twoStartsWithinADay()
    {
        World world;
        QVERIFY(world.begin());
        const InstanceId id = world.make(world.draft(QStringLiteral("twice")));
        QVERIFY(!id.isEmpty());
        QVERIFY(world.comesTo(id, S::Ready));
        const auto stopped = world.run(id, A::Stop);
        QVERIFY(stopped && stopped->ok());
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        world.cloud.advance(std::chrono::hours(20));
        const auto started = world.run(id, A::Start);
        QVERIFY(started && started->ok());
        QVERIFY(world.stateOf(id) != S::Ready);
        QVERIFY(world.comesTo(id, S::Ready));
        for (const S state : {S::Failed, S::TimedOut})
            QVERIFY2(!world.statesOf(id).contains(startupInfo(state).name), qPrintable(world.statesOf(id).join(QLatin1Char(' '))));
        QCOMPARE(world.countRequests(QStringLiteral("startInstance")), 1);
        QCOMPARE(world.violations(), QStringList());
    }

    /// Nothing is concluded from an answer that did not come, and nothing is announced.
    void anUpgradeAndAMoveAreWatchedToReady_data()
    {
        QTest::addColumn<bool>("moves");
        QTest::newRow("upgrade") << false;
        QTest::newRow("migrate") << true;
    }
    void anUpgradeAndAMoveAreWatchedToReady()
    {
        QFETCH(bool, moves);
        World world;
        QTemporaryDir dir;
        world.stack.history.open(dir.filePath(QStringLiteral("history.sqlite")));
        QVERIFY(world.begin());
        InstanceDraft wanted = world.draft(QStringLiteral("box"));
        wanted.billing = BillingMode::Spot;
        const InstanceId id = world.make(wanted);
        QVERIFY(world.comesTo(id, S::Ready));
        const TimePoint first = world.stack.startups.find(id)->current().phase.since;
        if (moves) {
            QVERIFY(world.cloud.reclaimSpot(id.toString(), Seconds(0)).ok());
            QVERIFY(world.reaches(id, QStringLiteral("exited")));
            const auto asked = world.run(id, A::Migrate);
            QVERIFY(asked && asked->ok());
        } else {
            QVERIFY(await(world.stack.refresher.refreshInstance(id, true)).ok());
            UpgradeRequest upgrade = UpgradeRequest::of(*world.stack.stores.instances.find(id));
            upgrade.imageUrl = QStringLiteral("docker.io/library/debian:12");
            const auto asked = world.run(id, upgrade);
            QVERIFY(asked && asked->ok());
        }
        // A monitor of its own, from the beginning.
        QCOMPARE(world.statesOf(id).value(0), QStringLiteral("requested"));
        QVERIFY(world.comesTo(id, S::Ready));
        QVERIFY(world.stack.startups.find(id)->current().phase.since > first);
        QVERIFY2(world.statesOf(id).contains(QStringLiteral("checking")), qPrintable(world.statesOf(id).join(u' ')));
        // And both ways to Ready in the history.
        const auto kept = [&]() -> QStringList {
            QStringList names;
            const auto read = await(world.stack.history.timeline.read(ProfileId(QStringLiteral("p")), id));
            for (const TimelineEntry &step : read.valueOr({}))
                names.append(step.state);
            return names;
        };
        QTRY_COMPARE(kept().count(QStringLiteral("ready")), 2);
        QCOMPARE(kept().count(QStringLiteral("requested")), 2);
        QCOMPARE(world.violations(), QStringList());
    }

    void badGatewayWhilePolling()
    {
        World world(serving(100.0));
        QVERIFY(world.begin());
        const InstanceId id = world.make(world.draft(QStringLiteral("patient")));
        QVERIFY(!id.isEmpty());
        const qsizetype told = world.stack.eventTexts().size();
        world.addFault(failingReads(502, 6));
        const auto missed = world.refresh();
        QVERIFY(missed);
        QVERIFY(!startupInfo(world.stateOf(id)).over);
        for (const S state : {S::Failed, S::Unknown, S::TimedOut, S::Removed})
            QVERIFY2(!world.statesOf(id).contains(startupInfo(state).name), startupInfo(state).label);
        world.cloud.clearFaults();
        QVERIFY(world.comesTo(id, S::Ready));
        const QStringList after = world.stack.eventTexts().mid(told);
        QCOMPARE(after.filter(QStringLiteral("is ready")).size(), 1);
        QVERIFY2(after.filter(QStringLiteral("failed"), Qt::CaseInsensitive).isEmpty(), qPrintable(after.join(QLatin1Char('\n'))));
        QCOMPARE(world.violations(), QStringList());
    }

    /// A port that speaks no HTTP is reached by a connection, not by a request.
    void tcpPortsOnly()
    {
        World world;
        QVERIFY(world.begin());
        InstanceDraft draft = world.draft(QStringLiteral("database"));
        draft.ports = {{5432, QStringLiteral("tcp")}};
        const InstanceId id = world.make(draft);
        QVERIFY(!id.isEmpty());
        QVERIFY(world.comesTo(id, S::Ready));
        const QList<EndpointStatus> endpoints = world.stack.startups.find(id)->endpoints();
        const auto port = std::find_if(endpoints.begin(), endpoints.end(), [](const EndpointStatus &one) { return one.label == QLatin1String("5432/tcp"); });
        QVERIFY(port != endpoints.end());
        QCOMPARE(port->state, EndpointStatus::State::Alive);
        QCOMPARE(port->target.kind, ProbeTarget::Kind::Tcp);
        QCOMPARE(world.violations(), QStringList());
    }

    /// Somebody else deletes it on the way: that is its end, not a start that takes long.
    void removedWhileStarting()
    {
        World world(serving(100.0));
        QVERIFY(world.begin());
        const InstanceId id = world.make(world.draft(QStringLiteral("gone")));
        QVERIFY(!id.isEmpty());
        QVERIFY(!startupInfo(world.stateOf(id)).over);
        ClientStack other;
        other.connectTo(world.cloud.apiRoot());
        QTRY_VERIFY(other.stores.instances.find(id));
        QVERIFY(await(other.commands.run(id, A::Delete)).ok());
        QVERIFY(world.comesTo(id, S::Removed));
        QCOMPARE(world.stack.startups.openCount(), 0);
        QVERIFY(world.reaches(id, QString()));
        QCOMPARE(world.violations(), QStringList());
    }

    /// Asked to wait for twenty seconds, nothing goes out for twenty seconds; then the start is watched on.
    void retryAfterTwentySeconds()
    {
        World world(serving(20.0));
        QVERIFY(world.begin());
        const InstanceId id = world.make(world.draft(QStringLiteral("limited")));
        QVERIFY(!id.isEmpty());
        world.addFault({{QStringLiteral("kind"), QStringLiteral("rateLimit")}, {QStringLiteral("method"), QStringLiteral("GET")},
                        {QStringLiteral("count"), 1}, {QStringLiteral("retryAfter"), 20}});
        QElapsedTimer timer;
        timer.start();
        bool answered = false;
        world.stack.refresher.refresh(DataKind::Instances)->onFinished(&world.stack.refresher, [&answered](const Result<int> &) { answered = true; });
        QTRY_COMPARE(world.stack.session.connection(), ConnectionState::RateLimited);
        const auto sent = [&world] { return world.cloud.requests().size(); };
        const qsizetype before = sent();
        // The window goes on: what is shown says why, and since when.
        QVERIFY(world.stack.session.clientStatus().pausedUntil);
        const std::chrono::milliseconds pause = *world.stack.session.clientStatus().pausedUntil - world.stack.clock.now();
        QVERIFY2(pause > std::chrono::seconds(17) && pause <= std::chrono::seconds(21), qPrintable(QString::number(pause.count())));
        QTRY_VERIFY_WITH_TIMEOUT(answered || sent() > before, 30000);
        QVERIFY2(timer.elapsed() >= 19500, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(world.comesTo(id, S::Ready));
        QCOMPARE(world.violations(), QStringList());
    }

    /// No price is not the lowest price.
    void zeroSpotPrice()
    {
        World world;
        QVERIFY(world.begin());
        QVERIFY(!world.draft(QStringLiteral("x")).productId.isEmpty());
        QList<Product> products;
        QStringList free;
        for (const ProductId &id : world.stack.stores.products.ids()) {
            products.append(*world.stack.stores.products.find(id));
            if (products.last().kind == ProductKind::Gpu && !products.last().spotPrice)
                free.append(id.toString());
        }
        QVERIFY(!free.isEmpty());
        ProductQuery query;
        query.mode = BillingMode::Spot;
        const QList<RankedProduct> ranking = rankProducts(products, {}, query);
        QVERIFY(!ranking.isEmpty() && ranking.first().isOffered());
        QVERIFY(*ranking.first().price > Money());
        for (const RankedProduct &row : ranking) {
            if (!free.contains(row.id.toString()))
                continue;
            QVERIFY(!row.isOffered());
            QVERIFY(!row.reason.isEmpty());
        }
        InstanceDraft draft = world.draft(QStringLiteral("spot"));
        draft.productId = ranking.first().id;
        draft.billing = BillingMode::Spot;
        const InstanceId id = world.make(draft);
        QVERIFY(!id.isEmpty());
        QVERIFY(world.comesTo(id, S::Ready));
        QCOMPARE(world.stack.stores.instances.find(id)->billing, BillingMode::Spot);
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestStartups)
#include "tst_startups.moc"
