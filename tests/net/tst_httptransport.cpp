// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wireexchange.h"
#include "core/net/httptransport.h"
#include "tests/net/tcpdouble.h"
#include "tests/net/tlsdouble.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <memory>
#include <optional>

using namespace novita;

class TestHttpTransport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void unansweredWriteIsSentOnce_data();
    void unansweredWriteIsSentOnce();
    void refusedConnectionHasNoEffect();
    void sendsHeadersAndBodyAsGiven();
    void keepsConnectionsAlive();
    void redirectIsAnAnswerAndGoesNowhere();
    void dribblingBodyMeetsTheDeadline();
    void endlessHeadersMeetTheDeadline();
    void silentServerMeetsTheDeadline();
    void hugeBodyIsCut_data();
    void hugeBodyIsCut();
    void anAnswerIsHandedOnAsItComes();
    void onlyASuccessIsHandedOn();
    void whoeverHearsAPieceMayEndTheAnswer();
    void aRequestMayHaveItsOwnLimit();
    void gunzipsAndKnowsBothSizes();
    void aBombIsRefusedAtOnce();
    void truncatedBodyIsNoAnswer();
    void errorStatusIsACompleteAnswer();
    void cookiesAreOff();
    void abortReachesTheSocketAndStaysSilent();
    void refusesWhatItMustNotSend();
    void tlsIsNeverWaived();
    void aConnectionOfOtherAuthoritiesIsNotUsedAgain();

private:
    WireRequest request(HttpMethod method, const QUrl &url, const QByteArray &body = {}) const;
    /// Sends and waits for the outcome.
    HttpOutcome outcomeOf(const WireRequest &request);

    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<HttpTransport> m_transport;
};

void TestHttpTransport::init()
{
    m_network = std::make_unique<QNetworkAccessManager>();
    m_transport = std::make_unique<HttpTransport>(*m_network);
}

void TestHttpTransport::cleanup()
{
    m_transport.reset();
    m_network.reset();
}

WireRequest TestHttpTransport::request(HttpMethod method, const QUrl &url, const QByteArray &body) const
{
    WireRequest out;
    out.method = method;
    out.url = url;
    out.body = body;
    out.headers = {{"Authorization", "Bearer test-key"}, {"Content-Type", "application/json"}};
    out.timeout = Milliseconds(5000);
    return out;
}

HttpOutcome TestHttpTransport::outcomeOf(const WireRequest &request)
{
    std::optional<HttpOutcome> outcome;
    m_transport->send(request, [&](const HttpOutcome &result) { outcome = result; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome, 10000); }();
    return outcome.value_or(Error::make(ErrorKind::Canceled, QStringLiteral("the test gave up")));
}

void TestHttpTransport::unansweredWriteIsSentOnce_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("reused");
    for (const bool reused : {false, true}) {
        const char *kind = reused ? "reused" : "fresh";
        QTest::addRow("POST, body, %s", kind) << HttpMethod::Post << QByteArray("{\"a\":1}") << reused;
        QTest::addRow("POST, empty, %s", kind) << HttpMethod::Post << QByteArray() << reused;
        QTest::addRow("POST, large, %s", kind) << HttpMethod::Post << QByteArray(300000, 'x') << reused;
        QTest::addRow("PUT, body, %s", kind) << HttpMethod::Put << QByteArray("{}") << reused;
        QTest::addRow("DELETE, empty, %s", kind) << HttpMethod::Delete << QByteArray() << reused;
    }
}

