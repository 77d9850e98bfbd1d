// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskcanvas.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace novita;

/// Strokes, what they leave, and how they are taken back.
class TestMaskCanvas final : public QObject
{
    Q_OBJECT

    static MaskBrush brush(double size, double hardness = 1, bool erases = false) { return {size, hardness, erases}; }
    static int at(const MaskCanvas &canvas, int x, int y) { return canvas.image().constScanLine(y)[x]; }
    static void dab(MaskCanvas *canvas, const MaskBrush &with, QPointF at)
    {
        canvas->beginStroke(with, at);
        canvas->endStroke();
    }
    static double slowCoverage(const MaskCanvas &canvas)
    {
        double total = 0;
        for (int y = 0; y < canvas.size().height(); ++y) {
            for (int x = 0; x < canvas.size().width(); ++x)
                total += at(canvas, x, y);
        }
        return total / 255 / canvas.size().width() / canvas.size().height();
    }

private slots:
    void startsEmpty()
    {
        const MaskCanvas canvas({100, 70});
        QCOMPARE(canvas.size(), QSize(100, 70));
        QCOMPARE(canvas.image().format(), QImage::Format_Grayscale8);
        QVERIFY(canvas.isEmpty());
        QVERIFY(!canvas.isModified());
        QVERIFY(!canvas.canUndo());
        QCOMPARE(canvas.coverage(), 0.0);
    }

    void theSmallestBrushPaintsOnePixel()
    {
        MaskCanvas canvas({9, 9});
        dab(&canvas, brush(1), {4.5, 4.5});
        QCOMPARE(at(canvas, 4, 4), 255);
        QCOMPARE(canvas.coverage(), 1.0 / 81);
    }

    /// Once they became straight lines from one mouse event to the next.
    void aFastCircleIsRound()
    {
        constexpr double kRadius = 150;
        constexpr int kEvents = 9;
        const auto on = [](double turn, double radius) {
            return QPointF(200.5 + radius * std::cos(turn * 2 * M_PI), 200.5 + radius * std::sin(turn * 2 * M_PI));
        };
        MaskCanvas canvas({401, 401});
        canvas.beginStroke(brush(9), on(0, kRadius));
        for (int i = 1; i <= kEvents + 1; ++i) // the first piece once more, as from the middle of a longer stroke
            canvas.curveTo(on(double(i) / kEvents, kRadius));
        canvas.endStroke();
        for (int i = 1; i < kEvents; ++i) {
            const double between = (i + 0.5) / kEvents;
            const QPoint there = on(between, kRadius).toPoint();
            QVERIFY2(at(canvas, there.x(), there.y()) > 200, qPrintable(QString::number(i)));
            const QPoint chord = on(between, kRadius * std::cos(M_PI / kEvents)).toPoint();
            QCOMPARE(at(canvas, chord.x(), chord.y()), 0); // also where it was before the next point was known
        }
        canvas.undo();
        QVERIFY(canvas.isEmpty());
        QCOMPARE(canvas.coverage(), 0.0);
    }

    /// Each point is painted at once, nothing waits for the next.
    void aCurveReachesItsLatestPoint()
    {
        MaskCanvas canvas({200, 200});
        canvas.beginStroke(brush(8), {20, 20});
        for (const QPointF point : {QPointF(100, 30), QPointF(120, 30), QPointF(180, 150)}) {
            canvas.curveTo(point);
            QCOMPARE(at(canvas, int(point.x()), int(point.y())), 255);
            QCOMPARE(canvas.coverage(), slowCoverage(canvas));
        }
        const QImage curve = canvas.image();
        canvas.curveTo({180, 150});
        QCOMPARE(canvas.image(), curve);
        canvas.strokeTo({20, 150}); // what is straight leaves what was there
        QCOMPARE(at(canvas, 180, 150), 255);
        QCOMPARE(canvas.curveTo({std::numeric_limits<double>::quiet_NaN(), 0}), QRegion());
        canvas.cancelStroke();
        QVERIFY(canvas.isEmpty());
        QCOMPARE(canvas.curveTo({5, 5}), QRegion());
    }

    void aDabIsRoundAndAsLargeAsItsBrush()
    {
        MaskCanvas canvas({200, 200});
        dab(&canvas, brush(100), {100, 100});
        QVERIFY(std::abs(canvas.coverage() * 200 * 200 - 3.14159 * 50 * 50) < 60);
        QCOMPARE(at(canvas, 100, 100), 255);
        QCOMPARE(at(canvas, 100, 148), 255);
        QCOMPARE(at(canvas, 100, 151), 0);
        QCOMPARE(at(canvas, 60, 60), 0); // the corner of the square around it
        QCOMPARE(at(canvas, 100, 52), at(canvas, 52, 100));
    }

