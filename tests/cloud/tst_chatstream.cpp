// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/languageservice.h"
#include "core/net/apiclient.h"
#include "tests/net/tcpdouble.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <memory>

using namespace novita;

namespace {

constexpr qint64 kMega = 1024 * 1024;

QByteArray delta(const QByteArray &members)
{
    return "{\"choices\":[{\"index\":0,\"delta\":{" + members + "}}]}";
}

QByteArray sse(const QByteArray &data, const QByteArray &lineEnd = "\n")
{
    return "data: " + data + lineEnd + lineEnd;
}

QByteArray said(const QByteArray &text)
{
    return sse(delta("\"content\":\"" + text + "\""));
}

const QByteArray kStop = sse("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
const QByteArray kDone = sse("[DONE]");

/// What this process has in memory, in bytes.
qint64 resident()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    constexpr qint64 kPage = 4096;
    return file.readAll().split(' ').value(1).toLongLong() * kPage;
}

/// Of this thread alone: other programs may be as busy as they like.
double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

/// Answers of servers that do not care for the contract.
class TestChatStream final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QNetworkAccessManager> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    FakeNam *m_fake = nullptr; ///< m_nam, unless a server is asked

    void useFake()
    {
        m_client.reset();
        auto fake = std::make_unique<FakeNam>();
        m_fake = fake.get();
        m_nam = std::move(fake);
        makeClient();
    }
    void useServer(const TcpDouble &server)
    {
        m_client.reset();
        m_fake = nullptr;
        m_nam = std::make_unique<QNetworkAccessManager>();
        makeClient();
        ApiClientConfig config = m_client->config();
        config.apiRoot = server.url();
        m_client->setConfig(config);
    }
    void makeClient()
    {
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
    }
    std::unique_ptr<ChatStream> ask()
    {
        ChatRequest request;
        request.model = LanguageModelId(QStringLiteral("vendor/tide-7b"));
        request.messages = {{ChatRole::User, QStringLiteral("Name three tides.")}};
        return LanguageService(*m_client).chat(request);
    }
    static QByteArray head() { return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"; }
    /// Writes `piece` again and again, as fast as it is taken, until `most` bytes are out or the reader has gone.
    static void pour(QTcpSocket &socket, const QByteArray &piece, qint64 most, const std::shared_ptr<qint64> &sent, const QByteArray &tail = {})
    {
        const auto more = [&socket, piece, most, sent, tail] {
            if (*sent >= most && socket.bytesToWrite() == 0) {
                socket.write(tail);
                socket.disconnectFromHost();
            }
            while (*sent < most && socket.bytesToWrite() < kMega) {
                socket.write(piece);
                *sent += piece.size();
            }
        };
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, more);
        more();
    }

private slots:
    void init() { useFake(); }
    void cleanup()
    {
        m_client.reset();
        m_nam.reset();
    }

