// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/database/operationlog.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/jobnotices.h"
#include "core/workflows/jobwatch.h"
#include "core/workflows/notificationcenter.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;
using W = WatchedJob::State;

namespace {

const ProfileId kProfile(QStringLiteral("p"));
const InstanceId kOne(QStringLiteral("one"));
const SaveImageRequest kImage{QStringLiteral("ghcr.io/team/x:1"), {}};

/// A cloud with jobs, the program's core on it, a history file, and a watch that can be thrown away and made anew as by a kill.
struct Bench
{
    QTemporaryDir dir;
    FakeClock clock;
    FakeCloud cloud;
    ClientStack stack{cloud.nam, clock};
    Database database{clock};
    OperationLog operations{database};
    std::unique_ptr<JobWatch> watch;
    std::map<QString, QString> jobs; ///< state by id
    QString jobType = QStringLiteral("saveImage");
    bool losesSave = false;
    QStringList hanging; ///< paths that get no answer

    Bench()
    {
        if (!await(database.open(dir.filePath(QStringLiteral("history.sqlite")))).ok())
            qFatal("no database");
        cloud.put(kOne.toString(), QStringLiteral("exited"), QStringLiteral("trainer"));
        cloud.intercept = [this](const QString &path, const FakeRequest &request) { return answer(path, request); };
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        if (!stack.settings->setValue(keys::kMaxRetries, 0).ok())
            qFatal("no settings");
        restart();
        if (!QTest::qWaitFor([this] { return stack.stores.instances.contains(kOne); }, 3000))
            qFatal("no instances");
    }
    void restart()
    {
        watch.reset();
        watch = make();
        watch->setProfile(kProfile);
    }
    std::unique_ptr<JobWatch> make()
    {
        return std::make_unique<JobWatch>(stack.client, stack.stores, stack.commands, operations, clock, [] { return 0.5; });
    }
    std::optional<FakeAnswer> answer(const QString &path, const FakeRequest &)
    {
        if (hanging.contains(path))
            return FakeAnswer::hanging();
        if (path == QLatin1String("job/save/image")) {
            jobs[QStringLiteral("job-1")] = QStringLiteral("pulling");
            return losesSave ? FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError) : FakeAnswer::payload(R"({"jobId":"job-1"})");
        }
        if (path == QLatin1String("gpu/instance/migrate"))
            return FakeAnswer::payload("{}");
        if (path == QLatin1String("job/break")) {
            if (jobs[QStringLiteral("job-1")] == QLatin1String("success"))
                return FakeAnswer::payload(R"({"code":400,"reason":"REQUEST","message":"the job has ended"})", 400);
            jobs[QStringLiteral("job-1")] = QStringLiteral("break");
            return FakeAnswer::payload(R"({"jobId":"job-1"})");
        }
        if (path != QLatin1String("jobs"))
            return std::nullopt;
        QStringList rows;
        const QString now = QString::number(std::chrono::floor<Seconds>(clock.now().time_since_epoch()).count());
        for (const auto &[id, state] : jobs)
            rows.append(QStringLiteral(R"({"Id":"%1","type":"%2","instanceId":"one","createdAt":"%3","state":{"state":"%4","errorMessage":"%5"}})")
                            .arg(id, jobType, now, state, state == QLatin1String("fail") ? QStringLiteral("push denied") : QString()));
        return FakeAnswer::payload(QStringLiteral(R"({"jobs":[%1],"total":%2})").arg(rows.join(QLatin1Char(','))).arg(rows.size()).toUtf8());
    }
    bool save() { return await(stack.commands.run(kOne, kImage), std::chrono::seconds(9)).ok(); }
    /// The one job there is.
    const WatchedJob *job() const { return watch->jobs().empty() ? nullptr : &watch->jobs().begin()->second; }
    OperationId id() const { return watch->jobs().begin()->first; }
    bool reaches(W state)
    {
        return QTest::qWaitFor([this, state] {
            watch->wake();
            QTest::qWait(5);
            return job() && job()->state == state;
        }, 4000);
    }
    QList<Operation> stored()
    {
        const auto read = await(operations.read(kProfile, {}));
        return read.valueOr({});
    }
    QString events() const { return stack.eventTexts().join(QLatin1Char('\n')); }
};

} // namespace

/// Jobs of the cloud, from the wish to their end.
class TestJobWatch final : public QObject
{
    Q_OBJECT

private slots:
    void anImageIsFollowedToItsEnd()
    {
        Bench bench;
        QVERIFY(bench.save());
        QVERIFY(bench.job());
        QCOMPARE(bench.job()->id.toString(), QStringLiteral("job-1"));
        QCOMPARE(bench.watch->openCount(), 1);
        QCOMPARE(bench.stored().first().state, OperationState::Running);
        bench.jobs[QStringLiteral("job-1")] = QStringLiteral("running");
        QVERIFY(bench.reaches(W::Running));
        bench.jobs[QStringLiteral("job-1")] = QStringLiteral("success");
        QVERIFY(bench.reaches(W::Done));
        QVERIFY(bench.events().contains(QStringLiteral("The image ghcr.io/team/x:1 of “trainer” was saved.")));
        QCOMPARE(bench.stored().first().state, OperationState::Done);
        QCOMPARE(bench.stored().first().title, kImage.image);
        QCOMPARE(bench.watch->openCount(), 0);
    }

