// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "hostiletext.h"
#include "rawclient.h"

using namespace novita;

namespace {

class AlwaysOk final : public HttpHandler
{
public:
    void handle(const HttpRequest &, HttpResponder responder) override { responder.send(HttpResponse::text(200, "ok\n")); }
};

} // namespace

class TestHttpHostile final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const Result<quint16> port = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        QVERIFY2(port.ok(), qPrintable(port.ok() ? QString() : port.error().message));
    }

    void probe_data()
    {
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<bool>("staysOpen");
        QTest::addColumn<QByteArray>("request");
        const QList<HostileLine> lines = hostileLines(QStringLiteral(NOVITA_TEST_DATA "/http/hostile.txt"));
        QVERIFY(lines.size() >= 150);
        for (const HostileLine &line : lines) {
            const bool open = line.expected.endsWith(" open");
            QTest::newRow(line.name.constData()) << (open ? line.expected.chopped(5) : line.expected) << open << unescape(repeat(line.request));
        }
    }

    void probe()
    {
        QFETCH(QByteArray, expected);
        QFETCH(bool, staysOpen);
        QFETCH(QByteArray, request);
        RawClient client(m_server.port());
        QVERIFY(client.isConnected());
        client.send(request);
        const QList<QByteArray> wanted = expected.split(',');
        if (staysOpen) {
            const bool needsBody = expected.startsWith("100");
            QVERIFY(client.waitForAnswers(needsBody ? 1 : wanted.size()));
            if (needsBody)
                client.send("ab");
            QVERIFY(client.waitForAnswers(wanted.size()));
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            QVERIFY(client.waitForAnswers(wanted.size() + 1));
            QVERIFY(client.isConnected());
        } else {
            QVERIFY2(client.waitForEnd(), client.received().constData());
        }
        QList<int> statuses = client.statuses();
        if (staysOpen)
            QCOMPARE(statuses.takeLast(), 200);
        // A list with a success in it is a sequence; one of refusals only names alternatives.
        if (expected == "400,431") {
            QVERIFY(statuses == QList<int>{400} || statuses == QList<int>{431});
            return;
        }
        QList<int> sequence;
        for (const QByteArray &status : wanted)
            sequence.append(status.toInt());
        QCOMPARE(statuses, sequence);
    }

    void stillServesAfterwards()
    {
        RawClient client(m_server.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForAnswers(1));
        QCOMPARE(client.statuses(), QList<int>{200});
    }

private:
    AlwaysOk m_handler;
    HttpServer m_server{m_handler};
};

QTEST_GUILESS_MAIN(TestHttpHostile)
#include "tst_httphostile.moc"
