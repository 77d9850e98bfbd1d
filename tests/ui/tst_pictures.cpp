// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "tests/support/uifixture.h"
#include "tests/ui/galleryfiles.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/recipewords.h"
#include "ui/gallery/restoredialog.h"
#include "ui/gallery/restoreplan.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/theme.h"
#include "ui/widgets/tagfield.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QMenu>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

QString textOf(const restoreplan::Plan &plan)
{
    QStringList lines;
    for (const restoreplan::Change &change : plan.changes)
        lines.append(QStringLiteral("%1: %2 -> %3").arg(change.field, change.now, change.then));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestPictures final : public QObject
{
    Q_OBJECT

    const EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<GalleryFiles> m_gallery;

    Picture job(const QString &prompt = QStringLiteral("a lighthouse in morning fog, long exposure, film grain"),
                qint64 seed = 418'220'771)
    {
        return m_gallery->addJob(testPicture({768, 512}, 210), prompt, seed);
    }
    /// What the form holds before.
    Recipe form() const
    {
        Recipe recipe{QStringLiteral("txt2img"), {}};
        recipe.values = {{QStringLiteral("prompt"), QStringLiteral("a castle")},
                         {QStringLiteral("steps"), 20},
                         {QStringLiteral("seed"), 7},
                         {QStringLiteral("clip_skip"), 2}};
        return recipe;
    }
    RestoreDialog::Parts parts(const RetiredMarks &marks = {}) const
    {
        return {m_fixture->theme(), m_table, {QDate(2026, 3, 1), marks, false}};
    }
    template<typename T> static T *named(const QWidget &in, const char *name)
    {
        const auto all = in.findChildren<T *>();
        for (T *one : all) {
            if (one->accessibleName() == QLatin1String(name) ||
                (one->accessibleName().isEmpty() && one->property("text").toString() == QLatin1String(name)))
                return one;
        }
        return nullptr;
    }
    static QString allText(const QWidget &in)
    {
        QStringList out;
        for (const WrappedText *text : in.findChildren<WrappedText *>()) {
            if (text->isVisibleTo(&in))
                out.append(text->toPlainText());
        }
        for (const QLabel *label : in.findChildren<QLabel *>()) {
            if (label->isVisibleTo(&in))
                out.append(label->text());
        }
        return out.join(QLatin1Char('\n'));
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_gallery = std::make_unique<GalleryFiles>();
    }
    void cleanup()
    {
        m_gallery.reset();
        m_fixture.reset();
    }

    void mergeTakesTheWantedPart()
    {
        using restoreplan::merge;
        const Picture picture = job();
        const Recipe all = merge(form(), picture, RestorePart::All);
        QCOMPARE(all.endpoint, QStringLiteral("txt2img"));
        QCOMPARE(all.values.value(QStringLiteral("seed")).toInteger(),
                 418'220'771); // its own, not the -1 that was sent
        QCOMPARE(all.values.value(QStringLiteral("prompt")).toString(), picture.prompt);
        QVERIFY(!all.values.contains(QStringLiteral("clip_skip")));
        const Recipe butSeed = merge(form(), picture, RestorePart::AllButSeed);
        QCOMPARE(butSeed.values.value(QStringLiteral("seed")).toInteger(), 7);
        QCOMPARE(butSeed.values.value(QStringLiteral("steps")).toInt(), 30);
        Recipe noSeed = form();
        noSeed.values.remove(QStringLiteral("seed"));
        QVERIFY(!merge(noSeed, picture, RestorePart::AllButSeed).values.contains(QStringLiteral("seed")));
        const Recipe prompt = merge(form(), picture, RestorePart::Prompt);
        QCOMPARE(prompt.values.value(QStringLiteral("prompt")).toString(), picture.prompt);
        QCOMPARE(prompt.values.value(QStringLiteral("negative_prompt")).toString(), QStringLiteral("blurry, text"));
        QCOMPARE(prompt.values.value(QStringLiteral("steps")).toInt(), 20);
        QCOMPARE(prompt.values.value(QStringLiteral("clip_skip")).toInt(), 2);
        const Recipe seed = merge(form(), picture, RestorePart::Seed);
        Recipe expected = form();
        expected.values.insert(QStringLiteral("seed"), 418'220'771);
        QCOMPARE(seed, expected);
    }

    void mergeChangesNothingByWhatAPictureDoesNotHave()
    {
        using restoreplan::merge;
        Picture bare;
        QCOMPARE(merge(form(), bare, RestorePart::Prompt), form());
        QCOMPARE(merge(form(), bare, RestorePart::Seed), form());
        bare.recipe = {{QStringLiteral("seed"), -1}};
        QCOMPARE(merge(form(), bare, RestorePart::Seed), form());
        QCOMPARE(merge(form(), bare, RestorePart::All).endpoint, form().endpoint);
        // A picture without a negative prompt was made without one.
        Picture plain = job();
        plain.negativePrompt.clear();
        plain.recipe.remove(QStringLiteral("negative_prompt"));
        Recipe current = form();
        current.values.insert(QStringLiteral("negative_prompt"), QStringLiteral("ugly"));
        QVERIFY(!merge(current, plain, RestorePart::Prompt).values.contains(QStringLiteral("negative_prompt")));
    }

    void thePlanNamesEveryFieldThatChanges()
    {
        const EndpointSpec &spec = *m_table.find(u"txt2img");
        const restoreplan::Plan seed =
            restoreplan::plan(spec, form(), restoreplan::merge(form(), job(), RestorePart::Seed));
        QCOMPARE(textOf(seed), QStringLiteral("seed: 7 -> 418220771"));
        const restoreplan::Plan all =
            restoreplan::plan(spec, form(), restoreplan::merge(form(), job(), RestorePart::All));
        const QString text = textOf(all);
        QVERIFY2(text.startsWith(QStringLiteral("prompt: a castle -> a lighthouse")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("steps: 20 -> 30")) && text.contains(QStringLiteral("clip_skip: 2 -> ")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("size: ")) && text.contains(QStringLiteral("-> 768 × 512")),
                 qPrintable(text));
        QVERIFY(all.homeless.isEmpty());
        QVERIFY(all.refused.isEmpty());
        QVERIFY(restoreplan::plan(spec, form(), form()).changes.isEmpty());
    }

    void thePlanSaysWhatHasNoPlaceOrIsNotTaken()
    {
        Picture picture = job();
        picture.recipe.insert(QStringLiteral("steps"), 5000);
        picture.recipe.insert(QStringLiteral("warp_factor"), 9);
        const EndpointSpec &spec = *m_table.find(u"txt2img");
        const restoreplan::Plan plan =
            restoreplan::plan(spec, form(), restoreplan::merge(form(), picture, RestorePart::All));
        QCOMPARE(plan.homeless, QStringList{QStringLiteral("Warp factor: 9")});
        QCOMPARE(plan.refused, QStringList{QStringLiteral("Steps")});
        QCOMPARE(plan.recipe.values.value(QStringLiteral("warp_factor")).toInt(), 9);
        QCOMPARE(plan.recipe.values.value(QStringLiteral("steps")).toInt(), 25);
    }

    void theDialogShowsNowAndThenAndApplies()
    {
        auto *dialog = new RestoreDialog(parts(), form(), job(), RestorePart::Seed);
        QSignalSpy applied(dialog, &RestoreDialog::applied);
        dialog->open();
        QVERIFY2(allText(*dialog).contains(QStringLiteral("418220771")), qPrintable(allText(*dialog)));
        named<QComboBox>(*dialog, "Take over")->setCurrentIndex(0);
        QVERIFY(allText(*dialog).contains(QStringLiteral("a lighthouse in morning fog")));
        named<QPushButton>(*dialog, "Apply to the form")->click();
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.at(0).at(1).toString(), QStringLiteral("restored all settings"));
        const Recipe recipe = applied.at(0).at(0).value<Recipe>();
        QCOMPARE(recipe.values.value(QStringLiteral("steps")).toInt(), 30);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void nothingToApplyCannotBeApplied()
    {
        RestoreDialog dialog(parts(), restoreplan::merge(form(), job(), RestorePart::All), job(), RestorePart::All);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QVERIFY(!named<QPushButton>(dialog, "Apply to the form")->isEnabled());
        QVERIFY(allText(dialog).contains(QStringLiteral("holds these values already")));
    }

    void anotherEndpointIsAChoiceAndARetiredOneIsNone()
    {
        Recipe current{QStringLiteral("flux-1-schnell"), {{QStringLiteral("prompt"), QStringLiteral("a castle")}}};
        {
            RestoreDialog dialog(parts(), current, job(), RestorePart::All);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            dialog.open();
            QCOMPARE(dialog.plan().recipe.endpoint, QStringLiteral("txt2img"));
            const auto radios = dialog.findChildren<QRadioButton *>();
            QVERIFY(radios.at(0)->isEnabled() && radios.at(0)->isChecked() && radios.at(0)->isVisible());
            radios.at(1)->click();
            QCOMPARE(dialog.plan().recipe.endpoint, QStringLiteral("flux-1-schnell"));
            QVERIFY2(allText(dialog).contains(QStringLiteral("Kept, but not used by this endpoint")),
                     qPrintable(allText(dialog)));
        }
        RetiredMarks marks;
        marks.insert(QStringLiteral("txt2img"),
                     {QStringLiteral("txt2img"), QStringLiteral("API_NOT_FOUND"), TimePoint(Seconds(1'780'000'000))});
        RestoreDialog dialog(parts(marks), current, job(), RestorePart::All);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QVERIFY(!dialog.findChildren<QRadioButton *>().at(0)->isEnabled());
        QCOMPARE(dialog.plan().recipe.endpoint, QStringLiteral("flux-1-schnell"));
        QVERIFY2(allText(dialog).contains(QStringLiteral("Retired by its provider")), qPrintable(allText(dialog)));
        // The prompt alone has nothing to do with endpoints.
        named<QComboBox>(dialog, "Take over")->setCurrentIndex(2);
        QVERIFY(!allText(dialog).contains(QStringLiteral("Retired by its provider")));
        QCOMPARE(textOf(dialog.plan()).count(QLatin1Char('\n')), 0);
    }

    /// As where jobs are made: there, too, the sandbox goes on with what has ended elsewhere.
    void anEndpointThatEndedElsewhereIsAChoiceInTheSandbox()
    {
        const Recipe current{QStringLiteral("flux-1-schnell"), {{QStringLiteral("prompt"), QStringLiteral("a castle")}}};
        Picture picture;
        picture.endpoint = QStringLiteral("qwen-image-edit");
        picture.prompt = QStringLiteral("a lighthouse");
        picture.recipe = {{QStringLiteral("prompt"), picture.prompt}};
        for (const bool inSandbox : {false, true}) {
            RestoreDialog dialog({m_fixture->theme(), m_table, {QDate(2046, 3, 1), {}, inSandbox}}, current, picture, RestorePart::All);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            dialog.open();
            QCOMPARE(dialog.findChildren<QRadioButton *>().at(0)->isEnabled(), inSandbox);
            QCOMPARE(dialog.plan().recipe.endpoint, inSandbox ? picture.endpoint : current.endpoint);
            QCOMPARE(allText(dialog).contains(QStringLiteral("Retired by its provider")), !inSandbox);
        }
    }

    void theTypedPromptCanBeTakenInstead()
    {
        Picture picture = job();
        picture.promptTemplate = QStringLiteral("a lighthouse in {morning|evening} fog");
        RestoreDialog dialog(parts(), form(), picture, RestorePart::Prompt);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QCOMPARE(dialog.plan().recipe.values.value(QStringLiteral("prompt")).toString(), picture.prompt);
        dialog.findChild<QCheckBox *>()->click();
        QCOMPARE(dialog.plan().recipe.values.value(QStringLiteral("prompt")).toString(), picture.promptTemplate);
    }

    void detailsSayAllThatIsKnown()
    {
        PictureDetails details({m_fixture->theme(), m_table});
        Picture picture = job();
        picture.hasCredential = true;
        picture.flagged = true;
        picture.tags = {QStringLiteral("client")};
        details.resize(300, 900);
        details.show();
        details.setPicture(picture);
        const QString text = allText(details);
        for (const char *words : {"768 × 512", "PNG", "418220771", "Stable Diffusion: text to image",
                                  "dreamshaper_8_93211", "a lighthouse in morning fog", "blurry, text", "Sampler",
                                  "DPM++ 2M Karras", "film_grain_v2", "C2PA", "flagged", "6f1c2e0a"})
            QVERIFY2(text.contains(QString::fromUtf8(words)), words);
        named<QPushButton>(details, "Copy seed")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("418220771"));
        named<QPushButton>(details, "Copy prompt")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), picture.prompt);
        details.clear();
        QCOMPARE(details.picture(), 0);
        QVERIFY(!allText(details).contains(QStringLiteral("lighthouse")));
    }

    void detailsAskForWhatIsToBeDone()
    {
        PictureDetails details({m_fixture->theme(), m_table});
        const Picture picture = job();
        details.show();
        details.setPicture(picture);
        QSignalSpy star(&details, &PictureDetails::starRequested);
        QSignalSpy source(&details, &PictureDetails::useAsSourceRequested);
        QSignalSpy restore(&details, &PictureDetails::restoreRequested);
        QSignalSpy folder(&details, &PictureDetails::showInFolderRequested);
        named<QPushButton>(details, "Star")->click();
        named<QPushButton>(details, "Use as source")->click();
        named<QPushButton>(details, "Show in folder")->click();
        for (QAction *action : named<QPushButton>(details, "Reuse settings")->menu()->actions())
            action->trigger();
        QCOMPARE(star.at(0), (QVariantList{picture.id, true}));
        QCOMPARE(source.size(), 1);
        QCOMPARE(folder.size(), 1);
        QCOMPARE(restore.size(), 4);
        QCOMPARE(restore.at(1).at(1).value<RestorePart>(), RestorePart::AllButSeed);
        details.setFileState(PictureDetails::FileState::Missing);
        QVERIFY(!named<QPushButton>(details, "Use as source")->isEnabled());
        QVERIFY(named<QPushButton>(details, "Reuse settings")->isEnabled());
    }

    void tagsAreEdited()
    {
        PictureDetails details({m_fixture->theme(), m_table});
        Picture picture = job();
        picture.tags = {QStringLiteral("client"), QStringLiteral("draft")};
        details.show();
        details.setPicture(picture);
        QSignalSpy edited(&details, &PictureDetails::tagsEdited);
        auto *field = details.findChild<TagField *>();
        QCOMPARE(field->text(), QStringLiteral("client, draft"));
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("client, keeper"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(edited.size(), 1);
        const TagEdit edit = edited.at(0).at(1).value<TagEdit>();
        QCOMPARE(edit.add, QStringList{QStringLiteral("keeper")});
        QCOMPARE(edit.remove, QStringList{QStringLiteral("draft")});
        field->selectAll();
        QTest::keyClicks(field, QString(60, QLatin1Char('x')));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(edited.size(), 1);
        QVERIFY(field->property("invalid").toBool());
    }

    void nothingIsCutAt260PixelsAndTwiceTheText()
    {
        m_fixture->theme().apply(ColorScheme::Light, 200);
        PictureDetails details({m_fixture->theme(), m_table});
        Picture picture = job(QString(200, QLatin1Char('w')) + QStringLiteral(" and short words"));
        picture.model = QStringLiteral("a_very_long_model_name_without_any_blank_in_it_v12_93211.safetensors");
        details.resize(260, 1400);
        details.show();
        details.setPicture(picture);
        QTest::qWait(20);
        for (const WrappedText *text : details.findChildren<WrappedText *>()) {
            if (!text->isVisible())
                continue;
            QVERIFY2(text->document()->size().width() <= text->viewport()->width() + 1,
                     qPrintable(text->accessibleName()));
            QVERIFY2(text->document()->size().height() <= text->viewport()->height() + 1,
                     qPrintable(text->accessibleName()));
        }
        for (const QPushButton *button : details.findChildren<QPushButton *>()) {
            if (button->isVisible())
                QVERIFY2(button->mapTo(&details, QPoint(button->width(), 0)).x() <= details.width(),
                         qPrintable(button->text()));
        }
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
