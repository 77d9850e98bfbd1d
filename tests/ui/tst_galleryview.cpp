// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/ui/galleryroom.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/galleryview.h"

#include <QAccessible>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>
#include <QWheelEvent>

using namespace novita;

/// The grid of pictures: where they stand, what keys and mouse do.
class TestGalleryView final : public QObject
{
    Q_OBJECT

    std::unique_ptr<GalleryRoom> m_room;
    std::unique_ptr<GalleryModel> m_model;
    std::unique_ptr<GalleryView> m_view;
    QList<PictureId> m_ids; ///< newest first, as the rows

    void show(int count, QSize size = {560, 400})
    {
        m_room->fill(count);
        m_ids.clear();
        m_model = std::make_unique<GalleryModel>(m_room->images());
        UiFixture &fixture = m_room->fixture();
        m_view = std::make_unique<GalleryView>(
            *m_model, GalleryView::Parts{fixture.theme(), fixture.settings(), m_room->images().files()});
        m_view->resize(size);
        m_view->show();
        m_view->setFocus();
        QTRY_COMPARE(m_model->rowCount(), count);
        for (int row = 0; row < count; ++row)
            m_ids.append(m_model->at(row)->id);
        QTRY_VERIFY(m_view->visibleRows().second >= 0);
        QCoreApplication::processEvents();
    }
    QPoint at(int row) const { return m_view->visualRect(m_model->index(row, 0)).center(); }
    void click(int row, Qt::KeyboardModifiers held = {})
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, held, at(row));
    }
    QList<PictureId> rows(const QList<int> &numbers) const
    {
        QList<PictureId> out;
        for (const int row : numbers)
            out.append(m_ids.at(row));
        return out;
    }

