// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxpopulate.h"
#include "core/sandbox/sandboxroutes.h"
#include "core/sandbox/sandboxworld.h"

#include "core/sandbox/instanceview.h"
#include "tests/support/fakeclock.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace novita;
using S = InstanceState;

namespace {

SandboxInstance ofProduct(const SandboxWorld &world, const QString &productId, int cards)
{
    const SandboxProduct *product = world.catalog().product(productId);
    SandboxInstance i;
    i.productId = productId;
    i.gpuNum = cards;
    i.billingMode = QStringLiteral("onDemand");
    i.hourly = product->price * cards;
    i.createdAt = world.now();
    world.planner().create(i, world.now(), 45);
    return i;
}

/// The volumes that are there from the start cost something.
void withoutVolumes(SandboxWorld &world)
{
    world.storages.clear();
    world.noteVolumes();
}

} // namespace

class TestSandboxWorld final : public QObject
{
    Q_OBJECT

private slots:
    void sameSeedSameWorld()
    {
        FakeClock clock;
        SandboxWorld a(clock, 7, 1.0), b(clock, 7, 1.0), c(clock, quint64(7) << 32, 1.0);
        for (SandboxWorld *world : {&a, &b, &c})
            populateSandbox(*world, 50, {});
        QJsonArray first, second, other;
        for (std::size_t i = 0; i < 50; ++i) {
            first.append(instanceDetail(a, *a.instances().at(i), {}));
            second.append(instanceDetail(b, *b.instances().at(i), {}));
            other.append(instanceDetail(c, *c.instances().at(i), {}));
        }
        QCOMPARE(first, second);
        QVERIFY(first != other);
        QCOMPARE(a.balance(), b.balance());
    }

