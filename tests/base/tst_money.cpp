// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/money.h"

#include <QTest>

#include <limits>

using namespace novita;
using namespace std::chrono_literals;

class TestMoney : public QObject
{
    Q_OBJECT

private slots:
    void unitsOfPricesAndBillsMeet()
    {
        QCOMPARE(Money::fromPriceUnits(35000), Money::fromBillingUnits(3500));
        QCOMPARE(Money::fromPriceUnits(35000).toPlainString(), QStringLiteral("0.35"));
    }
    void plainText_data()
    {
        QTest::addColumn<qint64>("units");
        QTest::addColumn<int>("decimals");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << 2 << QStringLiteral("0.00");
        QTest::newRow("smallest") << qint64(1) << 2 << QStringLiteral("0.00001");
        QTest::newRow("negative") << qint64(-150000) << 2 << QStringLiteral("-1.50");
        QTest::newRow("no decimals") << qint64(500000) << 0 << QStringLiteral("5.");
        QTest::newRow("limit") << std::numeric_limits<qint64>::min() << 2 << QStringLiteral("-92233720368547.75808");
    }
    void plainText()
    {
        QFETCH(qint64, units);
        QFETCH(int, decimals);
        QFETCH(QString, text);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
        QCOMPARE(Money::fromPriceUnits(units).toPlainString(decimals), text);
    }
    void costOfTimeIsExact()
    {
        QCOMPARE(Money::fromPriceUnits(35000).forDuration(1h), Money::fromPriceUnits(35000));
        QCOMPARE(Money::fromPriceUnits(35000).forDuration(1s), Money::fromPriceUnits(10)); // 9.72 rounds up
        QCOMPARE(Money::fromPriceUnits(36000).forDuration(30min), Money::fromPriceUnits(18000));
        QCOMPARE(Money::fromPriceUnits(-36000).forDuration(30min), Money::fromPriceUnits(-18000));
    }
    void overflowSaturates()
    {
        const Money most = Money::fromPriceUnits(std::numeric_limits<qint64>::max());
        QCOMPARE(most + most, most);
        QCOMPARE(most * 8, most);
        QCOMPARE(Money::fromBillingUnits(std::numeric_limits<qint64>::max()), most);
        QVERIFY((most * -8).isNegative());
    }
};

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
