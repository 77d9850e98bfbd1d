// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/tabletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace novita;

class TestTableText final : public QObject
{
    Q_OBJECT

private slots:
    void formulasAreDefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("safe");
        QTest::newRow("plain") << u"worker-1"_qs << u"worker-1"_qs;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("equals") << u"=1+1"_qs << u"'=1+1"_qs;
        QTest::newRow("plus") << u"+1"_qs << u"'+1"_qs;
        QTest::newRow("at") << u"@SUM(A1)"_qs << u"'@SUM(A1)"_qs;
        QTest::newRow("minus") << u"-1+cmd|'/C calc'!A0"_qs << u"'-1+cmd|'/C calc'!A0"_qs;
        QTest::newRow("minus alone") << u"-"_qs << u"'-"_qs;
        QTest::newRow("negative") << u"-3"_qs << u"-3"_qs;
        QTest::newRow("negative with decimals") << u"-1,234.50"_qs << u"-1,234.50"_qs;
        QTest::newRow("a number and more") << u"-3\n=1"_qs << u"'-3\n=1"_qs;
        QTest::newRow("tab") << u"\t=1"_qs << u"'\t=1"_qs;
        QTest::newRow("return") << u"\r=1"_qs << u"'\r=1"_qs;
    }
    void formulasAreDefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, safe);
        QCOMPARE(formulaSafe(text), safe);
    }

    void csvIsAsTheStandardSays()
    {
        const TextTable table{{u"name"_qs, u"note"_qs}, {u"Name"_qs, u"Note, long"_qs}, {{u"a"_qs, u"say \"hi\"\nthere"_qs}, {u"=x"_qs}, {u"Zürich"_qs, u"-5"_qs}}};
        QCOMPARE(toCsv(table), QByteArray("Name,\"Note, long\"\r\na,\"say \"\"hi\"\"\nthere\"\r\n'=x,\r\nZ\xC3\xBCrich,-5\r\n"));
        QCOMPARE(toCsv({}), QByteArray("\r\n"));
    }

    void jsonNamesEveryColumn()
    {
        const TextTable table{{u"name"_qs, u"note"_qs}, {u"Name"_qs, u"Note"_qs}, {{u"=x"_qs}}};
        const QJsonArray rows = QJsonDocument::fromJson(toJson(table)).array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().toObject(), (QJsonObject{{u"name"_qs, u"=x"_qs}, {u"note"_qs, QString()}}));
        QCOMPARE(toJson({}).trimmed(), QByteArray("[\n]"));
    }

    void theFormatIsThatOfTheName()
    {
        QCOMPARE(tableFormatOf(u"/tmp/a.JSON"), TableFormat::Json);
        QCOMPARE(tableFormatOf(u"/tmp/a.csv"), TableFormat::Csv);
        QCOMPARE(tableFormatOf(u"/tmp/json"), TableFormat::Csv);
    }
};

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
