// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/jobsentence.h"
#include "tests/images/queuebench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// What goes out when, what holds it back, and what can be taken back.
class TestImageQueue final : public QObject
{
    Q_OBJECT

private slots:
    void goesFromPromptToGallery()
    {
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
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
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"));
        bench.backend.submits.first()->resolve(FakeBackend::lostReply());
        QTRY_COMPARE(bench.state(id), ImageJobState::Lost);
        QVERIFY(!bench.queue->job(id)->job.note.isEmpty());
        bench.start();
        bench.queue->resume();
        bench.settle();
        QCOMPARE(bench.backend.requests.size(), 1);
        QCOMPARE(bench.state(id), ImageJobState::Lost);
    }

    void theEndIsToldByTheStatusAlone()
    {
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"));
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
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"));
        bench.backend.submits.first()->resolve(FakeBackend::queued(QueueBench::kTask));
        bench.answerLook(Error::make(ErrorKind::Server, QStringLiteral("broken")));
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
        QueueBench bench;
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
        QueueBench bench;
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
        NewImageJob third = QueueBench::job(QStringLiteral("c"));
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
        // What the first asked for before is over; that of the other ends the wait, whatever the wall clock is set to.
        bench.clock.jumpWallClock(Seconds(-3600));
        bench.clock.advance(Milliseconds(200));
        QTRY_COMPARE(other.requests.size(), 2);
        QCOMPARE(bench.backend.requests.size(), 2);
        QCOMPARE(bench.queue->heldUntil(), start + Seconds(60));
        bench.queue->removeBackend(bench.backend.key);
        QVERIFY(!bench.queue->heldUntil());
        bench.queue->removeBackend(other.key);
    }

    void aBackendThatAnswersIsHeldNoLonger()
    {
        QueueBench bench;
        bench.backend.most = 1;
        bench.send(QStringLiteral("a"));
        Error error = Error::make(ErrorKind::Network, QStringLiteral("off"));
        error.retryAfter = Seconds(600);
        bench.backend.submits.last()->resolve(error);
        QTRY_VERIFY(bench.queue->heldUntil());
        FakeBackend other;
        other.key = QStringLiteral("other");
        bench.queue->addBackend(other);
        emit other.answered();
        QVERIFY(bench.queue->heldUntil());
        emit bench.backend.answered();
        QVERIFY(!bench.queue->heldUntil());
        QTRY_COMPARE(bench.backend.requests.size(), 2);
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
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"));
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
        QueueBench bench;
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

    void whatWasMadeBeforeItCouldBeGivenUpIsKept()
    {
        QueueBench bench;
        const ImageJobId id = bench.send(QStringLiteral("a"));
        bench.queue->cancel({id});
        bench.backend.submits.first()->resolve(FakeBackend::succeeded(QStringLiteral("t"), 1));
        QTRY_COMPARE(bench.state(id), ImageJobState::Done);
        QCOMPARE(bench.pictures(), 1);
    }

    /// As long as the limiter holds its request back, and before that.
    void whatWasNotSentYetIsTakenBackForGood()
    {
        QueueBench bench;
        bench.backend.holdsBack = true;
        const ImageJobId held = bench.send(QStringLiteral("a"));
        QCOMPARE(bench.state(held), ImageJobState::Submitting);
        QVERIFY(bench.queue->canTakeBack(held));
        bench.queue->cancel({held});
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.state(held), ImageJobState::Canceled);
        QVERIFY(!bench.backend.submits.first() || bench.backend.submits.first()->isSettled()); // its request has left the line
        QVERIFY(!bench.queue->canTakeBack(held));

        bench.backend.holdsBack = false;
        const ImageJobId sent = bench.send(QStringLiteral("b"));
        QVERIFY(!bench.queue->canTakeBack(sent));
        bench.queue->cancel({sent});
        bench.settle();
        QCOMPARE(bench.state(sent), ImageJobState::Submitting);
        bench.backend.submits.last()->resolve(FakeBackend::queued(QueueBench::kTask));
        QTRY_COMPARE(bench.state(sent), ImageJobState::Abandoned);

        // While it is written down that it is to be sent.
        QObject once;
        ImageJobId written;
        QObject::connect(bench.queue.get(), &ImageQueue::changed, &once, [&](const QList<ImageJobId> &ids) {
            if (!ids.contains(sent) && written.isEmpty() && !ids.isEmpty() && bench.state(ids.first()) == ImageJobState::Submitting) {
                written = ids.first();
                bench.queue->cancel({written});
            }
        });
        bench.add(QStringLiteral("c"));
        QTRY_COMPARE(bench.finished.size(), 3);
        QCOMPARE(bench.state(written), ImageJobState::Canceled);
        QCOMPARE(bench.backend.submits.size(), 2);
        bench.start();
        QCOMPARE(bench.state(written), ImageJobState::Canceled);
        QCOMPARE(bench.state(held), ImageJobState::Canceled);
    }

    void cancelSaysWhatItCanDo()
    {
        QueueBench bench;
        bench.backend.most = 1;
        const ImageJobId running = bench.add(QStringLiteral("a")), waiting = bench.add(QStringLiteral("b"));
        QTRY_COMPARE(bench.backend.requests.size(), 1);
        bench.queue->cancel({waiting});
        QCOMPARE(bench.state(waiting), ImageJobState::Canceled);
        bench.backend.submits.first()->resolve(FakeBackend::queued(QueueBench::kTask));
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
};

QTEST_GUILESS_MAIN(TestImageQueue)
#include "tst_imagequeue.moc"
