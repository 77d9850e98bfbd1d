// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/taglist.h"

#include <QTest>

using namespace novita;

class TestTagList : public QObject
{
    Q_OBJECT

private slots:
    void cleans_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tag"); // null: refused
        QTest::newRow("as it is") << QStringLiteral("prod") << QStringLiteral("prod");
        QTest::newRow("case stays") << QStringLiteral("Prod") << QStringLiteral("Prod");
        QTest::newRow("space at the ends") << QStringLiteral("  eu west\n") << QStringLiteral("eu west");
        QTest::newRow("runs of blanks") << QStringLiteral("eu   west") << QStringLiteral("eu west");
        QTest::newRow("in marks") << QStringLiteral(" \"eu west\" ") << QStringLiteral("eu west");
        QTest::newRow("half in marks") << QStringLiteral("\"eu  west") << QStringLiteral("eu west");
        QTest::newRow("marks alone") << QStringLiteral("\"\"") << QString();
        QTest::newRow("40 characters") << QString(40, u'x') << QString(40, u'x');
        QTest::newRow("letter and accent") << QStringLiteral("cafe\u0301") << QStringLiteral("caf\u00e9");
        QTest::newRow("emoji") << QString::fromUcs4(U"\U0001F680") << QString::fromUcs4(U"\U0001F680");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("blanks alone") << QStringLiteral(" \t ") << QString();
        QTest::newRow("41 characters") << QString(41, u'x') << QString();
        QTest::newRow("very long") << QString(100000, u'x') << QString();
        QTest::newRow("comma") << QStringLiteral("a,b") << QString();
        QTest::newRow("tab inside") << QStringLiteral("a\tb") << QString();
        QTest::newRow("line feed inside") << QStringLiteral("a\nb") << QString();
        QTest::newRow("NUL") << QString::fromLatin1("a\0b", 3) << QString();
        QTest::newRow("turns the writing") << QStringLiteral("a\u202eb") << QString();
        QTest::newRow("zero width") << QStringLiteral("a\u200bb") << QString();
    }

    void cleans()
    {
        QFETCH(QString, text);
        QFETCH(QString, tag);
        const Result<QString> cleaned = taglist::cleaned(text);
        QCOMPARE(cleaned.ok(), !tag.isNull());
        if (cleaned) {
            QCOMPARE(*cleaned, tag);
        } else {
            QCOMPARE(cleaned.error().kind, ErrorKind::Validation);
            QVERIFY(!cleaned.error().message.isEmpty());
        }
    }

    void readsWhatIsTyped()
    {
        QCOMPARE(taglist::parsed(QStringLiteral(" b, a ,,B, ")).value(), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
        QVERIFY(taglist::parsed(QString()).value().isEmpty());
        QVERIFY(!taglist::parsed(QStringLiteral("a, ") + QString(41, u'x')).ok());
    }

    void sortsWithoutRegardToCase()
    {
        QCOMPARE(taglist::sorted({QStringLiteral("b"), QStringLiteral("C"), QStringLiteral("a"), QStringLiteral("B")}).join(u' '), QStringLiteral("a B C"));
        QVERIFY(taglist::contains({QStringLiteral("Prod")}, QStringLiteral("pROD")));
        QVERIFY(!taglist::contains({QStringLiteral("prod")}, QStringLiteral("pro")));
    }

    void edits()
    {
        const QStringList before{QStringLiteral("eu"), QStringLiteral("prod")};
        QCOMPARE(taglist::edited(before, {{QStringLiteral("a")}, {QStringLiteral("PROD"), QStringLiteral("unknown")}}).value().join(u' '), QStringLiteral("a eu"));
        // The spelling that is there stays.
        QCOMPARE(taglist::edited(before, {{QStringLiteral("EU")}, {}}).value(), before);
        QCOMPARE(taglist::edited(before, {{QStringLiteral("EU")}, {QStringLiteral("eu")}}).value().join(u' '), QStringLiteral("EU prod"));
        QVERIFY(!taglist::edited(before, {{QStringLiteral("a,b")}, {}}).ok());
    }

    void hasALimit()
    {
        QStringList many;
        for (int i = 0; i < taglist::kMostTags; ++i)
            many.append(QString::number(i));
        QCOMPARE(taglist::edited({}, {many, {}}).value().size(), taglist::kMostTags);
        const Result<QStringList> more = taglist::edited(many, {{QStringLiteral("one more")}, {}});
        QVERIFY(!more.ok());
        QCOMPARE(more.error().kind, ErrorKind::Validation);
        QVERIFY(more.error().message.contains(QStringLiteral("20")));
        QVERIFY(taglist::edited(many, {{QStringLiteral("one more")}, {QStringLiteral("0")}}).ok());
    }
};

QTEST_GUILESS_MAIN(TestTagList)
#include "tst_taglist.moc"
