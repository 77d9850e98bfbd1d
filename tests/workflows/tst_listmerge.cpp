// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/listmerge.h"

#include <QTest>

using namespace novita;

namespace {

using Lists = std::vector<Result<RowList<Product>>>;

Product offer(const char *id, BillingMode mode, qint64 price)
{
    Product product;
    product.id = ProductId(QString::fromLatin1(id));
    product.billingModes = {mode};
    if (mode == BillingMode::OnDemand)
        product.price = Money::fromPriceUnits(price);
    else if (mode == BillingMode::Spot)
        product.spotPrice = Money::fromPriceUnits(price);
    else
        product.monthlyPrices = {{Money::fromPriceUnits(price), 1}};
    return product;
}

Result<RowList<Product>> failure(ErrorKind kind)
{
    return Error::make(kind, QStringLiteral("no"));
}

} // namespace

class TestListMerge final : public QObject
{
    Q_OBJECT

private slots:
    void unitesPricesAndModes()
    {
        const auto merged = mergeLists<Product>(Lists{RowList<Product>{offer("a", BillingMode::OnDemand, 35000), offer("b", BillingMode::OnDemand, 1)},
                                                      RowList<Product>{offer("a", BillingMode::Spot, 20000)},
                                                      RowList<Product>{offer("a", BillingMode::Monthly, 100), offer("c", BillingMode::Monthly, 7)}},
                                                mergeOffer);
        QVERIFY(!merged.error);
        QCOMPARE(merged.rows.size(), 3);
        const Product &a = merged.rows.at(0);
        QCOMPARE(a.priceFor(BillingMode::OnDemand)->priceUnits(), 35000);
        QCOMPARE(a.priceFor(BillingMode::Spot)->priceUnits(), 20000);
        QCOMPARE(a.priceFor(BillingMode::Monthly)->priceUnits(), 100);
        QVERIFY(!merged.rows.at(1).priceFor(BillingMode::Spot));
    }

    void unstatedModesStayUnstated()
    {
        Product silent = offer("a", BillingMode::OnDemand, 5);
        silent.billingModes.clear();
        const auto merged = mergeLists<Product>(Lists{RowList<Product>{silent}, RowList<Product>{offer("a", BillingMode::Spot, 3)}}, mergeOffer);
        QVERIFY(merged.rows.constFirst().priceFor(BillingMode::OnDemand));
        QVERIFY(merged.rows.constFirst().priceFor(BillingMode::Spot));
    }

    void aListThatTheServerLacksIsEmpty()
    {
        const auto merged = mergeLists<Product>(Lists{RowList<Product>{offer("a", BillingMode::OnDemand, 5)}, failure(ErrorKind::NotFound)}, mergeOffer);
        QVERIFY(!merged.error);
        QCOMPARE(merged.rows.size(), 1);
        QCOMPARE(mergeLists<Product>(Lists{failure(ErrorKind::NotFound)}, mergeOffer).error->kind, ErrorKind::NotFound);
    }

    void aFailureIsKeptBesideWhatCame()
    {
        const auto merged = mergeLists<Product>(Lists{failure(ErrorKind::Server), RowList<Product>{offer("a", BillingMode::OnDemand, 5)},
                                                      failure(ErrorKind::Timeout)},
                                                mergeOffer);
        QCOMPARE(merged.error->kind, ErrorKind::Server);
        QCOMPARE(merged.rows.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestListMerge)
#include "tst_listmerge.moc"
