// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/gridaxis.h"

#include <QTest>

using namespace novita;

Q_DECLARE_METATYPE(novita::GridKind)

namespace {

GridField field(GridKind kind)
{
    GridField out{QStringLiteral("x"), QStringLiteral("Thing"), kind, {}, {}, {}, {}};
    if (kind == GridKind::Choice)
        out.choices = QStringList{QStringLiteral("Euler"), QStringLiteral("Euler a"), QStringLiteral("DPM++ 2M, Karras")};
    if (kind == GridKind::PromptReplace)
        out.texts = QStringList{QStringLiteral("prompt")};
    return out;
}

QString labels(const GridAxis &axis)
{
    QStringList out;
    for (const GridValue &value : axis.values)
        out.append(value.label);
    return out.join(u'|');
}

} // namespace

class TestGridAxis : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<GridKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("values");
        const auto row = [](GridKind kind, const char *text, const char *values) {
            QTest::addRow("%d %s", int(kind), text) << kind << QString::fromUtf8(text) << QString::fromUtf8(values);
        };
        row(GridKind::Integer, "7", "7");
        row(GridKind::Integer, " 1, 2 ,3,", "1|2|3");
        row(GridKind::Integer, "-1, -1", "-1|-1");
        row(GridKind::Integer, "1-5", "1|2|3|4|5");
        row(GridKind::Integer, "5 - 3", "5|4|3");
        row(GridKind::Integer, "3-3", "3");
        row(GridKind::Integer, "-1-1", "-1|0|1");
        row(GridKind::Integer, "-1 - -3", "-1|-2|-3");
        row(GridKind::Integer, "1-10 (+2)", "1|3|5|7|9");
        row(GridKind::Integer, "1-10(2), 20", "1|3|5|7|9|20");
        row(GridKind::Integer, "10-1 (-3)", "10|7|4|1");
        row(GridKind::Integer, "1-10 [4]", "1|4|7|10");
        row(GridKind::Integer, "1-3 [9]", "1|2|3");
        row(GridKind::Integer, "1-10 [1]", "1");
        row(GridKind::Integer, "9999999999", "9999999999");
        row(GridKind::Integer, "\"4\"", "4");
        row(GridKind::Number, "7.5, .5, 1., 010", "7.5|0.5|1|10");
        row(GridKind::Number, "0.2-0.8 [4]", "0.2|0.4|0.6|0.8");
        row(GridKind::Number, "0.1-0.5 (+0.1)", "0.1|0.2|0.3|0.4|0.5");
        row(GridKind::Number, "1-0 [3]", "1|0.5|0");
        row(GridKind::Number, "-0.5-0.5 (+0.25)", "-0.5|-0.25|0|0.25|0.5");
        row(GridKind::Number, "0-1 [4]", "0|0.333333|0.666667|1");
        row(GridKind::Number, "1-3", "1|2|3");
        row(GridKind::Choice, "euler A, Euler", "Euler a|Euler");
        row(GridKind::Choice, "\"DPM++ 2M, Karras\"", "DPM++ 2M, Karras");
        row(GridKind::Switch, "on, OFF, yes, 0", "on|off|on|off");
        row(GridKind::Text, "a cat , \" a, \"\"b\"\" \" ,\"\"", "a cat| a, \"b\" |");
        row(GridKind::Text, "1-5", "1-5");
        row(GridKind::PromptReplace, "cat, dog, \"\"", "cat|dog|");
    }

    void reads()
    {
        QFETCH(GridKind, kind);
        QFETCH(QString, text);
        QFETCH(QString, values);
        const PromptReading<GridAxis> axis = gridaxis::parse(field(kind), text);
        QVERIFY2(axis.ok(), qPrintable(axis.ok() ? QString() : axis.problems.first().message));
        QCOMPARE(labels(axis.value), values);
    }

    void valuesAreOfTheirType()
    {
        QCOMPARE(gridaxis::parse(field(GridKind::Integer), QStringLiteral("9999999999")).value.values.first().value, QJsonValue(qint64(9999999999)));
        QCOMPARE(gridaxis::parse(field(GridKind::Number), QStringLiteral("0.1-0.5 (+0.1)")).value.values.at(2).value, QJsonValue(0.3));
        QCOMPARE(gridaxis::parse(field(GridKind::Switch), QStringLiteral("on")).value.values.first().value, QJsonValue(true));
        QCOMPARE(gridaxis::parse(field(GridKind::Choice), QStringLiteral("EULER")).value.values.first().value, QJsonValue(QStringLiteral("Euler")));
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<GridKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qsizetype>("position");
        QTest::addColumn<qsizetype>("length");
        QTest::addColumn<QString>("words");
        const auto row = [](GridKind kind, const char *text, qsizetype position, qsizetype length, const char *words) {
            QTest::addRow("%d %s", int(kind), text) << kind << QString::fromUtf8(text) << position << length << QString::fromUtf8(words);
        };
        row(GridKind::Integer, "", 0, 0, "at least one");
        row(GridKind::Integer, " , ", 0, 3, "at least one");
        row(GridKind::Integer, "1, x, 3", 3, 1, "“x” is no number");
        row(GridKind::Integer, "1, 2.5", 3, 3, "2.5 is no whole number");
        row(GridKind::Integer, "1-5 (+0.5)", 0, 10, "1.5 is no whole number");
        row(GridKind::Integer, "10000000001", 0, 11, "no number");
        row(GridKind::Integer, "1-5 (-1)", 0, 8, "never gets to its end");
        row(GridKind::Integer, "1-5 (0)", 0, 7, "never gets to its end");
        row(GridKind::Integer, "1-5 [0]", 0, 7, "1 to 100");
        row(GridKind::Integer, "1-5 [101]", 0, 9, "1 to 100");
        row(GridKind::Integer, "1-101", 0, 5, "at most 100");
        row(GridKind::Integer, "7, 1-100", 3, 5, "at most 100");
        row(GridKind::Integer, "0-10000000000", 0, 13, "at most 100");
        row(GridKind::Integer, "1-2-3", 0, 5, "no number");
        row(GridKind::Integer, "1..2", 0, 4, "no number");
        row(GridKind::Number, "0.2-0.8", 0, 7, "Say the step");
        row(GridKind::Number, "0.1234567", 0, 9, "no number");
        row(GridKind::Number, "nan", 0, 3, "no number");
        row(GridKind::Choice, "Euler, Eular", 7, 5, "“Eular” is none of the choices of “Thing”");
        row(GridKind::Switch, "maybe", 0, 5, "neither on nor off");
        row(GridKind::Text, "a, \"b, c", 3, 1, "never closed");
        row(GridKind::Text, "\"a\"b, c", 3, 1, "comma must follow");
        row(GridKind::PromptReplace, "cat", 0, 3, "replaced by");
        row(GridKind::PromptReplace, "\"\", cat", 0, 7, "cannot be empty");
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(GridKind, kind);
        QFETCH(QString, text);
        QFETCH(qsizetype, position);
        QFETCH(qsizetype, length);
        QFETCH(QString, words);
        const PromptReading<GridAxis> axis = gridaxis::parse(field(kind), text);
        QCOMPARE(axis.problems.size(), 1);
        QVERIFY2(axis.problems.first().message.contains(words), qPrintable(axis.problems.first().message));
        QCOMPARE(axis.problems.first().position, position);
        QCOMPARE(axis.problems.first().length, length);
        QVERIFY(axis.value.values.size() <= gridaxis::kMostValues);
    }

    void keepsToTheRange()
    {
        GridField steps = field(GridKind::Integer);
        steps.least = 1;
        steps.most = 50;
        QVERIFY(gridaxis::parse(steps, QStringLiteral("1, 50")).ok());
        QVERIFY(gridaxis::parse(steps, QStringLiteral("0")).problems.first().message.startsWith(QLatin1String("0 is less than 1, the least for ")));
        const PromptReading<GridAxis> high = gridaxis::parse(steps, QStringLiteral("10, 40-60"));
        QCOMPARE(high.problems.size(), 1);
        QCOMPARE(high.problems.first().position, qsizetype(4));
        QVERIFY(high.problems.first().message.startsWith(QLatin1String("51 is more than 50")));
    }

    void veryLongTextIsRefused()
    {
        QCOMPARE(gridaxis::parse(field(GridKind::Text), QString(16'385, u'x')).problems.first().position, qsizetype(16'384));
        QVERIFY(gridaxis::parse(field(GridKind::Integer), QString(16'384, u'1')).problems.size() == 1);
        QVERIFY(gridaxis::parse(field(GridKind::Integer), QStringLiteral("x,").repeated(8'000)).problems.size() <= 20);
    }
};

QTEST_GUILESS_MAIN(TestGridAxis)
#include "tst_gridaxis.moc"
