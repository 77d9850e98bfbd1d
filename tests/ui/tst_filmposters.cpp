// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "tests/gallery/imagesfile.h"
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/filmposter.h"
#include "ui/gallery/filmposters.h"
#include "ui/gallery/filmtime.h"
#include "ui/gallery/thumbnailloader.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <memory>

using namespace novita;

namespace {

QByteArray filmFile(const QString &name)
{
    QFile file(QStringLiteral(NOVITA_TEST_DATA "/films/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How far the pixels of `a` are from those of `b` in the colour that differs most, on the average.
double difference(const QImage &a, const QImage &b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            sum += std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                             std::abs(qBlue(one) - qBlue(other))});
        }
    }
    return sum / (a.width() * a.height());
}

} // namespace

/// The first pictures of films as thumbnails.
class TestFilmPosters final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PictureFiles> m_files;

    QString add(const QByteArray &bytes, const QString &suffix = QStringLiteral("mp4")) const
    {
        return m_files->saveOriginal(bytes, suffix, secondsLater(1)).valueOr({});
    }
    /// What the player shows first; null when it cannot play it.
    static QImage firstFrame(const QString &path)
    {
        const std::unique_ptr<FilmPlayer> player(makeVideoPlayer(path, nullptr));
        if (!player)
            return {};
        const bool isOver = QTest::qWaitFor(
            [&] { return !player->frame().isNull() || player->state() == FilmPlayer::State::Failed; }, 10'000);
        return isOver ? player->frame() : QImage();
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_files = std::make_unique<PictureFiles>(m_folder->path());
    }
    void cleanup()
    {
        m_files.reset();
        m_folder.reset();
    }

    void theFirstPictureIsKeptAsTheThumbnail_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Milliseconds>("length");
        QTest::newRow("H.264 and AAC") << QStringLiteral("h264-aac.mp4") << Milliseconds(1000);
        QTest::newRow("HEVC") << QStringLiteral("hevc.mp4") << Milliseconds(1000);
        QTest::newRow("VP9") << QStringLiteral("vp9.webm") << Milliseconds(0);
        QTest::newRow("VP8 and Opus") << QStringLiteral("vp8-opus.webm") << Milliseconds(0);
    }
    void theFirstPictureIsKeptAsTheThumbnail()
    {
        QFETCH(const QString, name);
        QFETCH(const Milliseconds, length);
        const QString film = add(filmFile(name), name.section(QLatin1Char('.'), -1));
        ThumbnailLoader loader(*m_files);
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        loader.want({{film, 320}});
        QTRY_VERIFY(!loaded.isEmpty());
        // The player tells what this computer can decode.
        const QImage first = firstFrame(m_files->path(film));
        if (first.isNull())
            return;
        QTRY_COMPARE(loader.find({film, 320})->state, Thumbnail::State::Ready);
        const QImage thumbnail = m_files->thumbnail(film);
        QCOMPARE(thumbnail.size(), QSize(96, 64));
        QVERIFY2(difference(thumbnail, first) < 24, qPrintable(QString::number(difference(thumbnail, first))));
        QVERIFY(std::chrono::abs(loader.find({film, 320})->length - length) < Milliseconds(100));
        // The next start finds it.
        ThumbnailLoader again(*m_files);
        again.want({{film, 96}});
        QTRY_VERIFY(again.find({film, 96}));
        QCOMPARE(again.find({film, 96})->state, Thumbnail::State::Ready);
        QCOMPARE(again.find({film, 96})->length, loader.find({film, 320})->length);
    }

    void whatHasNoPictureIsTriedOnce()
    {
        const QString damaged = add("....ftypisom....");
        const QString sound = add(filmFile(QStringLiteral("sound-only.mp4")));
        const QString other = add("#EXTM3U\nhttp://192.0.2.1/film.mp4\n");
        const QString misread = add(filmFile(QStringLiteral("hevc-rgb.mp4")));
        const QString film = add(filmFile(QStringLiteral("h264-aac.mp4")));
        FilmPosters posters(*m_files);
        QSignalSpy made(&posters, &FilmPosters::made);
        posters.want({damaged, sound, other, misread, film});
        if (!firstFrame(m_files->path(film)).isNull())
            QTRY_COMPARE(made, (QList<QVariantList>{{film}}));
        for (const QString &name : {damaged, sound, other, misread})
            QVERIFY(m_files->thumbnail(name).isNull());
        posters.want({damaged, sound, other, misread, film});
        QCoreApplication::processEvents();
        QVERIFY(made.size() <= 1);
    }

    void goesWhileOneIsBeingMade()
    {
        const QString film = add(filmFile(QStringLiteral("h264-aac.mp4")));
        for (int round = 0; round < 5; ++round) {
            FilmPosters posters(*m_files);
            posters.want({film});
        }
        ThumbnailLoader loader(*m_files);
        loader.want({{film, 96, true}});
        QTRY_VERIFY(loader.find({film, 96, true}));
    }

    void lengthsAreWrittenAsPlayersWriteThem()
    {
        QCOMPARE(filmtime::length(Milliseconds(200)), QStringLiteral("0:01"));
        QCOMPARE(filmtime::length(Milliseconds(5400)), QStringLiteral("0:05"));
        QCOMPARE(filmtime::length(Milliseconds(65'000)), QStringLiteral("1:05"));
        QCOMPARE(filmtime::length(Seconds(3723)), QStringLiteral("1:02:03"));
        QCOMPARE(filmtime::place(Milliseconds(7420)), QStringLiteral("0:07.4"));
    }
};

QTEST_MAIN(TestFilmPosters)
#include "tst_filmposters.moc"
