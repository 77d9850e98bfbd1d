// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"
#include "samples.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>
#include <vector>

using namespace novita;

class TestImageDecoder : public QObject
{
    Q_OBJECT

    static QByteArray gif() { return QByteArray::fromBase64("R0lGODlhAgACAIAAAP8AAAAA/yH5BAAAAAAALAAAAAACAAIAAAIDRAJZADs="); }

    static QString refusal(const QByteArray &bytes, const DecodeLimits &limits = {})
    {
        const Result<QImage> image = decodeImage(bytes, limits);
        return image.ok() ? QString() : image.error().message;
    }

private slots:
    void decodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QSize>("size");
        QTest::newRow("PNG") << painted("png") << QSize(32, 24);
        QTest::newRow("JPEG") << painted("jpeg") << QSize(32, 24);
        QTest::newRow("WebP") << painted("webp") << QSize(32, 24);
        QTest::newRow("GIF") << gif() << QSize(2, 2);
        for (const char *file : {"plain.png", "plain.jpg", "plain.webp", "a1111.webp", "comfyui.webp", "signed.jpg"})
            QTest::newRow(file) << sample(QString::fromLatin1(file)) << QSize(16, 16);
    }

    void decodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QSize, size);
        const Result<QImage> image = decodeImage(bytes);
        QVERIFY2(image.ok(), image.ok() ? "" : qPrintable(image.error().message));
        QCOMPARE(image->size(), size);
    }

    void thumbnailsKeepTheirShapeAndNeverGrow()
    {
        for (const char *format : {"png", "jpeg", "webp"}) {
            QCOMPARE(decodeThumbnail(painted(format, QSize(400, 200)), QSize(64, 64))->size(), QSize(64, 32));
            QCOMPARE(decodeThumbnail(painted(format, QSize(20, 300)), QSize(64, 64))->size(), QSize(4, 64));
            QCOMPARE(decodeThumbnail(painted(format, QSize(32, 24)), QSize(64, 64))->size(), QSize(32, 24));
            QCOMPARE(decodeThumbnail(painted(format, QSize(2000, 2)), QSize(64, 64))->size(), QSize(64, 1));
            QCOMPARE(decodeThumbnail(painted(format, QSize(1, 2000)), QSize(64, 64))->size(), QSize(1, 64));
        }
    }

    void orientationIsFollowed()
    {
        // Orientation 6: to be turned by 90 degrees.
        const QByteArray exif("Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0", 32);
        const QByteArray segment = QByteArray("\xff\xe1\0\x22", 4) + exif;
        const QByteArray turned = painted("jpeg", QSize(400, 200)).insert(2, segment);
        QCOMPARE(decodeImage(turned)->size(), QSize(200, 400));
        QCOMPARE(decodeThumbnail(turned, QSize(64, 64))->size(), QSize(32, 64));
        QCOMPARE(decodeThumbnail(turned, QSize(100, 1000))->size(), QSize(100, 200));
    }

    void bombsAreRefusedBeforeTheyAreDecoded_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("sides") << pngClaiming(60'000, 60'000);
        QTest::newRow("one side") << pngClaiming(16'385, 1);
        QTest::newRow("the largest") << pngClaiming(0x7fffffff, 0x7fffffff);
        QTest::newRow("pixels") << pngClaiming(10'000, 10'000);
        QTest::newRow("memory") << pngClaiming(7000, 7000, 16);
        QByteArray jpeg = painted("jpeg");
        jpeg.replace(jpeg.indexOf("\xff\xc0") + 5, 4, "\xff\xff\xff\xff");
        QTest::newRow("JPEG") << jpeg;
        QByteArray webp = sample(QStringLiteral("a1111.webp"));
        webp.replace(24, 6, "\xff\xff\xff\xff\xff\xff");
        QTest::newRow("WebP") << webp;
        QTest::newRow("GIF") << gif().replace(6, 4, "\xff\xff\xff\xff");
    }

    void bombsAreRefusedBeforeTheyAreDecoded()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        const Result<QImage> image = decodeImage(bytes);
        QVERIFY(!image.ok());
        QCOMPARE(image.error().fault, ProtocolFault::TooLarge);
        QVERIFY(image.error().message.endsWith(u'.'));
        QVERIFY(!decodeThumbnail(bytes, QSize(64, 64)).ok());
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }

    void limitsAreTheCallers()
    {
        const QByteArray picture = painted("png", QSize(100, 50));
        QVERIFY(refusal(picture, {.maxBytes = picture.size()}).isEmpty());
        QVERIFY(refusal(picture, {.maxBytes = picture.size() - 1}).contains(QStringLiteral("more than")));
        QVERIFY(refusal(picture, {.maxSide = 100}).isEmpty());
        QVERIFY(refusal(picture, {.maxSide = 99}).contains(QStringLiteral("100 × 50")));
        QVERIFY(refusal(picture, {.maxPixels = 5000}).isEmpty());
        QVERIFY(!refusal(picture, {.maxPixels = 4999}).isEmpty());
        QVERIFY(refusal(picture, {.maxAllocation = 20'000}).isEmpty());
        QVERIFY(refusal(picture, {.maxAllocation = 19'999}).contains(QStringLiteral("memory")));
    }

    void aPictureThatDrawsItselfOverAndOverIsRefused()
    {
        const QByteArray picture = painted("jpeg");
        const qsizetype scan = picture.indexOf("\xff\xda");
        const QByteArray often = picture.first(scan) + picture.sliced(scan).chopped(2).repeated(200) + QByteArray("\xff\xd9");
        QVERIFY(refusal(often).contains(QStringLiteral("200 times")));
    }

    void cutPicturesAreRefused()
    {
        for (const char *format : {"png", "jpeg", "webp"}) {
            const QByteArray whole = painted(format);
            for (qsizetype size = 0; size < whole.size(); size += 5)
                QVERIFY2(refusal(whole.first(size)).endsWith(u'.'), qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(format)).arg(size)));
        }
        QVERIFY(refusal(painted("png").chopped(12)).contains(QStringLiteral("cut short")));
        QVERIFY(refusal(painted("jpeg").chopped(2)).contains(QStringLiteral("cut short")));
        QVERIFY(refusal(painted("webp").chopped(2)).contains(QStringLiteral("cut short")));
    }

    void damagedPicturesAreRefused()
    {
        QByteArray png = sample(QStringLiteral("plain.png"));
        png.replace(png.indexOf("IDAT") + 4, 10, QByteArray(10, '\x55'));
        QVERIFY(refusal(png).contains(QStringLiteral("damaged")));
        QByteArray webp = painted("webp");
        webp.replace(30, 20, QByteArray(20, '\xff'));
        QVERIFY(!refusal(webp).isEmpty());
    }

    void otherContentIsNamed()
    {
        QVERIFY(refusal("<html><body>gone</body></html>").contains(QStringLiteral("web page")));
        QVERIFY(refusal("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").contains(QStringLiteral("SVG")));
        QVERIFY(refusal({}).contains(QStringLiteral("empty")));
    }

    void manyThreadsAtOnce()
    {
        const QList<QByteArray> pictures{painted("png"), painted("jpeg"), painted("webp"), sample(QStringLiteral("a1111.jpg"))};
        std::vector<int> decoded(4, 0);
        std::vector<std::thread> threads;
        for (size_t i = 0; i < decoded.size(); ++i) {
            threads.emplace_back([&, i] {
                for (int round = 0; round < 20; ++round) {
                    for (const QByteArray &picture : pictures)
                        decoded[i] += decodeImage(picture).ok() && decodeThumbnail(picture, QSize(8, 8)).ok() ? 1 : 0;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(decoded, std::vector<int>(4, 80));
    }
};

QTEST_GUILESS_MAIN(TestImageDecoder)
#include "tst_imagedecoder.moc"
