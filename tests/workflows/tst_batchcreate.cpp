// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchcreate.h"
#include "tests/workflows/createbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using State = BatchRow::State;

namespace {

InstanceDraft secretDraft()
{
    InstanceDraft out = draft();
    out.envs = {{QStringLiteral("TOKEN"), QStringLiteral("planted-secret-value")}};
    return out;
}

/// `restart()` is a kill.
struct Bench : CreateBench
{
    Bench() { restart(); }
    bool restart()
    {
        kill();
        build();
        return openFile() && connectToCloud();
    }
};

bool finishes(BatchCreate &batch)
{
    QSignalSpy finished(&batch, &BatchCreate::finished);
    return finished.wait(20000);
}

} // namespace

class TestBatchCreate : public QObject
{
    Q_OBJECT

private slots:
    void copiesGetTheirNumbers()
    {
        const QList<InstanceDraft> three = BatchCreate::copies(draft(), 3);
        QCOMPARE(three.size(), 3);
        QCOMPARE(three.at(0).name, QStringLiteral("trainer-1"));
        QCOMPARE(three.at(2).name, QStringLiteral("trainer-3"));
        QCOMPARE(BatchCreate::copies(draft(), 1).first().name, QStringLiteral("trainer"));
        QCOMPARE(BatchCreate::copies(draft(), 1'000'000).size(), BatchCreate::kMostRows);
    }

    void namesFollowThePattern()
    {
        const QList<InstanceDraft> twelve = BatchCreate::copies(draft(), 12, QStringLiteral("{nnn}-node-{n}"));
        QCOMPARE(twelve.first().name, QStringLiteral("001-node-1"));
        QCOMPARE(twelve.last().name, QStringLiteral("012-node-12"));
        QCOMPARE(BatchCreate::copies(draft(), 2, QStringLiteral("{x}")).last().name, QStringLiteral("{x}-2"));
        QVERIFY(BatchCreate::copies(draft(), 2, QString()).last().name.isEmpty());
    }

    void aRowThatCannotBeHadSaysSo()
    {
        Stores stores;
        QVERIFY(BatchCreate::problems(draft(), stores).isEmpty()); // nothing was read: nothing is known
        Product product;
        product.id = ProductId(QStringLiteral("4090"));
        product.name = QStringLiteral("RTX 4090");
        product.available = true;
        product.inventory = InventoryState::None;
        stores.products.replaceAll({product});
        QCOMPARE(BatchCreate::problems(draft(), stores).last(), QStringLiteral("RTX 4090 is out of stock."));
        InstanceDraft stranger = draft();
        stranger.productId = ProductId(QStringLiteral("unheard-of"));
        stores.products.markRefreshed(TimePoint(Milliseconds(1)));
        QCOMPARE(BatchCreate::problems(stranger, stores), QStringList{QStringLiteral("There is no product “unheard-of”.")});
    }

