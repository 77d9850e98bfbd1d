// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"
#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"
#include "tests/support/fakeclock.h"

#include <QSet>

using namespace novita;

namespace {

using L = QLatin1String;

QJsonObject object(const char *json)
{
    QJsonParseError error;
    const QJsonObject parsed = QJsonDocument::fromJson(json, &error).object();
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return parsed;
}

QJsonObject withId(const QString &id, QJsonObject body = {})
{
    body.insert(QStringLiteral("instanceId"), id);
    return body;
}

const char *const kGpuBody = R"({"name":"trainer-a","productId":"4090.16c62g","gpuNum":1,"rootfsSize":60,"imageUrl":"docker.io/library/ubuntu:22.04",
    "ports":"8080/http,5432/tcp","envs":[{"key":"HF_HOME","value":"/data"}],"tools":[{"name":"Jupyter","port":"8888","type":"http"}],
    "clusterId":"us-ca-6","kind":"gpu","billingMode":"spot"})";

} // namespace

class TestSandboxApi final : public QObject
{
    Q_OBJECT

private:
    QString create(const QJsonObject &body = object(kGpuBody))
    {
        const SandboxAnswer answer = m_client->post(QStringLiteral("v1/gpu/instance/create"), body);
        return answer.json().value(L("id")).toString();
    }
    QString createRunning(const QJsonObject &body = object(kGpuBody))
    {
        const QString id = create(body);
        m_server->advance(Seconds(120));
        return m_server->instanceStatus(id) == L("running") ? id : QString();
    }
    QJsonObject detail(const QString &id) { return m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).json(); }
    SandboxAnswer command(const char *verb, const QJsonObject &body) { return m_client->post(QStringLiteral("v1/gpu/instance/") + L(verb), body); }

