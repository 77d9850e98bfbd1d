// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointloader.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

/// An endpoint file that is as it should be.
QJsonObject sound()
{
    const char *json = R"({"id": "mine", "title": "Mine", "family": "flat-async", "path": "/v3/async/mine", "modes": ["txt2img"],
        "availability": {"status": "listed"}, "output": {"kind": "images", "delivery": "task", "count": "count"},
        "fields": [{"name": "prompt", "label": "Prompt", "type": "text", "required": true},
                   {"name": "count", "label": "Number", "type": "integer", "wire": "n", "min": 1, "max": 4, "serverDefault": 1}]})";
    return QJsonDocument::fromJson(json).object();
}

QByteArray bytesOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// `object` with the value of a place such as "fields.1.min" set.
QJsonValue changed(const QJsonValue &value, QStringList place, const QJsonValue &to)
{
    if (place.isEmpty())
        return to;
    const QString head = place.takeFirst();
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        const int index = head.toInt();
        while (array.size() <= index)
            array.append(QJsonObject());
        array[index] = changed(array.at(index), place, to);
        return array;
    }
    QJsonObject object = value.toObject();
    const QJsonValue inner = changed(object.value(head), place, to);
    if (inner.isUndefined())
        object.remove(head);
    else
        object.insert(head, inner);
    return object;
}

} // namespace

class TestEndpointTable : public QObject
{
    Q_OBJECT

private slots:
    void theBuiltInFilesAreSound()
    {
        QStringList problems;
        const EndpointTable table = EndpointTable::builtIn(&problems);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
        QVERIFY(table.all().size() >= 40);
    }

