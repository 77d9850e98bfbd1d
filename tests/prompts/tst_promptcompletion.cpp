// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptcompletion.h"

#include <QTest>

using namespace novita;

using Kind = PromptCompletion::Kind;
Q_DECLARE_METATYPE(novita::PromptCompletion::Kind)

class TestPromptCompletion : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatIsTyped_data()
    {
        QTest::addColumn<QString>("text"); // the cursor is at the ^
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("replaced");
        const auto row = [](const char *text, Kind kind, const char *typed = "", const char *replaced = "") {
            QTest::newRow(text) << QString::fromLatin1(text) << kind << QString::fromLatin1(typed) << QString::fromLatin1(replaced);
        };
        row("^", Kind::None);
        row("a ^", Kind::None);
        row("a c^", Kind::None);
        row("a ca^", Kind::Embedding, "ca", "ca");
        row("a ca^t, b", Kind::Embedding, "ca", "cat");
        row("(easyneg^:1.2)", Kind::Embedding, "easyneg", "easyneg");
        row("(cat:1.2^)", Kind::None);
        row("<lo^", Kind::None);
        row("<lora:^", Kind::Lora, "", "");
        row("a <lora:my det^ail:0.8>", Kind::Lora, "my det", "my detail");
        row("<lora:x^, a cat", Kind::Lora, "x", "x");
        row("<lora:x:^", Kind::None);
        row("<lora:x:1> ca^", Kind::Embedding, "ca", "ca");
        row("__^", Kind::Wildcard, "", "");
        row("a __col^", Kind::Wildcard, "col", "col");
        row("a __col^our__ b", Kind::Wildcard, "col", "colour");
        row("{a|__places/by s^", Kind::Wildcard, "places/by s", "places/by s");
        row("__a__ ca^", Kind::Embedding, "ca", "ca");
        row("__a__ __b^", Kind::Wildcard, "b", "b");
        row("__ ab^", Kind::Embedding, "ab", "ab");
        row("__a, b__x^", Kind::Wildcard, "x", "x");
        row("\\__ab^", Kind::Embedding, "\\__ab", "\\__ab");
        row("# __a^", Kind::None);
        row("# x\n__a^", Kind::Wildcard, "a", "a");
        row("__a\nbc^", Kind::Embedding, "bc", "bc");
    }

    void knowsWhatIsTyped()
    {
        QFETCH(QString, text);
        QFETCH(Kind, kind);
        QFETCH(QString, typed);
        QFETCH(QString, replaced);
        const qsizetype cursor = text.indexOf(u'^');
        text.remove(cursor, 1);
        const PromptCompletion completion = promptcompletion::at(text, cursor);
        QCOMPARE(completion.kind, kind);
        QCOMPARE(completion.typed, typed);
        QCOMPARE(text.mid(completion.position, completion.length), replaced);
    }

    void putsTheNameIn_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *before, const char *name, const char *after) {
            QTest::newRow(before) << QString::fromLatin1(before) << QString::fromLatin1(name) << QString::fromLatin1(after);
        };
        row("a <lora:de^", "detail", "a <lora:detail:1>^");
        row("a <lora:de^x:0.5> b", "detail", "a <lora:detail^:0.5> b");
        row("<lora:de^>", "detail", "<lora:detail^>");
        row("a __co^ b", "colour", "a __colour__^ b");
        row("a __co^__ b", "colour", "a __colour__^ b");
        row("bad^, x", "badhands", "badhands^, x");
        row("a ^", "x", "^a ");
    }

    void putsTheNameIn()
    {
        QFETCH(QString, before);
        QFETCH(QString, name);
        QFETCH(QString, after);
        const qsizetype cursor = before.indexOf(u'^');
        before.remove(cursor, 1);
        PromptSelection got = promptcompletion::completed(before, promptcompletion::at(before, cursor), name);
        QCOMPARE(got.start, got.end);
        QCOMPARE(got.text.insert(got.start, u'^'), after);
    }

    void positionsOutOfRangeDoNoHarm()
    {
        QCOMPARE(promptcompletion::at(QStringLiteral("cat"), 99).typed, QStringLiteral("cat"));
        QCOMPARE(promptcompletion::at(QStringLiteral("cat"), -1).kind, Kind::None);
        QCOMPARE(promptcompletion::completed(QStringLiteral("cat"), {Kind::Embedding, {}, 7, 9}, QStringLiteral("s")).text, QStringLiteral("cats"));
    }
};

QTEST_GUILESS_MAIN(TestPromptCompletion)
#include "tst_promptcompletion.moc"
