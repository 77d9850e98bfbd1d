// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "tests/support/clientstack.h"
#include "tests/workflows/fakecloud.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using A = InstanceAction;

namespace {

const InstanceId kOne(QStringLiteral("one"));
const QString kStop = QStringLiteral("gpu/instance/stop");
const QString kStart = QStringLiteral("gpu/instance/start");
const QString kRestart = QStringLiteral("gpu/instance/restart");

struct Bench
{
    FakeCloud cloud;
    SystemClock clock;
    ClientStack stack{cloud.nam, clock};

    explicit Bench(const QString &status)
    {
        cloud.put(kOne.toString(), status);
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
    }
    bool ready() { return QTest::qWaitFor([this] { return stack.stores.instances.contains(kOne); }, 3000); }
    std::optional<Result<Done>> run(A action)
    {
        std::optional<Result<Done>> out;
        stack.commands.run(kOne, action)->onFinished(&stack.commands, [&out](const Result<Done> &result) { out = result; });
        if (!QTest::qWaitFor([&out] { return out.has_value(); }, 8000))
            return std::nullopt;
        return out;
    }
    QString status() const
    {
        const Instance *row = stack.stores.instances.find(kOne);
        return row ? row->statusText : QStringLiteral("gone");
    }
};

FakeAnswer refusal(int status, const char *reason, const char *message)
{
    return FakeAnswer::payload(QStringLiteral(R"({"code":%1,"reason":"%2","message":"%3"})")
                                   .arg(status).arg(QLatin1String(reason), QLatin1String(message)).toUtf8(), status);
}

} // namespace

