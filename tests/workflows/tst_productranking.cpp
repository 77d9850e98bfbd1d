// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/productchoice.h"
#include "core/workflows/productranking.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace novita;

namespace {

Product offer(const char *id, qint64 onDemand, qint64 spot, const QStringList &regions = {}, int memory = 60)
{
    Product product;
    product.id = ProductId(QString::fromLatin1(id));
    product.name = QString::fromLatin1(id);
    product.available = true;
    product.inventory = InventoryState::Normal;
    product.memoryGb = memory;
    product.regions = regions;
    product.billingModes = {BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly};
    if (onDemand != 0)
        product.price = Money::fromPriceUnits(onDemand);
    if (spot != 0)
        product.spotPrice = Money::fromPriceUnits(spot);
    return product;
}

QList<Cluster> clusters()
{
    Cluster singapore;
    singapore.id = ClusterId(QStringLiteral("as-sgp-2"));
    singapore.name = QStringLiteral("AS-SGP-02 (Singapore)");
    Cluster california;
    california.id = ClusterId(QStringLiteral("us-ca-6"));
    california.name = QStringLiteral("US-CA-06 (California)");
    return {singapore, california};
}

ProductQuery query(BillingMode mode)
{
    ProductQuery out;
    out.mode = mode;
    out.regionOrder = {QStringLiteral("AS-SGP-02"), QStringLiteral("US-CA-06")};
    return out;
}

QStringList idsOf(const QList<RankedProduct> &rows)
{
    QStringList out;
    for (const RankedProduct &row : rows)
        out.append(row.id.toString());
    return out;
}

const QString kSingapore = QStringLiteral("AS-SGP-02 (Singapore)");
const QString kCalifornia = QStringLiteral("US-CA-06 (California)");

} // namespace

class TestProductRanking final : public QObject
{
    Q_OBJECT

private slots:
    void lowestPriceOfTheModeWins()
    {
        const QList<Product> products{offer("a", 35000, 21000), offer("b", 30000, 25000)};
        QCOMPARE(idsOf(rankProducts(products, {}, query(BillingMode::OnDemand))), QStringList({u"b"_qs, u"a"_qs}));
        QCOMPARE(idsOf(rankProducts(products, {}, query(BillingMode::Spot))), QStringList({u"a"_qs, u"b"_qs}));
    }

    void zeroAndMissingPricesNeverWin()
    {
        Product zero = offer("zero", 35000, 0);
        zero.spotPrice = Money();
        Product negative = offer("negative", 35000, 0);
        negative.spotPrice = Money::fromPriceUnits(-5);
        const QList<RankedProduct> rows = rankProducts({zero, negative, offer("missing", 35000, 0), offer("real", 99000, 90000)}, {}, query(BillingMode::Spot));
        QCOMPARE(rows.first().id.toString(), u"real"_qs);
        QCOMPARE(rows.first().place, 1);
        for (qsizetype i = 1; i < rows.size(); ++i) {
            QCOMPARE(rows.at(i).verdict, RankVerdict::NoPrice);
            QCOMPARE(rows.at(i).place, 0);
            QCOMPARE(rows.at(i).reason, u"No spot price"_qs);
            QVERIFY(!rows.at(i).price);
            QVERIFY(!rows.at(i).total);
        }
    }

    void soldOutComesAfterDearer()
    {
        Product none = offer("none", 100, 0);
        none.inventory = InventoryState::None;
        Product unavailable = offer("unavailable", 200, 0);
        unavailable.available = false;
        const QList<RankedProduct> rows = rankProducts({none, unavailable, offer("dear", 90000, 0)}, {}, query(BillingMode::OnDemand));
        QCOMPARE(idsOf(rows), QStringList({u"dear"_qs, u"none"_qs, u"unavailable"_qs}));
        QCOMPARE(rows.at(1).reason, u"Out of stock"_qs);
        QCOMPARE(rows.at(2).verdict, RankVerdict::OutOfStock);
        QCOMPARE(rows.at(1).price, Money::fromPriceUnits(100));
    }

