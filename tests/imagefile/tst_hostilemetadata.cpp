// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatastripper.h"
#include "core/imagefile/metadatawriter.h"
#include "samples.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace novita;

namespace {

// Outside of the class: moc does not read raw strings.

/// One node that is fed by so many.
QByteArray fan(int nodes)
{
    QByteArray lines = R"("conditioning":["1",0])";
    for (int i = 1; i <= nodes; ++i)
        lines += R"(,"conditioning_)" + QByteArray::number(i) + R"(":[")" + QByteArray::number(i) + R"(",0])";
    return R"({"1":{"class_type":"KSampler","inputs":{"steps":5,"positive":["2",0]}},"2":{"inputs":{)" + lines + "}}}";
}

/// A sampler whose `input` comes from a node that has it from the next, to the last one, which has it from the node
/// `back`.
QByteArray chain(const QByteArray &input, int nodes, int back)
{
    QByteArrayList list{"\"1\":{\"class_type\":\"KSampler\",\"inputs\":{\"steps\":5,\"" + input + "\":[\"2\",0]}}"};
    for (int i = 2; i <= nodes; ++i)
        list.append("\"" + QByteArray::number(i) + "\":{\"inputs\":{\"" + input + "\":[\"" +
                    QByteArray::number(i < nodes ? i + 1 : back) + "\",0]}}");
    return '{' + list.join(',') + '}';
}

QByteArray samplers(int nodes)
{
    QByteArrayList list;
    for (int i = 1; i <= nodes; ++i)
        list.append("\"" + QByteArray::number(i) + "\":{\"class_type\":\"Sampler\",\"inputs\":{\"guider\":1}}");
    return '{' + list.join(',') + '}';
}

QByteArray drawing(int nodes)
{
    QByteArrayList boxes, links;
    for (int i = 1; i <= nodes; ++i) {
        const QByteArray number = QByteArray::number(i);
        boxes.append("{\"id\":" + number +
                     (i == 1 ? R"(,"type":"KSampler"})" : R"(,"type":"Reroute","inputs":[{"link":)" + number + "}]}"));
        if (i % 2 == 0)
            links.append('[' + number + ',' + number + ",0]");
    }
    return "{\"nodes\":[" + boxes.join(',') + "],\"links\":[" + links.join(',') + "]}";
}

constexpr char kCircle[] =
    R"({"nodes":[{"id":1,"type":"Reroute","inputs":[{"name":"","link":2}]},{"id":2,"type":"Reroute","inputs":[{"name":"","link":1}]},)"
    R"({"id":3,"type":"KSampler","inputs":[{"name":"positive","link":1}]}],"links":[[1,1,0,2,0],[2,2,0,1,0]]})";

} // namespace

/// Pictures that say something that is not so, too much, or the same thing twice.
class TestHostileMetadata : public QObject
{
    Q_OBJECT

