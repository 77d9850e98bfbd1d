// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/logtext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace novita;

namespace {

QStringList all(const LogText &text)
{
    return text.lines(0, text.endNumber());
}

} // namespace

class TestLogText final : public QObject
{
    Q_OBJECT

private slots:
    void bytesBecomeLines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("lines"); ///< joined by "|"
        QTest::newRow("plain") << QByteArray("one\ntwo\n") << QStringLiteral("one|two");
        QTest::newRow("crlf") << QByteArray("one\r\ntwo\r\n") << QStringLiteral("one|two");
        QTest::newRow("empty lines stay") << QByteArray("a\n\nb\n") << QStringLiteral("a||b");
        QTest::newRow("progress bar") << QByteArray(" 10%\r 50%\r100%\ndone\n") << QStringLiteral("100%|done");
        QTest::newRow("colours") << QByteArray("\x1b[1;31merror\x1b[0m: \x1b[38;5;196mred\x1b[m\n") << QStringLiteral("error: red");
        QTest::newRow("title") << QByteArray("\x1b]0;rm -rf /\x07ok\n\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\n") << QStringLiteral("ok|link");
        QTest::newRow("charset") << QByteArray("\x1b(Bok\x1b=\n") << QStringLiteral("ok");
        QTest::newRow("8-bit CSI") << QByteArray("\xc2\x9b" "31mok\n") << QStringLiteral("ok");
        QTest::newRow("cut sequence ends with its line") << QByteArray("a\x1b[31\nb\x1b]0;never ends\nc\n") << QStringLiteral("a|b|c");
        QTest::newRow("NUL and others") << QByteArray("a\0b\x01\x7f" "c\n", 7) << QStringLiteral("abc");
        QTest::newRow("tab") << QByteArray("a\tb\n") << QStringLiteral("a\tb");
        QTest::newRow("bad UTF-8") << QByteArray("a\xff" "b\xc3\n") << QString(QStringLiteral("a") + QChar(0xFFFD) + QStringLiteral("b") + QChar(0xFFFD));
        QTest::newRow("turned writing") << QByteArray("abc\xe2\x80\xae" "cba\n") << QStringLiteral("abccba");
        QTest::newRow("characters") << QByteArray("\xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x9a\x80\n") << QString::fromUtf8("日本 🚀");
    }
    void bytesBecomeLines()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, lines);
        LogText whole;
        whole.feed(bytes);
        QCOMPARE(all(whole).join(QLatin1Char('|')), lines);
        // However the network cuts it.
        LogText single;
        for (const char byte : bytes)
            single.feed(QByteArray(1, byte));
        QCOMPARE(all(single).join(QLatin1Char('|')), lines);
    }

    void eventsAreUnwrapped()
    {
        LogText text;
        text.feed("event: log\ndata: first\nid: 1\n\n: ping\ndata:second\n\nretry: 5\n", true);
        QCOMPARE(all(text), (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
    }

    void lastLineComesWithTheEnd()
    {
        LogText text;
        text.feed("half \xe6\x97");
        QCOMPARE(text.size(), 0);
        text.endPiece();
        QCOMPARE(text.size(), 1);
        text.feed("\xa5 next\n");
        QCOMPARE(text.size(), 2);
        QVERIFY(all(text).at(1).endsWith(QStringLiteral(" next")));
        text.addMark(QStringLiteral("mark"));
        QCOMPARE(all(text).last(), QStringLiteral("mark"));
    }

    void endlessLineIsCut()
    {
        LogText text;
        for (int i = 0; i < 100; ++i)
            text.feed(QByteArray(10000, 'x'));
        text.endPiece();
        QVERIFY(text.size() >= 1000000 / LogText::kMaxLineChars);
        for (const QString &line : all(text))
            QVERIFY(line.size() <= LogText::kMaxLineChars);
    }

    void linesAreBounded()
    {
        LogText text;
        QByteArray lines;
        for (int i = 0; i < 1000; ++i)
            lines += "line " + QByteArray::number(i) + '\n';
        for (int i = 0; i < 60; ++i)
            text.feed(lines);
        QCOMPARE(text.size(), LogText::kMaxLines);
        QCOMPARE(text.firstNumber(), 10000);
        QCOMPARE(text.endNumber(), 60000);
        QCOMPARE(text.lines(9999, 10001), QStringList{QStringLiteral("line 0")});
        QCOMPARE(text.lines(59999, 70000), QStringList{QStringLiteral("line 999")});
        text.clear();
        QVERIFY(text.isEmpty());
        QCOMPARE(text.firstNumber(), 60000);
    }

    void memoryIsBounded()
    {
        LogText text;
        const QByteArray line = QByteArray(4000, 'y') + '\n';
        for (int i = 0; i < 5000; ++i)
            text.feed(line);
        QVERIFY(text.size() <= LogText::kMaxChars / 4000);
        QVERIFY(text.size() > 2000);
    }

    void searchFollowsTheText()
    {
        LogText text;
        LogSearch search;
        search.setWanted(QStringLiteral("ERROR"));
        text.feed("error error\nok\nan Error\n");
        QVERIFY(!search.update(text));
        QCOMPARE(search.total(), 3);
        QVERIFY(!search.update(text));
        QCOMPARE(search.total(), 3);
        text.clear();
        text.feed("error\n");
        search.update(text);
        QCOMPARE(search.total(), 1);
        search.setWanted({});
        search.update(text);
        QCOMPARE(search.total(), 0);
    }

    void searchTakesItsTime()
    {
        LogText text;
        for (int i = 0; i < 12000; ++i)
            text.feed("a\n");
        LogSearch search;
        search.setWanted(QStringLiteral("a"));
        QVERIFY(search.update(text));
        QVERIFY(search.update(text));
        QVERIFY(!search.update(text));
        QCOMPARE(search.total(), 12000);
        // Lines that were dropped count no more.
        QByteArray others;
        for (int i = 0; i < 45000; ++i)
            others += "b\n";
        text.feed(others);
        while (search.update(text)) {}
        QCOMPARE(search.total(), 5000);
    }
};

QTEST_GUILESS_MAIN(TestLogText)
#include "tst_logtext.moc"
