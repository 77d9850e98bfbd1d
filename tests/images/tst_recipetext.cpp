// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/recipetext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace novita;

class TestRecipeText final : public QObject
{
    Q_OBJECT

    static ImageJob job()
    {
        ImageJob job;
        job.endpoint = QStringLiteral("txt2img");
        job.promptTemplate = QStringLiteral("a {cat|dog}");
        job.task = QStringLiteral("t-1");
        job.recipe = {{fields::kPrompt, QStringLiteral("a cat")},
                      {fields::kNegativePrompt, QStringLiteral("blur, text")},
                      {fields::kModel, QStringLiteral("sd_xl_base_1.0.safetensors")},
                      {fields::kSteps, 24},
                      {fields::kGuidance, 6.5},
                      {fields::kSampler, QStringLiteral("DPM++ 2M Karras")},
                      {fields::kSeed, -1},
                      {fields::kSize, QJsonObject{{QStringLiteral("width"), 512}, {QStringLiteral("height"), 768}}},
                      {fields::kLoras, QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("add_detail.safetensors")}, {QStringLiteral("strength"), 0.6}}}}};
        return job;
    }

private slots:
    void saysItInOtherProgramsWords()
    {
        const MetadataToWrite metadata = recipetext::metadataOf(job(), 81'234'567, {1024, 1536});
        const ImageParameters &parameters = metadata.parameters;
        QCOMPARE(parameters.prompt, QStringLiteral("a cat"));
        QCOMPARE(parameters.negativePrompt, QStringLiteral("blur, text"));
        QCOMPARE(parameters.value(u"Steps"), QStringLiteral("24"));
        QCOMPARE(parameters.value(u"Sampler"), QStringLiteral("DPM++ 2M"));
        QCOMPARE(parameters.value(u"Schedule type"), QStringLiteral("Karras"));
        QCOMPARE(parameters.value(u"CFG scale"), QStringLiteral("6.5"));
        QCOMPARE(parameters.value(u"Seed"), QStringLiteral("81234567"));
        QCOMPARE(parameters.value(u"Size"), QStringLiteral("1024x1536"));
        QCOMPARE(parameters.value(u"Model"), QStringLiteral("sd_xl_base_1.0"));
        QCOMPARE(parameters.loras, (QList<LoraUse>{{QStringLiteral("add_detail"), 0.6}}));
        QCOMPARE(metadata.json.value(QLatin1String("template")).toString(), QStringLiteral("a {cat|dog}"));
        QCOMPARE(metadata.source, DigitalSource::TrainedAlgorithmicMedia);
    }

    void aSeedThatNobodyToldIsNotMadeUp()
    {
        QVERIFY(recipetext::metadataOf(job(), std::nullopt, {8, 8}).parameters.value(u"Seed").isEmpty());
    }

    void namesNoPictureOfThisComputer()
    {
        ImageJob from = job();
        from.inputs = {{QStringLiteral("/home/someone/a.png"), QStringLiteral("inputs/a.png")}};
        from.recipe.insert(fields::kImage, QStringLiteral("/home/someone/a.png"));
        from.recipe.insert(fields::kControlNets, QJsonArray{QJsonObject{{QStringLiteral("image"), QStringLiteral("/home/someone/b.png")}}});
        const MetadataToWrite metadata = recipetext::metadataOf(from, 1, {8, 8});
        QVERIFY(!QJsonDocument(metadata.json).toJson().contains("someone"));
        QCOMPARE(metadata.source, DigitalSource::CompositeWithTrainedAlgorithmicMedia);
    }

    void saysWhatItTookAndWhenAsFarAsThatIsKnown()
    {
        const auto written = [](const ImageJob &of, const recipetext::Making &making) { return recipetext::metadataOf(of, 1, {8, 8}, making).json; };
        const auto text = [](const QJsonObject &json, const char *key) { return json.value(QLatin1String(key)).toString(); };
        ImageJob sent = job();
        for (const char *key : {"submitted", "finished", "estimatedCost"})
            QVERIFY(!written(sent, {{}, {}, {1, Money()}}).contains(QLatin1String(key)));

        sent.submittedAt = *timeFromIso(QStringLiteral("2026-03-01T12:00:00.000Z"));
        const QJsonObject alone = written(sent, {});
        QCOMPARE(text(alone, "submitted"), QStringLiteral("2026-03-01T12:00:00.000Z"));
        QVERIFY(!alone.contains(QLatin1String("finished")));

        const TimePoint began = *timeFromIso(QStringLiteral("2026-03-01T12:00:07.250Z"));
        const QJsonObject whole = written(sent, {began, began + Milliseconds(3500), {4, Money::fromPriceUnits(1250)}});
        QCOMPARE(text(whole, "submitted"), QStringLiteral("2026-03-01T12:00:07.250Z"));
        QCOMPARE(text(whole, "finished"), QStringLiteral("2026-03-01T12:00:10.750Z"));
        QCOMPARE(whole.value(QLatin1String("estimatedCost")).toObject(),
                 (QJsonObject{{QStringLiteral("amount"), QStringLiteral("0.0125")}, {QStringLiteral("currency"), QStringLiteral("USD")}, {QStringLiteral("results"), 4}}));

        // One time without the other, or after it, is of another clock.
        for (const recipetext::Making &half : {recipetext::Making{{}, began, {}}, recipetext::Making{began, began - Milliseconds(1), {}}}) {
            QCOMPARE(text(written(sent, half), "submitted"), QStringLiteral("2026-03-01T12:00:00.000Z"));
            QVERIFY(!written(sent, half).contains(QLatin1String("finished")));
        }
    }

    void comesBack()
    {
        ImageMetadata metadata;
        const TimePoint began{Seconds(1'800'000'000)};
        metadata.json = recipetext::metadataOf(job(), 5, {8, 8}, {began, began, {1, Money::fromPriceUnits(5)}}).json;
        const Recipe recipe = *recipetext::recipeOf(metadata);
        QJsonObject expected = job().recipe;
        expected.insert(fields::kSeed, 5);
        QCOMPARE(recipe, (Recipe{QStringLiteral("txt2img"), expected}));
    }

    void readsWhatOthersWrite()
    {
        ImageMetadata metadata;
        metadata.parameters.prompt = QStringLiteral("a cat <lora:rain:0.5>");
        metadata.parameters.loras = {{QStringLiteral("rain"), 0.5}};
        for (const auto &[key, value] : {std::pair("Steps", "30"), std::pair("Sampler", "DPM++ 2M"), std::pair("Schedule type", "Karras"), std::pair("CFG scale", "7"),
                                         std::pair("Seed", "4294967296"), std::pair("Size", "640x480"), std::pair("Model", "dreamshaper_8"), std::pair("Clip skip", "1.5")})
            metadata.parameters.setValue(QString::fromLatin1(key), QString::fromLatin1(value));
        const Recipe recipe = *recipetext::recipeOf(metadata);
        QVERIFY(recipe.endpoint.isEmpty());
        QCOMPARE(recipe.values.value(fields::kPrompt).toString().trimmed(), QStringLiteral("a cat"));
        QCOMPARE(recipe.values.value(fields::kSteps).toInt(), 30);
        QCOMPARE(recipe.values.value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M Karras"));
        QCOMPARE(recipe.values.value(fields::kSeed).toDouble(), 4294967296.0);
        QCOMPARE(recipe.values.value(fields::kSize).toObject(), (QJsonObject{{QStringLiteral("width"), 640}, {QStringLiteral("height"), 480}}));
        QCOMPARE(recipe.values.value(fields::kLoras).toArray().size(), 1);
        QVERIFY(!recipe.values.contains(fields::kClipSkip)); // no whole number
    }

    void hostileValuesAreLeftOut_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        for (const auto &[key, value] : {std::pair("Steps", "nan"), std::pair("Steps", "1e300"), std::pair("Seed", "99999999999999999999"), std::pair("CFG scale", "inf"),
                                         std::pair("Size", "0x"), std::pair("Size", "999999x1"), std::pair("Steps", "24 ; rm")})
            QTest::addRow("%s=%s", key, value) << QString::fromLatin1(key) << QString::fromLatin1(value);
    }
    void hostileValuesAreLeftOut()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        ImageMetadata metadata;
        metadata.parameters.prompt = QStringLiteral("a");
        metadata.parameters.setValue(key, value);
        const Recipe recipe = *recipetext::recipeOf(metadata);
        QCOMPARE(recipe.values.keys(), QStringList{QStringLiteral("prompt")});
    }

    void nothingIsNothing()
    {
        QVERIFY(!recipetext::recipeOf({}));
    }
};

QTEST_GUILESS_MAIN(TestRecipeText)
#include "tst_recipetext.moc"
