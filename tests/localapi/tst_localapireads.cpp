// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverystore.h"
#include "localapifixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <utility>

using namespace novita;
using Answer = LocalApiFixture::Answer;
using L1 = QLatin1String;

namespace {

/// Microseconds of CPU time that this thread has used.
std::clock_t threadCpu()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/// An instance with everything that may be secret, in the store only.
Instance secretive(const QString &id)
{
    Instance one;
    one.id = InstanceId(id);
    one.name = QStringLiteral("secretive");
    one.status = InstanceStatus::Running;
    one.statusText = QStringLiteral("running");
    one.kind = QStringLiteral("gpu");
    one.clusterName = QStringLiteral("US-CA-06 (California)");
    one.gpuNum = 2;
    one.imageUrl = QStringLiteral("registry.example/a:1");
    one.command = QStringLiteral("serve --password=PLANTED-command --port 80");
    one.entrypoint = QStringLiteral("run --token PLANTED-token sk_PLANTED_entrypoint");
    one.envs = {{QStringLiteral("PLAIN"), QStringLiteral("PLANTED-env")}, {QStringLiteral("API_KEY"), QStringLiteral("PLANTED-envkey")}};
    one.ports = {{8888, QStringLiteral("http"), QStringLiteral("https://u:PLANTED-user@a.example/x?token=PLANTED-query#PLANTED-fragment")}};
    one.statusError = QStringLiteral("pull failed with authorization: Bearer PLANTED-bearer");
    ConnectionInfo connection;
    connection.sshCommand = QStringLiteral("ssh -p 42210 root@proxy.example");
    connection.sshPassword = QStringLiteral("PLANTED-ssh");
    connection.terminalAddress = QStringLiteral("https://t.example/?password=PLANTED-terminal");
    connection.terminalPassword = QStringLiteral("PLANTED-terminalpassword");
    connection.jupyterAddress = QStringLiteral("https://j.example/lab?token=PLANTED-jupyter");
    one.connection = connection;
    one.createdAt = TimePoint(Milliseconds(1767225600000));
    return one;
}

} // namespace