    void aSoftBrushFadesOutwards()
    {
        MaskCanvas canvas({200, 200});
        dab(&canvas, brush(100, 0.2), {100, 100});
        int before = 256;
        for (int x = 100; x < 152; ++x) {
            QVERIFY(at(canvas, x, 100) <= before);
            before = at(canvas, x, 100);
        }
        QCOMPARE(at(canvas, 105, 100), 255);
        QVERIFY(at(canvas, 125, 100) > 20 && at(canvas, 125, 100) < 235);
        QCOMPARE(at(canvas, 152, 100), 0);
    }

    void aLineIsTheSameInPiecesAndAtOnce()
    {
        MaskCanvas once({700, 500});
        once.beginStroke(brush(31, 0.5), {20, 30});
        once.strokeTo({660, 420});
        once.endStroke();
        MaskCanvas pieces({700, 500});
        pieces.beginStroke(brush(31, 0.5), {20, 30});
        for (int i = 1; i <= 64; ++i)
            pieces.strokeTo({20 + i * 10.0, 30 + i * 6.09375});
        pieces.endStroke();
        for (int y = 0; y < 500; ++y) {
            for (int x = 0; x < 700; ++x)
                QVERIFY(std::abs(at(once, x, y) - at(pieces, x, y)) <= 2);
        }
        QCOMPARE(at(once, 340, 225), 255);
        QCOMPARE(at(once, 340, 300), 0);
    }

    void levelAndUprightLinesHaveTheirWidth_data()
    {
        QTest::addColumn<QPointF>("to");
        QTest::newRow("right") << QPointF(150, 100);
        QTest::newRow("left") << QPointF(50, 100);
        QTest::newRow("down") << QPointF(100, 150);
        QTest::newRow("up") << QPointF(100, 50);
    }
    void levelAndUprightLinesHaveTheirWidth()
    {
        QFETCH(QPointF, to);
        MaskCanvas canvas({200, 200});
        canvas.beginStroke(brush(20), {100, 100});
        canvas.strokeTo(to);
        canvas.endStroke();
        QVERIFY(std::abs(canvas.coverage() * 200 * 200 - (50 * 20 + 3.14159 * 100)) < 15);
    }

    void theEraserTakesAwayAndNeverPaints()
    {
        MaskCanvas canvas({100, 100});
        dab(&canvas, brush(40, 1, true), {50, 50});
        QVERIFY(canvas.isEmpty());
        QVERIFY(!canvas.canUndo()); // nothing was there to erase
        canvas.fill();
        dab(&canvas, brush(40, 0.3, true), {50, 50});
        QCOMPARE(at(canvas, 50, 50), 0);
        QCOMPARE(at(canvas, 5, 5), 255);
        dab(&canvas, brush(40, 0.3, true), {50, 50}); // there is no more to erase
        QCOMPARE(canvas.history().steps(), 2);
    }

    void everyChangeTellsWhatItTouched()
    {
        MaskCanvas canvas({3000, 2000});
        const QImage before = canvas.image().copy();
        QRegion told = canvas.beginStroke(brush(25), {100, 100});
        told += canvas.strokeTo({2900, 1900});
        canvas.endStroke();
        qint64 area = 0;
        for (const QRect &one : told)
            area += qint64(one.width()) * one.height();
        QVERIFY(area < 3000ll * 2000 / 10); // not the box around all of it
        for (int y = 0; y < 2000; y += 3) {
            for (int x = 0; x < 3000; x += 3) {
                if (at(canvas, x, y) != before.constScanLine(y)[x])
                    QVERIFY(told.contains(QPoint(x, y)));
            }
        }
    }

    void coverageFollowsEveryChange()
    {
        MaskCanvas canvas({333, 217});
        const auto agrees = [&canvas] { return std::abs(canvas.coverage() - slowCoverage(canvas)) < 1e-9; };
        dab(&canvas, brush(90, 0.5), {10, 200});
        QVERIFY(agrees());
        canvas.beginStroke(brush(50, 1, true), {0, 0});
        canvas.strokeTo({333, 217});
        QVERIFY(agrees());
        canvas.endStroke();
        canvas.invert();
        QVERIFY(agrees());
        QVERIFY(canvas.coverage() > 0.9);
        while (canvas.canUndo()) {
            canvas.undo();
            QVERIFY(agrees());
        }
        QVERIFY(canvas.isEmpty());
        canvas.redo();
        QVERIFY(agrees());
        canvas.fill();
        QCOMPARE(canvas.coverage(), 1.0);
        canvas.clear();
        QVERIFY(canvas.isEmpty());
    }