private slots:
    void init() { m_room = std::make_unique<GalleryRoom>(); }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
        m_room.reset();
    }

    void gridAndBackAgain()
    {
        show(40);
        QVERIFY(m_view->columns() >= 2);
        for (int row = 0; row < 40; ++row)
            QCOMPARE(m_view->indexAt(at(row)).row(), row);
        QVERIFY(!m_view->indexAt(at(39) + QPoint(0, 400)).isValid());
        QVERIFY(!m_view->indexAt({0, 0}).isValid()); // between the frames
        m_view->scrollTo(m_model->index(39, 0));
        QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(m_model->index(39, 0)).center()));
        QCOMPARE(m_view->visibleRows().second, 39);
    }

    void arrowsMoveInTheGrid()
    {
        show(10);
        const int columns = m_view->columns();
        m_view->setCurrentId(m_ids.at(0));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentId(), m_ids.at(1));
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentId(), m_ids.at(1 + columns));
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->currentId(), m_ids.at(9));
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentId(), m_ids.at(9));
        QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedIds(), m_ids);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->selectedIds(), rows({0}));
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedIds().size(), 10);
    }

    void shiftTakesARangeAndControlSingleOnes()
    {
        show(10);
        click(1);
        click(4, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedIds(), rows({1, 2, 3, 4}));
        click(2, Qt::ControlModifier);
        QCOMPARE(m_view->selectedIds(), rows({1, 3, 4}));
    }

    void aRubberBandTakesWhatItTouches()
    {
        show(4);
        QCOMPARE(m_view->columns(), 3);
        const QPoint start(1, 1);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, start);
        QTest::mouseMove(m_view->viewport(), start + QPoint(40, 40));
        QTest::mouseMove(m_view->viewport(), at(1));
        QCOMPARE(m_view->selectedIds(), rows({0, 1}));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(1));
    }

    void keysAskForWhatTheyStandFor()
    {
        show(4);
        m_view->setCurrentId(m_ids.at(1));
        QSignalSpy stars(m_view.get(), &GalleryView::starRequested);
        QSignalSpy trash(m_view.get(), &GalleryView::trashRequested);
        QSignalSpy back(m_view.get(), &GalleryView::untrashRequested);
        QSignalSpy tags(m_view.get(), &GalleryView::tagsRequested);
        QSignalSpy compare(m_view.get(), &GalleryView::compareRequested);
        QSignalSpy opened(m_view.get(), &GalleryView::pictureActivated);
        for (const Qt::Key key : {Qt::Key_S, Qt::Key_0, Qt::Key_5, Qt::Key_X, Qt::Key_Delete, Qt::Key_U, Qt::Key_T,
                                  Qt::Key_C, Qt::Key_Space, Qt::Key_Return})
            QTest::keyClick(m_view.get(), key);
        QCOMPARE(stars.size(), 3);
        QCOMPARE(stars.at(0).at(0).value<QList<PictureId>>(), rows({1}));
        QCOMPARE(stars.at(0).at(1).toBool(), true);
        QCOMPARE(stars.at(1).at(1).toBool(), false);
        QCOMPARE(trash.size(), 2);
        QCOMPARE(back.size(), 1);
        QCOMPARE(tags.size(), 1);
        QCOMPARE(compare.size(), 1);
        QCOMPARE(opened.size(), 2);
        QVERIFY(GalleryView::keysHelp().contains(QStringLiteral("S: star")));
    }

    void cullingGoesOnToTheNext()
    {
        show(5);
        m_view->setCurrentId(m_ids.at(1));
        QVERIFY(await(m_room->store().setTrashed({m_ids.at(1)}, secondsLater(9))));
        m_room->images().tellGalleryChanged();
        QTRY_COMPARE(m_model->rowCount(), 4);
        QTRY_COMPARE(m_view->selectedIds(), rows({2}));
        QCOMPARE(m_view->currentId(), m_ids.at(2));
    }

    void theSameStaysInSightWhenNewOnesCome()
    {
        show(60);
        m_view->verticalScrollBar()->setValue(700);
        const PictureId first = m_model->at(m_view->visibleRows().first)->id;
        const int y = m_view->visualRect(m_model->index(m_model->rowOf(first), 0)).y();
        m_room->fill(30, 1000);
        m_room->images().tellGalleryChanged();
        QTRY_COMPARE(m_model->rowCount(), 90);
        QTRY_COMPARE(m_view->visualRect(m_model->index(m_model->rowOf(first), 0)).y(), y);
    }

    void sizesAreKept()
    {
        show(20);
        const int columns = m_view->columns();
        QSignalSpy changed(m_view.get(), &GalleryView::sideChanged);
        m_view->setSide(96);
        QCOMPARE(m_view->wantedSide(), 96);
        QVERIFY(m_view->columns() > columns);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_room->fixture().settings().value(keys::kThumbnailSide), 96);
        QWheelEvent wheel(QPointF(50, 50), m_view->viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, 120}, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view->viewport(), &wheel);
        QCOMPARE(m_view->wantedSide(), 112);
        m_view->setSide(9999);
        QCOMPARE(m_view->wantedSide(), GalleryView::kMostSide);
    }

    void aStripHasOneColumnOrTwo()
    {
        show(20);
        m_view->setCompact(true);
        m_view->resize(130, 400);
        QCOMPARE(m_view->columns(), 1);
        m_view->resize(260, 400);
        QCOMPARE(m_view->columns(), 2);
        QVERIFY(m_view->visualRect(m_model->index(1, 0)).right() <= m_view->viewport()->width());
        QCOMPARE(m_room->fixture().settings().value(keys::kThumbnailSide), 160);
    }

    void theGridFillsItsWidth()
    {
        for (int width = 100; width < 2000; width += 7) {
            const GridGeometry grid = GridGeometry::ofSide(width, 160);
            QVERIFY(grid.columns() * grid.pitch().width() <= width);
            QVERIFY(grid.side() < grid.pitch().width());
            if (width > 400)
                QVERIFY2(grid.side() >= 120 && grid.pitch().width() - grid.side() < 24, qPrintable(QString::number(width)));
            for (int row = 0; row < 20; ++row)
                QCOMPARE(grid.at(grid.cell(row).center(), 0), row);
            QCOMPARE(grid.height(grid.columns() * 3), 3 * grid.pitch().height());
            QCOMPARE(grid.height(grid.columns() * 3 + 1), 4 * grid.pitch().height());
        }
    }

    void theBarIsThereWhileThereIsSomethingToScroll()
    {
        show(6);
        QVERIFY(!m_view->verticalScrollBar()->isVisible());
        QCOMPARE(m_view->viewport()->width(), m_view->maximumViewportSize().width());
        // Whatever the height: it settles, and nothing is out of reach.
        for (int height = 150; height <= 600; height += 10) {
            m_view->resize(560, height);
            QCoreApplication::processEvents();
            const QScrollBar *bar = m_view->verticalScrollBar();
            QCOMPARE(bar->isVisible(), bar->maximum() > 0);
        }
        m_view->setCompact(true);
        m_view->resize(136, 300);
        QVERIFY(m_view->verticalScrollBar()->isVisible());
        m_view->resize(136, 3000);
        QVERIFY(!m_view->verticalScrollBar()->isVisible());
    }

    void aPictureThatWasPaintedOverIsShownAnew()
    {
        show(1);
        const QString file = m_model->at(0)->file;
        const auto colour = [&] {
            const Thumbnail *there = m_view->thumbnails().find({file, m_view->side(), false});
            return there ? there->image.pixelColor(5, 5).hsvHue() / 10 : -1;
        };
        QTRY_VERIFY(colour() >= 0);
        const int before = colour();
        QFile original(m_room->images().files().path(file));
        QVERIFY(original.open(QIODevice::WriteOnly) && original.write(GalleryRoom::png(5)) > 0);
        QVERIFY(original.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
        original.close();
        m_view->thumbnails().clear();
        m_view->viewport()->update();
        m_view->resize(561, 400);
        QTRY_VERIFY(colour() >= 0);
        QVERIFY(colour() != before);
    }

    void flaggedOnesAreBlurredUntilAskedFor()
    {
        Picture flagged = m_room->picture(99, GalleryRoom::png(1));
        flagged.flagged = true;
        const PictureId id = m_room->add({flagged}).value(0);
        m_model = std::make_unique<GalleryModel>(m_room->images());
        UiFixture &fixture = m_room->fixture();
        m_view = std::make_unique<GalleryView>(
            *m_model, GalleryView::Parts{fixture.theme(), fixture.settings(), m_room->images().files()});
        m_view->resize(400, 300);
        m_view->show();
        QTRY_COMPARE(m_model->rowCount(), 1);
        const QString file = m_model->at(0)->file;
        QVERIFY(m_view->isVeiled(*m_model->at(0)));
        QTRY_VERIFY(m_view->thumbnails().find({file, m_view->side(), true}));
        QVERIFY(!m_view->thumbnails().find({file, m_view->side(), false}));
        m_view->setCurrentId(id);
        QTest::keyClick(m_view.get(), Qt::Key_B);
        QVERIFY(!m_view->isVeiled(*m_model->at(0)));
        QTRY_VERIFY(m_view->thumbnails().find({file, m_view->side(), false}));
        QTest::keyClick(m_view.get(), Qt::Key_B);
        QVERIFY(m_view->isVeiled(*m_model->at(0)));
        QVERIFY(fixture.settings().setValue(keys::kBlurFlagged, false));
        QVERIFY(!m_view->isVeiled(*m_model->at(0)));
    }

    void dragsTheOriginals()
    {
        show(3);
        const std::unique_ptr<QMimeData> data(m_view->dragData(rows({0, 2})));
        QVERIFY(data);
        QCOMPARE(data->urls().size(), 2);
        QVERIFY(QFile::exists(data->urls().constFirst().toLocalFile()));
        QVERIFY(!m_view->dragData({}));
    }

    void eachPictureHasAName()
    {
        show(3);
        m_view->setAccessibleName(QStringLiteral("Pictures"));
        m_model->describe(0, 2);
        QTRY_VERIFY(m_model->words(0).contains(QStringLiteral("lighthouse")));
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(list);
        QCOMPARE(list->childCount(), 3);
        QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("lighthouse number2")));
        QCOMPARE(list->child(0)->rect().size(), m_view->visualRect(m_model->index(0, 0)).size());
    }
};

QTEST_MAIN(TestGalleryView)
#include "tst_galleryview.moc"
