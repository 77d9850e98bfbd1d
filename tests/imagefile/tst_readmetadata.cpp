// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagemetadata.h"
#include "samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace novita;

class TestReadMetadata : public QObject
{
    Q_OBJECT

    /// One line for each thing that was understood.
    static QStringList described(const ImageMetadata &metadata)
    {
        const ImageParameters &parameters = metadata.parameters;
        QStringList lines{imageToolName(metadata.tool), parameters.prompt, parameters.negativePrompt};
        for (const ParameterPair &pair : parameters.pairs)
            lines.append(pair.key + u'=' + pair.value);
        for (const LoraUse &lora : parameters.loras)
            lines.append(QStringLiteral("lora %1 %2").arg(lora.name).arg(lora.weight));
        return lines;
    }

    static QByteArray text(const QByteArray &type, const QByteArray &keyAndRest) { return pngChunk(type, keyAndRest); }

private slots:
    void formsOfPrograms_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("lines");
        const auto row = [](const char *file, const QStringList &lines) { QTest::newRow(file) << QString::fromLatin1(file) << lines; };
        const auto list = [](std::initializer_list<const char *> texts) {
            QStringList out;
            for (const char *line : texts)
                out.append(QString::fromUtf8(line));
            return out;
        };
        const QStringList webUi = list({"Stable Diffusion WebUI", "a lighthouse at dusk, (oil paint:1.2), gulls\nwide shot <lora:brushwork:0.7>",
                                        "blurry, text",
                                        "Steps=24", "Sampler=DPM++ 2M", "Schedule type=Karras", "CFG scale=6.5", "Seed=4294967296", "Size=512x768",
                                        "Model hash=0123abcd45", "Model=harbour_v2", "Denoising strength=0.4", "Lora hashes=brushwork: 00ff11ee22dd",
                                        "Version=v1.9.4", "lora brushwork 0.7"});
        QStringList japanese = webUi;
        japanese[1].replace(QStringLiteral("gulls"), QStringLiteral("かもめ"));
        for (const char *file : {"a1111.png", "a1111_ztxt.png", "a1111.jpg", "a1111_little_endian.jpg", "a1111_mixed_endian.jpg", "a1111.webp"})
            row(file, webUi);
        row("a1111_itxt.png", japanese);
        row("a1111_itxt_compressed.png", japanese);
        row("invokeai.png", list({"InvokeAI", "a red bridge in fog", "cars", "Steps=30", "Sampler=DPM++ 2M", "Schedule type=Karras", "CFG scale=5.5",
                                  "Seed=18446744073709", "Size=1024x768", "Model=Fogbank XL", "lora mistline 0.65"}));
        row("invokeai_3.png", list({"InvokeAI", "a mill by a stream", "people", "Steps=20", "Sampler=Euler a", "CFG scale=7", "Seed=4242", "Size=512x640", "Model=millpond", "lora reeds 0.5"}));
        row("invokeai_2.png", list({"InvokeAI", "a harbour at dawn, gulls", "fog, text, frame", "Steps=50", "Sampler=Euler a", "CFG scale=7.5", "Seed=3357757885",
                                    "Size=768x512", "Model=stable-diffusion-1.5"}));
        const QStringList comfy = list({"ComfyUI", "apples on a table\nmorning light", "plastic", "Steps=22", "Sampler=DPM++ 2M", "Schedule type=Karras",
                                        "CFG scale=7", "Seed=987654321", "Model=orchard.safetensors", "Size=640x960", "lora stilllife.safetensors 0.8"});
        row("comfyui.png", comfy);
        row("comfyui.webp", comfy);
        row("comfyui_custom.png", list({"ComfyUI", "a glass of water", "", "Steps=4", "Sampler=Euler", "Schedule type=Simple", "Seed=1125899906842624",
                                        "Distilled CFG Scale=3.5", "Model=swift.safetensors", "Size=1024x1024"}));
        row("comfyui_workflow.png", list({"ComfyUI", "a field of rye", "people", "Steps=18", "Sampler=Euler a", "Schedule type=Normal", "CFG scale=8",
                                          "Seed=77", "Model=meadow.safetensors", "Size=768x512"}));
        row("comfyui_workflow_linked.png", list({"ComfyUI", "a field of rye\nunder clouds", "people", "Steps=24", "Sampler=Euler a", "Schedule type=Normal", "CFG scale=8",
                                                 "Seed=77", "Model=meadow.safetensors", "Size=896x512"}));
        for (const char *file : {"swarmui.png", "swarmui.jpg"}) {
            row(file, list({"SwarmUI", "a paper boat", "rain", "Steps=20", "Sampler=Euler", "Schedule type=SGM Uniform", "CFG scale=7.5", "Seed=5150",
                            "Size=832x1216", "Model=Official/tide", "lora folds 0.9"}));
        }
        row("fooocus.png", list({"Fooocus", "a brass telescope", "rust", "Steps=30", "Sampler=DPM++ 2M SDE", "Schedule type=Karras", "CFG scale=4",
                                 "Seed=31337", "Size=1152x896", "Model hash=aa11bb22cc", "Model=brasswork", "lora optics 0.25"}));
        row("novelai.png", list({"NovelAI", "a fox, snow", "lowres", "Steps=28", "Sampler=Euler a", "Schedule type=Karras", "CFG scale=5",
                                 "Seed=99", "Size=832x1216"}));
        for (const char *file : {"unknown.png", "plain.png", "plain.jpg", "plain.webp", "signed.png"})
            row(file, list({"", "", ""}));
    }

    void formsOfPrograms()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, lines);
        const Result<ImageMetadata> metadata = readMetadata(sample(file));
        QVERIFY2(metadata.ok(), qPrintable(metadata.ok() ? QString() : metadata.error().message));
        QCOMPARE(described(*metadata).join(u'\n'), lines.join(u'\n'));
        QCOMPARE(metadata->header.size, QSize(16, 16));
        QVERIFY(metadata->header.complete);
        QCOMPARE(metadata->signedContent, file.startsWith(QLatin1String("signed")));
    }

    void unknownTextsStayRaw()
    {
        const Result<ImageMetadata> metadata = readMetadata(sample(QStringLiteral("unknown.png")));
        QVERIFY(metadata.ok());
        QCOMPARE(metadata->texts, (QList<ImageText>{{QStringLiteral("Software"), QStringLiteral("a plotter")},
                                                    {QStringLiteral("Comment"), QStringLiteral("drawn at night")}}));
    }

    void credentialsAreSeen()
    {
        for (const char *file : {"signed.png", "signed.jpg", "signed.webp"}) {
            const Result<ImageMetadata> metadata = readMetadata(sample(QString::fromLatin1(file)));
            QVERIFY2(metadata.ok() && metadata->signedContent, file);
        }
    }

    void textsAreReadWhereverTheFileIsCut()
    {
        for (const char *file : {"a1111.png", "a1111.jpg", "a1111.webp", "comfyui.webp", "invokeai.png"}) {
            const QByteArray whole = sample(QString::fromLatin1(file));
            for (qsizetype size = 0; size < whole.size(); ++size) {
                const Result<ImageMetadata> metadata = readMetadata(whole.first(size));
                QVERIFY2(metadata.ok() ? !metadata->header.complete : !metadata.error().message.isEmpty(),
                         qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(file)).arg(size)));
            }
        }
        const QByteArray cut = sample(QStringLiteral("a1111.png")).chopped(40);
        QCOMPARE(readMetadata(cut)->parameters.value(u"Steps"), QStringLiteral("24"));
    }

    void utf8InPlainTextChunks()
    {
        const QByteArray utf8 = QStringLiteral("море\nSteps: 1, Sampler: Euler, Seed: 3").toUtf8();
        QCOMPARE(readMetadata(pngWith(text("tEXt", QByteArray("parameters\0", 11) + utf8)))->parameters.prompt, QStringLiteral("море"));
        const QByteArray latin1("parameters\0caf\xe9", 15);
        QCOMPARE(readMetadata(pngWith(text("tEXt", latin1)))->parameters.prompt, QStringLiteral("café"));
    }

    void hostileChunks_data()
    {
        QTest::addColumn<QByteArray>("chunk");
        QByteArray wrongSum = text("tEXt", QByteArray("parameters\0x", 12));
        wrongSum.back() = char(wrongSum.back() ^ 1);
        QTest::newRow("wrong check sum") << wrongSum;
        QTest::newRow("no key") << text("tEXt", QByteArray("\0x", 2));
        QTest::newRow("no end of the key") << text("tEXt", "parameters");
        QTest::newRow("a key too long") << text("tEXt", QByteArray(80, 'k') + QByteArray("\0x", 2));
        QTest::newRow("empty") << text("iTXt", {});
        QTest::newRow("iTXt without its fields") << text("iTXt", QByteArray("parameters\0\0", 12));
        QTest::newRow("iTXt without its ends") << text("iTXt", QByteArray("parameters\0\0\0en", 15));
        QTest::newRow("zTXt of another method") << text("zTXt", QByteArray("parameters\0\1x", 13));
        QTest::newRow("zTXt that is none") << text("zTXt", QByteArray("parameters\0\0nothing", 19));
        // qCompress() puts four bytes of length before what zlib made.
        const QByteArray bomb = qCompress(QByteArray(32 * 1024 * 1024, 'a'), 9).sliced(4);
        QTest::newRow("bomb") << text("zTXt", QByteArray("parameters\0\0", 12) + bomb);
        QTest::newRow("bomb in iTXt") << text("iTXt", QByteArray("parameters\0\1\0\0\0", 15) + bomb);
        QTest::newRow("cut in zTXt") << text("zTXt", QByteArray("parameters\0\0", 12) + qCompress("text", 9).sliced(4).chopped(3));
    }

    void hostileChunks()
    {
        QFETCH(QByteArray, chunk);
        const Result<ImageMetadata> metadata = readMetadata(pngWith(chunk + text("tEXt", QByteArray("Title\0good", 10))));
        QVERIFY(metadata.ok());
        QCOMPARE(metadata->texts, (QList<ImageText>{{QStringLiteral("Title"), QStringLiteral("good")}}));
    }

    void manyTextsAreBounded()
    {
        const QByteArray many = text("tEXt", QByteArray("key\0value", 9)).repeated(1000);
        QCOMPARE(readMetadata(pngWith(many))->texts.size(), imagelimits::kTexts);
        const QByteArray three = qCompress(QByteArray(3 * 1024 * 1024, 'a'), 9).sliced(4);
        const Result<ImageMetadata> large = readMetadata(pngWith(text("zTXt", QByteArray("key\0\0", 5) + three).repeated(100)));
        QCOMPARE(large->texts.size(), 5);
        const Result<ImageMetadata> parts = readMetadata(pngWith(text("abCd", {}).repeated(imagelimits::kParts)));
        QVERIFY(!parts.ok());
        QCOMPARE(parts.error().fault, ProtocolFault::TooLarge);
    }

    void loopsInAGraphEnd()
    {
        const QByteArray graph = R"({"1":{"class_type":"KSampler","inputs":{"seed":["1",0],"steps":["2",0],"model":["3",0],"positive":["4",0],
            "negative":["1",0],"latent_image":["5",0]}},"2":{"class_type":"x","inputs":{"value":["2",0],"steps":["2",0]}},
            "3":{"class_type":"x","inputs":{"model":["3",0]}},"4":{"class_type":"x","inputs":{"conditioning_1":["4",0],"conditioning_2":["6",0]}},
            "5":{"class_type":"x","inputs":{"samples":["5",0]}},"6":{"class_type":"CLIPTextEncode","inputs":{"text":"out"}}})";
        const Result<ImageMetadata> metadata = readMetadata(pngWith(text("tEXt", QByteArray("prompt\0", 7) + QJsonDocument::fromJson(graph).toJson())));
        QCOMPARE(metadata->tool, ImageTool::ComfyUi);
        QCOMPARE(metadata->parameters.prompt, QStringLiteral("out"));
    }

    void wideGraphsEnd()
    {
        QJsonObject graph;
        QJsonObject inputs;
        for (int i = 0; i < 60; ++i)
            inputs.insert(QStringLiteral("conditioning_%1").arg(i), QJsonArray{QString::number(i), 0});
        for (int i = 0; i < 60; ++i)
            graph.insert(QString::number(i), QJsonObject{{QStringLiteral("class_type"), QStringLiteral("x")}, {QStringLiteral("inputs"), inputs}});
        graph.insert(QStringLiteral("99"), QJsonObject{{QStringLiteral("class_type"), QStringLiteral("KSampler")},
                                                       {QStringLiteral("inputs"), QJsonObject{{QStringLiteral("positive"), QJsonArray{QStringLiteral("0"), 0}},
                                                                                              {QStringLiteral("steps"), 5}}}});
        const Result<ImageMetadata> metadata = readMetadata(pngWith(text("tEXt", QByteArray("prompt\0", 7) + QJsonDocument(graph).toJson())));
        QCOMPARE(metadata->parameters.value(u"Steps"), QStringLiteral("5"));
    }

    void whatIsNoPicture_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("part");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("empty");
        QTest::newRow("web page") << QByteArray("\n<!DOCTYPE html><html><body>Not found</body></html>") << QStringLiteral("web page");
        QTest::newRow("expired link") << QByteArray("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>") << QStringLiteral("expired");
        QTest::newRow("JSON") << QByteArray("{\"code\":404}") << QStringLiteral("JSON");
        QTest::newRow("text") << QByteArray("no such task") << QStringLiteral("text");
        QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << QStringLiteral("SVG");
        QTest::newRow("AVIF") << QByteArray("\0\0\0\x20""ftypavif\0\0\0\0", 16) << QStringLiteral("AVIF");
        QTest::newRow("video") << QByteArray("\0\0\0\x20""ftypisom\0\0\0\0", 16) << QStringLiteral("MP4");
        QTest::newRow("noise") << QByteArray("\1\2\3\4\5\6", 6) << QStringLiteral("no picture");
        QTest::newRow("PNG signature alone") << QByteArray("\x89PNG\r\n\x1a\n") << QStringLiteral("PNG");
        QTest::newRow("JPEG marker alone") << QByteArray("\xff\xd8\xff") << QStringLiteral("JPEG");
        QTest::newRow("WebP name alone") << QByteArray("RIFF\4\0\0\0WEBP", 12) << QStringLiteral("WebP");
        QTest::newRow("GIF name alone") << QByteArray("GIF89a") << QStringLiteral("GIF");
    }

    void whatIsNoPicture()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, part);
        const Result<ImageMetadata> metadata = readMetadata(bytes);
        QVERIFY(!metadata.ok());
        QCOMPARE(metadata.error().kind, ErrorKind::Protocol);
        QVERIFY2(metadata.error().message.contains(part), qPrintable(metadata.error().message));
        QVERIFY(metadata.error().message.endsWith(u'.'));
    }
};

QTEST_GUILESS_MAIN(TestReadMetadata)
#include "tst_readmetadata.moc"