    void modeThatIsNotBillable()
    {
        Product product = offer("a", 35000, 21000);
        product.billingModes = {BillingMode::OnDemand};
        const QList<RankedProduct> rows = rankProducts({product}, {}, query(BillingMode::Spot));
        QCOMPARE(rows.first().verdict, RankVerdict::NotBillable);
        QCOMPARE(rows.first().reason, u"Not offered as spot"_qs);
    }

    void monthlyUsesItsOwnPrice()
    {
        Product product = offer("a", 35000, 0);
        Product other = offer("b", 10000, 0);
        product.monthlyPrices = {{Money::fromPriceUnits(5000000), 3}, {Money::fromPriceUnits(2000000), 1}};
        const QList<RankedProduct> rows = rankProducts({other, product}, {}, query(BillingMode::Monthly));
        QCOMPARE(idsOf(rows), QStringList({u"a"_qs, u"b"_qs}));
        QCOMPARE(rows.first().price, Money::fromPriceUnits(2000000));
        QCOMPARE(rows.at(1).reason, u"No monthly price"_qs);
    }

    void tiesGoByRegionOrderThenMemoryThenId()
    {
        const QList<Product> products{offer("z", 10, 0, {kSingapore}, 32), offer("a", 10, 0, {kCalifornia}, 128), offer("m", 10, 0, {kSingapore}, 64),
                                      offer("b", 10, 0, {kSingapore}, 32)};
        const QList<RankedProduct> rows = rankProducts(products, clusters(), query(BillingMode::OnDemand));
        QCOMPARE(idsOf(rows), QStringList({u"m"_qs, u"b"_qs, u"z"_qs, u"a"_qs}));
        QCOMPARE(rows.at(0).reason, u"Cheapest on-demand offer in AS-SGP-02"_qs);
        QCOMPARE(rows.at(1).reason, u"Same price, less memory"_qs);
        QCOMPARE(rows.at(3).reason, u"Same price, later in your region order"_qs);
    }

    void regionIsTheMostWantedAndJoinedByName()
    {
        const QList<Product> products{offer("a", 10, 0, {kCalifornia, kSingapore})};
        RankedProduct row = rankProducts(products, clusters(), query(BillingMode::OnDemand)).first();
        QCOMPARE(row.region, u"AS-SGP-02"_qs);
        QCOMPARE(row.clusterId, ClusterId(u"as-sgp-2"_qs));

        ProductQuery wanted = query(BillingMode::OnDemand);
        wanted.region = QStringLiteral("us-ca-06");
        row = rankProducts(products, clusters(), wanted).first();
        QCOMPARE(row.clusterId, ClusterId(u"us-ca-6"_qs));
        QVERIFY(row.isOffered());

        wanted.region = QStringLiteral("EU-DE-01");
        row = rankProducts(products, clusters(), wanted).first();
        QCOMPARE(row.reason, u"Not offered in EU-DE-01"_qs);
    }

    void anEmptyRegionListMeansEverywhere()
    {
        ProductQuery wanted = query(BillingMode::OnDemand);
        QVERIFY(rankProducts({offer("a", 10, 0)}, clusters(), wanted).first().region.isEmpty());
        wanted.region = QStringLiteral("US-CA-06");
        const RankedProduct row = rankProducts({offer("a", 10, 0)}, clusters(), wanted).first();
        QVERIFY(row.isOffered());
        QCOMPARE(row.clusterId, ClusterId(u"us-ca-6"_qs));
    }

    void unknownClusterKeepsTheRegion()
    {
        const RankedProduct row = rankProducts({offer("a", 10, 0, {QStringLiteral("XX-NEW-01 (Nowhere)")})}, clusters(), query(BillingMode::OnDemand)).first();
        QCOMPARE(row.region, u"XX-NEW-01"_qs);
        QVERIFY(row.clusterId.isEmpty());
    }

