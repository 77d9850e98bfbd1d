// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csvtext.h"

#include <QTest>

using namespace novita;

class TestCsvText : public QObject
{
    Q_OBJECT

private slots:
    void readsAsTheStandardSays()
    {
        const QList<CsvRow> rows = parseCsv(QStringLiteral("a,\"b \"\"x\"\"\",\"c\r\nd\"\r\n\r\n,,\n\"\",e"), QLatin1Char(',')).value();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(0).cells, QStringList({QStringLiteral("a"), QStringLiteral("b \"x\""), QStringLiteral("c\r\nd")}));
        QCOMPARE(rows.at(1).cells, QStringList({QString(), QString(), QString()}));
        QCOMPARE(rows.at(2).cells, QStringList({QString(), QStringLiteral("e")}));
        QCOMPARE(rows.at(1).line, 4); // a quoted cell has a line end, and a blank line is no row
        QCOMPARE(rows.at(2).line, 5);
        const auto open = parseCsv(QStringLiteral("a\n\"b"), QLatin1Char(','));
        QVERIFY(!open.ok());
        QVERIFY(open.error().message.contains(QLatin1String("line 2")));
    }
};

QTEST_GUILESS_MAIN(TestCsvText)
#include "tst_csvtext.moc"
