// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/http/router.h"
#include "rawclient.h"

#include <QElapsedTimer>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <zlib.h>

#include <mutex>
#include <optional>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QByteArray kGet = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n";

HttpLimits shortLimits()
{
    HttpLimits limits;
    limits.headerDeadline = 120ms;
    limits.bodyDeadline = 160ms;
    limits.idleDeadline = 200ms;
    limits.stopGrace = 300ms;
    return limits;
}

QByteArray gunzip(const QByteArray &data)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    QByteArray out(1 << 20, '\0');
    QByteArray in = data;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = uInt(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    inflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return out;
}

/// Routes that the tests share; "/later" keeps its responder.
class Service
{
public:
    explicit Service(HttpLimits limits = {}) : server(router, limits)
    {
        router.add("GET", QStringLiteral("/ok"), [](const HttpRequest &, const HttpResponder &r) { r.send(HttpResponse::text(200, "fine")); });
        router.add("POST", QStringLiteral("/echo"), [](const HttpRequest &request, const HttpResponder &r) {
            r.send(HttpResponse::text(200, request.body + '|' + request.trailers.value("X-T") + '|' + request.headers.value("X-T")));
        }, {100, {}});
        router.add("POST", QStringLiteral("/json"), [](const HttpRequest &, const HttpResponder &r) { r.send(HttpResponse::text(200, "taken")); },
                   {{}, "application/json"});
        router.add("GET", QStringLiteral("/big"), [](const HttpRequest &, const HttpResponder &r) { r.send(HttpResponse::text(200, QByteArray(50000, 'x'))); });
        router.add("GET", QStringLiteral("/silent"), [](const HttpRequest &, const HttpResponder &) {});
        router.add("GET", QStringLiteral("/later"), [this](const HttpRequest &, const HttpResponder &r) {
            const std::lock_guard lock(mutex);
            kept.emplace(r);
        });
        router.add("GET", QStringLiteral("/stream"), [](const HttpRequest &, const HttpResponder &r) {
            r.beginStream(HttpResponse::text(200, "one\n"));
            r.write("two\n");
            r.finish();
        });
        router.add("GET", QStringLiteral("/fault/{kind}"), [](const HttpRequest &request, const HttpResponder &r) {
            HttpResponse response = HttpResponse::text(200, "0123456789");
            const QString kind = request.pathParameters.value(QStringLiteral("kind"));
            if (kind == QLatin1String("cut"))
                response.fault.truncateAt = 4;
            else if (kind == QLatin1String("close"))
                response.fault.end = ResponseFault::End::Close;
            else if (kind == QLatin1String("reset"))
                response.fault.end = ResponseFault::End::Reset;
            else if (kind == QLatin1String("never"))
                response.fault.end = ResponseFault::End::Never;
            else if (kind == QLatin1String("late"))
                response.fault.delay = 1h;
            else if (kind == QLatin1String("slow"))
                response.fault = {20ms, {}, 1ms, ResponseFault::End::Normal};
            r.send(response);
        });
        const Result<quint16> result = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        port = result.ok() ? *result : quint16(0);
    }
    ~Service()
    {
        const std::lock_guard lock(mutex);
        kept.reset();
    }

    std::optional<HttpResponder> takeKept()
    {
        if (!QTest::qWaitFor([this] { const std::lock_guard lock(mutex); return kept.has_value(); }, 5000))
            return {};
        const std::lock_guard lock(mutex);
        return std::exchange(kept, {});
    }

    Router router;
    std::mutex mutex;
    std::optional<HttpResponder> kept;
    HttpServer server;
    quint16 port = 0;
};

} // namespace

