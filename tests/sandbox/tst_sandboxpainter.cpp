// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/film.h"
#include "core/sandbox/media/painter.h"
#include "core/sandbox/media/scenery.h"

#include <QBuffer>
#include <QImageReader>
#include <QTest>
#include <QtEndian>

#include <chrono>

using namespace novita;

namespace {

PaintOrder orderOf(const char *subject, qint64 seed, const QSize &size = {128, 96})
{
    PaintOrder order;
    order.subject = QString::fromLatin1(subject);
    order.seed = seed;
    order.size = size;
    return order;
}

QByteArray pngOf(const QImage &picture)
{
    return encodePicture(picture, "png");
}

/// White in the left half, black in the right one.
QByteArray halfMask(const QSize &size)
{
    QImage mask(size, QImage::Format_RGB32);
    mask.fill(Qt::black);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width() / 2; ++x)
            mask.setPixel(x, y, qRgb(255, 255, 255));
    }
    return pngOf(mask);
}

/// Mean difference of two pictures of one size, per channel, 0 to 255, between the columns `from` and `to`.
double difference(const QImage &a, const QImage &b, int from, int to)
{
    qint64 sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = from; x < to; ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += qAbs(qRed(p) - qRed(q)) + qAbs(qGreen(p) - qGreen(q)) + qAbs(qBlue(p) - qBlue(q));
        }
    }
    return double(sum) / double(3 * a.height() * (to - from));
}

} // namespace

class TestSandboxPainter final : public QObject
{
    Q_OBJECT

private slots:
    void sameOrderSameBytes()
    {
        for (const char *type : {"png", "jpeg", "webp"}) {
            const QByteArray first = encodePicture(paintPicture(orderOf("a lighthouse", 7)), type);
            QCOMPARE(encodePicture(paintPicture(orderOf("a lighthouse", 7)), type), first);
            QCOMPARE(pictureFacts(first).format, QByteArray(type));
            QCOMPARE(pictureFacts(first).size, QSize(128, 96));
        }
    }

    void wordsAndSeedsShow()
    {
        const QImage picture = paintPicture(orderOf("a lighthouse", 7));
        const QImage otherSeed = paintPicture(orderOf("a lighthouse", 8));
        const QImage otherWords = paintPicture(orderOf("a garden", 7));
        QVERIFY(difference(picture, otherSeed, 0, 128) > 4);
        QVERIFY(difference(picture, otherWords, 0, 128) > 8);
        QVERIFY(difference(picture, paintPicture(orderOf("a lighthouse", 7)), 0, 128) == 0);
        PaintOrder rough = orderOf("a lighthouse", 7);
        rough.style = QStringLiteral("{\"guidance\":9}");
        QVERIFY(paintPicture(rough) != picture);
        rough = orderOf("a lighthouse", 7);
        rough.steps = 1;
        QVERIFY(paintPicture(rough) != picture);
    }

    void seedIsWrittenIntoTheCorner()
    {
        // Two seeds, one arrangement: only what is written in the corner can differ.
        const QImage one = paintScenery({QStringLiteral("x"), {}, 1, {512, 512}, 0, false, 0});
        QVERIFY(one.pixelColor(505, 505).alpha() > 0);
        QCOMPARE(paintPicture(orderOf("x", -1, {4, 4})).size(), QSize(4, 4)); // too small for any digit
    }

    void sizesStayWithinBounds()
    {
        QCOMPARE(paintPicture(orderOf("x", 1, {0, -5})).size(), QSize(1, 1));
        const QImage large = paintPicture(orderOf("x", 1, {100'000, 100'000}));
        QVERIFY(qint64(large.width()) * large.height() <= kMostPixels);
    }

    void quick()
    {
        const auto start = std::chrono::steady_clock::now();
        const QByteArray file = pngOf(paintPicture(orderOf("a lighthouse", 7, {1024, 1024})));
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        QVERIFY(file.size() > 1000);
        QVERIFY2(took.count() < 1500, qPrintable(QString::number(took.count()))); // about a tenth of it on an idle machine
    }

    void blendFollowsStrength()
    {
        const QImage source = paintPicture(orderOf("source", 1));
        PaintOrder order = orderOf("other", 2);
        order.kind = PaintKind::Blend;
        order.source = pngOf(source);
        order.strength = 0;
        QVERIFY(difference(paintPicture(order), source, 0, 128) < 1);
        order.strength = 0.3;
        const double some = difference(paintPicture(order), source, 0, 128);
        order.strength = 1;
        const QImage whole = paintPicture(order);
        QVERIFY(some > 1);
        QVERIFY(difference(whole, source, 0, 128) > some);
        QVERIFY(difference(whole, paintPicture(orderOf("other", 2)), 0, 128) < 1);
    }

    void inpaintStaysUnderTheMask()
    {
        const QImage source = paintPicture(orderOf("source", 1));
        PaintOrder order = orderOf("other", 2, {});
        order.kind = PaintKind::Inpaint;
        order.strength = 1;
        order.source = pngOf(source);
        order.mask = halfMask(source.size());
        const QImage result = paintPicture(order);
        QCOMPARE(result.size(), source.size());
        QVERIFY(difference(result, source, 0, 64) > 4);
        QCOMPARE(difference(result, source, 64, 128), 0.0);
        order.maskInvert = true;
        QCOMPARE(difference(paintPicture(order), source, 0, 64), 0.0);
        order.maskBlur = 4;
        QVERIFY(difference(paintPicture(order), source, 60, 64) > 0);
        order.kind = PaintKind::Erase;
        order.maskBlur = 0;
        QCOMPARE(difference(paintPicture(order), source, 0, 64), 0.0);
    }