void TestHttpTransport::unansweredWriteIsSentOnce()
{
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, body);
    QFETCH(bool, reused);
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &received) {
        if (received.head.startsWith("GET"))
            socket.write(TcpDouble::answer("{}"));
        else
            socket.disconnectFromHost();
    });
    if (reused)
        QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
    const HttpOutcome outcome = outcomeOf(request(method, server.url(), body));
    QVERIFY(!outcome);
    QCOMPARE(errorKindName(outcome.error().kind), QStringLiteral("network"));
    QVERIFY(outcome.error().effectUnknown);
    QCOMPARE(outcome.error().httpStatus, 0);
    // A second copy would come on a new connection: give it the time to.
    QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
    const auto &all = server.received();
    const auto writes = std::count_if(all.begin(), all.end(), [](const auto &r) { return !r.head.startsWith("GET"); });
    QCOMPARE(writes, 1);
    const auto write = std::find_if(all.begin(), all.end(), [](const auto &r) { return !r.head.startsWith("GET"); });
    QCOMPARE(write->body, body);
    QVERIFY(write->hasHeader("Content-Length: " + QByteArray::number(body.size())));
    QCOMPARE(write->connection, 1);
}

void TestHttpTransport::refusedConnectionHasNoEffect()
{
    QUrl url;
    {
        TcpDouble server([](QTcpSocket &, const TcpDouble::Received &) {});
        url = server.url();
    }
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Post, url, "{}"));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Network);
    QVERIFY(!outcome.error().effectUnknown);
}

void TestHttpTransport::sendsHeadersAndBodyAsGiven()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer("{\"ok\":true}", "200 OK", "Retry-After: 7\r\nDate: now\r\n"));
    });
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Post, server.url(), "{\"a\":1}"));
    QVERIFY(outcome);
    QCOMPARE(outcome->status, 200);
    QCOMPARE(outcome->body, QByteArray("{\"ok\":true}"));
    QCOMPARE(outcome->retryAfter, QByteArray("7"));
    QCOMPARE(outcome->date, QByteArray("now"));
    QCOMPARE(outcome->wireBytes, 11);
    const TcpDouble::Received &received = server.received().front();
    QVERIFY(received.hasHeader("Authorization: Bearer test-key"));
    QVERIFY(received.hasHeader("Content-Type: application/json"));
    QVERIFY(received.head.toLower().contains("accept-encoding:"));
    QVERIFY(received.head.toLower().contains("gzip"));
    QCOMPARE(received.body, QByteArray("{\"a\":1}"));
}

void TestHttpTransport::keepsConnectionsAlive()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("{}")); });
    for (int i = 0; i < 5; ++i)
        QVERIFY(outcomeOf(request(i % 2 ? HttpMethod::Post : HttpMethod::Get, server.url())));
    QCOMPARE(server.count(), 5);
    QCOMPARE(server.connections(), 1);
}

void TestHttpTransport::redirectIsAnAnswerAndGoesNowhere()
{
    TcpDouble other([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("{}")); });
    QByteArray status;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer("", status, "Location: " + other.url().toEncoded() + "/x\r\n"));
    });
    for (const QByteArray code : {"301 M", "302 F", "303 S", "307 T", "308 P"}) {
        status = code;
        for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
            const HttpOutcome outcome = outcomeOf(request(method, server.url()));
            QVERIFY(outcome);
            QCOMPARE(outcome->status, code.left(3).toInt());
        }
    }
    QCOMPARE(server.count(), 10);
    QCOMPARE(other.connections(), 0);
}

void TestHttpTransport::dribblingBodyMeetsTheDeadline()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto *timer = new QTimer(&socket);
        connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
        timer->start(20);
    });
    WireRequest dribbled = request(HttpMethod::Get, server.url());
    dribbled.timeout = Milliseconds(300);
    QElapsedTimer watch;
    watch.start();
    const HttpOutcome outcome = outcomeOf(dribbled);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome.error().httpStatus, 200);
    QVERIFY(watch.elapsed() < 3000);
}

void TestHttpTransport::endlessHeadersMeetTheDeadline()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write("HTTP/1.1 200 OK\r\n");
        auto *timer = new QTimer(&socket);
        connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("X-Filler: aaaaaaaaaaaaaaaa\r\n"); });
        timer->start(5);
    });
    WireRequest filled = request(HttpMethod::Get, server.url());
    filled.timeout = Milliseconds(300);
    const HttpOutcome outcome = outcomeOf(filled);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
}

