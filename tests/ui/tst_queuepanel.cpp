// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakebackend.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/gridplan.h"
#include "ui/images/queuemodel.h"
#include "ui/images/queuepanel.h"
#include "ui/models/roles.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

class TestQueuePanel final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<FakeKeeper> m_keeper;
    std::unique_ptr<FakeBackend> m_backend;
    std::unique_ptr<ImageQueue> m_queue;
    std::unique_ptr<QueuePanel> m_panel;
    EndpointSpec m_endpoint;

    void start()
    {
        m_panel.reset();
        m_queue.reset();
        m_file->reopen();
        m_queue = std::make_unique<ImageQueue>(ImageQueue::Parts{m_file->database(), *m_keeper, [this](const QString &) { return &m_endpoint; }, m_fixture->clock(), [] { return 0.5; }, {}});
        m_queue->addBackend(*m_backend);
        m_queue->open(kMine);
        (void)await(PictureStore(m_file->database()).totals(kMine)); // until it is read
        m_panel = std::make_unique<QueuePanel>(
            QueuePanel::Parts{m_fixture->theme(), m_fixture->prompts(), m_fixture->settings(), *m_queue, m_fixture->clock(), [](const QString &) { return QStringLiteral("Pictures"); }});
        m_panel->resize(900, 400);
        m_panel->show();
    }
    void add(const QStringList &prompts, const QString &backend = QStringLiteral("fake"))
    {
        QList<NewImageJob> jobs;
        for (const QString &prompt : prompts) {
            NewImageJob job;
            job.backend = backend;
            job.recipe = {QStringLiteral("txt2img"), {{QStringLiteral("prompt"), prompt}}};
            jobs.append(job);
        }
        QVERIFY(await(m_queue->add(jobs)));
    }
    QString prompts() const
    {
        QStringList out;
        for (int row = 0; row < m_panel->model()->rowCount(); ++row)
            out.append(m_panel->model()->index(row, QueueModel::Prompt).data().toString());
        return out.join(QLatin1Char(' '));
    }
    QString state(int row) const { return m_panel->model()->index(row, QueueModel::State).data().toString(); }
    QString note(int row) const { return m_panel->model()->index(row, QueueModel::Note).data().toString(); }
    QAction *action(const char *text) const { return findAction(m_panel->actions(), QString::fromLatin1(text)); }
    QString banner() const
    {
        const auto *banner = m_panel->findChild<ErrorBanner *>();
        return banner->isShowing() ? banner->sentence() : QString();
    }