    void everyEndpointOfTheContractIsThere_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path :
             {"/v3/async/txt2img", "/v3/async/img2img", "/v3/async/inpainting", "/v3/async/upscale", "/v3/remove-background", "/v3/replace-background", "/v3/cleanup",
              "/v3/outpainting", "/v3/remove-text", "/v3/reimagine", "/v3/merge-face", "/v3/img2prompt", "/v3/async/replace-background", "/v3beta/flux-1-schnell",
              "/v3/async/flux-1-kontext-dev", "/v3/async/flux-1-kontext-pro", "/v3/async/flux-1-kontext-max", "/v3/async/flux-2-dev", "/v3/async/flux-2-flex",
              "/v3/async/flux-2-pro", "/v3/async/qwen-image-txt2img", "/v3/async/qwen-image-edit", "/v3/async/hunyuan-image-3", "/v3/async/glm-image",
              "/v3/async/z-image-turbo", "/v3/async/z-image-turbo-lora", "/v3/seedream-3-0-txt2img", "/v3/seedream-4.0", "/v3/seedream-4.5", "/v3/seedream-5.0-lite",
              "/v3/async/image-eraser", "/v3/async/image-upscaler", "/v3/async/image-remove-background", "/v3/async/img2video", "/v3/async/txt2video",
              "/v3/async/hunyuan-video-fast", "/v3/async/wan-t2v", "/v3/async/kling-v3.0-std-t2v", "/v3/async/wan2.7-t2v", "/v3/video/create"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void everyEndpointOfTheContractIsThere()
    {
        QFETCH(QString, path);
        const EndpointTable table = EndpointTable::builtIn();
        QVERIFY(std::any_of(table.all().begin(), table.all().end(), [&](const EndpointSpec &spec) { return spec.path == path; }));
    }

    void everyModeIsServed()
    {
        const EndpointTable table = EndpointTable::builtIn();
        for (const ImageMode mode : allImageModes()) {
            QVERIFY2(!table.serving(mode).isEmpty(), qPrintable(imageModeName(mode)));
            QCOMPARE(imageModeFromName(imageModeName(mode)), mode);
            QVERIFY(!imageModeLabel(mode).isEmpty());
        }
        QVERIFY(!imageModeFromName(u"dance"));
    }

    void whatRunsBySeveralNamesIsReadOnce()
    {
        const EndpointTable table = EndpointTable::builtIn();
        const EndpointSpec *spec = table.find(u"txt2img");
        QVERIFY(spec);
        QCOMPARE(spec->family, EndpointFamily::SdAsync);
        QCOMPARE(spec->field(fields::kSampler)->choices.size(), 20);
        QCOMPARE(spec->field(fields::kModel)->wire, QStringList{QStringLiteral("model_name")});
        QCOMPARE(spec->field(fields::kSize)->wire, (QStringList{QStringLiteral("width"), QStringLiteral("height")}));
        QVERIFY(!spec->field(fields::kControlNets)); // the API has it with img2img alone
        QCOMPARE(spec->field(fields::kRefiner)->when.base, ModelBase::Sdxl);
        QCOMPARE(spec->output.serverType, QStringLiteral("png"));
        QCOMPARE(spec->nsfw.pricePerImage, Money::fromDecimalText(u"0.0015"));
        QVERIFY(!spec->price);
        QCOMPARE(table.list(QStringLiteral("preprocessors")).size(), 28);
        QCOMPARE(table.list(QStringLiteral("controlnet-models")).size(), 21);
        QVERIFY(!table.find(u"no-such"));
    }

    void titlesAreInOrder()
    {
        const EndpointTable table = EndpointTable::builtIn();
        QVERIFY(std::is_sorted(table.all().begin(), table.all().end(),
                               [](const EndpointSpec &a, const EndpointSpec &b) { return a.title.compare(b.title, Qt::CaseInsensitive) < 0; }));
    }

    void aFileOfOnesOwnIsAddedOrTakesAPlace()
    {
        QTemporaryDir folder;
        const auto write = [&folder](const char *name, const QByteArray &bytes) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        EndpointTable table = EndpointTable::builtIn();
        const qsizetype before = table.all().size();
        write("mine.json", bytesOf(sound()));
        write("other.json", bytesOf(changed(sound(), {QStringLiteral("id")}, QStringLiteral("txt2img")).toObject()));
        write("broken.json", "{\"id\": ");
        write("huge.json", QByteArray(EndpointTable::kMostFileBytes + 10, ' '));
        write("note.txt", "not ours");
        QVERIFY(QFile::link(QStringLiteral("/etc/hostname"), folder.filePath(QStringLiteral("link.json"))));
        const QStringList problems = table.addFolder(folder.path());
        QCOMPARE(problems.size(), 2);
        QVERIFY2(problems.at(0).startsWith(QLatin1String("broken.json: ")), qPrintable(problems.at(0)));
        QVERIFY2(problems.at(1).startsWith(QLatin1String("huge.json: ")), qPrintable(problems.at(1)));
        QCOMPARE(table.all().size(), before + 1);
        QCOMPARE(table.find(u"txt2img")->title, QStringLiteral("Mine"));
        QVERIFY(table.addFolder(folder.filePath(QStringLiteral("nowhere"))).isEmpty());
    }

    void aFileThatIsNotAsItShouldBeIsRefused_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *place, const char *value, const char *problem) {
            QTest::newRow(name) << QString::fromLatin1(place) << QByteArray(value) << QString::fromLatin1(problem);
        };
        row("no id", "id", "", "id:");
        row("odd id", "id", "\"../x\"", "id:");
        row("title of two lines", "title", "\"a\\nb\"", "title:");
        row("unknown family", "family", "\"modern\"", "family:");
        row("another host", "path", "\"//evil.example/v3/a\"", "path:");
        row("an address", "path", "\"https://evil.example/v3/a\"", "path:");
        row("out of the images", "path", "\"/gpu-instance/openapi/v1/gpu/instance/delete\"", "path:");
        row("up and out", "path", "\"/v3/../gpu-instance\"", "path:");
        row("a query", "path", "\"/v3/a?x=1\"", "path:");
        row("no modes", "modes", "[]", "modes:");
        row("unknown mode", "modes", "[\"dance\"]", "modes:");
        row("no availability", "availability", "", "availability:");
        row("retired without a day", "availability.status", "\"retired\"", "availability.date:");
        row("no such day", "availability.date", "\"2026-02-30\"", "availability.date:");
        row("delivery of another family", "output.delivery", "\"inline\"", "output.delivery:");
        row("count without a field", "output.count", "\"many\"", "output:");
        row("unknown member", "colour", "1", "colour:");
        row("unknown member of a field", "fields.0.colour", "1", "fields[0].colour:");
        row("member of another type", "fields.0.min", "1", "fields[0].min:");
        row("no fields", "fields", "[]", "fields:");
        row("field is text", "fields.0", "\"prompt\"", "fields[0]:");
        row("unknown type", "fields.0.type", "\"essay\"", "fields[0].type:");
        row("used twice", "fields.1.name", "\"prompt\"", "fields[1].name:");
        row("two for one place", "fields.1.wire", "\"prompt\"", "fields:");
        row("inside another's place", "fields.1.wire", "\"prompt.n\"", "fields:");
        row("range upside down", "fields.1.min", "9", "fields[1].min:");
        row("range is text", "fields.1.min", "\"1\"", "fields[1].min:");
        row("default out of range", "fields.1.serverDefault", "7", "fields[1].serverDefault:");
        row("initial of another type", "fields.1.initial", "\"one\"", "fields[1].initial:");
        row("list that nobody has", "fields.2", R"({"name": "s", "label": "S", "type": "choice", "choices": "nobodys"})", "fields[2].choices:");
        row("choices are none", "fields.2", R"({"name": "s", "label": "S", "type": "choice", "choices": []})", "fields[2].choices:");
        row("choice is no number", "fields.2", R"({"name": "s", "label": "S", "type": "choice", "as": "integer", "choices": ["a"]})", "fields[2].choices:");
        row("condition on nothing", "fields.2", R"({"name": "s", "label": "S", "type": "boolean", "when": {"field": "x", "equals": 1}})", "fields:");
        row("condition on itself", "fields.2", R"({"name": "s", "label": "S", "type": "boolean", "when": {"field": "s", "equals": 1}})", "fields:");
        row("size without syntax", "fields.2", R"({"name": "s", "label": "S", "type": "size"})", "fields[2].syntax:");
        row("size with an odd preset", "fields.2", R"({"name": "s", "label": "S", "type": "size", "syntax": "x", "presets": ["8by8"]})", "fields[2].presets:");
        row("mask of no picture", "fields.2", R"({"name": "s", "label": "S", "type": "mask", "sameSizeAs": "prompt"})", "fields:");
        row("lists in lists", "fields.2",
            R"({"name": "s", "label": "S", "type": "loras", "items": [{"name": "t", "label": "T", "type": "loras", "items": []}]})", "fields[2].items[0].");
        row("two items for one place", "fields.2",
            R"({"name": "s", "label": "S", "type": "loras", "items": [{"name": "a", "label": "A", "type": "text"}, {"name": "b", "label": "B", "type": "text", "wire": "a"}]})",
            "fields[2].items[1].wire:");
        row("condition in a list", "fields.2",
            R"({"name": "s", "label": "S", "type": "loras", "items": [{"name": "a", "label": "A", "type": "text", "when": {"base": "sdxl"}}]})", "fields[2].items[0].when:");
        row("price of a million", "price", R"({"usd": "1000000", "source": "x", "date": "2026-01-01"})", "price.usd:");
        row("price without a date", "price", R"({"usd": "1", "source": "x"})", "price.date:");
        row("rate of nothing", "rate", R"({"perMinute": 0, "counts": "images"})", "rate.perMinute:");
    }
    void aFileThatIsNotAsItShouldBeIsRefused()
    {
        QFETCH(QString, place);
        QFETCH(QByteArray, value);
        QFETCH(QString, problem);
        QVERIFY(parseEndpoint(bytesOf(sound()), QStringLiteral("mine.json"), {}));
        const QJsonValue to = value.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonDocument::fromJson("[" + value + "]").array().at(0);
        const QJsonObject odd = changed(sound(), place.split(QLatin1Char('.')), to).toObject();
        const Result<EndpointSpec> spec = parseEndpoint(bytesOf(odd), QStringLiteral("mine.json"), {});
        QVERIFY(!spec);
        QCOMPARE(spec.error().kind, ErrorKind::Validation);
        QVERIFY2(spec.error().message.startsWith(QStringLiteral("mine.json: ") + problem), qPrintable(spec.error().message));
    }

    void everyCutOfAFileIsSurvived()
    {
        QFile file(QStringLiteral(":/endpoints/img2img.json"));
        EndpointTable::builtIn();
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (qsizetype length = 0; length + 2 < whole.size(); ++length)
            QVERIFY(!parseEndpoint(whole.left(length), QStringLiteral("cut.json"), {}));
    }
};

QTEST_GUILESS_MAIN(TestEndpointTable)
#include "tst_endpointtable.moc"