    static QByteArray ascii(const char *key, const QByteArray &text)
    {
        return pngChunk("tEXt", QByteArray(key) + '\0' + text);
    }
    static QByteArray number(quint32 value, bool big)
    {
        QByteArray out(4, '\0');
        big ? qToBigEndian(value, out.data()) : qToLittleEndian(value, out.data());
        return out;
    }
    static QByteArray pair(quint16 value, bool big)
    {
        QByteArray out(2, '\0');
        big ? qToBigEndian(value, out.data()) : qToLittleEndian(value, out.data());
        return out;
    }
    /// One entry of a folder of EXIF.
    static QByteArray entry(quint16 tag, quint16 type, quint32 count, quint32 value, bool big)
    {
        return pair(tag, big) + pair(type, big) + number(count, big) + number(value, big);
    }
    /// EXIF in this byte order with a UserComment of these bytes; what the mark says may be another order.
    static QByteArray exif(const QByteArray &comment, bool big, const QByteArray &mark = {})
    {
        constexpr quint32 kFolder = 26;
        constexpr quint32 kComment = 44;
        const QByteArray right = big ? QByteArray("MM\0*", 4) : QByteArray("II*\0", 4);
        return (mark.isEmpty() ? right : mark) + number(8, big) + pair(1, big) + entry(0x8769, 4, 1, kFolder, big) +
               number(0, big) + pair(1, big) + entry(0x9286, 7, quint32(comment.size()), kComment, big) +
               number(0, big) + comment;
    }
    /// A JPEG with these EXIF bytes.
    static QByteArray jpegWith(const QByteArray &tiff)
    {
        const quint16 length = quint16(tiff.size() + 8);
        return sample(QStringLiteral("plain.jpg"))
            .insert(20, QByteArray("\xff\xe1", 2) + pair(length, true) + QByteArray("Exif\0\0", 6) + tiff);
    }
    static QByteArray webpWith(const QByteArray &name, const QByteArray &data, quint32 claimed)
    {
        QByteArray file = sample(QStringLiteral("a1111.webp"));
        file += name + number(claimed, false) + data + QByteArray(data.size() % 2, '\0');
        return file.replace(4, 4, number(quint32(file.size()) - 8, false));
    }
    /// A WebP with these EXIF blocks and no other.
    static QByteArray webpOf(const QByteArrayList &blocks)
    {
        const QByteArray other = sample(QStringLiteral("a1111.webp"));
        QByteArray file = other.first(other.indexOf("EXIF"));
        for (const QByteArray &block : blocks)
            file += "EXIF" + number(quint32(block.size()), false) + block + QByteArray(block.size() % 2, '\0');
        return file.replace(4, 4, number(quint32(file.size()) - 8, false));
    }
    static QByteArray utf16(const char *text, bool big)
    {
        QByteArray out;
        for (const char *c = text; *c != 0; ++c)
            out += big ? QByteArray("\0", 1) + *c : QByteArray(1, *c) + '\0';
        return out;
    }
    /// Everything that is ever done with such a file. The time is for sanitizers on a busy machine: what is not bounded
    /// takes far more.
    static void goesThrough(const QByteArray &picture)
    {
        QElapsedTimer timer;
        timer.start();
        const Result<ImageMetadata> read = readMetadata(picture);
        QVERIFY(read.ok() || read.error().message.endsWith(u'.'));
        MetadataToWrite metadata;
        metadata.parameters.prompt = QStringLiteral("a pier");
        const Result<WrittenImage> written = writeMetadata(picture, metadata);
        if (written.ok() && written->outcome == WriteOutcome::Written)
            QCOMPARE(readMetadata(written->bytes)->parameters.prompt, QStringLiteral("a pier"));
        const Result<QByteArray> bare = withoutMetadata(picture);
        if (bare.ok())
            QVERIFY(readMetadata(*bare)->texts.isEmpty());
        const Result<QImage> image = decodeImage(picture);
        QVERIFY(image.ok() || image.error().message.endsWith(u'.'));
        QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
    }

