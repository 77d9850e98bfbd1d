// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/images/serverbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// The jobs of image servers in the queue.
class TestImageServerJobs final : public QObject, ServerWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void aServerOnAnInstanceIsFoundAndUsed()
    {
        useSandbox({.instances = 20, .timeScale = 1000, .servesEndpoints = true});
        m->servers->setReach(Reach::Local);
        const Result<RowList<Instance>> rows = await(InstanceService(m->api).list());
        QVERIFY2(rows.ok(), rows.ok() ? "" : qPrintable(rows.error().message));
        m->instances.adoptList(*rows, m->clock.now());
        m->instances.markRefreshed(m->clock.now());
        ImageServer server;
        for (const Instance &instance : *rows) {
            for (const PortMapping &port : instance.ports) {
                if (instance.status == InstanceStatus::Running && port.type == QLatin1String("http") && server.port == 0)
                    server = ServerBench::onInstance(instance.id.toString(), port.port);
            }
        }
        QVERIFY(server.port > 0);
        const QString id = m->add(server);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        QVERIFY(await(m->servers->test(server, {}))->failed == ImageServerReport::Step::Done);
        (void)m->addJob(m->view(id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }

    void aPictureIsReadByTheServer()
    {
        useSandbox({.timeScale = 1000});
        const QString backend = sandboxBackend();
        const QString id = m->servers->findBackend(backend)->server.id;
        RequestOptions options;
        const NewImageJob job = ServerBench::job(backend, 10);
        const Result<ImageWork> made = await(m->servers->backend(id)->submit({*m->table.find(job.recipe.endpoint), job.recipe, {}, options}));
        QVERIFY(made.ok());
        const Result<QString> told = await(m->servers->readPicture(id, ImageServers::pictureQuestion(made->results.first().bytes)));
        QVERIFY2(told.ok(), told.ok() ? "" : qPrintable(told.error().message));
        QVERIFY(told->startsWith(QLatin1String("a lighthouse\nSteps: 10, ")));
        QVERIFY(!await(m->servers->readPicture(id, ImageServers::pictureQuestion("no picture"))).ok());
        QCOMPARE(await(m->servers->readPicture(QStringLiteral("nobody"), "aGVsbG8=")).error().kind, ErrorKind::NotFound);
    }

    void whatItSaysOfAPictureIsNewsOfTheServer()
    {
        int status = 200;
        m_nam->setResponder([&status](const FakeRequest &request) {
            return request.path().endsWith(QLatin1String("/png-info")) ? FakeAnswer::payload("{\"info\":\"a lighthouse\"}", status) : FakeAnswer::payload("{}", 404);
        });
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
        WebUiBackend *backend = m->servers->backend(id);
        QSignalSpy answered(backend, &ImageBackend::answered);
        const QByteArray question = ImageServers::pictureQuestion("a picture");
        QCOMPARE(await(m->servers->readPicture(id, question)).valueOr({}), QStringLiteral("a lighthouse"));
        QCOMPARE(answered.count(), 1);
        status = 500;
        QVERIFY(!await(m->servers->readPicture(id, question)).ok());
        QVERIFY(backend->refusal().isEmpty());
        status = 401;
        QVERIFY(!await(m->servers->readPicture(id, question)).ok());
        QVERIFY(!backend->refusal().isEmpty());
        QCOMPARE(answered.count(), 1);
        status = 200;
        QVERIFY(await(m->servers->readPicture(id, question)).ok());
        QVERIFY(backend->refusal().isEmpty());
        QCOMPARE(answered.count(), 2);
    }

    void itsJobsRunThroughTheQueue()
    {
        useSandbox({.timeScale = 1000});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 10);
        const ImageJobId second = m->addJob(backend, 10);
        QCOMPARE(m->state(second), ImageJobState::Waiting); // one at a time
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 2, 20000);
        QCOMPARE(m->finished.first().id, first);
        for (const ImageJob &job : m->finished)
            QCOMPARE(job.state, ImageJobState::Done);
        QCOMPARE(await(PictureStore(m->file.database()).totals(kMine)).value().pictures, 2);
    }

    void progressComesAndCancelStopsIt()
    {
        useSandbox({.timeScale = 1});
        const ImageJobId id = m->addJob(sandboxBackend(), 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(id)->percent.has_value(), 20000);
        QVERIFY(m->queue->canInterrupt(id));
        m->queue->cancel({id});
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Canceled);
        QCOMPARE(await(PictureStore(m->file.database()).totals(kMine)).value().pictures, 0);
    }

    void whoseJobItIsWhereTheServerDoesNotTell()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            if (request.path() == QLatin1String("/sdapi/v1/progress"))
                return FakeAnswer::payload("{\"progress\":0.5,\"eta_relative\":3,\"state\":{\"job\":\"scripts_txt2img\",\"job_count\":1}}");
            return request.path().endsWith(QLatin1String("2img")) ? FakeAnswer::hanging() : FakeAnswer::payload("{}", 404);
        });
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
        m->servers->backend(id)->setPollInterval(Milliseconds(5));
        const ImageJobId job = m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(job)->trouble.contains(QLatin1String("does not tell whose")), 20000);
        m->queue->cancel({job});
        const auto asked = [this](const char *what) {
            const auto &all = m_nam->requests();
            return std::any_of(all.begin(), all.end(), [what](const FakeRequest &one) { return one.path().endsWith(QLatin1String(what)); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(asked("/interrupt"), 20000);
        for (int i = 0; i < m_nam->count(); ++i) {
            if (m_nam->requests().at(static_cast<std::size_t>(i)).path().endsWith(QLatin1String("2img")))
                m_nam->reply(i)->answer(FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Canceled);
        QVERIFY(m->finished.first().note.contains(QLatin1String("whatever the server worked on")));
    }

    void aServerThatDiesLosesItsJobAndNoOther()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        m_cloud->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().id, first);
        QCOMPARE(m->finished.first().state, ImageJobState::Lost);
        // The other one has not been sent: nobody is there to take it.
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->heldUntil().has_value(), 20000);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
    }

    void aServerThatIsOffHoldsNoOther()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError); });
        FakeBackend other;
        m->queue->addBackend(other);
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
        const ImageJobId first = m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->heldUntil().has_value(), 20000);
        QCOMPARE(m->state(first), ImageJobState::Waiting);
        QVERIFY(m->queue->holdReason().startsWith(QLatin1String("Studio: ")));
        (void)m->addJob(other.id(), 10);
        QTRY_COMPARE_WITH_TIMEOUT(other.requests.size(), 1, 20000);
        m->queue->removeBackend(other.id());
    }

    /// Whoever starts the server again and tests it does not wait for the next try.
    void aServerThatAnswersAgainGetsItsJobsAtOnce()
    {
        bool isOn = false;
        m_nam->setResponder([&isOn](const FakeRequest &request) {
            if (!isOn)
                return FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError);
            if (request.path().endsWith(QLatin1String("2img")))
                return FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}");
            return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]");
        });
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
        (void)m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->heldUntil().has_value(), 20000);
        QVERIFY(await(m->servers->test(m->view(id).server, {}))->error);
        QVERIFY(m->queue->heldUntil());
        isOn = true;
        QVERIFY(!await(m->servers->test(m->view(id).server, {}))->error);
        QVERIFY(!m->queue->heldUntil());
        QTRY_COMPARE(m->finished.size(), 1); // long before the end of the hold
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }

    void aRefusedLoginHoldsItsJobsAndNoOther_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("unauthorized") << 401;
        QTest::newRow("forbidden") << 403;
    }
    void aRefusedLoginHoldsItsJobsAndNoOther()
    {
        QFETCH(int, status);
        bool isOpen = false;
        m_nam->setResponder([&isOpen, status](const FakeRequest &request) {
            if (!isOpen)
                return FakeAnswer::payload("{}", status);
            if (request.path().endsWith(QLatin1String("2img")))
                return FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}");
            return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]");
        });
        FakeBackend other;
        m->queue->addBackend(other);
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("wrong-word"));
        const ImageJobId first = m->addJob(m->view(id).backend, 10);
        const ImageJobId second = m->addJob(m->view(id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Unwelcome, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(m->state(first), ImageJobState::Waiting, 20000);
        for (const ImageJobId &job : {first, second})
            QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(job)->trouble.contains(QLatin1String("edit the server")), 20000);
        QVERIFY(!m->queue->isPaused());
        QVERIFY(!m->queue->heldUntil());
        (void)m->addJob(other.id(), 10);
        QTRY_COMPARE_WITH_TIMEOUT(other.requests.size(), 1, 20000);
        QCOMPARE(m_nam->count(), 1); // the second one was not sent to the same refusal
        // It lets people in again: whoever asks for its lists finds out.
        isOpen = true;
        m->servers->readLists(id);
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 2, 20000);
        QCOMPARE(m->view(id).state, ImageServerState::Ready);
        for (const ImageJob &job : m->finished)
            QCOMPARE(job.state, ImageJobState::Done);
        m->queue->removeBackend(other.id());
    }

    void whoResumesTheQueueTriesTheLoginOnceMore()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{}", 401); });
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("wrong-word"));
        const ImageJobId job = m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(job)->trouble.contains(QLatin1String("edit the server")), 20000);
        QCOMPARE(m_nam->count(), 1);
        m->queue->pause();
        m->queue->resume();
        QTRY_COMPARE_WITH_TIMEOUT(m_nam->count(), 2, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Unwelcome, 20000);
    }

    void anotherPasswordLetsTheJobsGo()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            if (request.header("Authorization") != "Basic " + QByteArray("ann:right-word").toBase64())
                return FakeAnswer::payload("{}", 401);
            return FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}");
        });
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        server.id = m->add(server, QStringLiteral("wrong-word"));
        (void)m->addJob(m->view(server.id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(server.id).state, ImageServerState::Unwelcome, 20000);
        QVERIFY(await(m->servers->save(server, QStringLiteral("right-word"))).ok());
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }

    void whetherTheListsAreThereIsSaid()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            return request.path().endsWith(QLatin1String("/options")) ? FakeAnswer::payload("{}") : FakeAnswer::payload("[]");
        });
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
        QCOMPARE(m->servers->listsState(id), ServerListsState::Unasked);
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        m->servers->readLists(id);
        QCOMPARE(m->servers->listsState(id), ServerListsState::Loading);
        QCOMPARE(told.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m->servers->listsState(id), ServerListsState::Loaded, 20000);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{}", 500); });
        const QString other = m->add(ServerBench::typed(QStringLiteral("https://b.example.net")));
        m->servers->readLists(other);
        QTRY_COMPARE_WITH_TIMEOUT(m->servers->listsState(other), ServerListsState::Failed, 20000);
        QVERIFY(!m->servers->listsProblem(other).isEmpty());
        m->servers->readLists(id); // what it said before is not forgotten
        QTRY_VERIFY_WITH_TIMEOUT(!m->servers->listsProblem(id).isEmpty(), 20000);
        QCOMPARE(m->servers->listsState(id), ServerListsState::Loaded);
    }

    void afterAKillItIsLostAndNotSentAgain()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        m->start();
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first).has_value(), 20000);
        QCOMPARE(m->state(first), ImageJobState::Lost);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
        QVERIFY(m->queue->isPaused());
        int sent = 0;
        const QList<SandboxRequest> requests = m_cloud->requests();
        for (const SandboxRequest &request : requests)
            sent += request.operation == QLatin1String("webUiTxt2img") ? 1 : 0;
        QCOMPARE(sent, 1);
    }

    void removingItLosesTheJobUnderWay()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        QVERIFY(await(m->servers->remove(m->servers->all().first().server.id)).ok());
        QCOMPARE(m->state(first), ImageJobState::Lost);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
        QVERIFY(!m->queue->job(second)->trouble.isEmpty());
    }

    void jobsWaitForAnInstanceThatIsStopped()
    {
        const QString id = m->add(ServerBench::onInstance(QStringLiteral("i-1"), 7860));
        m->tell(InstanceStatus::Exited, {});
        const ImageJobId job = m->addJob(m->view(id).backend, 10);
        QCOMPARE(m->state(job), ImageJobState::Waiting);
        QVERIFY(m->queue->job(job)->trouble.contains(QLatin1String("worker-1")));
        QCOMPARE(m_nam->count(), 0);
        m_nam->setResponder([](const FakeRequest &request) {
            return request.path().endsWith(QLatin1String("2img")) ? FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}") : FakeAnswer::payload("{}");
        });
        m->tell(InstanceStatus::Running, QStringLiteral("https://one.example.net"));
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }
};

QTEST_GUILESS_MAIN(TestImageServerJobs)
#include "tst_imageserverjobs.moc"