/// What tells something, and what it does not tell.
class TestLocalApiReads final : public QObject
{
    Q_OBJECT

private slots:
    void healthOfAWorkingProgram()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        const int asked = int(api.cloud.cloud.requests().size());
        const Answer answer = api.get("/health");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value(L1("status")).toString(), QStringLiteral("healthy"));
        QVERIFY(answer.json().value(L1("dependencies")).toObject().value(L1("novitaApi")).toObject().value(L1("responseTime")).isDouble());
        QVERIFY(answer.hasField("Cache-Control"));
        QVERIFY(!answer.head.toLower().contains("access-control"));
        QVERIFY2(int(api.cloud.cloud.requests().size()) <= asked + 1, "Nothing is asked of the cloud for a health report");
    }

    void healthWithoutKeyIs503()
    {
        LocalApiFixture api;
        QVERIFY(api.listen());
        const Answer answer = api.get("/health");
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.json().value(L1("services")).toObject().value(L1("novitaApi")).toString(), QStringLiteral("down"));
        QVERIFY(!answer.json().value(L1("reasons")).toObject().value(L1("novitaApi")).toString().isEmpty());
        QCOMPARE(api.get("/metrics").status, 200);
        QCOMPARE(api.get("/api/metrics").status, 200);
        QCOMPARE(api.get("/api/instances").code(), QStringLiteral("NOT_READY"));
        QCOMPARE(api.get("/api/instances/x").code(), QStringLiteral("NOT_READY"));
        QCOMPARE(api.post("/api/instances", QByteArray("{}")).code(), QStringLiteral("NOT_CONNECTED"));
    }

    void metricsOfAWorkingProgram()
    {
        LocalApiFixture api(5);
        QVERIFY(api.connectAndListen());
        const Answer answer = api.get("/metrics");
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.head.contains("text/plain; version=0.0.4"));
        QVERIFY(answer.body.contains("novita_api_up 1\n"));
        QVERIFY(answer.body.contains("novita_api_operation_requests_total{operation=\"listInstances\"}"));
        QProcess parser;
        parser.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(NOVITA_SOURCE_DIR "/tests/localapi/check_metrics.py")});
        parser.write(answer.body);
        parser.closeWriteChannel();
        QVERIFY(parser.waitForFinished(30000));
        QVERIFY2(parser.exitCode() == 0, parser.readAllStandardError().constData());
        const Answer summary = api.get("/api/metrics");
        QCOMPARE(summary.json().value(L1("instances")).toObject().value(L1("total")).toInt(), 5);
        QVERIFY(summary.json().value(L1("requests")).toObject().value(L1("total")).toInt() > 0);
        const Answer head = api.send(api.request("HEAD", "/metrics"), true);
        QCOMPARE(head.status, 200);
        QVERIFY(head.body.isEmpty());
    }

    void listAndRead()
    {
        LocalApiFixture api(7);
        QVERIFY(api.connectAndListen());
        const QJsonObject all = api.get("/api/instances").json();
        QCOMPARE(all.value(L1("total")).toInt(), 7);
        QCOMPARE(all.value(L1("instances")).toArray().size(), 7);
        const QJsonObject first = all.value(L1("instances")).toArray().first().toObject();
        for (const char *name : {"id", "name", "status", "gpuNum", "region", "portMappings", "createdAt", "source", "dataConsistency", "clusterId", "clusterName",
                                 "productName", "imageUrl", "volumeMounts", "envs", "kind", "billingMode", "lastSyncedAt"})
            QVERIFY2(first.contains(L1(name)), name);
        const Answer one = api.get("/api/instances/" + first.value(L1("id")).toString().toLatin1());
        QCOMPARE(one.status, 200);
        QCOMPARE(one.json().value(L1("name")), first.value(L1("name")));

        const QJsonObject page = api.get("/api/instances?limit=3&offset=5").json();
        QCOMPARE(page.value(L1("total")).toInt(), 7);
        QCOMPARE(page.value(L1("instances")).toArray().size(), 2);
        const QString status = first.value(L1("status")).toString();
        const QJsonArray same = api.get("/api/instances?status=" + status.toLatin1()).json().value(L1("instances")).toArray();
        QVERIFY(!same.isEmpty());
        for (const QJsonValue &row : same)
            QCOMPARE(row[L1("status")].toString(), status);
        for (const char *bad : {"limit=0", "limit=x", "limit=-1", "offset=-1", "limit=99999999999999999999", "result=accepted", "Status=running", "=", "limit=3&unheard_of"})
            QCOMPARE(api.get(QByteArray("/api/instances?") + bad).status, 400);
        QCOMPARE(api.get("/api/instances?limit=0").message(), QStringLiteral("limit must be a whole number from 1 to 100000."));
        QCOMPARE(api.get("/api/instances?offset=-1").message(), QStringLiteral("offset must be a whole number from 0 to 100000."));
    }

    void readyAtIsTold()
    {
        LocalApiFixture api(0);
        QVERIFY(api.connectAndListen());
        InstanceStore &instances = api.cloud.stack.stores.instances;
        const InstanceId id(QStringLiteral("i-ready"));
        instances.adoptRows({secretive(id.toString())}, api.cloud.stack.clock.now(), false);
        QVERIFY(!api.get("/api/instances/i-ready").json().contains(L1("readyAt")));
        instances.setStartupMarks({{id, StartupNote(StartupMark::Ready, TimePoint(Milliseconds(1767225600000)))}});
        QCOMPARE(api.get("/api/instances/i-ready").json().value(L1("readyAt")).toString(), QStringLiteral("2026-01-01T00:00:00.000Z"));
    }

    void noSecretIsInAnyAnswer()
    {
        LocalApiFixture api(1);
        QVERIFY(api.connectAndListen());
        api.cloud.stack.stores.instances.adoptRows({secretive(QStringLiteral("i-secret"))}, api.cloud.stack.clock.now(), false);
        QJsonObject body = api.cloud.draft(QStringLiteral("with secrets")).toJson();
        body.insert(L1("envs"), QJsonArray{QJsonObject{{L1("key"), L1("A")}, {L1("value"), L1("PLANTED-createenv")}}, QJsonObject{{L1("key"), L1("A")}, {L1("value"), L1("PLANTED-twice")}}});
        body.insert(L1("command"), L1("PLANTED-createcommand"));
        QByteArray all;
        for (const QByteArray path : {"/health", "/metrics", "/api/metrics", "/api/instances", "/api/instances/i-secret"}) {
            const Answer answer = api.get(path);
            QVERIFY2(answer.status == 200, (path + answer.body).constData());
            all += answer.head + answer.body;
        }
        const Answer refused = api.post("/api/instances", body);
        QCOMPARE(refused.status, 422);
        all += refused.head + refused.body;
        QVERIFY(all.contains("i-secret"));
        QVERIFY2(!all.contains("PLANTED"), all.mid(qMax(qsizetype(0), all.indexOf("PLANTED") - 200), 400).constData());
        QVERIFY(!all.contains(LocalApiFixture::token().toLatin1()));
        QVERIFY(!all.contains("sk_test_key"));
        const QJsonObject one = api.get("/api/instances/i-secret").json();
        QCOMPARE(one.value(L1("envs"))[0].toObject(), (QJsonObject{{L1("key"), L1("PLAIN")}, {L1("value"), QStringLiteral("•••")}}));
        QCOMPARE(one.value(L1("connectionDetails")).toObject(),
                 (QJsonObject{{L1("ssh"), L1("ssh -p 42210 root@proxy.example")}, {L1("jupyter"), L1("https://j.example/lab")}, {L1("webTerminal"), L1("https://t.example/")}}));
    }

    void deliveriesAreReadBack()
    {
        QTemporaryDir folder;
        SystemClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("deliveries.sqlite")));
        const QByteArray raw("{\"a\":\"\xFF\x00 raw\"}", 16);
        std::atomic<int> stored{0};
        for (int i = 0; i < 5; ++i) {
            Delivery delivery;
            delivery.receivedAt = TimePoint(Milliseconds(1767225600000 + i));
            delivery.path = QStringLiteral("/webhook");
            delivery.scheme = DeliveryScheme::Standard;
            delivery.result = i == 3 ? DeliveryResult::BadSignature : DeliveryResult::Accepted;
            delivery.reason = i == 3 ? QStringLiteral("wrong") : QString();
            delivery.headers = {{"X-Odd", "a: b"}};
            delivery.body = raw;
            delivery.bytes = raw.size();
            store.add({delivery, {QByteArray::number(i)}, [&stored](const Result<StoredDelivery> &) { ++stored; }});
        }
        QTRY_COMPARE(stored.load(), 5);
        LocalApiFixture api(0, &store);
        QVERIFY(api.listen());
        const QJsonObject page = api.get("/api/deliveries?limit=2").json();
        QCOMPARE(page.value(L1("total")).toInt(), 5);
        const QJsonArray rows = page.value(L1("deliveries")).toArray();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[1].toObject().value(L1("result")).toString(), QStringLiteral("bad_signature"));
        QCOMPARE(rows[0].toObject().keys(), (QStringList{L1("bytes"), L1("id"), L1("path"), L1("reason"), L1("receivedAt"), L1("result"), L1("scheme")}));
        const QJsonObject rest = api.get("/api/deliveries?before=" + QByteArray::number(page.value(L1("next")).toInteger())).json();
        QCOMPARE(rest.value(L1("deliveries")).toArray().size(), 3);
        QVERIFY(!rest.contains(L1("next")));
        QCOMPARE(api.get("/api/deliveries?result=bad_signature").json().value(L1("total")).toInt(), 1);
        const QJsonObject one = api.get("/api/deliveries/" + QByteArray::number(rows[0].toObject().value(L1("id")).toInteger())).json();
        QCOMPARE(QByteArray::fromBase64(one.value(L1("bodyBase64")).toString().toLatin1()), raw);
        QCOMPARE(one.value(L1("headers")).toArray(), (QJsonArray{QJsonObject{{L1("name"), L1("X-Odd")}, {L1("value"), L1("a: b")}}}));
        QCOMPARE(api.get("/api/deliveries/999").code(), QStringLiteral("NOT_FOUND"));
        for (const char *bad : {"limit=0", "limit=1001", "before=x", "before=-1", "result=unheard_of", "status=accepted"})
            QCOMPARE(api.get(QByteArray("/api/deliveries?") + bad).status, 400);
        QCOMPARE(api.get("/api/deliveries?status=nonsense").message(), QStringLiteral("This list has no parameter \"status\", but limit, before, result."));
        QVERIFY(api.get("/api/deliveries?result=unheard_of").message().contains(QLatin1String("accepted, duplicate, ")));
    }
    void withoutAStoreDeliveriesAreUnavailable()
    {
        LocalApiFixture api;
        QVERIFY(api.listen());
        QCOMPARE(api.get("/api/deliveries").code(), QStringLiteral("DELIVERIES_UNAVAILABLE"));
    }

    void tenThousandInstancesDoNotHoldTheWindowUp()
    {
        LocalApiFixture api;
        QVERIFY(api.connectAndListen());
        QList<Instance> rows;
        for (int i = 0; i < 10000; ++i) {
            Instance one = secretive(QStringLiteral("i-%1").arg(i));
            one.connection.reset();
            rows.append(one);
        }
        api.cloud.stack.stores.instances.adoptRows(rows, api.cloud.stack.clock.now(), false);
        QVERIFY(api.get("/metrics").body.contains("novita_instances{state=\"running\"} 10000\n"));
        api.cloud.stack.stores.instances.remove({InstanceId(QStringLiteral("i-7"))});
        QVERIFY(api.get("/metrics").body.contains("novita_instances{state=\"running\"} 9999\n"));

        for (const QByteArray path : {"/metrics", "/api/instances?limit=10000"}) {
            api.cloud.stack.stores.instances.adoptRows({rows.first()}, api.cloud.stack.clock.now(), false);
            qint64 longest = 0;
            std::clock_t mostCpu = 0;
            QElapsedTimer turn;
            std::clock_t before = threadCpu();
            QTimer beat;
            connect(&beat, &QTimer::timeout, this, [&] {
                longest = std::max(longest, turn.restart());
                mostCpu = std::max(mostCpu, threadCpu() - std::exchange(before, threadCpu()));
            });
            RawClient client(api.service.port());
            turn.start();
            before = threadCpu();
            beat.start(0);
            client.send(api.request("GET", path));
            QVERIFY(QTest::qWaitFor([&] { return client.socket().bytesAvailable() > 0; }, 60000));
            beat.stop();
            qInfo("longest turn for %s of 10,000 instances: %lld ms, %ld us of this thread", path.constData(), longest, mostCpu);
            QVERIFY2(mostCpu < 50000, "A request must not hold the window up");
            QVERIFY(client.waitForEnd(60000));
            if (path != "/metrics")
                QCOMPARE(QJsonDocument::fromJson(client.answers().first().body).object().value(L1("instances")).toArray().size(), 9999);
        }
    }
};

QTEST_GUILESS_MAIN(TestLocalApiReads)
#include "tst_localapireads.moc"
