// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/jobsentence.h"
#include "core/images/joboptions.h"
#include "core/images/resultfetch.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakebackend.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <future>

using namespace novita;

namespace {

/// The queue on a file of its own.
struct Bench
{
    Bench()
    {
        endpoint.id = QStringLiteral("txt2img");
        start();
    }

    /// As after a kill: nothing is asked of the one that runs.
    void start()
    {
        queue.reset();
        file.reopen();
        queue = std::make_unique<ImageQueue>(ImageQueue::Parts{file.database(), keeper, [this](const QString &id) { return id == endpoint.id ? &endpoint : nullptr; }, clock,
                                                               [] { return 0.5; }, [this] { return webhook ? Call<QUrl>::settledWith(*webhook) : nullptr; }, Milliseconds(100),
                                                               [this](Milliseconds wait, QObject *who, const std::function<void()> &then) {
                                                                   if (holdsWaits)
                                                                       waits.append({wait, who, then});
                                                                   else
                                                                       QTimer::singleShot(wait, who, then);
                                                               }});
        queue->addBackend(backend);
        queue->open(kMine);
        QObject::connect(queue.get(), &ImageQueue::finished, queue.get(), [this](const ImageJob &job) { finished.append(job); });
        settle();
    }
    /// Until what was asked of the file is done.
    void settle() { (void)await(PictureStore(file.database()).totals(kMine)); }

    static NewImageJob job(const QString &prompt, int expected = 1)
    {
        NewImageJob out;
        out.backend = QStringLiteral("fake");
        out.recipe = {QStringLiteral("txt2img"), {{QStringLiteral("prompt"), prompt}}};
        out.options.outputType = QStringLiteral("png");
        out.expected = expected;
        return out;
    }
    ImageJobId add(const QString &prompt, int expected = 1) { return await(queue->add({job(prompt, expected)})).value().first(); }
    ImageJobState state(const ImageJobId &id) const { return queue->job(id)->job.state; }
    int pictures() { return await(PictureStore(file.database()).totals(kMine)).value().pictures; }
    /// What waits, in order.
    QString waiting() const
    {
        QString out;
        const QList<ImageJobView> views = queue->jobs();
        for (const ImageJobView &view : views)
            out += view.job.state == ImageJobState::Waiting ? view.job.recipe.value(QLatin1String("prompt")).toString() : QString();
        return out;
    }

    struct Wait
    {
        Milliseconds time;
        QPointer<QObject> who;
        std::function<void()> then;

        void end() const
        {
            if (who)
                then();
        }
    };

    bool holdsWaits = false; ///< from here on a test ends them
    QList<Wait> waits;
    FakeClock clock;
    ImagesFile file;
    FakeKeeper keeper;
    FakeBackend backend;
    EndpointSpec endpoint;
    QList<ImageJob> finished;
    std::optional<Result<QUrl>> webhook;
    std::unique_ptr<ImageQueue> queue;
};

} // namespace

