// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"
#include "core/sandbox/sandboxserver.h"
#include "sandboxbench.h"
#include "tests/support/fakeclock.h"

#include <QSet>

using namespace novita;

class TestSandboxApi final : public QObject, private SandboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void coversTheContract()
    {
        QSet<QString> ids;
        for (const ApiOperation &operation : gpuOperations())
            ids.insert(L(operation.operationId));
        QCOMPARE(ids.size(), 53);
    }

    void keys_data()
    {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<int>("status");
        QTest::newRow("bearer") << QByteArray("Bearer abcdefgh") << 200;
        QTest::newRow("lower case") << QByteArray("bearer abcdefgh") << 200;
        QTest::newRow("bare") << QByteArray("abcdefgh") << 200;
        QTest::newRow("short") << QByteArray("Bearer abc") << 401;
        QTest::newRow("wrong") << QByteArray("Bearer wrong-key-1") << 401;
        QTest::newRow("missing") << QByteArray() << 401;
    }
    void keys()
    {
        QFETCH(QByteArray, authorization);
        QFETCH(int, status);
        m_client->setAuthorization(authorization);
        const SandboxAnswer answer = m_client->get(QStringLiteral("v1/clusters"));
        QCOMPARE(answer.status, status);
        if (status == 401)
            QCOMPARE(answer.reason(), QStringLiteral("UNAUTHORIZED"));
    }

    void unknownPathsAndMethods()
    {
        QCOMPARE(m_client->get(QStringLiteral("v1/instances")).status, 404);
        QCOMPARE(m_client->get(QStringLiteral("/v1/gpu/instances")).status, 404);
        QCOMPARE(m_client->send("DELETE", QStringLiteral("v1/gpu/instance")).status, 405);
        QCOMPARE(m_client->postRaw(QStringLiteral("v1/gpu/instance/start"), "{nonsense").reason(), QStringLiteral("VALIDATOR_PARAM"));
        QCOMPARE(m_client->postRaw(QStringLiteral("v1/gpu/instance/start"), "[]").status, 400);
        QCOMPARE(m_client->postRaw(QStringLiteral("v1/gpu/instance/start"), "").status, 400);
    }

    void listRowsAreSummaries()
    {
        create();
        const QJsonObject page = m_client->get(QStringLiteral("v1/gpu/instances?pageNum=0&pageSize=5")).json();
        QCOMPARE(page.value(L("total")).toInt(), 26);
        QCOMPARE(page.value(L("instances")).toArray().size(), 5);
        const QJsonObject row = page.value(L("instances")).toArray().first().toObject();
        QCOMPARE(row.value(L("name")).toString(), QStringLiteral("trainer-a")); // newest first
        for (const char *key : {"cpuNum", "memory", "gpuNum", "endTime", "spotReclaimTime", "createdAt"})
            QVERIFY2(row.value(L(key)).isString(), key);
        QVERIFY(row.value(L("rootfsSize")).isDouble());
        QVERIFY(!row.contains(L("connectComponentSSH")));
        QVERIFY(!row.value(L("portMappings"))[0].toObject().contains(L("endpoint")));
        QCOMPARE(row.value(L("statusError"))[L("message")].toString(QStringLiteral("absent")), QString());
    }

    void pagesDoNotOverlap()
    {
        QSet<QString> ids;
        for (int page = 0; page < 4; ++page) {
            const QJsonArray rows = m_client->get(QStringLiteral("v1/gpu/instances?pageSize=10&pageNum=%1").arg(page)).json().value(L("instances")).toArray();
            QCOMPARE(rows.size(), page < 2 ? 10 : page == 2 ? 5 : 0);
            for (const QJsonValue &row : rows)
                ids.insert(row[L("id")].toString());
        }
        QCOMPARE(ids.size(), 25);
        QCOMPARE(m_client->get(QStringLiteral("v1/gpu/instances")).json().value(L("instances")).toArray().size(), 20);
        QCOMPARE(m_client->get(QStringLiteral("v1/gpu/instances?pageNum=9000000000000000000&pageSize=9000000000000000000")).json().value(L("instances")).toArray().size(), 0);
        QCOMPARE(m_client->get(QStringLiteral("v1/gpu/instances?pageNum=x")).status, 400);
        for (const QJsonValue &row : m_client->get(QStringLiteral("v1/gpu/instances?status=exited")).json().value(L("instances")).toArray())
            QCOMPARE(row[L("status")].toString(), QStringLiteral("exited"));
    }

    void createToRunningToGone()
    {
        const QString id = create();
        QCOMPARE(id.size(), 16);
        QCOMPARE(detail(id).value(L("status")).toString(), QStringLiteral("pending"));
        QCOMPARE(command("stop", withId(id)).reason(), QStringLiteral("REQUEST"));
        m_server->advance(Seconds(120));
        const QJsonObject running = detail(id);
        QCOMPARE(running.value(L("status")).toString(), QStringLiteral("running"));
        const QJsonObject ssh = running.value(L("connectComponentSSH")).toObject();
        QVERIFY(ssh.value(L("sshCommand")).toString().startsWith(L("ssh -p ")));
        QVERIFY(ssh.value(L("sshCommand")).toString().endsWith(L(" root@proxy.us-ca-6.gpu-instance.novita.ai")));
        QVERIFY(ssh.value(L("password")).toString().size() >= 12);
        QCOMPARE(running.value(L("portMappings"))[0][L("endpoint")].toString(), QStringLiteral("https://%1-8080.us-ca-6.gpu-instance.novita.ai").arg(id));
        QVERIFY(running.value(L("portMappings"))[1][L("endpoint")].toString().startsWith(L("proxy.us-ca-6.")));
        QCOMPARE(running.value(L("connectComponentJupyter"))[L("port")].toInt(), 8888);
        QCOMPARE(running.value(L("spotStatus")).toString(), QStringLiteral("running"));

        const SandboxAnswer stop = command("stop", withId(id));
        QCOMPARE(stop.json().value(L("state")).toString(), QStringLiteral("toStop"));
        QCOMPARE(command("stop", withId(id)).json().value(L("message")).toString(), QStringLiteral("invalid state change"));
        m_server->advance(Seconds(20));
        QCOMPARE(m_server->instanceStatus(id), QStringLiteral("exited"));
        QCOMPARE(detail(id).value(L("connectComponentSSH"))[L("isRunning")].toBool(true), false);
        QCOMPARE(command("start", withId(id)).status, 200);
        m_server->advance(Seconds(30));
        QVERIFY(detail(id).value(L("connectComponentSSH"))[L("password")] != ssh.value(L("password"))); // volatile
        QCOMPARE(command("restart", withId(id)).status, 200);
        QCOMPARE(command("delete", withId(id)).status, 200);
        m_server->advance(Seconds(20));
        QCOMPARE(m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).status, 404);
        QCOMPARE(command("start", withId(id)).status, 404);
    }

    void badCreates_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("reason");
        const QString validator = QStringLiteral("VALIDATOR_PARAM");
        QTest::newRow("no image") << QByteArray(R"({"imageUrl":null})") << validator;
        QTest::newRow("name is a number") << QByteArray(R"({"name":7})") << validator;
        QTest::newRow("no cards") << QByteArray(R"({"gpuNum":0})") << validator;
        QTest::newRow("nine cards") << QByteArray(R"({"gpuNum":9})") << validator;
        QTest::newRow("half a card") << QByteArray(R"({"gpuNum":1.5})") << validator;
        QTest::newRow("small disk") << QByteArray(R"({"rootfsSize":9})") << validator;
        QTest::newRow("disk beyond the product") << QByteArray(R"({"productId":"3090.8c32g","rootfsSize":2000})") << validator;
        QTest::newRow("ports with colon") << QByteArray(R"({"ports":"8080:http"})") << validator;
        QTest::newRow("udp") << QByteArray(R"({"ports":"53/udp"})") << validator;
        QTest::newRow("reserved port") << QByteArray(R"({"ports":"2222/tcp"})") << validator;
        QTest::newRow("port 0") << QByteArray(R"({"ports":"0/tcp"})") << validator;
        QTest::newRow("fifteen ports and a tool") << QByteArray(R"({"ports":"1/tcp,2/tcp,3/tcp,4/tcp,5/tcp,6/tcp,7/tcp,8/tcp,9/tcp,10/tcp,11/tcp,12/tcp,13/tcp,14/tcp,15/tcp"})") << validator;
        QTest::newRow("ports as array") << QByteArray(R"({"ports":[{"port":80,"type":"http"}]})") << validator;
        QTest::newRow("tool port is a number") << QByteArray(R"({"tools":[{"name":"Jupyter","port":8888,"type":"http"}]})") << validator;
        QTest::newRow("other tool") << QByteArray(R"({"tools":[{"name":"VSCode","port":"8888","type":"http"}]})") << validator;
        QTest::newRow("env without value") << QByteArray(R"({"envs":[{"key":"a"}]})") << validator;
        QTest::newRow("kind") << QByteArray(R"({"kind":"tpu"})") << validator;
        QTest::newRow("kind of another product") << QByteArray(R"({"kind":"cpu"})") << validator;
        QTest::newRow("billing mode") << QByteArray(R"({"billingMode":"postpaid"})") << validator;
        QTest::newRow("unknown cluster") << QByteArray(R"({"clusterId":"mars-1"})") << validator;
        QTest::newRow("product not in the cluster") << QByteArray(R"({"clusterId":"as-in-1"})") << QStringLiteral("INSUFFICIENT_RESOURCE");
        QTest::newRow("unknown product") << QByteArray(R"({"productId":"1"})") << QStringLiteral("RESOURCE_NOT_FOUND");
        QTest::newRow("sold out") << QByteArray(R"({"productId":"b200.28c240g","billingMode":"onDemand"})") << QStringLiteral("INSUFFICIENT_RESOURCE");
        QTest::newRow("no spot") << QByteArray(R"({"productId":"6000ada.16c92g"})") << QStringLiteral("UNSUPPORTED_BILLING_MODE");
        QTest::newRow("unknown volume") << QByteArray(R"({"networkStorages":[{"Id":"ns-0"}]})") << QStringLiteral("NETWORK_STORAGE_NOT_FOUND");
        QTest::newRow("unknown network") << QByteArray(R"({"networkId":"vpc-0"})") << QStringLiteral("NETWORK_NOT_FOUND");
        QTest::newRow("too dear") << QByteArray(R"({"productId":"h100.20c180g","gpuNum":8,"month":36})") << QStringLiteral("BALANCE_NOT_ENOUGH");
    }
    void badCreates()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, reason);
        QJsonObject body = object(kGpuBody);
        const QJsonObject changes = QJsonDocument::fromJson(change).object();
        for (auto it = changes.begin(); it != changes.end(); ++it)
            body.insert(it.key(), it.value());
        const QStringList before = m_server->instanceIds();
        const SandboxAnswer answer = m_client->post(QStringLiteral("v1/gpu/instance/create"), body);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.reason(), reason);
        QCOMPARE(m_server->instanceIds(), before);
    }

    void forgivenButNoted()
    {
        QJsonObject body = object(kGpuBody);
        body.remove(L("kind"));
        body.insert(QStringLiteral("gpuNum"), QStringLiteral("1"));
        body.insert(QStringLiteral("env"), QJsonArray());
        body.insert(QStringLiteral("ports"), QStringLiteral("80/http, 3306/tcp"));
        QVERIFY(!create(body).isEmpty());
        m_client->get(QStringLiteral("v1/gpu/instances?pageNumber=1"));
        const QStringList violations = m_server->violations();
        for (const char *expected : {"createInstance: kind is required", "createInstance: unknown property env", "createInstance: ports has blanks",
                                     "createInstance: gpuNum is a string instead of an integer", "listInstances: unknown query parameter pageNumber"})
            QVERIFY2(violations.contains(L(expected)), expected);
    }

    void violationsAreBounded()
    {
        QJsonObject body = object(kGpuBody);
        for (int i = 0; i < 1000; ++i)
            body.insert(QString::number(i) + QString(300, u'x'), i);
        create(body);
        const QStringList violations = m_server->violations();
        QCOMPARE(violations.size(), 51);
        QCOMPARE(violations.last(), QStringLiteral("createInstance: and 950 more"));
        for (const QString &violation : violations)
            QVERIFY(violation.size() < 250);
    }

    void requestLogHidesSecrets()
    {
        m_client->post(QStringLiteral("v1/repository/auth/save"), object(R"({"name":"r","username":"u","password":"hunter2hunter2"})"));
        const QByteArray log = m_client->get(QStringLiteral("/_sandbox/requests")).body;
        QVERIFY(log.contains("createRegistryAuth"));
        QVERIFY(!log.contains("hunter2hunter2"));
        QVERIFY(!log.contains("test-key-123"));
        QCOMPARE(m_server->requests().last().authorization, QStringLiteral("bearer"));
        QCOMPARE(m_client->send("DELETE", QStringLiteral("/_sandbox/requests")).status, 200);
        QVERIFY(m_server->requests().isEmpty());
    }

    void subscriptions()
    {
        QJsonObject body = object(kGpuBody);
        body.insert(QStringLiteral("month"), 1); // forces monthly, whatever billingMode says
        const QString id = createRunning(body);
        QVERIFY(!id.isEmpty());
        QCOMPARE(detail(id).value(L("billingMode")).toString(), QStringLiteral("monthly"));
        const qint64 end = detail(id).value(L("endTime")).toString().toLongLong();
        QCOMPARE(command("delete", withId(id)).reason(), QStringLiteral("PREPAID_INSTANCE_NOT_SUPPORT_RELEASE"));
        QCOMPARE(command("renewInstance", withId(id, object(R"({"month":2})"))).status, 200);
        QCOMPARE(detail(id).value(L("endTime")).toString().toLongLong(), end + 2 * 30 * 24 * 3600);
        QCOMPARE(m_client->post(QStringLiteral("v1/gpu/instance/setAutoRenew"), QJsonObject{{QStringLiteral("instanceIds"), QJsonArray{id}}, {QStringLiteral("autoRenew"), true}, {QStringLiteral("autoRenewMonth"), 1}}).status, 200);
        const QJsonArray bills = m_client->get(QStringLiteral("/openapi/v1/billing/bill/monthly/list")).json().value(L("bills")).toArray();
        QCOMPARE(bills.size(), 2);
        QCOMPARE(bills.at(0)[L("amount")].toString(), QStringLiteral("45360000"));
        QCOMPARE(bills.at(0)[L("endTime")], detail(id).value(L("endTime"))); // of the renewal, which is listed first
        QCOMPARE(bills.at(0)[L("startTime")].toString(), QString::number(end));
        QCOMPARE(bills.at(1)[L("startTime")], bills.at(1)[L("createTime")]);
        body.remove(L("month"));
        body.insert(QStringLiteral("billingMode"), QStringLiteral("onDemand"));
        const QString onDemand = createRunning(body);
        QCOMPARE(command("renewInstance", withId(onDemand, object(R"({"month":1})"))).reason(), QStringLiteral("UNSUPPORTED_BILLING_MODE"));
        QCOMPARE(command("transToMonthlyInstance", withId(onDemand, object(R"({"month":1})"))).status, 200);
        QCOMPARE(detail(onDemand).value(L("billingMode")).toString(), QStringLiteral("monthly"));
    }

    void editUpgradeMigrateJobs()
    {
        const QString id = createRunning();
        QCOMPARE(command("edit", withId(id, object(R"({"ports":[{"port":9000,"type":"http"}],"expandRootDisk":20})"))).status, 200);
        QCOMPARE(detail(id).value(L("rootfsSize")).toInt(), 80);
        QCOMPARE(detail(id).value(L("portMappings"))[0][L("port")].toInt(), 9000);
        QCOMPARE(command("edit", withId(id, object(R"({"ports":[{"port":2223,"type":"http"}]})"))).status, 400);
        QCOMPARE(command("upgrade", withId(id, object(R"({"imageUrl":"x"})"))).status, 400);
        QCOMPARE(command("upgrade", withId(id, object(R"({"imageUrl":"debian:12","imageAuthId":"none","envs":[],"command":"","save":true,"networkVolume":{"volumeMounts":[]}})"))).reason(),
                 QStringLiteral("RESOURCE_NOT_FOUND"));
        QCOMPARE(command("upgrade", withId(id, object(R"({"imageUrl":"debian:12","imageAuthId":"","envs":[],"command":"","save":true,"networkVolume":{"volumeMounts":[]}})"))).status, 200);
        QCOMPARE(m_server->instanceStatus(id), QStringLiteral("toReset"));
        m_server->advance(Seconds(60));
        QCOMPARE(detail(id).value(L("imageUrl")).toString(), QStringLiteral("debian:12"));
        QCOMPARE(command("migrate", withId(id)).reason(), QStringLiteral("REQUEST"));
        QVERIFY(m_server->reclaimSpot(id, Seconds(5)).ok());
        m_server->advance(Seconds(60));
        QCOMPARE(detail(id).value(L("spotStatus")).toString(), QStringLiteral("terminated"));
        const QString job = m_client->post(QStringLiteral("v1/job/save/image"), withId(id, object(R"({"image":"r.example.com/a:1"})"))).json().value(L("jobId")).toString();
        QVERIFY(!job.isEmpty());
        QCOMPARE(detail(id).value(L("jobs"))[0][L("id")].toString(), job);
        m_server->advance(Seconds(60));
        QCOMPARE(m_client->get(QStringLiteral("v1/jobs?jobId=") + job).json().value(L("jobs"))[0][L("state")][L("state")].toString(), QStringLiteral("success"));
        QCOMPARE(m_client->post(QStringLiteral("v1/job/break"), {{QStringLiteral("jobId"), QStringLiteral("none")}}).reason(), QStringLiteral("JOB_NOT_FOUND"));
        QCOMPARE(command("migrate", withId(id)).status, 200);
        m_server->advance(Seconds(60));
        QCOMPARE(m_server->instanceStatus(id), QStringLiteral("running"));
        QCOMPARE(m_client->get(QStringLiteral("v1/jobs?type=instanceMigrate")).json().value(L("total")).toInt(), 1);
        QCOMPARE(command("setAutoMigrate", withId(id, object(R"({"autoMigrateOpen":true,"autoMigrateSystemDisk":false})"))).status, 200);
    }

    void sameSeedSameAnswers()
    {
        const FakeClock clock; // stands still: it is read from the servers' threads
        QList<QByteArray> answers;
        for (int run = 0; run < 2; ++run) {
            SandboxServer server(SandboxOptions{.seed = 99, .instances = 30, .clock = &clock});
            QVERIFY(server.start().ok());
            SandboxClient client(server.apiRoot());
            const QByteArray created = client.post(QStringLiteral("v1/gpu/instance/create"), object(kGpuBody)).body;
            server.advance(Seconds(30));
            answers.append(created + client.get(QStringLiteral("v1/gpu/instances?pageSize=100")).body + client.get(QStringLiteral("/openapi/v1/billing/balance/detail")).body);
        }
        QCOMPARE(answers.at(0), answers.at(1));
    }

    void manyInstances()
    {
        SandboxServer server(SandboxOptions{.instances = 10000});
        QVERIFY(server.start().ok());
        SandboxClient client(server.apiRoot());
        QSet<QString> ids;
        for (int page = 0; page < 100; ++page) {
            for (const QJsonValue &row : client.get(QStringLiteral("v1/gpu/instances?pageSize=100&pageNum=%1").arg(page)).json().value(L("instances")).toArray())
                ids.insert(row[L("id")].toString());
        }
        QCOMPARE(ids.size(), 10000);
    }

    void badOptions()
    {
        QVERIFY(!SandboxServer(SandboxOptions{.instances = 100001}).start().ok());
        QVERIFY(!SandboxServer(SandboxOptions{.timeScale = 0}).start().ok());
        SandboxServer second(SandboxOptions{.port = m_server->port()});
        QCOMPARE(second.start().error().kind, ErrorKind::Network);
        QCOMPARE(second.port(), quint16(0));
    }
};

QTEST_GUILESS_MAIN(TestSandboxApi)
#include "tst_sandboxapi.moc"
