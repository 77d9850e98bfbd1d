// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/http/router.h"
#include "rawpeers.h"

#include <QElapsedTimer>
#include <QTest>

#include <limits>
#include <optional>

using namespace novita;
using namespace std::chrono_literals;

namespace {

// Sanitizers keep what was freed; the promise is about the program itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qint64 kGrowth = 400'000'000;
#else
constexpr qint64 kGrowth = 20'000'000;
#endif

constexpr rlim_t kSpareDescriptors = 300;

const QByteArray kPost = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";

/// A client as it should be: it sends whole requests and waits for the answers.
class GoodClient
{
public:
    explicit GoodClient(quint16 port) : m_port(port), m_kept(port) {}

    /// One request over the connection that stays, and one over a new one.
    bool isServed()
    {
        Peer fresh(m_port);
        return ask(m_kept) && fresh.isConnected() && ask(fresh);
    }

private:
    bool ask(Peer &peer)
    {
        QByteArray answer;
        if (!peer.send(kPost))
            return false;
        while (!answer.endsWith("\r\n\r\nhello")) {
            const QByteArray more = peer.receive(1);
            if (more.isEmpty())
                return false;
            answer += more;
        }
        return answer.startsWith("HTTP/1.1 200");
    }

    const quint16 m_port;
    Peer m_kept;
};

} // namespace

/// Many hostile peers at once, and one well-behaved among them. The server has a thread of its own, so this one may block.
class TestHttpFlood final : public QObject
{
    Q_OBJECT

    Router m_router;

    std::unique_ptr<HttpServer> startServer(HttpLimits limits = {})
    {
        limits.requestsPerConnection = std::numeric_limits<int>::max();
        auto server = std::make_unique<HttpServer>(m_router, limits);
        return server->listen(QHostAddress(QHostAddress::LocalHost), 0).ok() ? std::move(server) : nullptr;
    }

private slots:
    void initTestCase()
    {
        m_router.add("POST", QStringLiteral("/echo"), [](const HttpRequest &request, const HttpResponder &r) { r.send(HttpResponse::text(200, request.body)); });
    }

    void tenThousandIdleConnections_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("silent") << QByteArray();
        QTest::newRow("half a header") << QByteArray("GET / HTTP/1.1\r\nHost:");
        QTest::newRow("half a body") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
    }
    void tenThousandIdleConnections()
    {
        QFETCH(QByteArray, start);
        const rlim_t descriptors = raiseDescriptorLimit();
        const int count = descriptors > kSpareDescriptors ? int(std::min<rlim_t>(10'000, descriptors - kSpareDescriptors)) : 0;
        QVERIFY(count >= 500);
        const auto server = startServer();
        QVERIFY(server);
        GoodClient good(server->port());
        QVERIFY(good.isServed());
        const qint64 before = residentBytes();
        QVERIFY(before > 0);
        std::vector<Peer> idle;
        idle.reserve(size_t(count));
        for (int i = 1; i <= count; ++i) {
            idle.emplace_back(server->port());
            QVERIFY(idle.back().isConnected());
            idle.back().send(start);
            if (i % 500 == 0)
                QVERIFY2(good.isServed(), qPrintable(QStringLiteral("after %1 connections").arg(i)));
        }
        QVERIFY2(residentBytes() - before < kGrowth, qPrintable(QString::number(residentBytes() - before)));
        const HttpServerStats stats = server->stats();
        QVERIFY(stats.open <= HttpLimits().connections);
        QVERIFY(stats.evicted >= count - HttpLimits().connections);
        QVERIFY(good.isServed());
    }

    void aGigabyteIsRefusedInsideTheLimits_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("chunked");
        QTest::newRow("announced") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n") << false;
        QTest::newRow("in chunks") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") << true;
    }
    void aGigabyteIsRefusedInsideTheLimits()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, chunked);
        constexpr qint64 gigabyte = 1LL << 30;
        const QByteArray bytes(64 * 1024, 'x');
        const QByteArray piece = chunked ? "10000\r\n" + bytes + "\r\n" : bytes;
        const auto server = startServer();
        QVERIFY(server);
        GoodClient good(server->port());
        QVERIFY(good.isServed());
        const qint64 before = residentBytes();
        qint64 peak = 0;
        Peer sender(server->port());
        QVERIFY(sender.send(head));
        qint64 sent = 0;
        for (int i = 0; sent < gigabyte && sender.send(piece); ++i) {
            sent += piece.size();
            peak = std::max(peak, residentBytes() - before);
            if (i % 16 == 0)
                QVERIFY(good.isServed());
        }
        // What the server throws away before it resets, and what the two kernels' buffers hold.
        QVERIFY2(sent < 32'000'000, qPrintable(QString::number(sent)));
        QVERIFY2(peak < kGrowth, qPrintable(QString::number(peak)));
        QVERIFY(good.isServed());
        QCOMPARE(server->stats().refused, 1);
    }

    void manyThatDribble()
    {
        HttpLimits limits;
        limits.headerDeadline = 600ms;
        limits.bodyDeadline = 600ms;
        const auto server = startServer(limits);
        QVERIFY(server);
        GoodClient good(server->port());
        std::vector<Peer> headers, bodies;
        for (int i = 0; i < 25; ++i) {
            headers.emplace_back(server->port());
            QVERIFY(headers.back().send("GET / HTTP/1.1\r\nHost: a\r\n"));
            bodies.emplace_back(server->port());
            QVERIFY(bodies.back().send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n"));
        }
        QElapsedTimer timer;
        timer.start();
        while (server->stats().refused < 50 && timer.elapsed() < 10'000) {
            for (Peer &peer : headers)
                peer.send("X: 1\r\n");
            for (Peer &peer : bodies)
                peer.send("x");
            QVERIFY(good.isServed());
        }
        QCOMPARE(server->stats().refused, 50);
        for (std::vector<Peer> *peers : {&headers, &bodies}) {
            for (Peer &peer : *peers)
                QVERIFY(peer.receive(12).startsWith("HTTP/1.1 408"));
        }
        QVERIFY(good.isServed());
    }

    void acceptsAgainAfterDescriptorsRanOut()
    {
        raiseDescriptorLimit();
        const auto server = startServer();
        QVERIFY(server);
        rlimit saved{};
        getrlimit(RLIMIT_NOFILE, &saved);
        {
            // The client's descriptors exist already; the server's end of the next connection finds none.
            std::optional<GoodClient> good(server->port());
            QVERIFY(good->isServed());
            const int probe = ::dup(0);
            QVERIFY(probe >= 0);
            rlimit tight = saved;
            tight.rlim_cur = rlim_t(probe) + 1;
            ::close(probe);
            QCOMPARE(setrlimit(RLIMIT_NOFILE, &tight), 0);
            Peer starved(server->port());
            const bool connected = starved.isConnected(); // by the kernel: the backlog has room
            const QByteArray silence = starved.send(kPost) ? starved.receive(1, 50) : QByteArray("not sent");
            setrlimit(RLIMIT_NOFILE, &saved);
            QVERIFY(connected);
            QCOMPARE(silence, QByteArray());
            QVERIFY(starved.receive(12).startsWith("HTTP/1.1 200"));
        }
        GoodClient good(server->port());
        QVERIFY(good.isServed());
    }
};

QTEST_GUILESS_MAIN(TestHttpFlood)
#include "tst_httpflood.moc"
