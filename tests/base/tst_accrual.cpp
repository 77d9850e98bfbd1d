// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/accrual.h"

#include <QTest>

#include <limits>

using namespace novita;

namespace {

constexpr Milliseconds kHour{3600000};

Money units(qint64 count)
{
    return Money::fromPriceUnits(count);
}

} // namespace

class TestAccrual final : public QObject
{
    Q_OBJECT

private slots:
    void aFullHourIsThePrice()
    {
        Accrual cost;
        cost.addHourly(units(35001), kHour);
        QCOMPARE(cost.rounded(), units(35001));
        cost.addDaily(units(2400), kHour);
        QCOMPARE(cost.rounded(), units(35101));
    }

    void roundsHalfUpOnce()
    {
        Accrual cost;
        cost.addHourly(units(1), kHour / 2);
        QCOMPARE(cost.rounded(), units(1));
        cost.addHourly(units(1), kHour / 2);
        QCOMPARE(cost.rounded(), units(1)); // not twice
        Accrual less;
        less.addHourly(units(1), kHour / 2 - Milliseconds(1));
        QCOMPARE(less.rounded(), units(0));
        Accrual negative;
        negative.addHourly(units(-3), kHour / 2);
        QCOMPARE(negative.rounded(), units(-2));
    }

    /// However a time is cut, the sum is the same: a month by the second and by the month.
    void nothingDrifts()
    {
        const Money price = units(35007);
        Accrual whole;
        whole.addHourly(price, kHour * 720);
        Accrual parts;
        Milliseconds left = kHour * 720;
        for (qint64 step = 1; left > Milliseconds(0); step = step * 7 % 100003) {
            const Milliseconds part = std::min(left, Milliseconds(step * 100));
            parts.addHourly(price, part);
            left -= part;
        }
        QCOMPARE(parts, whole);
        QCOMPARE(whole.rounded(), price * 720);
    }

    void timeNeverRunsBackwards()
    {
        Accrual cost;
        cost.addHourly(units(35000), -kHour);
        QVERIFY(cost.isZero());
    }

    void saturates()
    {
        Accrual cost;
        for (int i = 0; i < 100; ++i)
            cost.addHourly(units(std::numeric_limits<qint64>::max()), kHour * 10000);
        QCOMPARE(cost.rounded(), units(std::numeric_limits<qint64>::max()));
    }

    void readsScaledAndDecimalAmounts()
    {
        QCOMPARE(Money::fromScaled(35000, 100000), std::optional(units(35000)));
        QCOMPARE(Money::fromScaled(3500, 10000), std::optional(units(35000)));
        QCOMPARE(Money::fromScaled(123456789, 100000000), std::optional(units(123457)));
        QVERIFY(!Money::fromScaled(1, 0));
        QCOMPARE(Money::fromDecimalText(u"0.35"), std::optional(units(35000)));
        QCOMPARE(Money::fromDecimalText(u" -12.000005 "), std::optional(units(-1200001)));
        QCOMPARE(Money::fromDecimalText(u"7"), std::optional(units(700000)));
        for (const char *bad : {"", "1e3", "0x1", "1,5", "$1", "nan", "1.", ".5", "9999999999999", "0.1234567890123"})
            QVERIFY2(!Money::fromDecimalText(QString::fromLatin1(bad)), bad);
    }
};

QTEST_GUILESS_MAIN(TestAccrual)
#include "tst_accrual.moc"