    void whateverComesIsReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("error"); // empty: none
        const auto row = [](const char *name, const QByteArray &body, const char *content, const char *error = "") {
            QTest::newRow(name) << body << QString::fromUtf8(content) << QString::fromLatin1(error);
        };
        const QByteArray end = kStop + kDone;
        row("CRLF", sse(delta("\"content\":\"a\""), "\r\n") + sse("[DONE]", "\r\n"), "a");
        row("CR", sse(delta("\"content\":\"a\""), "\r") + sse("[DONE]", "\r"), "a");
        row("data in several lines", "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"a\"}}]}\n\n" + end, "a");
        row("comments and other fields", ": ping\n\nevent: message\nid: 7\nretry: 10\n" + said("a") + ": pong\n\n" + end, "a");
        row("byte order mark", "\xEF\xBB\xBF" + said("a") + end, "a");
        row("no [DONE]", said("a") + kStop, "a");
        row("no [DONE], no reason", said("a"), "a", "The answer ended in the middle");
        row("more after [DONE]", said("a") + end + said("b") + sse("{\"error\":{\"message\":\"late\"}}"), "a");
        row("nothing but [DONE]", kDone, "");
        row("nothing", "", "", "The answer ended in the middle");
        row("null content", sse(delta("\"role\":\"assistant\",\"content\":null")) + said("a") + sse(delta("\"content\":null,\"reasoning_content\":null")) + end, "a");
        row("content of other types", sse(delta("\"content\":[1,{}]")) + sse(delta("\"content\":{\"text\":\"x\"}")) + said("a") + end, "a");
        row("choices of other types", sse("{\"choices\":7}") + sse("{\"choices\":[3,null,\"x\",[]]}") + sse("{\"choices\":{\"0\":{}}}") + said("a") + end, "a");
        row("no choices", sse("{\"choices\":[]}") + sse("{}") + said("a") + end, "a");
        row("null error", sse("{\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}") + end, "a");
        row("another choice", sse("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}}]}") + said("a") + end, "a");
        row("an array", said("a") + sse("[1,2]"), "a", "An event of the answer is no JSON object");
        row("a number", said("a") + sse("42"), "a", "An event of the answer is no JSON object");
        row("half a JSON", said("a") + sse("{\"choices\":[{"), "a", "The server's answer is not JSON");
        row("nested too deeply", said("a") + sse(QByteArray(5000, '[')), "a", "The server's answer is nested too deeply");
        row("an error in the stream", said("a") + sse("{\"code\":429,\"reason\":\"TOKEN_LIMIT_EXCEEDED\",\"message\":\"too many tokens\"}") + said("b"), "a", "too many tokens");
        row("an error event", said("a") + "event: error\ndata: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n", "a", "overloaded");
        row("whole JSON", "\n{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"a b\"}}],\"usage\":{\"prompt_tokens\":1}}", "a b");
        row("whole JSON in lines", "{\n  \"choices\": [\n    {\"message\": {\"content\": \"a\"}, \"finish_reason\": \"length\"}\n  ]\n}\n", "a");
        row("whole error", "{\"code\":503,\"reason\":\"SERVICE_NOT_AVAILABLE\",\"message\":\"try later\"}", "", "try later");
        row("JSON of something else", "{\"data\":[]}", "", "The answer ended in the middle");
        row("web page", "<!doctype html>\n<html><title>Login</title></html>", "", "The server's answer is not JSON");
        row("plain words", "upstream connect error", "", "The answer ended in the middle");
        row("bad UTF-8", said("a\xFFz") + said("\xE2\x82") + said("\xAC") + end, "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
        row("a pair in two events", said("\\ud83d") + said("\\ude00") + end, "\xF0\x9F\x98\x80");
        row("zero bytes", said("a\\u0000b") + QByteArray("data: \0\n\n", 9), "a", "The server's answer is not JSON");
        row("an event without end", said("a") + "data: " + QByteArray(SseReader::kMostEventBytes, 'x'), "a", "An event of the answer is too long");
    }
    void whateverComesIsReadOrRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, content);
        QFETCH(QString, error);
        m_fake->script(FakeAnswer::payload(body));
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QString read = stream->content();
        if (read.contains(QChar(u'\0'))) // cut there, so that it can be written down as a row
            read.truncate(read.indexOf(QChar(u'\0')));
        QCOMPARE(read, content);
        QCOMPARE(stream->error() ? stream->error()->message.left(error.isEmpty() ? 200 : error.size()) : QString(), error);
        QVERIFY(!stream->error() || stream->error()->detail.isEmpty()); // what was written stands in no error
        QCOMPARE(m_fake->count(), 1);
    }

    void aRefusalInTheStreamIsOfItsKind_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("tokens") << QByteArray("{\"code\":429,\"reason\":\"TOKEN_LIMIT_EXCEEDED\",\"message\":\"x\"}") << ErrorKind::RateLimited;
        QTest::newRow("balance") << QByteArray("{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"x\"}") << ErrorKind::Quota;
        QTest::newRow("model") << QByteArray("{\"code\":404,\"reason\":\"MODEL_NOT_FOUND\",\"message\":\"x\"}") << ErrorKind::NotFound;
        QTest::newRow("trouble") << QByteArray("{\"error\":{\"message\":\"x\",\"code\":502}}") << ErrorKind::Server;
        QTest::newRow("no number") << QByteArray("{\"error\":{\"message\":\"x\",\"code\":\"oops\"}}") << ErrorKind::Server;
    }
    void aRefusalInTheStreamIsOfItsKind()
    {
        QFETCH(QByteArray, data);
        QFETCH(ErrorKind, kind);
        m_fake->script(FakeAnswer::payload(sse(data)));
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(stream->error()->kind, kind);
        QCOMPARE(stream->error()->message, QStringLiteral("x"));
    }

    void whatIsCountedIsHeldToItsRange()
    {
        m_fake->script(FakeAnswer::payload(sse("{\"choices\":[],\"usage\":{\"prompt_tokens\":9000000000000000000,\"completion_tokens\":-3,\"total_tokens\":\"17\"}}") + kDone));
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(stream->usage(), std::optional(TokenUsage{TokenUsage::kMost, 0, 17}));
    }

    void aToolThatIsAskedForIsNoticed()
    {
        m_fake->script(FakeAnswer::payload(sse(delta("\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"rm\"}}]"))
                                           + sse("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}") + kDone));
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(stream->callsTool());
        QCOMPARE(stream->finishReason(), QStringLiteral("tool_calls"));
    }

    void bytesMayComeOneByOne()
    {
        const QByteArray body = "\xEF\xBB\xBF" + sse(delta("\"content\":\"Spr\xC3\xBCng \xE2\x82\xAC\xF0\x9F\x98\x80\""), "\r\n") + kStop + kDone;
        TcpDouble server([&body](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
            socket.write(head());
            auto *timer = new QTimer(&socket);
            QObject::connect(timer, &QTimer::timeout, &socket, [&socket, &body, at = qsizetype(0)]() mutable {
                socket.write(body.mid(at++, 1));
                socket.flush();
                if (at >= body.size())
                    socket.disconnectFromHost();
            });
            timer->start(0);
        });
        useServer(server);
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
        QVERIFY(!stream->error());
        QCOMPARE(stream->content(), QString::fromUtf8("Spr\xC3\xBCng \xE2\x82\xAC\xF0\x9F\x98\x80"));
    }

    void aServerThatStaysAfterTheEndIsLeft()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(head() + said("a") + kStop + kDone); });
        useServer(server);
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!stream->error());
        QCOMPARE(stream->content(), QStringLiteral("a"));
    }

    void aLineThatBreaks_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("in the middle") << said("a") << false;
        QTest::newRow("after the end") << QByteArray(said("a") + kStop) << true;
    }
    void aLineThatBreaks()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, isWhole);
        TcpDouble server([&body](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + body);
            socket.disconnectFromHost(); // short of what was announced
        });
        useServer(server);
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(stream->error().has_value(), !isWhole);
        QCOMPARE(stream->content(), QStringLiteral("a"));
        QCOMPARE(server.count(), 1);
    }

    void whatHasNoEndIsLeftWithinBounds_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("piece");
        const QByteArray x(64 * 1024, 'x');
        QTest::newRow("a line of 100 MB") << QByteArray(head() + said("a") + "data: ") << x;
        QTest::newRow("an event of short lines") << QByteArray(head() + said("a")) << QByteArray("data: xxxxxxxxxxxxxxxxxxxxxxxx\n").repeated(2000);
        QTest::newRow("JSON in one piece") << QByteArray(head() + "{\"choices\":\"") << x;
        QTest::newRow("a refusal") << QByteArray("HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n") << x;
    }
    void whatHasNoEndIsLeftWithinBounds()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, piece);
        const auto sent = std::make_shared<qint64>(0);
        TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write(head);
            pour(socket, piece, 100 * kMega, sent);
        });
        useServer(server);
        const qint64 before = resident();
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
        QCOMPARE(stream->error()->fault, ProtocolFault::TooLarge);
        QVERIFY2(*sent < 40 * kMega, qPrintable(QString::number(*sent))); // what the sockets hold included
        QVERIFY2(resident() - before < 32 * kMega, qPrintable(QString::number(resident() - before)));
    }

    void commentsForEverCostNoMemory()
    {
        const auto sent = std::make_shared<qint64>(0);
        TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write(head() + said("a"));
            pour(socket, QByteArray(": still there\n\n").repeated(4000), 40 * kMega, sent, said("b") + kStop + kDone);
        });
        useServer(server);
        const qint64 before = resident();
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
        QVERIFY2(!stream->error(), stream->error() ? qPrintable(stream->error()->message) : "");
        QCOMPARE(stream->content(), QStringLiteral("ab"));
        QVERIFY2(resident() - before < 32 * kMega, qPrintable(QString::number(resident() - before)));
    }

    /// A piece of the answer is told as one, however many events it has, and no turn of the event loop takes long.
    void tenThousandPiecesHoldNothingUp()
    {
        constexpr int kPieces = 10000;
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write(head());
            for (int i = 0; i < kPieces; ++i)
                socket.write(said("some words "));
            socket.write(kStop + kDone);
            socket.disconnectFromHost();
        });
        useServer(server);
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QSignalSpy received(stream.get(), &ChatStream::received);
        QTimer beat;
        double last = -1;
        double longest = 0;
        connect(&beat, &QTimer::timeout, this, [&] {
            const double now = cpuMilliseconds();
            if (last >= 0 && received.count() > 0)
                longest = std::max(longest, now - last);
            last = now;
        });
        beat.start(0);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
        QCOMPARE(stream->content().size(), qsizetype(kPieces) * 11);
        QVERIFY2(received.count() < kPieces / 10, qPrintable(QString::number(received.count())));
        QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
    }

    void anAnswerCanBeStoppedBeforeItWasAskedFor()
    {
        TcpDouble server([](QTcpSocket &, const TcpDouble::Received &) {});
        useServer(server);
        for (const bool atOnce : {true, false}) {
            const std::unique_ptr<ChatStream> stream = ask();
            QSignalSpy finished(stream.get(), &ChatStream::finished);
            if (!atOnce)
                QTRY_VERIFY(server.connections() > 0); // no answer yet
            stream->stop();
            QCOMPARE(finished.count(), 1);
            QVERIFY(!stream->error() && !stream->isRunning());
            QTRY_COMPARE(m_client->status().inFlight, 0);
            QCOMPARE(finished.count(), 1);
        }
        QVERIFY(server.count() <= 1);
    }

    void anAnswerCanBeStoppedDuringAPause()
    {
        m_fake->script(FakeAnswer::payload("{\"code\":429,\"reason\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"slow\"}", 429).withHeader("Retry-After", "600"));
        const std::unique_ptr<ChatStream> stream = ask();
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(m_client->status().waitReason, WaitReason::Pause);
        stream->stop();
        QCOMPARE(finished.count(), 1);
        m_clock->advance(std::chrono::seconds(700));
        m_client->recheck();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCOMPARE(m_fake->count(), 1); // it was not asked for again
    }
};

QTEST_GUILESS_MAIN(TestChatStream)
#include "tst_chatstream.moc"
