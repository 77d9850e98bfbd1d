// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/naturalsort.h"
#include "ui/models/rowfilter.h"

#include <QTest>

using namespace novita;

class TestRowFilter final : public QObject
{
    Q_OBJECT

private slots:
    void matches_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("expected");
        QTest::newRow("empty shows everything") << QString() << true;
        QTest::newRow("blanks") << QStringLiteral("   ") << true;
        QTest::newRow("word, any case") << QStringLiteral("TRAINER") << true;
        QTest::newRow("all words") << QStringLiteral("trainer 4090") << true;
        QTest::newRow("one word misses") << QStringLiteral("trainer 5090") << false;
        QTest::newRow("field") << QStringLiteral("state:running") << true;
        QTest::newRow("field, part") << QStringLiteral("state:run") << true;
        QTest::newRow("field name in any case") << QStringLiteral("State:Running") << true;
        QTest::newRow("right word, wrong field") << QStringLiteral("state:4090") << false;
        QTest::newRow("last field") << QStringLiteral("gpu:4090") << true;
        QTest::newRow("several") << QStringLiteral("state:running gpu:4090 name:a") << true;
        QTest::newRow("value being typed") << QStringLiteral("state:") << true;
        QTest::newRow("unknown field is text") << QStringLiteral("ubuntu:22") << true;
        QTest::newRow("unknown field, no match") << QStringLiteral("ubuntu:24") << false;
        QTest::newRow("quotes keep words together") << QStringLiteral("gpu:\"rtx 4090\"") << true;
        QTest::newRow("quoted order matters") << QStringLiteral("\"4090 rtx\"") << false;
        QTest::newRow("does not run over a field's end") << QStringLiteral("trainer-arunning") << false;
        QTest::newRow("marker characters are no back door") << QString(QChar(0xE001)) << true;
    }

    void matches()
    {
        QFETCH(QString, filter);
        QFETCH(bool, expected);
        const QStringList fields{QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("image"), QStringLiteral("gpu")};
        const QString haystack = RowFilter::haystack({QStringLiteral("trainer-a"), QStringLiteral("Running"),
                                                      QStringLiteral("ubuntu:22.04"), QStringLiteral("RTX 4090 24GB")});
        QCOMPARE(RowFilter(filter, fields).matches(haystack), expected);
    }

    void bounds_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("expected");
        QTest::newRow("one is low enough") << QStringLiteral("price:<0.25") << true;
        QTest::newRow("none is") << QStringLiteral("price:<0.2") << false;
        QTest::newRow("just so much") << QStringLiteral("price:<0.21") << true;
        QTest::newRow("written out") << QStringLiteral("price:<=0.21") << true;
        QTest::newRow("comma and dollar") << QStringLiteral("price:<$0,21") << true;
        QTest::newRow("at least") << QStringLiteral("price:>0.35") << true;
        QTest::newRow("not so much") << QStringLiteral("price:>0.36") << false;
        QTest::newRow("a number before its unit") << QStringLiteral("vram:>24") << true;
        QTest::newRow("a bigger one") << QStringLiteral("vram:>40") << false;
        QTest::newRow("unknown is never cheap") << QStringLiteral("spot:<100") << false;
        QTest::newRow("being typed") << QStringLiteral("price:<") << true;
        QTest::newRow("still being typed") << QStringLiteral("price:<=") << true;
        QTest::newRow("no number") << QStringLiteral("price:<cheap") << false;
        QTest::newRow("no number either") << QStringLiteral("price:<inf") << false;
    }

    void bounds()
    {
        QFETCH(QString, filter);
        QFETCH(bool, expected);
        const QStringList fields{QStringLiteral("price"), QStringLiteral("vram"), QStringLiteral("spot")};
        QCOMPARE(RowFilter(filter, fields).matches(RowFilter::haystack({QStringLiteral("0.35 0.21"), QStringLiteral("24 GB"), QString()})), expected);
    }

    void markersInDataStayInTheirField()
    {
        const QStringList fields{QStringLiteral("name"), QStringLiteral("state")};
        const QString haystack = RowFilter::haystack({QStringLiteral("a") + QChar(0xE001) + QStringLiteral("running"),
                                                      QStringLiteral("Stopped")});
        QVERIFY(!RowFilter(u"state:running", fields).matches(haystack));
        QVERIFY(RowFilter(u"name:arunning", fields).matches(haystack));
    }

    void longInputIsCut()
    {
        const QString input = QString(500, u'a') + QStringLiteral(" b");
        QCOMPARE(RowFilter(input, {}), RowFilter(QString(500, u'a'), {}));
    }

    void naturalOrder_data()
    {
        QTest::addColumn<QString>("less");
        QTest::addColumn<QString>("greater");
        QTest::newRow("numbers") << QStringLiteral("worker-2") << QStringLiteral("worker-10");
        QTest::newRow("case") << QStringLiteral("alpha") << QStringLiteral("Beta");
        QTest::newRow("number before letter") << QStringLiteral("a1") << QStringLiteral("ab");
        QTest::newRow("shorter first") << QStringLiteral("a") << QStringLiteral("a1");
        QTest::newRow("huge") << QString(60, u'9') << QStringLiteral("1") + QString(60, u'0');
        QTest::newRow("second number") << QStringLiteral("us-2-9") << QStringLiteral("us-2-11");
    }

    void naturalOrder()
    {
        QFETCH(QString, less);
        QFETCH(QString, greater);
        QVERIFY(naturalSortKey(less) < naturalSortKey(greater));
        QVERIFY(!(naturalSortKey(greater) < naturalSortKey(less)));
    }

    void leadingZerosDoNotCount() { QCOMPARE(naturalSortKey(u"w-007"), naturalSortKey(u"W-7")); }
};

QTEST_APPLESS_MAIN(TestRowFilter)
#include "tst_rowfilter.moc"
