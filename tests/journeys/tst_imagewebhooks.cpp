// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/webhooks/webhookservice.h"
#include "tests/images/lighthousejob.h"
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <memory>
#include <variant>

using namespace novita;

namespace {

/// The receiver, the image workspace, and a simulated cloud that reports to the one what the other ordered, wired as
/// the program does it.
struct World
{
    explicit World(double timeScale)
        : fixture(SandboxFixture::options(0, timeScale))
    {
        service = std::make_unique<WebhookService>(
            fixture.stack.settings.get(), fixture.stack.secrets, fixture.stack.clock, folder.path(),
            WebhookOverrides{{}, QStringLiteral("path-token-0123456789abcdef"), quint16(0)});
        images = std::make_unique<ImageWorkspace>(
            ImageWorkspace::Parts{fixture.stack.client, links, fixture.stack.clock, folder.path(), [] { return 0.5; },
                                  [this] { return service->revealTaskUrl(); }});
        QObject::connect(service.get(), &WebhookService::arrived, &images->queue(),
                         [this](const QList<ReceivedWebhook> &webhooks) {
                             for (const ReceivedWebhook &webhook : webhooks) {
                                 const auto *task = std::get_if<TaskEvent>(&webhook.event);
                                 events += task ? 1 : 0;
                                 if (task)
                                     images->queue().noteTask(task->taskId);
                             }
                         });
        QObject::connect(&images->queue(), &ImageQueue::finished, &images->queue(),
                         [this](const ImageJob &job) { finished.append(job); });
    }
    bool begin()
    {
        if (!fixture.connect())
            return false;
        service->start();
        images->open(mine, Reach::Local);
        return QTest::qWaitFor([this] { return service->status().isListening() && !images->queue().isPaused(); },
                               20000);
    }
    int pictures() { return await(images->pictures().totals(mine)).value().pictures; }
    int originals() const
    {
        int files = 0;
        QDirIterator found(folder.filePath(QStringLiteral("gallery/originals")), QDir::Files,
                           QDirIterator::Subdirectories);
        for (; found.hasNext(); found.next())
            ++files;
        return files;
    }

    const ProfileId mine{QStringLiteral("mine")};
    QTemporaryDir folder;
    SandboxFixture fixture;
    QNetworkAccessManager links;
    std::unique_ptr<WebhookService> service;
    std::unique_ptr<ImageWorkspace> images;
    QList<ImageJob> finished;
    int events = 0;
};

} // namespace

/// Finished tasks are told by webhook and asked for as well: whichever comes first counts, and neither counts twice.
class TestImageWebhooks final : public QObject
{
    Q_OBJECT

private slots:
    void bothWaysMakeOnePicture()
    {
        World world(20);
        QVERIFY(world.begin());
        QList<NewImageJob> jobs(4, lighthouseJob(2));
        QVERIFY(await(world.images->queue().add(jobs)).ok());
        QTRY_COMPARE_WITH_TIMEOUT(world.finished.size(), 4, 30000);
        QTRY_COMPARE_WITH_TIMEOUT(world.events, 4, 30000);
        for (const ImageJob &job : std::as_const(world.finished)) {
            QCOMPARE(job.state, ImageJobState::Done);
            world.images->queue().noteTask(job.task); // late news of what is over
        }
        QCOMPARE(world.pictures(), 8);
        QCOMPARE(world.originals(), 8);
        QCOMPARE(world.fixture.countRequests(QStringLiteral("resultFile")), 8);
        QCOMPARE(world.finished.size(), 4);
        QCOMPARE(world.fixture.violations(), QStringList());
    }

    /// A poll may be seconds away: the news makes it now, and is believed only as far as the cloud confirms it.
    void theNewsComesFirst()
    {
        World world(1000);
        QVERIFY(world.begin());
        QVERIFY(await(world.images->queue().add({lighthouseJob()})).ok());
        QTRY_COMPARE(world.finished.size(), 1);
        QCOMPARE(world.pictures(), 1);
        const int asked = world.fixture.countRequests(QStringLiteral("getTaskResult"));
        QVERIFY2(asked >= 1 && asked <= 2, qPrintable(QString::number(asked)));
    }

    void rehearsals_data()
    {
        QTest::addColumn<bool>("succeeds");
        QTest::newRow("success") << true;
        QTest::newRow("failure") << false;
    }
    void rehearsals()
    {
        QFETCH(bool, succeeds);
        World world(1000);
        QVERIFY(world.begin());
        NewImageJob job = lighthouseJob();
        job.options.webhookTest = succeeds;
        QVERIFY(await(world.images->queue().add({job})).ok());
        QTRY_COMPARE(world.finished.size(), 1);
        QTRY_COMPARE(world.events, 1);
        QCOMPARE(world.finished.first().state, succeeds ? ImageJobState::Done : ImageJobState::Failed);
        QCOMPARE(world.pictures(), succeeds ? 1 : 0);
        QCOMPARE(world.finished.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestImageWebhooks)
#include "tst_imagewebhooks.moc"
