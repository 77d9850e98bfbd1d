// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "rawclient.h"

#include <atomic>

using namespace novita;

namespace {

/// Turns away what goes to /no, and notes what the server refuses by itself.
class Bouncer final : public HttpHandler
{
public:
    std::optional<HttpResponse> screen(const HttpRequest &head) override
    {
        sawPeer = sawPeer || head.peer.isLoopback();
        return head.path == QLatin1String("/no") ? std::optional<HttpResponse>(HttpResponse::text(429, "later\n")) : std::nullopt;
    }
    void bodyRefused(const HttpRequest &, int status) override { refused = status; }
    qint64 bodyLimit(const HttpRequest &, const HttpLimits &) const override { return 10; }
    void handle(const HttpRequest &, HttpResponder responder) override
    {
        ++handled;
        responder.send(HttpResponse::text(200, "yes\n"));
    }

    std::atomic<bool> sawPeer = false;
    std::atomic<int> refused = 0;
    std::atomic<int> handled = 0;
};

} // namespace

/// What a handler may say to a request before its body is read.
class TestHttpScreen : public QObject
{
    Q_OBJECT

    Bouncer m_bouncer;
    HttpServer m_server{m_bouncer};
    quint16 m_port = 0;

private slots:
    void initTestCase()
    {
        const Result<quint16> port = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        QVERIFY(port.ok());
        m_port = *port;
    }

    void answersWithoutTheBody()
    {
        RawClient client(m_port);
        client.send("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), QList<int>{429});
        QVERIFY(client.received().contains("Connection: close"));
        QCOMPARE(m_bouncer.handled, 0);
        QVERIFY(m_bouncer.sawPeer);
    }

    /// The body that is not waited for must not be taken for a request.
    void whatFollowsIsNoRequest()
    {
        RawClient client(m_port);
        client.send("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\nGET /yes HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), QList<int>{429});
        QCOMPARE(m_bouncer.handled, 0);
    }

    void headGetsNoBody()
    {
        RawClient client(m_port);
        client.send("HEAD /no HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QVERIFY(client.received().endsWith("\r\n\r\n"));
        QVERIFY(client.received().startsWith("HTTP/1.1 429 "));
    }

    void passesTheOthers()
    {
        RawClient client(m_port);
        client.send("POST /yes HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
        client.send("POST /yes HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(client.statuses(), (QList<int>{200, 200}));
        QCOMPARE(m_bouncer.handled, 2);
        QCOMPARE(m_bouncer.refused, 0);
    }

    void tellsOfRefusedBodies()
    {
        RawClient announced(m_port);
        announced.send("POST /yes HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
        QVERIFY(announced.waitForEnd());
        QCOMPARE(announced.statuses(), QList<int>{413});
        QCOMPARE(m_bouncer.refused.exchange(0), 413);
        RawClient chunked(m_port);
        chunked.send("POST /yes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n");
        QVERIFY(chunked.waitForEnd());
        QCOMPARE(m_bouncer.refused, 400);
    }
};

QTEST_GUILESS_MAIN(TestHttpScreen)
#include "tst_httpscreen.moc"
