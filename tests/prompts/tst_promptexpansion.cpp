// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptexpansion.h"
#include "core/prompts/promptrandom.h"

#include <QHash>
#include <QTest>

#include <algorithm>
#include <array>

using namespace novita;

namespace {

WildcardLists lists()
{
    WildcardLists out;
    out.insert(QStringLiteral("colour"), {QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue")});
    out.insert(QStringLiteral("thing"), {QStringLiteral("{big|small} __colour__ ball"), QStringLiteral("cube")});
    out.insert(QStringLiteral("empty"), {});
    out.insert(QStringLiteral("a"), {QStringLiteral("x"), QStringLiteral("__b__")});
    out.insert(QStringLiteral("b"), {QStringLiteral("__c__")});
    out.insert(QStringLiteral("c"), {QStringLiteral("__b__")});
    out.insert(QStringLiteral("lost"), {QStringLiteral("__nowhere__")});
    out.insert(QStringLiteral("broken"), {QStringLiteral("fine"), QStringLiteral("a {b")});
    return out;
}

PromptExpansion expansionOf(const QString &text, const WildcardLists &with = lists())
{
    const PromptReading<PromptExpansion> out = PromptExpansion::of(text, with);
    return out.value;
}

QStringList textsOf(const PromptExpansion &expansion, qsizetype most = 100)
{
    QStringList out;
    const QList<ExpandedPrompt> prompts = expansion.firstCombinations(most);
    for (const ExpandedPrompt &prompt : prompts)
        out.append(prompt.text);
    return out;
}

} // namespace

class TestPromptExpansion : public QObject
{
    Q_OBJECT

private slots:
    void givesAllCombinations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("all");
        const auto row = [](const char *text, const char *all) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(all); };
        row("", "");
        row("plain", "plain");
        row("{a|b} {1|2}", "a 1;a 2;b 1;b 2");
        row("{a|b{1|2|3}|}{x|y}", "ax;ay;b1x;b1y;b2x;b2y;b3x;b3y;x;y");
        row("{5::a|0::b|c}", "a;c");
        row("{0::__nowhere__|c}", "c");
        row("__colour__", "red;green;blue");
        row("a __thing__!", "a big red ball!;a big green ball!;a big blue ball!;a small red ball!;a small green ball!;a small blue ball!;a cube!");
        row("__colour__ {__colour__|}", "red red;red green;red blue;red ;green red;green green;green blue;green ;blue red;blue green;blue blue;blue ");
        row("<lora:x__nowhere__y:1>", "<lora:x__nowhere__y:1>");
        row("<lora:__colour__:1>", "<lora:red:1>;<lora:green:1>;<lora:blue:1>");
    }

    void givesAllCombinations()
    {
        QFETCH(QString, text);
        QFETCH(QString, all);
        const PromptReading<PromptExpansion> read = PromptExpansion::of(text, lists());
        QVERIFY(read.ok());
        const QStringList wanted = all.split(u';');
        QCOMPARE(textsOf(read.value), wanted);
        QCOMPARE(read.value.combinations(), quint64(wanted.size()));
        QCOMPARE(read.value.isDynamic(), wanted.size() > 1);
        const auto longer = [](const QString &a, const QString &b) { return a.size() < b.size(); };
        QCOMPARE(read.value.longest(), quint64(std::max_element(wanted.begin(), wanted.end(), longer)->size()));
        QCOMPARE(read.value.combination(0).templateText, text);
    }

    void countsBeyondAnyNumber()
    {
        const QString ten = QStringLiteral("{0|1|2|3|4|5|6|7|8|9}");
        QCOMPARE(expansionOf(ten.repeated(19)).combinations(), quint64(10'000'000'000'000'000'000U));
        QCOMPARE(expansionOf(ten.repeated(19)).combination(1'234'567'890'123'456'789U).text, QStringLiteral("1234567890123456789"));
        const PromptExpansion huge = expansionOf(ten.repeated(400));
        QCOMPARE(huge.combinations(), kMostCount);
        QCOMPARE(huge.combination(42).text, QString(398, u'0') + QStringLiteral("42"));
        QCOMPARE(huge.combination(kMostCount - 1).text.right(20), QStringLiteral("18446744073709551614"));
        // A choice whose first option alone is beyond any number.
        QCOMPARE(expansionOf(u'{' + ten.repeated(30) + QStringLiteral("|x}")).combination(7).text, QString(29, u'0') + u'7');
    }

