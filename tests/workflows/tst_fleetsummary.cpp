// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/fleetsummary.h"
#include "core/workflows/stores.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace novita;
using S = InstanceStatus;

namespace {

Instance instance(int number, S status, BillingMode billing = BillingMode::OnDemand, int gpus = 2)
{
    Instance out;
    out.id = InstanceId(QString::number(number));
    out.name = QStringLiteral("i%1").arg(number);
    out.status = status;
    out.statusText = stateInfo(status).wire;
    out.productId = ProductId(QStringLiteral("4090"));
    out.billing = billing;
    out.gpuNum = gpus;
    return out;
}

Product product()
{
    Product out;
    out.id = ProductId(QStringLiteral("4090"));
    out.price = Money::fromPriceUnits(35000);
    out.spotPrice = Money::fromPriceUnits(20000);
    out.monthlyPrices = {{Money::fromPriceUnits(20000000), 1}};
    return out;
}

} // namespace

class TestFleetSummary final : public QObject
{
    Q_OBJECT

private slots:
    void countsAndSums()
    {
        Stores stores;
        FleetSummary fleet(stores);
        stores.products.replaceAll({product()});
        Instance failed = instance(6, S::Exited);
        failed.statusError = QStringLiteral("image not found");
        Instance foreign = instance(7, S::Running);
        foreign.productId = ProductId(QStringLiteral("gone"));
        stores.instances.adoptList({instance(1, S::Running), instance(2, S::Running, BillingMode::Spot, 1), instance(3, S::Pulling),
                                    instance(4, S::Creating), instance(5, S::Running, BillingMode::Monthly), failed, foreign},
                                   m_clock.now());
        QTRY_COMPARE(fleet.numbers().total, 7);
        const FleetNumbers &numbers = fleet.numbers();
        QCOMPARE(numbers.running, 4);
        QCOMPARE(numbers.transitional, 2);
        QCOMPARE(numbers.stopped, 1);
        QCOMPARE(numbers.failed, 1);
        QCOMPARE(numbers.burnPerHour, Money::fromPriceUnits(35000 * 2 + 20000 + 35000 * 2));
        QCOMPARE(numbers.unpriced, 1);
        QVERIFY(!numbers.balanceLasts);
        QCOMPARE(stores.instances.extra(InstanceId(QStringLiteral("2")))->pricePerHour, Money::fromPriceUnits(20000));
    }

    void tellsApartWhatIsPaidFor()
    {
        Stores stores;
        FleetSummary fleet(stores);
        stores.products.replaceAll({product()});
        Instance large = instance(1, S::Exited);
        large.rootfsGb = 160;
        Instance pulling = instance(2, S::Pulling, BillingMode::Spot, 1);
        pulling.volumes = {{QStringLiteral("local"), 20.0, {}, {}}, {QStringLiteral("network"), 500.0, StorageId(QStringLiteral("n")), {}}};
        stores.instances.adoptList({large, pulling, instance(3, S::Running, BillingMode::Monthly), instance(4, S::Starting)}, m_clock.now());
        QTRY_COMPARE(fleet.numbers().total, 4);
        QVERIFY(!fleet.numbers().volumesKnown);
        const Money disks = Money::fromPriceUnits(100 * 500 + 20 * 500);
        QCOMPARE(fleet.numbers().burn, (Burn{Money(), Money::fromPriceUnits(20000), Money::fromPriceUnits(20000000 * 2 / 720 + 1), disks}));
        NetworkStorage volume;
        volume.id = StorageId(QStringLiteral("n"));
        volume.sizeGb = 500;
        stores.storages.replaceAll({volume});
        stores.storages.markRefreshed(m_clock.now());
        QTRY_VERIFY(fleet.numbers().volumesKnown);
        QCOMPARE(fleet.numbers().burn.storagePerDay, disks + Money::fromPriceUnits(500 * 200));
        QCOMPARE(fleet.numbers().burnPerHour, Money::fromPriceUnits(20000 + (60000 + 100000 + 12) / 24));
    }

    void tellsHowLongTheBalanceLasts()
    {
        Stores stores;
        FleetSummary fleet(stores);
        stores.products.replaceAll({product()});
        stores.instances.adoptList({instance(1, S::Running)}, m_clock.now());
        Balance balance;
        balance.available = Money::fromPriceUnits(700000);
        stores.account.setBalance(balance);
        QTRY_COMPARE(fleet.numbers().balanceLasts, std::optional<Milliseconds>(std::chrono::hours(10)));
        balance.available = Money::fromPriceUnits(-5);
        stores.account.setBalance(balance);
        QTRY_COMPARE(fleet.numbers().balanceLasts, std::optional<Milliseconds>(Milliseconds(0)));
        stores.instances.reset();
        QTRY_VERIFY(!fleet.numbers().balanceLasts);
    }

    void oneSignalForOneTurn()
    {
        Stores stores;
        FleetSummary fleet(stores);
        QSignalSpy spy(&fleet, &FleetSummary::numbersChanged);
        stores.products.replaceAll({product()});
        stores.instances.adoptList({instance(1, S::Running)}, m_clock.now());
        stores.instances.adoptList({instance(1, S::Running), instance(2, S::Running)}, m_clock.now());
        QTRY_COMPARE(fleet.numbers().running, 2);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(spy.count(), 1);
    }

    void tenThousandRowsAreCheap()
    {
        Stores stores;
        FleetSummary fleet(stores);
        stores.products.replaceAll({product()});
        QList<Instance> rows;
        for (int i = 0; i < 10000; ++i)
            rows.append(instance(i, S::Running));
        stores.instances.adoptList(rows, m_clock.now());
        QTRY_COMPARE(fleet.numbers().total, 10000);

        qint64 best = std::numeric_limits<qint64>::max();
        for (int round = 0; round < 5; ++round) {
            rows[0].gpuNum = round + 3;
            stores.instances.adoptRows({rows[0]}, m_clock.now(), false);
            QElapsedTimer timer;
            timer.start();
            QCoreApplication::sendPostedEvents();
            best = std::min(best, timer.nsecsElapsed());
        }
        QCOMPARE(fleet.numbers().burnPerHour, Money::fromPriceUnits(35000) * (2 * 9999 + 7));
        // About 2 ms on the reference machine; the limit leaves room for sanitizers and a busy one.
        QVERIFY2(best < 100'000'000, qPrintable(QStringLiteral("%1 ms").arg(static_cast<double>(best) / 1e6)));
        qInfo("10,000 rows summed up in %.2f ms", static_cast<double>(best) / 1e6);
    }

private:
    FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestFleetSummary)
#include "tst_fleetsummary.moc"
