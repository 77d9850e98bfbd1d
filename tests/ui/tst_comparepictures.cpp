// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/support/uifixture.h"
#include "tests/ui/galleryfiles.h"
#include "ui/gallery/comparedialog.h"
#include "ui/gallery/comparepane.h"
#include "ui/gallery/parameterdiff.h"
#include "ui/gallery/worddiff.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/gallery/zoomview.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

QStringList words(const QString &text, const worddiff::Ranges &ranges)
{
    QStringList out;
    for (const auto &[from, length] : ranges)
        out.append(text.mid(from, length));
    return out;
}

} // namespace

class TestComparePictures final : public QObject
{
    Q_OBJECT

    const EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<GalleryFiles> m_gallery;
    std::unique_ptr<CompareDialog> m_dialog;

    Picture job(const QString &prompt, qint64 seed, QSize size = {768, 512})
    {
        return m_gallery->addJob(testPicture(size, static_cast<int>(seed % 360)), prompt, seed);
    }
    void open(const QList<Picture> &pictures)
    {
        m_dialog = std::make_unique<CompareDialog>(
            CompareDialog::Parts{m_fixture->theme(), m_fixture->settings(), m_table}, m_gallery->files(), pictures);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->open();
        for (const ComparePane *pane : m_dialog->panes())
            QTRY_VERIFY_WITH_TIMEOUT(pane->loaded(), 20'000);
    }
    ZoomView *view(int pane) const { return m_dialog->panes().at(pane)->view(); }
    QString table() const { return m_dialog->findChild<WrappedText *>()->toPlainText(); }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_gallery = std::make_unique<GalleryFiles>();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_gallery.reset();
        m_fixture.reset();
    }

    void wordsThatDifferAreFound()
    {
        const QStringList texts{QStringLiteral("a lighthouse in morning fog, long exposure"),
                                QStringLiteral("a lighthouse in evening fog, film grain, long exposure")};
        const auto marked = worddiff::changed(texts);
        QCOMPARE(words(texts.at(0), marked.at(0)), QStringList{QStringLiteral("morning")});
        QCOMPARE(words(texts.at(1), marked.at(1)).join(QLatin1Char('|')), QStringLiteral("evening|film grain,"));
        QVERIFY(worddiff::changed({texts.at(0), texts.at(0)}).at(1).isEmpty());
        QVERIFY(worddiff::changed({QString(), QString()}).at(0).isEmpty());
        QCOMPARE(words(texts.at(0), worddiff::changed({QString(), texts.at(0)}).at(1)), QStringList{texts.at(0)});
        QVERIFY(worddiff::changed({}).isEmpty());
        // Bounded: a text of a million words is left unmarked, and at once.
        const QString endless = QStringLiteral("word ").repeated(1'000'000);
        QVERIFY(worddiff::changed({texts.at(0), endless}).at(1).isEmpty());
    }

    void onlyWhatDiffersStandsOut()
    {
        Picture other = job(QStringLiteral("a lighthouse at night"), 9);
        other.recipe.insert(QStringLiteral("steps"), 45);
        other.recipe.remove(QStringLiteral("loras"));
        const auto rows = parameterdiff::rows({job(QStringLiteral("a lighthouse at dawn"), 7), other}, m_table);
        QStringList differing;
        for (const parameterdiff::Row &row : rows) {
            if (row.differs)
                differing.append(row.label + QLatin1Char('=') + row.values.join(QLatin1Char('|')));
        }
        QCOMPARE(differing, (QStringList{QStringLiteral("Prompt=a lighthouse at dawn|a lighthouse at night"),
                                         QStringLiteral("Steps=30|45"), QStringLiteral("Seed=7|9"),
                                         QStringLiteral("LoRAs=film_grain_v2 (0.8)|")}));
        QVERIFY(rows.size() > differing.size());
        QVERIFY(parameterdiff::rows({}, m_table).isEmpty());
    }

