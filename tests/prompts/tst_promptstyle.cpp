// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptstyle.h"

#include <QTest>

using namespace novita;
using promptstyles::SameName;

namespace {

PromptStyle style(const char *name, const char *prompt, const char *negative = "", const char *folder = "")
{
    return {QString::fromUtf8(name), QString::fromUtf8(folder), QString::fromUtf8(prompt), QString::fromUtf8(negative)};
}

} // namespace

class TestPromptStyle : public QObject
{
    Q_OBJECT

private slots:
    void applies_data()
    {
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("style");
        QTest::addColumn<QString>("result");
        const auto row = [](const char *name, const char *own, const char *text, const char *result) {
            QTest::newRow(name) << QString::fromLatin1(own) << QString::fromLatin1(text) << QString::fromLatin1(result);
        };
        row("placeholder", "a cat", "oil painting of {prompt}, thick", "oil painting of a cat, thick");
        row("placeholder twice", "a cat", "{prompt} and {prompt}", "a cat and a cat");
        row("no placeholder in what goes in", "{prompt}", "x {prompt}", "x {prompt}");
        row("behind", "a cat", "oil painting", "a cat, oil painting");
        row("behind a comma", "a cat, ", "oil painting", "a cat, oil painting");
        row("alone", "", "oil painting", "oil painting");
        row("alone with placeholder", "", "oil painting of {prompt}", "oil painting of ");
        row("nothing", "a cat, ", " ", "a cat, ");
    }

    void applies()
    {
        QFETCH(QString, own);
        QFETCH(QString, style);
        QFETCH(QString, result);
        QCOMPARE(promptstyles::applied({own, QString()}, {{QStringLiteral("x"), {}, style, {}}}), (PromptPair{result, QString()}));
        QCOMPARE(promptstyles::applied({QString(), own}, {{QStringLiteral("x"), {}, {}, style}}), (PromptPair{QString(), result}));
    }

    void appliesOneAfterTheOther()
    {
        const PromptPair out = promptstyles::applied({QStringLiteral("a cat"), QStringLiteral("blur")},
                                                     {style("1", "photo of {prompt}", "noise"), style("2", "8k", "(bad {prompt}:1.2)"), style("3", "[{prompt}]")});
        QCOMPARE(out, (PromptPair{QStringLiteral("[photo of a cat, 8k]"), QStringLiteral("(bad blur, noise:1.2)")}));
        QCOMPARE(promptstyles::applied({QStringLiteral("a"), QStringLiteral("b")}, {}), (PromptPair{QStringLiteral("a"), QStringLiteral("b")}));
    }

