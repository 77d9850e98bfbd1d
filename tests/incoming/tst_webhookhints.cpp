// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/webhookhints.h"
#include "core/webhooks/webhookreceiver.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QTest>

using namespace novita;
using namespace std::chrono_literals;
using Kind = InstanceEvent::Kind;

namespace {

const QString kList = QStringLiteral("gpu/instances");
const QString kOne = QStringLiteral("gpu/instance");

struct Bench
{
    FakeCloud cloud;
    FakeClock clock;
    ClientStack stack{cloud.nam, clock};
    WebhookHints hints{stack.stores, stack.refresher, clock};
    qint64 sent = 0;

    explicit Bench(int instances = 3)
    {
        for (int i = 0; i < instances; ++i)
            cloud.put(QStringLiteral("a%1").arg(i), QStringLiteral("running"));
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
    }

    bool settled()
    {
        // A request that was just asked for is not counted before the event loop has turned.
        for (int turn = 0; turn < 10; ++turn)
            QCoreApplication::processEvents();
        return QTest::qWaitFor([this] {
            const ClientStatus status = stack.client.status();
            return stack.stores.instances.refreshedAt() && status.inFlight == 0 && status.queued == 0 && !stack.stores.instances.isRefreshing()
                   && !stack.stores.products.isRefreshing() && !stack.stores.account.isRefreshing();
        }, 3000);
    }
    void pass(Milliseconds time)
    {
        clock.advance(time);
        stack.client.recheck();
        stack.refresher.wake();
    }

    ReceivedWebhook event(const QString &novitaId, Kind kind, const QString &status, Milliseconds age = 0ms)
    {
        InstanceEvent said;
        said.kind = kind;
        said.instanceId = QStringLiteral("inst_%1").arg(novitaId);
        said.novitaInstanceId = novitaId;
        said.status = status;
        said.timestamp = clock.now() - age;
        return {++sent, clock.now(), DeliveryScheme::Plain, said};
    }
    ReceivedWebhook stopped(const QString &id, Milliseconds age = 0ms) { return event(id, Kind::Stopped, QStringLiteral("stopped"), age); }
    void take(const ReceivedWebhook &webhook) { hints.take({webhook}, 0); }

    QList<ActivityEvent> webhookEvents() const
    {
        QList<ActivityEvent> found;
        for (const ActivityEvent &one : stack.stores.activity.events()) {
            if (one.source == EventSource::Webhook)
                found.append(one);
        }
        return found;
    }
    QString status(const QString &id) const { return stack.stores.instances.find(InstanceId(id))->statusText; }
};

} // namespace

