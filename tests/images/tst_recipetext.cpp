// SPDX-License-Identifier: GPL-3.0-or-later
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

    void comesBack()
    {
        ImageMetadata metadata;
        metadata.json = recipetext::metadataOf(job(), 5, {8, 8}).json;
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