class TestHttpServer final : public QObject
{
    Q_OBJECT

private slots:
    void portInUseIsASentence()
    {
        Service service;
        Router router;
        HttpServer second(router);
        const Result<quint16> result = second.listen(QHostAddress(QHostAddress::LocalHost), service.port);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Network);
        QVERIFY(result.error().message.contains(QString::number(service.port)));
        QVERIFY(!second.isListening());
        QVERIFY(second.listen(QHostAddress(QHostAddress::LocalHost), 0).ok());
    }

    void headSendsNoBody()
    {
        Service service;
        RawClient client(service.port);
        client.send("HEAD /ok HTTP/1.1\r\nHost: a\r\n\r\n" + kGet);
        QVERIFY(QTest::qWaitFor([&] { return client.received().endsWith("fine"); }));
        QCOMPARE(client.received().count("HTTP/1.1 200"), 2);
        QCOMPARE(client.received().count("Content-Length: 4"), 2);
        QCOMPARE(client.received().count("fine"), 1);
    }

    void unknownPathAndMethod()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\nDELETE /ok HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(client.statuses(), (QList<int>{404, 405}));
        QVERIFY(client.answers().at(1).head.contains("Allow: GET, HEAD"));
    }

    void bodyTrailersAndRouteLimit()
    {
        Service service;
        RawClient client(service.port);
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: late\r\n\r\n");
        QVERIFY(client.waitForAnswers(1));
        QCOMPARE(client.answers().first().body, QByteArray("abcde|late|"));
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), (QList<int>{200, 413}));
    }

    /// A person's list of rules: path and method first, then how often, then how long, then what.
    void theHeadIsJudgedBeforeTheBody_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("field");
        const QByteArray tooLong = "Host: a\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n";
        QTest::newRow("path") << "POST /nowhere HTTP/1.1\r\n" + tooLong << 404 << QByteArray("Connection: close");
        QTest::newRow("method") << "POST /ok HTTP/1.1\r\n" + tooLong << 405 << QByteArray("Allow: GET, HEAD");
        QTest::newRow("no type") << "POST /json HTTP/1.1\r\n" + tooLong << 415 << QByteArray("Accept: application/json");
        QTest::newRow("wrong type") << "POST /json HTTP/1.1\r\nContent-Type: text/plain\r\n" + tooLong << 415 << QByteArray("Accept: application/json");
        QTest::newRow("two types") << "POST /json HTTP/1.1\r\nContent-Type: application/json\r\nContent-Type: application/json\r\n" + tooLong << 415 << QByteArray();
        QTest::newRow("size") << "POST /json HTTP/1.1\r\nContent-Type: application/json\r\n" + tooLong << 413 << QByteArray();
    }
    void theHeadIsJudgedBeforeTheBody()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QByteArray, field);
        Service service;
        RawClient client(service.port);
        client.send(request);
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), QList<int>{status});
        QVERIFY2(client.received().contains(field), client.received().constData());
        QVERIFY(client.answers().first().head.contains("Connection: close"));
    }

    void aTypeWithParametersIsTaken()
    {
        Service service;
        RawClient client(service.port);
        client.send("POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}" + kGet);
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(client.statuses(), (QList<int>{200, 200}));
    }

    void tooManyRequestsSaysWhenToComeAgain()
    {
        QCOMPARE(HttpResponse::tooManyRequests(0ms).headers.value("Retry-After"), QByteArray("1"));
        QCOMPARE(HttpResponse::tooManyRequests(1001ms).headers.value("Retry-After"), QByteArray("2"));
        QCOMPARE(HttpResponse::tooManyRequests(60s).status, 429);
    }

    /// A limiter that counts requests must be asked once for each, whatever comes with them.
    void theHeadIsJudgedOnce()
    {
        class Counting final : public HttpHandler
        {
        public:
            std::optional<HttpResponse> screen(const HttpRequest &head) override
            {
                peers.append(head.peer);
                return peers.size() > 2 ? std::optional(HttpResponse::tooManyRequests(7s)) : std::nullopt;
            }
            void handle(const HttpRequest &, HttpResponder responder) override { responder.send(HttpResponse::empty(204)); }
            QList<QHostAddress> peers;
        } handler;
        HttpServer server(handler, {}, HttpServer::Threading::Caller);
        const Result<quint16> port = server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        QVERIFY(port.ok());
        RawClient client(*port);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab" + kGet + kGet);
        QVERIFY(client.waitForAnswers(3));
        QCOMPARE(client.statuses(), (QList<int>{204, 204, 429}));
        QVERIFY(client.received().contains("Retry-After: 7\r\n"));
        client.send(kGet); // a refusal without a body does not end the connection
        QVERIFY(client.waitForAnswers(4));
        QCOMPARE(handler.peers, QList<QHostAddress>(4, QHostAddress(QHostAddress::LocalHost)));
    }

    void refusedHeadHasNoBody()
    {
        Service service;
        RawClient client(service.port);
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QVERIFY(client.received().startsWith("HTTP/1.1 400"));
        QVERIFY(client.received().endsWith("\r\n\r\n"));
    }

    void aRefusedSenderIsNotDrainedForEver()
    {
        HttpLimits limits;
        limits.lingerDeadline = 60s;
        limits.lingerBytes = 256 * 1024;
        Service service(limits);
        RawClient client(service.port);
        const QByteArray piece(64 * 1024, 'x');
        QObject::connect(&client.socket(), &QTcpSocket::bytesWritten, &client.socket(), [&client, &piece] {
            if (client.socket().bytesToWrite() < piece.size())
                client.send(piece);
        });
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
        QVERIFY(client.waitForEnd(5000));
        QTRY_COMPARE(service.server.stats().open, 0);
    }

    void aRefusedSenderOfALittleMoreGetsItsAnswer()
    {
        Service service;
        RawClient client(service.port);
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + QByteArray(1000000, 'x'));
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), QList<int>{413});
    }

    void gzipForThoseWhoAsk()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /big HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"
                    "GET /ok HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\nGET /big HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForAnswers(3));
        const auto answers = client.answers();
        QVERIFY(answers.at(0).head.contains("Content-Encoding: gzip"));
        QVERIFY(answers.at(0).body.size() < 1000);
        QCOMPARE(gunzip(answers.at(0).body), QByteArray(50000, 'x'));
        QCOMPARE(answers.at(1).body, QByteArray("fine"));
        QCOMPARE(answers.at(2).body, QByteArray(50000, 'x'));
    }

    void streamIsChunked()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(QTest::qWaitFor([&] { return client.received().endsWith("0\r\n\r\n"); }));
        QVERIFY(client.received().contains("4\r\none\n\r\n4\r\ntwo\n\r\n"));
        RawClient old(service.port);
        old.send("GET /stream HTTP/1.0\r\n\r\n");
        QVERIFY(old.waitForEnd());
        QVERIFY(old.received().endsWith("\r\n\r\none\ntwo\n"));
    }

    void answerFromAnotherThread()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto responder = service.takeKept();
        QVERIFY(responder.has_value());
        QVERIFY(responder->isOpen());
        responder->send(HttpResponse::text(201, "late"));
        responder->send(HttpResponse::text(202, "twice"));
        QVERIFY(client.waitForAnswers(1));
        client.send(kGet);
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(client.statuses(), (QList<int>{201, 200}));
        QVERIFY(!responder->isOpen());
    }

    void answerWhenTheClientIsGone()
    {
        Service service;
        auto client = std::make_unique<RawClient>(service.port);
        client->send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto responder = service.takeKept();
        QVERIFY(responder.has_value());
        client.reset();
        responder->send(HttpResponse::text(200, "nobody"));
        QVERIFY(!responder->write("nobody"));
        QTRY_COMPARE(service.server.stats().open, 0);
    }

    void answerWhenTheServerIsGone()
    {
        std::optional<HttpResponder> responder;
        {
            Service service(shortLimits());
            RawClient client(service.port);
            client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
            responder = service.takeKept();
            QVERIFY(responder.has_value());
        }
        QVERIFY(!responder->isOpen());
        responder->send(HttpResponse::text(200, "nobody"));
    }

    void forgottenResponderGives500()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForAnswers(1));
        QCOMPARE(client.statuses(), QList<int>{500});
    }

    void faults()
    {
        Service service;
        RawClient cut(service.port), close(service.port), reset(service.port), never(service.port), slow(service.port);
        cut.send("GET /fault/cut HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(cut.waitForEnd());
        QVERIFY(cut.received().endsWith("\r\n\r\n0123"));
        QVERIFY(cut.received().contains("Content-Length: 10"));
        close.send("GET /fault/close HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(close.waitForEnd());
        QCOMPARE(close.received(), QByteArray());
        QCOMPARE(close.socket().error(), QAbstractSocket::RemoteHostClosedError);
        reset.send("GET /fault/reset HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(reset.waitForEnd());
        QCOMPARE(reset.received(), QByteArray());
        slow.send("GET /fault/slow HTTP/1.1\r\nHost: a\r\n\r\n" + kGet);
        QVERIFY(slow.waitForAnswers(2));
        QCOMPARE(slow.answers().first().body, QByteArray("0123456789"));
        never.send("GET /fault/never HTTP/1.1\r\nHost: a\r\n\r\n" + kGet);
        QVERIFY(!never.waitForAnswers(1, 90));
        QVERIFY(never.isConnected());
    }

    /// Answers that never come, and those that come slowly, must not keep everyone else out.
    void faultsMakeRoomForOthers()
    {
        HttpLimits limits;
        limits.connections = 6;
        Service service(limits);
        std::vector<std::unique_ptr<RawClient>> stuck;
        for (int i = 0; i < 6; ++i) {
            stuck.push_back(std::make_unique<RawClient>(service.port));
            stuck.back()->send(QByteArray(i % 2 ? "GET /fault/never" : "GET /fault/late") + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        QTRY_COMPARE(service.server.stats().requests, 6);
        for (int i = 0; i < 3; ++i) {
            RawClient other(service.port);
            other.send(kGet);
            QVERIFY(other.waitForAnswers(1, 3000));
        }
        QVERIFY(stuck.front()->waitForEnd(3000)); // the oldest
        QVERIFY(stuck.back()->isConnected());
    }

    void neverEndsAtLast()
    {
        HttpLimits limits;
        limits.withholdDeadline = 80ms;
        Service service(limits);
        RawClient client(service.port);
        client.send("GET /fault/never HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(client.waitForEnd(3000));
        QCOMPARE(client.received(), QByteArray());
    }

    void neverDoesNotDelayTheStop()
    {
        HttpLimits limits;
        limits.stopGrace = 20s;
        Service service(limits);
        RawClient client(service.port);
        client.send("GET /fault/never HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE(service.server.stats().requests, 1);
        QElapsedTimer timer;
        timer.start();
        service.server.stop();
        QVERIFY(timer.elapsed() < 10000);
    }

    void slowHeaderAndBodyAreCutOff_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("drop");
        QTest::addColumn<int>("status");
        QTest::newRow("silent") << QByteArray() << QByteArray() << 0;
        QTest::newRow("header dribbles") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("X: 1\r\n") << 408;
        QTest::newRow("body dribbles") << QByteArray("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n") << QByteArray("x") << 408;
        QTest::newRow("idle after an answer") << kGet << QByteArray() << 200;
    }
    void slowHeaderAndBodyAreCutOff()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, drop);
        QFETCH(int, status);
        Service service(shortLimits());
        RawClient client(service.port);
        client.send(start);
        QTimer dribble;
        connect(&dribble, &QTimer::timeout, &client.socket(), [&] { client.send(drop); });
        if (!drop.isEmpty())
            dribble.start(20ms);
        QVERIFY(client.waitForEnd(3000));
        QCOMPARE(client.statuses(), status ? QList<int>{status} : QList<int>{});
    }

    void oldestUnfinishedMakesRoom()
    {
        HttpLimits limits;
        limits.connections = 8;
        Service service(limits);
        RawClient good(service.port);
        good.send(kGet);
        QVERIFY(good.waitForAnswers(1));
        std::vector<std::unique_ptr<RawClient>> flood;
        for (int i = 0; i < 40; ++i) {
            flood.push_back(std::make_unique<RawClient>(service.port));
            flood.back()->send("GET / HT");
        }
        QTRY_VERIFY(service.server.stats().evicted >= 33);
        QVERIFY(service.server.stats().open <= 8);
        good.send(kGet);
        QVERIFY(good.waitForAnswers(2)); // it has finished a request before: the flood does not push it out
        RawClient late(service.port);
        late.send(kGet);
        QVERIFY(late.waitForAnswers(1));
    }

    void requestsPerConnection()
    {
        HttpLimits limits;
        limits.requestsPerConnection = 3;
        Service service(limits);
        RawClient client(service.port);
        client.send(kGet + kGet + kGet + kGet);
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), (QList<int>{200, 200, 200}));
        QVERIFY(client.answers().last().head.contains("Connection: close"));
    }

    void unreadAnswersStopTheReading()
    {
        HttpLimits limits;
        limits.unsentBytes = 100'000;
        Service service(limits);
        RawClient client(service.port);
        client.socket().setReadBufferSize(1000);
        for (int i = 0; i < 400; ++i)
            client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
        qint64 handled = -1;
        QVERIFY(QTest::qWaitFor([&] { return std::exchange(handled, service.server.stats().requests) == service.server.stats().requests && handled > 0; }));
        QVERIFY(service.server.stats().requests < 400);
        client.socket().setReadBufferSize(0);
        QVERIFY(client.waitForAnswers(400, 20000));
    }

    /// As `nc -N` does, and who writes a request by hand. The handler answers later.
    void halfClosedClientsGetTheirAnswers()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE(client.socket().bytesToWrite(), 0);
        QVERIFY(::shutdown(int(client.socket().socketDescriptor()), SHUT_WR) == 0);
        for (int i = 1; i <= 2; ++i) {
            auto responder = service.takeKept();
            QVERIFY(responder.has_value());
            QTest::qWait(20); // the end has arrived
            responder->send(HttpResponse::text(200, QByteArray(300000, 'x')));
            QVERIFY(client.waitForAnswers(i));
        }
        QCOMPARE(client.statuses(), (QList<int>{200, 200}));
        QVERIFY(client.waitForEnd());
        QTRY_COMPARE(service.server.stats().open, 0);
    }

    void stopLetsAnswersFinish()
    {
        Service service;
        RawClient client(service.port);
        client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        auto responder = service.takeKept();
        QVERIFY(responder.has_value());
        std::unique_ptr<QThread> stopper(QThread::create([responder] { QThread::msleep(30); responder->send(HttpResponse::text(200, "last")); }));
        stopper->start();
        service.server.stop();
        stopper->wait();
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.statuses(), QList<int>{200});
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
