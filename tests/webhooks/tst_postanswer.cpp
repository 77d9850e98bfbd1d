// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/postanswer.h"

#include <QTest>

using namespace novita;

using State = PostAnswer::State;

namespace {

constexpr PostAnswer::Limits kLimits;

} // namespace

class TestPostAnswer : public QObject
{
    Q_OBJECT

private slots:
    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &bytes, State state, int status, const QByteArray &body) {
            QTest::newRow(name) << bytes << int(state) << status << body;
        };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokMORE", State::Whole, 200, "ok");
        row("no body", "HTTP/1.1 204 No Content\r\n\r\n", State::Whole, 204, "");
        row("to the end", "HTTP/1.0 502 Bad Gateway\r\n\r\nsorry", State::Body, 502, "sorry");
        row("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", State::Whole, 200, "abc0123456789");
        row("bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", State::Whole, 200, "");
        row("huge chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc", State::Whole, 200, "");
        row("interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", State::Whole, 401, "");
        row("not HTTP", "SSH-2.0-OpenSSH\r\n", State::Broken, 0, "");
        row("bad status", "HTTP/1.1 999 What\r\n\r\n", State::Broken, 0, "");
        row("endless head", "HTTP/1.1 200 OK\r\nX: " + QByteArray(kLimits.head, 'x'), State::Broken, 0, "");
        row("long body", "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(kLimits.body + 10, 'x'), State::Whole, 200, QByteArray(kLimits.body, 'x'));
        row("long chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n" + QByteArray(kLimits.body + 10, 'x'), State::Whole, 200,
            QByteArray(kLimits.body, 'x'));
        row("long chunk line", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;" + QByteArray(1500, 'x') + "\r\nabc\r\n0\r\n\r\n", State::Whole, 200, "");
        const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        row("longest chunk line", chunked + "3;" + QByteArray(kLimits.chunkLine - 2, 'x') + "\r\nabc\r\n0\r\n\r\n", State::Whole, 200, "abc");
        const QByteArray begin = "HTTP/1.1 200 OK\r\nX: ";
        const auto head = [&begin](qsizetype size) { return begin + QByteArray(size - begin.size() - 2, 'x') + "\r\n\r\n"; };
        row("longest head", head(kLimits.head), State::Body, 200, "");
        row("one byte too long a head", head(kLimits.head + 1), State::Broken, 0, "");
        row("chunk to the limit, its end cut", chunked + QByteArray::number(kLimits.body, 16) + "\r\n" + QByteArray(kLimits.body, 'x') + "\r", State::Whole, 200,
            QByteArray(kLimits.body, 'x'));
        row("part of a head", "HTTP/1.1 200 O", State::Head, 0, "");
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, state);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        PostAnswer whole;
        QCOMPARE(int(whole.take(bytes)), state);
        QCOMPARE(whole.status(), status);
        QCOMPARE(whole.body(), body);
        // Byte by byte it is the same answer.
        PostAnswer dribbled;
        for (const char byte : bytes)
            dribbled.take(QByteArray(1, byte));
        QCOMPARE(int(dribbled.state()), state);
        QCOMPARE(dribbled.status(), status);
        QCOMPARE(dribbled.body(), body);
    }

    /// However much of it comes at once: the same is kept.
    void longChunksInPieces_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1000, 16384, 65535, 65536, 65537, 200000})
            QTest::addRow("%d", piece) << piece;
    }
    void longChunksInPieces()
    {
        QFETCH(int, piece);
        const QByteArray chunk(40000, 'x');
        const QByteArray bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9c40\r\n" + chunk + "\r\nffffff\r\n" + QByteArray(90000, 'y');
        PostAnswer answer;
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            answer.take(bytes.mid(at, piece));
        QCOMPARE(answer.state(), State::Whole);
        QCOMPARE(answer.body(), chunk + QByteArray(kLimits.body - chunk.size(), 'y'));
    }

    void endOfTheConnectionEndsTheBody()
    {
        PostAnswer answer;
        answer.take("HTTP/1.1 200 OK\r\nRetry-After: 7\r\n\r\nhalf");
        QCOMPARE(answer.state(), State::Body);
        QCOMPARE(answer.end(), State::Whole);
        QCOMPARE(answer.retryAfter(), QByteArray("7"));
        PostAnswer cut;
        cut.take("HTTP/1.1 2");
        QCOMPARE(cut.end(), State::Broken);
    }
};

QTEST_GUILESS_MAIN(TestPostAnswer)
#include "tst_postanswer.moc"
