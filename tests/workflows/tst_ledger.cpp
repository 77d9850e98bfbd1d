// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/billbook.h"
#include "core/workflows/notificationcenter.h"
#include "core/settings/settingskeys.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QUrlQuery>

#include <algorithm>
#include <memory>

using namespace novita;

namespace {

constexpr qint64 kDay = 86400;
constexpr qint64 kBegin = 1767225600; // 2026-01-01, where the fake clock begins

Money units(qint64 count)
{
    return Money::fromPriceUnits(count);
}

UsageBill row(const char *owner, qint64 from, qint64 to, std::optional<Money> paid, const char *category = "gpu")
{
    UsageBill bill;
    bill.owner = QString::fromLatin1(owner);
    bill.category = QString::fromLatin1(category);
    bill.from = TimePoint(Seconds(kBegin + from));
    bill.to = TimePoint(Seconds(kBegin + to));
    bill.paid = paid;
    return bill;
}

TimePoint at(qint64 second)
{
    return TimePoint(Seconds(kBegin + second));
}

QByteArray billJson(const char *owner, qint64 from, qint64 to, qint64 amount)
{
    return QStringLiteral(R"({"ownerID":"%1","category":"gpu","startTime":"%2","endTime":"%3","payAmount":"%4","pricePrecision":"100000","payAmountDisplay":""})")
        .arg(QLatin1String(owner)).arg(kBegin + from).arg(kBegin + to).arg(amount).toUtf8();
}

Instance running(const char *id, qint64 since)
{
    Instance one;
    one.id = InstanceId(QString::fromLatin1(id));
    one.kind = QStringLiteral("gpu");
    one.status = InstanceStatus::Running;
    one.statusText = QStringLiteral("running");
    one.billing = BillingMode::OnDemand;
    one.productId = ProductId(QStringLiteral("p"));
    one.gpuNum = 1;
    one.rootfsGb = 60;
    one.createdAt = one.lastStartedAt = at(since);
    return one;
}

} // namespace

