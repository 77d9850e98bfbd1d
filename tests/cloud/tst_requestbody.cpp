// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/requestbody.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace novita;

namespace {

QJsonObject object(const char *json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(error.errorString()), json);
    return document.object();
}

constexpr const char *kSdValues = R"({"model": "m.safetensors", "prompt": "a lighthouse", "size": {"width": 1024, "height": 768},)"
                                  R"("count": 2, "steps": 24, "guidance": 6.5, "sampler": "DPM++ 2M Karras"})";

constexpr const char *kAllOptions = R"({"response_image_type": "webp", "enable_nsfw_detection": true, "nsfw_detection_level": 2,)"
                                    R"("webhook": {"url": "https://hooks.example.net/novita?t=a%2Fb",)"
                                    R"("test_mode": {"enabled": true, "return_task_status": "TASK_STATUS_FAILED"}}})";

/// "hello" and "world" as files, one that is only an address, and one larger than anybody takes.
InputImages pictures()
{
    return {{QStringLiteral("a"), {"hello", QStringLiteral("png"), 512, 512, {}}},
            {QStringLiteral("b"), {"world", QStringLiteral("jpeg"), 512, 512, {}}},
            {QStringLiteral("mask"), {"mask!", QStringLiteral("png"), 512, 512, {}}},
            {QStringLiteral("web"), {{}, QString(), 0, 0, QUrl(QStringLiteral("https://img.example.net/a%2Fb.jpg"))}},
            {QStringLiteral("wide"), {"wide", QStringLiteral("png"), 9000, 9000, {}}}};
}

} // namespace

class TestRequestBody : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();

    const EndpointSpec &spec(const QString &id) const
    {
        const EndpointSpec *found = m_table.find(id);
        if (!found)
            qFatal("no endpoint %s", qPrintable(id));
        return *found;
    }

    Result<QJsonObject> body(const char *id, const char *values, const RequestOptions &options = {}) const
    {
        const QString endpoint = QString::fromLatin1(id);
        return requestBody(spec(endpoint), {endpoint, object(values)}, pictures(), options);
    }