private slots:
    void init()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.seed = 1, .instances = 25});
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void coversTheContract()
    {
        QSet<QString> ids;
        for (const ApiOperation &operation : allOperations())
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

    void catalogue()
    {
        const QJsonArray clusters = m_client->get(QStringLiteral("v1/clusters")).json().value(L("data")).toArray();
        QSet<QString> names;
        for (const QJsonValue &cluster : clusters)
            names.insert(cluster[L("name")].toString());
        const QJsonArray products = m_client->get(QStringLiteral("v1/products")).json().value(L("data")).toArray();
        QVERIFY(products.size() >= 10);
        for (const QJsonValue &product : products) {
            QVERIFY(product[L("price")].isString());
            for (const QJsonValue &region : product[L("regions")].toArray())
                QVERIFY(names.contains(region.toString()));
        }
        for (const QJsonValue &product : m_client->get(QStringLiteral("v1/products?billingMethod=spot&productName=rtx")).json().value(L("data")).toArray())
            QVERIFY(product[L("spotPrice")].toString().toInt() > 0);
        QCOMPARE(m_client->get(QStringLiteral("v1/products?billingMethod=prepaid")).status, 400);
        QCOMPARE(m_client->get(QStringLiteral("v1/cpu/products")).json().value(L("data")).toArray().size(), 4);
    }

    void templates()
    {
        const QString id = m_client->post(QStringLiteral("v1/template/create"), object(R"({"template":{"name":"mine","type":"instance","channel":"private","image":"x","rootfsSize":60,"ports":[{"type":"http","ports":[8080]}]}})")).json().value(L("templateId")).toString();
        QVERIFY(!id.isEmpty());
        QCOMPARE(m_client->get(QStringLiteral("v1/templates?channel=private&isMyCommunity=true")).json().value(L("template"))[0][L("Id")].toString(), id);
        QCOMPARE(m_client->post(QStringLiteral("v1/template/update"), QJsonObject{{QStringLiteral("template"), QJsonObject{{QStringLiteral("Id"), id}, {QStringLiteral("name"), QStringLiteral("mine2")}, {QStringLiteral("type"), QStringLiteral("instance")}, {QStringLiteral("channel"), QStringLiteral("private")}, {QStringLiteral("image"), QStringLiteral("x")}, {QStringLiteral("rootfsSize"), 60}}}}).status, 200);
        QCOMPARE(m_client->get(QStringLiteral("v1/template?templateId=") + id).json().value(L("template"))[L("name")].toString(), QStringLiteral("mine2"));
        QCOMPARE(m_client->post(QStringLiteral("v1/template/delete"), {{QStringLiteral("templateId"), id}}).json().value(L("templateId")).toString(), id);
        const SandboxAnswer gone = m_client->get(QStringLiteral("v1/template?templateId=") + id);
        QCOMPARE(gone.status, 400);
        QCOMPARE(gone.reason(), QStringLiteral("TEMPLATE_NOT_FOUND"));
        QCOMPARE(m_client->get(QStringLiteral("v1/templates?channel=official&channel=community")).json().value(L("total")).toInt(), 5);
        QCOMPARE(m_client->get(QStringLiteral("v1/templates?channel=official,community")).json().value(L("total")).toInt(), 5);
    }

    void thingsInUseStay()
    {
        QCOMPARE(m_client->post(QStringLiteral("v1/repository/auth/save"), object(R"({"name":"hub","username":"u","password":"p-p-p-p-p"})")).json(), QJsonObject());
        QString auth;
        for (const QJsonValue &row : m_client->get(QStringLiteral("v1/repository/auths")).json().value(L("data")).toArray())
            auth = row[L("name")].toString() == L("hub") ? row[L("id")].toString() : auth;
        const QByteArray bare = m_client->post(QStringLiteral("v1/networkstorage/create"), object(R"({"clusterId":"us-ca-6","storageName":"d","storageSize":50})")).body;
        const QString storage = QString::fromUtf8(bare).remove(u'"');
        QVERIFY(bare.startsWith("\"ns-"));
        const QString network = m_client->post(QStringLiteral("v1/network/create"), object(R"({"clusterId":"us-ca-6","name":"n"})")).json().value(L("network"))[0][L("Id")].toString();
        QJsonObject body = object(kGpuBody);
        body.insert(QStringLiteral("imageAuthId"), auth);
        body.insert(QStringLiteral("networkId"), network);
        body.insert(QStringLiteral("networkStorages"), QJsonArray{QJsonObject{{QStringLiteral("Id"), storage}}});
        const QString id = createRunning(body);
        QVERIFY(!id.isEmpty());
        QCOMPARE(detail(id).value(L("volumeMounts"))[0][L("size")].toInt(), 50);
        const auto remove = [&](const char *path, const char *key, const QString &value) { return m_client->post(L(path), {{L(key), value}}).reason(); };
        QCOMPARE(remove("v1/repository/auth/delete", "id", auth), QStringLiteral("IMAGE_AUTH_IN_USE"));
        QCOMPARE(remove("v1/networkstorage/delete", "storageId", storage), QStringLiteral("NETWORK_STORAGE_IN_USE"));
        QCOMPARE(remove("v1/network/delete", "networkId", network), QStringLiteral("NETWORK_IN_USE"));
        QCOMPARE(m_client->get(QStringLiteral("v1/network?networkId=") + network).json().value(L("network"))[0][L("Addresses")].toArray().size(), 1);
        QCOMPARE(m_client->post(QStringLiteral("v1/networkstorage/update"), QJsonObject{{QStringLiteral("storageId"), storage}, {QStringLiteral("storageName"), QStringLiteral("d")}, {QStringLiteral("storageSize"), 40}}).status, 400);
        QCOMPARE(command("delete", withId(id)).status, 200);
        m_server->advance(Seconds(20));
        QCOMPARE(remove("v1/repository/auth/delete", "id", auth), QString());
        QCOMPARE(remove("v1/networkstorage/delete", "storageId", storage), QString());
        QCOMPARE(remove("v1/network/delete", "networkId", network), QString());
        QCOMPARE(remove("v1/network/delete", "networkId", network), QStringLiteral("NETWORK_NOT_FOUND"));
        QCOMPARE(m_client->post(QStringLiteral("v1/networkstorage/create"), object(R"({"clusterId":"as-in-1","storageName":"d","storageSize":50})")).reason(), QStringLiteral("CUR_CLUSTER_NETWORK_STORAGE_NOT_SUPPORT"));
    }

    void prewarmAndEndpoints()
    {
        const QString task = m_client->post(QStringLiteral("v1/image/prewarm"), object(R"({"imageUrl":"docker.io/library/ubuntu:22.04","clusterId":"us-ca-6","note":"base"})")).json().value(L("id")).toString();
        QCOMPARE(m_client->get(QStringLiteral("v1/image/prewarm?page=1&pageSize=10")).json().value(L("data"))[0][L("state")].toString(), QStringLiteral("Pending"));
        m_server->advance(Seconds(100));
        QCOMPARE(m_client->get(QStringLiteral("v1/image/prewarm?state=Succeeded")).json().value(L("data"))[0][L("imageName")].toString(), QStringLiteral("ubuntu"));
        QCOMPARE(m_client->get(QStringLiteral("v1/image/prewarm/quota")).json().value(L("total")).toInt(), 1);
        QCOMPARE(m_client->post(QStringLiteral("v1/image/prewarm/delete"), {{QStringLiteral("ids"), QJsonArray{task}}}).status, 200);
        const QString endpoint = m_client->post(QStringLiteral("v1/endpoint/create"), object(R"({"endpoint":{"name":"demo","appName":"demo","workerConfig":{"minNum":1,"maxNum":1,"freeTimeout":300,"maxConcurrent":1,"gpuNum":1},
            "ports":[{"port":"80"}],"policy":{"type":"queue","value":5},"image":{"image":"nginx"},"products":[{"id":"SL-serverless-3"}],"rootfsSize":100,"volumeMounts":[],"healthy":{"path":"/health"}}})")).json().value(L("id")).toString();
        QVERIFY(!endpoint.isEmpty());
        m_server->advance(Seconds(60));
        const QJsonValue found = m_client->get(QStringLiteral("v1/endpoint?id=") + endpoint).json().value(L("endpoint"));
        QCOMPARE(found[L("state")][L("state")].toString(), QStringLiteral("serving"));
        QVERIFY(found[L("workerConfig")][L("freeTimeout")].isString());
        QCOMPARE(found[L("workers")].toArray().size(), 1);
        QCOMPARE(m_client->post(QStringLiteral("v1/endpoint/delete"), {{QStringLiteral("name"), endpoint}}).status, 200);
        QCOMPARE(m_client->get(QStringLiteral("v1/endpoint?id=") + endpoint).reason(), QStringLiteral("SERVERLESS_ENDPOINT_NOT_FOUND"));
        QCOMPARE(m_client->get(QStringLiteral("v1/endpoint/limit")).json().value(L("maxGPUNum")).toInt(), 8);
    }

    void metricsCoverTheAskedRange()
    {
        const QString id = createRunning();
        m_server->advance(Seconds(1000));
        const qint64 now = std::chrono::floor<Seconds>(m_server->worldNow()).time_since_epoch().count();
        const QJsonObject metrics = m_client->get(QStringLiteral("/openapi/v1/metrics/gpu/instance?instanceId=%1&startTime=%2&endTime=%3&interval=30").arg(id).arg(now - 600).arg(now - 60)).json();
        const QJsonArray cpu = metrics.value(L("cpuUtilization")).toArray();
        QVERIFY(cpu.size() >= 17 && cpu.size() <= 19);
        for (const QJsonValue &point : cpu)
            QVERIFY(point[L("value")].toDouble() >= 0.0 && point[L("value")].toDouble() <= 100.0 && point[L("timestamp")].isString());
        QCOMPARE(metrics.value(L("gpuUtilization"))[L("gpuIds")].toArray().size(), 1);
        QVERIFY(!m_client->get(QStringLiteral("/openapi/v1/metrics/gpu/instance?instanceId=") + id).json().value(L("cpuUtilization")).toArray().isEmpty());
    }

    void billsAddUp()
    {
        QJsonObject body = object(kGpuBody);
        body.insert(QStringLiteral("billingMode"), QStringLiteral("onDemand"));
        body.insert(QStringLiteral("gpuNum"), 2);
        const QString balancePath = QStringLiteral("/openapi/v1/billing/balance/detail");
        const QString id = createRunning(body);
        const qint64 before = m_client->get(balancePath).json().value(L("availableBalance")).toString().toLongLong();
        m_server->advance(Seconds(7200));
        const qint64 spent = before - m_client->get(balancePath).json().value(L("availableBalance")).toString().toLongLong();
        QVERIFY(spent >= 2 * 7000); // two hours of two cards at 0.35 USD, in 1/10000 USD, and the others
        qint64 hourly = 0, cardSeconds = 0;
        for (const QJsonValue &bill : m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Hour&productCategory=gpu&ownerId=") + id).json().value(L("bills")).toArray()) {
            QCOMPARE(bill[L("basePrice0")].toString(), QStringLiteral("35000"));
            hourly += bill[L("amount")].toString().toLongLong();
            cardSeconds += bill[L("billNum0")].toString().toLongLong();
        }
        QVERIFY(cardSeconds >= 2 * 7200);
        QVERIFY(qAbs(hourly - cardSeconds * 35000 / 3600) <= 4);
        QCOMPARE(m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Hour")).status, 400);
        const auto units = [&] {
            qint64 sum = 0;
            for (const QJsonValue &bill : m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Day&productCategory=gpu&ownerId=") + id).json().value(L("bills")).toArray())
                sum += bill[L("amount")].toString().toLongLong();
            return sum;
        };
        const qint64 beforeDelete = units();
        command("delete", withId(id));
        m_server->advance(Seconds(60));
        QCOMPARE(m_server->instanceStatus(id), QString());
        QVERIFY(units() >= beforeDelete); // what is gone was paid all the same
        QCOMPARE(m_client->get(QStringLiteral("/openapi/v1/billing/monthly/bill")).json().value(L("data")).toArray().size(), 3);
    }

    void logsAreStreams()
    {
        const QString id = createRunning();
        const std::unique_ptr<QNetworkReply> reply(m_client->open(detail(id).value(L("connectComponentLog"))[L("instanceLogAddress")].toString()));
        QByteArray text;
        QTRY_VERIFY((text += reply->readAll()).count('\n') >= 21); // history, and then what happens
        QVERIFY(!reply->isFinished());
        command("stop", withId(id));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
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

private:
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

QTEST_GUILESS_MAIN(TestSandboxApi)
#include "tst_sandboxapi.moc"
