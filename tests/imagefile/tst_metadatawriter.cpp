// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/jpegfile.h"
#include "core/imagefile/metadatawriter.h"
#include "core/imagefile/parameterstext.h"
#include "core/imagefile/pngfile.h"
#include "core/imagefile/webpfile.h"
#include "samples.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace novita;

class TestMetadataWriter : public QObject
{
    Q_OBJECT

    static MetadataToWrite harbour()
    {
        MetadataToWrite metadata;
        metadata.parameters.prompt = QStringLiteral("a harbour at night, café lights\nwide");
        metadata.parameters.negativePrompt = QStringLiteral("fog");
        for (const auto &[key, value] : {std::pair{"Steps", "20"}, std::pair{"Sampler", "DPM++ 2M Karras"}, std::pair{"CFG scale", "7"},
                                         std::pair{"Seed", "42"}, std::pair{"Size", "32x24"}, std::pair{"Model", "coast, v1"}})
            metadata.parameters.setValue(QString::fromLatin1(key), QString::fromLatin1(value));
        metadata.json = QJsonObject{{QStringLiteral("taskId"), QStringLiteral("t-1")},
                                    {QStringLiteral("template"), QStringLiteral("a {harbour|beach}")},
                                    {QStringLiteral("request"), QJsonObject{{QStringLiteral("prompt"), QStringLiteral("海 \"quoted\" <tag> & more")},
                                                                            {QStringLiteral("steps"), 20}}}};
        metadata.source = DigitalSource::TrainedAlgorithmicMedia;
        return metadata;
    }

    static QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForStarted())
            return {};
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished() || process.exitCode() != 0)
            qWarning("%s: %s", qPrintable(program), process.readAllStandardError().constData());
        return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
    }

    /// What exiftool says of a picture, without its file's own facts.
    static QJsonObject exiftool(const QByteArray &picture)
    {
        static const QStringList arguments{QStringLiteral("-j"), QStringLiteral("-a"), QStringLiteral("-G1"), QStringLiteral("-")};
        const QByteArray json = run(QStringLiteral("exiftool"), arguments, picture);
        return QJsonDocument::fromJson(json).array().at(0).toObject();
    }

    static QList<QJsonObject> chunks(const QByteArray &picture)
    {
        const QByteArray out = run(QStringLiteral("/usr/bin/python3"), {QStringLiteral(NOVITA_SOURCE_DIR "/tests/imagefile/dump_png.py")}, picture);
        QList<QJsonObject> list;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                list.append(QJsonDocument::fromJson(line).object());
        }
        return list;
    }

    static QStringList typesOf(const QList<QJsonObject> &list)
    {
        QStringList types;
        for (const QJsonObject &chunk : list) {
            const QString key = chunk.value(QLatin1String("key")).toString();
            types.append(chunk.value(QLatin1String("type")).toString() + (key.isEmpty() ? QString() : u' ' + key));
        }
        types.removeDuplicates(); // image data come in one chunk or more
        return types;
    }

    static WrittenImage written(const QByteArray &bytes, const MetadataToWrite &metadata, const WriteOptions &options = {})
    {
        const Result<WrittenImage> image = writeMetadata(bytes, metadata, options);
        if (!image.ok())
            qWarning("%s", qPrintable(image.error().message));
        return image.ok() ? *image : WrittenImage{};
    }

    static void formats()
    {
        QTest::addColumn<QByteArray>("picture");
        QTest::newRow("PNG") << painted("png");
        QTest::newRow("JPEG") << painted("jpeg");
        QTest::newRow("WebP") << painted("webp");
        QTest::newRow("lossless WebP") << painted("webp", QSize(33, 21), 100);
        QTest::newRow("PNG of another program") << sample(QStringLiteral("a1111.png"));
        QTest::newRow("JPEG of another program") << sample(QStringLiteral("a1111_mixed_endian.jpg"));
        QTest::newRow("WebP of another program") << sample(QStringLiteral("a1111.webp"));
        QTest::newRow("JPEG without JFIF") << painted("jpeg").remove(2, 18);
    }