    void previewsTheFirst()
    {
        QCOMPARE(textsOf(expansionOf(QStringLiteral("{a|b|c}")), 2), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QVERIFY(textsOf(expansionOf(QStringLiteral("{a|b|c}")), 0).isEmpty());
        QVERIFY(textsOf(expansionOf(QStringLiteral("{a|b|c}")), -1).isEmpty());
    }

    void plansWithinACap()
    {
        const PromptExpansion nine = expansionOf(QStringLiteral("__colour__ __colour__"));
        ExpansionPlan plan = planExpansion(nine, ExpansionMode::Combinations, 1, 9);
        QCOMPARE(plan.planned, quint64(9));
        QVERIFY(plan.sentence.isEmpty());
        plan = planExpansion(nine, ExpansionMode::Combinations, 1, 4);
        QCOMPARE(plan.planned, quint64(4));
        QCOMPARE(plan.available, quint64(9));
        QVERIFY(plan.sentence.contains(u'9') && plan.sentence.contains(u'4'));
        plan = planExpansion(nine, ExpansionMode::Random, 3, 100);
        QCOMPARE(plan.planned, quint64(3));
        QVERIFY(plan.sentence.isEmpty());
        QVERIFY(!planExpansion(nine, ExpansionMode::Random, 300, 100).sentence.isEmpty());
        const PromptExpansion endless = expansionOf(QStringLiteral("{a|b}").repeated(64));
        plan = planExpansion(endless, ExpansionMode::Combinations, 1, 1000);
        QCOMPARE(plan.planned, quint64(1000));
        QVERIFY(plan.sentence.contains(QLatin1String("more combinations than")));
    }

    void randomNumbersNeverChange()
    {
        // The published test values of SplitMix64 for this seed.
        PromptRandom random(1234567);
        const std::array<quint64, 5> known{6457827717110365317U, 3203168211198807973U, 9817491932198370423U, 4593380528125082431U, 16408922859458223821U};
        for (const quint64 number : known)
            QCOMPARE(random.next(), number);
        PromptRandom one(5);
        QCOMPARE(one.below(1), quint64(0));
    }

    void aSeedGivesItsTextForEver_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<QString>("text");
        QTest::newRow("0") << quint64(0) << QStringLiteral("a big green ball on wood, dusk");
        QTest::newRow("1") << quint64(1) << QStringLiteral("a big blue ball on wood, dusk");
        QTest::newRow("42") << quint64(42) << QStringLiteral("a cube on wood, dusk");
        QTest::newRow("4294967295") << quint64(4294967295U) << QStringLiteral("a big blue ball on wood, dawn");
        QTest::newRow("largest") << ~quint64(0) << QStringLiteral("a small red ball on ice, night");
    }

    void aSeedGivesItsTextForEver()
    {
        QFETCH(quint64, seed);
        QFETCH(QString, text);
        const PromptExpansion expansion = expansionOf(QStringLiteral("a __thing__ on {3::wood|stone|0.5::{ice|snow}}, {dawn|noon|dusk|night}"));
        QCOMPARE(expansion.random(seed).text, text);
        QCOMPARE(expansion.random(seed).text, text);
    }