void TestHttpTransport::silentServerMeetsTheDeadline()
{
    TcpDouble server([](QTcpSocket &, const TcpDouble::Received &) {});
    WireRequest lost = request(HttpMethod::Post, server.url());
    lost.timeout = Milliseconds(200);
    const HttpOutcome outcome = outcomeOf(lost);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
    QVERIFY(outcome.error().effectUnknown);
}

void TestHttpTransport::hugeBodyIsCut_data()
{
    QTest::addColumn<bool>("announced");
    QTest::newRow("announced") << true;
    QTest::newRow("unannounced") << false;
}

void TestHttpTransport::hugeBodyIsCut()
{
    QFETCH(bool, announced);
    HttpTransport::Config config;
    config.maxReplyBytes = 2 * 1024 * 1024;
    m_transport->configure(config);
    qint64 written = 0;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        const QByteArray head = "HTTP/1.1 200 OK\r\n";
        socket.write(head + (announced ? "Content-Length: 1000000000\r\n\r\n" : "Connection: close\r\n\r\n"));
        const QByteArray chunk(65536, ' ');
        connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket, &written, chunk] {
            if (socket.bytesToWrite() == 0 && written < 1000000000) {
                socket.write(chunk);
                written += chunk.size();
            }
        });
    });
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Protocol);
    QVERIFY(outcome.error().message.contains(QStringLiteral("larger than 2 MB")));
    QCOMPARE(outcome.error().fault, ProtocolFault::TooLarge);
    QVERIFY(written < 64 * 1024 * 1024);
}

void TestHttpTransport::anAnswerIsHandedOnAsItComes()
{
    QPointer<QTcpSocket> peer;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        peer = &socket;
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n");
    });
    QByteArray heard;
    std::optional<HttpOutcome> outcome;
    WireRequest streamed = request(HttpMethod::Post, server.url(), "{}");
    streamed.onBytes = [&](const QByteArray &bytes) { heard += bytes; };
    m_transport->send(streamed, [&](const HttpOutcome &result) { outcome = result; });
    QTRY_COMPARE(heard, QByteArray("data: 1\n\n"));
    QVERIFY(!outcome);
    peer->write("data: 2\n\n");
    QTRY_COMPARE(heard, QByteArray("data: 1\n\ndata: 2\n\n"));
    peer->disconnectFromHost();
    QTRY_VERIFY(outcome);
    QVERIFY(*outcome);
    QVERIFY((*outcome)->body.isEmpty());
}

void TestHttpTransport::onlyASuccessIsHandedOn()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("{\"reason\":\"X\"}", "403 Forbidden")); });
    bool heard = false;
    WireRequest streamed = request(HttpMethod::Post, server.url(), "{}");
    streamed.onBytes = [&](const QByteArray &) { heard = true; };
    const HttpOutcome outcome = outcomeOf(streamed);
    QVERIFY(outcome);
    QCOMPARE(outcome->body, QByteArray("{\"reason\":\"X\"}"));
    QVERIFY(!heard);
}

void TestHttpTransport::whoeverHearsAPieceMayEndTheAnswer()
{
    bool closed = false;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        connect(&socket, &QTcpSocket::disconnected, &socket, [&] { closed = true; });
        socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: 1\n\n");
    });
    bool told = false;
    QPointer<WireExchange> exchange;
    WireRequest streamed = request(HttpMethod::Post, server.url(), "{}");
    streamed.onBytes = [&](const QByteArray &) { exchange->abort(); };
    exchange = m_transport->send(streamed, [&](const HttpOutcome &) { told = true; });
    QTRY_VERIFY(closed);
    QTRY_VERIFY(!exchange);
    QVERIFY(!told);
}

