// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/webhookhints.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "tests/http/rawclient.h"
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QString kSecret = QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

/// What the original sender writes, in its order of fields.
QByteArray body(const QByteArray &id, const QByteArray &novitaId, const QByteArray &status, Milliseconds age = 0ms, const QByteArray &rest = {})
{
    const QByteArray at = QDateTime::currentDateTimeUtc().addMSecs(-age.count()).toString(Qt::ISODateWithMs).toUtf8();
    QByteArray out = "{\"instanceId\":\"" + id + "\",\"status\":\"" + status + "\",\"timestamp\":\"" + at + '"';
    if (!novitaId.isEmpty())
        out += ",\"novitaInstanceId\":\"" + novitaId + '"';
    return out + rest + '}';
}

/// The program's receiver and what hangs on it, beside a simulated cloud on which somebody else is at work.
class World
{
public:
    World()
    {
        keysOf(fixture.stack);
        keysOf(somebodyElse);
        fixture.stack.secrets.values.insert(WebhookSecrets::kSecretName, kSecret);
        service = std::make_unique<WebhookService>(fixture.stack.settings.get(), fixture.stack.secrets, fixture.stack.clock, folder.path(),
                                                   WebhookOverrides{{}, {}, quint16(0)});
        QObject::connect(service.get(), &WebhookService::arrived, &hints, &WebhookHints::take);
    }

    bool begin()
    {
        if (!fixture.connect())
            return false;
        running = fixture.createRunning(QStringLiteral("trainer"));
        somebodyElse.connectTo(fixture.cloud.apiRoot());
        service->start();
        return !running.isEmpty() && QTest::qWaitFor([this] { return service->status().isListening() && isQuiet(somebodyElse) && isQuiet(fixture.stack); }, 20000);
    }

    /// Nothing is asked of the cloud unless somebody wishes it.
    static void keysOf(ClientStack &stack)
    {
        static_cast<void>(stack.settings->setValue(keys::kPollIntervalMs, 300000));
        static_cast<void>(stack.settings->setValue(keys::kStableIntervalMs, 600000));
    }
    static bool isQuiet(const ClientStack &stack)
    {
        const ClientStatus status = stack.client.status();
        // What follows an own action once more, a moment later, has been read, too.
        if (stack.refresher.nextInstancePoll() - stack.clock.steadyNow() < 30s)
            return false;
        return stack.stores.instances.refreshedAt() && status.inFlight == 0 && status.queued == 0;
    }

    /// Stops it elsewhere; this program has not heard of it.
    bool stopElsewhere()
    {
        const auto result = await(somebodyElse.commands.run(running, InstanceAction::Stop));
        return result.ok() && QTest::qWaitFor([this] { return fixture.cloud.instanceStatus(running.toString()) == QLatin1String("exited"); });
    }

    static QByteArray request(const QByteArray &body, const QString &secret = kSecret)
    {
        return "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: "
            + signature::signPlain(*SigningSecret::fromText(secret), body) + "\r\nX-Webhook-Timestamp: " + signature::timestampText(SystemClock().now())
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    int post(const QByteArray &body, const QString &secret = kSecret) const
    {
        RawClient client(service->status().port);
        client.send(request(body, secret));
        return client.waitForAnswers(1) ? client.answers().first().status : 0;
    }

    QString shown() const
    {
        const Instance *row = fixture.stack.stores.instances.find(running);
        return row ? row->statusText : QString();
    }
    QList<ActivityEvent> told() const
    {
        QList<ActivityEvent> found;
        for (const ActivityEvent &event : fixture.stack.stores.activity.events()) {
            if (event.source == EventSource::Webhook)
                found.append(event);
        }
        return found;
    }
    int reads() const { return fixture.countRequests(QStringLiteral("getInstance")); }
    int lists() const { return fixture.countRequests(QStringLiteral("listInstances")); }

    SandboxFixture fixture;
    ClientStack somebodyElse;
    WebhookHints hints{fixture.stack.stores, fixture.stack.refresher, fixture.stack.clock};
    QTemporaryDir folder;
    std::unique_ptr<WebhookService> service;
    InstanceId running;
};

} // namespace