    void eachSettingIsCalledAsItsOwnEndpointCallsIt()
    {
        Picture flux = job(QStringLiteral("a"), 1);
        flux.endpoint = QStringLiteral("flux-1-kontext-pro");
        flux.recipe = {{QStringLiteral("aspect_ratio"), QStringLiteral("16:9")}};
        Picture foreign = job(QStringLiteral("b"), 2);
        foreign.endpoint.clear();
        foreign.recipe = {{QStringLiteral("clip_skip"), 2}, {QStringLiteral("hypernet_weight"), 0.5}, {QStringLiteral("denoiseMode"), true}};
        QStringList labels;
        for (const parameterdiff::Row &row : parameterdiff::rows({foreign, job(QStringLiteral("c"), 3), flux}, m_table))
            labels.append(row.label);
        for (const char *wanted : {"Aspect ratio", "Clip skip", "Guidance scale", "Number of pictures", "Hypernet weight", "Denoise mode"})
            QVERIFY2(labels.contains(QLatin1String(wanted)), qPrintable(labels.join(QLatin1Char('|'))));
        QVERIFY(labels.indexOf(QStringLiteral("Aspect ratio")) < labels.indexOf(QStringLiteral("Hypernet weight")));
    }

    void viewsMoveTogether()
    {
        open({job(QStringLiteral("a"), 1), job(QStringLiteral("b"), 2), job(QStringLiteral("c"), 3, {1536, 1024})});
        view(0)->zoomToPixels();
        view(0)->zoomIn();
        const ZoomView::Place place = view(0)->place();
        QVERIFY(!place.fitted);
        for (int i = 1; i < 3; ++i) {
            QVERIFY(qAbs(view(i)->place().zoom - place.zoom) < 0.01);
            QVERIFY(qAbs(view(i)->place().middle.x() - place.middle.x()) < 0.05);
        }
        view(2)->setFocus();
        QTest::keyClick(view(2), Qt::Key_Right);
        QVERIFY(qAbs(view(0)->place().middle.x() - view(2)->place().middle.x()) < 0.05);
        QVERIFY(view(0)->place().middle.x() > place.middle.x());
        view(1)->zoomToFit();
        QVERIFY(view(0)->viewport().isFitted() && view(2)->viewport().isFitted());
    }

    void twoSlideOverOneAnother()
    {
        QImage red(400, 300, QImage::Format_RGB32);
        red.fill(Qt::red);
        QImage blue(400, 300, QImage::Format_RGB32);
        blue.fill(Qt::blue);
        open({m_gallery->addJob(red, QStringLiteral("a"), 1), m_gallery->addJob(blue, QStringLiteral("b"), 2)});
        QVERIFY(m_dialog->setSliding(true));
        ZoomView *over = m_dialog->sliderView();
        const auto at = [over](double share) {
            const QImage grabbed = over->grab().toImage();
            const QRectF whole = over->viewport().pictureRect();
            return grabbed.pixelColor(static_cast<int>(whole.left() + whole.width() * share),
                                      static_cast<int>(whole.top() + whole.height() * 0.25));
        };
        QCOMPARE(at(0.3), QColor(Qt::red));
        QCOMPARE(at(0.7), QColor(Qt::blue));
        over->setFocus();
        QSignalSpy moved(over, &ZoomView::overlayShareChanged);
        for (int i = 0; i < 15; ++i)
            QTest::keyClick(over, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(moved.size() == 15);
        QCOMPARE(at(0.7), QColor(Qt::red));
        const double ratio = over->devicePixelRatioF();
        const QRectF whole = over->viewport().pictureRect();
        const QPoint line((QPointF(whole.left() + whole.width() * 0.8, whole.center().y()) / ratio).toPoint());
        QTest::mousePress(over, Qt::LeftButton, {}, line);
        QTest::mouseMove(over, QPoint(qRound((whole.left() + whole.width() * 0.1) / ratio), line.y()));
        QTest::mouseRelease(over, Qt::LeftButton, {},
                            QPoint(qRound((whole.left() + whole.width() * 0.1) / ratio), line.y()));
        QCOMPARE(at(0.3), QColor(Qt::blue));
        QVERIFY(m_dialog->setSliding(false));
    }

    void picturesOfOtherShapesDoNotSlide()
    {
        open({job(QStringLiteral("a"), 1), job(QStringLiteral("b"), 2, {512, 768})});
        QVERIFY(!m_dialog->setSliding(true));
        open({job(QStringLiteral("a"), 1), job(QStringLiteral("b"), 2), job(QStringLiteral("c"), 3)});
        QVERIFY(!m_dialog->setSliding(true));
    }

    void theTableShowsWhatDiffersOrAll()
    {
        open({job(QStringLiteral("a red house"), 1), job(QStringLiteral("a blue house"), 2)});
        QVERIFY2(table().contains(QStringLiteral("a blue house")), qPrintable(table()));
        QVERIFY(!table().contains(QStringLiteral("Sampler")));
        m_dialog->setShowsAll(true);
        QVERIFY(table().contains(QStringLiteral("Sampler")));
    }

    void cullingByKeyboard()
    {
        open({job(QStringLiteral("a"), 1), job(QStringLiteral("b"), 2)});
        QSignalSpy star(m_dialog.get(), &CompareDialog::starRequested);
        QSignalSpy trash(m_dialog.get(), &CompareDialog::trashRequested);
        view(0)->setFocus();
        QTest::keyClick(view(0), Qt::Key_S);
        QTest::keyClick(view(0), Qt::Key_Right); // all in view: to the next picture
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(view(1)));
        QTest::keyClick(view(1), Qt::Key_Delete);
        const PictureId first = m_dialog->panes().at(0)->picture().id;
        const PictureId second = m_dialog->panes().at(1)->picture().id;
        QCOMPARE(star.at(0), (QVariantList{first, true}));
        QCOMPARE(trash.at(0), (QVariantList{second, true}));
        QVERIFY(m_dialog->panes().at(1)->isTrashed());
        QTest::keyClick(view(1), Qt::Key_Delete);
        QCOMPARE(trash.at(1), (QVariantList{second, false}));
        QTest::keyClick(view(0), Qt::Key_S);
        QCOMPARE(star.at(1), (QVariantList{first, false}));
        m_dialog->setTrashed(first, true);
        QVERIFY(m_dialog->panes().at(0)->isTrashed());
    }

