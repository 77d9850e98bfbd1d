// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxbench.h"

#include <QSet>

using namespace novita;

/// What the simulated cloud serves beside its instances.
class TestSandboxServices final : public QObject, private SandboxBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

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
        const QString network = m_client->post(QStringLiteral("v1/network/create"), object(R"({"clusterId":"us-ca-6","name":"n"})")).status == 200
            ? m_client->get(QStringLiteral("v1/networks?name=n")).json().value(L("networks"))[0][L("Id")].toString() : QString();
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
        QCOMPARE(m_client->get(QStringLiteral("v1/image/prewarm/quota")).json().value(L("total")).toInt(), 4);
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

    void aStepWithoutBoundIsTheDefault()
    {
        const QString id = createRunning();
        m_server->advance(Seconds(1000));
        const qint64 now = std::chrono::floor<Seconds>(m_server->worldNow()).time_since_epoch().count();
        const QString base = QStringLiteral("/openapi/v1/metrics/gpu/instance?instanceId=%1&startTime=%2&endTime=%3&interval=").arg(id).arg(now - 600).arg(now - 60);
        for (const char *step : {"9223372036854775807", "-9223372036854775808", "99999999999999999999", "x"})
            QVERIFY2(m_client->get(base + QLatin1String(step)).json().value(L("cpuUtilization")).toArray().size() > 30, step);
    }

    void metricsSayWhatTheyAreTold()
    {
        const QString id = createRunning();
        m_server->advance(Seconds(1000));
        const auto tell = [this](const QByteArray &body) { return m_client->postRaw(QStringLiteral("/_sandbox/utilisation"), body).status; };
        const auto values = [this, &id](const char *meter) {
            const qint64 now = std::chrono::floor<Seconds>(m_server->worldNow()).time_since_epoch().count();
            const QJsonObject metrics = m_client->get(QStringLiteral("/openapi/v1/metrics/gpu/instance?instanceId=%1&startTime=%2&endTime=%3&interval=60").arg(id).arg(now - 600).arg(now - 60)).json();
            const QJsonValue series = metrics.value(L(meter));
            QSet<int> out;
            for (const QJsonValue &point : series.isArray() ? series.toArray() : series[L("gpuIds")][0][L("items")].toArray())
                out.insert(int(point[L("value")].toDouble() * 10));
            return out;
        };
        QCOMPARE(tell(QStringLiteral(R"({"instanceId":"%1","gpu":0,"cpu":2.5})").arg(id).toUtf8()), 200);
        QCOMPARE(values("gpuUtilization"), QSet<int>{0});
        QCOMPARE(values("cpuUtilization"), QSet<int>{25});
        QCOMPARE(tell(QStringLiteral(R"({"instanceId":"%1","cpu":null})").arg(id).toUtf8()), 200);
        QCOMPARE(values("gpuUtilization"), QSet<int>{0}); // what is not named stays
        QVERIFY(values("cpuUtilization").size() > 1);

        QCOMPARE(tell(QStringLiteral(R"({"instanceId":"%1","gpu":101})").arg(id).toUtf8()), 400);
        QCOMPARE(tell(QStringLiteral(R"({"instanceId":"%1","gpu":"0"})").arg(id).toUtf8()), 400);
        QCOMPARE(tell(QStringLiteral(R"({"instanceId":"%1","fan":1})").arg(id).toUtf8()), 400);
        QCOMPARE(tell("[]"), 404);
        QCOMPARE(tell(R"({"instanceId":"nobody","gpu":1})"), 404);
        QCOMPARE(values("gpuUtilization"), QSet<int>{0});
    }

    void billsAddUp()
    {
        QJsonObject body = object(kGpuBody);
        body.insert(QStringLiteral("billingMode"), QStringLiteral("onDemand"));
        body.insert(QStringLiteral("gpuNum"), 2);
        const QString balancePath = QStringLiteral("/openapi/v1/billing/balance/detail");
        const QString id = createRunning(body);
        QCOMPARE(m_client->get(balancePath).json().value(L("pendingCharges")).toString(), QStringLiteral("0"));
        const qint64 before = m_client->get(balancePath).json().value(L("availableBalance")).toString().toLongLong();
        m_server->advance(Seconds(3 * 3600)); // hours are settled when they are over: at least two of these
        const qint64 spent = before - m_client->get(balancePath).json().value(L("availableBalance")).toString().toLongLong();
        QVERIFY(spent >= 2 * 7000); // two hours of two cards at 0.35 USD, in 1/10000 USD, and the others
        qint64 hourly = 0, cardSeconds = 0;
        for (const QJsonValue &bill : m_client->get(QStringLiteral("/openapi/v1/billing/bill/list?cycleType=Hour&productCategory=gpu&ownerId=") + id).json().value(L("bills")).toArray()) {
            QCOMPARE(bill[L("basePrice0")].toString(), QStringLiteral("35000"));
            hourly += bill[L("amount")].toString().toLongLong();
            cardSeconds += bill[L("billNum0")].toString().toLongLong();
        }
        QVERIFY(cardSeconds >= 2 * 7200);
        QVERIFY(qAbs(hourly - cardSeconds * 35000 / 3600) <= 1); // rounded once, on the running total
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
};

QTEST_GUILESS_MAIN(TestSandboxServices)
#include "tst_sandboxservices.moc"