class TestLedger final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_network = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_stack = std::make_unique<ClientStack>(*m_network, *m_clock);
        m_stack->client.setKey(QStringLiteral("a-key-for-tests"));
        ApiClientConfig config = m_stack->client.config();
        config.maxRetries = 0;
        m_stack->client.setConfig(config);
        m_billStatus = 200;
        m_usage.clear();
        m_tooLarge.clear();
        m_tooFast.clear();
        m_asked = 0;
        m_network->setResponder([this](const FakeRequest &request) { return answer(request); });
        Product product;
        product.id = ProductId(QStringLiteral("p"));
        product.price = units(36000);
        m_stack->stores.products.replaceAll({product});
    }
    void cleanup()
    {
        m_stack.reset();
        m_network.reset();
    }

    void bookReplacesAndSums()
    {
        BillBook book;
        QVERIFY(!book.lastBilled());
        book.setUsage({row("a", 0, kDay, units(10)), row("a", 0, kDay, units(3), "local_storage"), row("b", 0, kDay, units(5))}, at(0), at(2 * kDay));
        book.setUsage({row("a", kDay, kDay + 3600, units(2)), row("a", kDay + 3600, kDay + 7200, units(99))}, at(kDay), at(kDay + 3700));
        QCOMPARE(book.of(QStringLiteral("a")), (BillBook::Billed{units(12), units(3), Money(), false})); // the hour under way does not count
        QCOMPARE(book.lastBilled(), std::optional(at(kDay + 3600)));
        QCOMPARE(book.lastBilled(QStringLiteral("b")), std::optional(at(kDay)));
        QVERIFY(!book.lastBilled(QStringLiteral("c")));
        book.setUsage({row("a", kDay, kDay + 3600, units(4))}, at(kDay), at(kDay + 7300));
        QCOMPARE(book.of(QStringLiteral("a")).gpu, units(14));
        QCOMPARE(book.of(QStringLiteral("a"), at(kDay)).gpu, units(4));
        QCOMPARE(book.within(at(0), at(kDay)).total(), units(18));
        book.setUsage({row("b", kDay, kDay + 60, std::nullopt)}, at(kDay), at(2 * kDay));
        QVERIFY(book.of(QStringLiteral("b")).partial);
        QVERIFY(!book.of(QStringLiteral("a")).partial);
    }

    void joinsBillAndWhatCameSince()
    {
        m_clock->advance(Seconds(kDay + 2 * 3600 + 1800)); // 2 January, 02:30
        m_usage = {billJson("i", 3600, kDay, 1000), billJson("i", kDay, kDay + 3600, 36000), billJson("i", kDay + 3600, kDay + 7200, 36000)};
        begin({running("i", 3600)});
        QTRY_VERIFY(ledger().readAt());
        QTRY_VERIFY(!ledger().costOf(QStringLiteral("i")).accruedGpu.isZero());
        const CostSoFar cost = ledger().costOf(QStringLiteral("i"));
        QCOMPARE(cost.billed.gpu, units(73000));
        QCOMPARE(cost.billedUntil, std::optional(at(kDay + 7200)));
        QCOMPARE(cost.accruedGpu, units(18000));
        QVERIFY(cost.complete);
        QCOMPARE(ledger().today()->total(), units(90000));
        QCOMPARE(ledger().thisMonth()->total(), units(91000));
        QVERIFY(ledger().today()->complete);
        // One row of days for what is whole, hours for today only.
        QCOMPARE(cycles(), QStringList({QStringLiteral("Day"), QStringLiteral("Hour")}));
        // Time goes on without anybody reading anything.
        m_clock->advance(Seconds(60));
        QCOMPARE(ledger().costOf(QStringLiteral("i")).accruedGpu, units(18600));
        QCOMPARE(m_asked, 2);
    }

    /// One server bills its instances at different times: what one of them was billed tells nothing of another.
    void aBillOfOneCoversNoOther()
    {
        m_clock->advance(Seconds(3 * 3600 + 1800)); // 03:30
        m_usage = {billJson("billed", 0, 3600, 36000), billJson("billed", 3600, 3 * 3600, 72000), billJson("billed", 3 * 3600, 3 * 3600 + 1800, 18000)};
        const qint64 later = 3 * 3600 + 1800 - 6000; // 1 h 40 min ago
        begin({running("billed", 0), running("late", later)});
        QTRY_VERIFY(ledger().readAt());
        QTRY_VERIFY(m_stack->accounting.usage.find(QStringLiteral("late")));
        const CostSoFar billed = ledger().costOf(QStringLiteral("billed"));
        QCOMPARE(billed.billedUntil, std::optional(at(3 * 3600 + 1800)));
        QCOMPARE(billed.total(), units(126000));
        const CostSoFar late = ledger().costOf(QStringLiteral("late"));
        QVERIFY(late.billed.total().isZero());
        QCOMPARE(late.billedUntil, std::optional(at(3600)));
        QCOMPARE(late.accruedGpu, units(60000));
        QVERIFY(late.complete);
        QCOMPARE(ledger().thisMonth()->total(), units(186000));
        QCOMPARE(ledger().today()->total(), units(186000));
        // What has not been billed yet is no difference between estimate and bill.
        QTRY_VERIFY(ledger().reconciliation());
        QCOMPARE(ledger().reconciliation()->owners, 1);
        QCOMPARE(ledger().reconciliation()->difference(), Money());
        // Its bill comes late, and is read although others were billed further.
        m_usage.append(billJson("late", later, 3 * 3600, later));
        m_clock->advance(Seconds(3600));
        poll({running("billed", 0), running("late", later)});
        QTRY_COMPARE(ledger().costOf(QStringLiteral("late")).billed.gpu, units(later));
    }

    void readsSeldom()
    {
        m_clock->advance(Seconds(kDay + 3600 + 300));
        begin({running("i", 3600)});
        QTRY_VERIFY(ledger().readAt());
        const int first = m_asked;
        for (int minute = 0; minute < 50; minute += 5) {
            m_clock->advance(Seconds(300));
            poll({running("i", 3600)});
        }
        QCOMPARE(m_asked, first);
        m_clock->advance(Seconds(600)); // past the full hour, and settled
        poll({running("i", 3600)});
        QTRY_COMPARE(m_asked, first + 1);
        QTRY_VERIFY(!ledger().isReading());
        QCOMPARE(cycles().constLast(), QStringLiteral("Hour"));
        // The statement of the running month stands beside the bills: each is as old as the other.
        const auto isStatement = [](const FakeRequest &request) { return request.path().endsWith(QLatin1String("/monthly/bill")); };
        QCOMPARE(std::count_if(m_network->requests().cbegin(), m_network->requests().cend(), isStatement), 2);
    }

    void aRefusalIsSaidAndNotRepeatedAtOnce()
    {
        m_clock->advance(Seconds(kDay + 3600));
        m_billStatus = 429;
        begin({running("i", 3600)});
        QTRY_VERIFY(ledger().lastError());
        QCOMPARE(ledger().lastError()->kind, ErrorKind::RateLimited);
        QVERIFY(!ledger().today());
        // Without a bill the estimate of this run is what there is; nothing says that it is all.
        const CostSoFar cost = ledger().costOf(QStringLiteral("i"));
        QVERIFY(!cost.billedUntil);
        const int asked = m_asked;
        poll({running("i", 3600)});
        QCOMPARE(m_asked, asked);
        m_billStatus = 200;
        m_clock->advance(Ledger::kAfterFailure + Seconds(61));
        poll({running("i", 3600)});
        QTRY_VERIFY(ledger().readAt());
        QVERIFY(!ledger().lastError());
    }

    void aReadThatFailsInTheMiddleTakesNothingAway()
    {
        m_clock->advance(Seconds(35 * kDay + 2 * 3600 + 1800)); // 5 February
        m_usage = {billJson("i", 3600, kDay, 1000), billJson("i", 32 * kDay, 33 * kDay, 500), billJson("i", 35 * kDay, 35 * kDay + 3600, 36)};
        begin({running("i", 3600)});
        QTRY_VERIFY(ledger().readAt());
        const CostSoFar before = ledger().costOf(QStringLiteral("i"));
        QCOMPARE(before.billed.gpu, units(1536));
        // The next day everything is read anew: the whole month comes, its days do not.
        m_clock->advance(Seconds(kDay));
        m_tooFast = QStringLiteral("Day");
        poll({running("i", 3600)});
        QTRY_VERIFY(ledger().lastError());
        QVERIFY(!ledger().isReading());
        QCOMPARE(ledger().costOf(QStringLiteral("i")).billed, before.billed);
        QCOMPARE(ledger().thisMonth()->billed.gpu, units(536));
        m_tooFast.clear();
        m_clock->advance(Ledger::kAfterFailure + Seconds(61));
        poll({running("i", 3600)});
        QTRY_VERIFY(!ledger().lastError());
        QCOMPARE(ledger().costOf(QStringLiteral("i")).billed, before.billed);
    }

    void anotherKeyForgetsTheBillsToo()
    {
        m_clock->advance(Seconds(7200));
        m_usage = {billJson("i", 0, 3600, 36000)};
        begin({running("i", 0)});
        QTRY_COMPARE(ledger().costOf(QStringLiteral("i")).billed.gpu, units(36000));
        m_stack->stores.resetCloudData();
        QVERIFY(!ledger().readAt());
        m_usage = {billJson("j", 0, 3600, 100)};
        m_clock->advance(Seconds(60));
        poll({running("j", 0)});
        QTRY_VERIFY(ledger().readAt());
        QCOMPARE(ledger().thisMonth()->billed.gpu, units(100));
    }

    void unknownStaysUnknown()
    {
        begin({});
        QTRY_VERIFY(ledger().readAt());
        QVERIFY(ledger().costOf(QStringLiteral("nobody")).isUnknown());
        Instance strange = running("s", 0);
        strange.productId = ProductId(QStringLiteral("not in the list"));
        m_clock->advance(Seconds(600));
        poll({strange});
        QTRY_VERIFY(m_stack->accounting.usage.find(QStringLiteral("s")));
        const CostSoFar cost = ledger().costOf(QStringLiteral("s"));
        QVERIFY(!cost.complete);
        QVERIFY(cost.total().isZero());
    }

    void tooManyRowsAreAskedForInLongerCycles()
    {
        m_clock->advance(Seconds(3 * kDay));
        m_tooLarge = QStringLiteral("Day");
        begin({running("i", 3600)});
        QTRY_VERIFY(ledger().readAt());
        QCOMPARE(cycles().mid(0, 2), QStringList({QStringLiteral("Day"), QStringLiteral("Month")}));
    }

    /// What is done in slices and on another thread comes to the same.
    void manyRowsInSlicesAndElsewhere()
    {
        constexpr int kOwners = 3000;
        m_clock->advance(Seconds(12 * 3600));
        RowList<Instance> rows;
        for (int i = 0; i < kOwners; ++i) {
            const QByteArray id = "i" + QByteArray::number(i);
            rows.append(running(id.constData(), 0));
            for (int hour = 0; hour < 10; ++hour)
                m_usage.append(billJson(id.constData(), 3600 * hour, 3600 * (hour + 1), 36000 + i));
        }
        m_clock->advance(Seconds(-12 * 3600 + 60));
        begin(rows); // seen from the beginning on
        QTRY_VERIFY(ledger().readAt());
        m_clock->advance(Seconds(12 * 3600));
        QSignalSpy reconciled(&ledger(), &Ledger::reconciled);
        poll(rows);
        QTRY_COMPARE(reconciled.size(), 1);

        BillBook book;
        QList<UsageBill> bills;
        for (int i = 0; i < kOwners; ++i) {
            for (int hour = 0; hour < 10; ++hour)
                bills.append(row(("i" + QByteArray::number(i)).constData(), 3600 * hour, 3600 * (hour + 1), units(36000 + i)));
        }
        book.setUsage(bills, at(0), m_clock->now());
        Reconciliation sum;
        for (int i = 0; i < kOwners; ++i) {
            const QString owner = QStringLiteral("i%1").arg(i);
            QCOMPARE(ledger().costOf(owner).billed, book.of(owner));
            const std::optional<Reconciliation> one = ledger().reconciliationOf(owner);
            QVERIFY(one);
            sum.estimated += one->estimated;
            sum.billed += one->billed;
            ++sum.owners;
        }
        QVERIFY(ledger().reconciliation());
        QCOMPARE(ledger().reconciliation()->owners, kOwners);
        QCOMPARE(ledger().reconciliation()->estimated, sum.estimated);
        QCOMPARE(ledger().reconciliation()->billed, sum.billed);
        QCOMPARE(ledger().thisMonth()->billed, book.within(at(0), TimePoint::max()));
    }

    void aSwitchDropsWhatIsBeingWorkedOut()
    {
        m_clock->advance(Seconds(12 * 3600));
        for (int i = 0; i < 60000; ++i)
            m_usage.append(billJson("i", i / 2, i / 2 + 1, 1));
        m_stack->accounting.setProfile(ProfileId(QStringLiteral("mine")));
        QTRY_VERIFY(m_stack->accounting.usage.isReady());
        m_stack->stores.instances.adoptList({running("i", 0)}, m_clock->now());
        // Until the rows are on their way into the book.
        QElapsedTimer patience;
        patience.start();
        while (QThreadPool::globalInstance()->activeThreadCount() == 0 && patience.elapsed() < 20000)
            QCoreApplication::processEvents();
        QVERIFY(QThreadPool::globalInstance()->activeThreadCount() > 0);
        QVERIFY(ledger().isReading());
        m_stack->accounting.setProfile({});
        QVERIFY(QThreadPool::globalInstance()->waitForDone(20000));
        for (int turn = 0; turn < 5; ++turn)
            QCoreApplication::processEvents();
        QVERIFY(!ledger().isReading());
        QVERIFY(!ledger().readAt());
        QVERIFY(!ledger().reconciliation());
        QVERIFY(ledger().costOf(QStringLiteral("i")).isUnknown());
    }

    void forgetsWithTheProfile()
    {
        m_clock->advance(Seconds(7200));
        m_usage = {billJson("i", 0, 3600, 36000)};
        begin({running("i", 0)});
        QTRY_COMPARE(ledger().costOf(QStringLiteral("i")).billed.gpu, units(36000));
        QSignalSpy spy(&ledger(), &Ledger::billsChanged);
        m_stack->accounting.setProfile({});
        QCOMPARE(spy.count(), 1);
        QVERIFY(!ledger().readAt());
        QVERIFY(ledger().costOf(QStringLiteral("i")).isUnknown());
    }

    // ---- marks

    void marksAreRead()
    {
        QCOMPARE(parseMoneyMarks(QStringLiteral("5, 20.5,5")).value(), QList<Money>({units(2050000), units(500000)}));
        QVERIFY(parseMoneyMarks(QString()).value().isEmpty());
        for (const char *bad : {"five", "0", "-3", "1e2", "1,2,3,4,5,6,7,8,9,10,11"})
            QVERIFY2(!parseMoneyMarks(QString::fromLatin1(bad)).ok(), bad);
        QCOMPARE(parseHourMarks(QStringLiteral("4, 24")).value(), QList<std::chrono::hours>({std::chrono::hours(24), std::chrono::hours(4)}));
        for (const char *bad : {"0", "1.5", "9000", "soon"})
            QVERIFY2(!parseHourMarks(QString::fromLatin1(bad)).ok(), bad);
    }

    void aMarkIsCrossedOnce()
    {
        using Step = LowMark::Step;
        LowMark mark(1000);
        QCOMPARE(mark.look(1050), Step::None); // not known which way
        QCOMPARE(mark.look(999), Step::Fell);
        QCOMPARE(mark.look(500), Step::None);
        QCOMPARE(mark.look(1010), Step::None);
        QCOMPARE(mark.look(990), Step::None); // wavers
        QCOMPARE(mark.look(1100), Step::Rose);
        QCOMPARE(mark.look(999), Step::Fell);
    }

    void lowBalanceIsToldOnce()
    {
        QVERIFY(m_stack->settings->setValue(keys::kLowBalanceMarks, QStringLiteral("20, 5")).ok());
        QVERIFY(m_stack->settings->setValue(keys::kLowHoursMarks, QStringLiteral("24")).ok());
        m_stack->stores.instances.adoptList({running("i", 0)}, m_clock->now());
        balance(units(5000000)); // 50 USD: 138 hours
        QCOMPARE(texts().size(), 0);
        balance(units(1900000));
        QCOMPARE(texts().size(), 1);
        balance(units(1800000));
        balance(units(400000)); // 11 hours, and below 5
        QCOMPARE(texts().size(), 3);
        QVERIFY(texts().at(1).contains(QLatin1String("$5.00")));
        QVERIFY(texts().at(2).contains(QLatin1String("11 hour")));
        balance(units(5000000));
        balance(units(400000));
        QCOMPARE(texts().size(), 5); // the lowest of each kind
    }