    void brokenFilesLeaveTheOthersAlone()
    {
        Picture bomb = m_gallery->add(pngClaiming(60'000, 60'000), QStringLiteral("png"), {60'000, 60'000});
        Picture html = m_gallery->add(QByteArrayLiteral("<html>expired</html>"), QStringLiteral("png"), {10, 10});
        const QByteArray png = fileOf(testPicture({400, 400}, 30));
        Picture cut = m_gallery->add(png.left(png.size() / 2), QStringLiteral("png"), {400, 400});
        open({bomb, html, cut, job(QStringLiteral("a"), 1)});
        for (int i = 0; i < 3; ++i) {
            QVERIFY(m_dialog->panes().at(i)->loaded()->problem);
            QVERIFY(!view(i)->hasPicture());
        }
        QVERIFY(view(3)->hasPicture());
    }

    void largePicturesAreScaledDownAndKeepTheirSize()
    {
        QImage large(6000, 3000, QImage::Format_RGB32);
        large.fill(Qt::darkCyan);
        open({m_gallery->add(large), m_gallery->add(large)});
        const LoadedPicturePtr &loaded = m_dialog->panes().at(0)->loaded();
        QVERIFY(loaded->isReduced);
        QCOMPARE(loaded->size, QSize(6000, 3000));
        QVERIFY(qint64(loaded->levels.size().width()) * loaded->levels.size().height() <= ComparePane::kMostPixels);
        QVERIFY2(view(0)->stateText().startsWith(QStringLiteral("6,000 × 3,000")), qPrintable(view(0)->stateText()));
    }

    void flaggedOnesAreBlurredHereToo()
    {
        Picture flagged = job(QStringLiteral("a"), 1);
        flagged.flagged = true;
        open({flagged, job(QStringLiteral("b"), 2)});
        QVERIFY(m_dialog->panes().at(0)->isBlurred());
        QVERIFY(!m_dialog->setSliding(true));
        const auto buttons = m_dialog->panes().at(0)->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->accessibleName().startsWith(QStringLiteral("Show the flagged")))
                button->click();
        }
        QVERIFY(!m_dialog->panes().at(0)->isBlurred());
        QTRY_VERIFY(m_dialog->setSliding(true));
    }
};

QTEST_MAIN(TestComparePictures)
#include "tst_comparepictures.moc"