private slots:
    void bodiesAreAsTheContractHasThem_data()
    {
        QTest::addColumn<QJsonObject>("sample");
        QFile file(QStringLiteral(NOVITA_TEST_DATA "/requestbodies/cases.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray samples = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(samples.size() > 25);
        for (const QJsonValue &sample : samples)
            QTest::newRow(qPrintable(sample[QLatin1String("endpoint")].toString())) << sample.toObject();
    }
    void bodiesAreAsTheContractHasThem()
    {
        QFETCH(QJsonObject, sample);
        const QString endpoint = sample.value(QLatin1String("endpoint")).toString();
        const Result<QJsonObject> made = requestBody(spec(endpoint), {endpoint, sample.value(QLatin1String("values")).toObject()}, pictures());
        QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().detail));
        QCOMPARE(QJsonDocument(*made).toJson(), QJsonDocument(sample.value(QLatin1String("body")).toObject()).toJson());
    }

    void optionsGoWhereTheFamilyHasThem()
    {
        RequestOptions options;
        options.outputType = QStringLiteral("webp");
        options.nsfwCheck = true;
        options.nsfwLevel = 9;
        options.webhook = QUrl(QStringLiteral("https://hooks.example.net/novita?t=a%2Fb"));
        options.webhookTest = false;
        QCOMPARE(body("txt2img", kSdValues, options)->value(QLatin1String("extra")).toObject(), object(kAllOptions));
        QCOMPARE(*body("remove-text", "{\"image\": \"a\"}", options), object("{\"image_file\": \"aGVsbG8=\", \"extra\": {\"response_image_type\": \"webp\"}}"));
        QCOMPARE(body("qwen-image-edit", "{\"image\": \"web\", \"prompt\": \"p\"}", options)->value(QLatin1String("output_format")).toString(), QStringLiteral("webp"));
        QCOMPARE(*body("img2prompt", "{\"image\": \"a\"}", options), object("{\"image_file\": \"aGVsbG8=\"}"));

        RequestOptions plain;
        plain.outputType = QStringLiteral("png"); // what the server makes anyway
        plain.webhook = options.webhook;
        QVERIFY(!body("remove-text", "{\"image\": \"a\"}", plain)->contains(QLatin1String("extra")));
        plain.outputType.clear();
        const QJsonObject hooked = object("{\"model\": \"kling\", \"prompt\": \"tram\", \"callback\": \"https://hooks.example.net/novita?t=a%2Fb\"}");
        const char *tram = "{\"model\": \"kling\", \"prompt\": \"tram\"}";
        QCOMPARE(*body("video-create", tram, plain), hooked);
    }

    void anUnknownOutputTypeIsRefused()
    {
        RequestOptions options;
        options.outputType = QStringLiteral("tiff");
        const Result<QJsonObject> refused = body("txt2img", kSdValues, options);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(QLatin1String("png, webp, jpeg")), qPrintable(refused.error().message));
    }

    void whatTheModeOrTheCheckpointLacksIsLeftOut()
    {
        RequestOptions options;
        options.mode = ImageMode::TextToImage;
        const char *values = "{\"prompt\": \"p\", \"images\": [\"web\"]}";
        QVERIFY(!body("flux-2-pro", values, options)->contains(QLatin1String("images")));
        options.mode = ImageMode::ImageToImage;
        QVERIFY(body("flux-2-pro", values, options)->contains(QLatin1String("images")));
        QVERIFY(!body("flux-2-pro", "{\"prompt\": \"p\"}", options));

        QJsonObject sd = object(kSdValues);
        sd.insert(QLatin1String("refiner"), object("{\"switch_at\": 0.5}"));
        sd.insert(QLatin1String("transparent_background"), true);
        const Recipe recipe{QStringLiteral("txt2img"), sd};
        RequestOptions base;
        base.base = ModelBase::Sd15;
        const QJsonObject request = requestBody(spec(recipe.endpoint), recipe, {}, base)->value(QLatin1String("request")).toObject();
        QVERIFY(!request.contains(QLatin1String("refiner")) && !request.contains(QLatin1String("enable_transparent_background")));
        base.base = ModelBase::Sdxl;
        QVERIFY(requestBody(spec(recipe.endpoint), recipe, {}, base)->value(QLatin1String("request")).toObject().contains(QLatin1String("refiner")));
        base.outputType = QStringLiteral("jpeg");
        QVERIFY(!requestBody(spec(recipe.endpoint), recipe, {}, base)); // transparent, and no png
    }

    void aSeedIsDrawnWhereTheServerDrawsNone()
    {
        const EndpointSpec &schnell = spec(QStringLiteral("flux-1-schnell"));
        const Recipe open{schnell.id, object("{\"prompt\": \"boat\", \"size\": {\"width\": 768, \"height\": 768}, \"seed\": -1, \"steps\": 4, \"count\": 1}")};
        QVERIFY(!requestBody(schnell, open, {}));
        const Recipe drawn = drawSeeds(schnell, open, [] { return std::uint64_t(0xFFFFFFFF00000005); });
        QCOMPARE(drawn.values.value(QLatin1String("seed")).toInteger(), qint64(0xFFFFFFFF00000005 % 4294967296));
        QVERIFY(requestBody(schnell, drawn, {}));
        QCOMPARE(drawSeeds(schnell, drawn, [] { return std::uint64_t(9); }), drawn);
        const Recipe other{QStringLiteral("txt2img"), object(kSdValues)};
        QCOMPARE(drawSeeds(spec(other.endpoint), other, [] { return std::uint64_t(9); }), other);
    }

    void aBadRecipeSaysWhatIsWrong()
    {
        const Result<QJsonObject> refused = body("txt2img", "{\"model\": \"m\", \"prompt\": \"p\", \"size\": {\"width\": 64, \"height\": 64}, \"count\": 9, \"steps\": 0, \"guidance\": 7, \"sampler\": \"Euler a\"}");
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Validation);
        QCOMPARE(refused.error().detail.split(QLatin1Char('\n')).size(), 3);
        QVERIFY(!body("remove-background", "{\"image\": \"wide\"}"));
        QVERIFY(!body("remove-background", "{\"image\": \"nowhere\"}"));
        QVERIFY(!body("remove-background", "{\"image\": \"web\"}"));
        QVERIFY(!body("image-upscaler", "{\"image\": \"a\"}"));
    }
};

QTEST_GUILESS_MAIN(TestRequestBody)
#include "tst_requestbody.moc"
