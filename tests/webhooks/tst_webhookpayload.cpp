// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookpayload.h"

#include <QJsonArray>
#include <QMetaType>
#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

using Kind = InstanceEvent::Kind;

namespace {

constexpr TimePoint kAt{1767225600123ms};

InstanceEvent eventOf(Kind kind)
{
    InstanceEvent event;
    event.kind = kind;
    event.instanceId = QStringLiteral("inst_1767225600000_ab12");
    event.timestamp = kAt;
    event.novitaInstanceId = QStringLiteral("a1b2c3d4e5f60718");
    return event;
}

StartupReport startupOf(const QString &status)
{
    StartupReport startup;
    startup.operationId = QStringLiteral("startup_1767225600000_x1");
    startup.status = status;
    startup.startedAt = kAt - 61s;
    startup.phases = {{QStringLiteral("startRequested"), kAt - 61s}, {QStringLiteral("instanceRunning"), kAt - 20s}};
    startup.totalElapsed = 61000ms;
    return startup;
}

HealthReport healthOf()
{
    HealthReport health;
    health.status = QStringLiteral("completed");
    health.overallStatus = QStringLiteral("partial");
    health.endpoints = {{8888, QStringLiteral("https://a.example:1"), QStringLiteral("http"), QStringLiteral("healthy"), kAt, {}, 12ms},
                        {22, QStringLiteral("b.example:22"), QStringLiteral("tcp"), QStringLiteral("unhealthy"), {}, QStringLiteral("refused"), {}}};
    health.startedAt = kAt - 5s;
    health.completedAt = kAt;
    health.totalResponseTime = 5000ms;
    return health;
}

const QByteArray kHead = R"("timestamp":"2026-01-01T00:00:00.123Z","novitaInstanceId":"a1b2c3d4e5f60718")";

QByteArray opened(const char *status)
{
    return R"({"instanceId":"inst_1767225600000_ab12","status":")" + QByteArray(status) + "\"," + kHead;
}

QByteArray startupBytes(const char *status, const QByteArray &more = {})
{
    return R"("startupOperation":{"operationId":"startup_1767225600000_x1","status":")" + QByteArray(status)
           + R"(","startedAt":"2025-12-31T23:58:59.123Z","phases":{"startRequested":"2025-12-31T23:58:59.123Z","instanceRunning":"2025-12-31T23:59:40.123Z"},"totalElapsedTime":61000)"
           + more + "}";
}

const QByteArray kHealthBytes =
    R"("healthCheck":{"status":"completed","overallStatus":"partial","endpoints":[{"port":8888,"endpoint":"https://a.example:1","type":"http","status":"healthy","lastChecked":"2026-01-01T00:00:00.123Z","responseTime":12},{"port":22,"endpoint":"b.example:22","type":"tcp","status":"unhealthy","error":"refused"}],"startedAt":"2025-12-31T23:59:55.123Z","completedAt":"2026-01-01T00:00:00.123Z","totalResponseTime":5000})";

} // namespace

Q_DECLARE_METATYPE(novita::InstanceEvent)

class TestWebhookPayload : public QObject
{
    Q_OBJECT

private slots:
    void bytes_data();
    void bytes();
    void roundTrip_data() { bytes_data(); }
    void roundTrip();
    void longTexts();
    void triesByKind();
    void everySentKindHasAStatus();
};

