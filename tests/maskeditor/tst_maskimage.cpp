// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/imageheader.h"
#include "ui/maskeditor/maskimage.h"

#include <QColor>
#include <QTest>

#include <cmath>

using namespace novita;

/// Masks from pictures and as files.
class TestMaskImage final : public QObject
{
    Q_OBJECT

    static int at(const QImage &mask, int x, int y) { return mask.constScanLine(y)[x]; }
    static QImage grey(QSize size, int value)
    {
        QImage image(size, QImage::Format_Grayscale8);
        image.fill(uint(value));
        return image;
    }
    /// The right half is painted.
    static QImage half(QSize size)
    {
        QImage image = grey(size, 0);
        for (int y = 0; y < size.height(); ++y)
            std::fill(image.scanLine(y) + size.width() / 2, image.scanLine(y) + size.width(), uchar(255));
        return image;
    }

private slots:
    void brightnessIsPaint()
    {
        QImage picture(3, 1, QImage::Format_RGB32);
        picture.setPixelColor(0, 0, Qt::black);
        picture.setPixelColor(1, 0, Qt::white);
        picture.setPixelColor(2, 0, Qt::gray);
        const QImage soft = maskFromPicture(picture, {3, 1}, MaskEdges::Soft);
        QCOMPARE(soft.format(), QImage::Format_Grayscale8);
        QCOMPARE(at(soft, 0, 0), 0);
        QCOMPARE(at(soft, 1, 0), 255);
        QVERIFY(std::abs(at(soft, 2, 0) - 160) <= 2);
        const QImage hard = maskFromPicture(picture, {3, 1}, MaskEdges::Hard);
        QCOMPARE(at(hard, 2, 0), 255);
    }

    void whatIsTransparentIsNotPainted()
    {
        QImage picture(2, 1, QImage::Format_ARGB32);
        picture.fill(Qt::transparent);
        QColor ghost(Qt::white);
        ghost.setAlpha(0);
        picture.setPixelColor(0, 0, ghost);
        picture.setPixelColor(1, 0, Qt::white);
        const QImage mask = maskFromPicture(picture, {2, 1}, MaskEdges::Soft);
        QCOMPARE(at(mask, 0, 0), 0);
        QCOMPARE(at(mask, 1, 0), 255);
    }

    void readsEveryDepth_data()
    {
        QTest::addColumn<QImage::Format>("format");
        QTest::newRow("mono") << QImage::Format_Mono;
        QTest::newRow("palette") << QImage::Format_Indexed8;
        QTest::newRow("grey16") << QImage::Format_Grayscale16;
        QTest::newRow("rgba64") << QImage::Format_RGBA64;
        QTest::newRow("premultiplied") << QImage::Format_ARGB32_Premultiplied;
    }
    void readsEveryDepth()
    {
        QFETCH(QImage::Format, format);
        const QImage mask = maskFromPicture(half({10, 4}).convertToFormat(format), {10, 4}, MaskEdges::Soft);
        QCOMPARE(at(mask, 1, 1), 0);
        QCOMPARE(at(mask, 8, 3), 255);
    }

    void isScaledToThePicture()
    {
        const QImage soft = maskFromPicture(half({64, 64}), {100, 30}, MaskEdges::Soft);
        QCOMPARE(soft.size(), QSize(100, 30));
        QCOMPARE(soft.format(), QImage::Format_Grayscale8);
        QCOMPARE(at(soft, 10, 10), 0);
        QCOMPARE(at(soft, 90, 10), 255);
        const QImage hard = maskFromPicture(half({10, 10}), {333, 333}, MaskEdges::Hard);
        for (int x = 0; x < 333; ++x)
            QVERIFY(at(hard, x, 100) == 0 || at(hard, x, 100) == 255);
        QVERIFY(maskFromPicture({}, {3, 3}, MaskEdges::Soft).isNull());
        QVERIFY(maskFromPicture(half({4, 4}), {}, MaskEdges::Soft).isNull());
    }

    void featherSoftensBothSidesOfAnEdge()
    {
        const QImage mask = featheredMask(half({200, 60}), 20);
        QCOMPARE(at(mask, 79, 30), 0);
        QVERIFY(std::abs(at(mask, 99, 30) - 128) < 12);
        QCOMPARE(at(mask, 120, 30), 255);
        QVERIFY(at(mask, 92, 30) > 5 && at(mask, 92, 30) < 120);
        for (int x = 1; x < 200; ++x)
            QVERIFY(at(mask, x, 30) >= at(mask, x - 1, 30));
        // The rim of the picture is no edge.
        QCOMPARE(at(mask, 199, 0), 255);
        QCOMPARE(at(mask, 150, 59), 255);
    }

    void featherIsTheSameInBothDirections()
    {
        QImage dot = grey({101, 101}, 0);
        for (int y = 40; y < 61; ++y)
            std::fill(dot.scanLine(y) + 40, dot.scanLine(y) + 61, uchar(255));
        const QImage mask = featheredMask(dot, 13);
        for (int i = 0; i < 101; ++i)
            QVERIFY(std::abs(at(mask, i, 50) - at(mask, 50, i)) <= 2);
    }

    void featherOfNothingIsNothing()
    {
        QCOMPARE(featheredMask(grey({50, 50}, 0), 10), grey({50, 50}, 0));
        QCOMPARE(featheredMask(half({50, 50}), 0), half({50, 50}));
        QCOMPARE(featheredMask(grey({3, 3}, 255), kMostFeather * 5), grey({3, 3}, 255));
    }

    void aFileReadsBackAsItWas()
    {
        const QImage mask = featheredMask(half({123, 45}), 9);
        const QByteArray bytes = maskPng(mask, MaskEdges::Soft);
        const Result<ImageHeader> header = readImageHeader(bytes);
        QVERIFY(header.ok());
        QCOMPARE(header->format, ImageFormat::Png);
        QCOMPARE(header->size, QSize(123, 45));
        QVERIFY(!bytes.contains("tEXt") && !bytes.contains("iTXt"));
        const Result<QImage> decoded = decodeImage(bytes);
        QVERIFY(decoded.ok());
        QCOMPARE(maskFromPicture(*decoded, {123, 45}, MaskEdges::Soft), mask);
        const Result<QImage> hard = decodeImage(maskPng(mask, MaskEdges::Hard));
        QVERIFY(hard.ok());
        const QImage back = maskFromPicture(*hard, {123, 45}, MaskEdges::Soft);
        for (int x = 0; x < 123; ++x)
            QVERIFY(at(back, x, 20) == 0 || at(back, x, 20) == 255);
        QVERIFY(maskPng({}, MaskEdges::Soft).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMaskImage)
#include "tst_maskimage.moc"
