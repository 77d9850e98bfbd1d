// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"
#include "tests/http/rawclient.h"

using namespace novita;

namespace {

using L = QLatin1String;

const QString kTemplates = QStringLiteral("v1/templates?channel=private&pageSize=20&pageNum=0&isMyCommunity=");
const QByteArray kClusters = "/gpu-instance/openapi/v1/clusters";
const QByteArray kStart = "/gpu-instance/openapi/v1/gpu/instance/start";
const QByteArray kKey = "Authorization: Bearer test-key-123\r\n";

} // namespace

/// How clients written by others ask, each row as seen in one of them: HTTP libraries, scripts, command lines, services.
class TestSandboxHabits final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.instances = 25});
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void rawRequests_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray body = R"({"instanceId":"none"})";
        const QByteArray post = "POST " + kStart + " HTTP/1.1\r\nHost: a\r\n" + kKey;
        const QByteArray get = "GET " + kClusters + " HTTP/1.1\r\nHost: a\r\n" + kKey;
        const QByteArray length = "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        QTest::newRow("content type on a GET") << get + "Content-Type: application/json\r\n\r\n" << 200;
        QTest::newRow("empty body on a GET") << get + "Content-Length: 0\r\n\r\n" << 200;
        QTest::newRow("names in lower case") << "GET " + kClusters + " HTTP/1.1\r\nhost: a\r\nauthorization: Bearer test-key-123\r\n\r\n" << 200;
        QTest::newRow("HTTP/1.0 without a host") << "GET " + kClusters + " HTTP/1.0\r\n" + kKey + "\r\n" << 200;
        QTest::newRow("offers HTTP/2 in clear text")
            << get + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n\r\n" << 200;
        QTest::newRow("through a proxy") << "GET http://api.novita.ai" + kClusters + " HTTP/1.1\r\nHost: api.novita.ai\r\n" + kKey + "\r\n" << 200;
        QTest::newRow("charset") << post + "Content-Type: application/json; charset=utf-8\r\n" + length + "\r\n" + body << 404;
        QTest::newRow("no content type") << post + length + "\r\n" + body << 404;
        QTest::newRow("chunks") << post + "Transfer-Encoding: chunked\r\n\r\n5\r\n" + body.left(5) + "\r\n" + QByteArray::number(body.size() - 5, 16) + "\r\n"
                + body.mid(5) + "\r\n0\r\n\r\n" << 404;
        QTest::newRow("line break after the body") << post + length + "\r\n" + body + "\r\n" << 404;
        QTest::newRow("no body at all") << post + "\r\n" << 400;
        QTest::newRow("OPTIONS") << "OPTIONS " + kClusters + " HTTP/1.1\r\nHost: a\r\n" + kKey + "\r\n" << 405;
    }
    void rawRequests()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        RawClient client(m_server->port());
        client.send(request);
        QVERIFY(client.waitForAnswers(1));
        QCOMPARE(client.answers().first().status, status);
        QVERIFY(client.answers().first().body.startsWith('{'));
    }

    void asksBeforeSendingTheBody()
    {
        const QByteArray body = R"({"instanceId":"none"})";
        RawClient client(m_server->port());
        client.send("POST " + kStart + " HTTP/1.1\r\nHost: a\r\n" + kKey + "Content-Length: " + QByteArray::number(body.size()) + "\r\nExpect: 100-continue\r\n\r\n");
        QTRY_VERIFY(client.received().contains("100 Continue"));
        client.send(body);
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(client.statuses(), QList<int>({100, 404}));
    }

    void oneConnectionForMany()
    {
        RawClient client(m_server->port());
        const QByteArray get = "GET " + kClusters + " HTTP/1.1\r\nHost: a\r\n" + kKey + "\r\n";
        client.send(get.repeated(20)); // without waiting for answers
        QVERIFY(client.waitForAnswers(20));
        QCOMPARE(client.statuses(), QList<int>(20, 200));
        QVERIFY(client.isConnected());
    }

    void headHasNoBody()
    {
        RawClient client(m_server->port());
        client.send("HEAD " + kClusters + " HTTP/1.1\r\nHost: a\r\n" + kKey + "Connection: close\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QVERIFY(client.received().startsWith("HTTP/1.1 200"));
        QVERIFY(client.received().endsWith("\r\n\r\n"));
    }

    void authorizations_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("more blanks") << QByteArray("Bearer   test-key-123") << 200;
        QTest::newRow("capitals") << QByteArray("BEARER test-key-123") << 200;
        QTest::newRow("another scheme") << QByteArray("Basic dXNlcjpwYXNzd29yZA==") << 401;
        QTest::newRow("no scheme of HTTP") << QByteArray("Token test-key-123") << 401;
        QTest::newRow("scheme alone") << QByteArray("Bearer") << 401;
    }
    void authorizations()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, status);
        m_client->setAuthorization(value);
        QCOMPARE(m_client->get(QStringLiteral("v1/clusters")).status, status);
    }

    /// Python's requests writes booleans as Python does; the API's own language reads these and more.
    void booleans()
    {
        for (const char *word : {"true", "True", "TRUE", "t", "1"})
            QCOMPARE(m_client->get(kTemplates + L(word)).json().value(L("total")).toInt(-1), 1);
        for (const char *word : {"false", "False", "0", "F"})
            QCOMPARE(m_client->get(kTemplates + L(word)).status, 200);
        QCOMPARE(m_client->get(kTemplates + QStringLiteral("yes")).status, 400);
        QVERIFY(m_server->violations().contains(QStringLiteral("listTemplates: isMyCommunity is True instead of true or false")));
        QVERIFY(!m_server->violations().contains(QStringLiteral("listTemplates: isMyCommunity is true instead of true or false")));
    }

    void queries()
    {
        const auto count = [&](const char *query) { return m_client->get(QStringLiteral("v1/products?") + L(query)).json().value(L("data")).toArray().size(); };
        QCOMPARE(count("productName=RTX+4090+24GB"), 2);
        QCOMPARE(count("productName=RTX%204090%2024GB&clusterId=&gpuNum="), 2);
        QCOMPARE(count("type=gpu&name=whatever&productName=4090"), 2); // names it does not know are passed over
    }

    /// "Only products able to give this many GPUs."
    void productsForSoManyCards()
    {
        const auto offers = [&](int cards) {
            QHash<QString, bool> deployable;
            for (const QJsonValue &row : m_client->get(QStringLiteral("v1/products?gpuNum=%1").arg(cards)).json().value(L("data")).toArray())
                deployable.insert(row[L("id")].toString(), row[L("availableDeploy")].toBool());
            return deployable;
        };
        QVERIFY(offers(3).value(QStringLiteral("h200.20c220g"))); // three are there
        QVERIFY(!offers(8).contains(QStringLiteral("h200.20c220g")));
        QVERIFY(offers(8).value(QStringLiteral("4090.16c62g")));
        QVERIFY(offers(1).contains(QStringLiteral("b200.28c240g"))); // sold out, and says so
        QVERIFY(!offers(1).value(QStringLiteral("b200.28c240g")));
        m_client->post(QStringLiteral("v1/gpu/instance/create"), {{QStringLiteral("productId"), QStringLiteral("h200.20c220g")}, {QStringLiteral("gpuNum"), 1},
            {QStringLiteral("rootfsSize"), 60}, {QStringLiteral("imageUrl"), QStringLiteral("ubuntu")}, {QStringLiteral("kind"), QStringLiteral("gpu")}});
        QVERIFY(offers(2).value(QStringLiteral("h200.20c220g")));
        QVERIFY(offers(3).contains(QStringLiteral("h200.20c220g")));
        QVERIFY(!offers(3).value(QStringLiteral("h200.20c220g")));
    }

    /// Others read a log once and to its end, and ask for that in its address.
    void logsToTheirEnd()
    {
        QString id;
        for (const QJsonValue &row : m_client->get(QStringLiteral("v1/gpu/instances?status=running")).json().value(L("instances")).toArray())
            id = row[L("id")].toString();
        QVERIFY(!id.isEmpty());
        const QString address = m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).json().value(L("connectComponentLog"))[L("instanceLogAddress")].toString();
        const auto lines = [&](const char *query) {
            const std::unique_ptr<QNetworkReply> reply(m_client->open(address + L(query)));
            const bool ended = QTest::qWaitFor([&] { return reply->isFinished(); }, 3000);
            return ended ? reply->readAll().count('\n') : -1;
        };
        QCOMPARE(lines("?follow=0&sse=0&tail=7"), 7);
        QCOMPARE(lines("?follow=false&tail=0"), 0);
        QCOMPARE(lines("?tail=5&follow=0&tail=9"), 5);
        QVERIFY(lines("?follow=0") >= 20);
        QVERIFY(lines("?follow=0&tail=many") >= 20);
        QVERIFY(lines("?follow=0&tail=99999999999") >= 20);
    }

private:
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

QTEST_GUILESS_MAIN(TestSandboxHabits)
#include "tst_sandboxhabits.moc"
