// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/billingservice.h"
#include "core/net/apiclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

std::optional<Money> paid(const char *json)
{
    DecodeLog log;
    return paidAmount(JsonReader(QJsonDocument::fromJson(json).object(), log));
}

Money units(qint64 count)
{
    return Money::fromPriceUnits(count);
}

} // namespace

class TestBills final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_network = std::make_unique<FakeNam>();
        m_client = std::make_unique<ApiClient>(*m_network, m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("a-key-for-tests"));
        ApiClientConfig config = m_client->config();
        config.maxRetries = 0;
        m_client->setConfig(config);
    }
    void cleanup()
    {
        m_client.reset();
        m_network.reset();
    }

    void takesTheFinerOfTwoAmountsThatAgree()
    {
        QCOMPARE(paid(R"({"payAmount":"35000","payAmountDisplay":"0.35","pricePrecision":"100000"})"), std::optional(units(35000)));
        QCOMPARE(paid(R"({"payAmount":"35004","payAmountDisplay":"0.35","pricePrecision":"100000"})"), std::optional(units(35004)));
        QCOMPARE(paid(R"({"payAmount":"35004","payAmountDisplay":"0.35","pricePrecision":"10000"})"), std::optional(units(35000)));
        QCOMPARE(paid(R"({"payAmount":"35004","payAmountDisplay":"","pricePrecision":"100000"})"), std::optional(units(35004)));
        QCOMPARE(paid(R"({"payAmount":35004,"payAmountDisplay":"0.4"})"), std::optional(units(40000)));
        QVERIFY(!paid(R"({"payAmount":"35004"})")); // in which unit?
        QVERIFY(!paid(R"({"payAmountDisplay":"about 3"})"));
    }

    void readsUsage()
    {
        m_network->setResponder([](const FakeRequest &) {
            return FakeAnswer::payload(R"({"bills":[
                {"ownerID":"i-1","productName":"RTX 4090 24GB","category":"gpu","startTime":"1763683200","endTime":"1763686800","payAmount":"35000","payAmountDisplay":"0.35","pricePrecision":"100000"},
                {"ownerID":"i-1","category":"local_storage","startTime":1763683200,"endTime":1763686800,"payAmountDisplay":"0.00417"},
                {"ownerID":"x","category":"gpu","payAmountDisplay":"1"}]})");
        });
        const auto rows = await(BillingService(*m_client).usage(BillCycle::Hour, TimePoint(Seconds(1763683200)), TimePoint(Seconds(1763690400))));
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), 2);
        QVERIFY(rows->partial);
        QCOMPARE(rows->at(0).paid, std::optional(units(35000)));
        QVERIFY(!rows->at(0).isDisk());
        QVERIFY(rows->at(1).isDisk());
        QVERIFY(rows->at(0).id != rows->at(1).id);
        const FakeRequest sent = m_network->requests().front();
        QCOMPARE(sent.path(), QStringLiteral("/openapi/v1/billing/bill/list"));
        QCOMPARE(sent.request.url().query(), QStringLiteral("cycleType=Hour&productCategory=summary&startTime=1763683200&endTime=1763690400"));
    }

    void readsTermsAndStatements()
    {
        m_network->setResponder([](const FakeRequest &request) {
            if (request.path().endsWith(QLatin1String("/bill/monthly/list")))
                return FakeAnswer::payload(R"({"bills":[{"ownerID":"m","productCategory":"gpu","tradeType":"monthly_new_buy","payAmount":"22680000","payAmountDisplay":"226.80","pricePrecision":"100000","createTime":"1763683200","startTime":"1763683200","endTime":"1766275200"}]})");
            return FakeAnswer::payload(R"({"data":[{"billId":"b-1","billingMonth":"2026-10","totalAmount":"98000","debtAmount":"0","status":"paid"},{"billingMonth":"2026-09","totalAmount":"1"}]})");
        });
        const BillingService service(*m_client);
        const auto terms = await(service.fixedTerm(TimePoint(), TimePoint(Seconds(1763690400))));
        QCOMPARE(terms->size(), 1);
        QCOMPARE(terms->first().paid, std::optional(units(22680000)));
        QCOMPARE(terms->first().paidAt, TimePoint(Seconds(1763683200)));
        const auto months = await(service.statements());
        QCOMPARE(months->size(), 2);
        QCOMPARE(months->first().total, std::optional(units(980000))); // 1/10000 USD
        QVERIFY(!months->at(1).debt);
    }

    void emptyAnswersAreEmptyLists_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("null") << QByteArray(R"({"bills":null})");
        QTest::newRow("empty object") << QByteArray("{}");
        QTest::newRow("empty list") << QByteArray(R"({"bills":[]})");
    }
    void emptyAnswersAreEmptyLists()
    {
        QFETCH(QByteArray, body);
        m_network->setResponder([body](const FakeRequest &) { return FakeAnswer::payload(body); });
        const auto rows = await(BillingService(*m_client).usage(BillCycle::Day, TimePoint(), TimePoint(Seconds(1))));
        QVERIFY(rows.ok());
        QVERIFY(rows->isEmpty());
        QVERIFY(!rows->partial);
    }

    void tooFastIsARateLimit()
    {
        m_network->setResponder([](const FakeRequest &) {
            return FakeAnswer::payload(R"({"code":429,"reason":"LIST_BILL_TOO_FAST","message":"slow down"})", 429);
        });
        const auto rows = await(BillingService(*m_client).usage(BillCycle::Day, TimePoint(), TimePoint(Seconds(1))));
        QVERIFY(!rows.ok());
        QCOMPARE(rows.error().kind, ErrorKind::RateLimited);
        QCOMPARE(rows.error().apiReason, QStringLiteral("LIST_BILL_TOO_FAST"));
    }

private:
    FakeClock m_clock;
    std::unique_ptr<FakeNam> m_network;
    std::unique_ptr<ApiClient> m_client;
};

QTEST_GUILESS_MAIN(TestBills)
#include "tst_bills.moc"