    void populationIsMixed()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        populateSandbox(world, 2000, {});
        QSet<QString> states, modes, clusters, ids;
        for (const auto &i : world.instances()) {
            states.insert(instanceStateName(i->state));
            modes.insert(i->billingMode);
            clusters.insert(i->clusterId);
            ids.insert(i->id);
        }
        QCOMPARE(ids.size(), 2000);
        QCOMPARE(modes.size(), 3);
        QVERIFY(clusters.size() >= 7);
        for (const char *state : {"running", "exited", "pending", "toStop", "toRestart"})
            QVERIFY2(states.contains(QLatin1String(state)), state);
        QVERIFY(std::is_sorted(world.instances().begin(), world.instances().end(), [](const auto &a, const auto &b) { return a->createdAt < b->createdAt; }));
    }

    void stockIsTakenAndGivenBack()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        const SandboxProduct &product = *world.catalog().product(QStringLiteral("h200.20c220g"));
        QCOMPARE(world.freeStock(product), 3);
        SandboxInstance &i = world.addInstance(ofProduct(world, product.id, 2));
        QCOMPARE(world.freeStock(product), 1);
        world.advance(Seconds(100));
        world.settle();
        world.planner().stop(i, world.now());
        world.touch(i);
        world.advance(Seconds(100));
        world.settle();
        QCOMPARE(i.state, S::exited);
        QCOMPARE(world.freeStock(product), 3);
        world.setOutOfStock({product.id});
        QCOMPARE(world.freeStock(product), 0);
    }

    void removedIsForgottenButStaysPaid()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        populateSandbox(world, 0, Money::fromPriceUnits(100'000'000));
        withoutVolumes(world);
        SandboxInstance &i = world.addInstance(ofProduct(world, QStringLiteral("4090.16c62g"), 1));
        const QString id = i.id;
        world.advance(Seconds(11 + 3600));
        world.settle();
        QCOMPARE(world.balance().priceUnits(), 100'000'000 - 35000);
        world.planner().remove(i, world.now());
        world.touch(i);
        const Money left = world.balance();
        world.advance(Seconds(60));
        world.settle();
        QVERIFY(!world.instance(id));
        QVERIFY(world.instances().empty());
        QCOMPARE(world.balance(), left);
    }

    void openingBalanceIsWhatIsThere()
    {
        FakeClock clock;
        SandboxWorld world(clock, 3, 1.0);
        populateSandbox(world, 40, Money::fromPriceUnits(500'000'000));
        QCOMPARE(world.balance().priceUnits(), 500'000'000);
        const Money burn = world.burnPerHour();
        QVERIFY(!burn.isZero());
        world.advance(Seconds(60));
        world.settle();
        QVERIFY(world.balance().priceUnits() < 500'000'000);
    }

    void arrearsFreeze()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        populateSandbox(world, 0, Money::fromPriceUnits(50'000));
        SandboxInstance &i = world.addInstance(ofProduct(world, QStringLiteral("4090.16c62g"), 1));
        world.advance(Seconds(3600));
        world.settle();
        QCOMPARE(i.state, S::running);
        world.advance(Seconds(3600));
        world.settle();
        QCOMPARE(i.state, S::freezing);
        world.advance(Seconds(20));
        world.settle();
        QCOMPARE(i.state, S::exited);
    }

    void subscriptionsEndOrAreRenewed()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        populateSandbox(world, 0, Money::fromPriceUnits(1'000'000'000));
        withoutVolumes(world);
        SandboxInstance monthly = ofProduct(world, QStringLiteral("4090.16c62g"), 1);
        monthly.hourly = {};
        monthly.monthly = Money::fromPriceUnits(22'680'000);
        monthly.endTime = world.now() + Seconds(1000);
        SandboxInstance &ends = world.addInstance(monthly);
        monthly.autoRenew = true;
        monthly.autoRenewMonth = 1;
        SandboxInstance &renewed = world.addInstance(monthly);
        world.advance(Seconds(900));
        world.settle();
        world.advance(Seconds(101));
        world.settle();
        QCOMPARE(ends.state, S::freezing);
        QCOMPARE(renewed.state, S::running);
        QCOMPARE(world.balance().priceUnits(), 1'000'000'000 - 22'680'000);
        QCOMPARE(world.subscriptionBills.size(), 1);
        QCOMPARE(world.subscriptionBills.first().value(QLatin1String("tradeType")).toString(), QStringLiteral("monthly_re_buy"));
        QCOMPARE(world.subscriptionBills.first().value(QLatin1String("endTime")).toString(), unixText(renewed.endTime));
        // Nothing is renewed on credit.
        world.setOpeningBalance(Money::fromPriceUnits(22'680'000 + 1));
        world.advance(Seconds(31 * 24 * 3600));
        world.settle();
        QCOMPARE(renewed.state, S::freezing);
        QCOMPARE(world.balance().priceUnits(), 1);
    }

    void aConversionThatIsNotPaidChangesNothing()
    {
        FakeClock clock;
        SandboxWorld world(clock, 1, 1.0);
        populateSandbox(world, 0, Money::fromPriceUnits(50'000));
        SandboxInstance &i = world.addInstance(ofProduct(world, QStringLiteral("4090.16c62g"), 1));
        const auto convert = [&world, &i] {
            const QList<ApiOperation> operations = subscriptionOperations();
            const auto it = std::find_if(operations.begin(), operations.end(),
                                         [](const ApiOperation &one) { return QLatin1String(one.operationId) == QLatin1String("convertToMonthly"); });
            QStringList violations;
            const HttpRequest request;
            ApiCall call{world, request, {{QStringLiteral("instanceId"), i.id}, {QStringLiteral("month"), 1}}, violations, {}};
            return it->run(call).status;
        };
        QCOMPARE(convert(), 400);
        QVERIFY(i.monthly.isZero());
        QVERIFY(!i.hourly.isZero());
        QCOMPARE(i.billingMode, QStringLiteral("onDemand"));
        QVERIFY(world.subscriptionBills.isEmpty());
        world.setOpeningBalance(Money::fromPriceUnits(1'000'000'000));
        QCOMPARE(convert(), 200);
        QCOMPARE(i.monthly.priceUnits(), 22'680'000);
        QCOMPARE(i.billingMode, QStringLiteral("monthly"));
    }

    void reclaimPicksRunningSpot()
    {
        FakeClock clock;
        SandboxWorld world(clock, 5, 1.0);
        QVERIFY(!world.reclaim({}, {}));
        populateSandbox(world, 100, {});
        QVERIFY(world.reclaim({}, Seconds(10)));
        const auto &all = world.instances();
        QCOMPARE(std::count_if(all.begin(), all.end(), [](const auto &i) { return i->spotStatus == QLatin1String("notified"); }), 1);
    }

    void whoeverMigratesByItselfDoesSoWhenReclaimed_data()
    {
        QTest::addColumn<bool>("on");
        QTest::addColumn<bool>("hasHost");
        QTest::newRow("on") << true << true;
        QTest::newRow("off") << false << true;
        QTest::newRow("no other host") << true << false;
    }
    void whoeverMigratesByItselfDoesSoWhenReclaimed()
    {
        QFETCH(bool, on);
        QFETCH(bool, hasHost);
        FakeClock clock;
        SandboxWorld world(clock, 5, 1.0);
        SandboxInstance spot = ofProduct(world, QStringLiteral("4090.16c62g"), 1);
        spot.billingMode = QStringLiteral("spot");
        spot.spotStatus = QStringLiteral("running");
        spot.autoMigrate = on;
        SandboxInstance &own = world.addInstance(std::move(spot));
        world.advance(Seconds(600));
        world.settle();
        QCOMPARE(own.state, S::running);
        own.spotStatus = QStringLiteral("running");
        if (!hasHost)
            world.setOutOfStock({own.productId});
        QVERIFY(world.reclaim(own.id, Seconds(10)));
        world.advance(Seconds(60));
        world.settle();
        const bool moves = on && hasHost;
        QCOMPARE(own.state, moves ? S::migrating : S::exited);
        QCOMPARE(world.jobs.size(), moves ? 1 : 0);
        if (!moves)
            return;
        QCOMPARE(world.jobs.first().value(QLatin1String("type")).toString(), QStringLiteral("autoInstanceMigrate"));
        QCOMPARE(world.jobs.first().value(QLatin1String("instanceId")).toString(), own.id);
        world.advance(Seconds(60));
        world.settle();
        QCOMPARE(own.state, S::running);
        QCOMPARE(own.spotStatus, QStringLiteral("running"));
        QCOMPARE(own.spotReclaimTime, TimePoint());
        QCOMPARE(world.jobs.size(), 1); // once for each reclaim
    }

    void ambientActivityLeavesOthersAlone()
    {
        FakeClock clock;
        SandboxWorld world(clock, 5, 1.0);
        populateSandbox(world, 30, {});
        SandboxInstance &own = world.addInstance(ofProduct(world, QStringLiteral("4090.16c62g"), 1));
        world.advance(Seconds(600));
        world.settle();
        for (int n = 0; n < 300; ++n)
            playAmbientActivity(world);
        QCOMPARE(own.state, S::running);
        const auto &all = world.instances();
        QVERIFY(std::any_of(all.begin(), all.end(), [](const auto &i) { return i->state == S::toStop; }));
    }
};

QTEST_GUILESS_MAIN(TestSandboxWorld)
#include "tst_sandboxworld.moc"
