// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskview.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace novita;

/// Painting with the mouse and with the keyboard.
class TestMaskView final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MaskView> m_view;

    void show(QSize picture = {400, 300}, const QColor &color = Qt::darkCyan)
    {
        QImage image(picture, QImage::Format_RGB32);
        image.fill(color);
        m_view->resize(480, 380);
        m_view->setPicture(PictureLevels(image));
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
    }
    QPoint at(QPointF picture) const { return (m_view->viewport().toView(picture) / m_view->devicePixelRatioF()).toPoint(); }
    int value(int x, int y) const { return m_view->mask().image().constScanLine(y)[x]; }
    void key(int which, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(m_view.get(), Qt::Key(which), modifiers); }
    void wheel(QPoint position, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(position, m_view->mapToGlobal(position), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.get(), &event);
    }

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->apply(ColorScheme::Light, 100);
        m_view = std::make_unique<MaskView>(*m_theme);
    }
    void cleanup()
    {
        m_view.reset();
        m_theme.reset();
    }

    void theMousePaintsAndErases()
    {
        show();
        m_view->setBrushSize(30);
        QSignalSpy changed(m_view.get(), &MaskView::maskChanged);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        QTest::mouseMove(m_view.get(), at({200, 100}));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at({200, 100}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(value(150, 100), 255);
        QCOMPARE(value(150, 140), 0);
        key(Qt::Key_X);
        QVERIFY(m_view->brush().erases);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({150, 100}));
        QCOMPARE(value(150, 100), 0);
        QCOMPARE(value(100, 100), 255);
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(value(150, 100), 255);
        key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_view->mask().isEmpty());
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(value(150, 100), 255);
    }

    void shiftPaintsStraightOn()
    {
        show();
        m_view->setBrushSize(10);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({50, 50}));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, at({250, 250}));
        QCOMPARE(value(150, 150), 255);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({350, 50}));
        QCOMPARE(value(300, 150), 0);
    }

    void theWheelSetsTheSizeAndZooms()
    {
        show();
        QSignalSpy brush(m_view.get(), &MaskView::brushChanged);
        m_view->setBrushSize(1);
        wheel({100, 100}, 120);
        QVERIFY(m_view->brush().size >= 2);
        for (int i = 0; i < 100; ++i)
            wheel({100, 100}, 120);
        QCOMPARE(m_view->brush().size, kMostBrush);
        for (int i = 0; i < 200; ++i)
            wheel({100, 100}, -120);
        QCOMPARE(m_view->brush().size, kLeastBrush);
        QVERIFY(brush.size() > 20);
        const double before = m_view->viewport().zoom();
        wheel({200, 200}, 1200, Qt::ControlModifier);
        const QPointF under = m_view->viewport().toPicture({200, 200});
        wheel({200, 200}, 120, Qt::ControlModifier);
        QVERIFY(m_view->viewport().zoom() > before);
        QVERIFY(std::abs(m_view->viewport().toPicture({200, 200}).x() - under.x()) < 0.01);
        key(Qt::Key_0);
        QCOMPARE(m_view->viewport().zoom(), before);
    }

    void spaceAndTheMiddleButtonPan()
    {
        show();
        wheel({200, 200}, 1200, Qt::ControlModifier);
        const QRectF start = m_view->viewport().pictureRect();
        QTest::keyPress(m_view.get(), Qt::Key_Space);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {200, 200});
        QTest::mouseMove(m_view.get(), {230, 220});
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {230, 220});
        QTest::keyRelease(m_view.get(), Qt::Key_Space);
        QCOMPARE(m_view->viewport().pictureRect().topLeft(), start.topLeft() + QPointF(30, 20));
        QTest::mousePress(m_view.get(), Qt::MiddleButton, {}, {200, 200});
        QTest::mouseMove(m_view.get(), {170, 180});
        QTest::mouseRelease(m_view.get(), Qt::MiddleButton, {}, {170, 180});
        QCOMPARE(m_view->viewport().pictureRect().topLeft(), start.topLeft());
        QVERIFY(m_view->mask().isEmpty());
    }

    void theKeyboardAloneIsEnough()
    {
        show();
        QCOMPARE(m_view->cursorPoint(), QPointF(200, 150));
        m_view->setBrushSize(40);
        key(Qt::Key_Left);
        QCOMPARE(m_view->cursorPoint(), QPointF(190, 150));
        key(Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(m_view->cursorPoint(), QPointF(190, 110));
        key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(m_view->cursorPoint(), QPointF(191, 110));
        key(Qt::Key_Return);
        QCOMPARE(value(191, 110), 255);
        QTest::keyPress(m_view.get(), Qt::Key_Return);
        for (int i = 0; i < 10; ++i)
            key(Qt::Key_Down);
        QTest::keyRelease(m_view.get(), Qt::Key_Return);
        QCOMPARE(value(191, 160), 255);
        QCOMPARE(value(191, 205), 255);
        key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(value(191, 260), 0); // it was let go
        for (int i = 0; i < 50; ++i)
            key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->cursorPoint(), QPointF(191, 300));
        const double size = m_view->brush().size;
        key(Qt::Key_BracketRight);
        QVERIFY(m_view->brush().size > size);
        key(Qt::Key_BracketLeft);
        key(Qt::Key_BracketLeft);
        QVERIFY(m_view->brush().size < size);
        key(Qt::Key_Plus);
        key(Qt::Key_Plus);
        QVERIFY(m_view->viewport().zoom() > 1.1);
        key(Qt::Key_1);
        QCOMPARE(m_view->viewport().zoom(), 1.0);
    }

    void theKeyboardsBrushStaysInView()
    {
        show({4000, 3000});
        key(Qt::Key_1);
        for (int i = 0; i < 60; ++i)
            key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_view->cursorPoint().x(), 4000.0);
        QVERIFY(m_view->rect().contains(at(m_view->cursorPoint())));
    }

    void escapeGivesAStrokeUp()
    {
        show();
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        QTest::mouseMove(m_view.get(), at({200, 100}));
        QVERIFY(!m_view->mask().isEmpty());
        key(Qt::Key_Escape);
        QTest::mouseMove(m_view.get(), at({300, 200}));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at({300, 200}));
        QVERIFY(m_view->mask().isEmpty());
        QVERIFY(!m_view->mask().canUndo());
    }

    void whatIsShownIsWhatWasPainted()
    {
        show();
        m_view->setBrushSize(60);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        const QImage parts = m_view->grab().toImage();
        const QPoint painted = at({110, 110});
        const QPoint bare = at({300, 200});
        QVERIFY(parts.pixelColor(painted) != parts.pixelColor(bare));
        QCOMPARE(parts.pixelColor(bare), QColor(Qt::darkCyan));
        m_view->setMaskAlone(true);
        const QImage alone = m_view->grab().toImage();
        QCOMPARE(alone.pixelColor(painted), QColor(Qt::white));
        QCOMPARE(alone.pixelColor(bare), QColor(Qt::black));
    }

    /// The paint has a colour, and so has the picture.
    void paintIsSeenOnAnyPicture_data()
    {
        QTest::addColumn<QColor>("color");
        for (const char *color : {"#d55e00", "#000000", "#ffffff", "#808080", "#ff8000", "#0072b2"})
            QTest::newRow(color) << QColor(QLatin1String(color));
    }
    void paintIsSeenOnAnyPicture()
    {
        QFETCH(QColor, color);
        show({400, 300}, color);
        m_view->setBrushSize(60);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        const QImage shown = m_view->grab(QRect(at({90, 90}), at({110, 110}))).toImage();
        int clear = 0;
        for (int x = 0; x < shown.width(); ++x) {
            const QColor pixel = shown.pixelColor(x, shown.height() / 2);
            clear += std::abs(qGray(pixel.rgb()) - qGray(color.rgb())) > 40 ? 1 : 0;
        }
        QVERIFY2(clear * 5 >= shown.width(), qPrintable(QStringLiteral("%1 of %2").arg(clear).arg(shown.width())));
    }

    void aStrokeRepaintsOnlyItsSurroundings()
    {
        struct Watch final : QObject
        {
            QRegion seen;
            bool eventFilter(QObject *, QEvent *event) override
            {
                if (event->type() == QEvent::Paint)
                    seen += static_cast<QPaintEvent *>(event)->region();
                return false;
            }
        } watch;
        show();
        m_view->setBrushSize(20);
        QTest::mouseMove(m_view.get(), at({100, 100}));
        QTest::qWait(30); // for the paint of the window itself
        m_view->installEventFilter(&watch);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        QTest::mouseMove(m_view.get(), at({110, 105}));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at({110, 105}));
        QTRY_VERIFY(!watch.seen.isEmpty());
        m_view->removeEventFilter(&watch);
        const QRect bounds = watch.seen.boundingRect();
        QVERIFY(bounds.width() < 80 && bounds.height() < 80);
        QVERIFY(bounds.contains(at({105, 102})));
    }

    void tellsAssistiveTechnologyWhatItIs()
    {
        show({100, 100});
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(access);
        QCOMPARE(access->role(), QAccessible::Canvas);
        QCOMPARE(access->text(QAccessible::Name), QStringLiteral("Mask"));
        QVERIFY(access->text(QAccessible::Description).startsWith(QLatin1String("Nothing painted, brush of")));
        m_view->setBrushSize(1);
        key(Qt::Key_Return);
        QCOMPARE(m_view->stateText(), QStringLiteral("Less than 1 % painted"));
        m_view->fillMask();
        QCOMPARE(m_view->stateText(), QStringLiteral("100 % painted"));
        key(Qt::Key_X);
        key(Qt::Key_Return);
        QCOMPARE(access->text(QAccessible::Description), QStringLiteral("99 % painted, eraser of 1 pixels, at 50, 50"));
    }

    void nothingHappensWithoutAPicture()
    {
        m_view->setPlaceholder(QStringLiteral("Reading…"));
        m_view->resize(300, 200);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {100, 100});
        key(Qt::Key_Return);
        wheel({50, 50}, 120);
        m_view->invertMask();
        m_view->zoomIn();
        QVERIFY(m_view->mask().isEmpty());
        QVERIFY(!m_view->grab().isNull());
    }

    void paintingCanBeOff()
    {
        show();
        m_view->setPainting(false);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at({100, 100}));
        key(Qt::Key_Return);
        QVERIFY(m_view->mask().isEmpty());
    }
};

QTEST_MAIN(TestMaskView)
#include "tst_maskview.moc"
