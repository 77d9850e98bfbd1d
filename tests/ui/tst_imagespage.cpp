// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/imagefile/metadatawriter.h"
#include "core/images/imageservers.h"
#include "core/images/videomodels.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/support/fakeclock.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/imagesbench.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytab.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/gallery/recipewords.h"
#include "ui/gallery/restoredialog.h"
#include "ui/images/backendpicker.h"
#include "ui/images/createform.h"
#include "ui/images/createactions.h"
#include "ui/images/createtab.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/generatebar.h"
#include "ui/images/griddialog.h"
#include "ui/images/gridsheet.h"
#include "ui/images/gridsheetmodel.h"
#include "ui/images/imagespage.h"
#include "ui/images/importdialog.h"
#include "ui/images/jobstrip.h"
#include "ui/images/picturefield.h"
#include "ui/images/pictureplace.h"
#include "ui/images/promptbox.h"
#include "ui/images/queuemodel.h"
#include "ui/images/queuepanel.h"
#include "ui/images/recipeform.h"
#include "ui/images/spending.h"
#include "ui/maskeditor/maskdialog.h"
#include "ui/maskeditor/maskview.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <algorithm>
#include <memory>

using namespace novita;

/// The Images page from the prompt to the picture, against a simulated cloud.
class TestImagesPage final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ImagesBench> m_bench;
    std::unique_ptr<ImagesPage> m_page;

    void open(const Clock *clock = nullptr)
    {
        m_page = std::make_unique<ImagesPage>(m_bench->context(clock));
        m_page->resize(1100, 760);
        m_page->show();
        m_page->activate();
        QTRY_VERIFY(m_bench->images->status().isOpen());
    }
    void restart()
    {
        m_page.reset();
        m_bench->start();
        open();
    }
    QPlainTextEdit *prompt() const { return findNamed<QPlainTextEdit>(*m_page, QStringLiteral("Prompt")); }
    QPushButton *button(const char *name) const { return findNamed<QPushButton>(*m_page, QString::fromLatin1(name)); }
    QPushButton *stripButton(const char *name) const { return findNamed<QPushButton>(*m_page->findChild<JobStrip *>(), QString::fromLatin1(name)); }
    CreateForm *form() const { return m_page->findChild<CreateForm *>(); }
    PicturePlace *place() const { return m_page->findChild<PicturePlace *>(); }
    EmptyState *empty() const { return place()->findChild<EmptyState *>(); }
    const Picture *picture() const { return place()->picture(); }
    QString strip() const { return m_page->findChild<JobStrip *>()->findChild<ElidedLabel *>()->fullText(); }
    QString banner() const
    {
        const auto *banner = m_page->findChild<CreateTab *>()->findChild<ErrorBanner *>({}, Qt::FindDirectChildrenOnly);
        return banner->isShowing() ? banner->sentence() : QString();
    }
    QAction *action(const char *text) const { return findAction(m_page->pageActions(), QString::fromUtf8(text)); }
    QString obstacle() const { return form()->obstacle().sentence; }
    qint64 madeSeed() const { return recipewords::recipeOf(*picture()).values.value(fields::kSeed).toInteger(-1); }
    qint64 seed() const { return form()->recipe().values.value(fields::kSeed).toInteger(-1); }
    void type(const QString &text) const
    {
        prompt()->selectAll();
        QTest::keyClicks(prompt(), text);
    }
    /// Types, presses *Generate* and waits for the picture.
    void make(const QString &text)
    {
        const PictureId before = picture() ? picture()->id : 0;
        type(text);
        QTRY_VERIFY2(button("Generate")->isEnabled(), qPrintable(obstacle()));
        button("Generate")->click();
        QTRY_VERIFY2_WITH_TIMEOUT(picture() && picture()->id != before, qPrintable(strip()), 15000);
    }
    /// Opens the editor for a picture that is made first, and paints all of it.
    MaskDialog *paintMask()
    {
        make(QStringLiteral("a lighthouse"));
        m_bench->fixture.prompts().answerNext(true); // the endpoint that repaints is over by now
        action("Paint a mask…")->trigger();
        if (!QTest::qWaitFor([this] { return m_page->findChild<MaskDialog *>(); }, 15000))
            return nullptr;
        auto *dialog = m_page->findChild<MaskDialog *>();
        if (!QTest::qWaitFor([dialog] { return dialog->view().hasPicture(); }, 15000))
            return nullptr;
        dialog->view().fillMask();
        return QTest::qWaitFor([use = useMask(*dialog)] { return use->isEnabled(); }, 15000) ? dialog : nullptr;
    }
    static QPushButton *useMask(const MaskDialog &dialog)
    {
        const auto buttons = dialog.findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *one) { return one->text() == QStringLiteral("Use mask"); });
        return found == buttons.end() ? nullptr : *found;
    }
    QString maskKey() const { return form()->recipe().values.value(QStringLiteral("mask")).toString(); }
    /// Of an endpoint that is gone.
    static Error refusal()
    {
        Error error = Error::make(ErrorKind::Forbidden, QStringLiteral("not open"));
        error.apiReason = QStringLiteral("API_NOT_ALLOWED");
        return error;
    }
    RestoreDialog *restoreDialog() const { return m_page->findChild<RestoreDialog *>(); }

