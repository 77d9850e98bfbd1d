// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/joboptions.h"
#include "tests/images/queuebench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// The queue and its file: after a kill, while it cannot be read or written, and the order that it keeps.
class TestKeptQueue final : public QObject
{
    Q_OBJECT

private slots:
    void afterAKillWhatMayHaveBeenSentIsLost()
    {
        QueueBench bench;
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

    /// The program ends, or another profile is opened, while the limiter holds its request back.
    void whatWasNotSentWaitsAgain()
    {
        QueueBench bench;
        bench.backend.holdsBack = true;
        const ImageJobId id = bench.send(QStringLiteral("a"));
        QCOMPARE(bench.state(id), ImageJobState::Submitting);
        bench.settle();
        bench.queue->close();
        QVERIFY(!bench.backend.submits.first() || bench.backend.submits.first()->isSettled());
        bench.start();
        QCOMPARE(bench.state(id), ImageJobState::Waiting);
        QVERIFY(!bench.queue->job(id)->job.submittedAt);
        bench.queue->resume();
        QTRY_COMPARE(bench.backend.requests.size(), 2);
    }

    void afterAKillTasksAreFollowed()
    {
        QueueBench bench;
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

    void isReorderedAndRedone()
    {
        QueueBench bench;
        bench.queue->pause();
        const QList<ImageJobId> ids{bench.add(QStringLiteral("a")), bench.add(QStringLiteral("b")), bench.add(QStringLiteral("c"))};
        QCOMPARE(bench.waiting(), QStringLiteral("abc"));
        bench.queue->place({ids.at(2)}, ids.at(0));
        QTRY_COMPARE(bench.waiting(), QStringLiteral("cab"));
        QVERIFY(await(bench.queue->add({QueueBench::job(QStringLiteral("x"))}, ImageJobLog::Place::Front)).ok());
        QCOMPARE(bench.waiting(), QStringLiteral("xcab"));
        QVERIFY(await(bench.queue->redo({ids.at(0)})).ok());
        QCOMPARE(bench.waiting(), QStringLiteral("xcaba"));
        bench.start();
        QCOMPARE(bench.waiting(), QStringLiteral("xcaba"));
        QVERIFY(bench.backend.requests.isEmpty());
    }

    void aPauseCountsBeforeTheFirstRead()
    {
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
        NewImageJob job = QueueBench::job(QStringLiteral("a"));
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

QTEST_GUILESS_MAIN(TestKeptQueue)
#include "tst_keptqueue.moc"