class TestWebhookHints final : public QObject
{
    Q_OBJECT

private slots:
    void aDeliveryChangesNothingBeforeTheCloudAgrees()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.cloud.setStatus(QStringLiteral("a1"), QStringLiteral("exited"));
        bench.take(bench.stopped(QStringLiteral("a1")));
        QCOMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("running"));
        QCOMPARE(bench.webhookEvents().size(), 1); // what was said, at once
        QCOMPARE(bench.webhookEvents().first().subjectId, QStringLiteral("a1"));
        QVERIFY(bench.settled());
        QTRY_COMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("exited"));
        QCOMPARE(bench.cloud.count(kOne), 1);
        // What the read showed is due to the webhook.
        QCOMPARE(bench.webhookEvents().size(), 2);
        QVERIFY(bench.webhookEvents().last().text.contains(QLatin1String("is now")));
        QVERIFY(!bench.stack.stores.instances.isHinted(InstanceId(QStringLiteral("a1"))));
    }

    void aLieChangesNothing()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.take(bench.event(QStringLiteral("a1"), Kind::Deleted, QStringLiteral("deleted")));
        QTRY_COMPARE(bench.cloud.count(kOne), 1);
        QVERIFY(bench.settled());
        QCOMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("running"));
        QCOMPARE(bench.stack.stores.instances.size(), 3);
    }

    void whatIsGoneGoes()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.cloud.instances.erase(QStringLiteral("a1"));
        bench.take(bench.event(QStringLiteral("a1"), Kind::Deleted, QStringLiteral("deleted")));
        QTRY_VERIFY(!bench.stack.stores.instances.contains(InstanceId(QStringLiteral("a1"))));
        QVERIFY(bench.webhookEvents().last().text.contains(QLatin1String("is gone")));
    }

    void anAskedChangeStaysOurs()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.stack.stores.instances.setAsked(InstanceId(QStringLiteral("a1")), InstanceAction::Stop, bench.clock.now(), EventSource::You);
        bench.cloud.setStatus(QStringLiteral("a1"), QStringLiteral("toStop"));
        bench.take(bench.stopped(QStringLiteral("a1")));
        QTRY_COMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("toStop"));
        QCOMPARE(bench.stack.stores.activity.events().back().source, EventSource::You);
    }

    void theSendersOwnIdWillDo()
    {
        Bench bench;
        QVERIFY(bench.settled());
        ReceivedWebhook webhook = bench.stopped(QStringLiteral("a1"));
        auto &said = std::get<InstanceEvent>(webhook.event);
        said.novitaInstanceId.clear();
        said.instanceId = QStringLiteral("a2");
        bench.take(webhook);
        QCOMPARE(bench.webhookEvents().first().subjectId, QStringLiteral("a2"));
        QTRY_COMPARE(bench.cloud.count(kOne), 1);
    }

    void whatIsOlderDoesNothing()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.take(bench.stopped(QStringLiteral("a1")));
        QTRY_COMPARE(bench.cloud.count(kOne), 1);
        QVERIFY(bench.settled());
        bench.pass(6s);
        bench.take(bench.event(QStringLiteral("a1"), Kind::Ready, QStringLiteral("ready"), 10s));
        QCOMPARE(bench.webhookEvents().size(), 1);
        bench.hints.wake();
        QVERIFY(bench.settled());
        QCOMPARE(bench.cloud.count(kOne), 1);
    }

    void aFastClockSilencesNobody()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.take(bench.stopped(QStringLiteral("a1"), -200s));
        bench.pass(10s);
        bench.take(bench.event(QStringLiteral("a1"), Kind::Ready, QStringLiteral("ready")));
        QCOMPARE(bench.webhookEvents().size(), 2);
    }

    void repeatsAreToldOnce()
    {
        Bench bench;
        QVERIFY(bench.settled());
        // As a start is told of: with every poll, until it is over.
        bench.take(bench.event(QStringLiteral("a1"), Kind::StartupInitiated, QStringLiteral("startup_initiated")));
        for (int poll = 0; poll < 20; ++poll) {
            bench.pass(1s);
            bench.take(bench.event(QStringLiteral("a1"), Kind::Running, QStringLiteral("running")));
            bench.take(bench.event(QStringLiteral("a1"), Kind::HealthChecking, QStringLiteral("health_checking")));
        }
        bench.take(bench.event(QStringLiteral("a1"), Kind::StartupCompleted, QStringLiteral("startup_completed")));
        QCOMPARE(bench.webhookEvents().size(), 4);
        QCOMPARE(bench.webhookEvents().last().severity, EventSeverity::Success);
        bench.take(bench.event(QStringLiteral("a1"), Kind::Running, QStringLiteral("running")));
        QCOMPARE(bench.webhookEvents().size(), 5);
    }

    void unknownStatusIsShownAsItIs()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.take(bench.event(QStringLiteral("a1"), Kind::Other, QStringLiteral("dreaming")));
        QVERIFY(bench.webhookEvents().last().text.contains(QLatin1String("dreaming")));
        // A sender that makes up words fills nothing.
        for (int i = 0; i < 5000; ++i)
            bench.take(bench.event(QStringLiteral("a1"), Kind::Other, QStringLiteral("word%1").arg(i)));
        QVERIFY(bench.webhookEvents().size() <= WebhookHints::kMostEvents);
    }

    void strangersAreLeftAlone()
    {
        Bench bench;
        QVERIFY(bench.settled());
        const int lists = bench.cloud.count(kList);
        for (int i = 0; i < 100; ++i)
            bench.take(bench.stopped(QStringLiteral("x%1").arg(i)));
        bench.pass(1s);
        QVERIFY(bench.settled());
        QCOMPARE(bench.webhookEvents().size(), 0);
        QCOMPARE(bench.cloud.count(kOne), 0);
        QCOMPARE(bench.cloud.count(kList), lists);
    }

    void aNewInstanceIsListedSoon()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.pass(20s);
        QVERIFY(bench.settled());
        const int lists = bench.cloud.count(kList);
        bench.cloud.put(QStringLiteral("new"), QStringLiteral("creating"));
        bench.pass(6s);
        for (int i = 0; i < 100; ++i)
            bench.take(bench.event(QStringLiteral("new"), Kind::Created, QStringLiteral("running")));
        QCOMPARE(bench.webhookEvents().size(), 1);
        bench.pass(1s);
        QVERIFY(bench.settled());
        QTRY_VERIFY(bench.stack.stores.instances.contains(InstanceId(QStringLiteral("new"))));
        QCOMPARE(bench.cloud.count(kList), lists + 1);
        QCOMPARE(bench.webhookEvents().size(), 2); // and that it has appeared
    }

    void aFloodForOneReadsItNowAndThen()
    {
        Bench bench;
        QVERIFY(bench.settled());
        for (int second = 0; second < 60; ++second) {
            QList<ReceivedWebhook> arrived;
            for (int i = 0; i < 1000; ++i)
                arrived.append(bench.event(QStringLiteral("a1"), Kind::Running, QStringLiteral("running")));
            bench.hints.take(arrived, 0);
            QVERIFY(bench.settled());
            bench.clock.advance(1s);
            bench.stack.client.recheck();
            bench.hints.wake();
        }
        QVERIFY(bench.settled());
        QVERIFY2(bench.cloud.count(kOne) >= 10 && bench.cloud.count(kOne) <= 13, qPrintable(QString::number(bench.cloud.count(kOne))));
        QCOMPARE(bench.webhookEvents().size(), 1);
    }

    void aFloodForManyReadsLists()
    {
        constexpr int kFleet = 500;
        Bench bench(kFleet);
        QVERIFY(bench.settled());
        const int lists = bench.cloud.count(kList);
        for (int second = 0; second < 30; ++second) {
            QList<ReceivedWebhook> arrived;
            for (int i = 0; i < kFleet; ++i)
                arrived.append(bench.event(QStringLiteral("a%1").arg(i), second % 2 ? Kind::Ready : Kind::Stopped, second % 2 ? QStringLiteral("ready") : QStringLiteral("stopped")));
            bench.hints.take(arrived, second == 3 ? 7 : 0);
            bench.pass(1s);
            QVERIFY(bench.settled());
        }
        const int more = bench.cloud.count(kList) - lists;
        QVERIFY2(more >= 5 && more <= 8, qPrintable(QString::number(more)));
        QVERIFY2(bench.cloud.count(kOne) <= HintedReads::kBurst, qPrintable(QString::number(bench.cloud.count(kOne))));
        QVERIFY(bench.webhookEvents().size() <= WebhookHints::kMostEvents);
        bench.hints.wake();
        QVERIFY(bench.webhookEvents().last().text.contains(QLatin1String("deliveries")));
        // A list that was asked for after the last word settles all.
        bench.pass(6s);
        QVERIFY(bench.settled());
        QTRY_VERIFY(!bench.stack.stores.instances.isHinted(InstanceId(QStringLiteral("a7"))));
    }

    void aReadThatFailsIsLeftToThePoll()
    {
        Bench bench;
        QVERIFY(bench.settled());
        ApiClientConfig config = bench.stack.client.config();
        config.maxRetries = 0;
        bench.stack.client.setConfig(config);
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) {
            return path == kOne ? std::optional(FakeAnswer::payload("{}", 502)) : std::nullopt;
        };
        bench.cloud.setStatus(QStringLiteral("a1"), QStringLiteral("exited"));
        bench.take(bench.stopped(QStringLiteral("a1")));
        QTRY_COMPARE(bench.cloud.count(kOne), 1);
        QVERIFY(bench.settled());
        QCOMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("running"));
        bench.cloud.intercept = nullptr;
        bench.pass(6s);
        bench.take(bench.stopped(QStringLiteral("a1")));
        QTRY_COMPARE(bench.status(QStringLiteral("a1")), QStringLiteral("exited"));
    }

    void anotherAccountStartsAfresh()
    {
        Bench bench;
        QVERIFY(bench.settled());
        bench.take(bench.stopped(QStringLiteral("a1")));
        bench.stack.refresher.stop();
        bench.stack.stores.instances.reset();
        QVERIFY(!bench.stack.stores.instances.isHinted(InstanceId(QStringLiteral("a1"))));
        bench.take(bench.stopped(QStringLiteral("a1")));
        QCOMPARE(bench.webhookEvents().size(), 1);
        QVERIFY(QTest::qWaitFor([&bench] { return bench.stack.client.status().inFlight == 0; }));
        QVERIFY(bench.stack.stores.instances.isEmpty());
    }

    void tasksAreToldOf()
    {
        Bench bench;
        QVERIFY(bench.settled());
        TaskEvent task;
        task.taskId = QStringLiteral("task-1");
        task.status = QStringLiteral("TASK_STATUS_FAILED");
        task.reason = QStringLiteral("out of memory");
        bench.take({1, bench.clock.now(), DeliveryScheme::PathToken, task});
        QCOMPARE(bench.webhookEvents().size(), 1);
        QCOMPARE(bench.webhookEvents().first().severity, EventSeverity::Warning);
        QVERIFY(bench.webhookEvents().first().text.contains(QLatin1String("out of memory")));
        QCOMPARE(bench.cloud.count(kOne), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebhookHints)
#include "tst_webhookhints.moc"
