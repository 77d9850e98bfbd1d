// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptlength.h"

#include <QString>
#include <QTest>

using namespace novita;

class TestPromptLength : public QObject
{
    Q_OBJECT

private slots:
    void countsCodePoints()
    {
        QCOMPARE(promptlength::characters(QString()), qsizetype(0));
        QCOMPARE(promptlength::characters(u"a cat"), qsizetype(5));
        QCOMPARE(promptlength::characters(u"\u00e4\u4e2d"), qsizetype(2));
        QCOMPARE(promptlength::characters(u"e\u0301"), qsizetype(2));
        QCOMPARE(promptlength::characters(u"\U0001F408!"), qsizetype(2));
        QCOMPARE(promptlength::characters(QString(QChar(0xD83D)) + u'a'), qsizetype(2));
    }

    void guessesTokens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("least");
        QTest::addColumn<qsizetype>("most");
        const auto row = [](const char *text, qsizetype least, qsizetype most) { QTest::newRow(text) << QString::fromUtf8(text) << least << most; };
        row("", 0, 0);
        row(" \n\t", 0, 0);
        row("a cat", 2, 2);
        row("a photograph of an astronaut riding a horse", 8, 10);
        row("masterpiece, best quality, 1girl", 7, 9);
        row("(red car:1.2), [sky]", 4, 4);
        row("((a))", 1, 1);
        row("<lora:very long name of a file:0.8> cat", 1, 1);
        row("cat \\(animal\\)", 4, 4);
        row("2024", 4, 4);
        row("\xe4\xb8\xad\xe6\x96\x87", 2, 6);
    }

    void guessesTokens()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, least);
        QFETCH(qsizetype, most);
        const qsizetype tokens = promptlength::estimatedClipTokens(text);
        QVERIFY2(tokens >= least && tokens <= most, qPrintable(QString::number(tokens)));
    }
};

QTEST_GUILESS_MAIN(TestPromptLength)
#include "tst_promptlength.moc"
