// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/downloader.h"
#include "tests/net/tcpdouble.h"
#include "tests/support/await.h"

#include <QNetworkAccessManager>
#include <QTest>

using namespace novita;

namespace {

struct Bench
{
    explicit Bench(TcpDouble::Handler handler) : server(std::move(handler)) { downloader.setReach(Reach::Local); }

    QUrl url(const QString &path = QStringLiteral("/out/1.png?sig=abc")) const { return QUrl(server.url().toString() + path); }
    Result<Download> fetch(const Downloader::Limits &limits = {}, const QString &path = QStringLiteral("/out/1.png?sig=abc"))
    {
        return await(downloader.fetch(url(path), limits));
    }

    TcpDouble server;
    QNetworkAccessManager network;
    Downloader downloader{network};
};

TcpDouble::Handler always(const QByteArray &bytes)
{
    return [bytes](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(bytes); };
}

QByteArray redirectTo(const QByteArray &location)
{
    return TcpDouble::answer({}, "307 Temporary Redirect", "Location: " + location + "\r\n");
}

} // namespace

class TestDownloader final : public QObject
{
    Q_OBJECT

private slots:
    void bringsTheBytesAndTellsNothing()
    {
        const QByteArray bytes("\x89PNG\r\n\x1a\n\0\0 bytes", 17);
        Bench bench(always(TcpDouble::answer(bytes, "200 OK", "Content-Type: Image/PNG; x=1\r\nSet-Cookie: a=b\r\n")));
        for (int i = 0; i < 2; ++i) {
            const Result<Download> download = bench.fetch();
            QVERIFY(download.ok());
            QCOMPARE(download->bytes, bytes);
            QCOMPARE(download->mediaType, QByteArray("image/png"));
        }
        QCOMPARE(bench.server.count(), 2);
        for (const TcpDouble::Received &request : bench.server.received()) {
            const QByteArray head = request.head.toLower();
            QVERIFY(head.startsWith("get /out/1.png?sig=abc "));
            QVERIFY(!head.contains("\r\nauthorization:"));
            QVERIFY(!head.contains("\r\ncookie:"));
            QVERIFY(!head.contains("\r\nreferer:"));
        }
    }

