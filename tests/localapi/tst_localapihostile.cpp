// SPDX-License-Identifier: GPL-3.0-or-later
#include "localapifixture.h"
#include "tests/http/hostiletext.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace novita;
using Answer = LocalApiFixture::Answer;

class TestLocalApiHostile final : public QObject
{
    Q_OBJECT

    std::unique_ptr<LocalApiFixture> m_api;

    QByteArray request(QByteArray text) const
    {
        QByteArray body;
        if (const qsizetype at = text.indexOf("{body:"); at >= 0) {
            body = unescape(repeat(text.mid(at + 6).chopped(1)));
            text = text.left(at) + "Content-Length: " + QByteArray::number(body.size()) + "\\r\\n\\r\\n";
        }
        const QByteArray token = LocalApiFixture::token().toLatin1();
        text.replace("{host}", m_api->host()).replace("{auth}", "Authorization: Bearer " + token + "\\r\\n").replace("{token}", token);
        text.replace("{json}", "Content-Type: application/json\\r\\n");
        return unescape(repeat(text)) + body;
    }

private slots:
    void probe_data()
    {
        QTest::addColumn<int>("expected");
        QTest::addColumn<QByteArray>("text");
        const QList<HostileLine> lines = hostileLines(QStringLiteral(NOVITA_TEST_DATA "/localapi/hostile.txt"));
        QVERIFY(lines.size() >= 60);
        for (const HostileLine &line : lines)
            QTest::newRow(line.name.constData()) << line.expected.toInt() << line.request;
    }
    void probe()
    {
        QFETCH(int, expected);
        QFETCH(QByteArray, text);
        // Wrong tokens are limited by address: each probe comes to a server of its own.
        m_api = std::make_unique<LocalApiFixture>(1);
        QVERIFY(m_api->connectAndListen());
        RawClient client(m_api->service.port());
        client.send(request(text));
        QVERIFY(client.waitForAnswers(1));
        const RawClient::Answer answer = client.answers().first();
        QVERIFY2(answer.status == expected, (answer.head + answer.body).constData());
        const QByteArray head = answer.head.toLower();
        QVERIFY(!head.contains("access-control"));
        QCOMPARE(head.contains("www-authenticate: bearer"), expected == 401);
        if (expected >= 400) {
            const QJsonObject error = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("error")).toObject();
            QVERIFY2(text.startsWith("HEAD") || (!error.value(QLatin1String("code")).toString().isEmpty() && !error.value(QLatin1String("requestId")).toString().isEmpty()),
                     (answer.head + answer.body).constData());
        }
        QVERIFY(!head.contains("<script>") && !answer.body.contains("<script>"));
        QVERIFY(!answer.body.contains(LocalApiFixture::token().toLatin1()));
        QCOMPARE(m_api->service.desk().owed(), 0);
        for (const char *operation : {"createInstance", "startInstance", "stopInstance", "deleteInstance"})
            QCOMPARE(m_api->cloud.countRequests(QLatin1String(operation)), 0);
        QCOMPARE(m_api->get("/metrics").status, 200);
    }

    void wrongTokensAreLimited()
    {
        m_api = std::make_unique<LocalApiFixture>();
        QVERIFY(m_api->listen());
        RawClient client(m_api->service.port());
        for (int i = 0; i < 11; ++i)
            client.send("GET /health HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer guess-guess-guess-guess-" + QByteArray::number(i) + "\r\n\r\n");
        QVERIFY(client.waitForAnswers(11));
        QCOMPARE(client.statuses().last(), 429);
        QCOMPARE(client.statuses().at(9), 401);
        QVERIFY(client.answers().last().head.toLower().contains("retry-after: "));
        QCOMPARE(m_api->get("/metrics").status, 200);
    }

    void cleanupTestCase() { m_api.reset(); }
};

QTEST_GUILESS_MAIN(TestLocalApiHostile)
#include "tst_localapihostile.moc"
