// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/cloud/endpoints/recipememory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestFormValues : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();

    const EndpointSpec &spec(const char *id) const { return *m_table.find(QString::fromLatin1(id)); }

private slots:
    /// Only what a person has to bring is wrong with a new form: prompt, checkpoint, pictures.
    void aNewFormLacksOnlyWhatItCannotKnow_data()
    {
        QTest::addColumn<QString>("id");
        for (const EndpointSpec &one : m_table.all())
            QTest::newRow(qPrintable(one.id)) << one.id;
    }
    void aNewFormLacksOnlyWhatItCannotKnow()
    {
        QFETCH(QString, id);
        const EndpointSpec &endpoint = *m_table.find(id);
        const FormValues form = FormValues::initial(endpoint);
        QCOMPARE(form.recipe().endpoint, id);
        for (const FieldProblem &problem : form.problems()) {
            const FieldSpec *field = endpoint.field(problem.field);
            QVERIFY2(field && (field->type == FieldType::Text || field->type == FieldType::Model || field->type == FieldType::Scenes || field->isImage()), qPrintable(problem.sentence));
        }
    }

    void eachFieldSaysItsRange_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *id, const char *values, const char *field, const char *sentence) {
            QTest::newRow(name) << QByteArray(id) << QByteArray(values) << QString::fromUtf8(field) << QString::fromUtf8(sentence);
        };
        row("steps", "txt2img", R"({"steps": 101})", "steps", "Steps must be from 1 to 100.");
        row("half a step", "txt2img", R"({"steps": 10.5})", "steps", "Steps must be a whole number.");
        row("steps in words", "txt2img", R"({"steps": "ten"})", "steps", "Steps must be a number.");
        row("steps beyond all numbers", "hunyuan-video-fast", R"({"steps": 1e300})", "steps", "Steps must be a whole number.");
        row("guidance", "txt2img", R"({"guidance": 0.5})", "guidance", "Guidance scale must be from 1 to 30.");
        row("scale", "upscale", R"({"scale": 1})", "scale", "Scale must be more than 1 and at most 4\u00a0×.");
        row("seed", "flux-1-schnell", R"({"seed": 4294967296})", "seed", "Seed must be from 0 to 4294967295.");
        row("seed below -1", "txt2img", R"({"seed": -2})", "seed", "Seed must be from -1 to 9007199254740991.");
        row("prompt", "txt2img", R"({"prompt": ""})", "prompt", "Prompt must not be empty.");
        row("prompt as a list", "txt2img", R"({"prompt": [1]})", "prompt", "Prompt must be text.");
        row("checkpoint", "txt2img", R"({"model": ""})", "model", "Checkpoint must be chosen.");
        row("sampler", "img2video", R"({"resize_mode": "STRETCH"})", "resize_mode", "Fit must be one of CROP_TO_ASPECT_RATIO, ORIGINAL_RESOLUTION.");
        row("side", "txt2img", R"({"size": {"width": 64, "height": 512}})", "size", "Size: each side must be from 128 to 2048 pixels.");
        row("multiple", "glm-image", R"({"size": {"width": 1290, "height": 1280}})", "size", "Size: each side must be a multiple of 32 pixels.");
        row("pixels", "seedream-4.5", R"({"size": {"width": 1024, "height": 1024}})", "size", "Size: width times height must be from 3,686,400 to 16,777,216 pixels.");
        row("aspect", "seedream-4.0", R"({"size": {"width": 8192, "height": 500}})", "size", "Size: the longer side may be at most 16 times the shorter one.");
        row("preset", "hunyuan-video-fast", R"({"size": {"width": 1280, "height": 1280}})", "size", "Size must be one of 1280 × 720, 720 × 1280.");
        row("size in words", "txt2img", R"({"size": "2K"})", "size", "Size must be a width and a height in pixels.");
        row("too many LoRAs", "txt2img", R"({"loras": [{}, {}, {}, {}, {}, {}]})", "loras", "LoRAs: at most 5 are taken.");
        row("a LoRA's strength", "txt2img", R"({"loras": [{"model": "a", "strength": 0.5}, {"model": "b", "strength": 1.5}]})", "loras[1].strength",
            "LoRAs, number 2: Strength must be from 0 to 1.");
        row("a LoRA without a name", "txt2img", R"({"loras": [{"strength": 0.5}]})", "loras[0].model", "LoRAs, number 1: LoRA must be chosen.");
        row("LoRAs in words", "txt2img", R"({"loras": "a:0.5"})", "loras", "LoRAs cannot be read.");
        row("hires", "txt2img", R"({"hires_fix": {"size": {"width": 5000, "height": 100}, "strength": 2}})", "hires_fix.strength",
            "Hires fix: Denoising strength must be from 0 to 1.");
        row("frames in all", "txt2video", R"({"scenes": [{"prompt": "a", "frames": 64}, {"prompt": "b", "frames": 64}, {"prompt": "c", "frames": 8}]})", "scenes",
            "Scenes: Frames of all together may be at most 128.");
        row("no scene", "txt2video", R"({"scenes": []})", "scenes", "Scenes must not be empty.");
        row("pictures and results", "seedream-4.0", R"({"images": ["a", "b"], "sequential": "auto", "count": 14})", "count",
            "Most pictures and the pictures given may be at most 15 together.");
        row("too many pictures", "flux-2-pro", R"({"images": ["a", "b", "c", "d"]})", "images", "Pictures to edit: from 1 to 3 pictures are taken.");
        row("switch in words", "txt2img", R"({"restore_faces": "yes"})", "restore_faces", "Restore faces must be on or off.");
    }
    void eachFieldSaysItsRange()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, values);
        QFETCH(QString, field);
        QFETCH(QString, sentence);
        FormValues form = FormValues::initial(spec(id.constData()));
        const QJsonObject given = object(values);
        for (auto it = given.begin(); it != given.end(); ++it)
            form.set(it.key(), it.value());
        QString said = QStringLiteral("nothing");
        for (const FieldProblem &problem : form.problems()) {
            if (problem.field == field)
                said = problem.sentence;
        }
        QCOMPARE(said, sentence);
    }

    void picturesAreHeldToTheirLimits_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *id, const char *values, const char *sentence) {
            QTest::newRow(name) << QByteArray(id) << QByteArray(values) << QString::fromUtf8(sentence);
        };
        row("side", "upscale", R"({"image": "wide"})", "Picture: the picture has 4096 × 16 pixels; each side may have at most 2048.");
        row("pixels", "img2img", R"({"image": "many"})", "Picture: the picture has 5000 × 5000 pixels; at most 16,777,216 in all are taken.");
        row("format", "remove-background", R"({"image": "gif"})", "Picture: files of type gif are not taken, only png, jpeg.");
        row("aspect", "seedream-4.0", R"({"images": ["wide"]})", "Pictures to edit: the longer side may be at most 3 times the shorter one.");
        row("gone", "upscale", R"({"image": "nobody"})", "Picture: the picture is not there any more.");
        row("mask", "cleanup", R"({"image": "many", "mask": "gif"})", "Mask must be as large as the picture: 5000 × 5000 pixels.");
        row("no growth", "outpainting", R"({"image": "gif", "prompt": "p", "size": {"width": 100, "height": 200}})", "New size: each side must be larger than the picture's, which has 100 × 100 pixels.");
    }
    void picturesAreHeldToTheirLimits()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, values);
        QFETCH(QString, sentence);
        const InputImages images{{QStringLiteral("wide"), {"w", QStringLiteral("png"), 4096, 16, {}}},
                                 {QStringLiteral("many"), {"m", QStringLiteral("png"), 5000, 5000, {}}},
                                 {QStringLiteral("gif"), {"g", QStringLiteral("gif"), 100, 100, {}}}};
        const FormValues form(spec(id.constData()), {QString::fromLatin1(id), object(values)});
        FormContext context;
        context.images = &images;
        const QList<FieldProblem> problems = form.problems(context);
        QVERIFY2(std::any_of(problems.begin(), problems.end(), [&](const FieldProblem &one) { return one.sentence == sentence; }),
                 problems.isEmpty() ? "nothing" : qPrintable(problems.last().sentence));
        context.images = nullptr;
        const QList<FieldProblem> unseen = form.problems(context);
        QVERIFY(std::none_of(unseen.begin(), unseen.end(), [&](const FieldProblem &one) { return one.sentence == sentence; }));
    }

    void aFileOverTheLimitIsRefused()
    {
        const InputImages images{{QStringLiteral("a"), {QByteArray(10 * 1024 * 1024 + 1, 'x'), QStringLiteral("png"), 512, 512, {}}}};
        FormContext context;
        context.images = &images;
        const FormValues form(spec("img2img"), {QStringLiteral("img2img"), object(R"({"image": "a"})")});
        const QList<FieldProblem> problems = form.problems(context);
        QVERIFY(std::any_of(problems.begin(), problems.end(), [](const FieldProblem &one) { return one.field == QLatin1String("image") && one.sentence.contains(QLatin1String("10.00 MiB")); }));
    }

    void fieldsAreThereWhenTheyMeanSomething()
    {
        const EndpointSpec &endpoint = spec("img2img");
        FormValues form = FormValues::initial(endpoint);
        form.set(fields::kControlNets, QJsonArray{object(R"({"model": "controlnet-canny-sdxl-1.0", "image": "a", "strength": 1})")});
        FormContext context;
        context.base = ModelBase::Sd15;
        QList<FieldProblem> problems = form.problems(context);
        QVERIFY(std::any_of(problems.begin(), problems.end(), [](const FieldProblem &one) { return one.field == QLatin1String("controlnets[0].model"); }));
        context.base = ModelBase::Sdxl;
        problems = form.problems(context);
        QVERIFY(std::none_of(problems.begin(), problems.end(), [](const FieldProblem &one) { return one.field.startsWith(QLatin1String("controlnets")); }));

        const EndpointSpec &series = spec("seedream-4.5");
        FormValues values = FormValues::initial(series);
        QVERIFY(!values.isShown(*series.field(fields::kCount)));
        values.set(QStringLiteral("sequential"), QStringLiteral("auto"));
        QVERIFY(values.isShown(*series.field(fields::kCount)));
    }

    void whatAnOldRecipeHoldsIsKeptAndCanBeRead()
    {
        const Recipe old{QStringLiteral("txt2img"), object(R"({"prompt": "a", "steps": 30, "sampler": "Restart", "clip_strength": 0.4, "tiles": {"width": 8, "height": 9},
            "parts": [{"model": "x", "strength": 0.5}, {"model": "y"}], "on": true})")};
        const FormValues form = FormValues::carriedOver(spec("flux-1-schnell"), old);
        QCOMPARE(form.recipe().endpoint, QStringLiteral("flux-1-schnell"));
        QCOMPARE(form.value(fields::kPrompt).toString(), QStringLiteral("a"));
        QCOMPARE(form.value(fields::kSteps).toInt(), 30);
        QCOMPARE(form.value(fields::kCount).toInt(), 1);
        QStringList left;
        for (const LeftoverValue &value : form.leftovers())
            left.append(value.name + QLatin1Char('=') + value.text);
        QCOMPARE(left, (QStringList{QStringLiteral("clip_strength=0.4"), QStringLiteral("on=on"), QStringLiteral("parts=x (0.5), y"), QStringLiteral("sampler=Restart"),
                                    QStringLiteral("tiles=8 × 9")}));
        QCOMPARE(FormValues::carriedOver(spec("txt2img"), form.recipe()).value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M Karras"));
    }

    void samplersOfTheOtherKindAreSaidAnew()
    {
        const Recipe novita{QStringLiteral("txt2img"), object(R"({"sampler": "DPM++ 2M Karras"})")};
        const FormValues server = FormValues::carriedOver(spec("webui-txt2img"), novita);
        QCOMPARE(server.value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M"));
        QCOMPARE(server.value(fields::kScheduler).toString(), QStringLiteral("Karras"));
        const FormValues back = FormValues::carriedOver(spec("txt2img"), server.recipe());
        QCOMPARE(back.value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M Karras"));
        QVERIFY(!back.recipe().values.contains(fields::kScheduler));
        const FormValues own = FormValues::carriedOver(spec("webui-txt2img"), {QStringLiteral("txt2img"), object(R"({"sampler": "my own sampler"})")});
        QCOMPARE(own.value(fields::kSampler).toString(), QStringLiteral("my own sampler"));
    }

    /// The settings of a video or of a distilled model once went into the next, paid request.
    void onlyWhatMeansTheSameGoesToAnotherEndpoint()
    {
        RecipeMemory memory;
        Recipe video = FormValues::initial(spec("img2video")).recipe();
        video.values.insert(fields::kImage, QStringLiteral("inputs/a.png"));
        video.values.insert(fields::kSeed, 5);
        Recipe picture = memory.moved(spec("img2video"), video, spec("txt2img"));
        QVERIFY(!picture.values.contains(fields::kModel));
        QCOMPARE(picture.values.value(fields::kSeed).toInt(), 5);
        QCOMPARE(picture.values.value(fields::kImage).toString(), QStringLiteral("inputs/a.png")); // not used here, and not lost
        picture.values.insert(fields::kModel, QStringLiteral("a.safetensors"));
        picture.values.insert(fields::kSteps, 40);

        Recipe quick = memory.moved(spec("txt2img"), picture, spec("flux-1-schnell"));
        QCOMPARE(quick.values.value(fields::kSeed).toInt(), 5);
        QVERIFY(!quick.values.contains(fields::kModel));
        quick.values.insert(fields::kSteps, 4);
        picture = memory.moved(spec("flux-1-schnell"), quick, spec("txt2img"));
        QCOMPARE(picture.values.value(fields::kSteps).toInt(), 40);
        QCOMPARE(picture.values.value(fields::kModel).toString(), QStringLiteral("a.safetensors"));

        const Recipe source = memory.moved(spec("txt2img"), picture, spec("img2img"));
        QCOMPARE(source.values.value(fields::kModel).toString(), QStringLiteral("a.safetensors"));
        QCOMPARE(source.values.value(fields::kImage).toString(), QStringLiteral("inputs/a.png"));
        const Recipe own = memory.moved(spec("img2img"), source, spec("webui-img2img"));
        QVERIFY(!own.values.contains(fields::kModel));
        QCOMPARE(own.values.value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M"));
        QCOMPARE(memory.moved(spec("webui-img2img"), own, spec("img2video")).values.value(fields::kModel).toString(), QStringLiteral("SVD-XT"));
    }

    void anInitialValueIsNobodysWish()
    {
        RecipeMemory memory;
        const Recipe quick = FormValues::initial(spec("flux-1-schnell")).recipe();
        const Recipe picture = memory.moved(spec("flux-1-schnell"), quick, spec("txt2img"));
        QCOMPARE(picture.values.value(fields::kSteps), spec("txt2img").field(fields::kSteps)->initial);
        // What was read from elsewhere was meant, and waits for an endpoint that has it.
        Recipe read = quick;
        read.values.insert(fields::kClipSkip, 2);
        QCOMPARE(RecipeMemory().moved(spec("flux-1-schnell"), read, spec("txt2img")).values.value(fields::kClipSkip).toInt(), 2);
    }

    void whatIsUsedIsWhatIsSent()
    {
        const EndpointSpec &endpoint = spec("webui-txt2img");
        Recipe recipe = FormValues::initial(endpoint).recipe();
        recipe.values.insert(QStringLiteral("fps"), 6);
        recipe.values.insert(fields::kStrength, 0.5); // of the hires fix, which is off
        const Recipe used = FormValues(endpoint, recipe).used();
        QCOMPARE(used.endpoint, endpoint.id);
        QVERIFY(used.values.contains(fields::kSteps));
        QVERIFY(!used.values.contains(QStringLiteral("fps")));
        QVERIFY(!used.values.contains(fields::kStrength));
        recipe.values.insert(QStringLiteral("hires"), true);
        QVERIFY(FormValues(endpoint, recipe).used().values.contains(fields::kStrength));
    }

    void readingHostileValuesEnds()
    {
        QJsonValue deep = 1;
        for (int i = 0; i < 200; ++i)
            deep = QJsonArray{deep, QJsonObject{{QString(1000, QLatin1Char('k')), deep.isDouble() ? deep : QJsonValue(2)}}};
        QVERIFY(readableValue(deep).size() <= 501);
    }
};

QTEST_GUILESS_MAIN(TestFormValues)
#include "tst_formvalues.moc"