private slots:
    void init()
    {
        m_bench = std::make_unique<ImagesBench>();
        open();
        QVERIFY(form()->picker()->choose(QStringLiteral("flux-1-schnell"))); // small pictures, with a seed and a price
    }
    void cleanup()
    {
        m_page.reset();
        m_bench.reset();
    }

    void fromAPromptToAPicture()
    {
        QVERIFY(empty()->isVisible());
        QVERIFY(!button("Generate")->isEnabled());
        make(QStringLiteral("a lighthouse in fog"));
        QCOMPARE(picture()->prompt, QStringLiteral("a lighthouse in fog"));
        QVERIFY(madeSeed() >= 0);
        QTRY_COMPARE(strip(), QStringLiteral("1 job(s) done"));
        QVERIFY(m_page->findChild<JobStrip *>()->findChild<ElidedLabel *>()->isVisible());
        QVERIFY(!empty()->isVisible());
        QCOMPARE(m_bench->pictures().size(), 1);
        QCOMPARE(place()->viewer()->picture(), picture()->id);
        QVERIFY(m_bench->cloud->violations().isEmpty());
    }

    /// Who chooses nothing gets a picture, too.
    void whatIsOfferedFirstMakesAPicture()
    {
        QVERIFY(form()->picker()->best(ImageMode::TextToImage));
        const QString first = form()->picker()->best(ImageMode::TextToImage)->id;
        QVERIFY(form()->picker()->choose(QStringLiteral("seedream-5.0-lite")));
        QVERIFY(form()->picker()->choose(first));
        make(QStringLiteral("a lighthouse in fog"));
        QCOMPARE(picture()->endpoint, first);
        QTRY_COMPARE(place()->viewer()->picture(), picture()->id);
        QVERIFY(action("Reuse the seed…")->isEnabled());
        QVERIFY(m_bench->cloud->violations().isEmpty());
    }

    void withoutASeedThereIsNoneToReuse()
    {
        QVERIFY(form()->picker()->choose(QStringLiteral("seedream-5.0-lite")));
        make(QStringLiteral("a lighthouse in fog"));
        QTRY_COMPARE(place()->viewer()->picture(), picture()->id);
        QVERIFY(!action("Reuse the seed…")->isEnabled());
    }

    void theIdleStripSaysItsSentenceInFull()
    {
        auto *strip = m_page->findChild<JobStrip *>();
        const auto *words = strip->findChild<ElidedLabel *>();
        QCOMPARE(strip->isVisible(), true);
        QVERIFY(!words->fullText().isEmpty());
        QVERIFY2(words->minimumWidth() >= words->sizeHint().width(), qPrintable(words->fullText()));
        QCOMPARE(words->text(), words->fullText());
    }

    void picturesAreBroughtInAndSeen()
    {
        make(QStringLiteral("one"));
        const Picture made = *picture();
        QTemporaryDir elsewhere;
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(Qt::blue);
        const QString path = elsewhere.filePath(QStringLiteral("blue.png"));
        QVERIFY(image.save(path));
        m_bench->fixture.prompts().chooseNextTogether({path});
        action("Bring pictures in…")->trigger();
        QTRY_VERIFY(m_page->findChild<ImportDialog *>());
        auto *add = findNamed<QPushButton>(*m_page->findChild<ImportDialog *>(), QStringLiteral("Add to the gallery"));
        QTRY_VERIFY(add->isEnabled());
        add->click();
        const auto *gallery = m_page->findChild<GalleryTab *>();
        QTRY_VERIFY(gallery->isVisible());
        QTRY_COMPARE(gallery->model()->rowCount(), 2);
        QVERIFY(gallery->model()->at(1)->id == made.id || gallery->model()->at(0)->id == made.id);
        const auto *said = gallery->findChild<ErrorBanner *>({}, Qt::FindDirectChildrenOnly);
        QVERIFY(said->isShowing());
        QVERIFY2(said->sentence().contains(QStringLiteral("added.")), qPrintable(said->sentence()));
        QVERIFY(action("Bring pictures in…"));
    }

    /// On a small screen there once was no way to the picture.
    void inANarrowWindowFormAndPictureTakeTurns()
    {
        open();
        make(QStringLiteral("a lighthouse"));
        QVERIFY(place()->isVisible() && form()->isVisible());
        m_page->setMinimumSize(1, 1); // else its layout would keep it wide, which that of the window does not
        m_page->resize(560, 520);
        QTRY_VERIFY(form()->isVisible() && !place()->isVisible());
        QTRY_VERIFY(m_page->findChild<JobStrip *>()->isVisible());
        const auto turn = [this](const QString &text) {
            for (QPushButton *one : m_page->findChildren<QPushButton *>()) {
                if (one->isVisible() && one->text() == text)
                    return one->click();
            }
            QFAIL(qPrintable(text));
        };
        turn(QStringLiteral("Show the picture"));
        QVERIFY(place()->isVisible() && !form()->isVisible());
        QTRY_VERIFY(m_page->findChild<JobStrip *>()->isVisible());
        turn(QStringLiteral("Show the settings"));
        QVERIFY(form()->isVisible() && !place()->isVisible());
        turn(QStringLiteral("Show the picture"));
        m_page->resize(1100, 760);
        QTRY_VERIFY(place()->isVisible() && form()->isVisible());
    }

    void theExampleCanBeStartedAtOnce()
    {
        empty()->button()->click();
        QVERIFY(prompt()->toPlainText().contains(QStringLiteral("{morning|evening}")));
        QTRY_VERIFY(button("Generate")->isEnabled());
    }

    void theNewestComesUnlessAnotherWasChosen()
    {
        make(QStringLiteral("one"));
        const PictureId first = picture()->id;
        make(QStringLiteral("two"));
        place()->choose(first);
        QTRY_COMPARE(picture()->id, first);
        QSignalSpy finished(&m_bench->images->queue(), &ImageQueue::finished);
        QVERIFY(await(m_bench->images->queue().redo({picture()->job})));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 15000);
        QTRY_COMPARE(m_bench->pictures().size(), 3);
        QCOMPARE(picture()->id, first);
        make(QStringLiteral("three")); // who asks for one wants to see it
        QCOMPARE(picture()->prompt, QStringLiteral("three"));
        // Whoever comes back at once does not get the one that is still read.
        const PictureId third = picture()->id;
        place()->choose(first);
        place()->choose(third);
        (void)await(m_bench->images->pictures().read(first)); // in the order in which it was asked
        QCOMPARE(picture()->id, third);
    }

    /// Of a grid, say, whose other cells are still made.
    void aHeldPictureStaysWhileNewerOnesCome()
    {
        make(QStringLiteral("one"));
        const PictureId first = picture()->id;
        place()->hold(first);
        QVERIFY(await(m_bench->images->queue().redo({picture()->job})));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->pictures().size(), 2, 15000);
        const auto *model = m_page->findChild<CreateTab *>()->findChild<GalleryModel *>();
        QTRY_COMPARE(model->rowCount(), 2);
        (void)await(m_bench->images->pictures().read(first));
        QCOMPARE(picture()->id, first);
    }

    void seedIsReusedAfterAPreviewAndTakenBack()
    {
        make(QStringLiteral("one"));
        const qint64 made = madeSeed();
        QCOMPARE(seed(), -1);
        action("Reuse the seed…")->trigger();
        QTRY_VERIFY(restoreDialog());
        QVERIFY(!restoreDialog()->plan().changes.isEmpty());
        emit restoreDialog()->applied(restoreDialog()->plan().recipe, QStringLiteral("restored seed"));
        QCOMPARE(seed(), made);
        QCOMPARE(banner(), QStringLiteral("Settings restored."));
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("one"));
        QVERIFY(action("Undo: restored seed"));
        action("Undo: restored seed")->trigger();
        QCOMPARE(seed(), -1);
        QVERIFY(banner().isEmpty());
        action("Redo: restored seed")->trigger();
        QCOMPARE(seed(), made);
    }

    void allSettingsComeBackWithTheirEndpoint()
    {
        make(QStringLiteral("one"));
        QVERIFY(form()->picker()->choose(QStringLiteral("txt2img")));
        QTRY_VERIFY(!form()->recipe().values.value(fields::kModel).toString().isEmpty()); // the catalogue suggests one
        type(QStringLiteral("two"));
        const Recipe before = form()->recipe();
        action("Reuse settings…")->trigger();
        QTRY_VERIFY(restoreDialog());
        emit restoreDialog()->applied(restoreplan::merge(before, *picture(), RestorePart::All), QStringLiteral("restored settings"));
        QCOMPARE(form()->endpoint()->id, picture()->endpoint);
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("one"));
        QCOMPARE(seed(), madeSeed());
        form()->undoStack()->undo();
        QCOMPARE(form()->endpoint()->id, QStringLiteral("txt2img"));
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("two"));
        QCOMPARE(form()->recipe(), before);
    }

    void obstaclesAreSaidAndLeadToWhereTheyAreMended()
    {
        QTRY_VERIFY(!obstacle().isEmpty());
        QCOMPARE(form()->obstacle().field, QString(fields::kPrompt));
        type(QStringLiteral("a {b|c"));
        QVERIFY(!obstacle().isEmpty());
        QVERIFY(!button("Generate")->isEnabled());
        form()->show(form()->obstacle());
        QCOMPARE(m_page->focusWidget(), prompt());
        type(QStringLiteral("a b"));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        // Retired by its provider, with the date.
        QVERIFY(form()->picker()->choose(QStringLiteral("z-image-turbo")));
        QCOMPARE(obstacle(), QStringLiteral("Z-Image Turbo is retired."));
        const auto since = [this] { return findNamed<QComboBox>(*form(), QStringLiteral("Endpoint"))->accessibleDescription(); };
        QVERIFY2(since().contains(QStringLiteral("2026")), qPrintable(since()));
        QVERIFY(!button("Generate")->isEnabled());
        button("Try it all the same")->click(); // what this server answers nobody knows
        QVERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        QVERIFY(button("Generate")->isEnabled());
        QVERIFY(!button("Try it all the same")->isVisible());
        emit m_bench->images->queue().endpointAnswered(QStringLiteral("z-image-turbo"), refusal());
        QCOMPARE(obstacle(), QStringLiteral("Z-Image Turbo is retired."));
        QVERIFY2(since().contains(QStringLiteral("API_NOT_ALLOWED")) || since().contains(QStringLiteral("2026")), qPrintable(since()));
        QVERIFY(form()->picker()->choose(QStringLiteral("flux-1-schnell")));
        QVERIFY(obstacle().isEmpty());
        m_bench->fixture.useProfile(false, true);
        QTRY_VERIFY2(obstacle().contains(QStringLiteral("read-only")), qPrintable(obstacle()));
        QVERIFY(!button("Generate")->isEnabled());
    }

    void inProductionIsAskedFirst()
    {
        m_bench->fixture.useProfile(true, false);
        type(QStringLiteral("one"));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        button("Generate")->click();
        QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
        QVERIFY(m_bench->fixture.prompts().asked().constFirst().text.contains(QStringLiteral("costs about")));
        QVERIFY(m_bench->jobs().isEmpty());
        m_bench->fixture.prompts().answerNext(true);
        button("Generate")->click();
        QTRY_VERIFY_WITH_TIMEOUT(picture(), 15000);
    }

    void aDoubleClickIsOneWish()
    {
        m_bench->images->queue().pause();
        FakeClock clock;
        open(&clock);
        const auto press = [this] {
            button("Generate")->click();
            QTest::qWait(0);
        };
        const Milliseconds interval(QApplication::doubleClickInterval());
        type(QStringLiteral("one"));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        for (int i = 0; i < 8; ++i) {
            press();
            QTRY_COMPARE(m_bench->jobs().size(), 1);
            clock.advance(interval / 2);
        }
        clock.advance(interval / 2); // each further job is wanted
        press();
        QTRY_COMPARE(m_bench->jobs().size(), 2);
        clock.advance(interval);
        press();
        QTRY_COMPARE(m_bench->jobs().size(), 3);
        type(QStringLiteral("two")); // and so is another one at once
        press();
        QTRY_COMPARE(m_bench->jobs().size(), 4);
    }

    void muchAtOnceIsAskedFirstInAnyProfile()
    {
        m_bench->images->queue().pause();
        const ScriptedPrompts &prompts = m_bench->fixture.prompts();
        auto *bar = m_page->findChild<GenerateBar *>();
        bar->setMode(ExpansionMode::Combinations);
        form()->setPrompt(QStringLiteral("{a|b|c|d} ").repeated(12));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        emit form()->generateRequested();
        QCOMPARE(prompts.asked().size(), 1);
        const ConfirmRequest much = prompts.asked().constFirst();
        QVERIFY(much.destructive); // the keyboard is on Cancel
        QVERIFY2(much.text.contains(QStringLiteral("1,000")) && much.text.contains(QStringLiteral("16,777,216")) && much.text.contains(QStringLiteral("cost")), qPrintable(much.text));
        QVERIFY(m_bench->jobs().isEmpty());
        // A handful at a known price is as before.
        form()->setPrompt(QStringLiteral("{a|b|c|d|e}"));
        QTRY_COMPARE(form()->plan().jobs, 5U);
        QVERIFY(form()->plan().price.has_value());
        emit form()->generateRequested();
        QTRY_COMPARE(m_bench->jobs().size(), 5);
        QCOMPARE(prompts.asked().size(), 1);
        // Of which nobody knows what it costs.
        QVERIFY(form()->picker()->choose(QStringLiteral("txt2img")));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        QVERIFY(!form()->plan().price.has_value());
        emit form()->generateRequested();
        QCOMPARE(prompts.asked().size(), 2);
        QVERIFY(prompts.asked().constLast().text.contains(QStringLiteral("not known")));
        m_bench->fixture.prompts().answerNext(true);
        emit form()->generateRequested();
        QTRY_COMPARE(m_bench->jobs().size(), 10);
    }

    /// A folder of lists is watched: what was asked for and what is sent were made of different words.
    void whatIsAskedForIsWhatIsSent()
    {
        m_bench->images->queue().pause();
        const auto words = [](int count) {
            QStringList lines;
            for (int i = 0; i < count; ++i)
                lines.append(QStringLiteral("word %1").arg(i));
            WildcardLists lists;
            lists.insert(QStringLiteral("words"), lines);
            return lists;
        };
        m_page->findChild<GenerateBar *>()->setMode(ExpansionMode::Combinations);
        form()->promptBox()->setWildcards(words(12));
        form()->setPrompt(QStringLiteral("a __words__"));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        QCOMPARE(form()->plan().jobs, 12U);
        ScriptedPrompts &prompts = m_bench->fixture.prompts();
        prompts.meanwhile([&] { form()->promptBox()->setWildcards(words(300)); });
        prompts.answerNext(true);
        emit form()->generateRequested();
        QCOMPARE(prompts.asked().size(), 1);
        QTRY_COMPARE(form()->plan().jobs, 300U);
        QTRY_VERIFY(!m_bench->jobs().isEmpty());
        QCOMPARE(m_bench->jobs().size(), 12);
        // What stands in the way meanwhile is heeded all the same.
        form()->setPrompt(QStringLiteral("another __words__"));
        prompts.meanwhile([&] { form()->setPrompt(QStringLiteral("a {b|c")); });
        prompts.answerNext(true);
        emit form()->generateRequested();
        QCOMPARE(prompts.asked().size(), 2);
        QVERIFY(!obstacle().isEmpty());
        QTest::qWait(0);
        QCOMPARE(m_bench->jobs().size(), 12);
    }

    void whatIsMuch()
    {
        const auto plan = [](quint64 jobs, quint64 results, std::optional<Money> price, bool onServer = false) { return JobPlan{jobs, results, price, {}, onServer}; };
        const std::optional<Money> cheap = Money();
        QVERIFY(!isMuch(plan(10, 40, cheap)));
        QVERIFY(isMuch(plan(11, 11, cheap)));
        QVERIFY(!isMuch(plan(1, 4, {})));
        QVERIFY(isMuch(plan(1, 5, {})));
        QVERIFY(!isMuch(plan(100, 400, {}, true))); // nothing is charged
        QVERIFY(isMuch(plan(101, 101, {}, true)));
    }

    void jobsOfOnesOwnServerAreCountedBesideThoseThatCost()
    {
        ImageJob charged;
        charged.backend = BackendPicker::novitaId();
        charged.endpoint = QStringLiteral("flux-1-schnell");
        charged.recipe = FormValues::initial(*m_bench->images->endpoints().find(charged.endpoint)).recipe().values;
        ImageJob own = charged;
        own.backend = WebUiBackend::backendId(QStringLiteral("x"));
        const SpendGate gate = spendGateOf(m_bench->context());
        bool went = false;
        const auto go = [&went] { went = true; };
        gate(m_page.get(), SpendAct::Redo, {charged, own, charged, own, own}, go);
        const ScriptedPrompts &prompts = m_bench->fixture.prompts();
        QCOMPARE(prompts.asked().size(), 1);
        const QString text = prompts.asked().constLast().text;
        QVERIFY2(text.startsWith(QStringLiteral("Jobs: 5. This costs about $0.006.")) && text.endsWith(QStringLiteral(": 3.")), qPrintable(text));
        gate(m_page.get(), SpendAct::Resume, QList<ImageJob>(101, own) << charged, go);
        QCOMPARE(prompts.asked().size(), 2);
        gate(m_page.get(), SpendAct::Resume, {own, own}, go);
        QCOMPARE(prompts.asked().size(), 2);
        QVERIFY(went);
    }

    void severalAreNotMadeAgainByAKeyStroke()
    {
        m_bench->images->queue().pause();
        m_page->findChild<GenerateBar *>()->setMode(ExpansionMode::Combinations);
        form()->setPrompt(QStringLiteral("{a|b|c}"));
        QTRY_VERIFY2(obstacle().isEmpty(), qPrintable(obstacle()));
        emit form()->generateRequested();
        QTRY_COMPARE(m_bench->jobs().size(), 3);
        m_page->openTarget(QStringLiteral("queue"));
        auto *panel = m_page->findChild<QueuePanel *>();
        QTRY_COMPARE(panel->model()->rowCount(), 3);
        panel->table()->selectAll();
        auto *cancel = findNamed<QPushButton>(*panel, QStringLiteral("Cancel jobs"));
        QVERIFY(cancel);
        cancel->setFocus();
        QTest::keyClick(cancel, Qt::Key_Space);
        QTRY_VERIFY(!cancel->isEnabled());
        QCOMPARE(m_page->focusWidget(), panel->table());
        QTRY_VERIFY2(strip().startsWith(QStringLiteral("Nothing waits. Nothing is sent")), qPrintable(strip()));
        QAction *redo = findAction(panel->actions(), QStringLiteral("Redo"));
        redo->trigger();
        QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
        QVERIFY(m_bench->fixture.prompts().asked().constFirst().destructive);
        QCOMPARE(m_bench->jobs().size(), 3);
        panel->table()->selectRow(0);
        redo->trigger();
        QTRY_COMPARE(m_bench->jobs().size(), 4);
        QCOMPARE(m_bench->fixture.prompts().asked().size(), 1);
    }

    void whatIsEnteredOutlivesTheProgram()
    {
        QVERIFY(form()->picker()->choose(QStringLiteral("seedream-4.5"), ImageMode::ImageToImage));
        type(QStringLiteral("half a prom"));
        Recipe wanted = form()->recipe();
        wanted.values.insert(fields::kSeed, 77);
        QVERIFY(form()->restore(wanted, QStringLiteral("a seed")));
        QCOMPARE(seed(), 77);
        const auto draft = [this] { return *await(m_bench->images->prompts().draft(m_bench->images->profile(), QStringLiteral("recipe"))); };
        QTRY_VERIFY(draft().contains(QStringLiteral("seedream-4.5")) && draft().contains(QStringLiteral("77")));
        restart();
        QTRY_COMPARE(prompt()->toPlainText(), QStringLiteral("half a prom"));
        QTRY_COMPARE(form()->endpoint()->id, QStringLiteral("seedream-4.5"));
        QCOMPARE(form()->picker()->mode(), ImageMode::ImageToImage);
        QCOMPARE(seed(), 77);
    }

    void aModelThatTheCloudDescribesMakesAFilm()
    {
        const QString pro = QStringLiteral("video:kling-v3.0-pro-i2v");
        const QString standard = QStringLiteral("video:kling-v3.0-std-t2v");
        QTRY_VERIFY(m_bench->images->endpoints().find(pro));
        QVERIFY(form()->picker()->choose(QStringLiteral("txt2img")));
        QTRY_VERIFY(!form()->recipe().values.value(fields::kModel).toString().isEmpty());
        QVERIFY(form()->picker()->choose(QStringLiteral("video-create"))); // checkpoints are none of its models
        QVERIFY(form()->recipe().values.value(fields::kModel).toString().isEmpty());
        QVERIFY(form()->picker()->choose(standard));
        QCOMPARE(form()->picker()->mode(), ImageMode::TextToVideo);
        make(QStringLiteral("a tram"));
        QCOMPARE(picture()->kind, MediaKind::Video);
        QCOMPARE(picture()->endpoint, standard);
        QVERIFY(m_bench->cloud->violations().isEmpty());
        QVERIFY(form()->picker()->choose(pro));
        QVERIFY(!button("Generate")->isEnabled()); // it wants a first picture
        Recipe wanted = form()->recipe();
        wanted.values.insert(QStringLiteral("duration"), 9);
        QVERIFY(form()->restore(wanted, QStringLiteral("a duration")));
        const auto draft = [this](const char *profile) { return *await(m_bench->images->prompts().draft(ProfileId(QString::fromLatin1(profile)), QStringLiteral("recipe"))); };
        QTRY_VERIFY(draft("mine").contains(pro) && draft("mine").contains(QStringLiteral("9")));
        m_bench->images->open(ProfileId(QStringLiteral("theirs")), Reach::Local);
        QVERIFY(!m_bench->images->endpoints().find(pro));
        QVERIFY(form()->endpoint()->id != pro);
        QTRY_VERIFY(m_bench->images->endpoints().find(pro)); // of the other profile's cloud
        m_bench->cloud.reset(); // what the disk has must do
        restart();
        QTRY_COMPARE(form()->endpoint()->id, pro);
        QCOMPARE(form()->recipe().values.value(QStringLiteral("duration")).toInt(), 9);
    }

    /// No list on the disk, no network: the form shows another endpoint, and the draft is not replaced by that.
    void aDraftOfAModelThatIsNotDescribedYetIsKept()
    {
        const QString pro = QStringLiteral("video:kling-v3.0-pro-i2v");
        const auto draft = [this] { return *await(m_bench->images->prompts().draft(m_bench->images->profile(), QStringLiteral("recipe"))); };
        QTRY_VERIFY(m_bench->images->endpoints().find(pro));
        QVERIFY(form()->picker()->choose(pro));
        QTRY_VERIFY(draft().contains(pro));
        QVERIFY(await(m_bench->images->videoModels().forget(m_bench->images->profile())));
        m_bench->cloud.reset();
        restart();
        QTRY_VERIFY(m_bench->images->videoModels().isRead());
        QVERIFY(form()->endpoint()->id != pro);
        type(QStringLiteral("a tram"));
        m_page.reset(); // what is entered is written
        QVERIFY(draft().contains(pro));
        open();
        QTRY_COMPARE(prompt()->toPlainText(), QStringLiteral("a tram"));
        QVERIFY(form()->picker()->choose(QStringLiteral("flux-1-schnell")));
        Recipe wanted = form()->recipe();
        wanted.values.insert(fields::kSeed, 78);
        QVERIFY(form()->restore(wanted, QStringLiteral("a seed")));
        QTRY_VERIFY2(!draft().contains(pro) && draft().contains(QStringLiteral("78")), qPrintable(draft()));
    }

    void whatIsTypedAfterARestoreIsNotLostByUndo()
    {
        type(QStringLiteral("before"));
        Recipe wanted = form()->recipe();
        wanted.values.insert(fields::kPrompt, QStringLiteral("restored"));
        QVERIFY(form()->restore(wanted, QStringLiteral("restored")));
        type(QStringLiteral("typed since"));
        form()->undoStack()->undo();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("before"));
        type(QStringLiteral("typed before"));
        form()->undoStack()->redo();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("typed since"));
        form()->undoStack()->undo();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("typed before"));
    }

    void aSavedPictureNeverHarmsTheGallerys()
    {
        make(QStringLiteral("one"));
        const QString own = m_bench->images->files().path(picture()->file);
        const qint64 size = QFileInfo(own).size();
        CreateActions *actions = m_page->findChild<CreateTab *>()->actions();
        QSignalSpy failed(actions, &CreateActions::failed);
        QSignalSpy said(actions, &CreateActions::said);
        QTemporaryDir folder;
        const QString link = folder.filePath(QStringLiteral("link.png"));
        QVERIFY(QFile::link(own, link));
        for (const QString &to : {own, link}) {
            m_bench->fixture.prompts().chooseNext(to);
            actions->save(*picture());
            QTRY_COMPARE(failed.size(), 1);
            failed.clear();
            QCOMPARE(QFileInfo(own).size(), size);
        }
        const QString other = folder.filePath(QStringLiteral("other.png"));
        QFile there(other);
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("old") == 3);
        there.close();
        m_bench->fixture.prompts().chooseNext(other);
        actions->save(*picture());
        QTRY_COMPARE(said.size(), 1);
        QCOMPARE(QFileInfo(other).size(), size);
        // What was to be replaced stays when there is nothing to copy.
        Picture gone = *picture();
        gone.file = QStringLiteral("originals/2020-01/00000000000000000000000000000000.png");
        m_bench->fixture.prompts().chooseNext(other);
        actions->save(gone);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(QFileInfo(other).size(), size);
    }

    void anotherProfileHasItsOwn()
    {
        make(QStringLiteral("mine"));
        m_bench->images->open(ProfileId(QStringLiteral("theirs")), Reach::Local);
        QTRY_VERIFY(!picture());
        QTRY_VERIFY(prompt()->toPlainText().isEmpty());
        QTRY_COMPARE(strip(), QStringLiteral("Nothing is under way."));
        m_bench->images->open(ProfileId(QStringLiteral("mine")), Reach::Local);
        QTRY_VERIFY(picture());
        QTRY_COMPARE(prompt()->toPlainText(), QStringLiteral("mine"));
    }

    void aPictureBecomesTheSource()
    {
        make(QStringLiteral("one"));
        action("Use as source")->trigger();
        QTRY_COMPARE(form()->picker()->mode(), ImageMode::ImageToImage);
        QVERIFY(!form()->endpoint()->serves(ImageMode::TextToImage) || form()->endpoint()->serves(ImageMode::ImageToImage));
        const auto holdsPicture = [this] {
            const QJsonObject values = form()->recipe().values;
            return values.contains(fields::kImage) || values.contains(fields::kImages);
        };
        QVERIFY(holdsPicture());
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("one"));
        form()->undoStack()->undo();
        QCOMPARE(form()->picker()->mode(), ImageMode::TextToImage);
        QVERIFY(!holdsPicture());
    }

    /// The picture that the form starts from stands there, not the newest one; the endpoint is of the kind that was chosen, and is named.
    void theSourceIsShownAndItsEndpointIsOfTheSameKind()
    {
        make(QStringLiteral("one"));
        const PictureId first = picture()->id;
        make(QStringLiteral("two"));
        QVERIFY(form()->picker()->choose(QStringLiteral("txt2img")));
        m_page->openTarget(QStringLiteral("gallery"));
        m_page->findChild<CreateTab *>()->actions()->useAsSource(first);
        QTRY_COMPARE(form()->endpoint()->id, QStringLiteral("img2img"));
        QTRY_COMPARE(picture()->id, first);
        QVERIFY(place()->isVisible());
        QCOMPARE(banner(), QStringLiteral("The form starts from the chosen picture now. The endpoint is “Stable Diffusion: image to image” now."));
        // Once more: nothing has changed but the picture.
        m_page->findChild<CreateTab *>()->actions()->useAsSource(m_bench->pictures().constFirst().id);
        QTRY_COMPARE(banner(), QStringLiteral("The form starts from the chosen picture now."));
        QCOMPARE(form()->endpoint()->id, QStringLiteral("img2img"));
    }

    /// From the gallery, say, far below the newest.
    void aHeldPictureStaysThoughTheListIsTooShortForIt()
    {
        make(QStringLiteral("one"));
        const PictureId first = picture()->id;
        make(QStringLiteral("two"));
        GalleryModel newest(*m_bench->images, nullptr, false);
        PictureQuery query;
        query.limit = 1;
        newest.setQuery(query);
        newest.setActive(true);
        PicturePlace place(m_bench->context(), newest);
        QTRY_VERIFY(place.picture() && place.picture()->id != first);
        place.hold(first);
        QTRY_COMPARE(place.picture()->id, first);
        make(QStringLiteral("three"));
        const PictureId third = picture()->id;
        QTRY_COMPARE(newest.at(0)->id, third);
        (void)await(m_bench->images->pictures().read(first)); // in the order in which it was asked
        QCOMPARE(place.picture()->id, first);
        QVERIFY(await(m_bench->images->pictures().setTrashed({first}, m_bench->clock().now())));
        emit newest.updated();
        QTRY_COMPARE(place.picture()->id, third);
    }

    void theQueueStandsStillAfterARestartAndSaysSo()
    {
        m_bench->images->queue().pause();
        type(QStringLiteral("one"));
        QTRY_VERIFY(button("Generate")->isEnabled());
        button("Generate")->click();
        QTRY_COMPARE(m_bench->jobs().size(), 1);
        restart();
        QTRY_VERIFY2(strip().contains(QStringLiteral("until you resume")), qPrintable(strip()));
        QVERIFY(!picture());
        button("Resume queue")->click();
        QTRY_VERIFY_WITH_TIMEOUT(picture(), 15000);
    }

    void inProductionRedoAndResumeAreAskedFirst()
    {
        m_bench->images->queue().pause();
        type(QStringLiteral("one"));
        QTRY_VERIFY(button("Generate")->isEnabled());
        button("Generate")->click();
        QTRY_COMPARE(m_bench->jobs().size(), 1);
        m_bench->fixture.useProfile(true, false);
        const ScriptedPrompts &prompts = m_bench->fixture.prompts();
        QTRY_VERIFY(stripButton("Resume queue") && stripButton("Resume queue")->isVisible());
        stripButton("Resume queue")->click();
        QCOMPARE(prompts.asked().size(), 1);
        QVERIFY2(prompts.asked().constFirst().text.contains(QStringLiteral("costs about")), qPrintable(prompts.asked().constFirst().text));
        QVERIFY(m_bench->images->queue().isPaused());
        auto *panel = m_page->findChild<QueuePanel *>();
        findAction(panel->actions(), QStringLiteral("Resume queue"))->trigger();
        QCOMPARE(prompts.asked().size(), 2);
        QVERIFY(m_bench->images->queue().isPaused());
        m_bench->fixture.prompts().answerNext(true);
        stripButton("Resume queue")->click();
        QTRY_VERIFY_WITH_TIMEOUT(picture(), 15000);
        QTRY_COMPARE(panel->model()->rowCount(), 1);
        panel->table()->selectRow(0);
        findAction(panel->actions(), QStringLiteral("Redo"))->trigger();
        QCOMPARE(prompts.asked().size(), 4);
        QCOMPARE(m_bench->jobs().size(), 1);
    }

    void aProfileThatBecomesReadOnlyStopsAtOnce()
    {
        m_bench->images->queue().pause();
        type(QStringLiteral("one"));
        QTRY_VERIFY(button("Generate")->isEnabled());
        button("Generate")->click();
        QTRY_VERIFY(stripButton("Resume queue") && stripButton("Resume queue")->isVisible());
        UiContext context = m_bench->fixture.context();
        Profile profile = *context.profiles.active();
        profile.readOnly = true;
        QVERIFY(context.profiles.save(profile).ok());
        QVERIFY(!stripButton("Resume queue")->isVisibleTo(m_page.get()));
        QVERIFY(!stripButton("Cancel jobs")->isVisible());
        QVERIFY(!findAction(m_page->findChild<QueuePanel *>()->actions(), QStringLiteral("Resume queue"))->isEnabled());
        profile.readOnly = false;
        QVERIFY(context.profiles.save(profile).ok());
        QVERIFY(stripButton("Resume queue")->isVisible());
    }

    void settingsDecideTheTypeOfFiles()
    {
        QVERIFY(m_bench->fixture.settings().setValue(keys::kImageOutputType, QStringLiteral("webp")).ok());
        QCOMPARE(form()->order().options.outputType, QStringLiteral("webp"));
        make(QStringLiteral("one"));
        QCOMPARE(picture()->format, QStringLiteral("webp"));
    }

    void aGridIsMadeAndItsPicturesAreOpened()
    {
        type(QStringLiteral("a lighthouse"));
        QTRY_VERIFY2(button("Grid")->isEnabled(), qPrintable(obstacle()));
        button("Grid")->click();
        auto *dialog = m_page->findChild<GridDialog *>();
        QVERIFY(dialog);
        dialog->restore({{QStringLiteral("column"), QStringLiteral("seed")}, {QStringLiteral("columnValues"), QStringLiteral("11, 12")}});
        auto *generate = findNamed<QPushButton>(*dialog, QStringLiteral("Generate"));
        QTRY_VERIFY(generate->isEnabled());
        generate->click();
        QTRY_VERIFY(m_page->findChild<GridSheet *>());
        auto *sheet = m_page->findChild<GridSheet *>();
        const auto *model = sheet->findChild<GridSheetModel *>();
        QTRY_COMPARE_WITH_TIMEOUT(model->doneCount(), 2, 15000);
        for (int column = 0; column < 2; ++column) {
            QTRY_VERIFY(!model->cell(0, column).pictures.isEmpty());
            emit sheet->findChild<QTableView *>()->activated(model->index(0, column));
            QTRY_COMPARE(picture() ? picture()->id : 0, model->cell(0, column).pictures.constFirst().id);
            QCOMPARE(madeSeed(), 11 + column);
        }
        QCOMPARE(m_bench->jobs().size(), 2);
        QTRY_COMPARE(strip(), QStringLiteral("2 job(s) done"));
        QVERIFY(m_page->findChild<JobStrip *>()->findChild<ElidedLabel *>()->isVisible()); // only a bar stood there meanwhile
        sheet->close();
    }

    void aMaskIsPaintedOverThePicture()
    {
        MaskDialog *dialog = paintMask();
        QVERIFY(dialog);
        const QString endpoint = form()->endpoint()->id;
        useMask(*dialog)->click();
        QTRY_VERIFY(!maskKey().isEmpty());
        QCOMPARE(form()->endpoint()->id, endpoint);
        QVERIFY2(!banner().contains(QStringLiteral("mask is kept")), qPrintable(banner()));
        const auto fields = form()->recipeForm()->findChildren<PictureField *>();
        QVERIFY(std::any_of(fields.begin(), fields.end(), [this](const PictureField *field) { return field->key() == maskKey(); }));
        form()->undoStack()->undo();
        QVERIFY(maskKey().isEmpty());
    }

    /// The editor is not modal to all that can build the form anew: a file with settings, the palette, a server that goes away.
    void aMaskOutlivesAFormThatIsBuiltAnew()
    {
        MaskDialog *dialog = paintMask();
        QVERIFY(dialog);
        const QString endpoint = form()->endpoint()->id;
        QVERIFY(form()->picker()->choose(QStringLiteral("flux-1-schnell")));
        useMask(*dialog)->click();
        QTRY_VERIFY2(banner().contains(QStringLiteral("mask is kept")), qPrintable(banner()));
        QVERIFY(!maskKey().isEmpty());
        QVERIFY(form()->picker()->choose(endpoint, ImageMode::Inpaint));
        const auto fields = form()->recipeForm()->findChildren<PictureField *>();
        QVERIFY(std::any_of(fields.begin(), fields.end(), [this](const PictureField *field) { return field->key() == maskKey(); }));
    }

    /// Not only after an hour with the brush.
    void thatAMaskCannotBeSentIsSaidBeforeItIsPainted()
    {
        FakeClock clock;
        clock.advance(std::chrono::hours(24 * 325)); // the endpoint that repaints is over
        open(&clock);
        make(QStringLiteral("a lighthouse"));
        const Recipe before = form()->recipe();
        action("Paint a mask…")->trigger();
        const ScriptedPrompts &prompts = m_bench->fixture.prompts();
        QTRY_COMPARE(prompts.asked().size(), 1);
        const QString said = prompts.asked().constFirst().text;
        for (const char *words : {"Stable Diffusion: inpaint is retired.", "exported", "image server", "try"})
            QVERIFY2(said.contains(QLatin1String(words)), qPrintable(said));
        QCOMPARE(form()->recipe(), before);
        QVERIFY(!m_page->findChild<MaskDialog *>());
        // An image server of one's own does it; nothing has to be asked.
        ImageServer server;
        server.name = QStringLiteral("Under the desk");
        server.url = QUrl(m_bench->cloud->apiRoot().toString() + QStringLiteral("/webui"));
        const Result<QString> id = await(m_bench->images->servers()->save(server, {}));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        QTRY_COMPARE(m_bench->images->servers()->find(*id)->state, ImageServerState::Ready);
        action("Paint a mask…")->trigger();
        QTRY_VERIFY(m_page->findChild<MaskDialog *>());
        QCOMPARE(prompts.asked().size(), 1);
        QCOMPARE(form()->backends()->backend(), WebUiBackend::backendId(*id));
        QCOMPARE(form()->picker()->mode(), ImageMode::Inpaint);
        QVERIFY2(banner().endsWith(QStringLiteral("It is made by “Under the desk” now, with “WebUI: image to image”.")), qPrintable(banner()));
        m_page->findChild<MaskDialog *>()->reject();
        form()->undoStack()->undo();
        QCOMPARE(form()->backends()->backend(), BackendPicker::novitaId());
        QVERIFY(await(m_bench->images->servers()->remove(*id)));
    }

    void aMaskOfAnotherPictureIsSaid()
    {
        MaskDialog *dialog = paintMask();
        QVERIFY(dialog);
        Recipe wanted = form()->recipe();
        wanted.values.insert(fields::kImage, QStringLiteral("0000"));
        QVERIFY(form()->restore(wanted, QStringLiteral("another picture")));
        useMask(*dialog)->click();
        QTRY_VERIFY2(banner().contains(QStringLiteral("another picture")), qPrintable(banner()));
        QVERIFY(!maskKey().isEmpty());
    }

    void aServerOfOnesOwnMakesPictures()
    {
        ImageServer server;
        server.name = QStringLiteral("Under the desk");
        server.url = QUrl(m_bench->cloud->apiRoot().toString() + QStringLiteral("/webui"));
        const Result<QString> id = await(m_bench->images->servers()->save(server, {}));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        QVERIFY(form()->backends()->choose(WebUiBackend::backendId(*id)));
        QCOMPARE(form()->endpoint()->family, EndpointFamily::WebUi);
        QVERIFY(!findNamed<QPushButton>(*form(), QStringLiteral("Choose Checkpoint"))->isVisible()); // nothing of Novita's
        auto *checkpoint = findNamed<QComboBox>(*form(), QStringLiteral("Checkpoint"));
        QVERIFY(checkpoint->count() > 0 || !checkpoint->lineEdit()->placeholderText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(form()->backends()->lists(), 15000);
        checkpoint = findNamed<QComboBox>(*form(), QStringLiteral("Checkpoint"));
        QVERIFY(checkpoint->count() > 0);
        QVERIFY(checkpoint->lineEdit()->placeholderText().isEmpty());
        QVERIFY2(button("Generate")->text().contains(QStringLiteral("on your server")), qPrintable(button("Generate")->text()));
        make(QStringLiteral("a fox by myself"));
        QCOMPARE(picture()->prompt, QStringLiteral("a fox by myself"));
        QCOMPARE(picture()->endpoint, form()->endpoint()->id);
        // The grid says the same of what it costs.
        button("Grid")->click();
        auto *dialog = m_page->findChild<GridDialog *>();
        QVERIFY(dialog);
        dialog->restore({{QStringLiteral("column"), QStringLiteral("steps")}, {QStringLiteral("columnValues"), QStringLiteral("10, 20")}});
        auto *generate = findNamed<QPushButton>(*dialog, QStringLiteral("Generate"));
        QTRY_VERIFY(generate->isEnabled());
        QVERIFY2(generate->text().contains(QStringLiteral("on your server")), qPrintable(generate->text()));
        dialog->reject();
        QVERIFY(form()->backends()->choose(BackendPicker::novitaId()));
        QVERIFY(form()->endpoint()->family != EndpointFamily::WebUi);
        QVERIFY(await(m_bench->images->servers()->remove(*id)));
    }

    void aDroppedFilePutsItsSettingsIntoTheForm()
    {
        QImage image(64, 48, QImage::Format_RGB32);
        image.fill(Qt::red);
        QBuffer buffer;
        QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
        MetadataToWrite metadata;
        metadata.parameters.prompt = QStringLiteral("a red fox");
        metadata.parameters.setValue(QStringLiteral("Seed"), QStringLiteral("42"));
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("fox.png")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(writeMetadata(buffer.data(), metadata).value().bytes);
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        auto *tab = m_page->findChild<CreateTab *>();
        QCoreApplication::sendEvent(tab, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(tab, &drop);
        auto *dialog = m_page->findChild<ImportDialog *>();
        QVERIFY(dialog);
        auto *restore = findNamed<QPushButton>(*dialog, QStringLiteral("Restore settings"));
        QTRY_VERIFY(restore->isEnabled());
        restore->click();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("a red fox"));
        QCOMPARE(seed(), 42);
        QCOMPARE(banner(), QStringLiteral("Settings restored."));
        form()->undoStack()->undo();
        QVERIFY(prompt()->toPlainText().isEmpty());
    }

    void starsAndTrash()
    {
        make(QStringLiteral("one"));
        action("Star")->trigger();
        QTRY_VERIFY(action("Starred"));
        QVERIFY(picture()->starred);
        action("Move to trash")->trigger();
        QTRY_VERIFY(!picture());
        QVERIFY(empty()->isVisible());
    }

    void tabsOpenByTarget()
    {
        m_page->openTarget(QStringLiteral("queue"));
        QCOMPARE(m_page->findChild<QTabWidget *>()->currentIndex(), 2);
        m_page->openTarget(QStringLiteral("create"));
        QCOMPARE(m_page->findChild<QTabWidget *>()->currentIndex(), 0);
    }
};

QTEST_MAIN(TestImagesPage)
#include "tst_imagespage.moc"
