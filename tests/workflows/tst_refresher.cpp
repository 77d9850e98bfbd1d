// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "core/workflows/datareader.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QMap>
#include <QTest>

using namespace novita;

namespace {

const QString kList = QStringLiteral("gpu/instances");
const QString kBalance = QStringLiteral("billing/balance/detail");

struct Bench
{
    FakeCloud cloud;
    FakeClock clock;
    ClientStack stack{cloud.nam, clock};

    void connect() { stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9"))); }
    /// Everything that is under way has ended.
    bool settled()
    {
        return QTest::qWaitFor([this] {
            const ClientStatus status = stack.client.status();
            return stack.stores.instances.refreshedAt() && status.inFlight == 0 && status.queued == 0
                   && !stack.stores.instances.isRefreshing() && !stack.stores.products.isRefreshing() && !stack.stores.account.isRefreshing();
        }, 3000);
    }
    Milliseconds untilPoll() const { return stack.refresher.nextInstancePoll() - clock.steadyNow(); }
    void pass(Milliseconds time)
    {
        clock.advance(time);
        stack.client.recheck();
        stack.refresher.wake();
    }
};

} // namespace

class TestRefresher final : public QObject
{
    Q_OBJECT

private slots:
    void pollsFastWhileSomethingChanges()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("pulling"));
        bench.connect();
        QVERIFY(bench.settled());
        QCOMPARE(bench.untilPoll().count(), 5000);
        for (const qint64 expected : {7500, 11250}) {
            bench.pass(bench.untilPoll());
            QVERIFY(bench.settled());
            QCOMPARE(bench.untilPoll().count(), expected);
        }
        bench.cloud.setStatus(QStringLiteral("a"), QStringLiteral("running"));
        bench.pass(bench.untilPoll());
        QVERIFY(bench.settled());
        QCOMPARE(bench.untilPoll().count(), 60000);
        QCOMPARE(bench.cloud.count(kList), 4);
    }

    void startsOverAfterAnOwnAction()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        QCOMPARE(bench.untilPoll().count(), 60000);
        bench.stack.refresher.noteOwnAction();
        QVERIFY(bench.untilPoll() <= Milliseconds(250));
        bench.pass(bench.untilPoll());
        QVERIFY(bench.settled());
        QCOMPARE(bench.untilPoll().count(), 5000);
    }

    void aListThatBeganBeforeTheActionIsFollowedByAnother()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        bench.stack.refresher.refresh(DataKind::Instances);
        bench.stack.refresher.noteOwnAction();
        QVERIFY(bench.settled());
        QVERIFY(bench.untilPoll() <= Milliseconds(250));
    }

    void restsWhileHidden()
    {
        Bench bench;
        bench.connect();
        QVERIFY(bench.settled());
        bench.stack.refresher.setWanted({DataKind::Templates});
        bench.stack.refresher.setHidden(true);
        QCOMPARE(bench.untilPoll().count(), 120000);
        const int before = bench.cloud.nam.count();
        bench.pass(std::chrono::minutes(1));
        QCoreApplication::processEvents();
        QCOMPARE(bench.cloud.nam.count(), before);
        bench.pass(std::chrono::minutes(10));
        QVERIFY(bench.settled());
        QCOMPARE(bench.cloud.nam.count(), before + 1);
        bench.pass(Seconds(30));
        bench.stack.refresher.setHidden(false);
        QVERIFY(bench.untilPoll() <= Milliseconds(0));
    }

    void joinsAReadUnderWay()
    {
        Bench bench;
        bench.connect();
        QVERIFY(bench.settled());
        const int before = bench.cloud.count(kList);
        int answers = 0;
        for (int i = 0; i < 3; ++i)
            bench.stack.refresher.refresh(DataKind::Instances)->onFinished(this, [&answers](const Result<int> &rows) { answers += rows.ok(); });
        QTRY_COMPARE(answers, 3);
        QCOMPARE(bench.cloud.count(kList), before + 1);
    }

    void aFailedPollChangesNothingAndIsOneEvent()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kList ? std::optional(FakeAnswer::payload("<html>", 418)) : std::nullopt;
        };
        for (int i = 1; i <= 3; ++i) {
            bench.stack.refresher.refresh(DataKind::Instances, false);
            QTRY_COMPARE(bench.stack.stores.instances.missedRefreshes(), i);
        }
        QVERIFY(bench.stack.stores.instances.isStale());
        QCOMPARE(bench.stack.stores.instances.find(InstanceId(QStringLiteral("a")))->statusText, QStringLiteral("running"));
        bench.cloud.intercept = nullptr;
        bench.stack.refresher.refresh(DataKind::Instances, false);
        QTRY_COMPARE(bench.stack.stores.instances.missedRefreshes(), 0);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("cannot be read")).size(), 1);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("can be read again")).size(), 1);
    }

    void aRowThatCannotBeReadIsNoDeletion()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.cloud.put(QStringLiteral("b"), QStringLiteral("running"));
        bench.connect();
        const InstanceStore &store = bench.stack.stores.instances;
        QTRY_COMPARE(store.size(), 2);
        const std::optional<TimePoint> before = store.refreshedAt();
        bench.cloud.instances[QStringLiteral("b")].insert(QStringLiteral("id"), QJsonObject());
        bench.cloud.setStatus(QStringLiteral("a"), QStringLiteral("exited"));
        bench.pass(Seconds(1));
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_VERIFY(store.refreshedAt() != before);
        QCOMPARE(store.size(), 2);
        QCOMPARE(store.find(InstanceId(QStringLiteral("a")))->status, InstanceStatus::Exited);
        const std::optional<TimePoint> partial = store.refreshedAt();
        bench.cloud.instances.erase(QStringLiteral("b"));
        bench.pass(Seconds(1));
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_VERIFY(store.refreshedAt() != partial);
        QCOMPARE(store.size(), 1);
    }

    /// A row that stays unreadable must not keep others in the list for ever.
    void whatAPartialListLacksIsAskedForByItself()
    {
        Bench bench;
        for (const char *name : {"a", "b", "c"})
            bench.cloud.put(QString::fromLatin1(name), QStringLiteral("running"));
        bench.connect();
        const InstanceStore &store = bench.stack.stores.instances;
        QTRY_COMPARE(store.size(), 3);
        bench.cloud.instances[QStringLiteral("b")].insert(QStringLiteral("id"), QJsonObject());
        bench.cloud.instances.erase(QStringLiteral("c"));
        bench.pass(Seconds(1));
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_VERIFY(!store.contains(InstanceId(QStringLiteral("c"))));
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        QVERIFY(store.contains(InstanceId(QStringLiteral("a"))) && store.contains(InstanceId(QStringLiteral("b"))));
    }

    /// Three details for each list, in turn; what keeps failing is asked for ever more seldom and holds nobody up.
    void whatStaysMissingIsAskedForInTurn()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("good"), QStringLiteral("running"));
        for (int i = 0; i < 8; ++i)
            bench.cloud.put(QStringLiteral("m%1").arg(i), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        QCOMPARE(bench.stack.stores.instances.size(), 9);
        bench.stack.refresher.stop();
        ApiClientConfig config = bench.stack.client.config();
        config.limiterCapacity = 5000; // the clock stands still while a list is read
        bench.stack.client.setConfig(config);
        QMap<QString, int> asked;
        int looks = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &request) -> std::optional<FakeAnswer> {
            if (path == kList)
                return FakeAnswer::payload(R"({"instances":[{"id":"good","name":"n-good","status":"running"},{"id":{}}],"total":2})");
            const QString id = request.request.url().query().section(QLatin1Char('='), 1);
            ++asked[id];
            ++looks;
            return id < QLatin1String("m3") ? std::optional(FakeAnswer::payload("{}", 418)) : std::nullopt;
        };
        DataReader reader(bench.stack.client, bench.stack.stores, bench.clock);
        constexpr int kLists = 40;
        for (int i = 0; i < kLists; ++i) {
            const int before = looks;
            bool listed = false;
            bench.clock.advance(Seconds(5));
            bench.stack.client.recheck();
            reader.read(DataKind::Instances, {RequestPriority::Poll, true, 0})->onFinished(this, [&listed](const Result<int> &rows) { listed = rows.ok(); });
            QTRY_VERIFY(listed);
            QTRY_COMPARE(bench.stack.client.status().inFlight + bench.stack.client.status().queued, 0);
            QVERIFY(looks - before <= 3);
        }
        for (const char *failing : {"m0", "m1", "m2"})
            QVERIFY2(asked[QLatin1String(failing)] >= 3 && asked[QLatin1String(failing)] <= 6, failing);
        for (const char *readable : {"m3", "m4", "m5", "m6", "m7"})
            QVERIFY2(asked[QLatin1String(readable)] >= kLists * 3 / 5 - 6, readable);
        QCOMPARE(bench.stack.stores.instances.size(), 9);
    }

    void aListUnderWayDoesNotBringBackWhatIsGone()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("exited"));
        bench.connect();
        QVERIFY(bench.settled());
        const int before = bench.cloud.nam.count();
        bool listed = false;
        const QByteArray list = R"({"instances":[{"id":"a","name":"n-a","status":"exited"}],"total":1})";
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kList ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        bench.stack.refresher.refresh(DataKind::Instances)->onFinished(this, [&listed](const Result<int> &rows) { listed = rows.ok(); });
        QTRY_COMPARE(bench.cloud.nam.count(), before + 1);
        bench.cloud.instances.clear();
        bench.pass(Seconds(1));
        bench.stack.refresher.refreshInstance(InstanceId(QStringLiteral("a")), true);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 0);
        bench.cloud.nam.reply(before)->answer(FakeAnswer::payload(list));
        QTRY_VERIFY(listed);
        QCOMPARE(bench.stack.stores.instances.size(), 0);
    }

    void readsOnlyWhatIsWanted()
    {
        Bench bench;
        bench.connect();
        QVERIFY(bench.settled());
        QTRY_COMPARE(bench.cloud.count(kBalance), 1);
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("v1/products")), 3);
        QCOMPARE(bench.cloud.count(QStringLiteral("cpu/products")), 1);
        QCOMPARE(bench.cloud.count(QStringLiteral("templates")), 0);
        bench.stack.refresher.setWanted({DataKind::Templates, DataKind::Clusters});
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("templates")), 3);
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("clusters")), 1);
        QTRY_VERIFY(bench.stack.stores.clusters.refreshedAt()); // a read under way would be joined
        QVERIFY(bench.settled());
        bench.pass(std::chrono::minutes(4));
        QVERIFY(bench.settled());
        QCOMPARE(bench.cloud.count(kBalance), 1);
        bench.pass(std::chrono::minutes(2));
        QTRY_COMPARE(bench.cloud.count(kBalance), 2);
        QVERIFY(bench.settled());
        QCOMPARE(bench.cloud.count(QStringLiteral("v1/products")), 3);
        QCOMPARE(bench.cloud.count(QStringLiteral("templates")), 3);
    }

    void nothingWithoutAKey()
    {
        Bench bench;
        bench.connect();
        QVERIFY(bench.settled());
        bench.stack.client.setKey({});
        const int before = bench.cloud.nam.count();
        bench.pass(std::chrono::minutes(10));
        std::optional<ErrorKind> refused;
        bench.stack.refresher.refresh(DataKind::Instances)->onFinished(this, [&refused](const Result<int> &rows) { refused = rows.error().kind; });
        QTRY_COMPARE(refused, std::optional(ErrorKind::Unauthorized));
        QCOMPARE(bench.cloud.nam.count(), before);
    }

    void aClockJumpReadsEverythingVisible()
    {
        Bench bench;
        bench.connect();
        QVERIFY(bench.settled());
        bench.stack.refresher.setWanted({DataKind::Clusters});
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("clusters")), 1);
        QTRY_VERIFY(bench.stack.stores.clusters.refreshedAt()); // a read under way would be joined
        QVERIFY(bench.settled());
        const int lists = bench.cloud.count(kList);
        bench.clock.jumpWallClock(std::chrono::hours(8));
        bench.pass(Milliseconds(10));
        QTRY_COMPARE(bench.cloud.count(kList), lists + 1);
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("clusters")), 2);
    }

    void intervalsFollowTheSettings()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("pulling"));
        QVERIFY(bench.stack.settings->setValue(keys::kPollIntervalMs, 2000).ok());
        bench.connect();
        QVERIFY(bench.settled());
        QCOMPARE(bench.untilPoll().count(), 2000);
    }

    void stopForgetsWhatRuns()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        bench.cloud.put(QStringLiteral("b"), QStringLiteral("running"));
        std::optional<bool> canceled;
        bench.stack.refresher.refresh(DataKind::Instances)->onFinished(this, [&canceled](const Result<int> &rows) {
            canceled = !rows && rows.error().isCanceled();
        });
        bench.stack.refresher.stop();
        QTRY_COMPARE(canceled, std::optional(true));
        QVERIFY(!bench.stack.stores.instances.isRefreshing());
        QCOMPARE(bench.stack.stores.instances.size(), 1);
    }

    /// A key that was rejected is tried again while its last answers are still on their way.
    void startDoesNotWaitForWhatRuns()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        bench.connect();
        QVERIFY(bench.settled());
        bench.cloud.put(QStringLiteral("b"), QStringLiteral("running"));
        bench.cloud.intercept = [&bench](const QString &, const FakeRequest &) {
            bench.cloud.intercept = {};
            FakeAnswer rejection = FakeAnswer::payload(R"({"code":401,"reason":"UNAUTHORIZED","message":"no such key"})", 401);
            rejection.delay = Milliseconds(50);
            return std::optional(rejection);
        };
        const int before = bench.cloud.count(kList);
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.cloud.count(kList), before + 1);
        bench.stack.refresher.start();
        QTRY_COMPARE(bench.stack.stores.instances.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestRefresher)
#include "tst_refresher.moc"