class TestImageQueue final : public QObject
{
    Q_OBJECT

private slots:
    void goesFromPromptToGallery()
    {
        Bench bench;
        QVERIFY(!bench.queue->isPaused());
        const ImageJobId id = bench.add(QStringLiteral("a lighthouse"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        const ImageRequest &request = bench.backend.requests.first();
        QCOMPARE(request.recipe.values.value(QLatin1String("prompt")).toString(), QStringLiteral("a lighthouse"));
        QCOMPARE(request.options.outputType, QStringLiteral("png"));
        QVERIFY(request.options.webhook.isEmpty());
        QCOMPARE(bench.state(id), ImageJobState::Submitting);

        bench.backend.submits.first()->resolve(FakeBackend::queued(QStringLiteral("t1")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Following);
        QTRY_COMPARE(bench.backend.looked, QList<QString>{QStringLiteral("t1")});
        ImageWork running = FakeBackend::queued(QStringLiteral("t1"));
        running.status = TaskStatus::Processing;
        running.percent = 40;
        running.eta = Seconds(4);
        bench.backend.looks.last()->resolve(running);
        QTRY_COMPARE(bench.queue->job(id)->percent, 40);
        QCOMPARE(bench.queue->job(id)->expectedAt, bench.clock.now() + Seconds(4));

        bench.queue->noteTask(QStringLiteral("t1"));
        QCOMPARE(bench.backend.looks.size(), 2);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
        QCOMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.queue->openCount(), 0);
    }

    void saysWhereToReport()
    {
        Bench bench;
        bench.webhook = QUrl(QStringLiteral("https://hook.example/x"));
        bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        QCOMPARE(bench.backend.requests.last().options.webhook, bench.webhook->value());
        // Where nobody listens it is asked for all the same.
        bench.webhook = Error::make(ErrorKind::NotFound, QStringLiteral("nobody listens"));
        bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        QVERIFY(bench.backend.requests.last().options.webhook.isEmpty());
    }

    void sendsNoMoreThanTheBackendTakes()
    {
        Bench bench;
        for (const char *prompt : {"a", "b", "c", "d"})
            bench.add(QLatin1String(prompt));
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded({}, 1));
        QTRY_COMPARE(bench.backend.requests.size(), 3);
        QCOMPARE(bench.backend.requests.last().recipe.values.value(QLatin1String("prompt")).toString(), QStringLiteral("c"));
        QCOMPARE(bench.waiting(), QStringLiteral("d"));
    }

    void aBackendThatIsBarredIsSentNothing()
    {
        Bench bench;
        const ImageJobId first = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.queue->bar(QStringLiteral("fake"), QStringLiteral("Read-only."));
        const ImageJobId second = bench.add(QStringLiteral("b"));
        bench.queue->resume();
        bench.settle();
        QCOMPARE(bench.backend.requests.size(), 1);
        QCOMPARE(bench.queue->job(second)->trouble, QStringLiteral("Read-only."));
        // What it has is waited for.
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t-1"), 1));
        QTRY_COMPARE(bench.state(first), ImageJobState::Done);
        QCOMPARE(bench.backend.requests.size(), 1);
        bench.queue->bar(QStringLiteral("fake"), {});
        QTRY_COMPARE(bench.backend.requests.size(), 2);
    }

    void aLostReplyIsNeverSentAgain()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::lostReply());
        QTRY_COMPARE(bench.state(id), ImageJobState::Lost);
        QVERIFY(!bench.queue->job(id)->job.note.isEmpty());
        bench.start();
        bench.queue->resume();
        bench.settle();
        QCOMPARE(bench.backend.requests.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Lost);
    }

    void afterAKillWhatMayHaveBeenSentIsLost()
    {
        Bench bench;
        const ImageJobId sent = bench.add(QStringLiteral("a"));
        bench.backend.most = 1;
        const ImageJobId waiting = bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.start();
        QTRY_COMPARE(bench.state(sent), ImageJobState::Lost);
        QCOMPARE(bench.state(waiting), ImageJobState::Waiting);
        QVERIFY(bench.queue->isPaused());
        bench.settle();
        QCOMPARE(bench.backend.requests.size(), 1);
        bench.queue->resume();
        QTRY_COMPARE(bench.backend.requests.size(), 2);
    }

    void afterAKillTasksAreFollowed()
    {
        Bench bench;
        bench.backend.most = 10;
        QList<ImageJobId> ids;
        for (int i = 0; i < 10; ++i)
            ids.append(bench.add(QString::number(i)));
        QTRY_COMPARE(bench.backend.requests.size(), 10);
        for (int i = 0; i < 10; ++i)
            bench.backend.submits.at(i)->resolve(FakeBackend::queued(QStringLiteral("t%1").arg(i)));
        QTRY_VERIFY(std::all_of(ids.begin(), ids.end(), [&](const ImageJobId &id) { return bench.state(id) == ImageJobState::Following; }));
        bench.settle();
        bench.backend.looked.clear();
        bench.backend.looks.clear();
        bench.start();
        QTRY_COMPARE(bench.backend.looks.size(), 10);
        for (int i = 0; i < 10; ++i)
            bench.backend.looks.at(i)->resolve(FakeBackend::succeeded(bench.backend.looked.at(i), 1));
        QTRY_COMPARE(bench.finished.size(), 10);
        QCOMPARE(bench.pictures(), 10);
        QCOMPARE(bench.backend.requests.size(), 10);
        // And once more: nothing comes twice.
        bench.start();
        QCOMPARE(bench.pictures(), 10);
        QCOMPARE(bench.queue->openCount(), 0);
    }

    void theEndIsToldByTheStatusAlone()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        ImageWork odd = FakeBackend::succeeded(QStringLiteral("t"), 1);
        odd.status = TaskStatus::Unknown;
        odd.percent = 100;
        bench.backend.submits.first()->resolve(odd);
        QTRY_COMPARE(bench.state(id), ImageJobState::Following);
        QVERIFY(bench.keeper.asked.isEmpty());
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        ImageWork failed{TaskStatus::Failed, QStringLiteral("t"), {}, {}, {}, {}, QStringLiteral("worker gave up")};
        bench.backend.looks.last()->resolve(failed);
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.queue->job(id)->job.note, QStringLiteral("worker gave up."));
    }

    void aPollThatFailsEndsNothing()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::queued(QStringLiteral("t")));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(Error::make(ErrorKind::Server, QStringLiteral("broken")));
        QTRY_COMPARE(bench.queue->job(id)->trouble, QStringLiteral("broken."));
        QCOMPARE(bench.state(id), ImageJobState::Following);
        bench.queue->wake();
        QCOMPARE(bench.backend.looks.size(), 2);
        bench.backend.looks.last()->resolve(Error::make(ErrorKind::NotFound, QStringLiteral("no such task")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
    }

    void refusalsThatHitAllHoldTheQueue_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("pauses");
        QTest::newRow("rate") << int(ErrorKind::RateLimited) << false;
        QTest::newRow("network") << int(ErrorKind::Network) << false;
        QTest::newRow("breaker") << int(ErrorKind::BreakerOpen) << false;
        QTest::newRow("money") << int(ErrorKind::Quota) << true;
        QTest::newRow("key") << int(ErrorKind::Unauthorized) << true;
    }
    void refusalsThatHitAllHoldTheQueue()
    {
        QFETCH(int, kind);
        Bench bench;
        bench.backend.most = 1;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        Error error = Error::make(static_cast<ErrorKind>(kind), QStringLiteral("not now"));
        error.retryAfter = Milliseconds(50);
        bench.backend.submits.first()->resolve(error);
        QTRY_VERIFY(!bench.queue->holdReason().isEmpty());
        QVERIFY2(kind == int(ErrorKind::BreakerOpen) || bench.queue->holdReason() == QStringLiteral("not now."), qPrintable(bench.queue->holdReason()));
        QCOMPARE(bench.state(id), ImageJobState::Waiting);
        QCOMPARE(bench.waiting(), QStringLiteral("ab"));
        bench.clock.advance(*error.retryAfter);
        QTEST(bench.queue->isPaused(), "pauses");
        if (bench.queue->isPaused()) {
            bench.settle();
            QCOMPARE(bench.backend.requests.size(), 1);
            bench.queue->resume();
        }
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        QVERIFY(bench.queue->holdReason().isEmpty());
    }

    void eachBackendIsHeldForAsLongAsItAsked()
    {
        Bench bench;
        FakeBackend other;
        other.key = QStringLiteral("other");
        bench.queue->addBackend(other);
        const auto busyFor = [](Milliseconds wait) {
            Error error = Error::make(ErrorKind::RateLimited, QStringLiteral("not now"));
            error.retryAfter = wait;
            return error;
        };
        const TimePoint start = bench.clock.now();
        bench.add(QStringLiteral("a"));
        bench.add(QStringLiteral("b"));
        NewImageJob third = Bench::job(QStringLiteral("c"));
        third.backend = other.key;
        QVERIFY(await(bench.queue->add({third})).ok());
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        QTRY_COMPARE(other.requests.size(), 1);
        bench.backend.submits.at(0)->resolve(busyFor(Milliseconds(50)));
        QTRY_COMPARE(bench.queue->heldUntil(), start + Milliseconds(50));
        other.submits.at(0)->resolve(busyFor(Milliseconds(200)));
        bench.settle();
        bench.backend.submits.at(1)->resolve(busyFor(Seconds(60)));
        QTRY_COMPARE(bench.queue->heldUntil(), start + Milliseconds(200));
        // What the first asked for before is over; neither of them is asked.
        bench.clock.advance(Milliseconds(60));
        QSignalSpy changed(bench.queue.get(), &ImageQueue::pausedChanged);
        QVERIFY(!changed.wait(120));
        QCOMPARE(other.requests.size(), 1);
        // Nor does a wall clock that is set matter.
        bench.clock.jumpWallClock(Seconds(-3600));
        bench.clock.advance(Milliseconds(140));
        QTRY_COMPARE(other.requests.size(), 2);
        QCOMPARE(bench.backend.requests.size(), 2);
        QCOMPARE(bench.queue->heldUntil(), start + Seconds(60));
        bench.queue->removeBackend(bench.backend.key);
        QVERIFY(!bench.queue->heldUntil());
        bench.queue->removeBackend(other.key);
    }

    void whatWentWrongIsSaidInSentences_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("begins");
        const auto row = [](const char *name, ErrorKind kind, const char *message, const char *reason, const char *begins) {
            QTest::newRow(name) << int(kind) << QString::fromLatin1(message) << QString::fromLatin1(reason) << QString::fromLatin1(begins);
        };
        row("no full stop", ErrorKind::Timeout, "x did not answer in time", "", "x did not answer in time.");
        row("a sentence", ErrorKind::Validation, "steps must be 1 to 100.", "", "steps must be 1 to 100.");
        row("technical", ErrorKind::Protocol, "Unexpected answer at $.task_id: expected non-empty text", "", "The server's answer could not be understood. (Unexpected answer at $.task_id");
        row("unknown task", ErrorKind::NotFound, "TASK_NOT_FOUND", "TASK_NOT_FOUND", "The server does not know this job any more");
        row("retired", ErrorKind::Forbidden, "API_NOT_ALLOWED", "API_NOT_ALLOWED", "The provider says that this endpoint is retired, or");
        row("money", ErrorKind::Quota, "no", "NOT_ENOUGH_BALANCE", "The account's balance is too low. Top it up, then resume the queue");
        row("nothing", ErrorKind::Server, "", "", "The server gives no reason.");
    }
    void whatWentWrongIsSaidInSentences()
    {
        QFETCH(int, kind);
        QFETCH(QString, message);
        QFETCH(QString, reason);
        QFETCH(QString, begins);
        Error error = Error::make(static_cast<ErrorKind>(kind), message);
        error.apiReason = reason;
        const QString sentence = jobsentence::of(error);
        QVERIFY2(sentence.startsWith(begins), qPrintable(sentence));
    }

    void aSubmitThatHangsIsUnclearAndNotSentAgain()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        Error hung = Error::make(ErrorKind::Timeout, QStringLiteral("x did not answer in time"));
        hung.effectUnknown = true;
        bench.backend.submits.first()->resolve(hung);
        QTRY_COMPARE(bench.state(id), ImageJobState::Lost);
        QCOMPARE(bench.queue->job(id)->job.note, QStringLiteral("x did not answer in time."));
        bench.settle();
        QCOMPARE(bench.backend.requests.size(), 1);
    }

    void aWrongRequestFailsAlone()
    {
        Bench bench;
        bench.backend.most = 1;
        QSignalSpy answered(bench.queue.get(), &ImageQueue::endpointAnswered);
        const ImageJobId id = bench.add(QStringLiteral("a"));
        bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(Error::make(ErrorKind::Validation, QStringLiteral("steps")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        QCOMPARE(answered.size(), 1);
    }

    void fetchesAreTriedAgain()
    {
        Bench bench;
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut"))};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
        QCOMPARE(bench.pictures(), 2);
    }

    /// A server that says when gets its time, and no less than one that does not.
    void aServerOfFilesIsAskedWhenItSaid()
    {
        Bench bench;
        bench.holdsWaits = true;
        Error later = Error::make(ErrorKind::Server, QStringLiteral("later"));
        later.retryAfter = Seconds(40);
        Error sooner = later;
        sooner.retryAfter = Milliseconds(1);
        bench.keeper.failures = {later, sooner};
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 1));
        QTRY_COMPARE(bench.waits.size(), 1);
        QCOMPARE(bench.waits.last().time, Milliseconds(Seconds(40)));
        QCOMPARE(bench.queue->job(id)->trouble, QStringLiteral("later"));
        bench.waits.last().end();
        QTRY_COMPARE(bench.waits.size(), 2);
        QCOMPARE(bench.waits.last().time, Milliseconds(200));
        bench.waits.last().end();
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 1);
        QCOMPARE(bench.keeper.asked.size(), 3);
    }

    void aFetchThatIsTriedAgainMayBeGivenUp()
    {
        Bench bench;
        bench.holdsWaits = true;
        bench.backend.interruptible = bench.backend.interruptHangs = true;
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut"))};
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 1));
        QTRY_COMPARE(bench.waits.size(), 1);
        bench.queue->cancel({id});
        QCOMPARE(bench.backend.interrupts, 1);
        // The run lives on, until the backend has said whether it stopped.
        QVERIFY(bench.waits.first().who);
        bench.waits.first().end();
        QCOMPARE(bench.keeper.asked, QList<int>{0});
        QCOMPARE(bench.state(id), ImageJobState::Downloading);
    }

    void whatWasMadeBeforeItCouldBeGivenUpIsKept()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.queue->cancel({id});
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 1));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 1);
    }

    void anExpiredLinkIsAskedForAnewOnce()
    {
        Bench bench;
        const Error expired = Error::make(ErrorKind::NotFound, QStringLiteral("expired"));
        bench.keeper.failures = {expired, expired, expired};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.pictures(), 1);
        QVERIFY(bench.queue->job(id)->job.note.contains(QStringLiteral("expired")));
        // The rest can still be asked for.
        QVERIFY(bench.queue->followAgain(id));
        QTRY_COMPARE(bench.backend.looks.size(), 2);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
    }

    /// The last of the others is here while the disk still writes down that there are new links.
    void newLinksAreFetchedThoughTheOthersAreHere()
    {
        Bench bench;
        bench.keeper.failures = {Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        bench.keeper.hung.value(1)->resolve(bench.keeper.made(id, 1));
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
    }

    /// New links of fewer pictures than it had: what is here is all that will come.
    void fewerNewLinksEndIt()
    {
        Bench bench;
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_VERIFY(bench.keeper.hung.contains(1));
        bench.keeper.hung.value(1)->resolve(Error::make(ErrorKind::NotFound, QStringLiteral("expired")));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 1));
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.pictures(), 1);
        QVERIFY(bench.queue->job(id)->job.note.startsWith(QLatin1String("1 of 2")));
    }

    /// The file has counted on by a write whose answer nobody waited for.
    void aJobThatIsGivenUpWhileItIsWrittenIsWrittenAllTheSame_data()
    {
        QTest::addColumn<int>("here");
        QTest::newRow("nothing is here") << 0;
        QTest::newRow("one is here") << 1;
    }
    void aJobThatIsGivenUpWhileItIsWrittenIsWrittenAllTheSame()
    {
        QFETCH(int, here);
        Bench bench;
        const Error expired = Error::make(ErrorKind::NotFound, QStringLiteral("expired"));
        bench.keeper.failures = QList<Error>(2 - here, expired);
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.settle();
        QObject once;
        QObject::connect(bench.queue.get(), &ImageQueue::changed, &once, [&] {
            QObject::disconnect(bench.queue.get(), &ImageQueue::changed, &once, nullptr);
            std::promise<void> isWritten;
            Call<Done> *marker = bench.file.database().run<Done>([&isWritten](SqlSession &) -> Result<Done> {
                isWritten.set_value();
                return Done();
            });
            Q_UNUSED(marker);
            isWritten.get_future().wait();
            bench.queue->cancel({id});
        });
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Abandoned);
        QCOMPARE(bench.pictures(), here);
        QCOMPARE(await(ImageJobLog(bench.file.database()).read(id)).value().state, ImageJobState::Abandoned);
        // And it can be followed again.
        QVERIFY(bench.queue->followAgain(id));
        QTRY_COMPARE(bench.backend.looks.size(), 2);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
    }

    /// Fetched, killed before it was told, and meanwhile the server has forgotten the task.
    void whatAKilledRunHadFetchedIsKept_data()
    {
        QTest::addColumn<QList<int>>("earlier");
        QTest::addColumn<ImageJobState>("state");
        QTest::newRow("nothing") << QList<int>() << ImageJobState::Failed;
        QTest::newRow("some") << QList<int>{1} << ImageJobState::Failed;
        QTest::newRow("all") << QList<int>{0, 1} << ImageJobState::Done;
    }
    void whatAKilledRunHadFetchedIsKept()
    {
        QFETCH(QList<int>, earlier);
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::queued(QStringLiteral("t1")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Following);
        bench.start();
        bench.keeper.earlier = earlier;
        QTRY_VERIFY(bench.backend.looks.last());
        bench.backend.looks.last()->resolve(Error::make(ErrorKind::NotFound, QStringLiteral("no such task")));
        QTRY_VERIFY(!isOpen(bench.state(id)));
        QTEST(bench.state(id), "state");
        QCOMPARE(bench.pictures(), static_cast<int>(earlier.size()));
        QCOMPARE(bench.queue->job(id)->job.note.contains(QLatin1String("no such task")), earlier.size() < 2);
        QCOMPARE(bench.queue->job(id)->job.note.startsWith(QLatin1String("1 of 2")), earlier.size() == 1);
    }

    /// It is paid for; meanwhile nothing more is sent, for its place is taken.
    void aFullDiskIsWaitedFor()
    {
        Bench bench;
        bench.holdsWaits = true;
        bench.backend.most = 1;
        const ImageJobId id = bench.add(QStringLiteral("a"));
        bench.add(QStringLiteral("b"));
        bench.keeper.failures.append(Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")));
        bench.keeper.noRoom = Error::make(ErrorKind::Storage, QStringLiteral("no room yet"));
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 1));
        QTRY_COMPARE(bench.queue->job(id)->trouble, QStringLiteral("the disk is full"));
        QCOMPARE(bench.state(id), ImageJobState::Downloading);
        for (int i = 1; i <= 2 * ResultFetch::kMostTries; ++i) {
            QTRY_COMPARE(bench.waits.size(), i);
            QVERIFY(bench.waits.last().time >= Seconds(30));
            bench.waits.last().end();
            QTRY_COMPARE(bench.keeper.roomAsked, i);
        }
        QTRY_COMPARE(bench.queue->job(id)->trouble, QStringLiteral("no room yet"));
        QCOMPARE(bench.keeper.asked.size(), 1); // not downloaded to be thrown away
        QCOMPARE(bench.state(id), ImageJobState::Downloading);
        QCOMPARE(bench.backend.submits.size(), 1);
        bench.keeper.noRoom.reset(); // somebody has made room
        QTRY_COMPARE(bench.waits.size(), 2 * ResultFetch::kMostTries + 1);
        bench.waits.last().end();
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 1);
        QTRY_COMPARE(bench.backend.submits.size(), 2);
    }

    /// A disk that promises room and does not take it is tried ever later.
    void aDiskThatPromisesRoomIsTriedEverLater()
    {
        Bench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = QList<Error>(7, Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")));
        const ImageJobId id = bench.add(QStringLiteral("a"));
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 1));
        for (int i = 1; i <= 7; ++i) {
            QTRY_COMPARE(bench.waits.size(), i);
            QCOMPARE(bench.waits.last().time, Milliseconds(Seconds(30 * (1 << std::min(i - 1, 4)))));
            bench.waits.last().end();
        }
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked.size(), 8);
    }

    /// New links come while one picture waits for the disk: it waits on.
    void newLinksDoNotHurryTheDisk()
    {
        Bench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = {Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")), Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.keeper.asked, (QList<int>{0, 1, 1}));
        QCOMPARE(bench.waits.size(), 1);
        bench.waits.last().end();
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 1, 0}));
        QCOMPARE(bench.pictures(), 2);
    }

    /// Asked for new links, a server says that there are none.
    void withoutNewLinksWhatIsHereIsKept_data()
    {
        QTest::addColumn<TaskStatus>("status");
        QTest::newRow("failed") << TaskStatus::Failed;
        QTest::newRow("nothing made") << TaskStatus::Succeeded;
    }
    void withoutNewLinksWhatIsHereIsKept()
    {
        QFETCH(TaskStatus, status);
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.keeper.failures.append(Error::make(ErrorKind::NotFound, QStringLiteral("expired")));
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        ImageWork none = FakeBackend::queued(QStringLiteral("t1"));
        none.status = status;
        bench.backend.looks.last()->resolve(none);
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.pictures(), 1);
        QVERIFY(bench.queue->job(id)->job.note.startsWith(QLatin1String("1 of 2")));
    }

    void whatIsHereWhenItIsGivenUpIsKept()
    {
        Bench bench;
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.keeper.failures.append(Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")));
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.keeper.asked.size(), 2);
        QTRY_VERIFY(!bench.queue->job(id)->trouble.isEmpty());
        bench.settle();
        bench.queue->cancel({id});
        QTRY_COMPARE(bench.state(id), ImageJobState::Abandoned);
        QCOMPARE(bench.pictures(), 1);
        QCOMPARE(bench.finished.size(), 1);
        QVERIFY(bench.queue->job(id)->job.note.startsWith(QLatin1String("1 of 2")));
    }

    /// The gallery cannot be written: nothing is said to be in it.
    void givingUpOnAFullDiskSaysThatThePicturesAreNotInTheGallery()
    {
        Bench bench;
        bench.keeper.hanging = {0};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.keeper.asked.size(), 2);
        bench.settle();
        bench.file.breakJobs();
        bench.queue->cancel({id});
        QTRY_COMPARE(bench.state(id), ImageJobState::Abandoned);
        const QString note = bench.queue->job(id)->job.note;
        QVERIFY2(!note.contains(QLatin1String("are here")), qPrintable(note));
        QVERIFY2(note.contains(QLatin1String("could not be put into the gallery")), qPrintable(note));
        QVERIFY2(note.contains(QLatin1String("could not be used")), qPrintable(note)); // why
        bench.file.mendJobs();
        QCOMPARE(bench.pictures(), 0);
        bench.keeper.hanging.clear();
        QVERIFY(bench.queue->followAgain(id));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
    }

    /// Whoever asks a second time does not lose what is here.
    void givenUpTwiceKeepsWhatIsHere()
    {
        Bench bench;
        bench.backend.interruptible = true;
        bench.keeper.hanging = {0};
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.keeper.asked.size(), 2);
        bench.settle();
        bench.queue->cancel({id});
        bench.queue->cancel({id});
        QTRY_COMPARE(bench.state(id), ImageJobState::Canceled);
        QCOMPARE(bench.pictures(), 1);
        QVERIFY(bench.queue->job(id)->job.note.startsWith(QLatin1String("1 of 2")));
    }

    /// One waits for its next try while the other's link expires: each ends once.
    void aTryThatIsOverIsNotMadeAgain()
    {
        Bench bench;
        bench.holdsWaits = true;
        const ImageJobId id = bench.add(QStringLiteral("a"), 2);
        QTRY_COMPARE(bench.backend.submits.size(), 1);
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut")), Error::make(ErrorKind::NotFound, QStringLiteral("expired")),
                                 Error::make(ErrorKind::Protocol, QStringLiteral("no picture"))};
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        QCOMPARE(bench.waits.size(), 1);
        bench.keeper.hanging = {1};
        bench.backend.looks.last()->resolve(FakeBackend::succeeded(QStringLiteral("t1"), 2));
        QTRY_COMPARE(bench.keeper.asked, (QList<int>{0, 1, 0, 1}));
        bench.settle();
        bench.waits.first().end(); // the time of that try, while the job goes on
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0, 1}));
        bench.keeper.hung.value(1)->resolve(Error::make(ErrorKind::Protocol, QStringLiteral("no picture")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.waits.size(), 1);
        bench.settle();
        QCOMPARE(bench.finished.size(), 1);
    }

    void cancelSaysWhatItCanDo()
    {
        Bench bench;
        bench.backend.most = 1;
        const ImageJobId running = bench.add(QStringLiteral("a")), waiting = bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.queue->cancel({waiting});
        QCOMPARE(bench.state(waiting), ImageJobState::Canceled);
        bench.backend.submits.first()->resolve(FakeBackend::queued(QStringLiteral("t")));
        QTRY_COMPARE(bench.state(running), ImageJobState::Following);
        QVERIFY(!bench.queue->canInterrupt(running));
        bench.queue->cancel({running});
        QTRY_COMPARE(bench.state(running), ImageJobState::Abandoned);

        bench.backend.interruptible = true;
        const ImageJobId third = bench.add(QStringLiteral("c"));
        QTRY_COMPARE(bench.backend.requests.size(), 2);
        QVERIFY(bench.queue->canInterrupt(third));
        bench.queue->cancel({third});
        QCOMPARE(bench.backend.interrupts, 1);
    }

    void isReorderedAndRedone()
    {
        Bench bench;
        bench.queue->pause();
        const QList<ImageJobId> ids{bench.add(QStringLiteral("a")), bench.add(QStringLiteral("b")), bench.add(QStringLiteral("c"))};
        QCOMPARE(bench.waiting(), QStringLiteral("abc"));
        bench.queue->place({ids.at(2)}, ids.at(0));
        QTRY_COMPARE(bench.waiting(), QStringLiteral("cab"));
        QVERIFY(await(bench.queue->add({Bench::job(QStringLiteral("x"))}, ImageJobLog::Place::Front)).ok());
        QCOMPARE(bench.waiting(), QStringLiteral("xcab"));
        QVERIFY(await(bench.queue->redo({ids.at(0)})).ok());
        QCOMPARE(bench.waiting(), QStringLiteral("xcaba"));
        bench.start();
        QCOMPARE(bench.waiting(), QStringLiteral("xcaba"));
        QVERIFY(bench.backend.requests.isEmpty());
    }

    void aPauseCountsBeforeTheFirstRead()
    {
        Bench bench;
        bench.queue->open(kMine);
        bench.queue->pause();
        bench.settle();
        QVERIFY(bench.queue->isPaused());
        bench.add(QStringLiteral("a"));
        bench.settle();
        QVERIFY(bench.backend.requests.isEmpty());
        // Nobody has seen what waits: that is not let go.
        bench.queue->open(kMine);
        bench.queue->resume();
        bench.settle();
        QVERIFY(bench.queue->isPaused());
        bench.queue->resume();
        QTRY_COMPARE(bench.backend.requests.size(), 1);
    }

    void whatCannotBeWrittenIsSaid()
    {
        Bench bench;
        bench.queue->pause();
        const ImageJobId first = bench.add(QStringLiteral("a")), second = bench.add(QStringLiteral("b"));
        QSignalSpy failed(bench.queue.get(), &ImageQueue::writeFailed);
        bench.file.breakJobs();
        bench.queue->place({second}, first);
        QTRY_COMPARE(failed.size(), 1);
        bench.queue->cancel({first});
        QTRY_COMPARE(failed.size(), 2);
        bench.queue->dismiss({first});
        QTRY_COMPARE(failed.size(), 3);
        QCOMPARE(failed.last().first().value<Error>().kind, ErrorKind::Storage);
        QVERIFY(!await(bench.queue->redo({second})).ok());
        // What is not written down as being sent is not sent.
        bench.queue->resume();
        QTRY_COMPARE(failed.size(), 4);
        QTRY_VERIFY(bench.queue->isPaused());
        QVERIFY(bench.backend.requests.isEmpty());
    }

    void aQueueThatCouldNotBeReadIsReadWhenItCan()
    {
        Bench bench;
        bench.queue->pause();
        bench.add(QStringLiteral("a"));
        bench.file.breakJobs();
        bench.queue->open(kMine);
        QTRY_VERIFY(!bench.queue->holdReason().isEmpty());
        QVERIFY(bench.queue->isPaused());
        bench.queue->resume();
        QTRY_VERIFY(!bench.queue->holdReason().isEmpty());
        bench.file.mendJobs();
        bench.queue->resume();
        QTRY_COMPARE(bench.waiting(), QStringLiteral("a"));
        QVERIFY(bench.queue->isPaused()); // nobody has seen yet what waits
        QVERIFY(bench.backend.requests.isEmpty());
    }

    void whatHappenedBeforeItCouldBeReadStays()
    {
        Bench bench;
        bench.queue->pause();
        bench.add(QStringLiteral("old"));
        bench.file.breakJobs();
        bench.queue->open(kMine);
        QTRY_VERIFY(!bench.queue->holdReason().isEmpty());
        bench.file.mendJobs();
        const ImageJobId ended = bench.add(QStringLiteral("a"));
        bench.queue->cancel({ended});
        const ImageJobId sent = bench.add(QStringLiteral("b"));
        bench.queue->resume();
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        QTRY_VERIFY(bench.queue->isPaused()); // nobody has seen the old one
        bench.settle();
        QCOMPARE(bench.state(sent), ImageJobState::Submitting);
        QCOMPARE(bench.waiting(), QStringLiteral("old"));
        QCOMPARE(bench.queue->jobs().size(), 3); // each once
        bench.backend.submits.first()->resolve(FakeBackend::succeeded({}, 1));
        QTRY_COMPARE(bench.state(sent), ImageJobState::Done);
        QCOMPARE(bench.queue->jobs().size(), 3);
    }

    void anUnknownEndpointFailsInASentence()
    {
        Bench bench;
        NewImageJob job = Bench::job(QStringLiteral("a"));
        job.recipe.endpoint = QStringLiteral("gone");
        const ImageJobId id = await(bench.queue->add({job})).value().first();
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QVERIFY(bench.queue->job(id)->job.note.contains(QStringLiteral("gone")));
        bench.queue->dismiss({id});
        QVERIFY(!bench.queue->job(id));
    }

    void optionsStandInJson()
    {
        RequestOptions options;
        options.outputType = QStringLiteral("webp");
        options.nsfwCheck = true;
        options.nsfwLevel = 2;
        options.webhookTest = false;
        options.mode = ImageMode::Inpaint;
        options.base = ModelBase::Sdxl;
        const RequestOptions back = joboptions::fromJson(joboptions::toJson(options));
        QCOMPARE(back.outputType, options.outputType);
        QVERIFY(back.nsfwCheck);
        QCOMPARE(back.nsfwLevel, 2);
        QCOMPARE(back.webhookTest, options.webhookTest);
        QCOMPARE(back.mode, options.mode);
        QCOMPARE(back.base, options.base);
        QVERIFY(joboptions::toJson({}).isEmpty());
        QCOMPARE(joboptions::fromJson({{QStringLiteral("base"), 99}, {QStringLiteral("mode"), QStringLiteral("odd")}}).base, ModelBase::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestImageQueue)
#include "tst_imagequeue.moc"