/// From the socket of a sender to what a person sees, and that nothing changes on a sender's word alone.
class TestWebhookRoundtrip final : public QObject
{
    Q_OBJECT

private slots:
    void whatHappenedElsewhereIsSeenAtOnce()
    {
        World world;
        QVERIFY(world.begin());
        QVERIFY(world.stopElsewhere());
        QCOMPARE(world.shown(), QStringLiteral("running"));
        const int reads = world.reads();
        QCOMPARE(world.post(body("inst_1767225600000_ab12", world.running.toString().toUtf8(), "stopped", 0ms, ",\"reason\":\"by hand\"")), 200);
        QTRY_COMPARE(world.shown(), QStringLiteral("exited"));
        QCOMPARE(world.reads(), reads + 1);
        QCOMPARE(world.told().size(), 2);
        QVERIFY2(world.told().first().text.contains(QLatin1String("trainer")), qPrintable(world.told().first().text));
        QCOMPARE(world.told().first().detail, QStringLiteral("by hand"));
        QCOMPARE(world.told().last().subjectId, world.running.toString());
        QCOMPARE(world.fixture.violations(), QStringList());
    }

    void firstStoredThenToldThenReadThenShown()
    {
        World world;
        QVERIFY(world.begin());
        QVERIFY(world.stopElsewhere());
        QStringList order;
        qint64 stored = 0;
        connect(world.service.get(), &WebhookService::arrived, this, [&](const QList<ReceivedWebhook> &webhooks) {
            stored = webhooks.first().deliveryId;
            order.append(QStringLiteral("arrived"));
        });
        connect(&world.service->meter(), &WebhookMeter::changed, this, [&order] { order.append(QStringLiteral("counted")); });
        connect(&world.fixture.stack.stores.activity, &ActivityStore::eventAdded, this, [&order] { order.append(QStringLiteral("told")); });
        connect(&world.fixture.stack.stores.instances, &InstanceStore::statusChanged, this, [&order] { order.append(QStringLiteral("changed")); });
        QCOMPARE(world.post(body("inst_1", world.running.toString().toUtf8(), "stopped")), 200);
        QTRY_COMPARE(world.shown(), QStringLiteral("exited"));
        QCOMPARE(order, (QStringList{QStringLiteral("counted"), QStringLiteral("told"), QStringLiteral("arrived"), QStringLiteral("told"), QStringLiteral("changed")}));
        QVERIFY(await(world.service->deliveries().read(stored))->body.contains("stopped"));
    }