    void cleans()
    {
        QCOMPARE(promptstyles::cleaned(style(" oil  painting ", "x", "", "/art// old masters /")).value(), style("oil painting", "x", "", "art/old masters"));
        for (const PromptStyle &bad : {style("", "x"), style("  ", "x"), style("a/b", "x"), style("a\xe2\x80\xae", "x"), style("a", "x", "", "b\xe2\x80\xae"),
                                       PromptStyle{QString(101, u'x'), {}, {}, {}}, PromptStyle{QStringLiteral("a"), QString(201, u'x'), {}, {}},
                                       style("a", "x", "", "1/2/3/4/5/6/7/8/9"), PromptStyle{QStringLiteral("a"), {}, QString(16'385, u'x'), {}},
                                       PromptStyle{QStringLiteral("a"), {}, {}, QString(16'385, u'x')}}) {
            const Result<PromptStyle> out = promptstyles::cleaned(bad);
            QVERIFY(!out.ok());
            QCOMPARE(out.error().kind, ErrorKind::Validation);
            QVERIFY(!out.error().message.isEmpty());
        }
        QVERIFY(promptstyles::cleaned({QString(100, u'x'), QString(200, u'x'), QString(16'384, u'x'), {}}).ok());
    }

    void merges()
    {
        const QList<PromptStyle> mine{style("a", "1"), style("b", "2", "", "f")};
        QCOMPARE(promptstyles::merged(mine, {style("A", "9"), style("b", "3")}, SameName::Replace),
                 (QList<PromptStyle>{style("A", "9"), style("b", "2", "", "f"), style("b", "3")}));
        QCOMPARE(promptstyles::merged(mine, {style("a", "9"), style("a", "8"), style("a", "1")}, SameName::KeepBoth),
                 (QList<PromptStyle>{style("a", "1"), style("b", "2", "", "f"), style("a (2)", "9"), style("a (3)", "8")}));
        const QString longest(100, u'x');
        const QList<PromptStyle> two = promptstyles::merged({{longest, {}, QStringLiteral("1"), {}}}, {{longest, {}, QStringLiteral("2"), {}}}, SameName::KeepBoth);
        QCOMPARE(two.size(), 2);
        QVERIFY(promptstyles::cleaned(two.last()).ok());
    }

    void whatIsWrittenIsRead()
    {
        const QList<PromptStyle> styles{style("a", "{prompt}, \"x\"\n\xf0\x9f\x90\x88", "n"), style("b", "", "only negative", "f/g")};
        const Result<StyleImport> read = promptstyles::read(promptstyles::toJson(styles));
        QVERIFY(read.ok());
        QVERIFY(read->problems.isEmpty());
        QCOMPARE(read->styles, styles);
        QVERIFY(promptstyles::read(promptstyles::toJson({})).value().styles.isEmpty());
    }

    void readsJsonOfOthers()
    {
        const Result<StyleImport> read = promptstyles::read("{\"styles\": [{\"name\": \"a\", \"prompt\": \"p\"}, 7, {\"prompt\": \"p\"}, {\"name\": \"x/y\", \"prompt\": \"p\"},"
                                                            "{\"name\": \"divider\"}, {\"name\": \"b\", \"prompt\": null, \"negative_prompt\": \"n\"}]}");
        QVERIFY(read.ok());
        QCOMPARE(read->styles, (QList<PromptStyle>{style("a", "p"), style("b", "", "n")}));
        QCOMPARE(read->problems.size(), 3);
        QVERIFY(read->problems.at(0).startsWith(QLatin1String("Style 2: ")));
        QVERIFY(read->problems.at(2).startsWith(QLatin1String("Style 4: ")));
    }

    void readsStylesCsv()
    {
        const QByteArray csv = "\xEF\xBB\xBFname,prompt,negative_prompt\r\n"
                               "None,,\r\n"
                               "------ art ------,,\r\n"
                               "oil,\"oil painting of {prompt}, \"\"thick\"\"\",photo\r\n"
                               "two lines,\"a\r\nb\",\r\n"
                               ",p,n\r\n"
                               "short,p\r\n";
        const Result<StyleImport> read = promptstyles::read(csv);
        QVERIFY(read.ok());
        QCOMPARE(read->styles, (QList<PromptStyle>{style("oil", "oil painting of {prompt}, \"thick\"", "photo"), style("two lines", "a\r\nb"), style("short", "p")}));
        QCOMPARE(read->problems.size(), 1);
        QVERIFY2(read->problems.first().startsWith(QLatin1String("Line 7: ")), qPrintable(read->problems.first()));
        QCOMPARE(promptstyles::read("name,text\nold,p\n").value().styles, QList<PromptStyle>{style("old", "p")});
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("broken JSON") << QByteArray("[{");
        QTest::newRow("other JSON") << QByteArray("{\"a\": 1}");
        QTest::newRow("styles is no list") << QByteArray("{\"styles\": {}}");
        QTest::newRow("other CSV") << QByteArray("a,b\n1,2\n");
        QTest::newRow("open quote") << QByteArray("name,prompt\na,\"b");
        QTest::newRow("Latin-1") << QByteArray("name,prompt\na,gr\xFCn");
        QTest::newRow("NUL") << QByteArray("name,prompt\na,\0b", 16);
        QTest::newRow("large") << QByteArray(4 * 1024 * 1024 + 1, ' ');
    }

    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, bytes);
        const Result<StyleImport> read = promptstyles::read(bytes);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::Validation);
        QVERIFY(!read.error().message.isEmpty());
    }

    void hasBounds()
    {
        const StyleImport read = promptstyles::read("name,prompt\n" + QByteArray("a,b\n").repeated(2100)).value();
        QCOMPARE(read.styles.size(), promptstyles::kMostStyles);
        QCOMPARE(read.problems.size(), 1);
        QVERIFY(read.problems.first().startsWith(QLatin1String("Line 2002: ")));
        QCOMPARE(promptstyles::read("name,prompt\n" + QByteArray(",b\n").repeated(100)).value().problems.size(), 50);
        QCOMPARE(promptstyles::merged(read.styles, {style("new", "x")}, SameName::KeepBoth).size(), promptstyles::kMostStyles);
    }
};

QTEST_GUILESS_MAIN(TestPromptStyle)
#include "tst_promptstyle.moc"
