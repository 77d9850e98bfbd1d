// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchruns.h"
#include "core/workflows/productranking.h"
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace novita;

namespace {

constexpr int kPatienceMs = 20000;

/// What the wizard would choose in that mode.
QList<RankedProduct> rankingOf(const SandboxFixture &world, BillingMode mode)
{
    ProductQuery query;
    query.mode = mode;
    query.regionOrder = {QStringLiteral("AS-SGP-02"), QStringLiteral("US-CA-06")};
    return rankProducts(world.stack.stores.products.all(), world.stack.stores.clusters.all(), query);
}

bool readLists(SandboxFixture &world)
{
    for (const DataKind kind : {DataKind::Products, DataKind::Clusters}) {
        const auto read = world.refresh(kind);
        if (!read || !read->ok())
            return false;
    }
    return true;
}

} // namespace

/// Creates in each billing mode with the product that the ranking chooses, and batches that meet a limit.
class TestCreateForms final : public QObject
{
    Q_OBJECT

private slots:
    void theBestOfEachModeCanBeCreated_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("on demand") << static_cast<int>(BillingMode::OnDemand);
        QTest::newRow("spot") << static_cast<int>(BillingMode::Spot);
        QTest::newRow("monthly") << static_cast<int>(BillingMode::Monthly);
    }
    void theBestOfEachModeCanBeCreated()
    {
        QFETCH(int, mode);
        const auto billing = static_cast<BillingMode>(mode);
        SandboxFixture world;
        QVERIFY(world.connect());
        QVERIFY(readLists(world));
        const QList<RankedProduct> ranking = rankingOf(world, billing);
        QVERIFY(!ranking.isEmpty() && ranking.first().isOffered());
        QVERIFY(*ranking.first().price > Money());
        InstanceDraft draft = world.draft(QStringLiteral("trainer"));
        draft.productId = ranking.first().id;
        draft.clusterId = ranking.first().clusterId;
        draft.billing = billing;
        draft.autoRenew = billing == BillingMode::Monthly;
        draft.jupyter = true;
        draft.minCudaVersion = QStringLiteral("12.4");
        const auto outcome = world.create(draft);
        QVERIFY(outcome && outcome->ok());
        QVERIFY(world.reaches((*outcome)->id, QStringLiteral("running")));
        const Instance *made = world.stack.stores.instances.find((*outcome)->id);
        QCOMPARE(made->billing, billing);
        QCOMPARE(made->productId, draft.productId);
        QCOMPARE(world.violations(), QStringList());
    }

    void aSpotPriceOfZeroNeverWins()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        QVERIFY(readLists(world));
        int without = 0;
        for (const RankedProduct &row : rankingOf(world, BillingMode::Spot)) {
            without += row.price ? 0 : 1;
            QVERIFY(!row.isOffered() || (row.price && *row.price > Money()));
        }
        QVERIFY(without > 0); // the catalogue has such offers
    }

    void aLimitStopsTheBatch()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        QVERIFY(readLists(world));
        const BatchCreate *first = world.stack.batches.begin(BatchCreate::copies(world.draft(QStringLiteral("swarm")), 2), 1);
        QVERIFY(first);
        QTRY_COMPARE_WITH_TIMEOUT(first->count(BatchRow::State::Created), 2, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!world.stack.batches.isSending(), kPatienceMs);
        QVERIFY(world.cloud.addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("createInstance")},
                                      {QStringLiteral("reason"), QStringLiteral("CREATE_INSTANCE_LIMIT")}, {QStringLiteral("message"), QStringLiteral("limit")}}));
        const int before = world.countRequests(QLatin1String("createInstance"));
        const BatchCreate *second = world.stack.batches.begin(BatchCreate::copies(world.draft(QStringLiteral("swarm")), 10), 1);
        QVERIFY(second);
        QTRY_COMPARE_WITH_TIMEOUT(second->count(BatchRow::State::Skipped), 9, kPatienceMs);
        QCOMPARE(second->count(BatchRow::State::Failed), 1);
        QCOMPARE(world.countRequests(QLatin1String("createInstance")), before + 1);
        QVERIFY(!second->stopReason().isEmpty());
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestCreateForms)
#include "tst_createforms.moc"
