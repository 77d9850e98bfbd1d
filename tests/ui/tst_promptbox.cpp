// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "tests/gallery/imagesfile.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/generatebar.h"
#include "ui/images/jobplan.h"
#include "ui/images/promptbox.h"
#include "ui/images/promptedit.h"

#include <QComboBox>
#include <QLayout>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace novita;

/// Prompt box, and what *Generate* makes of them.
class TestPromptBox final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<PromptLog> m_log;
    std::unique_ptr<PromptBox> m_box;

    PromptEdit *edit(const char *name = "Prompt") const { return findNamed<PromptEdit>(*m_box, QString::fromLatin1(name)); }
    std::optional<FieldSpec> field(QLatin1String name) const { return *m_table.find("txt2img")->field(name); }
    void open()
    {
        m_box = std::make_unique<PromptBox>(m_fixture->theme(), *m_log, m_fixture->clock());
        m_box->setFields(field(fields::kPrompt), field(fields::kNegativePrompt));
        m_box->openProfile(kMine);
        m_box->show();
    }
    QString draft(const QString &name) { return await(m_log->draft(kMine, name)).value(); }
    bool says(const QString &part) const
    {
        for (const QLabel *label : m_box->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    static PromptExpansion expansion(const QString &text) { return PromptExpansion::of(text, {}).value; }
    static QString promptOf(const NewImageJob &job) { return job.recipe.values.value(fields::kPrompt).toString(); }
    JobOrder order(const QString &prompt, ExpansionMode mode) const
    {
        JobOrder out;
        out.backend = QStringLiteral("novita");
        out.recipe = FormValues::initial(*m_table.find("txt2img")).recipe();
        out.recipe.values.insert(fields::kPrompt, prompt);
        out.prompt = expansion(prompt);
        out.mode = mode;
        return out;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_file = std::make_unique<ImagesFile>();
        m_log = std::make_unique<PromptLog>(m_file->database());
    }
    void cleanup()
    {
        m_box.reset();
        m_log.reset();
        m_file.reset();
        m_fixture.reset();
    }

    void whatIsTypedIsThereAfterAKill()
    {
        open();
        QTest::keyClicks(edit(), QStringLiteral("a red fox"));
        edit("Negative prompt")->setPlainText(QStringLiteral("blurry"));
        QTRY_COMPARE(draft(QStringLiteral("prompt")), QStringLiteral("a red fox"));
        QTRY_COMPARE(draft(QStringLiteral("negative_prompt")), QStringLiteral("blurry"));
        m_box.release()->deleteLater(); // not asked for anything first
        open();
        QTRY_COMPARE(m_box->prompt(), QStringLiteral("a red fox"));
        QTRY_COMPARE(m_box->negativePrompt(), QStringLiteral("blurry"));
    }

    void keepsWritingWhileOneTypes()
    {
        open();
        // Never still for as long as the delay: what came first is written nevertheless.
        for (int i = 0; i < 20 && draft(QStringLiteral("prompt")).isEmpty(); ++i) {
            QTest::keyClick(edit(), Qt::Key_A);
            QTest::qWait(static_cast<int>(PromptBox::kDraftDelay.count() / 2));
        }
        QVERIFY(!draft(QStringLiteral("prompt")).isEmpty());
    }

    /// While the disk is busy nothing piles up before it, and nothing is forgotten either.
    void whatIsTypedWhileTheDiskIsBusyIsWrittenToo()
    {
        open();
        (void)draft(QStringLiteral("x")); // the drafts were read before
        QSemaphore isHeld;
        QSemaphore mayGoOn;
        m_file->database().run<Done>([&](SqlSession &) -> Result<Done> {
            isHeld.release();
            mayGoOn.acquire();
            return Done{};
        });
        QVERIFY(isHeld.tryAcquire(1, 15000));
        QTest::keyClicks(edit(), QStringLiteral("a red"));
        QSignalSpy turns(m_box->findChild<QTimer *>({}, Qt::FindDirectChildrenOnly), &QTimer::timeout);
        QTRY_COMPARE(turns.size(), 1);
        QTest::keyClicks(edit(), QStringLiteral(" fox"));
        QTRY_COMPARE(turns.size(), 2);
        mayGoOn.release();
        QTRY_COMPARE(draft(QStringLiteral("prompt")), QStringLiteral("a red fox"));
    }

    void earlierPromptsComeBack()
    {
        QVERIFY(await(m_log->remember(kMine, QStringLiteral("older"), {}, secondsLater(1))));
        QVERIFY(await(m_log->remember(kMine, QStringLiteral("newer"), QStringLiteral("bad"), secondsLater(2))));
        open();
        (void)draft(QStringLiteral("x")); // the history was read before
        edit()->setPlainText(QStringLiteral("typing"));
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(m_box->prompt(), QStringLiteral("newer"));
        QCOMPARE(m_box->negativePrompt(), QStringLiteral("bad"));
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_box->prompt(), QStringLiteral("older"));
        QTest::keyClick(edit(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(edit(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_box->prompt(), QStringLiteral("typing"));
    }

    void keysWeighAndStart()
    {
        open();
        edit()->setPlainText(QStringLiteral("red fox"));
        edit()->moveCursor(QTextCursor::End);
        QTest::keyClick(edit(), Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(m_box->prompt(), QStringLiteral("red (fox:1.1)"));
        QTest::keyClick(edit(), Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(m_box->prompt(), QStringLiteral("red fox"));
        QSignalSpy started(m_box.get(), &PromptBox::generateRequested);
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(started.size(), 1);
        QCOMPARE(m_box->prompt(), QStringLiteral("red fox"));
    }

    void namesAreOffered()
    {
        open();
        m_box->setLoras({QStringLiteral("rain"), QStringLiteral("sun")});
        WildcardLists lists;
        lists.insert(QStringLiteral("animals"), {QStringLiteral("cat"), QStringLiteral("dog")});
        m_box->setWildcards(lists);
        m_box->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_box.get()));
        edit()->setFocus();
        QTest::keyClicks(edit(), QStringLiteral("a <lora:ra"));
        QVERIFY(edit()->isOffering());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(m_box->prompt(), QStringLiteral("a <lora:rain:1>"));
        edit()->setPlainText(QString());
        QTest::keyClicks(edit(), QStringLiteral("__anim"));
        QVERIFY(edit()->isOffering());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(m_box->prompt(), QStringLiteral("__animals__"));
        QCOMPARE(m_box->expansion().combinations(), 2u);
    }

    void saysWhatItExpandsToAndWhatIsWrong()
    {
        open();
        edit()->setPlainText(QStringLiteral("a {red|blue} {cat|dog}"));
        auto *preview = findNamed<QPushButton>(*m_box, QStringLiteral("Preview of prompts"));
        QCOMPARE(preview->text(), QStringLiteral("4 combinations"));
        preview->click();
        QVERIFY(says(QStringLiteral("a blue cat")));
        QVERIFY(says(QStringLiteral("10 of 1,024")));
        edit()->setPlainText(QStringLiteral("a {red"));
        QVERIFY(!m_box->problem().isEmpty());
        QVERIFY(says(m_box->problem()));
        QCOMPARE(edit()->accessibleDescription(), m_box->problem());
        edit()->setPlainText(QString(1030, QLatin1Char('a')));
        QVERIFY(says(QStringLiteral("1,030 of 1,024")));
    }

    void randomPromptsAreAJobForEachPicture()
    {
        const EndpointSpec &spec = *m_table.find("txt2img");
        JobOrder wanted = order(QStringLiteral("a {red|blue|green} fox"), ExpansionMode::Random);
        wanted.recipe.values.insert(fields::kCount, 3);
        wanted.recipe.values.insert(fields::kSeed, 7);
        const JobPlan plan = jobplan::plan(spec, wanted);
        QCOMPARE(plan.jobs, 3u);
        QCOMPARE(plan.results, 3u);
        const QList<NewImageJob> jobs = jobplan::make(spec, wanted, [] { return 0.5; });
        QCOMPARE(jobs.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(jobs.at(i).recipe.values.value(fields::kSeed).toInt(), 7 + i);
            QCOMPARE(jobs.at(i).recipe.values.value(fields::kCount).toInt(), 1);
            QCOMPARE(promptOf(jobs.at(i)), wanted.prompt.random(static_cast<quint64>(7 + i)).text);
            QCOMPARE(jobs.at(i).promptTemplate, QStringLiteral("a {red|blue|green} fox"));
            QCOMPARE(jobs.at(i).batch, jobs.first().batch);
        }
        QVERIFY(!jobs.first().batch.isEmpty());
    }

    void allCombinationsAreAJobEachUpToTheMost()
    {
        const EndpointSpec &spec = *m_table.find("txt2img");
        const QList<NewImageJob> jobs = jobplan::make(spec, order(QStringLiteral("{a|b} {c|d}"), ExpansionMode::Combinations), [] { return 0.5; });
        QCOMPARE(jobs.size(), 4);
        QCOMPARE(promptOf(jobs.at(1)), QStringLiteral("a d"));
        const JobPlan many = jobplan::plan(spec, order(QStringLiteral("{a|b|c|d|e|f|g|h|i|j} ").repeated(4), ExpansionMode::Combinations));
        QCOMPARE(many.jobs, jobplan::kMostJobs);
        QVERIFY(!many.sentence.isEmpty());
    }

    void plainPromptsAndTheirPictures()
    {
        const EndpointSpec &spec = *m_table.find("img2img");
        JobOrder wanted = order(QStringLiteral("a fox <lora:rain:0.6>"), ExpansionMode::Random);
        wanted.recipe.values.insert(fields::kImage, QStringLiteral("inputs/a.png"));
        const QList<NewImageJob> jobs = jobplan::make(spec, wanted, [] { return 0.5; });
        QCOMPARE(jobs.size(), 1);
        QCOMPARE(promptOf(jobs.first()), QStringLiteral("a fox"));
        QCOMPARE(jobs.first().recipe.values.value(fields::kLoras).toArray().first().toObject(),
                 (QJsonObject{{QStringLiteral("model"), QStringLiteral("rain")}, {QStringLiteral("strength"), 0.6}}));
        QCOMPARE(jobs.first().inputs, (QJsonObject{{QStringLiteral("inputs/a.png"), QStringLiteral("inputs/a.png")}}));
        QVERIFY(jobs.first().promptTemplate.isEmpty());
        QVERIFY(jobs.first().batch.isEmpty());
    }

    void theButtonSaysHowManyAndThePrice()
    {
        GenerateBar bar(m_fixture->theme());
        bar.show();
        bar.present({4, 4, Money::fromPriceUnits(0), {}}, {}, false);
        JobPlan unknown;
        bar.present(unknown, {}, false);
        QCOMPARE(bar.button()->text(), QStringLiteral("Generate · price unknown"));
        QCOMPARE(bar.button()->accessibleName(), QStringLiteral("Generate"));
        QVERIFY(bar.button()->isEnabled());
        JobPlan own;
        own.onServer = true;
        bar.present(own, {}, false);
        QCOMPARE(bar.button()->text(), QStringLiteral("Generate · on your server"));
        bar.present({6, 6, std::nullopt, {}}, {}, true);
        QCOMPARE(bar.button()->text(), QStringLiteral("Generate 6 · price unknown"));
        QVERIFY(findNamed<QComboBox>(bar, QStringLiteral("Prompts"))->isVisible());
        bar.present(unknown, QStringLiteral("Checkpoint must be chosen."), false);
        QVERIFY(!bar.button()->isEnabled());
        QSignalSpy asked(&bar, &GenerateBar::obstacleActivated);
        findNamed<QAbstractButton>(bar, QStringLiteral("Checkpoint must be chosen."))->click();
        QCOMPARE(asked.size(), 1);
    }

    /// A long sentence once pushed the picture out of the page.
    void aLongObstacleWraps()
    {
        GenerateBar bar(m_fixture->theme());
        bar.present({}, QStringLiteral("Short."), false);
        const int width = bar.minimumSizeHint().width();
        bar.resize(300, 200);
        bar.show();
        QCoreApplication::sendPostedEvents();
        const int height = bar.layout()->heightForWidth(300);
        bar.present({}, QStringLiteral("Retired by its provider. ").repeated(12), false);
        QCOMPARE(bar.minimumSizeHint().width(), width);
        QVERIFY(bar.layout()->heightForWidth(300) > height + 3 * bar.fontMetrics().height());
    }
};

QTEST_MAIN(TestPromptBox)
#include "tst_promptbox.moc"
