// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/weightkeys.h"

#include <QTest>

using namespace novita;

namespace {

/// "a ‹cat› sat": ‹ and › are the ends of the selection; a cursor is ‹›.
PromptSelection fromMarks(QString text)
{
    const qsizetype start = text.indexOf(QChar(0x2039));
    text.remove(start, 1);
    const qsizetype end = text.indexOf(QChar(0x203A));
    text.remove(end, 1);
    return {text, start, end};
}

QString marked(PromptSelection in)
{
    in.text.insert(in.end, QChar(0x203A));
    in.text.insert(in.start, QChar(0x2039));
    return in.text;
}

} // namespace

class TestWeightKeys : public QObject
{
    Q_OBJECT

private slots:
    void changes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<int>("steps");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *before, int steps, const char *after) {
            QTest::addRow("%s %d", before, steps) << QString::fromUtf8(before) << steps << QString::fromUtf8(after);
        };
        row("a c‹›at sat", 1, "a (c‹›at:1.1) sat");
        row("a c‹›at sat", -1, "a (c‹›at:0.9) sat");
        row("a cat‹›, sat", 1, "a (cat‹›:1.1), sat");
        row("‹›cat", 1, "(‹›cat:1.1)");
        row("cat.‹›", 1, "(cat‹›:1.1).");
        row("a (c‹›at:1.1) sat", 1, "a (c‹›at:1.2) sat");
        row("a (c‹›at:1.1) sat", -1, "a c‹›at sat");
        row("a (cat:1.‹›1) sat", 1, "a (cat‹›:1.2) sat");
        row("(cat:1.1)‹›", 1, "(cat‹›:1.2)");
        row("a ‹red cat› sat", 1, "a (‹red cat›:1.1) sat");
        row("a‹ red cat ›sat", 1, "a (‹red cat›:1.1) sat");
        row("a (‹red cat›:1.1) sat", 1, "a (‹red cat›:1.2) sat");
        row("a ‹(red cat:1.1)› sat", 1, "a (‹red cat›:1.2) sat");
        row("a ‹(red cat:1.1)› sat", -1, "a ‹red cat› sat");
        row("a ‹(red cat)› sat", 1, "a (‹red cat›:1.2) sat");
        row("(a (b‹›:1.2) c:1.3)", 1, "(a (b‹›:1.3) c:1.3)");
        row("(a ‹b› c:1.3)", 1, "(a (‹b›:1.1) c:1.3)");
        row("(a b‹› c)", 1, "(a (b‹›:1.1) c)");
        row("cat_\\(ani‹›mal\\)", 1, "(cat_\\(ani‹›mal\\):1.1)");
        row("(x:0.05‹›)", -1, "(x‹›:0)");
        row("(‹x›:9.95)", 1, "(‹x›:10)");
        row("(‹x›:1.25)", -2, "(‹x›:1.05)");
        row("c‹›at", 100, "(c‹›at:10)");
        row("<lo‹›ra:x:0.8> b", 1, "<lo‹›ra:x:0.85> b");
        row("<lora:x:0.8‹›> b", -1, "<lora:x:0.75‹›> b");
        row("<lora:x:0.85‹›> b", -1, "<lora:x:0.8‹›> b");
        row("<lora:x‹›> b", 1, "<lora:x:1.05‹›> b");
        row("‹<lora:x:0.8>› b", 1, "‹<lora:x:0.85>› b");
        row("<lora:x:0.0‹›>", -1, "<lora:x:-0.05‹›>");
        row("<lora:x:‹›>", 1, "<lora:x:1.05‹›>");
        row("<lora:‹›>", 1, "<lora::1.05‹›>");
        row("<lora:x:‹0.8›:2>", 1, "<lora:x:‹0.85›:2>");
    }

    void changes()
    {
        QFETCH(QString, before);
        QFETCH(int, steps);
        QFETCH(QString, after);
        QCOMPARE(marked(weightkeys::changed(fromMarks(before), steps)), after);
    }

    void leavesAlone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"‹›", "a ,‹› b", "a ‹ › b", "‹(a› b)", "‹a) (b›"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void leavesAlone()
    {
        QFETCH(QString, text);
        const PromptSelection before = fromMarks(text);
        QCOMPARE(weightkeys::changed(before, 1).text, before.text);
        QCOMPARE(weightkeys::changed(before, -1).text, before.text);
    }

    void upThenDownIsNothing()
    {
        for (const char *text : {"a c‹›at sat", "a ‹red cat› sat", "(‹x›:1.3)", "<lora:x:0.‹›8>"}) {
            PromptSelection selection = fromMarks(QString::fromUtf8(text));
            const QString before = selection.text;
            for (int i = 0; i < 5; ++i)
                selection = weightkeys::changed(selection, 1);
            QVERIFY(selection.text != before);
            for (int i = 0; i < 5; ++i)
                selection = weightkeys::changed(selection, -1);
            QCOMPARE(selection.text, before);
        }
    }

    void positionsOutOfRangeDoNoHarm()
    {
        QCOMPARE(weightkeys::changed({QStringLiteral("cat"), 99, 5}, 1).text, QStringLiteral("(cat:1.1)"));
        QCOMPARE(weightkeys::changed({QStringLiteral("cat"), -9, -5}, 1).text, QStringLiteral("(cat:1.1)"));
    }
};

QTEST_GUILESS_MAIN(TestWeightKeys)
#include "tst_weightkeys.moc"
