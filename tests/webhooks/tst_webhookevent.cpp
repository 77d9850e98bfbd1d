// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookevent.h"

#include <QTest>

using namespace novita;
using Kind = InstanceEvent::Kind;

namespace {

const QByteArray kSmall = R"({"instanceId":"inst_1","status":"running","timestamp":"2026-01-01T00:00:00.000Z"})";

const QByteArray kStartup =
    R"({"instanceId":"inst_1700000000000_ab12cd","status":"startup_completed","timestamp":"2026-01-01T00:00:00.123Z",)"
    R"("novitaInstanceId":"a1b2c3d4e5f60718","elapsedTime":61234,"data":{"healthCheckStatus":"completed","portMappings":[{"port":8080}]},)"
    R"("healthCheck":{"status":"completed","overallStatus":"partial","endpoints":[{"port":8080,"endpoint":"http://1.2.3.4:8080","type":"http",)"
    R"("status":"healthy","lastChecked":"2026-01-01T00:00:00.000Z","responseTime":12},{"port":22,"endpoint":"1.2.3.4:22","type":"tcp",)"
    R"("status":"unhealthy","error":"refused"}],"startedAt":"2025-12-31T23:59:50.000Z","totalResponseTime":120},)"
    R"("startupOperation":{"operationId":"startup_1700000000000_x","status":"completed","startedAt":"2025-12-31T23:59:00.000Z",)"
    R"("phases":{"ready":"2026-01-01T00:00:00.000Z","startRequested":"2025-12-31T23:59:00.000Z"},"totalElapsedTime":60000},"reason":"all fine"})";

const QByteArray kTask =
    R"({"event_type":"ASYNC_TASK_RESULT","payload":{"task":{"task_id":"t-1","status":"TASK_STATUS_SUCCEED","reason":"","task_type":"TXT_TO_IMG",)"
    R"("eta":0,"progress_percent":100},"images":[{"image_url":"https://example.invalid/a.png","image_url_ttl":"3600"}],"videos":[],"audios":[]}})";

QByteArray with(const QByteArray &member)
{
    return kSmall.left(kSmall.size() - 1) + ',' + member + '}';
}

InstanceEvent instance(const QByteArray &body)
{
    const Result<WebhookEvent> event = webhookevent::decode(body);
    return event && std::holds_alternative<InstanceEvent>(*event) ? std::get<InstanceEvent>(*event) : InstanceEvent();
}

} // namespace

/// Payloads in the form of the original sender and of the cloud, and what must be refused.
class TestWebhookEvent : public QObject
{
    Q_OBJECT

private slots:
    void smallestEvent()
    {
        const InstanceEvent event = instance(kSmall);
        QCOMPARE(event.instanceId, QStringLiteral("inst_1"));
        QCOMPARE(event.kind, Kind::Running);
        QCOMPARE(event.timestamp, TimePoint(Seconds(1767225600)));
        QVERIFY(!event.health && !event.startup && !event.elapsed);
    }

    void wholeStartup()
    {
        const InstanceEvent event = instance(kStartup);
        QCOMPARE(event.kind, Kind::StartupCompleted);
        QCOMPARE(event.novitaInstanceId, QStringLiteral("a1b2c3d4e5f60718"));
        QCOMPARE(event.elapsed, std::optional(Milliseconds(61234)));
        QVERIFY(event.health && event.startup);
        QCOMPARE(event.health->endpoints.size(), 2);
        QCOMPARE(event.health->endpoints.first().responseTime, std::optional(Milliseconds(12)));
        QCOMPARE(event.health->endpoints.last().error, QStringLiteral("refused"));
        QCOMPARE(event.health->overallStatus, QStringLiteral("partial"));
        QCOMPARE(event.startup->phases.size(), 2);
        QCOMPARE(event.startup->phases.first().first, QStringLiteral("startRequested"));
        QCOMPARE(event.data.value(QLatin1String("healthCheckStatus")).toString(), QStringLiteral("completed"));
        const WebhookEvent whole = *webhookevent::decode(kStartup);
        QCOMPARE(webhookevent::kindName(whole), QStringLiteral("startup_completed"));
        QCOMPARE(webhookevent::subject(whole), QStringLiteral("a1b2c3d4e5f60718"));
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("name");
        for (const char *status : {"running", "health_checking", "ready", "failed", "timeout", "startup_initiated", "startup_completed",
                                   "startup_failed", "stopped", "deleted"})
            QTest::newRow(status) << QByteArray(status) << QString::fromLatin1(status);
        QTest::newRow("unknown") << QByteArray("hibernating") << QStringLiteral("other");
    }

    void kinds()
    {
        QFETCH(QByteArray, status);
        QFETCH(QString, name);
        const Result<WebhookEvent> event = webhookevent::decode(QByteArray(kSmall).replace("running", status));
        QVERIFY(event.ok());
        QCOMPARE(webhookevent::kindName(*event), name);
        QCOMPARE(std::get<InstanceEvent>(*event).status, QString::fromLatin1(status));
    }