    void totalIsTimesGpusWithoutOverflow()
    {
        ProductQuery wanted = query(BillingMode::OnDemand);
        wanted.gpuCount = 8;
        const qint64 huge = std::numeric_limits<qint64>::max() / 2;
        const QList<RankedProduct> rows = rankProducts({offer("a", 35000, 0), offer("b", huge, 0)}, {}, wanted);
        QCOMPARE(rows.at(0).total, Money::fromPriceUnits(280000));
        QVERIFY(*rows.at(1).total > Money::fromPriceUnits(huge));
        QCOMPARE(rows.at(1).reason, u"More than ten times the cheapest"_qs);
    }

    void followersSayHowMuchMore()
    {
        const QList<RankedProduct> rows = rankProducts({offer("a", 100000, 0), offer("b", 125000, 0), offer("c", 100001, 0)}, {}, query(BillingMode::OnDemand));
        QCOMPARE(rows.at(1).reason, u"Less than 1 % above the cheapest"_qs);
        QCOMPARE(rows.at(2).reason, u"25 % above the cheapest"_qs);
        QCOMPARE(rows.at(2).place, 3);
    }

    void cpuProductsAreOnDemandOnly()
    {
        Product cpu = offer("cpu", 1000, 0);
        cpu.kind = ProductKind::Cpu;
        cpu.billingModes.clear();
        ProductQuery wanted = query(BillingMode::OnDemand);
        wanted.kind = ProductKind::Cpu;
        wanted.gpuCount = 4;
        QList<RankedProduct> rows = rankProducts({cpu, offer("gpu", 1, 0)}, {}, wanted);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().total, Money::fromPriceUnits(1000));
        wanted.mode = BillingMode::Spot;
        QCOMPARE(rankProducts({cpu}, {}, wanted).first().verdict, RankVerdict::NotBillable);
    }

    void nothingToRank() { QVERIFY(rankProducts({}, {}, query(BillingMode::Spot)).isEmpty()); }

    void preferredRegionsPutTheDefaultFirstOnce()
    {
        QCOMPARE(preferredRegions(u"us-ca-06"_qs, {u"AS-SGP-02"_qs, u"US-CA-06"_qs, u"AS-SGP-02"_qs}), QStringList({u"us-ca-06"_qs, u"AS-SGP-02"_qs}));
        QCOMPARE(preferredRegions({}, {u"A"_qs}), QStringList({u"A"_qs}));
        QCOMPARE(regionCode(kCalifornia), u"US-CA-06"_qs);
    }

    void theChoiceExplainsItself()
    {
        const QString singapore = QStringLiteral("AS-SGP-02 (Singapore)");
        const QString california = QStringLiteral("US-CA-06 (California)");
        Product gone = offer("gone", 10000, 5000, {singapore});
        gone.inventory = InventoryState::None;
        const ProductQuery onDemand = query(BillingMode::OnDemand);
        const auto explain = [&](const QList<Product> &products, const ProductQuery &wish) {
            return explainChoice(products, rankProducts(products, clusters(), wish), wish);
        };
        QCOMPARE(explain({offer("a", 35000, 0, {california}), gone}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in US-CA-06. Nothing can be had on demand in AS-SGP-02. Cheaper, but out of stock: gone."));
        QCOMPARE(explain({offer("a", 35000, 0, {california}), offer("b", 50000, 0, {singapore})}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in US-CA-06. It is not offered in AS-SGP-02; what can be had there costs more."));
        QCOMPARE(explain({offer("a", 35000, 0)}, onDemand), QStringLiteral("a is the cheapest on demand. It is offered everywhere, and the platform picks the region."));
        QCOMPARE(explain({gone, offer("a", 35000, 0)}, query(BillingMode::Spot)),
                 QStringLiteral("Nothing can be had as spot now. Out of stock: 1. Without a price: 1."));
        QCOMPARE(explain({}, onDemand), QStringLiteral("Nothing can be had on demand now."));
        // What decided between equals.
        QCOMPARE(explain({offer("a", 10, 0, {singapore}), offer("b", 10, 0, {california})}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in AS-SGP-02. As cheap: b. AS-SGP-02 is earlier in your region order."));
        QCOMPARE(explain({offer("a", 10, 0, {singapore}, 8), offer("b", 10, 0, {singapore}, 9)}, onDemand),
                 QStringLiteral("b is the cheapest on demand, in AS-SGP-02. As cheap: a. It has more memory."));
        QCOMPARE(explain({offer("a", 10, 0, {singapore}), offer("b", 10, 0, {singapore})}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in AS-SGP-02. As cheap: b. Between equals the id decides."));
        // How the region was found.
        QCOMPARE(explain({offer("a", 10, 0, {california, singapore})}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in AS-SGP-02. Of the regions that have it, AS-SGP-02 is the first in your order."));
        QCOMPARE(explain({offer("a", 10, 0, {u"XX-1"_qs, u"XX-2"_qs})}, onDemand),
                 QStringLiteral("a is the cheapest on demand, in XX-1. None of the regions that have it is in your order; XX-1 is named first. "
                                "Nothing can be had on demand in AS-SGP-02, US-CA-06."));
        ProductQuery there = onDemand;
        there.region = QStringLiteral("US-CA-06");
        QCOMPARE(explain({offer("a", 10, 0, {singapore})}, there), QStringLiteral("Nothing can be had on demand now. In other regions only: 1."));
    }

    void theOrderNeverWinsAgainstAPrice()
    {
        ProductQuery wish = query(BillingMode::OnDemand);
        const QList<Product> products{offer("dear", 50000, 0, {kSingapore}), offer("cheap", 35000, 0, {kCalifornia}), offer("both", 40000, 0, {kCalifornia, kSingapore})};
        QCOMPARE(idsOf(rankProducts(products, clusters(), wish)), QStringList({u"cheap"_qs, u"both"_qs, u"dear"_qs}));
        QCOMPARE(rankProducts(products, clusters(), wish).at(1).region, u"AS-SGP-02"_qs);
        std::reverse(wish.regionOrder.begin(), wish.regionOrder.end());
        QCOMPARE(idsOf(rankProducts(products, clusters(), wish)), QStringList({u"cheap"_qs, u"both"_qs, u"dear"_qs}));
        QCOMPARE(rankProducts(products, clusters(), wish).at(1).region, u"US-CA-06"_qs);
        // Who wants a region asks for it.
        wish.region = QStringLiteral("AS-SGP-02");
        QCOMPARE(idsOf(rankProducts(products, clusters(), wish)).mid(0, 2), QStringList({u"both"_qs, u"dear"_qs}));
    }

    void whatNeverWins_data()
    {
        QTest::addColumn<int>("mode");
        for (const BillingMode mode : {BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly})
            QTest::addRow("%d", static_cast<int>(mode)) << static_cast<int>(mode);
    }
    void whatNeverWins()
    {
        QFETCH(int, mode);
        const auto wish = query(BillingMode(mode));
        const auto priced = [](const char *id, std::optional<Money> price) {
            Product out = offer(id, 0, 0, {kSingapore});
            out.price = out.spotPrice = price;
            if (price)
                out.monthlyPrices = {{*price, 1}};
            return out;
        };
        const Money low = Money::fromPriceUnits(1);
        Product none = priced("none", low);
        none.inventory = InventoryState::None;
        Product closed = priced("closed", low);
        closed.available = false;
        Product otherwise = priced("otherwise", low);
        otherwise.billingModes.removeAll(BillingMode(mode));
        const QList<Product> products{priced("zero", Money()), priced("negative", Money::fromPriceUnits(-1)), priced("missing", {}), none, closed, otherwise,
                                      priced("real", Money::fromPriceUnits(900000))};
        const QList<RankedProduct> rows = rankProducts(products, clusters(), wish);
        QCOMPARE(rows.first().id.toString(), u"real"_qs);
        for (qsizetype i = 1; i < rows.size(); ++i) {
            QVERIFY(!rows.at(i).isOffered());
            QCOMPARE(rows.at(i).place, 0);
            QVERIFY(!rows.at(i).reason.isEmpty());
        }
        // Without the real one there is no winner at all.
        const QList<RankedProduct> left = rankProducts(products.mid(0, products.size() - 1), clusters(), wish);
        QVERIFY(!left.first().isOffered());
    }
};

QTEST_GUILESS_MAIN(TestProductRanking)
#include "tst_productranking.moc"
