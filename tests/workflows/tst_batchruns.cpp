// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchnotices.h"
#include "core/workflows/batchpayload.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/notificationcenter.h"
#include "tests/workflows/createbench.h"

#include <QFile>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace novita;
using State = BatchRow::State;

namespace {

constexpr int kPatienceMs = 15000;
/// With the batches. `restart()` is a kill.
struct Bench : CreateBench
{
    std::unique_ptr<BatchRuns> runs;

    Bench() { restart(); }
    bool restart()
    {
        runs.reset();
        kill();
        build();
        runs = std::make_unique<BatchRuns>(stack->creator, *operations, clock);
        if (!openFile())
            return false;
        runs->setProfile(profile);
        return connectToCloud();
    }
    Operation written(const OperationId &id)
    {
        const QList<Operation> all = CreateBench::written();
        const auto found = std::find_if(all.begin(), all.end(), [&id](const Operation &one) { return one.id == id; });
        return found == all.end() ? Operation() : *found;
    }
    /// From the `first` create on the cloud makes it and the answer never comes.
    void loseAnswersFrom(int first)
    {
        cloud.loseReply = [first, asked = 0](const QString &path, const FakeRequest &) mutable -> std::optional<FakeAnswer> {
            return path == kCreate && ++asked >= first ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
    }
    /// A batch of two that has ended; the second request got lost on its way. The cloud takes further ones.
    OperationId loseTheSecondOfTwo(const InstanceDraft &model = draft())
    {
        cloud.intercept = [asked = 0](const QString &path, const FakeRequest &) mutable -> std::optional<FakeAnswer> {
            return path == kCreate && ++asked == 2 ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        const BatchCreate *batch = runs->begin(BatchCreate::copies(model, 2), 1);
        if (!QTest::qWaitFor([&] { return batch->count(State::Unknown) == 1; }, kPatienceMs))
            return {};
        return batch->operation();
    }
    /// A batch of twenty, three at a time, until seven are made and three have not been answered; then the kill.
    bool killInTheMiddle(const QList<InstanceDraft> &drafts)
    {
        loseAnswersFrom(8);
        const BatchCreate *batch = runs->begin(drafts, 3);
        if (!QTest::qWaitFor([&] { return cloud.count(kCreate) == 10 && batch->count(State::Created) == 7; }, kPatienceMs))
            return false;
        cloud.loseReply = {};
        return restart();
    }
};

} // namespace

class TestBatchRuns final : public QObject
{
    Q_OBJECT

private slots:
    void aBatchIsOnTheDiskBeforeItsFirstRequest()
    {
        Bench bench;
        BatchCreate *batch = bench.runs->begin(BatchCreate::copies(draft(), 4), 2);
        QVERIFY(batch);
        QVERIFY(bench.runs->isSending());
        QCOMPARE(bench.cloud.count(kCreate), 0);
        QVERIFY(!bench.runs->begin({draft()}, 1)); // one at a time
        QCOMPARE(bench.written(batch->operation()).state, OperationState::Running);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.runs->isSending(), kPatienceMs);
        QCOMPARE(batch->count(State::Created), 4);
        QTRY_COMPARE(bench.written(batch->operation()).state, OperationState::Done);
        const Operation done = bench.written(batch->operation());
        QCOMPARE(done.kind, QStringLiteral("batch"));
        QCOMPARE(done.outcome.value(QStringLiteral("created")).toInt(), 4);
    }

    void everyRowIsAccountedForAfterAKill()
    {
        Bench bench;
        QVERIFY(bench.killInTheMiddle(BatchCreate::copies(draft(), 20)));
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->current(), kPatienceMs);
        BatchCreate *batch = bench.runs->current();
        QCOMPARE(batch->rows().size(), 20);
        QCOMPARE(batch->count(State::Created), 7);
        QCOMPARE(batch->count(State::Creating), 3);
        QCOMPARE(batch->count(State::Waiting), 10);
        QVERIFY(batch->isCutOff());
        for (const BatchRow &row : batch->rows())
            QVERIFY(row.state != State::Created || bench.cloud.instances.contains(row.id.toString()));

