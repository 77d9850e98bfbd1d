// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/thinksplitter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace novita;

namespace {

struct Split
{
    QString text;
    QString reasoning;

    void add(const ThinkSplitter::Piece &piece)
    {
        if (piece.recasts) {
            reasoning += text;
            text.clear();
        }
        text += piece.text;
        reasoning += piece.reasoning;
    }
};

} // namespace

class TestThinkSplitter final : public QObject
{
    Q_OBJECT

private slots:
    void itIsTheSameHoweverItArrives_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("reasoning");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *answer, const char *reasoning, const char *text) {
            QTest::newRow(name) << QString::fromUtf8(answer) << QString::fromUtf8(reasoning) << QString::fromUtf8(text);
        };
        row("none", "Spring, neap\n\nking", "", "Spring, neap\n\nking");
        row("nothing", "", "", "");
        row("blanks first stay", "\n\n  a", "", "\n\n  a");
        row("usual", "<think>\nwhich?\nthree.\n</think>\n\nSpring", "which?\nthree.\n", "Spring");
        row("in one line", "<think>a</think>b", "a", "b");
        row("blanks before", " \n<think>a</think> b", "a", "b");
        row("empty", "<think>\n\n</think>\n\nb", "", "b");
        row("unclosed", "<think>\nand on and on", "and on and on", "");
        row("unclosed, nearly", "<think>a</thin", "a</thin", "");
        row("two of them", "<think>a</think>\n<think>b</think>c", "ab", "c");
        row("reasoning alone", "<think>a</think>", "a", "");
        row("closing alone", "well\nlet me see\n</think>\n\nSpring", "well\nlet me see\n", "Spring");
        row("closing alone at the end", "well\n</think>", "well\n", "");
        row("closing first", "</think>\nSpring", "", "Spring");
        row("closing in a line is text", "use </think> there", "", "use </think> there");
        row("closing in code is text", "see\n```\n<think>\n</think>\n```\n", "", "see\n```\n<think>\n</think>\n```\n");
        row("opening later is text", "The tag\n<think>\nopens", "", "The tag\n<think>\nopens");
        row("a second closing is text", "<think>a</think>b\n</think>\nc", "a", "b\n</think>\nc");
        row("nearly a tag", "<thinker>", "", "<thinker>");
        row("half a tag", "<thi", "", "<thi");
        row("tags within", "<think>a <think> b </ </thinks </think>c", "a <think> b </ </thinks ", "c");
        row("letters beyond ASCII", "<think>\xC3\xA9\xF0\x9F\x98\x80</think>\xE2\x82\xAC", "\xC3\xA9\xF0\x9F\x98\x80", "\xE2\x82\xAC");
        row("code at once", "```\nx\n```", "", "```\nx\n```");
    }
    void itIsTheSameHoweverItArrives()
    {
        QFETCH(QString, answer);
        QFETCH(QString, reasoning);
        QFETCH(QString, text);
        for (qsizetype step = 1; step <= std::max<qsizetype>(1, answer.size()); ++step) {
            ThinkSplitter splitter;
            Split out;
            for (qsizetype at = 0; at < answer.size(); at += step)
                out.add(splitter.take(QStringView(answer).mid(at, step)));
            out.add(splitter.end());
            QCOMPARE(out.text, text);
            QCOMPARE(out.reasoning, reasoning);
        }
    }

    void whatIsNoTagIsNotHeldBack()
    {
        ThinkSplitter splitter;
        QCOMPARE(splitter.take(u"Spring").text, QStringLiteral("Spring"));
        QCOMPARE(splitter.take(u" <").text, QStringLiteral(" <"));
        QCOMPARE(splitter.take(u"\n<").text, QStringLiteral("\n")); // a closing tag may follow
        QCOMPARE(splitter.take(u"b").text, QStringLiteral("<b"));
        ThinkSplitter thinking;
        QCOMPARE(thinking.take(u"<think>a<").reasoning, QStringLiteral("a"));
        QCOMPARE(thinking.take(u"b").reasoning, QStringLiteral("<b"));
        ThinkSplitter blanks;
        QVERIFY(!blanks.take(QString(1000, u' ')).isEmpty());
    }

    void muchOfItTakesNoTime()
    {
        QElapsedTimer time;
        time.start();
        ThinkSplitter splitter;
        Split out;
        out.add(splitter.take(QStringLiteral("a line\n").repeated(500000)));
        out.add(splitter.end());
        QCOMPARE(out.text.size(), 3500000);
        QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestThinkSplitter)
#include "tst_thinksplitter.moc"