    void tellsHowFarItIs()
    {
        Bench bench(always(TcpDouble::answer(QByteArray(100'000, 'x'))));
        qint64 most = 0, whole = 0;
        QVERIFY(await(bench.downloader.fetch(bench.url(), {}, [&](qint64 received, qint64 total) {
            most = received;
            whole = total;
        })).ok());
        QCOMPARE(most, 100'000);
        QCOMPARE(whole, 100'000);
    }

    void saysWhenToAskAgain_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("sentence");
        const QString later = QStringLiteral("The server of this file asks to be asked again later (HTTP %1).");
        QTest::newRow("too many") << QByteArray("429 Too Many Requests") << QByteArray("Retry-After: 40\r\n") << qint64(40) << later.arg(429);
        QTest::newRow("too slow") << QByteArray("408 Request Timeout") << QByteArray("Retry-After: 2\r\n") << qint64(2) << later.arg(408);
        QTest::newRow("too early") << QByteArray("425 Too Early") << QByteArray() << qint64(0) << later.arg(425);
        QTest::newRow("a date") << QByteArray("503 Service Unavailable")
                                << QByteArray("Date: Fri, 06 Nov 2026 08:49:37 GMT\r\nRetry-After: Fri, 06 Nov 2026 08:50:07 GMT\r\n") << qint64(30)
                                << QStringLiteral("The server of this file fails (HTTP 503).");
        QTest::newRow("for ever") << QByteArray("429 Too Many Requests") << QByteArray("Retry-After: 99999999999\r\n") << qint64(300) << later.arg(429);
        QTest::newRow("nonsense") << QByteArray("429 Too Many Requests") << QByteArray("Retry-After: soon\r\n") << qint64(0) << later.arg(429);
        QTest::newRow("missing") << QByteArray("404 Not Found") << QByteArray() << qint64(0) << QStringLiteral("The server has no such file, or no longer (HTTP 404).");
        QTest::newRow("expired") << QByteArray("403 Forbidden") << QByteArray("Retry-After: 40\r\n") << qint64(0) << QStringLiteral("The link to this file has expired (HTTP 403).");
    }
    void saysWhenToAskAgain()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, headers);
        QFETCH(qint64, seconds);
        Bench bench(always(TcpDouble::answer("x", status, headers)));
        const Result<Download> download = bench.fetch();
        QVERIFY(!download.ok());
        QTEST(download.error().message, "sentence");
        QCOMPARE(download.error().retryAfter, seconds > 0 ? std::optional<Milliseconds>(Seconds(seconds)) : std::nullopt);
    }

    void followsWithinTheHost()
    {
        Bench bench([](QTcpSocket &socket, const TcpDouble::Received &request) {
            socket.write(request.head.startsWith("GET /a ") ? redirectTo("/b") : TcpDouble::answer("here"));
        });
        QCOMPARE(bench.fetch({}, QStringLiteral("/a")).value().bytes, QByteArray("here"));
    }

    void refusesToBeLedAway_data()
    {
        QTest::addColumn<QByteArray>("location");
        for (const char *location : {"http://127.0.0.2/x", "http://localhost:1/x", "http://127.0.0.1:1/x", "https://example.org/x", "file:///etc/passwd", "", "/again"})
            QTest::newRow(*location ? location : "none") << QByteArray(location);
    }
    void refusesToBeLedAway()
    {
        QFETCH(QByteArray, location);
        Bench bench(always(redirectTo(location)));
        const Result<Download> download = bench.fetch();
        QVERIFY(!download.ok());
        QCOMPARE(download.error().kind, ErrorKind::Protocol);
        QCOMPARE(download.error().fault, ProtocolFault::Redirect);
        QVERIFY(bench.server.count() <= 1 + Downloader::kMostRedirects);
    }

    void staysOnItsSide()
    {
        Bench bench(always(TcpDouble::answer("x")));
        bench.downloader.setReach(Reach::Internet);
        QCOMPARE(bench.fetch().error().kind, ErrorKind::Validation);
        QCOMPARE(await(bench.downloader.fetch(QUrl(QStringLiteral("file:///etc/passwd")), {})).error().kind, ErrorKind::Validation);
        QCOMPARE(bench.server.count(), 0);
    }

    void tooMuchIsRefusedAtOnce()
    {
        Bench bench(always("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nx"));
        const Result<Download> download = bench.fetch();
        QCOMPARE(download.error().fault, ProtocolFault::TooLarge);
        QVERIFY2(download.error().message.startsWith(QStringLiteral("The file is larger than ")), qPrintable(download.error().message));
    }

    void tooMuchIsRefusedWhenItComes()
    {
        Bench bench([](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write("HTTP/1.1 200 OK\r\n\r\n");
            QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket] { socket.write(QByteArray(64 * 1024, 'x')); });
        });
        QCOMPARE(bench.fetch({.bytes = 1024 * 1024, .time = Seconds(10)}).error().fault, ProtocolFault::TooLarge);
    }

    void whatNeverEndsIsEnded()
    {
        Bench bench(always("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx"));
        QCOMPARE(bench.fetch({.bytes = 1024, .time = Milliseconds(200)}).error().kind, ErrorKind::Timeout);
    }

    void aCutAnswerIsNone()
    {
        Bench bench([](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            socket.disconnectFromHost();
        });
        QCOMPARE(bench.fetch().error().kind, ErrorKind::Network);
    }

    void statusesSayWhy_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("kind");
        QTest::newRow("expired") << QByteArray("403 Forbidden") << int(ErrorKind::NotFound);
        QTest::newRow("gone") << QByteArray("410 Gone") << int(ErrorKind::NotFound);
        QTest::newRow("broken") << QByteArray("503 Service Unavailable") << int(ErrorKind::Server);
        QTest::newRow("too many") << QByteArray("429 Too Many Requests") << int(ErrorKind::Server); // worth another try
        QTest::newRow("odd") << QByteArray("418 Teapot") << int(ErrorKind::Protocol);
        QTest::newRow("no content") << QByteArray("204 No Content") << int(ErrorKind::Protocol);
    }
    void statusesSayWhy()
    {
        QFETCH(QByteArray, status);
        Bench bench(always(TcpDouble::answer("<html>", status)));
        const Result<Download> download = bench.fetch();
        QVERIFY(!download.ok());
        QTEST(int(download.error().kind), "kind");
        QVERIFY(!download.error().message.isEmpty());
    }

    void canBeCanceled()
    {
        Bench bench([](QTcpSocket &, const TcpDouble::Received &) {});
        Call<Download> *call = bench.downloader.fetch(bench.url(), {});
        std::optional<ErrorKind> kind;
        call->onFinished(this, [&kind](const Result<Download> &result) { kind = result.error().kind; });
        QTRY_COMPARE(bench.server.count(), 1);
        call->cancel();
        QTRY_VERIFY(kind);
        QCOMPARE(*kind, ErrorKind::Canceled);
    }
};

QTEST_GUILESS_MAIN(TestDownloader)
#include "tst_downloader.moc"