    void drawsByWeight()
    {
        const PromptExpansion expansion = expansionOf(QStringLiteral("{6::a|3::b|c|0::d}"));
        QHash<QString, int> seen;
        for (quint64 seed = 0; seed < 10'000; ++seed)
            ++seen[expansion.random(seed).text];
        QCOMPARE(seen.size(), 3);
        QVERIFY(qAbs(seen.value(QStringLiteral("a")) - 6000) < 200);
        QVERIFY(qAbs(seen.value(QStringLiteral("b")) - 3000) < 200);
        QVERIFY(qAbs(seen.value(QStringLiteral("c")) - 1000) < 200);
    }

    void streamsOfASeedAreApart()
    {
        const PromptExpansion expansion = expansionOf(QStringLiteral("{a|b}"));
        int same = 0;
        for (quint64 seed = 0; seed < 1000; ++seed)
            same += expansion.random(seed, 0).text == expansion.random(seed, 1).text ? 1 : 0;
        QVERIFY(same > 400 && same < 600);
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("position");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, qsizetype position, qsizetype length, const char *words) {
            QTest::newRow(text) << QString::fromLatin1(text) << position << length << QString::fromUtf8(words);
        };
        row("a {b", 2, 1, "never closed");
        row("a __nowhere__", 2, 11, "no wildcard list “nowhere”");
        row("{x|__nowhere__}", 3, 11, "no wildcard list “nowhere”");
        row("a __lost__", 2, 8, "“nowhere”, which the list “lost” names");
        row("__empty__", 0, 9, "“empty” has no lines");
        row("x __a__", 2, 5, "leads back to itself: b → c → b");
        row("__broken__", 0, 10, "“a {b”: This brace is never closed");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        QFETCH(qsizetype, position);
        QFETCH(qsizetype, length);
        QFETCH(QString, words);
        const PromptReading<PromptExpansion> read = PromptExpansion::of(text, lists());
        QCOMPARE(read.problems.size(), 1);
        QCOMPARE(read.problems.first().position, position);
        QCOMPARE(read.problems.first().length, length);
        QVERIFY2(read.problems.first().message.contains(words), qPrintable(read.problems.first().message));
        QCOMPARE(read.value.combinations(), quint64(1));
        QVERIFY(read.value.random(1).text.isEmpty());
    }

    void staysSmallWhateverListsPromise()
    {
        // Each list twice the one below it: 2^15 lines long, if it were made.
        WildcardLists doubling;
        for (int i = 0; i < 15; ++i)
            doubling.insert(QString::number(i), {QStringLiteral("__%1____%1__").arg(i + 1)});
        doubling.insert(QStringLiteral("15"), {QStringLiteral("laugh"), QStringLiteral("cry")});
        const PromptReading<PromptExpansion> read = PromptExpansion::of(QStringLiteral("__0__"), doubling);
        QCOMPARE(read.problems.size(), 1);
        QVERIFY(read.problems.first().message.contains(QLatin1String("longer than")));
        // The same of nothing at all, which is no longer but takes as long.
        doubling.insert(QStringLiteral("15"), {QStringLiteral("{}")});
        QVERIFY(!PromptExpansion::of(QStringLiteral("__0__"), doubling).ok());
        QVERIFY(PromptExpansion::of(QStringLiteral("__8__"), doubling).ok());
    }

    void listsInListsEnd()
    {
        WildcardLists chain;
        for (int i = 0; i < 17; ++i)
            chain.insert(QString::number(i), {i == 16 ? QStringLiteral("end") : QStringLiteral("__%1__").arg(i + 1)});
        QVERIFY(PromptExpansion::of(QStringLiteral("__1__"), chain).ok());
        QVERIFY(!PromptExpansion::of(QStringLiteral("__0__"), chain).ok());
        // Also when what is below was met before, less deep.
        QCOMPARE(PromptExpansion::of(QStringLiteral("__1__ __0__"), chain).problems.first().position, qsizetype(6));
    }

    void theDeepestIsExpanded()
    {
        WildcardLists chain;
        for (int i = 0; i < 16; ++i) {
            const QString inside = i == 15 ? QStringLiteral("end") : QStringLiteral("__%1__").arg(i + 1);
            chain.insert(QString::number(i), {QString(32, u'{') + inside + QString(32, u'}')});
        }
        const PromptExpansion deep = expansionOf(QString(32, u'{') + QStringLiteral("__0__") + QString(32, u'}'), chain);
        QCOMPARE(deep.random(1).text, QStringLiteral("end"));
        QCOMPARE(deep.combination(0).text, QStringLiteral("end"));
    }

    void tooManyPartsAreRefused()
    {
        WildcardLists many;
        const QStringList lines(20'000, QStringLiteral("{a|b|c}"));
        QString text;
        for (int i = 0; i < 8; ++i) {
            many.insert(QString::number(i), lines);
            text += QStringLiteral("__%1__").arg(i);
        }
        const PromptReading<PromptExpansion> read = PromptExpansion::of(text, many);
        QCOMPARE(read.problems.size(), 1);
        QVERIFY(read.problems.first().message.contains(QLatin1String("1000000 parts")));
    }
};

QTEST_GUILESS_MAIN(TestPromptExpansion)
#include "tst_promptexpansion.moc"
