// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxfaults.h"
#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"

using namespace novita;

namespace {

const QString kList = QStringLiteral("v1/gpu/instances");

QJsonObject createBody(const QString &name)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("productId"), QStringLiteral("4090.16c62g")}, {QStringLiteral("gpuNum"), 1}, {QStringLiteral("rootfsSize"), 60},
            {QStringLiteral("imageUrl"), QStringLiteral("ubuntu")}, {QStringLiteral("kind"), QStringLiteral("gpu")}};
}

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestSandboxFaults final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.instances = 5});
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void malformed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("place");
        QTest::newRow("no kind") << QByteArray("[{}]") << QStringLiteral("$[0].kind");
        QTest::newRow("unknown kind") << QByteArray(R"([{"kind":"hang"},{"kind":"boom"}])") << QStringLiteral("$[1].kind");
        QTest::newRow("unknown member") << QByteArray(R"({"kind":"hang","often":1})") << QStringLiteral("$.often");
        QTest::newRow("text for a number") << QByteArray(R"({"kind":"latency","ms":"5"})") << QStringLiteral("$.ms");
        QTest::newRow("count of zero") << QByteArray(R"({"kind":"hang","count":0})") << QStringLiteral("$.count");
        QTest::newRow("status") << QByteArray(R"({"kind":"serverError","status":99})") << QStringLiteral("$.status");
        QTest::newRow("retryAfter") << QByteArray(R"({"kind":"rateLimit","retryAfter":"soon"})") << QStringLiteral("$.retryAfter");
        QTest::newRow("no product") << QByteArray(R"({"kind":"outOfStock"})") << QStringLiteral("$.productId");
        QTest::newRow("member of another kind") << QByteArray(R"({"kind":"hang","ms":5})") << QStringLiteral("$.ms: no member of hang");
        QTest::newRow("selection for one that is none") << QByteArray(R"({"kind":"outOfStock","productId":"4090.16c62g","count":1})") << QStringLiteral("$.count");
        QTest::newRow("latency of no length") << QByteArray(R"({"kind":"latency"})") << QStringLiteral("$.ms: needed for latency");
        QTest::newRow("half a millisecond") << QByteArray(R"({"kind":"dribble","ms":0.5})") << QStringLiteral("$.ms: expected a whole number of 0 to 600000");
        QTest::newRow("latency of a day") << QByteArray(R"({"kind":"latency","ms":86400000})") << QStringLiteral("$.ms");
        QTest::newRow("twice certain") << QByteArray(R"({"kind":"hang","probability":2})") << QStringLiteral("$.probability: expected a number of 0 to 1");
        QTest::newRow("negative") << QByteArray(R"({"kind":"hang","probability":-0.1})") << QStringLiteral("$.probability");
        QTest::newRow("count of one and a half") << QByteArray(R"({"kind":"hang","count":1.5})") << QStringLiteral("$.count");
        QTest::newRow("retryAfter before now") << QByteArray(R"({"kind":"rateLimit","retryAfter":-5})") << QStringLiteral("$.retryAfter");
        QTest::newRow("server error that is none") << QByteArray(R"({"kind":"serverError","status":404})") << QStringLiteral("$.status: expected a whole number of 500 to 599");
        QTest::newRow("unknown operation") << QByteArray(R"({"kind":"hang","operation":"listInstance"})") << QStringLiteral("$.operation");
        QTest::newRow("unknown method") << QByteArray(R"({"kind":"hang","method":"FETCH"})") << QStringLiteral("$.method");
        QTest::newRow("path of stars") << QByteArray(R"({"kind":"hang","path":"*a*a*a*a*a*a*a*a*a"})") << QStringLiteral("$.path");
        QTest::newRow("html in words") << QByteArray(R"({"kind":"serverError","html":"no"})") << QStringLiteral("$.html: expected true or false");
        QTest::newRow("kind is a number") << QByteArray(R"({"kind":7})") << QStringLiteral("$.kind");
        QTest::newRow("no JSON") << QByteArray(R"([{"kind" "hang"}])") << QStringLiteral("not JSON at byte 10");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("not JSON");
        QTest::newRow("too many") << '[' + QByteArray(R"({"kind":"hang"},)").repeated(1000) + R"({"kind":"hang"}])" << QStringLiteral("$: more than 1000");
        QTest::newRow("no such product") << QByteArray(R"([{"kind":"hang"},{"kind":"outOfStock","productId":"x"}])") << QStringLiteral("productId: there is no product x");
        QTest::newRow("no such instance") << QByteArray(R"([{"kind":"hang"},{"kind":"spotReclaim","instanceId":"x"}])") << QStringLiteral("instanceId: there is no running spot instance x");
        QTest::newRow("not an object") << QByteArray("[7]") << QStringLiteral("$[0]");
    }
    void malformed()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, place);
        const SandboxAnswer answer = m_client->postRaw(QStringLiteral("/_sandbox/faults"), json);
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.json().value(QLatin1String("error")).toString().startsWith(place), answer.body.constData());
        QVERIFY(m_server->faults().isEmpty());
    }

    void matching()
    {
        SandboxFaults faults(1);
        faults.add(*SandboxFault::fromJson(object(R"({"kind":"close","operation":"listInstances","count":2})")));
        faults.add(*SandboxFault::fromJson(object(R"({"kind":"reset","path":"*-instance*instances","method":"post"})")));
        faults.add(*SandboxFault::fromJson(object(R"({"kind":"latency","ms":5,"probability":0})")));
        HttpRequest request;
        request.method = "GET";
        request.path = QStringLiteral("/gpu-instance/openapi/v1/gpu/instances");
        QCOMPARE(faults.take(QStringLiteral("getInstance"), request).size(), 0);
        QCOMPARE(faults.take(QStringLiteral("listInstances"), request).size(), 1);
        QCOMPARE(faults.toJson().first()[QLatin1String("count")].toInt(), 1);
        QCOMPARE(faults.take(QStringLiteral("listInstances"), request).size(), 1);
        QCOMPARE(faults.take(QStringLiteral("listInstances"), request).size(), 0);
        request.method = "POST";
        QCOMPARE(faults.take(QStringLiteral("x"), request).first().kind, QStringLiteral("reset"));
        request.path = QStringLiteral("/openapi/v1/x");
        QCOMPARE(faults.take(QStringLiteral("x"), request).size(), 0);
    }

    void probabilityIsSeeded()
    {
        HttpRequest request;
        QList<int> hits;
        for (int run = 0; run < 2; ++run) {
            SandboxFaults faults(42);
            faults.add(*SandboxFault::fromJson(object(R"({"kind":"close","probability":0.3})")));
            int hit = 0;
            for (int n = 0; n < 1000; ++n)
                hit += int(faults.take({}, request).size());
            hits.append(hit);
        }
        QCOMPARE(hits.at(0), hits.at(1));
        QVERIFY(hits.at(0) > 230 && hits.at(0) < 370);
    }

    void answersOfFaults_data()
    {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("jsonObject");
        QTest::newRow("rate limit") << QByteArray(R"({"kind":"rateLimit","retryAfter":3,"count":1})") << 429 << true;
        QTest::newRow("server error") << QByteArray(R"({"kind":"serverError","status":502,"count":1})") << 502 << false;
        QTest::newRow("server error as JSON") << QByteArray(R"({"kind":"serverError","html":false,"count":1})") << 500 << true;
        QTest::newRow("api error") << QByteArray(R"({"kind":"apiError","reason":"CREATE_INSTANCE_LIMIT","count":1})") << 400 << true;
        QTest::newRow("status of a reason") << QByteArray(R"({"kind":"apiError","reason":"CREATE_TASK_FAILED","count":1})") << 500 << true;
        QTest::newRow("reason with a status") << QByteArray(R"({"kind":"apiError","reason":"BILLING_BALANCE_NOT_ENOUGH","status":403,"count":1})") << 403 << true;
        QTest::newRow("html") << QByteArray(R"({"kind":"html","count":1})") << 200 << false;
        QTest::newRow("wrong types") << QByteArray(R"({"kind":"wrongTypes","count":1})") << 200 << true;
        QTest::newRow("reset") << QByteArray(R"({"kind":"reset","count":2})") << 0 << false;
        QTest::newRow("close") << QByteArray(R"({"kind":"close","count":9})") << 0 << false;
        QTest::newRow("latency") << QByteArray(R"({"kind":"latency","ms":60,"count":1})") << 200 << true;
    }
    void answersOfFaults()
    {
        QFETCH(QByteArray, fault);
        QFETCH(int, status);
        QFETCH(bool, jsonObject);
        QCOMPARE(m_client->postRaw(QStringLiteral("/_sandbox/faults"), fault).status, 200);
        const SandboxAnswer answer = m_client->get(kList);
        QCOMPARE(answer.status, status);
        QCOMPARE(!answer.json().isEmpty(), jsonObject);
        QVERIFY(!m_server->requests().last().fault.isEmpty());
        m_server->clearFaults();
        QCOMPARE(m_client->get(kList).status, 200);
    }

    void retryAfterForms()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"rateLimit","retryAfter":3,"count":1})")).ok());
        QVERIFY(m_server->addFault(object(R"({"kind":"rateLimit","retryAfter":"date","count":1})")).ok());
        QVERIFY(m_server->addFault(object(R"({"kind":"rateLimit","count":1})")).ok());
        QCOMPARE(m_client->get(kList).retryAfter, QByteArray("3"));
        QVERIFY(m_client->get(kList).retryAfter.endsWith(" GMT"));
        QVERIFY(m_client->get(kList).retryAfter.isEmpty());
    }

    void truncatedJson()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"truncate","bytes":40,"count":9})")).ok());
        const SandboxAnswer answer = m_client->get(kList);
        QCOMPARE(answer.body.size(), 40);
        QVERIFY(answer.json().isEmpty());
        QVERIFY(answer.error != QNetworkReply::NoError);
    }

    void hangEndsWithTheClient()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"hang","count":1})")).ok());
        {
            const std::unique_ptr<QNetworkReply> reply(m_client->open(m_server->apiRoot().toString() + QStringLiteral("/gpu-instance/openapi/v1/clusters")));
            QTRY_COMPARE(m_server->requests().size(), 1);
            QCOMPARE(m_server->requests().first().status, 0);
            QVERIFY(!reply->isFinished());
        }
        QCOMPARE(m_client->get(kList).status, 200);
    }

    void replyLostTakesEffect()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"replyLost","operation":"createInstance","count":1})")).ok());
        const qsizetype before = m_server->instanceIds().size();
        const SandboxAnswer lost = m_client->post(QStringLiteral("v1/gpu/instance/create"), createBody(QStringLiteral("ghost")));
        // QNetworkAccessManager re-sends a POST whose connection closes unanswered; that second one is then answered.
        QVERIFY(m_server->requests().first().fault == QLatin1String("replyLost"));
        const qsizetype made = m_server->instanceIds().size() - before;
        QCOMPARE(made, m_server->requests().size());
        QVERIFY(lost.status == 0 || made == 2);
    }

    void serverErrorHasNoEffect()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"serverError","operation":"createInstance","count":1})")).ok());
        const QStringList before = m_server->instanceIds();
        QCOMPARE(m_client->post(QStringLiteral("v1/gpu/instance/create"), createBody(QStringLiteral("never"))).status, 500);
        QCOMPARE(m_server->instanceIds(), before);
    }

    void outOfStock()
    {
        QVERIFY(!m_server->addFault(object(R"({"kind":"outOfStock","productId":"nonsense"})")).ok());
        QVERIFY(m_server->addFault(object(R"({"kind":"outOfStock","productId":"4090.16c62g"})")).ok());
        const SandboxAnswer answer = m_client->post(QStringLiteral("v1/gpu/instance/create"), createBody(QStringLiteral("a")));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.reason(), QStringLiteral("INSUFFICIENT_RESOURCE"));
        QCOMPARE(m_client->send("DELETE", QStringLiteral("/_sandbox/faults")).status, 200);
        QCOMPARE(m_client->post(QStringLiteral("v1/gpu/instance/create"), createBody(QStringLiteral("a"))).status, 200);
    }

    /// "On error nothing changes": neither the faults in force nor an instance.
    void refusedListChangesNothing()
    {
        QVERIFY(m_server->addFault(object(R"({"kind":"hang","operation":"listJobs"})")).ok());
        QJsonObject body = createBody(QStringLiteral("spot"));
        body.insert(QStringLiteral("billingMode"), QStringLiteral("spot"));
        const QString id = m_client->post(QStringLiteral("v1/gpu/instance/create"), body).json().value(QLatin1String("id")).toString();
        m_server->advance(Seconds(120));
        const QJsonObject one{{QStringLiteral("kind"), QStringLiteral("spotReclaim")}, {QStringLiteral("instanceId"), id}};
        const QJsonObject other{{QStringLiteral("kind"), QStringLiteral("spotReclaim")}, {QStringLiteral("instanceId"), QStringLiteral("none")}};
        const auto spotStatus = [&] { return m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).json().value(QLatin1String("spotStatus")).toString(); };
        QVERIFY(!m_server->setFaults({one, other}).ok());
        QVERIFY(!m_server->setFaults({one, one}).ok()); // called back once is all there is
        QCOMPARE(spotStatus(), QStringLiteral("running"));
        QCOMPARE(m_server->faults().size(), 1);
        QVERIFY(m_server->setFaults({one}).ok());
        QCOMPARE(spotStatus(), QStringLiteral("notified"));
        QVERIFY(m_server->faults().isEmpty());
    }

    void listReplacesObjectAdds()
    {
        const QString path = QStringLiteral("/_sandbox/faults");
        QCOMPARE(m_client->postRaw(path, R"([{"kind":"hang","operation":"listJobs"},{"kind":"hang","operation":"listNetworks"}])").status, 200);
        QCOMPARE(m_client->postRaw(path, R"({"kind":"hang","operation":"getTemplate"})").status, 200);
        QCOMPARE(m_client->get(path).json().value(QLatin1String("faults")).toArray().size(), 3);
        QCOMPARE(m_client->postRaw(path, R"([{"kind":"hang","operation":"getBalance"}])").status, 200);
        QCOMPARE(m_server->faults().size(), 1);
    }

private:
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

QTEST_GUILESS_MAIN(TestSandboxFaults)
#include "tst_sandboxfaults.moc"
