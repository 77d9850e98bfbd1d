// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/estimate.h"
#include "core/cloud/endpoints/retirement.h"
#include "core/cloud/endpoints/schemaform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace novita;

namespace {

Recipe recipe(const char *endpoint, const char *values)
{
    return {QString::fromLatin1(endpoint), QJsonDocument::fromJson(values).object()};
}

Error answer(const char *reason)
{
    Error error = Error::make(ErrorKind::NotFound, QStringLiteral("gone"));
    error.apiReason = QString::fromLatin1(reason);
    return error;
}

} // namespace

class TestEndpointFacts : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();

    const EndpointSpec &spec(const char *id) const { return *m_table.find(QString::fromLatin1(id)); }

private slots:
    void thePriceIsWhatTheListSays()
    {
        const auto priceOf = [this](const char *values) { return estimate(spec("flux-1-schnell"), recipe("flux-1-schnell", values)); };
        const GenerationEstimate one = priceOf(R"({"size": {"width": 1024, "height": 1024}, "steps": 4, "count": 1})");
        QCOMPARE(one.results, 1);
        QCOMPARE(one.price, Money::fromDecimalText(u"0.003"));
        const GenerationEstimate many = priceOf(R"({"size": {"width": 2048, "height": 2048}, "steps": 100, "count": 8})");
        QCOMPARE(many.results, 8);
        QCOMPARE(many.price, Money::fromDecimalText(u"2.4"));
        QVERIFY(!priceOf(R"({"steps": 4})").price); // no size, no price
        QVERIFY(!priceOf(R"({"size": {"width": 1024, "height": 1024}, "steps": 1e300})").price);
    }

    void whatIsNotKnownStaysUnknown()
    {
        RequestOptions options;
        options.nsfwCheck = true;
        const GenerationEstimate unknown = estimate(spec("txt2img"), recipe("txt2img", R"({"count": 3})"), options);
        QCOMPARE(unknown.results, 3);
        QVERIFY(!unknown.price);
        QCOMPARE(estimate(spec("remove-background"), recipe("remove-background", "{}")).results, 1);
    }

    void aSeriesIsCountedOnlyWhereItIsAskedFor()
    {
        QCOMPARE(estimate(spec("seedream-4.5"), recipe("seedream-4.5", R"({"count": 9})")).results, 1);
        QCOMPARE(estimate(spec("seedream-4.5"), recipe("seedream-4.5", R"({"count": 9, "sequential": "auto"})")).results, 9);
        QCOMPARE(estimate(spec("seedream-4.5"), recipe("seedream-4.5", R"({"sequential": "auto"})")).results, 15);
    }

    void aRetirementHasItsDay()
    {
        const EndpointStanding before = standingOn(spec("qwen-image-edit"), QDate(2026, 9, 29));
        QCOMPARE(before.status, EndpointAvailability::Listed);
        QCOMPARE(before.retiresOn, QDate(2026, 9, 30));
        const EndpointStanding after = standingOn(spec("qwen-image-edit"), QDate(2026, 9, 30));
        QCOMPARE(after.status, EndpointAvailability::Retired);
        QVERIFY(!after.answeredSo);
        QVERIFY(after.isOver);
        QVERIFY(!before.isOver);
        const RetiredMarks marks{{QStringLiteral("qwen-image-edit"), {QStringLiteral("qwen-image-edit"), QStringLiteral("API_NOT_FOUND"), TimePoint()}}};
        QVERIFY(!standingOn(spec("qwen-image-edit"), QDate(2026, 9, 30), {}, true).isOver);
        QVERIFY(standingOn(spec("qwen-image-edit"), QDate(2026, 9, 30), marks, true).isOver);
        QVERIFY2(after.sentence.contains(QLatin1String("2026")), qPrintable(after.sentence));
        QVERIFY(standingOn(spec("glm-image"), QDate(2026, 11, 1)).sentence.contains(QLatin1String("Seedream 5.0 lite")));
        QCOMPARE(standingOn(spec("txt2img"), QDate(2026, 11, 1)).status, EndpointAvailability::Unlisted);
        QVERIFY(standingOn(spec("wan2.7-t2v"), QDate(2026, 11, 1)).sentence.isEmpty());
    }

    void theProvidersAnswerRetiresToo()
    {
        const TimePoint now(Milliseconds(1'767'225'600'000));
        QVERIFY(!markRetired(QStringLiteral("txt2img"), answer("INVALID_API_KEY"), now));
        QVERIFY(!markRetired(QStringLiteral("txt2img"), answer(""), now));
        for (const char *reason : {"API_NOT_FOUND", "API_NOT_ALLOWED"}) {
            const std::optional<RetiredMark> mark = markRetired(QStringLiteral("txt2img"), answer(reason), now);
            QVERIFY(mark);
            QCOMPARE(RetiredMark::fromJson(mark->toJson()), mark);
            const EndpointStanding standing = standingOn(spec("txt2img"), QDate(2026, 1, 2), {{mark->endpoint, *mark}});
            QCOMPARE(standing.status, EndpointAvailability::Retired);
            QVERIFY(standing.answeredSo);
            QVERIFY2(standing.sentence.contains(QLatin1String(reason)), qPrintable(standing.sentence));
        }
        QVERIFY(!RetiredMark::fromJson({}));
        QVERIFY(!RetiredMark::fromJson({{QStringLiteral("endpoint"), QStringLiteral("a")}, {QStringLiteral("reason"), QStringLiteral("BORED")}, {QStringLiteral("seenAt"), 1}}));
    }

    void recipesOutliveTheirEndpoints()
    {
        const Recipe old = recipe("no-such-endpoint", R"({"prompt": "a", "odd": {"x": [1, true]}})");
        QCOMPARE(Recipe::fromJson(old.toJson()), old);
        QVERIFY(!Recipe::fromJson({}));
        QVERIFY(!Recipe::fromJson({{QStringLiteral("endpoint"), 7}}));
        QVERIFY(!Recipe::fromJson({{QStringLiteral("endpoint"), QStringLiteral("a")}, {QStringLiteral("values"), QJsonArray()}}));
        QVERIFY(!Recipe::fromJson({{QStringLiteral("endpoint"), QString(500, QLatin1Char('a'))}}));
    }

    void aSchemaBecomesAForm()
    {
        const QJsonObject schema = QJsonDocument::fromJson(R"({"type": "object", "required": ["prompt", "model"], "properties": {
            "aspect_ratio": {"type": "string", "enum": ["16:9", "9:16"], "default": "16:9"}, "callback": {"type": "string"},
            "duration": {"type": "integer", "enum": [5, 10], "default": 5}, "guidance_scale": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "image": {"type": "string", "format": "uri", "description": "First frame"}, "model": {"type": "string"},
            "prompt": {"type": "string", "maxLength": 2500, "title": "What happens"}, "nested": {"type": "object"},
            "seed": {"type": "integer", "minimum": -1, "maximum": 2147483647}, "sound": {"type": "boolean", "default": false}}})").object();
        const Result<EndpointSpec> form = endpointOfSchema(QStringLiteral("kling-v9"), schema);
        QVERIFY(form);
        QCOMPARE(form->id, QStringLiteral("video:kling-v9"));
        QCOMPARE(form->fields.first().name, QStringLiteral("prompt"));
        QCOMPARE(form->fields.first().label, QStringLiteral("What happens"));
        QCOMPARE(form->fields.size(), 7); // the object is nothing that a field could hold
        QCOMPARE(form->field(u"duration")->type, FieldType::Choice);
        QCOMPARE(form->field(u"image")->type, FieldType::Image);
        QCOMPARE(form->field(u"seed")->type, FieldType::Seed);
        QVERIFY(form->serves(ImageMode::TextToVideo) && form->serves(ImageMode::ImageToVideo));
        const Result<QJsonObject> body = requestBody(*form, recipe("video:kling-v9", R"({"prompt": "a tram", "duration": "10", "seed": 5})"), {});
        QVERIFY2(body.ok(), body.ok() ? "" : qPrintable(body.error().message));
        QCOMPARE(*body, QJsonDocument::fromJson(R"({"model": "kling-v9", "prompt": "a tram", "duration": 10, "seed": 5})").object());
    }

    void aVideoModelHasAReadableName_data()
    {
        QTest::addColumn<QString>("title");
        const auto row = [](const char *model, const char *title) { QTest::newRow(model) << QString::fromLatin1(title); };
        row("kling-v3.0-std-t2v", "Kling 3.0 standard text to video");
        row("kling-v3.0-pro-i2v", "Kling 3.0 pro image to video");
        row("kling-v3.0-4k-i2v", "Kling 3.0 4k image to video");
        row("kling-v3.0-motion-control", "Kling 3.0 motion control");
        row("wan2.7-r2v", "Wan 2.7 reference to video");
        row("minimax-hailuo-2.3-fast", "MiniMax Hailuo 2.3 fast");
        row("vidu-q1", "Vidu Q1");
        row("veo_3/fast", "Veo 3 fast");
    }
    void aVideoModelHasAReadableName()
    {
        QFETCH(QString, title);
        const QString model = QString::fromLatin1(QTest::currentDataTag());
        const QJsonObject schema = QJsonDocument::fromJson(R"({"properties": {"prompt": {"type": "string"}}})").object();
        const Result<EndpointSpec> form = endpointOfSchema(model, schema);
        QVERIFY(form);
        QCOMPARE(form->title, title);
    }

    /// "wan2.7" and "wan-2.7" read the same; both are there, and told apart.
    void videoModelsWithTheSameTitleAreToldApart()
    {
        const QJsonObject schema = QJsonDocument::fromJson(R"({"properties": {"prompt": {"type": "string"}}})").object();
        EndpointTable table;
        table.setVideoModels({*endpointOfSchema(QStringLiteral("wan2.7"), schema), *endpointOfSchema(QStringLiteral("wan-2.7"), schema)});
        QCOMPARE(table.find(u"video:wan2.7")->title, QStringLiteral("Wan 2.7"));
        QCOMPARE(table.find(u"video:wan-2.7")->title, QStringLiteral("Wan 2.7 (wan-2.7)"));
        QCOMPARE(videoModelName(*table.find(u"video:wan-2.7")), QStringLiteral("wan-2.7"));
        QVERIFY(videoModelName(spec("txt2img")).isEmpty());
    }

    void aSchemaMayBeWrittenInOtherWays()
    {
        const QJsonObject schema = QJsonDocument::fromJson(R"({"type": "object", "required": ["prompt", "image_urls", "seed"], "properties": {
            "camera": {"type": "object"}, "duration": {"type": "number", "enum": [5, 10, 10], "default": 10}, "end_frame": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "image_size": {"type": "string"}, "image_urls": {"type": "array", "items": {"type": "string", "format": "uri"}, "minItems": 1, "maxItems": 4},
            "mode": {"const": "pro"}, "negative_prompt": {"oneOf": [{"type": "null"}, {"type": "string", "maxLength": 300}], "title": "Not in it"},
            "none": {"type": "string", "enum": [{}, null]}, "prompt": {"type": "string", "minLength": 2}, "seed": {"type": "integer", "minimum": 0},
            "size": {"type": "string", "default": "1920*1080"}, "tags": {"type": "array", "items": {"type": "string"}}, "weight": {"type": "number", "enum": [0.5, 1]}}})").object();
        const Result<EndpointSpec> form = endpointOfSchema(QStringLiteral("seedance-1.5"), schema);
        QVERIFY2(form.ok(), form.ok() ? "" : qPrintable(form.error().message));
        QVERIFY(isVideoModel(*form) && !isVideoModel(spec("video-create")));
        QStringList names;
        for (const FieldSpec &field : form->fields)
            names.append(field.name);
        QCOMPARE(names.mid(0, 4), (QStringList{QStringLiteral("prompt"), QStringLiteral("negative_prompt"), QStringLiteral("image_urls"), QStringLiteral("seed")}));
        QVERIFY(!names.contains(QLatin1String("camera")) && !names.contains(QLatin1String("none")) && !names.contains(QLatin1String("tags")));
        QCOMPARE(form->field(u"duration")->choices.size(), 2);
        QCOMPARE(form->field(u"duration")->choices.first().label, QStringLiteral("5 s"));
        QCOMPARE(form->field(u"duration")->initial, QJsonValue(QStringLiteral("10")));
        QCOMPARE(form->field(u"end_frame")->type, FieldType::Image);
        QCOMPARE(form->field(u"image_size")->type, FieldType::Text);
        QCOMPARE(form->field(u"image_urls")->type, FieldType::Images);
        QCOMPARE(form->field(u"image_urls")->mostItems, 4);
        QCOMPARE(form->field(u"negative_prompt")->label, QStringLiteral("Not in it"));
        QCOMPARE(form->field(u"negative_prompt")->mostChars, 300);
        QCOMPARE(form->field(u"prompt")->leastChars, 2);
        QCOMPARE(form->field(u"weight")->type, FieldType::Number);
        QVERIFY(form->field(u"seed")->seedByClient); // it must be there, and may not be -1
        QCOMPARE(form->constants.value(QLatin1String("mode")).toString(), QStringLiteral("pro"));
        QCOMPARE(form->modes, QList<ImageMode>{ImageMode::ImageToVideo});
        QJsonObject other = schema;
        other.insert(QStringLiteral("title"), QStringLiteral("x"));
        QVERIFY(endpointOfSchema(QStringLiteral("seedance-1.5"), other)->file != form->file);
        QCOMPARE(endpointOfSchema(QStringLiteral("seedance-1.5"), schema)->file, form->file);
    }

    void manyFieldsAreFoldedAway()
    {
        QJsonObject properties;
        for (const char *name : {"prompt", "duration", "a", "b", "c", "d", "e", "f"})
            properties.insert(QLatin1String(name), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}});
        const Result<EndpointSpec> form = endpointOfSchema(QStringLiteral("m"), {{QStringLiteral("properties"), properties}});
        QVERIFY(form);
        QVERIFY(!form->field(u"prompt")->advanced && !form->field(u"duration")->advanced && form->field(u"a")->advanced);
    }

    void aSchemaThatCannotBeFilledInIsRefused()
    {
        const auto refuses = [](const char *schema) { return !endpointOfSchema(QStringLiteral("m"), QJsonDocument::fromJson(schema).object()); };
        QVERIFY(refuses(R"({"required": ["shots"], "properties": {"shots": {"type": "object"}}})"));
        QVERIFY(refuses(R"({"required": ["prompt"], "properties": {}})"));
        QVERIFY(refuses(R"({"required": ["a b"], "properties": {"a b": {"type": "string"}}})"));
        QVERIFY(refuses(R"({"required": ["prompt"], "properties": {"prompt": {"type": "boolean"}}})"));
        QVERIFY(refuses(R"({"properties": {"shots": {"type": "object"}}})"));
        QVERIFY(refuses(R"({"properties": []})"));
        QVERIFY(!endpointOfSchema(QString(), {}));
        QJsonObject many;
        for (int i = 0; i < 200; ++i)
            many.insert(QStringLiteral("p%1").arg(i), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}});
        QVERIFY(!endpointOfSchema(QStringLiteral("m"), {{QStringLiteral("properties"), many}}));
    }
};

QTEST_GUILESS_MAIN(TestEndpointFacts)
#include "tst_endpointfacts.moc"
