// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "core/images/resultfetch.h"
#include "tests/images/queuebench.h"

#include <QTest>

#include <future>

using namespace novita;

/// The pictures of a job on their way into the gallery, by the queue as a whole.
class TestResultFetch final : public QObject
{
    Q_OBJECT

private slots:
    void fetchesAreTriedAgain()
    {
        QueueBench bench;
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut"))};
        const ImageJobId id = bench.make(2);
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
        QCOMPARE(bench.pictures(), 2);
    }

    /// A server that says when gets its time, and no less than one that does not.
    void aServerOfFilesIsAskedWhenItSaid()
    {
        QueueBench bench;
        bench.holdsWaits = true;
        Error later = Error::make(ErrorKind::Server, QStringLiteral("later"));
        later.retryAfter = Seconds(40);
        Error sooner = later;
        sooner.retryAfter = Milliseconds(1);
        bench.keeper.failures = {later, sooner};
        const ImageJobId id = bench.make(1);
        QTRY_COMPARE(bench.waits.size(), 1);
        QCOMPARE(bench.waits.last().time, Milliseconds(Seconds(40)));
        QCOMPARE(bench.queue->job(id)->trouble, QStringLiteral("later"));
        bench.waits.last().end();
        QTRY_COMPARE(bench.waits.size(), 2);
        QCOMPARE(bench.waits.last().time, Milliseconds(2000));
        bench.waits.last().end();
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 1);
        QCOMPARE(bench.keeper.asked.size(), 3);
    }

    /// Too many requests (429), and nothing about when: five tries take longer than the breath that a server asks for.
    void aServerThatDoesNotSayWhenGetsEverMoreTime()
    {
        QueueBench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = QList<Error>(ResultFetch::kMostTries, Error::make(ErrorKind::Server, QStringLiteral("busy")));
        const ImageJobId id = bench.make(1);
        for (int i = 1; i < ResultFetch::kMostTries; ++i) {
            QTRY_COMPARE(bench.waits.size(), i);
            QCOMPARE(bench.waits.last().time, Milliseconds(1000 * (1 << (i - 1)))); // ten times as long as for a line that is cut
            QCOMPARE(bench.queue->job(id)->trouble, QStringLiteral("busy"));
            bench.waits.last().end();
        }
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.waits.size(), ResultFetch::kMostTries - 1);
    }

    /// One is on its way by an old link while new ones come: what becomes of it says nothing of the new one.
    void whatFailsByAnOldLinkIsFetchedByTheNewOne()
    {
        QueueBench bench;
        bench.keeper.failures = {Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.make(2);
        bench.answerLook(2);
        QTRY_COMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
        bench.keeper.hanging.clear();
        bench.keeper.hung.value(1)->resolve(Error::make(ErrorKind::NotFound, QStringLiteral("expired")));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0, 1}));
        QCOMPARE(bench.pictures(), 2);
        QCOMPARE(bench.backend.looks.size(), 1);
    }

    void whatHangsByAnOldLinkIsFetchedByTheNewOne()
    {
        QueueBench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = {Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.make(2);
        bench.answerLook(2);
        QTRY_COMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
        QCOMPARE(bench.waits.size(), 1); // it may be about to come
        QCOMPARE(bench.waits.last().time, Milliseconds(Seconds(30)));
        QCOMPARE(bench.state(id), ImageJobState::Downloading);
        bench.keeper.hanging.clear();
        bench.waits.last().end();
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0, 1}));
        QCOMPARE(bench.pictures(), 2);
    }

    void aFetchThatIsTriedAgainMayBeGivenUp()
    {
        QueueBench bench;
        bench.holdsWaits = true;
        bench.backend.interruptible = bench.backend.interruptHangs = true;
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut"))};
        const ImageJobId id = bench.make(1);
        QTRY_COMPARE(bench.waits.size(), 1);
        bench.queue->cancel({id});
        QCOMPARE(bench.backend.interrupts, 1);
        // The run lives on, until the backend has said whether it stopped.
        QVERIFY(bench.waits.first().who);
        bench.waits.first().end();
        QCOMPARE(bench.keeper.asked, QList<int>{0});
        QCOMPARE(bench.state(id), ImageJobState::Downloading);
    }

    void anExpiredLinkIsAskedForAnewOnce()
    {
        QueueBench bench;
        const Error expired = Error::make(ErrorKind::NotFound, QStringLiteral("expired"));
        bench.keeper.failures = {expired, expired, expired};
        const ImageJobId id = bench.make(2);
        bench.answerLook(2);
        QTRY_COMPARE(bench.state(id), ImageJobState::Failed);
        QCOMPARE(bench.backend.looks.size(), 1);
        QCOMPARE(bench.pictures(), 1);
        QVERIFY(bench.queue->job(id)->job.note.contains(QStringLiteral("expired")));
        // The rest can still be asked for.
        QVERIFY(bench.queue->followAgain(id));
        bench.answerLook(2);
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
    }

    /// The last of the others is here while the disk still writes down that there are new links.
    void newLinksAreFetchedThoughTheOthersAreHere()
    {
        QueueBench bench;
        bench.keeper.failures = {Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.make(2);
        bench.answerLook(2);
        bench.keeper.hung.value(1)->resolve(bench.keeper.made(id, 1));
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
        QCOMPARE(bench.keeper.asked, (QList<int>{0, 1, 0}));
    }

    /// New links of fewer pictures than it had: what is here is all that will come.
    void fewerNewLinksEndIt()
    {
        QueueBench bench;
        bench.keeper.hanging = {1};
        const ImageJobId id = bench.make(2);
        QTRY_VERIFY(bench.keeper.hung.contains(1));
        bench.keeper.hung.value(1)->resolve(Error::make(ErrorKind::NotFound, QStringLiteral("expired")));
        bench.answerLook(1);
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
        QueueBench bench;
        const Error expired = Error::make(ErrorKind::NotFound, QStringLiteral("expired"));
        bench.keeper.failures = QList<Error>(2 - here, expired);
        const ImageJobId id = bench.make(2);
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
        bench.answerLook(2);
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
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"), 2);
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
        QueueBench bench;
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
        QueueBench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = QList<Error>(7, Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")));
        const ImageJobId id = bench.make(1);
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
        QueueBench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = {Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")), Error::make(ErrorKind::NotFound, QStringLiteral("expired"))};
        const ImageJobId id = bench.make(2);
        bench.answerLook(2);
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
        QueueBench bench;
        bench.keeper.failures.append(Error::make(ErrorKind::NotFound, QStringLiteral("expired")));
        const ImageJobId id = bench.make(2);
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
        QueueBench bench;
        bench.keeper.failures.append(Error::make(ErrorKind::Storage, QStringLiteral("the disk is full")));
        const ImageJobId id = bench.make(2);
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
        QueueBench bench;
        bench.keeper.hanging = {0};
        const ImageJobId id = bench.make(2);
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
        bench.answerLook(2);
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 2);
    }

    /// Whoever asks a second time does not lose what is here.
    void givenUpTwiceKeepsWhatIsHere()
    {
        QueueBench bench;
        bench.backend.interruptible = true;
        bench.keeper.hanging = {0};
        const ImageJobId id = bench.make(2);
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
        QueueBench bench;
        bench.holdsWaits = true;
        bench.keeper.failures = {Error::make(ErrorKind::Network, QStringLiteral("cut")), Error::make(ErrorKind::NotFound, QStringLiteral("expired")),
                                 Error::make(ErrorKind::Protocol, QStringLiteral("no picture"))};
        const ImageJobId id = bench.make(2);
        QTRY_COMPARE(bench.backend.looks.size(), 1);
        QCOMPARE(bench.waits.size(), 1);
        bench.keeper.hanging = {1};
        bench.answerLook(2);
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
};

QTEST_GUILESS_MAIN(TestResultFetch)
#include "tst_resultfetch.moc"