    static QByteArray comfy(const QJsonObject &graph)
    {
        return pngWith(ascii("prompt", QJsonDocument(graph).toJson(QJsonDocument::Compact)));
    }
    static QJsonObject node(const char *type, const QJsonObject &inputs)
    {
        return {{QStringLiteral("class_type"), QLatin1String(type)}, {QStringLiteral("inputs"), inputs}};
    }
    static QJsonArray to(int id) { return {QString::number(id), 0}; }

private slots:
    void textsOfFiftyMegabytes_data()
    {
        QTest::addColumn<QByteArray>("picture");
        const QByteArray much(50 * 1024 * 1024, 'a');
        QTest::newRow("tEXt") << pngWith(ascii("parameters", much) + ascii("Title", "good"));
        QTest::newRow("iTXt") << pngWith(pngChunk("iTXt", QByteArray("parameters\0\0\0\0\0", 15) + much) +
                                         ascii("Title", "good"));
        QTest::newRow("XMP of a PNG") << pngWith(
            pngChunk("iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + much) + ascii("Title", "good"));
        QTest::newRow("EXIF of a PNG") << pngWith(pngChunk("eXIf", exif(much, true)) + ascii("Title", "good"));
        QTest::newRow("EXIF of a WebP") << webpWith("EXIF", exif(much, true), quint32(exif(much, true).size()));
        QTest::newRow("XMP of a WebP") << webpWith("XMP ", much, quint32(much.size()));
        QTest::newRow("behind the end of a PNG") << pngWith(ascii("Title", "good")) + much;
    }
    void textsOfFiftyMegabytes()
    {
        QFETCH(QByteArray, picture);
        const Result<ImageMetadata> read = readMetadata(picture);
        QVERIFY(read.ok() && read->header.complete);
        qsizetype most = 0;
        for (const ImageText &text : read->texts)
            most = std::max(most, text.text.size());
        QVERIFY2(most < 1000, qPrintable(QString::number(most)));
        QCOMPARE(read->texts.value(0).text == QLatin1String("good"), picture.startsWith("\x89PNG")); // the rest is read
        goesThrough(picture);
    }

    void lengthsThatLie_data()
    {
        QTest::addColumn<QByteArray>("picture");
        const QByteArray png = pngWith(ascii("parameters", "a pier"));
        for (const quint32 length : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
            QTest::addRow("PNG chunk %x", length) << QByteArray(png).replace(kAfterPngHeader, 4, bigEndian(length));
            QTest::addRow("PNG header %x", length) << QByteArray(png).replace(8, 4, bigEndian(length));
            QTest::addRow("WebP chunk %x", length) << webpWith("EXIF", exif("ASCII\0\0\0x", true), length);
            QTest::addRow("WebP %x", length)
                << sample(QStringLiteral("a1111.webp")).replace(4, 4, number(length, false));
            QTest::addRow("comment %x", length)
                << jpegWith(exif(QByteArray(40, 'x'), true).replace(26 + 2 + 4, 4, bigEndian(length)));
            QTest::addRow("place of the comment %x", length)
                << jpegWith(exif(QByteArray(40, 'x'), true).replace(26 + 2 + 8, 4, bigEndian(length)));
            QTest::addRow("place of the folder %x", length)
                << jpegWith(exif(QByteArray(40, 'x'), true).replace(4, 4, bigEndian(length)));
            QTest::addRow("place of the inner folder %x", length)
                << jpegWith(exif(QByteArray(40, 'x'), true).replace(18, 4, bigEndian(length)));
        }
        for (const quint16 length : {quint16(0), quint16(1), quint16(2), quint16(0x7fff), quint16(0xffff)}) {
            QTest::addRow("JPEG segment %x", length) << jpegWith(exif("x", true)).replace(22, 2, pair(length, true));
            QTest::addRow("entries of a folder %x", length)
                << jpegWith(exif(QByteArray(40, 'x'), true).replace(8, 2, pair(length, true)));
        }
        QTest::newRow("a folder that follows itself") << jpegWith(exif("x", true).replace(22, 4, bigEndian(8)));
        QTest::newRow("a folder inside itself") << jpegWith(exif("x", true).replace(18, 4, bigEndian(8)));
        QTest::newRow("full of folders") << webpWith("EXIF",
                                                     QByteArray("MM\0*\0\0\0\10", 8) + pair(0xffff, true) +
                                                         entry(0x8769, 4, 1, 8, true).repeated(0xffff),
                                                     10 + 12 * 0xffff);
        QTest::newRow("size of a WebP canvas")
            << sample(QStringLiteral("a1111.webp")).replace(24, 6, QByteArray(6, '\xff'));
    }
    void lengthsThatLie()
    {
        QFETCH(QByteArray, picture);
        goesThrough(picture);
    }

    /// The first of two counts, and writing leaves one.
    void chunksThatComeTwice_data()
    {
        QTest::addColumn<QByteArray>("picture");
        const QByteArray one = utf16("one\nSteps: 1, Sampler: a, Seed: 1", true),
                         two = utf16("two\nSteps: 2, Sampler: a, Seed: 2", true);
        const QByteArray charset("UNICODE\0", 8);
        QTest::newRow("tEXt") << pngWith(ascii("parameters", "one\nSteps: 1, Sampler: a, Seed: 1") +
                                         ascii("parameters", "two\nSteps: 2, Sampler: a, Seed: 2"));
        QTest::newRow("PNG header") << pngWith(ascii("parameters", "one\nSteps: 1, Sampler: a, Seed: 1") +
                                               sample(QStringLiteral("plain.png")).sliced(8, 25));
        QTest::newRow("EXIF of a PNG") << pngWith(pngChunk("eXIf", exif(charset + one, true)) +
                                                  pngChunk("eXIf", exif(charset + two, true)));
        const QByteArray jpeg = jpegWith(exif(charset + one, true));
        QTest::newRow("EXIF of a JPEG") << QByteArray(jpeg).insert(
            20 + 10 + exif(charset + one, true).size(),
            jpegWith(exif(charset + two, true)).sliced(20, 10 + exif(charset + two, true).size()));
        QTest::newRow("EXIF of a WebP") << webpOf({exif(charset + one, true), exif(charset + two, true)});
    }
    void chunksThatComeTwice()
    {
        QFETCH(QByteArray, picture);
        const Result<ImageMetadata> read = readMetadata(picture);
        QVERIFY(read.ok() && read->header.complete);
        QCOMPARE(read->parameters.prompt, QStringLiteral("one"));
        QCOMPARE(read->parameters.value(u"Steps"), QStringLiteral("1"));
        QCOMPARE(read->header.size, QSize(16, 16));
        goesThrough(picture);
    }

    void commentsInOddOrders_data()
    {
        QTest::addColumn<QByteArray>("tiff");
        QTest::addColumn<bool>("read");
        const QByteArray unicode("UNICODE\0", 8);
        const char *text = "a pier\nSteps: 9, Sampler: Euler, Seed: 3";
        for (const bool block : {true, false}) {
            for (const bool inside : {true, false}) {
                const char *name = inside ? "big" : "little";
                QTest::addRow("%s in a %s-endian block", name, block ? "big" : "little")
                    << exif(unicode + utf16(text, inside), block) << true;
                const QByteArray bom = inside ? QByteArray("\xfe\xff") : QByteArray("\xff\xfe");
                QTest::addRow("%s with a mark in a %s-endian block", name, block ? "big" : "little")
                    << exif(unicode + bom + utf16(text, inside), block) << true;
            }
            QTest::addRow("ASCII, %d", block) << exif(QByteArray("ASCII\0\0\0", 8) + text, block) << true;
            QTest::addRow("undefined, %d", block) << exif(QByteArray(8, '\0') + text, block) << true;
            QTest::addRow("no character set, %d", block) << exif(text, block) << true;
            QTest::addRow("half a character, %d", block) << exif(unicode + utf16(text, block) + 'x', block) << true;
            QTest::addRow("marked as the other order, %d", block)
                << exif(unicode + utf16(text, block), block, block ? QByteArray("II*\0", 4) : QByteArray("MM\0*", 4))
                << false;
            QTest::addRow("mark of the other order, %d", block)
                << exif(unicode + utf16(text, block), block, block ? QByteArray("MM*\0", 4) : QByteArray("II\0*", 4))
                << false;
            QTest::addRow("no order, %d", block) << exif(unicode + utf16(text, block), block, "XX*x") << false;
        }
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("half a head") << QByteArray("MM\0*", 4) << false;
    }
    void commentsInOddOrders()
    {
        QFETCH(QByteArray, tiff);
        QFETCH(bool, read);
        for (const QByteArray &picture : {jpegWith(tiff), webpOf({tiff}), pngWith(pngChunk("eXIf", tiff))}) {
            const Result<ImageMetadata> metadata = readMetadata(picture);
            QVERIFY(metadata.ok());
            QCOMPARE(metadata->parameters.prompt, read ? QStringLiteral("a pier") : QString());
            QCOMPARE(metadata->parameters.value(u"Steps"), read ? QStringLiteral("9") : QString());
            goesThrough(picture);
        }
    }

    void graphsOfAHundredThousandNodes_data()
    {
        QTest::addColumn<QByteArray>("picture");
        constexpr int kNodes = 100'000;
        const auto in = [](const char *key, const QByteArray &text) {
            return pngWith(pngChunk("zTXt", QByteArray(key) + QByteArray("\0\0", 2) + qCompress(text, 1).sliced(4)));
        };
        QTest::newRow("a chain") << in("prompt", chain("model", kNodes, kNodes + 1));
        QTest::newRow("a ring") << in("prompt", chain("positive", kNodes, 1));
        QTest::newRow("nothing but samplers") << in("prompt", samplers(kNodes));
        QTest::newRow("one node with as many lines") << in("prompt", fan(kNodes));
        QTest::newRow("a drawing") << in("workflow", drawing(kNodes));
        QTest::newRow("a drawing that goes in circles") << in("workflow", kCircle);
        QTest::newRow("brackets") << in("prompt", "{\"1\":" + QByteArray(kNodes, '[') + QByteArray(kNodes, ']') + '}');
    }
    void graphsOfAHundredThousandNodes()
    {
        QFETCH(QByteArray, picture);
        const Result<ImageMetadata> read = readMetadata(picture);
        QVERIFY(read.ok() && read->header.complete);
        goesThrough(picture);
    }

    void samplersThatGoInCircles()
    {
        // Each is the other's beginning, and its own text.
        const QJsonObject graph{
            {QStringLiteral("1"), node("KSampler", {{QStringLiteral("latent_image"), to(2)},
                                                    {QStringLiteral("positive"), to(3)},
                                                    {QStringLiteral("steps"), to(1)},
                                                    {QStringLiteral("seed"), 4}})},
            {QStringLiteral("2"),
             node("KSampler", {{QStringLiteral("latent_image"), to(1)}, {QStringLiteral("positive"), to(3)}})},
            {QStringLiteral("3"), node("CLIPTextEncode", {{QStringLiteral("text"), to(4)}})},
            {QStringLiteral("4"),
             node("Join", {{QStringLiteral("text"), to(3)}, {QStringLiteral("string"), QStringLiteral("a pier")}})}};
        const Result<ImageMetadata> read = readMetadata(comfy(graph));
        QVERIFY(read.ok());
        QCOMPARE(read->parameters.value(u"Seed"), QStringLiteral("4"));
        QCOMPARE(read->parameters.prompt, QStringLiteral("a pier"));
    }
};

QTEST_GUILESS_MAIN(TestHostileMetadata)
#include "tst_hostilemetadata.moc"
