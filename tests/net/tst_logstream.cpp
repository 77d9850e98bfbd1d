// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/logstream.h"
#include "tests/support/fakeclock.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace novita;

namespace {

/// A server that says what a test tells it to, byte for byte.
class RawServer final : public QTcpServer
{
public:
    QList<QByteArray> heads;       ///< requests so far
    QList<QTcpSocket *> sockets;
    std::function<void(QTcpSocket *)> answer;

    RawServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            sockets.append(socket);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                const QByteArray bytes = socket->readAll();
                if (!bytes.contains("\r\n\r\n"))
                    return;
                heads.append(bytes);
                if (answer)
                    answer(socket);
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port");
    }
    QUrl url(const QString &path = QStringLiteral("/log")) const { return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path)); }
};

const char kHead[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

struct Bench
{
    SystemClock clock;
    QNetworkAccessManager network;
    RawServer server;
    LogStream stream{network, Reach::Local, clock, [] { return 0.0; }}; // half of each wait
    QByteArray got;

    Bench()
    {
        network.setAutoDeleteReplies(false);
        QObject::connect(&stream, &LogStream::received, &stream, [this](const QByteArray &bytes) { got += bytes; });
    }
};

} // namespace

class TestLogStream final : public QObject
{
    Q_OBJECT

private slots:
    void piecesArriveAsTheyCome()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("one\n")); };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.got, QByteArray("one\n"));
        QCOMPARE(bench.stream.state(), LogStream::State::Streaming);
        bench.server.sockets.last()->write(chunk("two\n"));
        QTRY_COMPARE(bench.got, QByteArray("one\ntwo\n"));
        const QByteArray head = bench.server.heads.first().toLower();
        QVERIFY(head.startsWith("get /log http/1.1"));
        for (const char *secret : {"authorization", "cookie", "x-correlation-id"})
            QVERIFY2(!head.contains(secret), head.constData());
        bench.stream.close();
        QCOMPARE(bench.stream.state(), LogStream::State::Closed);
        QTRY_COMPARE(bench.server.sockets.last()->state(), QAbstractSocket::UnconnectedState);
    }

    void aPauseHoldsTheSenderBack()
    {
        Bench bench;
        constexpr qint64 kFlood = 96 * 1024 * 1024; // Linux lets the buffers of one connection grow to 36 MiB and more
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("seen\n")); };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.got, QByteArray("seen\n"));
        bench.stream.setPaused(true);
        QTcpSocket *sender = bench.server.sockets.last();
        sender->write(chunk(QByteArray(kFlood, 'x')));
        QTest::qWait(90);
        QTest::qWait(90);
        QCOMPARE(bench.got, QByteArray("seen\n"));
        const qint64 held = sender->bytesToWrite();
        QVERIFY2(held > kFlood / 2, qPrintable(QString::number(held)));
        bench.stream.setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(bench.got.size() > 5 * 1024 * 1024, 20000);
        QCOMPARE(bench.stream.state(), LogStream::State::Streaming);
        QCOMPARE(bench.stream.connections(), 1);
    }

    void endIsFollowedByAnotherTry()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("x\n") + chunk({})); };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Waiting);
        QVERIFY(bench.stream.problem().isEmpty());
        QCOMPARE(bench.got, QByteArray("x\n"));
        QTRY_COMPARE(bench.stream.connections(), 2);
        QTRY_COMPARE(bench.got, QByteArray("x\nx\n"));
    }

    void nothingMoreIsAskedOfWhatHasEnded()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("x\n") + chunk({})); };
        bench.stream.setRetrying(false);
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Ended);
        QCOMPARE(bench.got, QByteArray("x\n"));
        bench.stream.setRetrying(true);
        QTRY_COMPARE(bench.server.heads.size(), 2);
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Waiting);
        bench.stream.setRetrying(false);
        QCOMPARE(bench.stream.state(), LogStream::State::Ended);
    }

    void waitsGrow()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"); };
        QElapsedTimer time;
        time.start();
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.server.heads.size(), 2);
        const qint64 first = time.restart();
        QTRY_COMPARE(bench.server.heads.size(), 3);
        QVERIFY2(time.elapsed() > first + 300, qPrintable(QStringLiteral("%1 then %2").arg(first).arg(time.elapsed())));
        QVERIFY2(bench.stream.problem().contains(QLatin1String("503")), qPrintable(bench.stream.problem()));
        QVERIFY(bench.got.isEmpty());
        bench.stream.retry();
        QTRY_COMPARE(bench.server.heads.size(), 4);
    }

    void brokenConnectionIsSaid()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) {
            socket->write(kHead + chunk("x\n"));
            socket->flush();
            QTimer::singleShot(50, socket, [socket] { socket->abort(); });
        };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Waiting);
        QVERIFY(!bench.stream.problem().isEmpty());
        QCOMPARE(bench.got, QByteArray("x\n"));
    }

    void foreignAddressesAreRefused_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("local");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << true;
        QTest::newRow("ftp") << QStringLiteral("ftp://127.0.0.1/x") << true;
        QTest::newRow("user") << QStringLiteral("http://me:secret@127.0.0.1/x") << true;
        QTest::newRow("outside") << QStringLiteral("https://example.com/x") << true;
        QTest::newRow("inside") << QStringLiteral("http://127.0.0.1/x") << false;
        QTest::newRow("router") << QStringLiteral("http://192.168.1.1/x") << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void foreignAddressesAreRefused()
    {
        QFETCH(QString, address);
        QFETCH(bool, local);
        SystemClock clock;
        QNetworkAccessManager network;
        LogStream stream(network, local ? Reach::Local : Reach::Internet, clock, [] { return 0.5; });
        stream.open(QUrl(address));
        QCOMPARE(stream.state(), LogStream::State::Refused);
        QVERIFY(!stream.problem().isEmpty());
    }

    void redirectsAreFollowedWithinTheRules()
    {
        Bench bench;
        bench.server.answer = [&bench](QTcpSocket *socket) {
            if (bench.server.heads.last().startsWith("GET /log "))
                socket->write("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
            else
                socket->write(kHead + chunk("there\n"));
        };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.got, QByteArray("there\n"));

        Bench outside;
        outside.server.answer = [](QTcpSocket *socket) { socket->write("HTTP/1.1 302 Found\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n"); };
        outside.stream.open(outside.server.url());
        QTRY_COMPARE(outside.stream.state(), LogStream::State::Refused);

        Bench circle;
        circle.server.answer = [](QTcpSocket *socket) { socket->write("HTTP/1.1 302 Found\r\nLocation: /log\r\nContent-Length: 0\r\n\r\n"); };
        circle.stream.open(circle.server.url());
        QTRY_COMPARE(circle.stream.state(), LogStream::State::Waiting);
        QCOMPARE(circle.server.heads.size(), 4);
    }

    void whoNeverAnswersIsAskedAgain()
    {
        Bench bench;
        bench.stream.setBeginLimit(Milliseconds(30));
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Waiting);
        QVERIFY(!bench.stream.problem().isEmpty());
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("at last\n")); };
        QTRY_COMPARE(bench.got, QByteArray("at last\n"));
        QTest::qWait(60); // once begun it may be silent
        QCOMPARE(bench.stream.state(), LogStream::State::Streaming);
    }

    void afterASleepItIsAskedAgain()
    {
        FakeClock clock;
        Bench bench;
        LogStream stream(bench.network, Reach::Local, clock, [] { return 0.0; });
        bench.server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("line\n")); };
        stream.open(bench.server.url());
        QTRY_COMPARE(stream.state(), LogStream::State::Streaming);
        clock.advance(std::chrono::minutes(10)); // nothing came, and the machine was awake
        stream.wake();
        QCOMPARE(stream.state(), LogStream::State::Streaming);
        clock.jumpWallClock(std::chrono::minutes(10));
        stream.wake();
        QTRY_COMPARE(bench.server.heads.size(), 2);
        QTRY_COMPARE(stream.connections(), 2);
        stream.wake();
        QCOMPARE(stream.state(), LogStream::State::Streaming);
    }

    void aRefusalWithoutAnEndIsARefusal()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write("HTTP/1.1 500 Oops\r\nContent-Length: 99000000\r\n\r\n" + QByteArray(400000, 'x')); };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.stream.state(), LogStream::State::Waiting);
        QVERIFY(bench.stream.problem().contains(QStringLiteral("500")));
        QVERIFY(bench.got.isEmpty());
    }

    void aRedirectCountsFromWhereItCameFrom()
    {
        Bench bench;
        bench.server.answer = [&bench](QTcpSocket *socket) {
            const QByteArray head = bench.server.heads.last();
            if (head.startsWith("GET /log "))
                socket->write("HTTP/1.1 302 Found\r\nLocation: /there/first\r\nContent-Length: 0\r\n\r\n");
            else if (head.startsWith("GET /there/first "))
                socket->write("HTTP/1.1 302 Found\r\nLocation: second\r\nContent-Length: 0\r\n\r\n");
            else
                socket->write(kHead + chunk(head.startsWith("GET /there/second ") ? "right\n" : "wrong\n"));
        };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.got, QByteArray("right\n"));
    }

    void eventStreamsAreKnown()
    {
        Bench bench;
        bench.server.answer = [](QTcpSocket *socket) { socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\ndata: x\n\n"); };
        bench.stream.open(bench.server.url());
        QTRY_COMPARE(bench.got, QByteArray("data: x\n\n"));
        QVERIFY(bench.stream.isEventStream());
    }

    void floodLeavesTheThreadFree()
    {
        Bench bench;
        const QByteArray block(64 * 1024, 'z');
        bench.server.answer = [&block](QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\n\r\n");
            const auto more = [socket, &block] {
                while (socket->bytesToWrite() < 4 * 1024 * 1024)
                    socket->write(block);
            };
            QObject::connect(socket, &QTcpSocket::bytesWritten, socket, more);
            more();
        };
        qint64 taken = 0;
        QObject::connect(&bench.stream, &LogStream::received, &bench.stream, [&](const QByteArray &bytes) {
            taken += bytes.size();
            bench.got.clear();
            QVERIFY(bytes.size() <= 256 * 1024);
        });
        bench.stream.open(bench.server.url());
        QElapsedTimer time;
        time.start();
        QTRY_VERIFY(taken > 4 * 1024 * 1024);
        // 12 MB a second and no more, however much is offered.
        QVERIFY2(taken / qMax<qint64>(1, time.elapsed()) < 16 * 1024, qPrintable(QString::number(taken / qMax<qint64>(1, time.elapsed()))));
    }

    void canGoFromWithinItsOwnSignal()
    {
        SystemClock clock;
        QNetworkAccessManager network;
        network.setAutoDeleteReplies(false);
        RawServer server;
        server.answer = [](QTcpSocket *socket) { socket->write(kHead + chunk("one\n") + chunk("two\n")); };
        auto stream = std::make_unique<LogStream>(network, Reach::Local, clock, [] { return 0.5; });
        connect(stream.get(), &LogStream::received, this, [&stream] { stream.reset(); });
        stream->open(server.url());
        QTRY_VERIFY(!stream);
    }
};

QTEST_GUILESS_MAIN(TestLogStream)
#include "tst_logstream.moc"