void TestHttpTransport::aRequestMayHaveItsOwnLimit()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer(QByteArray(100000, ' '))); });
    WireRequest limited = request(HttpMethod::Get, server.url());
    limited.maxBytes = 99999;
    QCOMPARE(outcomeOf(limited).error().fault, ProtocolFault::TooLarge);
    HttpTransport::Config config;
    config.maxReplyBytes = 1000;
    m_transport->configure(config);
    limited.maxBytes = 100000;
    QCOMPARE(outcomeOf(limited)->body.size(), 100000);
    WireRequest streamed = request(HttpMethod::Get, server.url());
    qint64 heard = 0;
    streamed.onBytes = [&](const QByteArray &bytes) { heard += bytes.size(); };
    QCOMPARE(outcomeOf(streamed).error().fault, ProtocolFault::TooLarge); // handing on does not lift the limit
    QVERIFY(heard <= 1000);
}

void TestHttpTransport::gunzipsAndKnowsBothSizes()
{
    // qCompress() makes a zlib stream behind four bytes of length; "deflate" is that stream.
    const QByteArray body(50000, 'a');
    const QByteArray packed = qCompress(body).mid(4);
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer(packed, "200 OK", "Content-Encoding: deflate\r\n"));
    });
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(outcome);
    QCOMPARE(outcome->body, body);
    QCOMPARE(outcome->wireBytes, packed.size());

    // A small packet may unpack to more than the cap.
    HttpTransport::Config config;
    config.maxReplyBytes = 1024 * 1024;
    m_transport->configure(config);
    const QByteArray bomb = qCompress(QByteArray(20 * 1024 * 1024, 'a')).mid(4);
    server.setHandler([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer(bomb, "200 OK", "Content-Encoding: deflate\r\n"));
    });
    const HttpOutcome exploded = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(!exploded);
    QCOMPARE(exploded.error().kind, ErrorKind::Protocol);
    QCOMPARE(exploded.error().fault, ProtocolFault::TooLarge);
}

/// Larger in every respect: several hundred pieces of the buffer, and packed it comes in many packets.
void TestHttpTransport::aBombIsRefusedAtOnce()
{
    const QByteArray bomb = qCompress(QByteArray(200 * 1024 * 1024, 'a'), 9).mid(4);
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer(bomb, "200 OK", "Content-Encoding: deflate\r\n"));
    });
    QElapsedTimer spent;
    spent.start();
    const HttpOutcome exploded = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(!exploded);
    QCOMPARE(exploded.error().fault, ProtocolFault::TooLarge);
    QVERIFY(!exploded.error().isTransient());
    QVERIFY(spent.elapsed() < 5000); // the deadline is at ten

    // Nor is there an end to wait for in what cannot be unpacked at all.
    const QByteArray broken(500 * 1024, 'x');
    server.setHandler([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer(broken, "200 OK", "Content-Encoding: gzip\r\n"));
    });
    spent.restart();
    const HttpOutcome unreadable = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(!unreadable);
    QCOMPARE(unreadable.error().kind, ErrorKind::Protocol);
    QCOMPARE(unreadable.error().fault, ProtocolFault::Unreadable);
    QVERIFY(spent.elapsed() < 5000);
}

void TestHttpTransport::truncatedBodyIsNoAnswer()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
        socket.disconnectFromHost();
    });
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Post, server.url(), "{}"));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Network);
    QCOMPARE(outcome.error().httpStatus, 200);
    QVERIFY(outcome.error().effectUnknown);
}

void TestHttpTransport::errorStatusIsACompleteAnswer()
{
    QByteArray status;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer("{\"m\":1}", status, "WWW-Authenticate: Basic realm=\"x\"\r\n"));
    });
    for (const QByteArray code : {"400 B", "401 U", "402 P", "403 F", "404 N", "405 M", "407 P", "409 C", "410 G", "418 T", "422 U",
                                  "429 T", "500 I", "501 N", "502 B", "503 S", "504 G", "599 X"}) {
        status = code;
        for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
            const HttpOutcome outcome = outcomeOf(request(method, server.url(), method == HttpMethod::Post ? "{}" : ""));
            QVERIFY2(outcome, code.constData());
            QCOMPARE(outcome->status, code.left(3).toInt());
            QCOMPARE(outcome->body, QByteArray("{\"m\":1}"));
        }
    }
    QCOMPARE(server.count(), 36);
}

