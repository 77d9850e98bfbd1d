// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/inputpictures.h"
#include "ui/images/picturefield.h"
#include "ui/images/recipeform.h"
#include "ui/images/valuefields.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QPointer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <memory>

using namespace novita;

class TestRecipeForm final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<InputPictures> m_pictures;
    std::unique_ptr<RecipeForm> m_form;

    template<typename Widget>
    Widget *named(const char *name) const
    {
        return findNamed<Widget>(*m_form, QString::fromLatin1(name));
    }
    void open(const char *endpoint, std::optional<ImageMode> mode = std::nullopt) { m_form->setEndpoint(*m_table.find(QLatin1String(endpoint)), mode); }
    QJsonValue value(const QString &field) const { return m_form->recipe().values.value(field); }
    bool saysProblem(const QString &part) const
    {
        for (const QLabel *label : m_form->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    /// The one field that `endpoint` lacks is marked, and its own sentence is not said a second time.
    bool isMarked(const QWidget *input, const char *sentence) const
    {
        return input->accessibleDescription() == QLatin1String(sentence) && !saysProblem(QLatin1String(sentence));
    }
    static ImageModel checkpoint(const QString &name, ModelBase base)
    {
        ImageModel model;
        model.fileName = name;
        model.type = ImageModelType::Checkpoint;
        model.base = base;
        return model;
    }

    void makeForm()
    {
        m_form = std::make_unique<RecipeForm>(FieldServices{m_fixture->theme(), m_fixture->prompts(), *m_pictures, [] { return 0.5; }, {}, {}, {}});
        m_form->resize(320, 1200);
        m_form->show();
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_pictures = std::make_unique<InputPictures>(PictureFiles(m_folder->path()));
        makeForm();
    }
    void cleanup()
    {
        m_form.reset();
        m_pictures.reset();
        m_folder.reset();
        m_fixture.reset();
    }

    /// Every endpoint of the table makes a form whose inputs all have names, and which gives back what it was given.
    void everyEndpointHasAForm()
    {
        for (const EndpointSpec &spec : m_table.all()) {
            makeForm(); // values would go along
            m_form->setEndpoint(spec, spec.modes.constFirst());
            m_form->setAdvancedOpen(true);
            for (const QWidget *one : m_form->findChildren<QWidget *>()) {
                const bool isInput = qobject_cast<const QPushButton *>(one) || qobject_cast<const QComboBox *>(one) || qobject_cast<const QAbstractSpinBox *>(one)
                                     || qobject_cast<const QCheckBox *>(one) || qobject_cast<const QPlainTextEdit *>(one) || qobject_cast<const QSlider *>(one);
                if (isInput && one->isVisible())
                    QVERIFY2(!one->accessibleName().isEmpty(), qPrintable(spec.id + QLatin1Char(' ') + QLatin1String(one->metaObject()->className())));
            }
            const Recipe given = FormValues::initial(spec).recipe();
            for (const FieldSpec &field : spec.fields) {
                if (!field.initial.isUndefined())
                    QCOMPARE(value(field.name), given.values.value(field.name));
            }
        }
    }

    void rangesUnitsAndProblems()
    {
        open("txt2img");
        auto *steps = named<QDoubleSpinBox>("Steps");
        QVERIFY(steps);
        QCOMPARE(steps->minimum(), 1.0);
        QCOMPARE(steps->maximum(), 100.0);
        QCOMPARE(steps->value(), 25.0);
        steps->setValue(40);
        QCOMPARE(value(fields::kSteps).toInt(), 40);
        named<QSlider>("Guidance scale slider")->setValue(4);
        QCOMPARE(value(fields::kGuidance).toDouble(), 3.0);
        QVERIFY(isMarked(named<QComboBox>("Checkpoint"), "Checkpoint must be chosen."));
        QCOMPARE(m_form->problems().constFirst().sentence, QStringLiteral("Checkpoint must be chosen."));
        named<QComboBox>("Checkpoint")->setEditText(QStringLiteral("a.safetensors"));
        QVERIFY(named<QComboBox>("Checkpoint")->accessibleDescription().isEmpty());
        QCOMPARE(value(fields::kModel).toString(), QStringLiteral("a.safetensors"));
        m_form->setText(fields::kPrompt, QStringLiteral("a cat"));
        QVERIFY2(m_form->problems().isEmpty(), m_form->problems().isEmpty() ? "" : qPrintable(m_form->problems().first().sentence));
    }

    void optionalNumbersCanBeLeftToTheServer()
    {
        open("txt2img");
        m_form->setAdvancedOpen(true);
        auto *clip = named<QDoubleSpinBox>("Clip skip");
        QVERIFY(value(fields::kClipSkip).isUndefined());
        QCOMPARE(clip->text(), QStringLiteral("Default"));
        clip->stepUp();
        QCOMPARE(value(fields::kClipSkip).toInt(), 1);
        clip->stepDown();
        QVERIFY(value(fields::kClipSkip).isUndefined());
    }

    void sizesByPresetAndBySide()
    {
        open("txt2img");
        auto *preset = named<QComboBox>("Size");
        preset->setCurrentIndex(preset->findText(QStringLiteral("832 × 1216")));
        emit preset->activated(preset->currentIndex());
        QCOMPARE(value(fields::kSize).toObject(), (QJsonObject{{QStringLiteral("width"), 832}, {QStringLiteral("height"), 1216}}));
        named<QPushButton>("Size: swap width and height")->click();
        QCOMPARE(value(fields::kSize).toObject().value(QLatin1String("width")).toInt(), 1216);
        QCOMPARE(preset->currentText(), QStringLiteral("1216 × 832"));
        named<QSpinBox>("Size: width")->setValue(1000);
        QCOMPARE(value(fields::kSize).toObject().value(QLatin1String("width")).toInt(), 1000);
        QCOMPARE(preset->currentText(), QStringLiteral("Other size"));
    }

    void seedIsRandomUntilLocked()
    {
        open("txt2img");
        auto *number = named<QLineEdit>("Seed");
        QCOMPARE(value(fields::kSeed).toInt(-1), -1);
        named<QPushButton>("New Seed")->click();
        QCOMPARE(value(fields::kSeed).toDouble(), 2147483647.0);
        auto *lock = named<QPushButton>("Lock Seed");
        QVERIFY(lock->isChecked());
        lock->click();
        QCOMPARE(value(fields::kSeed).toInt(), -1);
        QCOMPARE(number->text(), QStringLiteral("2147483647"));
        number->clear();
        QTest::keyClicks(number, QStringLiteral("42"));
        QVERIFY(lock->isChecked());
        QCOMPARE(value(fields::kSeed).toInt(), 42);
    }

    void lorasUpToTheLimit()
    {
        open("txt2img");
        auto *add = named<QPushButton>("Add to LoRAs");
        for (int i = 0; i < 5; ++i)
            add->click();
        QVERIFY(!add->isEnabled());
        QCOMPARE(value(fields::kLoras).toArray().size(), 5);
        QVERIFY(isMarked(named<QComboBox>("LoRAs 1: LoRA"), "LoRAs, number 1: LoRA must be chosen."));
        named<QComboBox>("LoRAs 2: LoRA")->setEditText(QStringLiteral("rain"));
        named<QSlider>("LoRAs 2: Strength slider")->setValue(10);
        const QJsonObject second = value(fields::kLoras).toArray().at(1).toObject();
        QCOMPARE(second, (QJsonObject{{QStringLiteral("model"), QStringLiteral("rain")}, {QStringLiteral("strength"), 0.5}}));
        named<QPushButton>("Remove LoRAs 1")->click();
        QCOMPARE(value(fields::kLoras).toArray().at(0).toObject(), second);
        QVERIFY(add->isEnabled());
    }

    void groupsAreOffOrOn()
    {
        open("txt2img");
        m_form->setAdvancedOpen(true);
        QVERIFY(value(fields::kHiresFix).isUndefined());
        named<QCheckBox>("Hires fix")->click();
        QCOMPARE(value(fields::kHiresFix).toObject().value(QLatin1String("strength")).toDouble(), 0.4);
        named<QCheckBox>("Hires fix")->click();
        QVERIFY(value(fields::kHiresFix).isUndefined());
    }

    void whatNeedsAnotherBaseIsNotThere()
    {
        open("txt2img");
        m_form->setAdvancedOpen(true);
        m_form->setModels({checkpoint(QStringLiteral("old.safetensors"), ModelBase::Sd15), checkpoint(QStringLiteral("xl.safetensors"), ModelBase::Sdxl)});
        auto *model = named<QComboBox>("Checkpoint");
        QCOMPARE(model->count(), 2);
        model->setEditText(QStringLiteral("old.safetensors"));
        QVERIFY(!named<QCheckBox>("Refiner")->isVisible());
        model->setEditText(QStringLiteral("xl.safetensors"));
        QVERIFY(named<QCheckBox>("Refiner")->isVisible());
    }

    void valuesGoAlongToAnotherEndpoint()
    {
        open("txt2img");
        named<QDoubleSpinBox>("Steps")->setValue(33);
        m_form->setText(fields::kPrompt, QStringLiteral("a cat"));
        open("img2img", ImageMode::ImageToImage);
        QCOMPARE(named<QDoubleSpinBox>("Steps")->value(), 33.0);
        QCOMPARE(value(fields::kPrompt).toString(), QStringLiteral("a cat"));
        open("z-image-turbo");
        QCOMPARE(value(fields::kPrompt).toString(), QStringLiteral("a cat"));
        QVERIFY(value(fields::kSteps).isUndefined()); // it has none; nothing of it would be true of its pictures
        open("txt2img");
        QCOMPARE(named<QDoubleSpinBox>("Steps")->value(), 33.0);
    }

    /// By what assistive programs read: a label that is a sibling, or the name itself.
    void everyInputHasAName()
    {
        for (const char *id : {"txt2img", "img2img", "img2video", "seedream-4.5", "webui-img2img"}) {
            open(id);
            m_form->setAdvancedOpen(true);
            for (QWidget *widget : m_form->findChildren<QWidget *>()) {
                const bool isInput = widget->inherits("QComboBox") || widget->inherits("QAbstractSpinBox") || widget->inherits("QLineEdit") || widget->inherits("QAbstractButton");
                QAccessibleInterface *read = isInput && widget->isVisible() ? QAccessible::queryAccessibleInterface(widget) : nullptr;
                if (!read)
                    continue;
                const bool isLabelled = !read->relations(QAccessible::Label).isEmpty();
                const bool isNamed = !widget->inherits("QComboBox") && !read->text(QAccessible::Name).isEmpty();
                QVERIFY2(isLabelled || isNamed, qPrintable(QString::fromLatin1(id) + u' ' + QLatin1String(widget->metaObject()->className()) + u' ' + widget->accessibleName()));
            }
        }
    }

    /// What is kept from elsewhere may be a word of any length.
    void whatIsLeftOverMakesTheFormNoWider()
    {
        open("flux-1-schnell");
        const int width = m_form->minimumSizeHint().width();
        Recipe recipe = m_form->recipe();
        recipe.values.insert(QStringLiteral("noise_multiplier"), QString(400, QLatin1Char('x')));
        m_form->setRecipe(recipe);
        QVERIFY(saysProblem(QStringLiteral("noise multiplier: xxx")));
        QCOMPARE(m_form->minimumSizeHint().width(), width);
    }

    /// The catalogue tells of every page that it reads: a list that stands open is not to jump.
    void whatIsOfferedIsFilledAnewOnlyWhenItIsAnother()
    {
        open("txt2img");
        ImageModel model;
        model.type = ImageModelType::Checkpoint;
        model.fileName = QStringLiteral("one.safetensors");
        m_form->setModels({model});
        auto *box = named<QComboBox>("Checkpoint");
        QCOMPARE(box->count(), 1);
        QSignalSpy filled(box->model(), &QAbstractItemModel::rowsInserted);
        m_form->setModels({model});
        ImageModel lora = model;
        lora.type = ImageModelType::Lora;
        m_form->setModels({model, lora}); // not for this field
        QVERIFY(filled.isEmpty());
        ImageModel other = model;
        other.fileName = QStringLiteral("two.safetensors");
        m_form->setModels({model, other});
        QCOMPARE(box->count(), 2);
        QVERIFY(box->lineEdit()->placeholderText().isEmpty());
        m_form->setModelsAwaited(true);
        QVERIFY(!box->lineEdit()->placeholderText().isEmpty());
    }

    void picturesAreTakenInAndChecked()
    {
        open("img2img", ImageMode::ImageToImage);
        auto *field = m_form->findChild<PictureField *>();
        QVERIFY(field);
        QVERIFY(isMarked(named<QPushButton>("Open Picture"), "Picture must be chosen."));
        QImage picture(64, 48, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        const QString path = m_folder->filePath(QStringLiteral("green.png"));
        QVERIFY(picture.save(path));
        m_fixture->prompts().chooseNext(path);
        named<QPushButton>("Open Picture")->click();
        QTRY_VERIFY(!field->key().isEmpty());
        QVERIFY(field->key().startsWith(QStringLiteral("inputs/")));
        QCOMPARE(value(fields::kImage).toString(), field->key());
        QVERIFY(saysProblem(QStringLiteral("64 × 48")));
        QVERIFY(named<QPushButton>("Paste Picture")->isVisible()); // another one in its place
        QCOMPARE(m_pictures->images().value(field->key()).format, QStringLiteral("png"));
        // As after a restart.
        InputPictures again{PictureFiles(m_folder->path())};
        again.want(field->key());
        QTRY_COMPARE(again.images().value(field->key()).width, 64);
        named<QPushButton>("Remove Picture")->click();
        QVERIFY(value(fields::kImage).isUndefined());
    }

    /// A server's lists came, or another endpoint was chosen, while the file was still read.
    void aPictureOutlivesAFormThatIsBuiltAnew()
    {
        QImage picture(64, 48, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        const QString path = m_folder->filePath(QStringLiteral("green.png"));
        QVERIFY(picture.save(path));
        const auto choosePicture = [&](const char *button) {
            m_fixture->prompts().chooseNext(path);
            named<QPushButton>(button)->click();
        };
        open("img2img", ImageMode::ImageToImage);
        choosePicture("Open Picture");
        const QPointer<PictureField> before = m_form->findChild<PictureField *>();
        m_form->setChoices({{QStringLiteral("sampler"), {{QStringLiteral("a"), QStringLiteral("A"), ModelBase::Unknown}}}});
        QVERIFY(!before);
        QTRY_VERIFY(!value(fields::kImage).isUndefined());
        QCOMPARE(m_form->findChild<PictureField *>()->key(), value(fields::kImage).toString());
        open("seedream-4.0", ImageMode::ImageToImage);
        m_form->reset();
        choosePicture("Open Pictures to edit");
        open("img2img", ImageMode::ImageToImage);
        QTRY_VERIFY(value(fields::kImage).isString());
        m_form->reset();
        choosePicture("Open Picture");
        open("seedream-4.0", ImageMode::ImageToImage);
        QTRY_COMPARE(value(fields::kImages).toArray().size(), 1);
        choosePicture("Open Pictures to edit number 2");
        m_form.reset(); // nobody is there to take it
        QTRY_COMPARE(m_pictures->images().size(), 1);
    }

    void whatIsNoPictureIsRefusedWithASentence()
    {
        open("img2img", ImageMode::ImageToImage);
        QFile file(m_folder->filePath(QStringLiteral("page.png")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<html><body>no</body></html>");
        file.close();
        m_fixture->prompts().chooseNext(file.fileName());
        named<QPushButton>("Open Picture")->click();
        QTRY_VERIFY(saysProblem(QStringLiteral("web page")));
        QVERIFY(value(fields::kImage).isUndefined());
    }

    /// A reader of it would wait for ever.
    void aPipeIsNoPicture()
    {
        open("img2img", ImageMode::ImageToImage);
        const QString pipe = m_folder->filePath(QStringLiteral("x.png"));
        QVERIFY(::mkfifo(QFile::encodeName(pipe).constData(), 0600) == 0);
        m_fixture->prompts().chooseNext(pipe);
        named<QPushButton>("Open Picture")->click();
        QTRY_VERIFY(saysProblem(QStringLiteral("cannot be read")));
        QVERIFY(value(fields::kImage).isUndefined());
    }

    void focusGoesWhereTheProblemIs()
    {
        open("txt2img");
        m_form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
        m_form->focusField(QStringLiteral("vae"));
        QVERIFY(m_form->isAdvancedOpen());
        QVERIFY(named<QComboBox>("VAE")->hasFocus());
    }
};

QTEST_MAIN(TestRecipeForm)
#include "tst_recipeform.moc"