void TestWebhookPayload::bytes_data()
{
    QTest::addColumn<InstanceEvent>("event");
    QTest::addColumn<QByteArray>("expected");

    InstanceEvent event = eventOf(Kind::Created);
    event.data = {{QStringLiteral("event"), QStringLiteral("instance_created")}, {QStringLiteral("createdAt"), QStringLiteral("2026-01-01T00:00:00.000Z")},
                  {QStringLiteral("region"), QStringLiteral("US-CA-06")}, {QStringLiteral("productId"), QStringLiteral("4090.16c62g")}};
    QTest::newRow("created") << event
                             << opened("running") + R"(,"data":{"productId":"4090.16c62g","region":"US-CA-06","createdAt":"2026-01-01T00:00:00.000Z","event":"instance_created"}})";

    event = eventOf(Kind::Failed);
    event.error = QStringLiteral("no room \"here\"\n");
    QTest::newRow("create failed") << event << opened("failed") + R"(,"error":"no room \"here\"\n"})";

    event = eventOf(Kind::Running);
    event.elapsed = 61234ms;
    event.data = {{QStringLiteral("zeta"), 1}, {QStringLiteral("alpha"), QStringLiteral("ü")}};
    QTest::newRow("running") << event << opened("running") + ",\"elapsedTime\":61234,\"data\":{\"alpha\":\"ü\",\"zeta\":1}}";

    event = eventOf(Kind::Timeout);
    event.elapsed = 600000ms;
    event.error = QStringLiteral("not ready in time");
    QTest::newRow("timeout") << event << opened("timeout") + R"(,"elapsedTime":600000,"error":"not ready in time"})";

    event = eventOf(Kind::Ready);
    event.elapsed = 1ms;
    event.health = healthOf();
    event.reason = QStringLiteral("ready");
    QTest::newRow("ready") << event << opened("ready") + ",\"elapsedTime\":1," + kHealthBytes + R"(,"reason":"ready"})";

    event = eventOf(Kind::StartupInitiated);
    event.startup = startupOf(QStringLiteral("initiated"));
    event.data = {{QStringLiteral("estimatedReadyTime"), QStringLiteral("2026-01-01T00:02:00.000Z")}};
    event.reason = QStringLiteral("start requested");
    QTest::newRow("startup initiated") << event
                                       << opened("startup_initiated") + R"(,"data":{"estimatedReadyTime":"2026-01-01T00:02:00.000Z"},)"
                                              + startupBytes("initiated") + R"(,"reason":"start requested"})";

    event = eventOf(Kind::Running);
    event.elapsed = 61000ms;
    event.startup = startupOf(QStringLiteral("monitoring"));
    QTest::newRow("startup monitoring") << event << opened("running") + ",\"elapsedTime\":61000," + startupBytes("monitoring") + "}";

    event = eventOf(Kind::HealthChecking);
    event.startup = startupOf(QStringLiteral("health_checking"));
    QTest::newRow("startup checks") << event << opened("health_checking") + "," + startupBytes("health_checking") + "}";

    event = eventOf(Kind::StartupCompleted);
    event.startup = startupOf(QStringLiteral("completed"));
    event.health = healthOf();
    event.data = {{QStringLiteral("portMappings"), QJsonArray{8888}}, {QStringLiteral("healthCheckStatus"), QStringLiteral("completed")}};
    QTest::newRow("startup completed") << event
                                       << opened("startup_completed") + R"(,"data":{"healthCheckStatus":"completed","portMappings":[8888]},)" + kHealthBytes
                                              + "," + startupBytes("completed") + "}";

    event = eventOf(Kind::StartupFailed);
    event.error = QStringLiteral("image not found");
    event.startup = startupOf(QStringLiteral("failed"));
    event.startup->error = event.error;
    event.reason = QStringLiteral("startup");
    QTest::newRow("startup failed") << event
                                    << opened("startup_failed") + R"(,"error":"image not found",)"
                                           + startupBytes("failed", R"(,"error":"image not found")") + R"(,"reason":"startup"})";

    event = eventOf(Kind::Stopped);
    event.reason = QStringLiteral("stopped");
    QTest::newRow("stopped") << event << opened("stopped") + R"(,"reason":"stopped"})";

    event = eventOf(Kind::Deleted);
    event.operationId = QStringLiteral("delete_1");
    event.reason = QStringLiteral("deleted");
    QTest::newRow("deleted") << event << opened("deleted") + R"(,"operationId":"delete_1","reason":"deleted"})";

    event = eventOf(Kind::Stopped);
    event.novitaInstanceId.clear();
    QTest::newRow("nothing but what must be") << event
                                              << QByteArray(R"({"instanceId":"inst_1767225600000_ab12","status":"stopped","timestamp":"2026-01-01T00:00:00.123Z"})");
}

void TestWebhookPayload::bytes()
{
    QFETCH(const InstanceEvent, event);
    QFETCH(const QByteArray, expected);
    QCOMPARE(webhookpayload::encode(event), expected);
}

void TestWebhookPayload::roundTrip()
{
    QFETCH(const InstanceEvent, event);
    const QByteArray bytes = webhookpayload::encode(event);
    const Result<WebhookEvent> read = webhookevent::decode(bytes);
    QVERIFY(read.ok());
    const auto *back = std::get_if<InstanceEvent>(&*read);
    QVERIFY(back);
    QCOMPARE(back->kind, event.kind);
    QCOMPARE(back->timestamp, event.timestamp);
    QCOMPARE(back->elapsed, event.elapsed);
    QCOMPARE(back->operationId, event.operationId);
    QCOMPARE(webhookpayload::encode(*back), bytes);
}

void TestWebhookPayload::longTexts()
{
    InstanceEvent event = eventOf(Kind::Failed);
    event.error = QStringLiteral("𝄞").repeated(2000);
    event.health = HealthReport();
    event.health->endpoints = QList<EndpointHealth>(100, EndpointHealth{1, {}, {}, {}, {}, {}, {}});
    const Result<WebhookEvent> read = webhookevent::decode(webhookpayload::encode(event));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
    const auto &back = std::get<InstanceEvent>(*read);
    QCOMPARE(back.error, QStringLiteral("𝄞").repeated(webhookevent::kMaxTextBytes / 4));
    QCOMPARE(back.health->endpoints.size(), webhookevent::kMaxEndpoints);
}

void TestWebhookPayload::triesByKind()
{
    QCOMPARE(webhookpayload::triesOf(eventOf(Kind::Running)), 3);
    InstanceEvent start = eventOf(Kind::Running);
    start.startup = StartupReport();
    QCOMPARE(webhookpayload::triesOf(start), 5);
}

void TestWebhookPayload::everySentKindHasAStatus()
{
    QCOMPARE(webhookpayload::sentKinds().size(), 10);
    QVERIFY(!webhookpayload::sentKinds().contains(QStringLiteral("other")));
    QCOMPARE(webhookpayload::statusOf(Kind::Created), QStringLiteral("running"));
    QCOMPARE(webhookpayload::statusOf(Kind::StartupFailed), QStringLiteral("startup_failed"));
    QCOMPARE(webhookpayload::statusOf(Kind::Other), QString());
}

QTEST_GUILESS_MAIN(TestWebhookPayload)
#include "tst_webhookpayload.moc"