void TestHttpTransport::cookiesAreOff()
{
    TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(TcpDouble::answer("{}", "200 OK", "Set-Cookie: a=b; Path=/\r\n"));
    });
    QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
    QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
    QVERIFY(!server.received().back().head.toLower().contains("\r\ncookie:"));
}

void TestHttpTransport::abortReachesTheSocketAndStaysSilent()
{
    bool closed = false;
    TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
        connect(&socket, &QTcpSocket::disconnected, &socket, [&] { closed = true; });
    });
    bool told = false;
    QPointer<WireExchange> exchange =
        m_transport->send(request(HttpMethod::Get, server.url()), [&](const HttpOutcome &) { told = true; });
    QTRY_COMPARE(server.count(), 1);
    exchange->abort();
    QTRY_VERIFY(closed);
    QTRY_VERIFY(!exchange);
    QVERIFY(!told);
}

void TestHttpTransport::refusesWhatItMustNotSend()
{
    QVERIFY(m_transport->refusal(QUrl(QStringLiteral("http://api.novita.ai/x"))));
    QVERIFY(!m_transport->refusal(QUrl(QStringLiteral("https://api.novita.ai/x"))));
    HttpTransport::Config config;
    config.proxyUrl = QStringLiteral("gopher://x");
    m_transport->configure(config);
    QVERIFY(m_transport->refusal(QUrl(QStringLiteral("https://api.novita.ai/x"))));
    config.proxyUrl.clear();
    config.caFile = QStringLiteral("/nonexistent/ca.pem");
    m_transport->configure(config);
    QVERIFY(m_transport->refusal(QUrl(QStringLiteral("https://api.novita.ai/x"))));
    QTemporaryFile empty;
    QVERIFY(empty.open());
    config.caFile = empty.fileName();
    m_transport->configure(config);
    QVERIFY(m_transport->refusal(QUrl(QStringLiteral("https://api.novita.ai/x"))));
    m_transport->configure({});
    QVERIFY(!m_transport->refusal(QUrl(QStringLiteral("https://api.novita.ai/x"))));
}

void TestHttpTransport::tlsIsNeverWaived()
{
    // A server that does not speak TLS: the handshake fails and nothing of the request leaves.
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    QByteArray seen;
    connect(&plain, &QTcpServer::newConnection, &plain, [&] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&seen, socket] {
            seen += socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\n\r\n");
        });
    });
    const HttpOutcome outcome =
        outcomeOf(request(HttpMethod::Post, QUrl(QStringLiteral("https://127.0.0.1:%1").arg(plain.serverPort())), "{}"));
    QVERIFY(!outcome);
    QCOMPARE(errorKindName(outcome.error().kind), QStringLiteral("tls"));
    QVERIFY(!outcome.error().effectUnknown);
    QVERIFY(!seen.contains("test-key"));
}

/// One that is kept open was proven by authorities that are not trusted any more.
void TestHttpTransport::aConnectionOfOtherAuthoritiesIsNotUsedAgain()
{
    const TlsDouble server;
    QVERIFY(server.port > 0);
    HttpTransport::Config trusting;
    trusting.caFile = TlsDouble::certificate();
    m_transport->configure(trusting);
    QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
    m_transport->configure({});
    const HttpOutcome outcome = outcomeOf(request(HttpMethod::Get, server.url()));
    QVERIFY(!outcome);
    QCOMPARE(errorKindName(outcome.error().kind), QStringLiteral("tls"));
    m_transport->configure(trusting);
    QVERIFY(outcomeOf(request(HttpMethod::Get, server.url())));
}

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
