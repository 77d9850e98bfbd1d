// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/accountservice.h"
#include "core/workflows/accounting.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));

} // namespace

class TestSampleRecorder final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_network = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_stack = std::make_unique<ClientStack>(*m_network, *m_clock);
        m_stack->client.setKey(QStringLiteral("a-key-for-tests"));
        ApiClientConfig config = m_stack->client.config();
        config.maxRetries = 0;
        m_stack->client.setConfig(config);
        m_stack->history.open(m_dir->filePath(QStringLiteral("history.sqlite")));
        m_stack->history.setProfile(kMine, false);
        m_network->setResponder([this](const FakeRequest &) { return m_status == 0 ? FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError) : FakeAnswer::payload(R"({"availableBalance":"1000"})", m_status); });
        m_status = 200;
    }
    void cleanup()
    {
        m_stack.reset();
        m_network.reset();
    }

    void oneSampleAMinute()
    {
        poll();
        request();
        m_stack->accounting.samples.wake();
        m_stack->accounting.samples.wake();
        m_clock->advance(Seconds(59));
        m_stack->accounting.samples.wake();
        QCOMPARE(points("state/running").size(), 1);
        m_clock->advance(Seconds(1));
        m_stack->accounting.samples.wake();
        const QList<SamplePoint> running = points("state/running");
        QCOMPARE(running.size(), 2);
        QCOMPARE(running.first().mean, 1.0);
        QCOMPARE(points("burn/onDemand").first().mean, 35000.0);
        QCOMPARE(points("burn/total").first().mean, 35000.0 + 21);
        QCOMPARE(values("requests/ok"), (QList<double>{1, 0}));
        QCOMPARE(points("latency/p95").size(), 1); // of the minute in which there was one
        QCOMPARE(values("limiter/capacity").size(), 2);
        QVERIFY(values("limiter/used").first() >= 1);
        QCOMPARE(values("queue/depth").last(), 0.0);
    }

    void requestsAreCountedByTheirResult()
    {
        for (const int status : {200, 200, 404, 500, 0, 429}) {
            m_status = status;
            request();
        }
        QSignalSpy sampled(&m_stack->accounting.samples, &SampleRecorder::sampled);
        m_stack->accounting.samples.wake();
        QCOMPARE(sampled.size(), 1);
        QCOMPARE(values("requests/ok"), QList<double>{2});
        QCOMPARE(values("requests/refused"), QList<double>{1});
        QCOMPARE(values("requests/limited"), QList<double>{1});
        QCOMPARE(values("requests/failed"), QList<double>{2});
    }

    void deliveriesAreCountedWhileTheyCanCome()
    {
        std::optional<DeliveryCounts> counts;
        m_stack->accounting.samples.setDeliveries([&counts] { return counts; });
        m_stack->accounting.samples.wake();
        const auto minute = [&](std::optional<DeliveryCounts> now) {
            counts = now;
            m_clock->advance(Seconds(60));
            m_stack->accounting.samples.wake();
        };
        minute(DeliveryCounts{});
        minute(DeliveryCounts{7, 1, 2, 3});
        minute(std::nullopt); // switched off: a gap
        minute(DeliveryCounts{9, 1, 2, 3});
        minute(DeliveryCounts{1, 0, 0, 0}); // counted anew
        QCOMPARE(values("webhooks/accepted"), (QList<double>{0, 7, 2, 1}));
        QCOMPARE(values("webhooks/duplicate"), (QList<double>{0, 1, 0, 0}));
        QCOMPARE(values("webhooks/refused"), (QList<double>{0, 2, 0, 0}));
        QCOMPARE(values("webhooks/limited"), (QList<double>{0, 3, 0, 0}));
        QCOMPARE(values("requests/ok").size(), 6);
    }

    void theFirstSampleComesSoonAfterTheInstances()
    {
        poll();
        request();
        m_stack->stores.instances.markRefreshed(m_clock->now());
        QSignalSpy sampled(&m_stack->accounting.samples, &SampleRecorder::sampled);
        QTRY_COMPARE(sampled.size(), 1);
        QCOMPARE(values("state/running"), QList<double>{1});
    }

    void whatIsNotKnownIsNotWritten()
    {
        m_stack->accounting.samples.wake(); // nothing was read
        QCOMPARE(points("state/total").size(), 0);
        poll();
        request();
        m_clock->advance(Seconds(60));
        m_stack->accounting.samples.wake();
        QCOMPARE(points("state/total").size(), 1);
        // The line is cut: the last figures are old ones.
        m_status = 0;
        request();
        m_clock->advance(Seconds(60));
        m_stack->accounting.samples.wake();
        QCOMPARE(points("state/total").size(), 1);
        QCOMPARE(points("requests/failed").constLast().mean, 1.0);
    }

    void aSleepLeavesAGap()
    {
        poll();
        request();
        m_stack->accounting.samples.wake();
        m_clock->jumpWallClock(std::chrono::hours(3));
        m_stack->accounting.samples.wake();
        const QList<SamplePoint> total = points("state/total");
        QCOMPARE(total.size(), 2);
        QVERIFY(total.last().at - total.first().at >= std::chrono::hours(2));
    }

    void pricesAreKeptWhenTheyMove()
    {
        product(35000);
        m_clock->advance(Seconds(600));
        product(35000);
        m_clock->advance(Seconds(600));
        product(40000);
        const auto read = await(m_stack->history.prices.read(kMine, ProductId(QStringLiteral("p")), BillingMode::OnDemand, TimePoint(), m_clock->now() + Seconds(1)));
        QVERIFY(read.ok());
        QCOMPARE(read->size(), 2);
        QCOMPARE(read->last().price, std::optional(Money::fromPriceUnits(40000)));
    }

private:
    void product(qint64 units)
    {
        Product product;
        product.id = ProductId(QStringLiteral("p"));
        product.price = Money::fromPriceUnits(units);
        product.billingModes = {BillingMode::OnDemand};
        product.available = true;
        m_stack->stores.products.replaceAll({product});
        m_stack->stores.products.markRefreshed(m_clock->now());
    }
    void poll()
    {
        product(35000);
        Instance one;
        one.id = InstanceId(QStringLiteral("i"));
        one.status = InstanceStatus::Running;
        one.statusText = QStringLiteral("running");
        one.kind = QStringLiteral("gpu");
        one.billing = BillingMode::OnDemand;
        one.productId = ProductId(QStringLiteral("p"));
        one.gpuNum = 1;
        one.rootfsGb = 61; // 0.005 USD a day: 20.8 units an hour
        m_stack->stores.instances.adoptList({one}, m_clock->now());
        for (int turn = 0; turn < 3; ++turn)
            QCoreApplication::processEvents();
    }
    void request()
    {
        const auto balance = await(AccountService(m_stack->client).balance({RequestPriority::Poll, true, 0}));
        QCOMPARE(balance.ok(), m_status == 200);
    }
    QList<SamplePoint> points(const char *series) const
    {
        return await(m_stack->history.samples.read(kMine, QLatin1String(series), m_clock->now() - std::chrono::hours(20), m_clock->now() + Seconds(1), 10000)).valueOr({});
    }

    QList<double> values(const char *series) const
    {
        QList<double> out;
        for (const SamplePoint &point : points(series))
            out.append(point.mean);
        return out;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNam> m_network;
    std::unique_ptr<ClientStack> m_stack;
    int m_status = 200;
};

QTEST_GUILESS_MAIN(TestSampleRecorder)
#include "tst_samplerecorder.moc"
