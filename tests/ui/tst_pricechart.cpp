// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "ui/products/pricechart.h"
#include "ui/widgets/chartpanel.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

constexpr int kPatienceMs = 15000;
const ProfileId kProfile(QStringLiteral("p"));
const ProductId kProduct(QStringLiteral("4090"));

struct Bench
{
    UiFixture fixture;
    QTemporaryDir dir;
    std::unique_ptr<PriceChart> chart;

    bool open()
    {
        History &history = fixture.context().history;
        history.setProfile(kProfile, false);
        if (!await(history.database.open(dir.filePath(QStringLiteral("history.sqlite")))).ok())
            return false;
        chart = std::make_unique<PriceChart>(fixture.context());
        chart->resize(320, 280);
        return true;
    }
    void note(std::chrono::hours ago, BillingMode mode, std::optional<qint64> units)
    {
        const std::optional<Money> price = units ? std::optional(Money::fromPriceUnits(*units)) : std::nullopt;
        fixture.context().history.prices.record(kProfile, {{kProduct, mode, fixture.clock().now() - ago, price, true}});
    }
    void show()
    {
        chart->setProduct(kProduct, ProductKind::Gpu);
        chart->show();
    }
    void press(const QString &name)
    {
        for (QPushButton *button : chart->findChildren<QPushButton *>()) {
            if (button->accessibleName() == name)
                button->click();
        }
    }
};

} // namespace

class TestPriceChart final : public QObject
{
    Q_OBJECT

private slots:
    void saysHowPricesMoved()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.note(std::chrono::hours(24 * 40), BillingMode::OnDemand, 50000);
        bench.note(std::chrono::hours(48), BillingMode::OnDemand, 33000);
        bench.note(std::chrono::hours(2), BillingMode::OnDemand, 35000);
        bench.note(std::chrono::hours(30), BillingMode::Spot, 17500);
        bench.show();
        QTRY_COMPARE_WITH_TIMEOUT(bench.chart->summary(),
                                  QStringLiteral("On demand: $0.35/h now, $0.33/h to $0.50/h. Spot: $0.175/h now, unchanged."), kPatienceMs);
        bench.press(QStringLiteral("Prices of 24 hours"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.chart->summary(),
                                  QStringLiteral("On demand: $0.35/h now, $0.33/h to $0.35/h. Spot: $0.175/h now, unchanged."), kPatienceMs);
        // The price that was in force before the window begins with it, and the last holds until now.
        const QStringList lines = bench.chart->findChild<ChartPanel *>()->csv().split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.first(), QStringLiteral("time,On demand,Spot"));
        QVERIFY(lines.at(1).endsWith(QStringLiteral(",0.33,0.175")));
        QVERIFY(lines.last().endsWith(QStringLiteral(",0.35,0.175")));
    }

    void anEndedOfferIsAGap()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.note(std::chrono::hours(5), BillingMode::Spot, 17500);
        bench.note(std::chrono::hours(1), BillingMode::Spot, std::nullopt);
        bench.show();
        QTRY_COMPARE_WITH_TIMEOUT(bench.chart->summary(), QStringLiteral("Spot: not offered now, $0.175/h before."), kPatienceMs);
    }

    void nothingKnownIsSaid()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.show();
        QTRY_VERIFY_WITH_TIMEOUT(bench.chart->summary().startsWith(QStringLiteral("No prices were noted")), kPatienceMs);
        UiFixture without;
        PriceChart chart(without.context());
        chart.setProduct(kProduct, ProductKind::Gpu);
        chart.show();
        QTRY_COMPARE_WITH_TIMEOUT(chart.summary(), QStringLiteral("The history of prices cannot be read."), kPatienceMs);
    }
};

QTEST_MAIN(TestPriceChart)
#include "tst_pricechart.moc"
