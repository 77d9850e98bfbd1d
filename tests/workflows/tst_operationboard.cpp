// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/workflows/fakecloud.h"

#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

const ProfileId kProfile(QStringLiteral("p"));
const InstanceId kOne(QStringLiteral("one"));

struct Bench
{
    QTemporaryDir dir;
    SystemClock clock;
    FakeCloud cloud;
    ClientStack stack{cloud.nam, clock};
    QString jobState = QStringLiteral("running");

    Bench()
    {
        cloud.put(kOne.toString(), QStringLiteral("exited"), QStringLiteral("trainer"));
        cloud.intercept = [this](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path == QLatin1String("job/save/image"))
                return FakeAnswer::payload(R"({"jobId":"job-1"})");
            if (path == QLatin1String("job/break")) {
                jobState = QStringLiteral("break");
                return FakeAnswer::payload("{}");
            }
            if (path != QLatin1String("jobs"))
                return std::nullopt;
            const QString now = QString::number(std::chrono::floor<Seconds>(clock.now().time_since_epoch()).count());
            return FakeAnswer::payload(QStringLiteral(R"({"jobs":[{"Id":"job-1","type":"saveImage","instanceId":"one","createdAt":"%1","state":{"state":"%2"}},
                {"Id":"job-x","type":"autoInstanceMigrate","instanceId":"two","createdAt":"soon","state":{"state":"success"}}],"total":2})").arg(now, jobState).toUtf8());
        };
        stack.history.open(dir.filePath(QStringLiteral("history.sqlite")));
        stack.history.setProfile(kProfile, false);
        stack.jobs.setProfile(kProfile);
        stack.startups.setProfile(kProfile);
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        if (!QTest::qWaitFor([this] { return stack.stores.instances.contains(kOne); }, 3000))
            qFatal("no instances");
    }
    const OperationRow *row(const char *kind) const
    {
        for (const OperationRow &one : stack.operations.rows()) {
            if (one.kind == QLatin1String(kind))
                return &one;
        }
        return nullptr;
    }
};

} // namespace

/// What is running and what ended of late, whoever carries it out.
class TestOperationBoard final : public QObject
{
    Q_OBJECT

private slots:
    void aJobShowsFromTheWishToItsEnd()
    {
        Bench bench;
        QVERIFY(await(bench.stack.commands.run(kOne, SaveImageRequest{QStringLiteral("ghcr.io/a/b:1"), {}})).ok());
        QTRY_VERIFY(bench.row("saveImage"));
        QCOMPARE(bench.row("saveImage")->title, QStringLiteral("ghcr.io/a/b:1"));
        QCOMPARE(bench.row("saveImage")->instance, kOne);
        QTRY_VERIFY(bench.row("saveImage")->whyNoCancel.isEmpty());
        QVERIFY(bench.row("saveImage")->isOpen());
        QCOMPARE(bench.stack.operations.openCount(), 1);
        QVERIFY(await(bench.stack.operations.cancel(bench.row("saveImage")->id)).ok());
        QTRY_COMPARE(bench.row("saveImage")->state, OperationState::Canceled);
        QVERIFY(!bench.row("saveImage")->whyNoCancel.isEmpty());
        QVERIFY(!await(bench.stack.operations.cancel(bench.row("saveImage")->id)).ok());
    }