    void createdLooksLikeRunning()
    {
        QCOMPARE(instance(with(R"("data":{"productId":"p","region":"r","event":"instance_created"})")).kind, Kind::Created);
        QCOMPARE(instance(with(R"("data":{"event":"something"})")).kind, Kind::Running);
        QCOMPARE(instance(with(R"("data":[1,2])")).kind, Kind::Running);
    }

    void task()
    {
        const Result<WebhookEvent> event = webhookevent::decode(kTask);
        QVERIFY(event.ok());
        const TaskEvent &task = std::get<TaskEvent>(*event);
        QCOMPARE(task.taskId, QStringLiteral("t-1"));
        QCOMPARE(task.images, 1);
        QCOMPARE(webhookevent::kindName(*event), QStringLiteral("task"));
    }

    void unknownFieldsAndNullsAreFine()
    {
        QVERIFY(webhookevent::decode(with(R"("novitaInstanceId":null,"error":null,"healthCheck":null,"extra":{"deep":[[[]]]})")).ok());
    }

    void notJson()
    {
        for (const char *bad : {"", "nonsense", "[]", "\"text\"", "null", "{\"a\":", "{} {}", "\xff\xfe"}) {
            const Result<WebhookEvent> event = webhookevent::decode(bad);
            QVERIFY2(!event && event.error().kind == ErrorKind::Protocol, bad);
        }
        QVERIFY(!webhookevent::decode(QByteArray(500000, '[')));
        QVERIFY(!webhookevent::decode(QByteArray("{\"a\":").repeated(100000)));
    }

    void notOfTheSchema_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("path");
        QTest::newRow("empty") << QByteArray("{}") << QStringLiteral("$.instanceId");
        QTest::newRow("id of a number") << QByteArray(R"({"instanceId":7,"status":"x","timestamp":"2026-01-01T00:00:00Z"})") << QStringLiteral("$.instanceId");
        QTest::newRow("id with blanks") << QByteArray(kSmall).replace("inst_1", "inst 1") << QStringLiteral("$.instanceId");
        QTest::newRow("id with a line end") << QByteArray(kSmall).replace("inst_1", "inst_1\\n") << QStringLiteral("$.instanceId");
        QTest::newRow("long id") << QByteArray(kSmall).replace("inst_1", QByteArray(129, 'a')) << QStringLiteral("$.instanceId");
        QTest::newRow("no status") << QByteArray(kSmall).replace("running", "") << QStringLiteral("$.status");
        QTest::newRow("time without zone") << QByteArray(kSmall).replace("000Z", "000") << QStringLiteral("$.timestamp");
        QTest::newRow("no time") << QByteArray(kSmall).replace("2026-01-01T00:00:00.000Z", "yesterday") << QStringLiteral("$.timestamp");
        QTest::newRow("long text") << with("\"error\":\"" + QByteArray(4097, 'x') + '"') << QStringLiteral("$.error");
        QTest::newRow("long text of wide characters") << with("\"error\":\"" + QByteArray("é").repeated(2049) + '"') << QStringLiteral("$.error");
        QTest::newRow("negative span") << with(R"("elapsedTime":-1)") << QStringLiteral("$.elapsedTime");
        QTest::newRow("huge span") << with(R"("elapsedTime":1e300)") << QStringLiteral("$.elapsedTime");
        QTest::newRow("health of text") << with(R"("healthCheck":"fine")") << QStringLiteral("$.healthCheck");
        QTest::newRow("too many endpoints") << with("\"healthCheck\":{\"endpoints\":[" + QByteArray("{},").repeated(64) + "{}]}")
                                            << QStringLiteral("$.healthCheck.endpoints");
        QTest::newRow("endpoint of a number") << with(R"("healthCheck":{"endpoints":[1]})") << QStringLiteral("$.healthCheck.endpoints[0]");
        QTest::newRow("port out of range") << with(R"("healthCheck":{"endpoints":[{"port":65536}]})") << QStringLiteral("$.healthCheck.endpoints[0].port");
        QTest::newRow("phase") << with(R"("startupOperation":{"phases":{"ready":"soon"}})") << QStringLiteral("$.startupOperation.phases.ready");
        QTest::newRow("task without id") << QByteArray(R"({"event_type":"ASYNC_TASK_RESULT","payload":{}})") << QStringLiteral("$.payload.task.task_id");
    }

    void notOfTheSchema()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, path);
        const Result<WebhookEvent> event = webhookevent::decode(body);
        QVERIFY(!event);
        QCOMPARE(event.error().kind, ErrorKind::Validation);
        QVERIFY2(event.error().message.startsWith(path + QLatin1Char(':')), qPrintable(event.error().message));
    }
};

QTEST_GUILESS_MAIN(TestWebhookEvent)
#include "tst_webhookevent.moc"
