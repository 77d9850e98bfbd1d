// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskbacking.h"
#include "ui/maskeditor/maskcanvas.h"
#include "ui/maskeditor/maskviewport.h"
#include "ui/maskeditor/picturelevels.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace novita;

/// Where the picture stands, and what is drawn of it and of the mask.
class TestMaskViewport final : public QObject
{
    Q_OBJECT

    static MaskViewport viewport(QSize picture, QSizeF view)
    {
        MaskViewport made;
        made.setView(view);
        made.setPicture(picture);
        return made;
    }
    static bool near(QPointF a, QPointF b, double most = 1e-6) { return std::abs(a.x() - b.x()) <= most && std::abs(a.y() - b.y()) <= most; }
    static MaskBacking::Look look(bool maskAlone = false) { return {Qt::gray, Qt::lightGray, Qt::red, maskAlone}; }
    static QImage plain(QSize size, Qt::GlobalColor color)
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        return image;
    }

private slots:
    void fitsWithAMarginInTheMiddle()
    {
        const MaskViewport port = viewport({2000, 1000}, {832, 632});
        QVERIFY(port.isFitted());
        QCOMPARE(port.zoom(), 0.4);
        QCOMPARE(port.pictureRect().center(), QPointF(416, 316));
        QVERIFY(near(port.toPicture(port.toView({123, 456})), {123, 456}));
        QCOMPARE(viewport({8, 8}, {800, 600}).zoom(), 4.0); // not blown up to blocks
    }

    void zoomKeepsThePointUnderThePointer()
    {
        MaskViewport port = viewport({2000, 1000}, {800, 600});
        port.zoomTo(3, {300, 200});
        const QPointF under = port.toPicture({500, 300});
        port.zoomTo(5, {500, 300});
        QVERIFY(near(port.toPicture({500, 300}), under));
        QVERIFY(!port.isFitted());
    }

    void zoomHasBounds()
    {
        MaskViewport port = viewport({2000, 1000}, {800, 600});
        port.zoomTo(1e9, {10, 10});
        QCOMPARE(port.zoom(), MaskViewport::kMostZoom);
        port.zoomTo(0, {10, 10});
        QCOMPARE(port.zoom(), port.leastZoom());
        QVERIFY(port.zoom() > 0);
        port.zoomTo(std::nan(""), {10, 10});
        QVERIFY(port.zoom() > 0);
    }

    void thePictureCannotBeLost()
    {
        MaskViewport port = viewport({2000, 1000}, {800, 600});
        port.zoomTo(2, {400, 300});
        for (const QPointF &far : {QPointF(1e6, 1e6), QPointF(-1e6, -1e6), QPointF(1e6, -1e6)}) {
            port.panBy(far);
            const QRectF seen = port.pictureRect().intersected(QRectF(0, 0, 800, 600));
            QVERIFY(seen.width() > 400 && seen.height() > 300);
        }
        port.fit();
        port.panBy({50, 50});
        QCOMPARE(port.pictureRect().center(), QPointF(400, 300)); // all of it is in view: nowhere to go
    }

    void revealPansJustEnough()
    {
        MaskViewport port = viewport({4000, 4000}, {800, 600});
        port.zoomTo(1, {400, 300});
        const QRectF before = port.pictureRect();
        port.reveal(port.toPicture({400, 300}), 40);
        QCOMPARE(port.pictureRect(), before);
        const QPointF beyond = port.toPicture({900, 300});
        port.reveal(beyond, 40);
        QVERIFY(near(port.toView(beyond), {760, 300}));
    }

    void aResizedViewKeepsItsMiddle()
    {
        MaskViewport port = viewport({4000, 4000}, {800, 600});
        port.zoomTo(1, {400, 300});
        port.panBy({-200, -300});
        const QPointF middle = port.toPicture(port.middle());
        port.setView({1000, 900});
        QVERIFY(near(port.toPicture(port.middle()), middle));
        port.fit();
        port.setView({400, 300});
        QVERIFY(port.isFitted());
        QVERIFY(QRectF(0, 0, 400, 300).contains(port.pictureRect()));
    }

    void areasAreShownWhole()
    {
        MaskViewport port = viewport({4000, 4000}, {800, 600});
        const QRect area(1000, 1500, 10, 10);
        const QRect shown = port.toView(area);
        QVERIFY(QRectF(shown).contains(port.toView(QPointF(area.topLeft()))));
        QVERIFY(QRectF(shown).contains(port.toView(QPointF(1010, 1510))));
        QVERIFY(port.toView(QRect(0, 0, 4000, 4000)).width() <= 800);
        port.zoomTo(8, {400, 300});
        QVERIFY(port.toView(QRect(3990, 3990, 5, 5)).isEmpty()); // out of view
    }

    void levelsAreHalvesWithoutEnlarging()
    {
        const PictureLevels levels(plain({3000, 1999}, Qt::blue));
        QCOMPARE(levels.size(), QSize(3000, 1999));
        QCOMPARE(levels.forZoom(2).width(), 3000);
        QCOMPARE(levels.forZoom(0.51).width(), 3000);
        QCOMPARE(levels.forZoom(0.5).width(), 1500);
        QCOMPARE(levels.forZoom(0.2).width(), 750);
        QVERIFY(levels.forZoom(0.0001).width() <= 256);
        QCOMPARE(levels.forZoom(0.1).pixelColor(5, 5), QColor(Qt::blue));
        QVERIFY(PictureLevels(QImage()).isNull());
    }

    void paintIsSeenThrough()
    {
        const MaskViewport port = viewport({100, 100}, {132, 132});
        QCOMPARE(port.zoom(), 1.0);
        MaskCanvas canvas({100, 100});
        canvas.beginStroke({40, 1, false}, {50, 50});
        canvas.endStroke();
        MaskBacking backing;
        backing.render(PictureLevels(plain({100, 100}, Qt::blue)), canvas.image(), port, look());
        const QColor painted = backing.image().pixelColor(66, 66);
        QVERIFY(painted.red() > 100 && painted.blue() > 50);
        QCOMPARE(backing.image().pixelColor(20, 20), QColor(Qt::blue));
        QCOMPARE(backing.image().pixelColor(5, 5), QColor(Qt::gray));
        backing.render(PictureLevels(plain({100, 100}, Qt::blue)), canvas.image(), port, look(true));
        QCOMPARE(backing.image().pixelColor(66, 66), QColor(Qt::white));
        QCOMPARE(backing.image().pixelColor(20, 20), QColor(Qt::black));
    }

    void aPartDrawnAnewIsLikeTheWhole_data()
    {
        QTest::addColumn<double>("zoom");
        for (const double zoom : {0.13, 0.5, 1.0, 1.7, 9.0})
            QTest::newRow(qPrintable(QString::number(zoom))) << zoom;
    }
    void aPartDrawnAnewIsLikeTheWhole()
    {
        QFETCH(double, zoom);
        const PictureLevels picture(plain({900, 700}, Qt::darkGreen));
        MaskViewport port = viewport({900, 700}, {400, 300});
        port.zoomTo(zoom, {130, 90});
        MaskCanvas canvas({900, 700});
        MaskBacking parts;
        parts.render(picture, canvas.image(), port, look());
        QRegion dirty = canvas.beginStroke({37, 0.4, false}, {100, 100});
        dirty += canvas.strokeTo({800, 600});
        canvas.endStroke();
        for (const QRect &area : dirty)
            parts.compose(canvas.image(), port, port.toView(area));
        MaskBacking whole;
        whole.render(picture, canvas.image(), port, look());
        QCOMPARE(parts.image(), whole.image());
    }

    void transparentPicturesShowSquares()
    {
        QImage clear(64, 64, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        MaskBacking backing;
        backing.render(PictureLevels(clear), MaskCanvas({64, 64}).image(), viewport({64, 64}, {96, 96}), look());
        int squares = 0;
        for (int x = 16; x < 80; ++x)
            squares += backing.image().pixelColor(x, 40) == QColor(Qt::lightGray);
        QCOMPARE(squares, 32);
    }

    void anEmptyViewIsNoTrouble()
    {
        MaskBacking backing;
        backing.render({}, {}, viewport({}, {}), look());
        QVERIFY(backing.image().isNull());
        backing.render({}, {}, viewport({}, {30, 20}), look());
        QCOMPARE(backing.image().pixelColor(3, 3), QColor(Qt::gray));
        backing.compose({}, viewport({}, {30, 20}), {0, 0, 100, 100});
    }
};

QTEST_GUILESS_MAIN(TestMaskViewport)
#include "tst_maskviewport.moc"