private:
    Ledger &ledger() { return m_stack->accounting.ledger; }
    void begin(const RowList<Instance> &rows)
    {
        m_stack->accounting.setProfile(ProfileId(QStringLiteral("mine")));
        QTRY_VERIFY(m_stack->accounting.usage.isReady());
        poll(rows);
    }
    void poll(const RowList<Instance> &rows)
    {
        m_stack->stores.instances.adoptList(rows, m_clock->now());
        QCoreApplication::processEvents();
    }
    void balance(Money amount)
    {
        Balance balance;
        balance.available = amount;
        m_stack->stores.account.setBalance(balance);
        for (int turn = 0; turn < 3; ++turn)
            QCoreApplication::processEvents();
    }
    QStringList texts() const { return m_stack->eventTexts().filter(QStringLiteral("balance"), Qt::CaseInsensitive); }
    QStringList cycles() const
    {
        QStringList out;
        for (const FakeRequest &request : m_network->requests()) {
            if (request.path().endsWith(QLatin1String("/bill/list")))
                out.append(QUrlQuery(request.request.url()).queryItemValue(QStringLiteral("cycleType")));
        }
        return out;
    }
    FakeAnswer answer(const FakeRequest &request)
    {
        if (!request.path().contains(QLatin1String("/billing/bill/list")))
            return FakeAnswer::payload(request.path().contains(QLatin1String("networkstorages")) ? R"({"data":[]})" : "{}");
        ++m_asked;
        if (m_billStatus != 200)
            return FakeAnswer::payload(R"({"code":429,"reason":"LIST_BILL_TOO_FAST","message":"slow down"})", m_billStatus);
        const QUrlQuery query(request.request.url());
        if (query.queryItemValue(QStringLiteral("cycleType")) == m_tooFast)
            return FakeAnswer::payload(R"({"code":429,"reason":"LIST_BILL_TOO_FAST","message":"slow down"})", 429);
        if (query.queryItemValue(QStringLiteral("cycleType")) == m_tooLarge)
            return FakeAnswer::payload("{\"bills\":[" + QByteArrayList(100001, "1").join(',') + "]}");
        QByteArrayList rows;
        const qint64 from = query.queryItemValue(QStringLiteral("startTime")).toLongLong();
        const qint64 to = query.queryItemValue(QStringLiteral("endTime")).toLongLong();
        for (const QByteArray &one : std::as_const(m_usage)) {
            const QJsonObject bill = QJsonDocument::fromJson(one).object();
            const qint64 begin = bill.value(QLatin1String("startTime")).toString().toLongLong();
            if (begin >= from && begin < to)
                rows.append(one);
        }
        return FakeAnswer::payload("{\"bills\":[" + rows.join(',') + "]}");
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeNam> m_network;
    std::unique_ptr<ClientStack> m_stack;
    QByteArrayList m_usage;
    QString m_tooLarge;
    QString m_tooFast;
    int m_billStatus = 200;
    int m_asked = 0;
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