    void toolsKeepTheSource()
    {
        const QImage source = paintPicture(orderOf("source", 1));
        PaintOrder order = orderOf("scene", 2, {});
        order.source = pngOf(source);
        order.kind = PaintKind::RemoveBackground;
        const QImage cut = paintPicture(order);
        QCOMPARE(cut.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(cut.pixelColor(64, 48), source.pixelColor(64, 48));
        QVERIFY(QImage::fromData(pngOf(cut)).hasAlphaChannel());
        QVERIFY(!QImage::fromData(encodePicture(cut, "jpeg")).hasAlphaChannel());
        order.kind = PaintKind::ReplaceBackground;
        QCOMPARE(paintPicture(order).pixelColor(0, 0).alpha(), 255);
        order.kind = PaintKind::Upscale;
        order.size = source.size() * 2;
        QCOMPARE(paintPicture(order).size(), QSize(256, 192));
        order.kind = PaintKind::Outpaint;
        order.offset = {10, 0};
        const QImage wide = paintPicture(order);
        QCOMPARE(wide.pixelColor(64 + 10 + 5, 48 + 5), source.pixelColor(5, 5));
        order.kind = PaintKind::MergeFace;
        order.size = {};
        order.mask = pngOf(paintPicture(orderOf("face", 3)));
        const QImage merged = paintPicture(order);
        QCOMPARE(merged.pixelColor(0, 0), source.pixelColor(0, 0));
        QVERIFY(merged.pixelColor(64, 48) != source.pixelColor(64, 48));
    }

    void whatIsNoPictureStandsForOne()
    {
        QVERIFY(pictureFacts("just text").format.isEmpty());
        QVERIFY(pictureFacts("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").format.isEmpty());
        PaintOrder order = orderOf("other", 2, {64, 64});
        order.kind = PaintKind::Blend;
        order.source = "https://pictures.example.net/a.png";
        QCOMPARE(paintPicture(order).size(), QSize(64, 64));
        order.source = pngOf(paintPicture(orderOf("x", 1))).left(200); // the head is there, the rest is not
        QCOMPARE(paintPicture(order).size(), QSize(64, 64));
    }

    void describesByColour()
    {
        QImage picture(8, 9, QImage::Format_RGB32);
        picture.fill(Qt::blue);
        QVERIFY(describePicture(pngOf(picture)).contains(QLatin1String("blue sky")));
    }

    void gifPlays()
    {
        FilmOrder order{orderOf("waves", 5, {64, 40}), 5, 10};
        const QByteArray film = encodeFilm(order, "gif");
        QCOMPARE(encodeFilm(order, "gif"), film);
        QByteArray copy = film;
        QBuffer buffer(&copy);
        QImageReader reader(&buffer, "gif");
        int frames = 0;
        QImage first, last;
        while (reader.canRead()) {
            last = reader.read();
            QVERIFY(!last.isNull());
            if (frames++ == 0)
                first = last;
        }
        QCOMPARE(frames, 5);
        QCOMPARE(reader.loopCount(), -1);
        QCOMPARE(first.size(), QSize(64, 40));
        QVERIFY(first != last);
        const QImage painted = paintScenery({QStringLiteral("waves"), {}, 5, {64, 40}, 20, true, 0});
        QVERIFY(difference(first.convertToFormat(QImage::Format_RGB32), painted, 0, 64) < 26); // half a step of its palette
    }

    void mp4HoldsItsFrames()
    {
        const QByteArray film = encodeFilm({orderOf("waves", 5, {64, 40}), 5, 10}, "mp4");
        QCOMPARE(film.mid(4, 4), QByteArray("ftyp"));
        const qsizetype table = film.indexOf("stco");
        const quint32 offset = qFromBigEndian<quint32>(film.constData() + table + 12);
        const quint32 firstSize = qFromBigEndian<quint32>(film.constData() + film.indexOf("stsz") + 16);
        QCOMPARE(qFromBigEndian<quint32>(film.constData() + film.indexOf("stsz") + 12), 5U);
        QCOMPARE(pictureFacts(film.mid(offset, firstSize)).size, QSize(64, 40));
        qsizetype at = 0;
        QByteArrayList boxes;
        while (at + 8 <= film.size()) { // the boxes fill the file to its last byte
            boxes.append(film.mid(at + 4, 4));
            at += qFromBigEndian<quint32>(film.constData() + at);
        }
        QCOMPARE(at, film.size());
        QCOMPARE(boxes, QByteArrayList({"ftyp", "moov", "mdat"}));
    }

    void filmOfAPicture()
    {
        FilmOrder order{orderOf("waves", 5, {}), 2, 10};
        order.picture.kind = PaintKind::Blend;
        order.picture.source = pngOf(paintPicture(orderOf("source", 1, {1000, 500})));
        const QByteArray film = encodeFilm(order, "gif");
        QCOMPARE(pictureFacts(film).size, QSize(480, 240));
    }
};

QTEST_GUILESS_MAIN(TestSandboxPainter)
#include "tst_sandboxpainter.moc"