    void createsEachOnceAndFewAtATime()
    {
        Bench bench;
        int flying = 0;
        int most = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path == kCreate)
                most = std::max(most, ++flying);
            return std::nullopt;
        };
        BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 8), 3);
        connect(&batch, &BatchCreate::rowChanged, this, [&](int row) { flying -= batch.rows().at(row).state == State::Created; });
        batch.start();
        QVERIFY(finishes(batch));
        QCOMPARE(batch.count(State::Created), 8);
        QCOMPARE(bench.cloud.count(kCreate), 8);
        QVERIFY(most <= 3);
        QCOMPARE(bench.names().size(), 8);
        const QList<Operation> written = bench.written();
        QCOMPARE(written.size(), 8);
        for (const Operation &operation : written) {
            QCOMPARE(operation.state, OperationState::Done);
            QCOMPARE(operation.parent, batch.operation());
            QVERIFY(!operation.subject.isEmpty());
        }
    }

    void rowsOfOneNameAreToldApart()
    {
        Bench bench;
        BatchCreate batch(bench.stack->creator, {draft(), draft(), draft()}, 3);
        batch.start();
        QVERIFY(finishes(batch));
        QCOMPARE(bench.names(), QStringList({QStringLiteral("trainer"), QStringLiteral("trainer-2"), QStringLiteral("trainer-3")}));
    }

    void stopsAtTheFirstRefusalForMoney_data()
    {
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("balance") << QByteArray("BALANCE_NOT_ENOUGH");
        QTest::newRow("quota") << QByteArray("CREATE_INSTANCE_LIMIT");
        QTest::newRow("capacity") << QByteArray("INSUFFICIENT_RESOURCE");
    }
    void stopsAtTheFirstRefusalForMoney()
    {
        QFETCH(QByteArray, reason);
        Bench bench;
        int asked = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kCreate || ++asked <= 2)
                return std::nullopt;
            return FakeAnswer::payload("{\"code\":400,\"reason\":\"" + reason + "\",\"message\":\"no\"}", 400);
        };
        BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 10), 1);
        batch.start();
        QVERIFY(finishes(batch));
        QCOMPARE(batch.count(State::Created), 2);
        QCOMPARE(batch.count(State::Failed), 1);
        QCOMPARE(batch.count(State::Skipped), 7);
        QCOMPARE(asked, 3);
        QVERIFY(!batch.stopReason().isEmpty());
        QVERIFY(batch.rows().last().message.contains(batch.stopReason()));

        bench.cloud.intercept = {};
        batch.retryFailed();
        QVERIFY(finishes(batch));
        QCOMPARE(batch.count(State::Created), 10);
        QCOMPARE(bench.names().size(), 10);
    }

    void anotherFailureStopsNothing()
    {
        Bench bench;
        int asked = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kCreate || ++asked != 2)
                return std::nullopt;
            return FakeAnswer::payload("{\"code\":400,\"reason\":\"VALIDATOR_PARAM\",\"message\":\"no such image\"}", 400);
        };
        BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 4), 1);
        batch.start();
        QVERIFY(finishes(batch));
        QCOMPARE(batch.count(State::Created), 3);
        QCOMPARE(batch.count(State::Failed), 1);
        QVERIFY(batch.stopReason().isEmpty());
    }

    void cancelLetsFinishWhatIsOnItsWay()
    {
        Bench bench;
        BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 6), 2);
        batch.start();
        QCOMPARE(batch.count(State::Creating), 2);
        batch.cancelRest();
        QVERIFY(finishes(batch));
        QCOMPARE(batch.count(State::Created), 2);
        QCOMPARE(batch.count(State::Canceled), 4);
        QCOMPARE(bench.names().size(), 2);
    }

    void theCostIsKnownBefore()
    {
        Stores stores;
        Product product;
        product.id = ProductId(QStringLiteral("4090"));
        product.billingModes = {BillingMode::OnDemand};
        product.price = Money::fromPriceUnits(35000);
        stores.products.replaceAll({product});
        InstanceDraft two = draft();
        two.gpuNum = 2;
        InstanceDraft stranger = draft();
        stranger.productId = ProductId(QStringLiteral("unheard of"));
        const BatchCost cost = BatchCreate::cost({draft(), two, stranger}, stores);
        QCOMPARE(cost.perHour, Money::fromPriceUnits(3 * 35000));
        QCOMPARE(cost.unpriced, 1);
        QVERIFY(cost.inAdvance.isZero());
    }

    void aTermCostsWhatIsListedForIt()
    {
        Stores stores;
        Product product;
        product.id = ProductId(QStringLiteral("4090"));
        product.billingModes = {BillingMode::OnDemand, BillingMode::Monthly};
        product.price = Money::fromPriceUnits(35000);
        product.monthlyPrices = {{Money::fromPriceUnits(9900000), 1}, {Money::fromPriceUnits(99000000), 12}};
        Product cpu = product;
        cpu.id = ProductId(QStringLiteral("cpu"));
        cpu.kind = ProductKind::Cpu;
        stores.products.replaceAll({product, cpu});
        InstanceDraft year = draft();
        year.billing = BillingMode::Monthly;
        year.months = 12;
        year.gpuNum = 2;
        InstanceDraft odd = year;
        odd.months = 7; // nothing is listed for it
        InstanceDraft byTheHour = year;
        byTheHour.kind = ProductKind::Cpu;
        byTheHour.productId = cpu.id;
        const BatchCost cost = BatchCreate::cost({year, odd, byTheHour}, stores);
        QCOMPARE(cost.inAdvance, Money::fromPriceUnits(2 * 99000000));
        QCOMPARE(cost.perHour, Money::fromPriceUnits(35000));
        QCOMPARE(cost.unpriced, 1);
    }

    /// The key is taken out of use while two requests are on the wire and two wait for room: only of the first nobody knows.
    void aKeyThatGoesLeavesWhatWaitedUnsent()
    {
        Bench bench;
        ApiClientConfig config = bench.stack->client.config();
        config.maxInFlight = 2;
        bench.stack->client.setConfig(config);
        QTRY_COMPARE(bench.stack->client.status().inFlight, 0);
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 6), 4);
        QVERIFY(batch.start());
        QTRY_COMPARE(bench.cloud.count(kCreate), 2);
        bench.stack->session.forgetKey(bench.stack->profiles.active()->id);
        QTRY_COMPARE(batch.count(State::Canceled), 4);
        QCOMPARE(batch.count(State::Creating), 2); // looked for as soon as there is a key again
        QVERIFY(!batch.isAbandoned());
        for (const BatchRow &row : batch.rows())
            QVERIFY2(!row.message.contains(QLatin1String("nother account")), qPrintable(row.message));
        QCOMPARE(bench.cloud.count(kCreate), 2);
    }

    /// The program is killed in the middle of twenty creates: afterwards every one that was sent is accounted for, and none
    /// is sent again.
    void aKillInTheMiddle()
    {
        Bench bench;
        int asked = 0;
        bench.cloud.loseReply = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kCreate)
                return std::nullopt;
            // From the eighth on the cloud makes it and the answer never comes.
            return ++asked < 8 ? std::nullopt : std::optional(FakeAnswer::hanging());
        };
        {
            BatchCreate batch(bench.stack->creator, BatchCreate::copies(draft(), 20), 3);
            batch.start();
            QTRY_COMPARE_WITH_TIMEOUT(asked, 10, 10000);
            QTRY_COMPARE(batch.count(State::Created), 7);
        }
        bench.cloud.loseReply = {};
        QVERIFY(bench.restart());
        QList<CreateOutcome> found;
        connect(&bench.stack->creator, &CreateInstance::made, this, [&found](const CreateOutcome &outcome) { found.append(outcome); });
        bench.stack->creator.resume();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 3, 10000);
        QCOMPARE(bench.cloud.count(kCreate), 10);
        QCOMPARE(bench.names().size(), 10);
        const QList<Operation> written = bench.written();
        QCOMPARE(written.size(), 10);
        for (const Operation &operation : written) {
            QCOMPARE(operation.state, OperationState::Done);
            QVERIFY(bench.cloud.instances.contains(operation.subject));
        }
        found.clear();
        bench.stack->creator.resume(); // nothing is left
        QTest::qWait(50);
        QVERIFY(found.isEmpty());
    }

    void aCreateThatNeverArrivedIsSaidToBeUnknownAfterAKill()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        bench.stack->creator.create(draft());
        QTRY_COMPARE(bench.cloud.count(kCreate), 1);
        bench.cloud.intercept = {};
        QVERIFY(bench.restart());
        std::optional<CreateOutcome> outcome;
        connect(&bench.stack->creator, &CreateInstance::resumed, this,
                [&outcome](const OperationId &, const BatchPlace &, const Result<CreateOutcome> &result) { outcome = result.value(); });
        bench.stack->creator.resume();
        QTRY_VERIFY_WITH_TIMEOUT(outcome, 10000);
        QCOMPARE(outcome->kind, CreateOutcome::Kind::Unknown);
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void whatTurnsUpLateIsToldOf()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        QList<CreateOutcome> late;
        connect(&bench.stack->creator, &CreateInstance::turnedUp, this, [&late](const CreateOutcome &outcome) { late.append(outcome); });
        const Result<CreateOutcome> outcome = await(bench.stack->creator.create(draft()));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->kind, CreateOutcome::Kind::Unknown);
        QCOMPARE(bench.written().first().state, OperationState::Running); // the question stays open
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("running"), QStringLiteral("trainer"));
        QVERIFY(await(bench.stack->refresher.refresh(DataKind::Instances)).ok());
        QCOMPARE(late.size(), 1);
        QCOMPARE(late.first().id.toString(), QStringLiteral("late"));
        QCOMPARE(bench.written().first().state, OperationState::Done);
    }

    void aNamesakeFromBeforeIsNotWhatTurnsUp()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        // There before, but in no list that was read.
        bench.stack->stores.instances.reset();
        bench.cloud.put(QStringLiteral("old"), QStringLiteral("running"), QStringLiteral("trainer"));
        QList<CreateOutcome> late;
        connect(&bench.stack->creator, &CreateInstance::turnedUp, this, [&late](const CreateOutcome &outcome) { late.append(outcome); });
        const Result<CreateOutcome> outcome = await(bench.stack->creator.create(draft()));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->kind, CreateOutcome::Kind::Unknown);
        QVERIFY(await(bench.stack->refresher.refresh(DataKind::Instances)).ok());
        QVERIFY(late.isEmpty());
    }

    void aFailureIsSureOnlyAfterAWholeList()
    {
        Bench bench;
        int lists = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path == kCreate)
                return FakeAnswer::payload("", 502);
            // One early look succeeds, none after it.
            if (path == QLatin1String("gpu/instances") && bench.cloud.count(kCreate) > 0 && ++lists > 1)
                return FakeAnswer::payload("", 400);
            return std::nullopt;
        };
        const Result<CreateOutcome> outcome = await(bench.stack->creator.create(draft()));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->kind, CreateOutcome::Kind::Unknown);
    }

    void anotherAccountLeavesTheDoubtInTheAnswer()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        std::optional<Result<CreateOutcome>> outcome;
        bench.stack->creator.create(draft())->onFinished(this, [&outcome](const Result<CreateOutcome> &result) { outcome = result; });
        QTRY_COMPARE(bench.cloud.count(kCreate), 1);
        bench.stack->client.cancelAll();
        bench.stack->stores.resetCloudData();
        QTRY_VERIFY(outcome);
        QVERIFY(!outcome->ok());
        QVERIFY(outcome->error().isCanceled());
        QVERIFY(outcome->error().effectUnknown);
        QVERIFY(bench.stack->eventTexts().last().contains(QStringLiteral("not known whether")));
    }

    void environmentValuesDoNotReachTheDisk()
    {
        Bench bench;
        BatchCreate batch(bench.stack->creator, {secretDraft()}, 1);
        batch.start();
        QVERIFY(finishes(batch));
        QVERIFY(!bench.written().isEmpty());
        for (const QString &suffix : {QString(), QStringLiteral("-wal")}) {
            QFile file(bench.path() + suffix);
            if (file.open(QIODevice::ReadOnly))
                QVERIFY(!file.readAll().contains("planted-secret-value"));
        }
    }
};

QTEST_GUILESS_MAIN(TestBatchCreate)
#include "tst_batchcreate.moc"