    /// As after a kill: the request had left, and another run of the program finds it in the log.
    void aRenewalThatWasCutOffIsSettledByAnotherRun_data()
    {
        QTest::addColumn<bool>("paid");
        QTest::newRow("the instance shows it") << true;
        QTest::newRow("nothing shows it") << false;
    }
    void aRenewalThatWasCutOffIsSettledByAnotherRun()
    {
        QFETCH(bool, paid);
        Bench bench;
        const InstanceId two(QStringLiteral("two"));
        bench.cloud.put(two.toString(), QStringLiteral("running"), QStringLiteral("rented"), QStringLiteral("monthly"));
        bench.cloud.instances[two.toString()].insert(QStringLiteral("endTime"), QStringLiteral("1800000000"));
        QVERIFY(await(bench.stack.refresher.refreshInstance(two, true)).ok());
        bench.stack.payments.setProfile(kProfile);
        bool written = false;
        bench.cloud.intercept = [&](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            if (path != QLatin1String("gpu/instance/renewInstance"))
                return std::nullopt;
            written = bench.stack.history.database.status().notice.isEmpty();
            return FakeAnswer::hanging();
        };
        bench.stack.commands.run(two, InstanceRequest::renew(1));
        QTRY_VERIFY(written);
        QTRY_VERIFY(bench.row("renew") && bench.row("renew")->isOpen());
        QCOMPARE(bench.row("renew")->title, QStringLiteral("rented"));
        QVERIFY(!bench.row("renew")->whyNoCancel.isEmpty());
        if (paid)
            bench.cloud.instances[two.toString()].insert(QStringLiteral("endTime"), QStringLiteral("1802592000"));

        PaymentWatch again(bench.stack.stores, bench.stack.refresher, bench.stack.commands, bench.stack.history.operations, bench.clock);
        again.setWaits({Milliseconds(300), Milliseconds(40), Milliseconds(60)});
        again.setProfile(kProfile);
        QTRY_VERIFY(again.isInDoubt(two));
        QTRY_VERIFY(!again.isInDoubt(two));
        QTRY_VERIFY((bench.stack.operations.refresh(), !bench.row("renew")->isOpen()));
        QCOMPARE(bench.row("renew")->state, paid ? OperationState::Done : OperationState::Failed);
        const QString said = bench.stack.eventTexts().join(QLatin1Char('\n'));
        QCOMPARE(said.contains(QStringLiteral("“rented” was renewed: the answer was lost")), paid);
        QCOMPARE(said.contains(QStringLiteral("It is not known whether “rented” was renewed")), !paid);
        QCOMPARE(bench.cloud.count(QStringLiteral("gpu/instance/renewInstance")), 1);
    }

    void jobsOfOthersShowOnce()
    {
        Bench bench;
        QVERIFY(await(bench.stack.refresher.refresh(DataKind::Jobs)).ok());
        QTRY_VERIFY(bench.row("autoInstanceMigrate"));
        QVERIFY(bench.row("saveImage")); // begun elsewhere as far as this run knows
        QCOMPARE(bench.row("saveImage")->progress, QStringLiteral("Begun elsewhere"));
        QVERIFY(!bench.row("autoInstanceMigrate")->isOpen());
        QVERIFY(!bench.row("autoInstanceMigrate")->begunAt); // not 1970
        QVERIFY(await(bench.stack.operations.cancel(bench.row("saveImage")->id)).ok());
        QTRY_COMPARE(bench.row("saveImage")->state, OperationState::Canceled);
    }

    void aStartIsWatchedNoLongerOnRequest()
    {
        Bench bench;
        bench.stack.startups.begin(kOne, *bench.stack.stores.instances.find(kOne));
        QTRY_VERIFY(bench.row("startup"));
        QCOMPARE(bench.row("startup")->title, QStringLiteral("trainer"));
        QVERIFY(!bench.row("startup")->whyNoResume.isEmpty()); // it does not run
        QVERIFY(!await(bench.stack.operations.resume(bench.row("startup")->id)).ok());
        QVERIFY(await(bench.stack.operations.cancel(bench.row("startup")->id)).ok());
        QTRY_COMPARE(bench.row("startup")->state, OperationState::Canceled);
        QVERIFY(!bench.stack.startups.find(kOne));
        QCOMPARE(bench.cloud.count(QStringLiteral("job/break")), 0);
    }

    void aCreateCannotBeTakenBack()
    {
        Bench bench;
        Operation operation;
        operation.id = OperationLog::newId();
        operation.profile = kProfile;
        operation.kind = QStringLiteral("create");
        operation.title = QStringLiteral("box");
        operation.state = OperationState::Running;
        operation.createdAt = operation.updatedAt = bench.clock.now();
        Operation ofBatch = operation;
        ofBatch.id = OperationLog::newId();
        ofBatch.parent = OperationLog::newId();
        QVERIFY(await(bench.stack.history.operations.save({operation, ofBatch})).ok());
        bench.stack.operations.refresh();
        QTRY_COMPARE(bench.stack.operations.rows().size(), 1); // of a batch the batch speaks
        QVERIFY(bench.row("create")->whyNoCancel.contains(QLatin1String("cannot be taken back")));
        QVERIFY(bench.row("create")->whyNoResume.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOperationBoard)
#include "tst_operationboard.moc"