private slots:
    void init()
    {
        m_endpoint.id = QStringLiteral("txt2img");
        m_fixture = std::make_unique<UiFixture>();
        m_file = std::make_unique<ImagesFile>();
        m_keeper = std::make_unique<FakeKeeper>();
        m_backend = std::make_unique<FakeBackend>();
        m_backend->most = 1;
        start();
    }
    void cleanup()
    {
        m_panel.reset();
        m_queue.reset();
        m_backend.reset();
        m_keeper.reset();
        m_file.reset();
        m_fixture.reset();
    }

    void whatHasNoPromptIsCalledByWhatItDoes()
    {
        NewImageJob job;
        job.backend = QStringLiteral("fake");
        job.recipe = {QStringLiteral("txt2img"), {}};
        job.options.mode = ImageMode::Upscale;
        QVERIFY(await(m_queue->add({job})));
        QTRY_COMPARE(prompts(), imageModeLabel(ImageMode::Upscale));
    }

    void pausedAfterARestartWithABannerThatResumes()
    {
        m_queue->pause();
        add({QStringLiteral("a"), QStringLiteral("b")});
        start();
        QTRY_COMPARE(prompts(), QStringLiteral("a b"));
        QTRY_VERIFY2(banner().contains(QStringLiteral("The queue is paused.")), qPrintable(banner()));
        QCOMPARE(m_panel->countText(), QStringLiteral("2 waiting"));
        QVERIFY(m_backend->requests.isEmpty());
        action("Resume queue")->trigger();
        QTRY_COMPARE(m_backend->requests.size(), 1);
        QTRY_VERIFY(banner().isEmpty());
        QVERIFY(action("Pause queue"));
    }

    void theSheetOfAGridIsOpenedAgain()
    {
        m_queue->pause();
        add({QStringLiteral("a")});
        NewImageJob job;
        job.backend = QStringLiteral("fake");
        job.recipe = {QStringLiteral("txt2img"), {{QStringLiteral("prompt"), QStringLiteral("b")}}};
        job.batch = QStringLiteral("sheet");
        job.cell = GridPlace().toJson();
        QVERIFY(await(m_queue->add({job})));
        start();
        QTRY_COMPARE(prompts(), QStringLiteral("a b"));
        QSignalSpy wanted(m_panel.get(), &QueuePanel::sheetRequested);
        m_panel->table()->selectRow(0);
        QVERIFY(!action("Open grid")->isEnabled());
        m_panel->table()->selectRow(1);
        action("Open grid")->trigger();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toString(), QStringLiteral("sheet"));
    }

    void waitingJobsMove()
    {
        m_queue->pause();
        add({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QTRY_COMPARE(prompts(), QStringLiteral("a b c"));
        m_panel->table()->selectRow(2);
        action("To front")->trigger();
        QTRY_COMPARE(prompts(), QStringLiteral("c a b"));
        QCOMPARE(m_panel->table()->selectedRowNumbers(), QList<int>{0});
        QueueModel *model = m_panel->model();
        const std::unique_ptr<QMimeData> dragged(model->mimeData({model->index(0, 0), model->index(0, 1)}));
        QVERIFY(!model->dropMimeData(dragged.get(), Qt::MoveAction, 2, 0, {}));
        QTRY_COMPARE(prompts(), QStringLiteral("a c b"));
        m_panel->table()->setFocus();
        m_panel->table()->selectRow(1);
        for (QAction *one : m_panel->table()->actions()) {
            if (one->text() == QLatin1String("Move down"))
                one->trigger();
        }
        QTRY_COMPARE(prompts(), QStringLiteral("a b c"));
        QVERIFY(model->flags(model->index(0, 0)) & Qt::ItemIsDragEnabled);
    }

    void cancelIsHonest()
    {
        add({QStringLiteral("a"), QStringLiteral("b")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        m_backend->submits.first()->resolve(FakeBackend::queued(QStringLiteral("t-1")));
        QTRY_COMPARE(state(0), QStringLiteral("Under way"));
        // What waits is simply taken back.
        m_panel->table()->selectRow(1);
        QVERIFY(action("Cancel jobs"));
        action("Cancel jobs")->trigger();
        QTRY_COMPARE(state(1), QStringLiteral("Canceled"));
        QVERIFY(m_fixture->prompts().asked().isEmpty());
        // What is sent goes on: said before.
        m_panel->table()->selectRow(0);
        m_fixture->prompts().answerNext(false);
        QVERIFY(action("Stop waiting"));
        action("Stop waiting")->trigger();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->prompts().asked().first().text.contains(QStringLiteral("charges")));
        QCOMPARE(state(0), QStringLiteral("Under way"));
        m_fixture->prompts().answerNext(true);
        action("Stop waiting")->trigger();
        QTRY_COMPARE(state(0), QStringLiteral("Not waited for"));
        QVERIFY(m_panel->model()->index(0, QueueModel::Note).data().toString().contains(QStringLiteral("goes on with it")));
        QVERIFY(action("Wait for it again")->isEnabled());
    }

    /// A question that names only what goes on once took back hundreds of jobs unsaid.
    void cancelOfBothKindsNamesBoth()
    {
        add({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        m_backend->submits.first()->resolve(FakeBackend::queued(QStringLiteral("t-1")));
        QTRY_COMPARE(state(0), QStringLiteral("Under way"));
        m_panel->table()->selectAll();
        m_fixture->prompts().answerNext(true);
        QVERIFY(action("Cancel jobs"));
        action("Cancel jobs")->trigger();
        const ConfirmRequest asked = m_fixture->prompts().asked().constLast();
        QVERIFY2(asked.text.contains(QStringLiteral("without having been made: 2")), qPrintable(asked.text));
        QCOMPARE(asked.bullets.size(), 1);
        QCOMPARE(asked.confirmLabel, QStringLiteral("Cancel jobs"));
        QTRY_COMPARE(state(0), QStringLiteral("Not waited for"));
        QTRY_COMPARE(state(2), QStringLiteral("Canceled"));
    }

    void whatWasNotSentYetIsTakenBackWithoutAQuestion()
    {
        m_backend->holdsBack = true;
        add({QStringLiteral("a")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        QTRY_COMPARE(state(0), QStringLiteral("Sending"));
        m_panel->table()->selectRow(0);
        QVERIFY(action("Cancel jobs"));
        action("Cancel jobs")->trigger();
        QTRY_COMPARE(state(0), QStringLiteral("Canceled"));
        QVERIFY(m_fixture->prompts().asked().isEmpty());
        // On the wire it may have been taken.
        m_backend->holdsBack = false;
        add({QStringLiteral("b")});
        QTRY_COMPARE(m_backend->requests.size(), 2);
        QTRY_COMPARE(state(0), QStringLiteral("Sending"));
        m_panel->table()->clearSelection();
        m_panel->table()->selectRow(0);
        QVERIFY(action("Stop waiting"));
        action("Stop waiting")->trigger();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->prompts().asked().constLast().text.contains(QStringLiteral("is just being sent")));
    }

    /// Told to be taken back, and sent while the question stood open: that is said, too.
    void whatIsSentDuringTheQuestionIsAskedAbout()
    {
        m_backend->most = 2;
        add({QStringLiteral("a")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        m_backend->submits.first()->resolve(FakeBackend::queued(QStringLiteral("t-1")));
        QTRY_COMPARE(state(0), QStringLiteral("Under way"));
        m_backend->holdsBack = true;
        add({QStringLiteral("b")});
        QTRY_COMPARE(m_backend->requests.size(), 2);
        QTRY_COMPARE(state(1), QStringLiteral("Sending"));
        m_panel->table()->selectAll();
        m_fixture->prompts().answerNext(true);
        m_fixture->prompts().answerNext(false);
        m_fixture->prompts().meanwhile([this] { m_backend->holdsBack = false; });
        QVERIFY(action("Cancel jobs"));
        action("Cancel jobs")->trigger();
        QCOMPARE(m_fixture->prompts().asked().size(), 2);
        QCOMPARE(m_fixture->prompts().asked().constLast().bullets.size(), 1);
        QTRY_COMPARE(state(1), QStringLiteral("Not waited for"));
        QCOMPARE(state(0), QStringLiteral("Sending"));
    }

    void whatIsLostIsExplainedAndStays()
    {
        add({QStringLiteral("a")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        m_backend->submits.first()->resolve(FakeBackend::lostReply());
        QTRY_COMPARE(state(0), QStringLiteral("Unclear"));
        QVERIFY2(note(0).startsWith(QStringLiteral("no complete answer. Whether it was made")), qPrintable(note(0)));
        QCOMPARE(m_panel->model()->index(0, QueueModel::Pictures).data().toString(), QStringLiteral("–"));
        QCOMPARE(m_panel->model()->index(0, QueueModel::Note).data(Qt::ToolTipRole).toString().contains(QStringLiteral("look at your usage")), true);
        QVERIFY(m_panel->model()->index(0, QueueModel::Note).data().toString().contains(QStringLiteral("not sent again by itself")));
        action("Dismiss all that have ended")->trigger();
        m_panel->table()->selectRow(0);
        QVERIFY(action("Redo")->isEnabled());
        action("Dismiss")->trigger();
        QTRY_COMPARE(m_panel->model()->rowCount(), 0);
    }

    void aRateLimitHoldsWithACountdown()
    {
        add({QStringLiteral("a")});
        QTRY_COMPARE(m_backend->requests.size(), 1);
        Error limited = Error::make(ErrorKind::RateLimited, QStringLiteral("Too many requests."));
        limited.retryAfter = Milliseconds(40000);
        m_backend->submits.first()->resolve(limited);
        QTRY_VERIFY2(banner().contains(QStringLiteral("The queue goes on in 40 s.")), qPrintable(banner()));
        QVERIFY(banner().contains(QStringLiteral("Too many requests.")));
    }

    void whatIsNotKeptIsSaidUntilItIsDismissed()
    {
        m_queue->pause();
        add({QStringLiteral("a"), QStringLiteral("b")});
        QTRY_COMPARE(m_panel->model()->rowCount(), 2);
        m_file->breakJobs();
        m_panel->table()->selectRow(0);
        action("Cancel jobs")->trigger();
        QTRY_VERIFY2(banner().startsWith(QStringLiteral("What is shown here is not kept: ")), qPrintable(banner()));
        QTRY_COMPARE(state(1), QStringLiteral("Canceled"));
        m_panel->table()->selectRow(1);
        action("Redo")->trigger();
        QTRY_VERIFY2(banner().startsWith(QStringLiteral("Nothing was added to the queue: ")), qPrintable(banner()));
        m_panel->model()->tick();
        QVERIFY(!banner().isEmpty());
        for (QPushButton *button : m_panel->findChild<ErrorBanner *>()->findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String("Dismiss"))
                button->click();
        }
        QVERIFY2(banner().startsWith(QStringLiteral("The queue is paused.")), qPrintable(banner()));
    }

    void aQueueThatCannotBeReadIsNoEmptyQueue()
    {
        m_file->breakJobs();
        m_queue->open(kMine);
        QTRY_VERIFY2(banner().startsWith(QStringLiteral("The queue has stopped: ")), qPrintable(banner()));
        m_file->mendJobs();
        action("Resume queue")->trigger();
        QTRY_VERIFY2(banner().isEmpty(), qPrintable(banner()));
        QVERIFY(!m_queue->isPaused());
    }

    void readOnlyOffersNothingThatCosts()
    {
        m_queue->pause();
        add({QStringLiteral("a")}, QStringLiteral("novita"));
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        m_panel->setReadOnly(true);
        m_panel->table()->selectRow(0);
        for (const char *one : {"Resume queue", "Cancel jobs", "Redo", "To front"})
            QVERIFY2(!action(one)->isEnabled(), one);
    }

    void jobsOfOnesOwnServerGoOnWhileReadOnly()
    {
        m_queue->pause();
        add({QStringLiteral("a")}, QStringLiteral("novita"));
        add({QStringLiteral("b")});
        QTRY_COMPARE(prompts(), QStringLiteral("a b"));
        m_panel->setReadOnly(true);
        m_panel->table()->selectAll();
        QVERIFY(action("Resume queue")->isEnabled());
        QVERIFY(action("Cancel jobs")->isEnabled());
        action("Cancel jobs")->trigger();
        QTRY_COMPARE(m_panel->countText(), QStringLiteral("1 waiting"));
        QCOMPARE(state(0), QStringLiteral("Waiting"));
        QVERIFY(!action("Resume queue")->isEnabled());
    }

    void activatingARowAsksForItsRecipe()
    {
        m_queue->pause();
        add({QStringLiteral("a")});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        QSignalSpy asked(m_panel.get(), &QueuePanel::recipeRequested);
        emit m_panel->table()->rowActivated(0);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(m_panel->model()->index(0, 0).data(IdRole).toString(), asked.first().first().value<ImageJob>().id.toString());
    }
};

QTEST_MAIN(TestQueuePanel)
#include "tst_queuepanel.moc"