        bench.stack->creator.resume();
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 10, kPatienceMs);
        QCOMPARE(bench.cloud.count(kCreate), 10); // nothing was sent by itself

        QVERIFY(bench.runs->resume(batch->operation()));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.runs->isSending(), kPatienceMs);
        QCOMPARE(batch->count(State::Created), 20);
        QCOMPARE(bench.cloud.count(kCreate), 20);
        QStringList names = bench.names();
        QCOMPARE(names.removeDuplicates(), 0);
        QCOMPARE(names.size(), 20);
        const OperationId id = batch->operation();
        QTRY_COMPARE(bench.written(id).state, OperationState::Done);
        QVERIFY(bench.restart());
        bench.written(id); // after what setProfile() asked
        QVERIFY(!bench.runs->current());
    }

    void whatIsResumedBeforeTheBatchIsReadCountsToo()
    {
        Bench bench;
        QVERIFY(bench.killInTheMiddle(BatchCreate::copies(draft(), 20)));
        bench.runs->setProfile({});
        QSignalSpy resumed(&bench.stack->creator, &CreateInstance::resumed);
        bench.stack->creator.resume();
        QTRY_COMPARE_WITH_TIMEOUT(resumed.count(), 3, kPatienceMs);
        bench.runs = std::make_unique<BatchRuns>(bench.stack->creator, *bench.operations, bench.clock);
        bench.runs->setProfile(bench.profile);
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->current(), kPatienceMs);
        QCOMPARE(bench.runs->current()->count(State::Created), 10);
        QCOMPARE(bench.runs->current()->count(State::Creating), 0);
    }

    void aCutOffBatchCanBeLetGo()
    {
        Bench bench;
        QVERIFY(bench.killInTheMiddle(BatchCreate::copies(draft(), 20)));
        bench.stack->creator.resume();
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->current() && bench.runs->current()->count(State::Created) == 10, kPatienceMs);
        const OperationId id = bench.runs->current()->operation();
        bench.runs->cancel(id);
        QCOMPARE(bench.runs->current()->count(State::Canceled), 10);
        QVERIFY(!bench.runs->resume(id));
        QTRY_COMPARE(bench.written(id).state, OperationState::Canceled);
        QCOMPARE(bench.cloud.count(kCreate), 10);
    }

    void secretsAreAskedForAgain()
    {
        Bench bench;
        InstanceDraft model = draft();
        model.envs = {{QStringLiteral("HF_TOKEN"), QStringLiteral("planted-secret-value")}, {QStringLiteral("MODE"), QStringLiteral("train-value")}};
        model.command = QStringLiteral("serve --api-key sk_planted0123456789abcdef");
        QVERIFY(bench.killInTheMiddle(BatchCreate::copies(model, 20)));
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->current(), kPatienceMs);
        BatchCreate *batch = bench.runs->current();
        const QList<BatchRow::Missing> missing = batch->missingValues();
        QCOMPARE(missing.size(), 3); // shared by all rows
        QVERIFY(!bench.runs->resume(batch->operation()));
        QHash<int, QString> values;
        for (const BatchRow::Missing &one : missing)
            values.insert(one.slot, one.field == DraftField::Command ? model.command : one.key == u"HF_TOKEN" ? QStringLiteral("planted-secret-value") : QStringLiteral("train-value"));
        batch->supply(values);
        QCOMPARE(batch->rows().last().draft.envs, model.envs);
        QCOMPARE(batch->rows().last().draft.command, model.command);
        QVERIFY(bench.runs->resume(batch->operation()));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.runs->isSending(), kPatienceMs);
        bench.restart();
        for (const QString &suffix : {QString(), QStringLiteral("-wal")}) {
            QFile file(bench.path() + suffix);
            const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            for (const char *secret : {"planted-secret-value", "train-value", "sk_planted"})
                QVERIFY2(!bytes.contains(secret), secret);
        }
    }

    void secretsAreAskedForAgainAlsoWhenTheRestWasCanceled()
    {
        Bench bench;
        InstanceDraft model = draft();
        model.command = QStringLiteral("serve --api-key sk_planted0123456789abcdef");
        QVERIFY(bench.killInTheMiddle(BatchCreate::copies(model, 20)));
        bench.stack->creator.resume();
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->current() && bench.runs->current()->count(State::Creating) == 0, kPatienceMs);
        BatchCreate *batch = bench.runs->current();
        batch->cancelRest();
        QCOMPARE(batch->count(State::Canceled), 10);
        QVERIFY(!bench.runs->retryFailed(batch->operation()));
        batch->retryFailed();
        QCOMPARE(batch->count(State::Canceled), 10);
        QCOMPARE(bench.cloud.count(kCreate), 10);
        batch->supply({{batch->missingValues(BatchCreate::retried()).first().slot, model.command}});
        QVERIFY(batch->missingValues(BatchCreate::retried()).isEmpty());
        batch->retryFailed();
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 20, kPatienceMs);
        QCOMPARE(batch->rows().last().draft.command, model.command);
    }

    void aStoppedBatchIsTriedAgain()
    {
        Bench bench;
        int asked = 0;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kCreate || ++asked <= 2)
                return std::nullopt;
            return FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no"})", 400);
        };
        const BatchNotices notices(*bench.runs, bench.stack->notifications);
        const auto told = [&bench](const QString &part) { return bench.stack->eventTexts().filter(part).size(); };
        BatchCreate *batch = bench.runs->begin(BatchCreate::copies(draft(), 6), 1);
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Skipped), 3, kPatienceMs);
        QTRY_COMPARE(bench.written(batch->operation()).state, OperationState::Failed);
        QVERIFY(!bench.written(batch->operation()).outcome.value(QStringLiteral("message")).toString().isEmpty());
        QCOMPARE(told(QStringLiteral("Created: 2 of 6. Failed: 1. Not sent: 3.")), 1);
        QCOMPARE(bench.stack->notifications.shown().first().kind, NotificationKind::BatchEnded);
        QCOMPARE(bench.stack->notifications.shown().first().severity, EventSeverity::Problem);
        QCOMPARE(bench.stack->notifications.shown().first().actions.first().id, QStringLiteral("show"));
        bench.cloud.intercept = {};
        QVERIFY(bench.runs->retryFailed(batch->operation()));
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 6, kPatienceMs);
        QTRY_COMPARE(bench.written(batch->operation()).state, OperationState::Done);
        QCOMPARE(bench.names().size(), 6);
        QCOMPARE(told(QStringLiteral("Created: 6 of 6.")), 1);
        QCOMPARE(told(QStringLiteral("Created:")), 2);
    }

    void anotherAccountLeavesTheBatchInTheLog()
    {
        Bench bench;
        bench.loseAnswersFrom(3);
        const OperationId id = bench.runs->begin(BatchCreate::copies(draft(), 8), 2)->operation();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cloud.count(kCreate), 4, kPatienceMs);
        bench.stack->client.cancelAll();
        bench.stack->stores.resetCloudData();
        bench.runs->setProfile(ProfileId(QStringLiteral("other")));
        QVERIFY(!bench.runs->current());
        QVERIFY(bench.written(id).isOpen());
        QCOMPARE(bench.cloud.count(kCreate), 4);
    }

    /// Back in that account the rest is offered again, and what was on its way is looked for.
    void backInTheAccountTheRestIsOfferedAgain()
    {
        Bench bench;
        bench.loseAnswersFrom(3);
        const OperationId id = bench.runs->begin(BatchCreate::copies(draft(), 8), 2)->operation();
        QTRY_COMPARE_WITH_TIMEOUT(bench.cloud.count(kCreate), 4, kPatienceMs);
        const auto leaveFor = [&bench](const ProfileId &profile) {
            bench.stack->client.cancelAll();
            bench.stack->stores.resetCloudData();
            bench.journal->setProfile(profile);
            bench.runs->setProfile(profile);
        };
        leaveFor(ProfileId(QStringLiteral("other")));
        QVERIFY(bench.written(id).isOpen()); // and the log has taken in what became of the requests
        bench.cloud.loseReply = {};
        leaveFor(bench.profile);
        QTRY_VERIFY(bench.runs->find(id));
        BatchCreate *batch = bench.runs->find(id);
        QCOMPARE(batch->count(State::Created), 2);
        QCOMPARE(batch->count(State::Creating), 2);
        QCOMPARE(batch->count(State::Waiting), 4);
        QVERIFY(await(bench.stack->refresher.refresh(DataKind::Instances)).ok());
        bench.stack->creator.resume();
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Creating), 0, kPatienceMs);
        QCOMPARE(batch->count(State::Created), 4);
        QVERIFY(bench.runs->resume(id));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.runs->isSending(), kPatienceMs);
        QCOMPARE(batch->count(State::Created), 8);
        QCOMPARE(bench.cloud.count(kCreate), 8);
        QCOMPARE(bench.names().size(), 8);
    }

    void whatNobodyFoundIsLookedForOnceMore()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        const auto first = await(bench.stack->creator.create(draft()));
        QVERIFY(first.ok());
        QCOMPARE(first->kind, CreateOutcome::Kind::Unknown);
        QSignalSpy made(&bench.stack->creator, &CreateInstance::made);
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer"));
        bench.stack->creator.resume();
        QTRY_COMPARE(made.count(), 1);
        QVERIFY(await(bench.stack->refresher.refresh(DataKind::Instances)).ok());
        QVERIFY(bench.stack->stores.instances.contains(InstanceId(QStringLiteral("late"))));
        QCOMPARE(made.count(), 1);
        const auto log = await(bench.operations->read(bench.profile, {}));
        QCOMPARE(log->size(), 1);
        QCOMPARE(log->first().state, OperationState::Done);
        QCOMPARE(log->first().subject, QStringLiteral("late"));
        bench.stack->creator.resume();
        QVERIFY(await(bench.operations->read(bench.profile, {})).ok());
        QCOMPARE(bench.cloud.count(kCreate), 1);
    }

    void whatTurnsUpAfterTheEndIsWrittenDown()
    {
        Bench bench;
        bench.cloud.intercept = [asked = 0](const QString &path, const FakeRequest &) mutable -> std::optional<FakeAnswer> {
            return path == kCreate && ++asked == 2 ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        const BatchCreate *batch = bench.runs->begin(BatchCreate::copies(draft(), 2), 1);
        const OperationId id = batch->operation();
        QSignalSpy ended(bench.runs.get(), &BatchRuns::ended);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatienceMs);
        QCOMPARE(batch->count(State::Unknown), 1);
        QCOMPARE(bench.written(id).state, OperationState::Failed);
        QCOMPARE(bench.written(id).outcome.value(QStringLiteral("unknown")).toInt(), 1);
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer-2"));
        QVERIFY(await(bench.stack->refresher.refresh(DataKind::Instances)).ok());
        QTRY_COMPARE(batch->count(State::Created), 2);
        QCOMPARE(bench.written(id).state, OperationState::Done);
        QCOMPARE(bench.written(id).outcome.value(QStringLiteral("created")).toInt(), 2);
        QCOMPARE(bench.written(id).outcome.value(QStringLiteral("unknown")).toInt(), 0);
        QCOMPARE(ended.count(), 1);
    }

    void anUnknownRowIsLookedForAgain()
    {
        Bench bench;
        const OperationId id = bench.loseTheSecondOfTwo();
        QVERIFY(!id.isEmpty());
        BatchCreate *batch = bench.runs->find(id);
        bench.runs->lookAgain(id, {0, 1, 7, -1});
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Creating), 0, kPatienceMs);
        QCOMPARE(batch->rows().at(0).state, State::Created);
        QCOMPARE(batch->rows().at(1).state, State::Unknown);
        QVERIFY2(batch->rows().at(1).message.contains(QStringLiteral("was not found")), qPrintable(batch->rows().at(1).message));
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer-2"));
        bench.runs->lookAgain(id, {1});
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 2, kPatienceMs);
        QCOMPARE(batch->rows().at(1).id, InstanceId(QStringLiteral("late")));
        QCOMPARE(bench.cloud.count(kCreate), 2);
        QCOMPARE(bench.written(id).state, OperationState::Done);
    }

    void anUnknownRowIsCreatedAgainOnlyWhenItIsNotThere()
    {
        Bench bench;
        const OperationId id = bench.loseTheSecondOfTwo();
        BatchCreate *batch = bench.runs->find(id);
        QVERIFY(!bench.runs->retryFailed(id));
        QVERIFY(!bench.runs->createAgain(id, {0}));
        QVERIFY(bench.runs->createAgain(id, {0, 1}));
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 2, kPatienceMs);
        QCOMPARE(bench.cloud.count(kCreate), 3);
        QCOMPARE(bench.names(), QStringList({QStringLiteral("trainer-1"), QStringLiteral("trainer-2")}));
        QVERIFY(!bench.runs->createAgain(id, {0, 1}));

        Bench late;
        const OperationId other = late.loseTheSecondOfTwo();
        late.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer-2"));
        QVERIFY(late.runs->createAgain(other, {1}));
        QTRY_COMPARE_WITH_TIMEOUT(late.runs->find(other)->count(State::Created), 2, kPatienceMs);
        QCOMPARE(late.cloud.count(kCreate), 2); // it was there after all
    }

    /// A refusal of the second request leaves the question about the first, here and after a restart.
    void aRefusedSecondRequestIsNoFailure()
    {
        Bench bench;
        const OperationId id = bench.loseTheSecondOfTwo();
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no"})", 400)) : std::nullopt;
        };
        QVERIFY(bench.runs->createAgain(id, {1}));
        QTRY_COMPARE_WITH_TIMEOUT(bench.cloud.count(kCreate), 3, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(bench.runs->find(id)->count(State::Unknown), 1, kPatienceMs);
        QVERIFY(!bench.runs->retryFailed(id));
        bench.cloud.intercept = {};
        QTRY_COMPARE(bench.written(id).state, OperationState::Failed);
        QVERIFY(bench.restart());
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->find(id), kPatienceMs);
        bench.stack->creator.resume();
        QTRY_COMPARE_WITH_TIMEOUT(bench.runs->find(id)->count(State::Unknown), 1, kPatienceMs);
        QVERIFY(!bench.runs->retryFailed(id));
        QCOMPARE(bench.cloud.count(kCreate), 3);
    }

    /// Whether its create is still open in the log or was closed by an earlier search.
    void anUnknownRowIsSettledAfterARestart()
    {
        Bench bench;
        const OperationId id = bench.loseTheSecondOfTwo();
        for (int start = 0; start < 2; ++start) {
            QVERIFY(bench.restart());
            QSignalSpy cutOff(bench.runs.get(), &BatchRuns::foundCutOff);
            QTRY_VERIFY_WITH_TIMEOUT(bench.runs->find(id), kPatienceMs);
            bench.stack->creator.resume();
            QTRY_COMPARE_WITH_TIMEOUT(bench.runs->find(id)->count(State::Unknown), 1, kPatienceMs);
            bench.runs->lookAgain(id, {1});
            QTRY_VERIFY_WITH_TIMEOUT(bench.runs->find(id)->rows().at(1).message.contains(QStringLiteral("was not found")), kPatienceMs);
            QCOMPARE(cutOff.count(), 0);
        }
        QCOMPARE(bench.cloud.count(kCreate), 2);
        QVERIFY(bench.runs->createAgain(id, {1}));
        QTRY_COMPARE_WITH_TIMEOUT(bench.runs->find(id)->count(State::Created), 2, kPatienceMs);
        QCOMPARE(bench.cloud.count(kCreate), 3);
        QTRY_COMPARE(bench.written(id).state, OperationState::Done);
        for (const Operation &one : static_cast<CreateBench &>(bench).written())
            QCOMPARE(one.state, OperationState::Done);
        QVERIFY(bench.restart());
        bench.written(id); // after what setProfile() asked
        QVERIFY(!bench.runs->find(id));
    }

    void anUnknownRowIsNotCreatedAgainWithoutItsValues()
    {
        Bench bench;
        InstanceDraft model = draft();
        model.envs = {{QStringLiteral("HF_TOKEN"), QStringLiteral("planted-secret-value")}};
        const OperationId id = bench.loseTheSecondOfTwo(model);
        QVERIFY(bench.restart());
        QTRY_VERIFY_WITH_TIMEOUT(bench.runs->find(id), kPatienceMs);
        bench.stack->creator.resume();
        BatchCreate *batch = bench.runs->find(id);
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Unknown), 1, kPatienceMs);
        QVERIFY(!bench.runs->createAgain(id, {1}));
        const QList<BatchRow::Missing> missing = batch->missingValues({State::Unknown});
        QCOMPARE(missing.size(), 1);
        batch->supply({{missing.first().slot, QStringLiteral("planted-secret-value")}});
        QVERIFY(bench.runs->createAgain(id, {1}));
        QTRY_COMPARE_WITH_TIMEOUT(batch->count(State::Created), 2, kPatienceMs);
        QCOMPARE(batch->rows().at(1).draft.envs, model.envs);
        QCOMPARE(bench.cloud.count(kCreate), 3);
    }

    void theSameWishOnceMoreEndsTheFirst()
    {
        Bench bench;
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kCreate ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        QCOMPARE(await(bench.stack->creator.create(draft()))->kind, CreateOutcome::Kind::Unknown);
        bench.cloud.put(QStringLiteral("late"), QStringLiteral("creating"), QStringLiteral("trainer"));
        QCOMPARE(await(bench.stack->creator.create(draft()))->kind, CreateOutcome::Kind::Adopted);
        const auto log = await(bench.operations->read(bench.profile, {}));
        QCOMPARE(log->size(), 1);
        QCOMPARE(log->first().state, OperationState::Done); // nothing is left to be looked for at the next start
    }

    void aDraftSurvivesTheLog()
    {
        BatchRow row;
        row.draft = draft();
        row.draft.gpuNum = 2;
        row.draft.rootfsGb = 120;
        row.draft.ports = {{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}};
        row.draft.jupyter = true;
        row.draft.jupyterPort = 8889;
        row.draft.mounts = {{StorageId(QStringLiteral("ns-1")), QStringLiteral("/network")}};
        row.draft.networkId = NetworkId(QStringLiteral("n-1"));
        row.draft.imageAuthId = RegistryAuthId(QStringLiteral("ra-1"));
        row.draft.billing = BillingMode::Monthly;
        row.draft.months = 3;
        row.draft.autoRenew = true;
        row.draft.autoRenewMonths = 6;
        row.draft.minCudaVersion = QStringLiteral("12.4");
        row.draft.command = QStringLiteral("sleep 1");
        const batchpayload::Plan plan = batchpayload::read(batchpayload::write({row}, 5));
        QCOMPARE(plan.parallel, 5);
        QCOMPARE(plan.rows.size(), 1);
        QVERIFY(plan.rows.first().missing.isEmpty());
        QCOMPARE(plan.rows.first().draft, row.draft);
        QVERIFY(batchpayload::read({{QStringLiteral("rows"), 7}}).rows.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBatchRuns)
#include "tst_batchruns.moc"