class TestInstanceCommands final : public QObject
{
    Q_OBJECT

private slots:
    void asksMarksAndReadsAgain()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        auto *call = bench.stack.commands.run(kOne, A::Stop);
        QVERIFY(bench.stack.stores.instances.extra(kOne)->asked);
        QCOMPARE(bench.status(), QStringLiteral("running"));
        QVERIFY(!bench.stack.commands.verdict(kOne, A::Restart).allowed);
        bool done = false;
        call->onFinished(this, [&done](const Result<Done> &result) { done = result.ok(); });
        QTRY_VERIFY(done);
        QTRY_COMPARE(bench.status(), QStringLiteral("toStop"));
        QVERIFY(!bench.stack.stores.instances.extra(kOne)->asked);
        QVERIFY(bench.stack.eventTexts().join(QLatin1Char('\n')).contains(QLatin1String("Asked the cloud to stop")));
    }

    void aDoubleClickIsOneRequest()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        int done = 0;
        bench.stack.commands.run(kOne, A::Stop)->onFinished(this, [&done](const Result<Done> &result) { done += result.ok(); });
        bench.stack.commands.run(kOne, A::Stop)->onFinished(this, [&done](const Result<Done> &result) { done += result.ok(); });
        QTRY_COMPARE(done, 2);
        QCOMPARE(bench.cloud.count(kStop), 1);
    }

    void aRefusedWishSendsNothing()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        const auto result = bench.run(A::Stop);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Validation);
        QCOMPARE(bench.cloud.count(kStop), 0);
    }

    void aMisfitThatTookEffectIsASuccess()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.loseReply = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStop ? std::optional(refusal(400, "BAD_REQUEST", "invalid state change")) : std::nullopt;
        };
        const auto result = bench.run(A::Stop);
        QVERIFY(result && result->ok());
        QCOMPARE(bench.cloud.count(kStop), 1);
    }

    void aMisfitThatDidNotIsAFailure()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStop ? std::optional(refusal(400, "BAD_REQUEST", "invalid state change")) : std::nullopt;
        };
        const auto result = bench.run(A::Stop);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Conflict);
        QVERIFY(!bench.stack.stores.instances.extra(kOne)->asked);
        QCOMPARE(bench.status(), QStringLiteral("running"));
    }

    void aLostReplyIsLookedInto()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.loseReply = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == QLatin1String("gpu/instance/restart")
                       ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        const auto result = bench.run(A::Restart);
        QVERIFY(result && result->ok());
        QCOMPARE(bench.cloud.count(QStringLiteral("gpu/instance/restart")), 1);
        QCOMPARE(bench.status(), QStringLiteral("toRestart"));
    }

    void aRepeatedStopThatIsRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("message");
        QTest::newRow("conflict") << 409 << QStringLiteral("CONFLICT") << QStringLiteral("already stopping");
        QTest::newRow("invalid state change") << 400 << QStringLiteral("BAD_REQUEST") << QStringLiteral("invalid state change");
        QTest::newRow("bad request") << 400 << QStringLiteral("BAD_REQUEST") << QStringLiteral("already stopping");
        QTest::newRow("forbidden") << 403 << QStringLiteral("FORBIDDEN") << QStringLiteral("operation not allowed in this state");
    }

    /// The first attempt took effect and its answer was cut short; the second is refused for what the first did.
    void aRepeatedStopThatIsRefused()
    {
        QFETCH(int, status);
        QFETCH(QString, reason);
        QFETCH(QString, message);
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        int attempts = 0;
        bench.cloud.loseReply = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != kStop)
                return std::nullopt;
            return ++attempts == 1 ? FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)
                                   : refusal(status, reason.toLatin1().constData(), message.toLatin1().constData());
        };
        const auto result = bench.run(A::Stop);
        QVERIFY(result && result->ok());
        QCOMPARE(bench.cloud.count(kStop), 2);
        QCOMPARE(bench.status(), QStringLiteral("toStop"));
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("could not")).size(), 0);
    }

    /// The body of a 200 that is no whole JSON is not repeated: the state tells what became of it.
    void aStopWhoseAnswerIsHalfIsLookedInto()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.loseReply = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStop ? std::optional(FakeAnswer::payload("{\"instanceId\":\"on")) : std::nullopt;
        };
        const auto result = bench.run(A::Stop);
        QVERIFY(result && result->ok());
        QCOMPARE(bench.status(), QStringLiteral("toStop"));
    }

    /// A list row may lack the start time: that the detail has one is no sign of a restart.
    void aRefusedRestartIsNotTakenForOne()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        QVERIFY(!bench.stack.stores.instances.find(kOne)->lastStartedAt);
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kRestart ? std::optional(refusal(409, "CONFLICT", "busy")) : std::nullopt;
        };
        bench.cloud.instances[kOne.toString()].insert(QStringLiteral("lastStartedAt"), QStringLiteral("1767225600"));
        const auto result = bench.run(A::Restart);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Conflict);
        QVERIFY(bench.stack.stores.instances.find(kOne)->lastStartedAt);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("Asked the cloud")).size(), 0);
    }

    /// Somebody else restarted it before we asked, and our list did not know yet.
    void aRefusedRestartIsNotSomebodyElses()
    {
        Bench bench(QStringLiteral("running"));
        const auto startedAt = [&bench](TimePoint when) {
            bench.cloud.instances[kOne.toString()].insert(QStringLiteral("lastStartedAt"),
                                                          QString::number(std::chrono::duration_cast<Seconds>(when.time_since_epoch()).count()));
        };
        startedAt(bench.clock.now() - std::chrono::hours(2));
        QVERIFY(bench.ready());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kRestart ? std::optional(refusal(409, "CONFLICT", "busy")) : std::nullopt;
        };
        startedAt(bench.clock.now() - Seconds(60));
        const auto result = bench.run(A::Restart);
        QVERIFY(result && !result->ok());
        startedAt(bench.clock.now() + Seconds(60));
        const auto later = bench.run(A::Restart);
        QVERIFY(later && later->ok());
    }

    void aStopRefusedWithoutEffectStaysAFailure()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStop ? std::optional(refusal(400, "BAD_REQUEST", "no such parameter")) : std::nullopt;
        };
        const auto result = bench.run(A::Stop);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Validation);
        QVERIFY(!result->error().effectUnknown);
        QCOMPARE(bench.status(), QStringLiteral("running"));
    }

    void aStartWithoutCapacityDeletesNothing()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStart ? std::optional(refusal(400, "INSUFFICIENT_RESOURCE", "insufficient resource")) : std::nullopt;
        };
        const auto result = bench.run(A::Start);
        QVERIFY(result && !result->ok());
        QCOMPARE(result->error().kind, ErrorKind::Quota);
        QCOMPARE(bench.status(), QStringLiteral("exited"));
        QCOMPARE(bench.cloud.count(QStringLiteral("gpu/instance/delete")), 0);
        QVERIFY(bench.stack.eventTexts().join(QLatin1Char('\n')).contains(QLatin1String("no free GPU")));
    }

    void deletedIsWhatTheCloudSays()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        const auto result = bench.run(A::Delete);
        QVERIFY(result && result->ok());
        QTRY_COMPARE(bench.status(), QStringLiteral("toRemove"));
        bench.cloud.instances.clear();
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.status(), QStringLiteral("gone"));
    }

    void deletingWhatIsGoneIsASuccess()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        bench.cloud.instances.clear();
        const auto result = bench.run(A::Delete);
        QVERIFY(result && result->ok());
        QTRY_COMPARE(bench.status(), QStringLiteral("gone"));
    }

    void locksAreKept()
    {
        Bench bench(QStringLiteral("exited"));
        QVERIFY(bench.ready());
        bench.stack.commands.setDeleteLocked({kOne}, true);
        QVERIFY(bench.stack.commands.isDeleteLocked(kOne));
        QVERIFY(!bench.stack.commands.verdict(kOne, A::Delete).allowed);
        bench.stack.commands.setDeleteLocked({kOne}, false);
        QVERIFY(bench.stack.commands.verdict(kOne, A::Delete).allowed);
    }

    void bulkReportsEachRow()
    {
        Bench bench(QStringLiteral("running"));
        for (int i = 0; i < 8; ++i)
            bench.cloud.put(QStringLiteral("b%1").arg(i), i == 3 ? QStringLiteral("exited") : QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 9);
        bench.cloud.intercept = [](const QString &path, const FakeRequest &request) -> std::optional<FakeAnswer> {
            return path == kStop && request.body.contains("b5") ? std::optional(refusal(400, "OPERATION_LIMIT", "limit")) : std::nullopt;
        };
        QList<InstanceId> ids;
        for (int i = 0; i < 8; ++i)
            ids.append(InstanceId(QStringLiteral("b%1").arg(i)));
        BulkRun *run = bench.stack.commands.runBulk(ids, A::Stop);
        QSignalSpy finished(run, &BulkRun::finished);
        QVERIFY(run->count(BulkRow::State::Running) <= bench.stack.settings->value(keys::kBulkParallel));
        QVERIFY(finished.wait(5000));
        QCOMPARE(run->count(BulkRow::State::Done), 6);
        QCOMPARE(run->rows().at(3).state, BulkRow::State::Skipped);
        QCOMPARE(run->rows().at(5).state, BulkRow::State::Failed);
        QVERIFY(!run->rows().at(3).message.isEmpty());
        QVERIFY(!run->rows().at(5).message.isEmpty());

        bench.cloud.intercept = nullptr;
        BulkRun *again = bench.stack.commands.retryFailed(*run);
        QSignalSpy againFinished(again, &BulkRun::finished);
        QVERIFY(againFinished.wait(5000));
        QCOMPARE(again->rows().size(), 1);
        QCOMPARE(again->count(BulkRow::State::Done), 1);
    }

    /// A second request would have it done, or paid, twice.
    void whatMayHaveTakenEffectIsNotRetried()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        bool dead = false;
        bench.cloud.intercept = [&dead](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path == kRestart || path == kStop)
                dead = true;
            return dead && path.startsWith(QLatin1String("gpu/instance")) ? std::optional(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError)) : std::nullopt;
        };
        const auto runOnce = [&bench](A action) {
            BulkRun *run = bench.stack.commands.runBulk({kOne}, action);
            QSignalSpy finished(run, &BulkRun::finished);
            return finished.wait(15000) ? run : nullptr;
        };
        BulkRun *restart = runOnce(A::Restart);
        QVERIFY(restart);
        QVERIFY2(restart->rows().first().state == BulkRow::State::Unknown, qPrintable(restart->rows().first().message));
        QVERIFY(restart->rows().first().message.contains(QLatin1String("not known")));
        QCOMPARE(bench.stack.commands.retryFailed(*restart)->rows().size(), 0);
        QCOMPARE(bench.cloud.count(kRestart), 1);
        BulkRun *stop = runOnce(A::Stop);
        QVERIFY(stop);
        QCOMPARE(stop->rows().first().state, BulkRow::State::Failed); // twice is once
    }

    void aBulkRunCanBeCutShort()
    {
        Bench bench(QStringLiteral("running"));
        for (int i = 0; i < 20; ++i)
            bench.cloud.put(QStringLiteral("b%1").arg(i), QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 21);
        BulkRun *run = bench.stack.commands.runBulk(bench.stack.stores.instances.ids(), A::Stop);
        QSignalSpy finished(run, &BulkRun::finished);
        run->cancelRest();
        QVERIFY(finished.wait(5000));
        QCOMPARE(run->count(BulkRow::State::Canceled), 21 - 3);
        QCOMPARE(run->count(BulkRow::State::Done), 3);
        QCOMPARE(bench.cloud.count(kStop), 3);
    }

    void aWriteOnTheWireIsToldOfWhenTheAccountChanges_data()
    {
        QTest::addColumn<bool>("sent");
        QTest::newRow("on the wire") << true;
        QTest::newRow("waiting") << false;
    }

    void aWriteOnTheWireIsToldOfWhenTheAccountChanges()
    {
        QFETCH(bool, sent);
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == kStop ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        bool canceled = false;
        ApiClientConfig config = bench.stack.client.config();
        config.limiterCapacity = sent ? config.limiterCapacity : 1; // used up by what was read
        bench.stack.client.setConfig(config);
        bench.stack.commands.run(kOne, A::Stop)->onFinished(this, [&canceled](const Result<Done> &result) {
            canceled = !result && result.error().isCanceled();
        });
        QCOMPARE(bench.cloud.count(kStop), sent ? 1 : 0);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        QTRY_VERIFY(canceled);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("It is not known whether “n-one” was stopped: another account")).size(), sent ? 1 : 0);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("n-one")).size(), sent ? 1 : 0);
    }

    /// Who hears of what was taken up begins to watch it, under the account in use then.
    void whatIsTakenUpLateIsNewsOfAnotherAccount()
    {
        Bench bench(QStringLiteral("running"));
        QVERIFY(bench.ready());
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        QSignalSpy taken(&bench.stack.commands, &InstanceCommands::taken);
        QSignalSpy notTaken(&bench.stack.commands, &InstanceCommands::notTaken);
        bool done = false;
        bench.stack.commands.run(kOne, A::Restart)->onFinished(this, [&](const Result<Done> &) { done = true; });
        QTRY_COMPARE(bench.cloud.count(kRestart), 1);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        QTRY_VERIFY(done);
        QCOMPARE(taken.count() + notTaken.count(), 0);
    }

    /// Two profiles may show the same account: rows that wait must not be carried out under the other one.
    void aBulkRunEndsWithItsProfile()
    {
        Bench bench(QStringLiteral("running"));
        for (int i = 0; i < 20; ++i)
            bench.cloud.put(QStringLiteral("b%1").arg(i), QStringLiteral("running"));
        QVERIFY(bench.ready());
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 21);
        const QList<Instance> rows = bench.stack.stores.instances.all();
        BulkRun *run = bench.stack.commands.runBulk(bench.stack.stores.instances.ids(), A::Stop);
        QSignalSpy finished(run, &BulkRun::finished);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        bench.stack.stores.instances.adoptList(rows, bench.clock.now());
        QVERIFY(finished.wait(5000));
        QCOMPARE(run->count(BulkRow::State::Canceled), 21);
        QVERIFY(bench.cloud.count(kStop) <= bench.stack.settings->value(keys::kBulkParallel));
    }
};

QTEST_GUILESS_MAIN(TestInstanceCommands)
#include "tst_instancecommands.moc"