private slots:
    void cleanup() { clearRegisteredSecrets(); }

    void comesBack_data() { formats(); }

    void comesBack()
    {
        QFETCH(QByteArray, picture);
        const MetadataToWrite metadata = harbour();
        const WrittenImage image = written(picture, metadata);
        QCOMPARE(image.outcome, WriteOutcome::Written);
        QVERIFY(!image.needsSidecar() && image.sentence().isEmpty());
        const Result<ImageMetadata> read = readMetadata(image.bytes);
        QVERIFY(read.ok() && read->header.complete);
        QCOMPARE(read->tool, ImageTool::Ours);
        QCOMPARE(read->json, metadata.json);
        QCOMPARE(read->parameters.raw, image.parametersText);
        QCOMPARE(toParametersText(read->parameters), toParametersText(metadata.parameters));
        QCOMPARE(QImage::fromData(image.bytes), QImage::fromData(picture));
        // A second time changes nothing: no key is there twice.
        QCOMPARE(written(image.bytes, metadata).bytes.size(), image.bytes.size());
    }

    void exiftoolReadsIt_data() { formats(); }

    void exiftoolReadsIt()
    {
        QFETCH(QByteArray, picture);
        const WrittenImage image = written(picture, harbour());
        const QJsonObject seen = exiftool(image.bytes);
        QVERIFY2(!seen.isEmpty(), "exiftool is needed for this test");
        QCOMPARE(seen.value(QLatin1String("ExifTool:Warning")), QJsonValue(QJsonValue::Undefined));
        const bool png = sniffImageFormat(picture) == ImageFormat::Png;
        QCOMPARE(seen.value(QLatin1String(png ? "PNG:Parameters" : "ExifIFD:UserComment")).toString(), image.parametersText);
        const QString json = seen.value(QLatin1String(png ? "PNG:Novita_desktop" : "XMP-novita_desktop:Json")).toString();
        QCOMPARE(QJsonDocument::fromJson(json.toUtf8()).object(), harbour().json);
        const QString source = seen.value(QLatin1String("XMP-iptcExt:DigitalSourceType")).toString();
        QVERIFY2(source.endsWith(QLatin1String("trainedAlgorithmicMedia")), qPrintable(QString::fromUtf8(QJsonDocument(seen).toJson())));
    }

    void pngChunksStandWhereOthersLookForThem()
    {
        const QByteArray picture = painted("png");
        const QList<QJsonObject> before = chunks(picture);
        const WrittenImage image = written(picture, harbour());
        const QList<QJsonObject> after = chunks(image.bytes);
        QStringList expected = typesOf(before);
        const qsizetype data = expected.indexOf(QStringLiteral("IDAT"));
        QVERIFY(data > 0);
        expected.insert(data, QStringLiteral("tEXt parameters"));
        expected.insert(data + 1, QStringLiteral("iTXt novita_desktop")); // holds Chinese
        expected.insert(data + 2, QStringLiteral("iTXt XML:com.adobe.xmp"));
        QCOMPARE(typesOf(after), expected);
        for (const QJsonObject &chunk : before)
            QVERIFY(after.contains(chunk));
        QCOMPARE(after.at(data).value(QLatin1String("text")).toString(), image.parametersText);
    }

    void textGoesIntoThePlainChunkWhenItCan_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("type");
        QTest::newRow("ASCII") << QStringLiteral("a cat\non a mat") << QStringLiteral("tEXt");
        QTest::newRow("longer than Qt leaves plain") << QString(5000, u'x') << QStringLiteral("tEXt");
        QTest::newRow("Latin-1") << QStringLiteral("café") << QStringLiteral("tEXt");
        QTest::newRow("Latin-1 that could be UTF-8") << QStringLiteral("cafÃ©") << QStringLiteral("iTXt");
        QTest::newRow("Japanese") << QStringLiteral("かもめ") << QStringLiteral("iTXt");
        QTest::newRow("emoji") << QStringLiteral("cat \U0001F408") << QStringLiteral("iTXt");
        QTest::newRow("control character") << QStringLiteral("a\u0085b") << QStringLiteral("iTXt");
    }

    void textGoesIntoThePlainChunkWhenItCan()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, type);
        MetadataToWrite metadata;
        metadata.parameters.prompt = prompt;
        const WrittenImage image = written(painted("png"), metadata);
        QVERIFY(typesOf(chunks(image.bytes)).contains(type + QStringLiteral(" parameters")));
        QCOMPARE(readMetadata(image.bytes)->parameters.prompt, prompt);
    }

    void aKeyIsReplacedInWhicheverChunkItWas()
    {
        const QByteArray old = pngChunk("tEXt", QByteArray("parameters\0one", 14)) + pngChunk("tEXt", QByteArray("Title\0kept", 10))
            + pngChunk("iTXt", QByteArray("parameters\0\0\0\0\0two", 18)) + pngChunk("zTXt", QByteArray("parameters\0\0damaged", 19));
        const WrittenImage image = written(pngWith(old), harbour());
        QCOMPARE(typesOf(chunks(image.bytes)),
                 QStringLiteral("IHDR|tEXt Title|tEXt parameters|iTXt novita_desktop|iTXt XML:com.adobe.xmp|IDAT|IEND").split(u'|'));
    }

    void everyOtherByteStays()
    {
        MetadataToWrite metadata = harbour();
        const QByteArray tail("behind the end");
        const QByteArray png = painted("png") + tail;
        QByteArray bytes = written(png, metadata, {.json = false, .source = false}).bytes;
        bytes.remove(bytes.indexOf("parameters") - 8, 12 + 11 + toParametersText(metadata.parameters).size());
        QCOMPARE(bytes, png);

        const QByteArray jpeg = painted("jpeg") + tail;
        bytes = written(jpeg, metadata).bytes;
        const Result<JpegLayout> layout = readJpegLayout(bytes);
        QCOMPARE(int(layout->segments.at(1).marker), 0xe1);
        QCOMPARE(int(layout->segments.at(2).marker), 0xe1);
        bytes.remove(layout->segments.at(1).offset, layout->segments.at(2).end() - layout->segments.at(1).offset);
        QCOMPARE(bytes, jpeg);

        const QByteArray webp = painted("webp");
        bytes = written(webp + tail, metadata).bytes;
        QVERIFY(bytes.endsWith(tail));
        QVERIFY(bytes.contains(webp.sliced(12)));
    }

    void userCommentIsAsTheWebUiWritesIt()
    {
        const WrittenImage image = written(painted("jpeg"), harbour());
        const QByteArray exif = jpegExif(image.bytes, *readJpegLayout(image.bytes)).toByteArray();
        QVERIFY(exif.startsWith(QByteArray("MM\0*", 4)));
        QVERIFY(exif.contains(QByteArray("UNICODE\0\0a\0 \0h", 14)));
        // A file in the other byte order keeps it, and its other tags; the text is big-endian there as well, as the WebUI reads it.
        const WrittenImage other = written(sample(QStringLiteral("a1111_little_endian.jpg")), harbour());
        const QByteArray little = jpegExif(other.bytes, *readJpegLayout(other.bytes)).toByteArray();
        QVERIFY(little.startsWith(QByteArray("II*\0", 4)));
        QVERIFY(little.contains(QByteArray("UNICODE\0\0a\0 \0h", 14)));
        const WrittenImage tagged = written(sample(QStringLiteral("a1111_mixed_endian.jpg")), harbour());
        QVERIFY(readMetadata(tagged.bytes)->texts.contains(ImageText{QStringLiteral("Software"), QStringLiteral("a camera")}));
    }

    void signedPicturesStayUntouched()
    {
        for (const char *file : {"signed.png", "signed.jpg", "signed.webp"}) {
            const QByteArray picture = sample(QString::fromLatin1(file));
            const WrittenImage image = written(picture, harbour());
            QCOMPARE(image.bytes, picture);
            QCOMPARE(image.outcome, WriteOutcome::Signed);
            QVERIFY(image.needsSidecar() && image.sentence().contains(QStringLiteral("C2PA")));
            QVERIFY(!image.json.isEmpty() && image.parametersText.startsWith(QStringLiteral("a harbour")));
        }
    }

    void otherFormatsGetASidecar()
    {
        const QByteArray gif("GIF89a\1\0\1\0\0\0\0;", 14);
        const WrittenImage image = written(gif, harbour());
        QCOMPARE(image.outcome, WriteOutcome::OtherFormat);
        QCOMPARE(image.bytes, gif);
    }

    void whatDoesNotFitGoesIntoASidecar_data()
    {
        QTest::addColumn<QByteArray>("picture");
        QTest::addColumn<bool>("longPrompt");
        QTest::newRow("prompt, JPEG") << painted("jpeg") << true;
        QTest::newRow("prompt, WebP") << painted("webp") << true;
        QTest::newRow("JSON, JPEG") << painted("jpeg") << false;
    }

    void whatDoesNotFitGoesIntoASidecar()
    {
        QFETCH(QByteArray, picture);
        QFETCH(bool, longPrompt);
        MetadataToWrite metadata = harbour();
        const QString text = QStringLiteral("many words ").repeated(10'000);
        if (longPrompt)
            metadata.parameters.prompt = text;
        else
            metadata.json.insert(QStringLiteral("notes"), text);
        const WrittenImage image = written(picture, metadata);
        QCOMPARE(image.outcome, WriteOutcome::NoRoom);
        QCOMPARE(image.bytes, picture);
        QVERIFY(image.needsSidecar() && !image.sentence().isEmpty());
    }

    void whatIsNotWantedIsNotWritten_data() { formats(); }

    void whatIsNotWantedIsNotWritten()
    {
        QFETCH(QByteArray, picture);
        const WrittenImage nothing = written(picture, harbour(), WriteOptions::nothing());
        QCOMPARE(nothing.bytes, picture);
        QCOMPARE(nothing.outcome, WriteOutcome::NothingWanted);
        QVERIFY(nothing.json.isEmpty() && nothing.parametersText.isEmpty());

        MetadataToWrite metadata = harbour();
        metadata.parameters.loras = {{QStringLiteral("sails"), 1}};
        const WrittenImage quiet = written(picture, metadata, WriteOptions::withoutPrompt());
        const Result<ImageMetadata> read = readMetadata(quiet.bytes);
        QVERIFY(read->parameters.prompt.isEmpty() && read->parameters.negativePrompt.isEmpty());
        QCOMPARE(read->parameters.value(u"Seed"), QStringLiteral("42"));
        QCOMPARE(read->json, (QJsonObject{{QStringLiteral("taskId"), QStringLiteral("t-1")},
                                          {QStringLiteral("request"), QJsonObject{{QStringLiteral("steps"), 20}}}}));
        QVERIFY(!quiet.parametersText.contains(QStringLiteral("sails")));

        const WrittenImage plain = written(picture, harbour(), {.json = false, .source = false});
        QVERIFY(readMetadata(plain.bytes)->json.isEmpty());
        QVERIFY(!plain.bytes.contains("DigitalSourceType"));
    }

    void nothingPrivateIsWritten_data() { formats(); }

    void nothingPrivateIsWritten()
    {
        QFETCH(QByteArray, picture);
        registerSecret(QStringLiteral("correct-horse-battery"));
        MetadataToWrite metadata = harbour();
        metadata.parameters.prompt = QStringLiteral("secret: garden, (token:1.2), correct-horse-battery, sk_abcdefghijklmnop1234, "
                                                    "see https://u:p@files.example/a.png?X-Amz-Signature=ffee1122 and /home/jane/pictures/cat.png "
                                                    "and C:\\Users\\jane\\cat.png and %1/drawings/dog.png")
                                         .arg(QDir::homePath());
        metadata.parameters.setValue(QStringLiteral("Model"), QStringLiteral("/media/jane/models/coast.safetensors"));
        metadata.json.insert(QStringLiteral("api_key"), QStringLiteral("plainkey"));
        metadata.json.insert(QStringLiteral("maxTokens"), 100);
        metadata.json.insert(QStringLiteral("image"), QStringLiteral("data:image/png;base64,iVBORw0KGgo="));
        metadata.json.insert(QStringLiteral("mask"), QString(10'000, u'A'));
        metadata.json.insert(QStringLiteral("source"), QStringLiteral("/home/Jane Doe/my pictures/cat.png"));
        metadata.json.insert(QStringLiteral("urls"), QJsonArray{QStringLiteral("https://files.example/b.png?Expires=1&Signature=ffee1122")});
        const WrittenImage image = written(picture, metadata);
        QCOMPARE(image.outcome, WriteOutcome::Written);
        const Result<ImageMetadata> read = readMetadata(image.bytes);
        QString all = image.parametersText + QString::fromUtf8(image.json);
        for (const ImageText &text : read->texts)
            all += text.text;
        for (const char *part : {"correct-horse", "sk_abc", "ffee1122", "u:p@", "jane", "Jane", "plainkey", "iVBOR", "AAAA", "Expires", "drawings"})
            QVERIFY2(!all.contains(QLatin1String(part)), part);
        QCOMPARE(read->parameters.prompt, QStringLiteral("secret: garden, (token:1.2), •••, •••, see https://files.example/a.png "
                                                         "and cat.png and cat.png and dog.png"));
        QCOMPARE(read->parameters.value(u"Model"), QStringLiteral("coast.safetensors"));
        QCOMPARE(read->json.value(QLatin1String("source")).toString(), QStringLiteral("cat.png"));
        QCOMPARE(read->json.value(QLatin1String("maxTokens")).toInt(), 100);
        QCOMPARE(read->json.value(QLatin1String("urls")).toArray().at(0).toString(), QStringLiteral("https://files.example/b.png"));
    }

    void anEarlierSourceTypeStays()
    {
        MetadataToWrite metadata = harbour();
        metadata.source = DigitalSource::CompositeWithTrainedAlgorithmicMedia;
        for (const char *format : {"png", "jpeg", "webp"}) {
            const WrittenImage first = written(painted(format), metadata);
            const WrittenImage second = written(first.bytes, harbour());
            QVERIFY(second.bytes.contains("compositeWithTrainedAlgorithmicMedia"));
            QCOMPARE(second.bytes.count("DigitalSourceType"), first.bytes.count("DigitalSourceType"));
        }
    }

    void manyThreadsAtOnce()
    {
        const QList<QByteArray> pictures{painted("png"), painted("jpeg"), painted("webp"), sample(QStringLiteral("a1111.webp"))};
        std::vector<int> right(4, 0);
        std::vector<std::thread> threads;
        for (size_t i = 0; i < right.size(); ++i) {
            threads.emplace_back([&, i] {
                for (int round = 0; round < 20; ++round) {
                    for (const QByteArray &picture : pictures) {
                        const WrittenImage once = written(picture, harbour());
                        right[i] += readMetadata(written(once.bytes, harbour()).bytes)->json == harbour().json ? 1 : 0;
                    }
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(right, std::vector<int>(4, 80));
    }

    void damagedMetadataAreNotAddedTo()
    {
        const QByteArray xmp = pngChunk("iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>");
        const QByteArray picture = pngWith(xmp);
        const WrittenImage image = written(picture, harbour());
        QCOMPARE(image.outcome, WriteOutcome::NoRoom);
        QCOMPARE(image.bytes, picture);
    }

    void brokenPicturesAreRefused()
    {
        for (const char *format : {"png", "jpeg", "webp"}) {
            const QByteArray whole = painted(format);
            for (qsizetype size = 0; size < whole.size(); size += 7) {
                const Result<WrittenImage> image = writeMetadata(whole.first(size), harbour());
                QVERIFY2(!image.ok() && image.error().message.endsWith(u'.'), qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(format)).arg(size)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestMetadataWriter)
#include "tst_metadatawriter.moc"
