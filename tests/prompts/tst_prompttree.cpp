// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/prompttree.h"

#include <QTest>

using namespace novita;

namespace {

QString shown(const PromptSequence &sequence);

QString shown(const PromptPart &part)
{
    switch (part.kind) {
    case PromptPart::Kind::Text: return u'\'' + part.text + u'\'';
    case PromptPart::Kind::Wildcard: return (part.inTag ? QStringLiteral("tag list(") : QStringLiteral("list(")) + part.text + u')';
    case PromptPart::Kind::Choice: break;
    }
    QStringList options;
    for (const PromptOption &option : part.options) {
        const QString weight = option.weight == prompttree::kPlainWeight ? QString() : QString::number(double(option.weight) / 1e6) + u'*';
        options.append(weight + shown(option.parts));
    }
    return u'[' + options.join(QLatin1String(" or ")) + u']';
}

/// A tree as text: 'text', [option or option], 2*option, list(name).
QString shown(const PromptSequence &sequence)
{
    QStringList out;
    for (const PromptPart &part : sequence)
        out.append(shown(part));
    return out.join(u' ');
}

} // namespace

class TestPromptTree : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char *name, const char *text, const char *tree) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(tree);
        };
        row("nothing", "", "");
        row("plain", "a cat, (hat:1.2), [mouse]", "'a cat, (hat:1.2), [mouse]'");
        row("choice", "a {red|blue} car", "'a ' ['red' or 'blue'] ' car'");
        row("blanks stay", "a{ very|} big", "'a' [' very' or ] ' big'");
        row("nested", "{a|b{c|d}|{e|{f}}}", "['a' or 'b' ['c' or 'd'] or ['e' or ['f']]]");
        row("empty braces", "{}", "[]");
        row("weights", "{2::a|0.5::b| 0.000001 ::c|.25::d|e}", "[2*'a' or 0.5*'b' or 1e-06*'c' or 0.25*'d' or 'e']");
        row("wildcard", "a __animal__ in __places/by sea__", "'a ' list(animal) ' in ' list(places/by sea)");
        row("wildcards side by side", "__a____b__", "list(a) list(b)");
        row("single underscores in a name", "__a_b-c.d__", "list(a_b-c.d)");
        row("no name", "____ __ __ __/a__ __a/__ __a//b__ >__<", "'____ __ __ __/a__ __a/__ __a//b__ >__<'");
        row("never ended name", "__animal", "'__animal'");
        row("letters of the world", "__t\xc3\xa4ti\xf0\x9f\x90\x88__", "list(t\xc3\xa4ti\xf0\x9f\x90\x88)");
        row("bar outside braces", "[a|b] c|d", "'[a|b] c|d'");
        row("escapes", "\\{a\\|b\\} \\__x\\__ {1\\::a}", "'{a|b} __x__ ' ['1::a']");
        row("other backslashes stay", "cat \\(animal\\) \\\\ \\", "'cat \\(animal\\) \\\\ \\'");
        row("backslash before braces", "\\\\{a}", "'\\' ['a']");
        row("backslash and brace", "\\\\\\{a", "'\\{a'");
        row("comment", "# one\na\n  # two {\nb # c\n\\# d\n#", "'a\nb # c\n# d\n'");
        row("comment in braces", "{a\n# | no\n|b}", "['a\n' or 'b']");
        row("comment with CR", "a\r\n# x\r\nb", "'a\r\nb'");
        row("tag", "<lora:it__is__so:0.8> __x__", "'<lora:it' tag list(is) 'so:0.8> ' list(x)");
        row("choice in a tag", "<lora:a:{0.5|1}>", "'<lora:a:' ['0.5' or '1'] '>'");
        row("no tag", "<b __x__ <lora:__x__\n>", "'<b ' list(x) ' <lora:' list(x) '\n>'");
    }

    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, tree);
        const PromptReading<PromptSequence> read = prompttree::parse(text);
        QVERIFY2(read.ok(), qPrintable(read.ok() ? QString() : read.problems.first().message));
        QCOMPARE(shown(read.value), tree);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("position");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &text, qsizetype position, qsizetype length, const char *words) {
            QTest::newRow(name) << text << position << length << QString::fromLatin1(words);
        };
        row("never closed", QStringLiteral("a {b|c"), 2, 1, "never closed");
        row("closed in a comment", QStringLiteral("{b\n# }"), 0, 1, "never closed");
        row("inner one closed", QStringLiteral("{a|{b}"), 0, 1, "never closed");
        row("never opened", QStringLiteral("ab}"), 2, 1, "closes nothing");
        row("too heavy", QStringLiteral("{1000001::a}"), 1, 7, "1,000,000");
        row("far too heavy", QStringLiteral("{99999999999999999999999::a}"), 1, 23, "1,000,000");
        row("too fine", QStringLiteral("{0.0000001::a}"), 1, 9, "six decimals");
        row("all off", QStringLiteral("x{0::a|0.0::b}"), 1, 13, "switched off");
        row("too deep", QString(33, u'{'), 32, 1, "32 deep");
        row("too long", QString(65'537, u'x'), 65'536, 1, "65536");
        row("too many parts", u'{' + QString(30'000, u'|') + u'}', 20'000, 0, "20000 parts");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, position);
        QFETCH(qsizetype, length);
        QFETCH(QString, words);
        const PromptReading<PromptSequence> read = prompttree::parse(text);
        QCOMPARE(read.problems.size(), 1);
        QCOMPARE(read.problems.first().position, position);
        QCOMPARE(read.problems.first().length, length);
        QVERIFY2(read.problems.first().message.contains(words), qPrintable(read.problems.first().message));
    }

    void namesEveryProblemInOrder()
    {
        const PromptReading<PromptSequence> read = prompttree::parse(u"} {0::a} {b {c");
        QCOMPARE(read.problems.size(), 4);
        QCOMPARE(read.problems.at(0).position, 0);
        QCOMPARE(read.problems.at(1).position, 2);
        QCOMPARE(read.problems.at(2).position, 9);
        QCOMPARE(read.problems.at(3).position, 12);
        QVERIFY(prompttree::parse(QString(1000, u'}')).problems.size() <= 20);
    }

    void knowsWherePartsAre()
    {
        const PromptSequence parts = prompttree::parse(u"a\\{b {c|d} __e__").value;
        QCOMPARE(parts.size(), std::size_t(4));
        QCOMPARE(parts.at(0).length, 5);
        QCOMPARE(parts.at(1).position, 5);
        QCOMPARE(parts.at(1).length, 5);
        QCOMPARE(parts.at(3).position, 11);
        QCOMPARE(parts.at(3).length, 5);
    }

    void escapedTextIsReadAsItself_data()
    {
        QTest::addColumn<QString>("plain");
        for (const char *text : {"a cat", "{a|b}", "__x__", "___", "a_b", "2::x", "# no", "a\n#b", "\\{", "\\\\{", "\\_", "\\", "C:\\dir", "\\:", "(x:1.2)", "{\"a\": [1]}"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void escapedTextIsReadAsItself()
    {
        QFETCH(QString, plain);
        const QString escaped = prompttree::escaped(plain);
        for (const QString &text : {escaped, u'{' + escaped + u'}'}) {
            const bool inBraces = text != escaped;
            // A backslash at the end would take the meaning from what is put behind.
            if (inBraces && plain.endsWith(u'\\'))
                continue;
            const PromptReading<PromptSequence> read = prompttree::parse(text);
            QVERIFY(read.ok());
            const PromptSequence &parts = inBraces ? read.value.at(0).options.at(0).parts : read.value;
            QCOMPARE(parts.size(), std::size_t(1));
            QCOMPARE(parts.at(0).text, plain);
        }
        QCOMPARE(prompttree::escaped(u"a_b (x:1.2)"), QStringLiteral("a_b (x:1.2)"));
    }
};

QTEST_GUILESS_MAIN(TestPromptTree)
#include "tst_prompttree.moc"