    void aFailureGivesTheCloudsReason()
    {
        Bench bench;
        QVERIFY(bench.save());
        bench.jobs[QStringLiteral("job-1")] = QStringLiteral("fail");
        QVERIFY(bench.reaches(W::Failed));
        QVERIFY(bench.events().contains(QLatin1String("could not be saved. push denied")));
    }

    void anEndIsToldOnce_data()
    {
        QTest::addColumn<QString>("wire");
        QTest::addColumn<int>("severity");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("text");
        QTest::newRow("saved") << QStringLiteral("success") << static_cast<int>(EventSeverity::Success) << QStringLiteral("The image of “trainer” was saved") << kImage.image;
        QTest::newRow("failed") << QStringLiteral("fail") << static_cast<int>(EventSeverity::Problem) << QStringLiteral("The image of “trainer” could not be saved") << QStringLiteral("push denied");
        QTest::newRow("canceled") << QStringLiteral("break") << 0 << QString() << QString();
    }
    void anEndIsToldOnce()
    {
        QFETCH(QString, wire);
        QFETCH(int, severity);
        QFETCH(QString, title);
        QFETCH(QString, text);
        Bench bench;
        const JobNotices notices(*bench.watch, bench.stack.notifications);
        QVERIFY(bench.save());
        bench.jobs[QStringLiteral("job-1")] = wire;
        QTRY_VERIFY((bench.watch->wake(), bench.job()->isOver()));
        bench.watch->wake();
        const QList<ShownNotification> shown = bench.stack.notifications.shown();
        QCOMPARE(shown.isEmpty(), title.isEmpty()); // whoever cancels knows
        if (!shown.isEmpty()) {
            QCOMPARE(shown.size(), 1);
            QCOMPARE(shown.first().kind, NotificationKind::JobEnded);
            QCOMPARE(static_cast<int>(shown.first().severity), severity);
            QCOMPARE(shown.first().title, title);
            QCOMPARE(shown.first().text, text);
            QSignalSpy opened(&bench.stack.notifications, &NotificationCenter::openRequested);
            bench.stack.notifications.trigger(shown.first().id, QStringLiteral("show"));
            QCOMPARE(opened.count(), 1);
            QCOMPARE(opened.first().first().toString(), QStringLiteral("activity/operations"));
        }
        // The activity has one line of its end, not two.
        QCOMPARE(bench.stack.eventTexts().filter(kImage.image).filter(QRegularExpression(QStringLiteral("saved|canceled"))).size(), 1);
    }

    void afterAKillItGoesOnWithOneWorker()
    {
        Bench bench;
        QVERIFY(bench.save());
        bench.restart();
        const std::unique_ptr<JobWatch> other = bench.make();
        other->setProfile(kProfile);
        QTRY_COMPARE(bench.watch->openCount() + other->openCount(), 1);
        QTest::qWait(30);
        QCOMPARE(bench.watch->openCount() + other->openCount(), 1);
        JobWatch &worker = other->openCount() == 1 ? *other : *bench.watch;
        QSignalSpy ended(&worker, &JobWatch::ended);
        bench.jobs[QStringLiteral("job-1")] = QStringLiteral("success");
        worker.wake();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(bench.cloud.count(QStringLiteral("job/save/image")), 1);
    }

    void killedBeforeTheAnswerItIsFound()
    {
        Bench bench;
        // Written down when it was asked for; the answer never reached anybody.
        WatchedJob asked;
        asked.instance = kOne;
        asked.name = QStringLiteral("trainer");
        asked.image = kImage.image;
        asked.askedAt = bench.clock.now();
        Operation operation;
        operation.id = OperationLog::newId();
        operation.profile = kProfile;
        operation.kind = QStringLiteral("saveImage");
        operation.state = OperationState::Running;
        operation.payload = asked.toJson();
        operation.worker = QStringLiteral("killed");
        operation.createdAt = asked.askedAt;
        QVERIFY(await(bench.operations.save(operation)).ok());
        bench.jobs[QStringLiteral("job-9")] = QStringLiteral("running");
        bench.restart();
        QVERIFY(bench.reaches(W::Running));
        QCOMPARE(bench.job()->id.toString(), QStringLiteral("job-9"));
        QCOMPARE(bench.cloud.count(QStringLiteral("job/save/image")), 0);
    }

    void whatNeverShowsIsGivenUpInWords()
    {
        Bench bench;
        QVERIFY(bench.save());
        bench.jobs.clear();
        QVERIFY(bench.reaches(W::Failed));
        QVERIFY(bench.job()->reason.contains(QLatin1String("does not know the job")));
    }

