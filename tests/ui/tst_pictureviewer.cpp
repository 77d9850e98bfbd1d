// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/recipetext.h"
#include "core/sandbox/media/film.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/support/uifixture.h"
#include "tests/ui/galleryfiles.h"
#include "ui/gallery/filmbar.h"
#include "ui/gallery/filmfile.h"
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/gifplayer.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/gallery/zoomview.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"

#include <QAccessible>
#include <QDesktopServices>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace novita;

namespace {

/// Keeps what would have been dragged.
class Viewer final : public PictureViewer
{
public:
    using PictureViewer::PictureViewer;
    QStringList dragged;

protected:
    void startDrag(const QString &path) override { dragged.append(path); }
};

} // namespace

class TestPictureViewer final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<GalleryFiles> m_gallery;
    std::unique_ptr<Viewer> m_viewer;
    QList<QUrl> m_opened;

    void show(const Picture &picture)
    {
        QSignalSpy shown(m_viewer.get(), &PictureViewer::shown);
        m_viewer->show(picture, m_gallery->files());
        QTRY_VERIFY_WITH_TIMEOUT(!shown.isEmpty(), 20'000);
    }
    QPushButton *button(const char *name) const
    {
        const auto all = m_viewer->findChildren<QPushButton *>();
        for (QPushButton *one : all) {
            if (one->accessibleName() == QLatin1String(name))
                return one;
        }
        return nullptr;
    }
    QColor middle() const
    {
        const QImage grabbed = m_viewer->view()->grab().toImage();
        return grabbed.pixelColor(grabbed.rect().center());
    }
    /// Where it cannot be played here: that is said, and the button beside it opens its file.
    bool goesToTheSystemsPlayer(const Picture &picture)
    {
        m_viewer->findChild<EmptyState *>()->button()->click();
        return !m_viewer->problem().isEmpty()
            && m_opened == QList<QUrl>{QUrl::fromLocalFile(m_gallery->files().path(picture.file))};
    }
    static QByteArray filmFile(const QString &name)
    {
        QFile file(QStringLiteral(NOVITA_TEST_DATA "/films/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QByteArray film(const char *type) const
    {
        FilmOrder order;
        order.picture.subject = QStringLiteral("a lighthouse in fog");
        order.picture.size = {320, 192};
        order.frames = 12;
        return encodeFilm(order, type);
    }

public slots:
    void open(const QUrl &url) { m_opened.append(url); }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_gallery = std::make_unique<GalleryFiles>();
        m_viewer = std::make_unique<Viewer>(
            PictureViewer::Parts{m_fixture->theme(), m_fixture->settings(), m_fixture->prompts()});
        m_viewer->resize(600, 500);
        static_cast<QWidget *>(m_viewer.get())->show();
        m_opened.clear();
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open");
    }
    void cleanup()
    {
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        m_viewer.reset();
        m_gallery.reset();
        m_fixture.reset();
    }

    void showsTheWholePictureFittedAndSaysSo()
    {
        show(m_gallery->add(testPicture({1200, 800}, 200)));
        QCOMPARE(m_viewer->shownSize(), QSize(1200, 800));
        QVERIFY(m_viewer->problem().isEmpty());
        QVERIFY(m_viewer->view()->viewport().isFitted());
        QVERIFY2(m_viewer->view()->stateText().startsWith(QStringLiteral("1,200 × 800 · ")),
                 qPrintable(m_viewer->view()->stateText()));
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(m_viewer->view());
        QCOMPARE(accessible->role(), QAccessible::Graphic);
        QCOMPARE(accessible->text(QAccessible::Description), m_viewer->view()->stateText());
    }

    void zoomsAtThePointerAndByKeys()
    {
        show(m_gallery->add(testPicture({2000, 1000}, 200)));
        ZoomView *view = m_viewer->view();
        const MaskViewport &port = view->viewport();
        const QPointF at(400, 220);
        const double ratio = view->devicePixelRatioF();
        const QPointF before = port.toPicture(at * ratio);
        QWheelEvent wheel(at, view->mapToGlobal(at), {}, {0, 480}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(view, &wheel);
        QVERIFY(!port.isFitted());
        const QPointF after = port.toPicture(at * ratio);
        QVERIFY2(qAbs(before.x() - after.x()) < 2 && qAbs(before.y() - after.y()) < 2,
                 "the point under the pointer has moved");
        view->setFocus();
        QTest::keyClick(view, Qt::Key_1);
        QCOMPARE(port.zoom(), 1.0);
        QTest::keyClick(view, Qt::Key_Plus);
        QCOMPARE(port.zoom(), 1.25);
        const QPointF origin = port.pictureRect().topLeft();
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(port.pictureRect().left() < origin.x());
        QTest::keyClick(view, Qt::Key_Minus);
        QCOMPARE(port.zoom(), 1.0);
        QTest::keyClick(view, Qt::Key_0);
        QVERIFY(port.isFitted());
    }

    void atAHundredPercentAPixelIsAPixel()
    {
        QImage image(801, 601, QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, ((x + y) & 1) ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
        }
        show(m_gallery->add(image));
        m_viewer->view()->zoomToPixels();
        const QImage grabbed = m_viewer->view()->grab().toImage();
        const QPoint centre = grabbed.rect().center();
        for (int dx = -20; dx < 20; ++dx) {
            const int grey = qGray(grabbed.pixel(centre + QPoint(dx, 5)));
            QVERIFY2(grey == 0 || grey == 255, qPrintable(QString::number(grey)));
        }
    }

    void theWheelMovesAndDragsPan()
    {
        show(m_gallery->add(testPicture({2000, 2000}, 20)));
        ZoomView *view = m_viewer->view();
        view->zoomToPixels();
        const QPointF before = view->viewport().pictureRect().topLeft();
        QTest::mousePress(view, Qt::LeftButton, {}, {300, 200});
        QTest::mouseMove(view, {250, 180});
        QTest::mouseRelease(view, Qt::LeftButton, {}, {250, 180});
        QVERIFY(view->viewport().pictureRect().left() < before.x());
        QVERIFY(m_viewer->dragged.isEmpty());
    }

    void whatIsAllInViewIsDraggedOutAsItsFile()
    {
        const Picture picture = m_gallery->add(testPicture({300, 200}, 20));
        show(picture);
        QTest::mousePress(m_viewer->view(), Qt::LeftButton, {}, {300, 200});
        QTest::mouseMove(m_viewer->view(), {340, 240});
        QTest::mouseRelease(m_viewer->view(), Qt::LeftButton, {}, {340, 240});
        QCOMPARE(m_viewer->dragged, QStringList{m_gallery->files().path(picture.file)});
    }

    void arrowsStepThroughPicturesWhereAllIsInView()
    {
        show(m_gallery->add(testPicture({300, 200}, 20)));
        QSignalSpy previous(m_viewer.get(), &PictureViewer::previousRequested);
        QSignalSpy next(m_viewer.get(), &PictureViewer::nextRequested);
        QTest::keyClick(m_viewer->view(), Qt::Key_Right);
        QVERIFY(next.isEmpty());
        m_viewer->setSteps(false, true);
        QTest::keyClick(m_viewer->view(), Qt::Key_Right);
        QTest::keyClick(m_viewer->view(), Qt::Key_Left);
        QTest::keyClick(m_viewer->view(), Qt::Key_PageDown);
        QCOMPARE(next.size(), 2);
        QVERIFY(previous.isEmpty());
        QVERIFY(!button("Previous picture")->isEnabled());
        button("Next picture")->click();
        QCOMPARE(next.size(), 3);
    }

    void aTransparentPictureLiesOnAChequerboard()
    {
        QImage clear(64, 64, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        show(m_gallery->add(clear));
        m_viewer->view()->zoomToPixels();
        const QImage grabbed = m_viewer->view()->grab().toImage();
        QSet<QRgb> colours;
        const QPoint centre = grabbed.rect().center();
        for (int x = -20; x < 20; ++x)
            colours.insert(grabbed.pixel(centre + QPoint(x, 0)));
        QCOMPARE(colours.size(), 2);
    }

    void flaggedPicturesAreBlurredUntilTheyAreAskedFor()
    {
        QImage image(512, 512, QImage::Format_RGB32);
        for (int y = 0; y < 512; ++y) {
            for (int x = 0; x < 512; ++x)
                image.setPixel(x, y, ((x / 4 + y / 4) & 1) ? qRgb(255, 0, 0) : qRgb(0, 0, 255));
        }
        Picture picture = m_gallery->add(image);
        picture.flagged = true;
        show(picture);
        QVERIFY(m_viewer->isBlurred());
        QVERIFY(m_viewer->shownSize().isEmpty());
        // Patches of four pixels are mixed.
        const QImage grabbed = m_viewer->view()->grab().toImage();
        const QColor corner = grabbed.pixelColor(grabbed.width() / 2 - 100, grabbed.height() / 2 - 180);
        QVERIFY2(corner.red() > 90 && corner.red() < 170 && corner.blue() > 90 && corner.blue() < 170,
                 qPrintable(corner.name()));
        QTest::mousePress(m_viewer->view(), Qt::LeftButton, {}, {20, 20});
        QTest::mouseMove(m_viewer->view(), {80, 80});
        QTest::mouseRelease(m_viewer->view(), Qt::LeftButton, {}, {80, 80});
        QVERIFY(m_viewer->dragged.isEmpty());
        QSignalSpy shown(m_viewer.get(), &PictureViewer::shown);
        button("Show the flagged picture")->click();
        QTRY_VERIFY(!shown.isEmpty());
        QVERIFY(!m_viewer->isBlurred());
        QCOMPARE(m_viewer->shownSize(), QSize(512, 512));
        // The same one again stays open; another is blurred again.
        m_viewer->show(picture, m_gallery->files());
        QVERIFY(!m_viewer->isBlurred());
        Picture other = m_gallery->add(image);
        other.flagged = true;
        show(other);
        QVERIFY(m_viewer->isBlurred());
        shown.clear();
        QVERIFY(m_fixture->settings().setValue(keys::kBlurFlagged, false));
        QTRY_VERIFY(!shown.isEmpty());
        QVERIFY(!m_viewer->isBlurred());
    }

    void hostileFilesAreASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("word");
        const QByteArray png = fileOf(testPicture({400, 300}, 10));
        QTest::newRow("cut short") << png.left(png.size() / 2) << QStringLiteral("cut short");
        QTest::newRow("bomb") << pngClaiming(60'000, 60'000) << QStringLiteral("60000");
        QTest::newRow("web page") << QByteArrayLiteral("<!DOCTYPE html><html><body>expired</body></html>")
                                  << QStringLiteral("web page");
        QTest::newRow("nothing") << QByteArray("x") << QStringLiteral(".");
        QByteArray broken = png;
        for (qsizetype i = broken.size() / 2; i < broken.size() / 2 + 200; ++i)
            broken[i] = 'A';
        QTest::newRow("damaged") << broken << QStringLiteral(".");
    }
    void hostileFilesAreASentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, word);
        show(m_gallery->add(bytes, QStringLiteral("png"), {400, 300}));
        QVERIFY2(m_viewer->problem().contains(word), qPrintable(m_viewer->problem()));
        QVERIFY(!m_viewer->view()->hasPicture());
        // And the next one is shown as if nothing had been.
        show(m_gallery->add(testPicture({100, 100}, 99)));
        QCOMPARE(m_viewer->shownSize(), QSize(100, 100));
        QVERIFY(m_viewer->problem().isEmpty());
    }

    void aMissingFileIsASentence()
    {
        const Picture picture = m_gallery->add(testPicture({100, 100}, 99));
        QFile::remove(m_gallery->files().path(picture.file));
        show(picture);
        QVERIFY2(m_viewer->problem().contains(QStringLiteral("not there any more")), qPrintable(m_viewer->problem()));
        Picture outside = picture;
        outside.id = 77;
        outside.file = QStringLiteral("../../../etc/passwd");
        show(outside);
        QVERIFY(!m_viewer->problem().isEmpty());
    }

    void onlyTheLastOfManyIsShown()
    {
        QList<Picture> pictures;
        for (int i = 0; i < 12; ++i)
            pictures.append(m_gallery->add(testPicture({300 + i, 200}, i * 30)));
        QSignalSpy shown(m_viewer.get(), &PictureViewer::shown);
        for (const Picture &picture : std::as_const(pictures))
            m_viewer->show(picture, m_gallery->files());
        QTRY_VERIFY(!shown.isEmpty());
        QCOMPARE(shown.size(), 1);
        QCOMPARE(m_viewer->shownSize(), QSize(311, 200));
        m_viewer->clear();
        QCOMPARE(m_viewer->picture(), 0);
        QVERIFY(!m_viewer->view()->hasPicture());
    }

    void anAnimatedGifPlays()
    {
        show(m_gallery->add(film("gif"), QStringLiteral("gif"), {320, 192}));
        QVERIFY2(m_viewer->problem().isEmpty(), qPrintable(m_viewer->problem()));
        auto *player = qobject_cast<GifPlayer *>(m_viewer->findChild<FilmBar *>()->player());
        QVERIFY(player);
        QCOMPARE(player->state(), FilmPlayer::State::Paused);
        QCOMPARE(player->frameNumber(), 0);
        const QImage first = player->frame();
        button("One frame on")->click();
        QCOMPARE(player->frameNumber(), 1);
        QVERIFY(player->frame() != first);
        button("One frame back")->click();
        QCOMPARE(player->frame(), first);
        m_viewer->findChild<QSlider *>()->setValue(static_cast<int>(player->duration().count()));
        QCOMPARE(player->frameNumber(), 11);
        QTest::keyClick(m_viewer->view(), Qt::Key_Space);
        QCOMPARE(player->state(), FilmPlayer::State::Playing);
        QTRY_VERIFY(player->frameNumber() > 1);
        QVERIFY(button("Pause"));
        static_cast<QWidget *>(m_viewer.get())->hide();
        QCOMPARE(player->state(), FilmPlayer::State::Paused);
    }

    void aFrameIsUsedAndSaved()
    {
        show(m_gallery->add(film("gif"), QStringLiteral("gif"), {320, 192}));
        QVERIFY(!button("Use this frame")->isVisible()); // nobody is there to use it
        QSignalSpy captured(m_viewer.get(), &PictureViewer::frameCaptured);
        show(m_gallery->add(film("gif"), QStringLiteral("gif"), {320, 192}));
        button("Use this frame")->click();
        QCOMPARE(captured.size(), 1);
        QCOMPARE(captured.at(0).at(0).value<QImage>().size(), QSize(320, 192));
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("frame.png"));
        m_fixture->prompts().chooseNext(path);
        QSignalSpy saved(m_viewer.get(), &PictureViewer::frameSaved);
        button("Save this frame")->click();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(saved.at(0).at(1).toString(), QString());
        QCOMPARE(QImage(path).size(), QSize(320, 192));
        m_fixture->prompts().chooseNext(folder.filePath(QStringLiteral("none/frame.png")));
        button("Save this frame")->click();
        QTRY_COMPARE(saved.size(), 2);
        QVERIFY(!saved.at(1).at(1).toString().isEmpty());
    }

    void anAnimationOfTooManyPixelsIsCutAndSaysSo()
    {
        const auto frames = gifframes::decode(film("gif"), {}, 320 * 192 * 4 * 3);
        QVERIFY(!frames->problem);
        QVERIFY(frames->isCut);
        QCOMPARE(frames->frames.size(), 3);
        QVERIFY(gifframes::decode(film("gif").left(40))->problem);
    }

    void anMp4PlaysOrGoesToTheSystemsPlayer()
    {
        const Picture picture = m_gallery->add(film("mp4"), QStringLiteral("mp4"));
        show(picture);
        FilmPlayer *player = m_viewer->findChild<FilmBar *>()->player();
        if (!player || player->state() == FilmPlayer::State::Failed) {
            QVERIFY(goesToTheSystemsPlayer(picture));
            QSKIP(qPrintable(m_viewer->problem()));
        }
        QCOMPARE(m_viewer->shownSize(), QSize(320, 192));
        QCOMPARE(player->state(), FilmPlayer::State::Paused);
        QCOMPARE(player->duration(), Milliseconds(1500));
        const QImage first = player->frame();
        button("One frame on")->click();
        QTRY_VERIFY(player->frame() != first);
        player->play();
        QTRY_COMPARE_WITH_TIMEOUT(player->state(), FilmPlayer::State::Paused, 10'000); // it has ended
        QVERIFY(!player->frame().isNull());
        player->play();
        QTRY_COMPARE(player->state(), FilmPlayer::State::Playing);
        QTRY_COMPARE_WITH_TIMEOUT(player->state(), FilmPlayer::State::Paused, 10'000);
    }

    void filmsOfAllKindsAreShownOrGoToTheSystemsPlayer_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<bool>("isSure"); // its decoder is always there with FFmpeg
        QTest::newRow("H.264 and AAC") << QStringLiteral("h264-aac.mp4") << QStringLiteral("mp4") << true;
        QTest::newRow("QuickTime") << QStringLiteral("h264.mov") << QStringLiteral("mp4") << true;
        QTest::newRow("HEVC") << QStringLiteral("hevc.mp4") << QStringLiteral("mp4") << false;
        QTest::newRow("VP9") << QStringLiteral("vp9.webm") << QStringLiteral("webm") << true;
        QTest::newRow("VP8 and Opus") << QStringLiteral("vp8-opus.webm") << QStringLiteral("webm") << true;
        QTest::newRow("of another name") << QStringLiteral("h264-aac.mp4") << QStringLiteral("gif") << true;
        QTest::newRow("of another name, too") << QStringLiteral("vp9.webm") << QStringLiteral("mp4") << true;
    }
    void filmsOfAllKindsAreShownOrGoToTheSystemsPlayer()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, suffix);
        QFETCH(const bool, isSure);
        Picture picture = m_gallery->add(filmFile(name), suffix);
        picture.kind = MediaKind::Video;
        picture.endpoint = QStringLiteral("wan-t2v");
        picture.recipe = {{QStringLiteral("prompt"), QStringLiteral("a test card")}, {QStringLiteral("steps"), 30}};
        picture.seed = 4242;
        show(picture);
        FilmPlayer *player = m_viewer->findChild<FilmBar *>()->player();
        if (!player || player->state() == FilmPlayer::State::Failed) {
            QVERIFY(goesToTheSystemsPlayer(picture));
            QVERIFY2(!player || !isSure, qPrintable(m_viewer->problem()));
            QSKIP(qPrintable(m_viewer->problem()));
        }
        QCOMPARE(m_viewer->shownSize(), QSize(96, 64));
        QVERIFY(!player->canSeek() || std::abs(player->duration().count() - 1000) < 100);
        const QImage first = player->frame();
        QSignalSpy frames(player, &FilmPlayer::frameChanged);
        button("One frame on")->click();
        QTRY_COMPARE(frames.size(), 1);
        QVERIFY(player->frame() != first);
        QVERIFY(std::abs(player->position().count() - 100) < 25); // WebM begins where its sound does
        QCOMPARE(player->state(), FilmPlayer::State::Paused);
        // The frame that is seen, pixel by pixel, and what it was made from.
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("frame.png"));
        m_fixture->prompts().chooseNext(path);
        QSignalSpy saved(m_viewer.get(), &PictureViewer::frameSaved);
        const QImage seen = player->frame();
        button("Save this frame")->click();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(QImage(path).convertToFormat(QImage::Format_RGB32), seen.convertToFormat(QImage::Format_RGB32));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Result<ImageMetadata> metadata = readMetadata(file.readAll());
        QVERIFY(metadata);
        const std::optional<Recipe> recipe = recipetext::recipeOf(*metadata);
        QVERIFY(recipe);
        QCOMPARE(recipe->endpoint, picture.endpoint);
        QCOMPARE(recipe->values.value(QStringLiteral("prompt")).toString(), QStringLiteral("a test card"));
        QCOMPARE(recipe->values.value(QStringLiteral("seed")).toInteger(), 4242);
        QCOMPARE(button("One frame back")->isEnabled(), player->canSeek());
        if (!player->canSeek())
            return;
        QCOMPARE(player->frame(), seen); // nothing has come meanwhile
        button("One frame back")->click();
        QTRY_COMPARE(player->frame(), first);
        QCOMPARE(player->position(), Milliseconds(0));
        m_viewer->findChild<QSlider *>()->setValue(550);
        QTRY_COMPARE(player->position(), Milliseconds(600));
        player->play();
        QTRY_COMPARE_WITH_TIMEOUT(player->state(), FilmPlayer::State::Paused, 10'000); // it has ended
        button("One frame back")->click();
        QTRY_COMPARE(player->position(), Milliseconds(800));
    }

    /// Qt 6.4 takes planes of RGB for something else, and reads far beyond their ends.
    void whatWouldBeMisreadGoesToTheSystemsPlayer()
    {
        const Picture picture = m_gallery->add(filmFile(QStringLiteral("hevc-rgb.mp4")), QStringLiteral("mp4"));
        show(picture);
        QTRY_VERIFY(!m_viewer->problem().isEmpty());
        QVERIFY(m_viewer->shownSize().isEmpty());
        m_viewer->findChild<EmptyState *>()->button()->click();
        QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(m_gallery->files().path(picture.file))});
    }

    void aLoopGoesOnAndEndsWithItsSearches_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("MP4") << QStringLiteral("h264-aac.mp4");
        QTest::newRow("WebM") << QStringLiteral("vp9.webm");
    }
    void aLoopGoesOnAndEndsWithItsSearches()
    {
        QFETCH(const QString, name);
        show(m_gallery->add(filmFile(name), QStringLiteral("mp4")));
        FilmPlayer *player = m_viewer->findChild<FilmBar *>()->player();
        if (!player || player->state() == FilmPlayer::State::Failed)
            QSKIP(qPrintable(m_viewer->problem()));
        player->setLooping(true);
        QSignalSpy frames(player, &FilmPlayer::frameChanged);
        player->play();
        QTRY_VERIFY_WITH_TIMEOUT(frames.size() > 14, 10'000); // it has ten
        QCOMPARE(player->state(), FilmPlayer::State::Playing);
        // A frame behind the last one is not looked for round and round.
        player->pause();
        QTRY_COMPARE(player->state(), FilmPlayer::State::Paused);
        frames.clear();
        for (int i = 0; i < 12; ++i) {
            player->step(1);
            if (!frames.wait(1500))
                break;
        }
        QCOMPARE(player->state(), FilmPlayer::State::Paused);
        QSignalSpy moved(player, &FilmPlayer::positionChanged);
        QTRY_VERIFY_WITH_TIMEOUT(!moved.wait(700), 10'000);
        // Taken back while it plays, it ends.
        player->play();
        QTRY_COMPARE(player->state(), FilmPlayer::State::Playing);
        player->setLooping(false);
        QTRY_COMPARE_WITH_TIMEOUT(player->state(), FilmPlayer::State::Paused, 10'000);
    }

    void framesSayOnlyWhatTheSettingsLeaveIn()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("frame.png"));
        QImage frame(8, 8, QImage::Format_RGB32);
        frame.fill(Qt::red);
        Picture film;
        film.endpoint = QStringLiteral("wan-t2v");
        film.recipe = {{QStringLiteral("prompt"), QStringLiteral("a secret garden")}};
        QCOMPARE(saveFrameAs(frame, film, WriteOptions::nothing(), path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains("secret garden") && !bytes.contains("wan-t2v"));
    }

    void filmsWithoutPicturesSaySo()
    {
        const Picture nothing = m_gallery->add(QByteArray(), QStringLiteral("mp4"));
        show(nothing);
        QVERIFY2(m_viewer->problem().contains(QStringLiteral("empty")), qPrintable(m_viewer->problem()));
        QVERIFY(!m_viewer->findChild<EmptyState *>()->button()->isVisible());
        show(m_gallery->add(filmFile(QStringLiteral("sound-only.mp4")), QStringLiteral("mp4")));
        QVERIFY2(!m_viewer->problem().isEmpty(), qPrintable(m_viewer->problem()));
        QVERIFY(m_viewer->findChild<EmptyState *>()->button()->isVisible());
        // Cut in the middle: what is there of it, or a sentence; never a hang.
        QByteArray cut = filmFile(QStringLiteral("h264-aac.mp4"));
        cut.truncate(cut.size() / 2);
        show(m_gallery->add(cut, QStringLiteral("mp4")));
        QByteArray broken = filmFile(QStringLiteral("h264.mov"));
        for (qsizetype i = 60; i < broken.size(); i += 7)
            broken[i] = static_cast<char>(broken.at(i) ^ 0x5a);
        show(m_gallery->add(broken, QStringLiteral("mp4")));
    }

    void whatIsNoFilmIsNotOpened()
    {
        show(m_gallery->add(QByteArrayLiteral("<html>no film at all, but long enough to be one</html>"),
                            QStringLiteral("mp4")));
        QVERIFY2(m_viewer->problem().contains(QStringLiteral("neither MP4 nor WebM nor GIF")),
                 qPrintable(m_viewer->problem()));
        QVERIFY(!m_viewer->findChild<EmptyState *>()->button()->isVisible());
        QByteArray cut = film("mp4");
        cut.truncate(cut.size() / 8);
        show(m_gallery->add(cut, QStringLiteral("mp4")));
        QVERIFY(m_opened.isEmpty());
    }
};

QTEST_MAIN(TestPictureViewer)
#include "tst_pictureviewer.moc"