    void everythingCanBeTakenBackAndMadeAgain()
    {
        MaskCanvas canvas({300, 300});
        QList<QImage> states{canvas.image().copy()};
        const auto keep = [&] { states.append(canvas.image().copy()); };
        dab(&canvas, brush(60), {100, 100}), keep();
        canvas.invert(), keep();
        dab(&canvas, brush(40, 0.5, true), {200, 200}), keep();
        canvas.fill(), keep();
        canvas.clear(), keep();
        QImage other(300, 300, QImage::Format_Grayscale8);
        other.fill(77);
        canvas.replace(other), keep();
        for (qsizetype i = states.size() - 2; i >= 0; --i) {
            QVERIFY(canvas.canUndo());
            QVERIFY(!canvas.undo().isEmpty());
            QCOMPARE(canvas.image(), states.at(i));
        }
        QVERIFY(!canvas.canUndo());
        QVERIFY(!canvas.isModified());
        for (qsizetype i = 1; i < states.size(); ++i) {
            canvas.redo();
            QCOMPARE(canvas.image(), states.at(i));
        }
        QVERIFY(!canvas.canRedo());
        canvas.undo();
        dab(&canvas, brush(9), {20, 20});
        QVERIFY(!canvas.canRedo());
    }

    void whatChangesNothingIsNoStep()
    {
        MaskCanvas canvas({100, 100});
        canvas.clear();
        QVERIFY(canvas.fill().boundingRect() == QRect(0, 0, 100, 100));
        QVERIFY(canvas.fill().isEmpty());
        dab(&canvas, brush(20), {50, 50});
        dab(&canvas, brush(20), {-500, 50}); // beside the picture
        QCOMPARE(canvas.history().steps(), 1);
    }

    void aStrokeCanBeGivenUp()
    {
        MaskCanvas canvas({400, 400});
        dab(&canvas, brush(30), {50, 50});
        const QImage before = canvas.image().copy();
        canvas.beginStroke(brush(80), {60, 60});
        canvas.strokeTo({350, 380});
        QVERIFY(canvas.isPainting());
        QVERIFY(!canvas.cancelStroke().isEmpty());
        QCOMPARE(canvas.image(), before);
        QCOMPARE(canvas.history().steps(), 1);
        QVERIFY(std::abs(canvas.coverage() - slowCoverage(canvas)) < 1e-9);
        QVERIFY(canvas.strokeTo({10, 10}).isEmpty());
    }

    void isModifiedUntilTakenBack()
    {
        MaskCanvas canvas({100, 100});
        dab(&canvas, brush(20), {50, 50});
        QVERIFY(canvas.isModified());
        canvas.markClean();
        QVERIFY(!canvas.isModified());
        canvas.undo();
        QVERIFY(canvas.isModified());
        canvas.redo();
        QVERIFY(!canvas.isModified());
        canvas.undo();
        dab(&canvas, brush(20), {50, 50}); // looks the same, but is another history
        QVERIFY(canvas.isModified());
    }

    void historyIsBoundedInMemory()
    {
        MaskCanvas canvas({1024, 1024}, 256 * 1024);
        for (int i = 0; i < 60; ++i)
            dab(&canvas, brush(300, 0.1, i % 2 == 1), {512.0 + i, 512});
        QVERIFY(canvas.history().bytes() <= 256 * 1024);
        QVERIFY(canvas.canUndo());
        int steps = 0;
        for (; canvas.canUndo(); ++steps)
            canvas.undo();
        QVERIFY(steps < 60);
        QVERIFY(canvas.isModified()); // where it began is out of reach
        QVERIFY(canvas.history().bytes() <= 2 * 256 * 1024); // what is made again may be larger than what was there
    }

    void historyIsBoundedInSteps()
    {
        MaskCanvas canvas({64, 64});
        for (int i = 0; i < 1200; ++i)
            canvas.invert();
        QCOMPARE(canvas.history().steps(), MaskHistory::kMostSteps);
        QVERIFY(canvas.isEmpty());
    }

    void aBlankStepTakesNextToNothing()
    {
        MaskCanvas canvas({4096, 4096});
        canvas.fill();
        canvas.invert();
        canvas.fill();
        QVERIFY(canvas.history().bytes() < 1024 * 1024);
    }

    void oddInputIsTaken()
    {
        MaskCanvas none;
        none.beginStroke(brush(10), {1, 1});
        none.strokeTo({5, 5});
        none.endStroke();
        none.fill();
        none.invert();
        none.undo();
        QVERIFY(none.isEmpty());
        MaskCanvas canvas({50, 1});
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(canvas.beginStroke(brush(10), {nan, 0}).isEmpty());
        QVERIFY(!canvas.isPainting());
        canvas.beginStroke(brush(1e9, -4), {25, 0.5});
        canvas.strokeTo({std::numeric_limits<double>::infinity(), 0});
        canvas.strokeTo({1e6, 1e6});
        canvas.endStroke();
        QVERIFY(at(canvas, 25, 0) > 250);
        QImage other(3, 3, QImage::Format_Grayscale8);
        other.fill(1);
        QVERIFY(canvas.replace(other).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMaskCanvas)
#include "tst_maskcanvas.moc"