    void aFailedReadChangesNothing()
    {
        Bench bench;
        QVERIFY(bench.save());
        bench.cloud.intercept = [](const QString &path, const FakeRequest &) -> std::optional<FakeAnswer> {
            return path == QLatin1String("jobs") ? std::optional(FakeAnswer::payload("<html>", 502)) : std::nullopt;
        };
        for (int i = 0; i < 3; ++i) {
            bench.watch->wake();
            QTest::qWait(10);
        }
        QCOMPARE(bench.job()->state, W::Preparing);
        QCOMPARE(bench.job()->unseen, 0);
    }

    void aCanceledJobShowsOnceTheCloudSaysSo()
    {
        Bench bench;
        QVERIFY(bench.save());
        QVERIFY(await(bench.watch->cancel(bench.id())).ok());
        QVERIFY(bench.reaches(W::Canceled));
        QVERIFY(bench.events().contains(QLatin1String("was canceled")));
        QVERIFY(!await(bench.watch->cancel(bench.id())).ok());
    }

    void cancelingWhatHasEndedIsNoFailure()
    {
        Bench bench;
        QVERIFY(bench.save());
        bench.jobs[QStringLiteral("job-1")] = QStringLiteral("success");
        QVERIFY(await(bench.watch->cancel(bench.id())).ok());
        QCOMPARE(bench.job()->state, W::Done);
    }

    void aMigrationFindsItsJob()
    {
        Bench bench;
        QVERIFY(await(bench.stack.commands.run(kOne, InstanceAction::Migrate)).ok());
        QCOMPARE(bench.job()->kind, WatchedJob::Kind::Migrate);
        QCOMPARE(bench.job()->state, W::Looking);
        bench.jobType = QStringLiteral("instanceMigrate");
        bench.jobs[QStringLiteral("job-m")] = QStringLiteral("success");
        QVERIFY(bench.reaches(W::Done));
        QVERIFY(bench.events().contains(QStringLiteral("“trainer” was migrated.")));
    }

    void aMigrationWithoutAJobEndsWithTheInstance()
    {
        Bench bench;
        QVERIFY(await(bench.stack.commands.run(kOne, InstanceAction::Migrate)).ok());
        bench.cloud.setStatus(kOne.toString(), QStringLiteral("running"));
        QVERIFY(await(bench.stack.refresher.refresh(DataKind::Instances)).ok());
        QVERIFY(bench.reaches(W::Done));
    }

    void whileItsRequestWaitsNothingIsMissed()
    {
        Bench bench;
        bench.hanging = {QStringLiteral("gpu/instance/migrate")};
        bench.jobType = QStringLiteral("instanceMigrate");
        bench.jobs[QStringLiteral("job-x")] = QStringLiteral("success");
        bench.stack.commands.run(kOne, InstanceAction::Migrate);
        for (int i = 0; i < 2 * JobWatch::kMostUnseen; ++i) {
            const int read = bench.cloud.count(QStringLiteral("/jobs"));
            bench.watch->wake();
            QTRY_COMPARE(bench.cloud.count(QStringLiteral("/jobs")), read + 1);
            QTest::qWait(5);
        }
        QVERIFY(bench.job());
        QCOMPARE(bench.job()->state, W::Looking);
        QVERIFY2(!bench.events().contains(QLatin1String("could not be migrated")), qPrintable(bench.events()));
    }

    void anotherAccountIsNotAskedForTheJob()
    {
        Bench bench;
        bench.hanging = {QStringLiteral("job/break")};
        QVERIFY(bench.save());
        const int read = bench.cloud.count(QStringLiteral("/jobs"));
        int canceled = 0;
        const auto count = [&canceled](const Result<Done> &ended) { canceled += !ended && ended.error().isCanceled(); };
        bench.watch->cancel(bench.id())->onFinished(bench.watch.get(), count);
        bench.watch->cancelForeign(JobId(QStringLiteral("job-of-another")))->onFinished(bench.watch.get(), count);
        QTRY_COMPARE(bench.cloud.count(QStringLiteral("job/break")), 2);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        QTRY_COMPARE(canceled, 2);
        QTest::qWait(20);
        QCOMPARE(bench.cloud.count(QStringLiteral("/jobs")), read);
    }

    void damagedPayloadsAreLeftAlone()
    {
        QVERIFY(!WatchedJob::fromJson({}));
        QVERIFY(!WatchedJob::fromJson({{QStringLiteral("kind"), QStringLiteral("other")}, {QStringLiteral("instance"), QStringLiteral("x")}, {QStringLiteral("askedAt"), 1}}));
        WatchedJob job;
        job.instance = kOne;
        job.askedAt = TimePoint(Milliseconds(1763683200123));
        QCOMPARE(*WatchedJob::fromJson(job.toJson()), job);
    }
};

QTEST_GUILESS_MAIN(TestJobWatch)
#include "tst_jobwatch.moc"