    void noDeliveryIsBelievedByItself_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("rest");
        for (const char *status : {"running", "failed", "timeout", "health_checking", "ready", "startup_initiated", "startup_completed", "startup_failed",
                                   "stopped", "deleted", "never_seen_before"})
            QTest::newRow(status) << QByteArray(status) << QByteArray(",\"error\":\"e\",\"elapsedTime\":7");
        QTest::newRow("created") << QByteArray("running") << QByteArray(",\"data\":{\"productId\":\"4090\",\"event\":\"instance_created\"}");
    }

    void noDeliveryIsBelievedByItself()
    {
        QFETCH(const QByteArray, status);
        QFETCH(const QByteArray, rest);
        World world;
        QVERIFY(world.begin());
        const int reads = world.reads();
        const auto before = world.fixture.stack.stores.instances.all();
        QCOMPARE(world.post(body("inst_1", world.running.toString().toUtf8(), status, 0ms, rest)), 200);
        QTRY_COMPARE(world.reads(), reads + 1);
        QTRY_VERIFY(World::isQuiet(world.fixture.stack));
        QCOMPARE(world.shown(), QStringLiteral("running"));
        QCOMPARE(world.fixture.stack.stores.instances.all().size(), before.size());
        QCOMPARE(world.told().size(), 1);
    }

    void whatMustNotMatterDoesNot()
    {
        World world;
        QVERIFY(world.begin());
        const QByteArray id = world.running.toString().toUtf8();
        const int reads = world.reads();
        const int lists = world.lists();
        const QByteArray ready = body("inst_1", id, "ready");
        QCOMPARE(world.post(ready), 200);
        QTRY_COMPARE(world.reads(), reads + 1);
        QTRY_COMPARE(world.told().size(), 1);
        QCOMPARE(world.post(ready), 200);                                                        // repeated
        QCOMPARE(world.post(body("inst_1", id, "startup_initiated", 60s)), 200);                 // out of order
        QCOMPARE(world.post(body("inst_9", "0123456789abcdef", "stopped")), 200);                // a stranger
        QCOMPARE(world.post(body("inst_1", id, "stopped"), QStringLiteral("another one")), 401); // not signed by us
        QCOMPARE(world.post(body("inst_1", id, "stopped", 10min)), 401);                         // of long ago
        QCOMPARE(world.post("{\"instanceId\":7}"), 422);
        QTRY_COMPARE(WebhookMeter::countsOf(world.service->stats()), (DeliveryCounts{3, 1, 3, 0}));
        QTRY_COMPARE(world.service->meter().lastMinute(), (DeliveryCounts{3, 1, 3, 0}));
        QTRY_VERIFY(World::isQuiet(world.fixture.stack));
        QCOMPARE(world.reads(), reads + 1);
        QCOMPARE(world.lists(), lists);
        QCOMPARE(world.told().size(), 1);
        QCOMPARE(world.shown(), QStringLiteral("running"));
        QCOMPARE(await(world.service->deliveries().list({100, {}, {}}))->total, 7); // the inbox has it all
    }

    void aNewInstanceAppears()
    {
        World world;
        QVERIFY(world.begin());
        const int lists = world.lists();
        const auto made = await(world.somebodyElse.creator.create(world.fixture.draft(QStringLiteral("newcomer"))));
        QVERIFY(made.ok());
        QCOMPARE(world.post(body(made->id.toString().toUtf8(), {}, "running", 0ms, ",\"data\":{\"event\":\"instance_created\"}")), 200);
        // Soon, however far off the next poll was.
        QTRY_VERIFY_WITH_TIMEOUT(world.fixture.stack.stores.instances.contains(made->id), 10000);
        QVERIFY(world.lists() > lists);
    }

    void aFloodOf1000AboutOneInstance()
    {
        constexpr int kCount = 1000;
        World world;
        static_cast<void>(world.fixture.stack.settings->setValue(keys::kReceiverPerMinute, 0));
        QVERIFY(world.begin());
        QVERIFY(world.stopElsewhere());
        const int reads = world.reads();
        const int lists = world.lists();
        QByteArray all;
        for (int i = 0; i < kCount; ++i)
            all += World::request(body("inst_1", world.running.toString().toUtf8(), i % 7 ? "running" : "health_checking", 0ms, ",\"elapsedTime\":" + QByteArray::number(i)));
        RawClient client(world.service->status().port);
        client.send(all);
        QTRY_COMPARE_WITH_TIMEOUT(world.service->meter().total().accepted, kCount, 20000);
        QTRY_COMPARE(world.shown(), QStringLiteral("exited"));
        QVERIFY2(world.reads() - reads <= 5, qPrintable(QString::number(world.reads() - reads)));
        QVERIFY(world.lists() - lists <= 2);
        QVERIFY2(world.told().size() <= 4, qPrintable(QString::number(world.told().size())));
        QCOMPARE(world.fixture.violations(), QStringList());
    }

    void fromTheLastByteToTheFigure()
    {
        constexpr int kCount = 200;
        World world;
        static_cast<void>(world.fixture.stack.settings->setValue(keys::kReceiverPerMinute, 0));
        QVERIFY(world.begin());
        RawClient client(world.service->status().port);
        QVERIFY(client.isConnected());
        std::vector<qint64> waits;
        QSignalSpy changed(&world.service->meter(), &WebhookMeter::changed);
        for (int i = 0; i < kCount; ++i) {
            changed.clear();
            QElapsedTimer time;
            client.send(World::request(body("inst_1", world.running.toString().toUtf8(), "running", 0ms, ",\"elapsedTime\":" + QByteArray::number(i))));
            client.socket().flush();
            time.start();
            QVERIFY(!changed.isEmpty() || changed.wait(5000));
            waits.push_back(time.elapsed());
        }
        std::sort(waits.begin(), waits.end());
        const qint64 p99 = waits.at(kCount * 99 / 100);
        qInfo("from the last byte to the figure: half within %lld ms, 99 %% within %lld ms", waits.at(kCount / 2), p99);
        // The disk and the other programs of this machine have their part in it.
        QVERIFY2(p99 < 1000, qPrintable(QString::number(p99)));
    }
};

QTEST_GUILESS_MAIN(TestWebhookRoundtrip)
#include "tst_webhookroundtrip.moc"
