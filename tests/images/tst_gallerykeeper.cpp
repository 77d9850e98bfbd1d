// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/pictureroom.h"
#include "core/imagefile/imagemetadata.h"
#include "core/images/gallerykeeper.h"
#include "core/images/metadatasetting.h"
#include "tests/net/tcpdouble.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QBuffer>
#include <QDirIterator>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <vector>

using namespace novita;

namespace {

QByteArray png(QSize size = {64, 48})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray picture(const char *format)
{
    QImage image({64, 48}, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return buffer.data();
}

struct Bench
{
    explicit Bench(const QByteArray &answer) : server([answer](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(answer); })
    {
        keeper.setReach(Reach::Local);
        job.id = ImageJobId(QStringLiteral("j"));
        job.endpoint = QStringLiteral("txt2img");
        job.recipe = {{QStringLiteral("prompt"), QStringLiteral("a lighthouse")}, {QStringLiteral("steps"), 20}, {QStringLiteral("guidance"), 7}};
    }
    Result<Picture> keep(bool isVideo = false, const QByteArray &bytes = {})
    {
        ImageResult result;
        result.bytes = bytes;
        result.link.address = QUrl(server.url().toString() + QStringLiteral("/1?sig=secret"));
        result.isVideo = isVideo;
        result.seed = 42;
        return await(keeper.keep(job, result, 3));
    }
    /// Files of the gallery, thumbnails aside.
    QStringList originals() const
    {
        QStringList names;
        QDirIterator found(folder.filePath(QStringLiteral("originals")), QDir::Files, QDirIterator::Subdirectories);
        while (found.hasNext())
            names.append(found.next());
        return names;
    }

    QTemporaryDir folder;
    FakeClock clock;
    QNetworkAccessManager network;
    TcpDouble server;
    PictureFiles files{folder.path()};
    GalleryKeeper keeper{network, clock, files};
    ImageJob job;
};

} // namespace

class TestGalleryKeeper final : public QObject
{
    Q_OBJECT

private slots:
    /// Not all endpoints tell the seed that they were given.
    void theSeedThatWasAskedForIsTheFirstPicturesOwn()
    {
        Bench bench(TcpDouble::answer(png()));
        bench.job.recipe.insert(fields::kSeed, 7);
        ImageResult silent;
        silent.bytes = png();
        QCOMPARE(await(bench.keeper.keep(bench.job, silent, 0)).value().seed, 7);
        QVERIFY(!await(bench.keeper.keep(bench.job, silent, 1)).value().seed);
        bench.job.recipe.insert(fields::kSeed, -1);
        QVERIFY(!await(bench.keeper.keep(bench.job, silent, 0)).value().seed);
    }

    void keepsWithMetadataAndThumbnail()
    {
        Bench bench(TcpDouble::answer(png()));
        const Picture picture = bench.keep().value();
        QCOMPARE(picture.ordinal, 3);
        QCOMPARE(picture.size, QSize(64, 48));
        QCOMPARE(picture.format, QStringLiteral("png"));
        QCOMPARE(picture.prompt, QStringLiteral("a lighthouse"));
        QCOMPARE(picture.seed, 42);
        QVERIFY(!bench.files.thumbnail(picture.file).isNull());
        const QByteArray kept = bench.files.read(picture.file, 1'000'000).value();
        QCOMPARE(kept.size(), picture.bytes);
        QCOMPARE(readMetadata(kept).value().parameters.prompt, QStringLiteral("a lighthouse"));
        QCOMPARE(readMetadata(kept).value().parameters.value(u"Seed"), QStringLiteral("42"));
        QVERIFY(!kept.contains("secret"));
    }

    void theFileTellsOfCostAndTimes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("PNG") << picture("PNG");
        QTest::newRow("JPEG") << picture("JPEG");
        QTest::newRow("WebP") << picture("WEBP");
    }
    void theFileTellsOfCostAndTimes()
    {
        QFETCH(QByteArray, bytes);
        Bench bench({});
        bench.keeper.setEstimate([](const ImageJob &) { return GenerationEstimate{2, Money::fromPriceUnits(300)}; });
        ImageResult result;
        result.bytes = bytes;
        result.submittedAt = bench.clock.now();
        result.completedAt = bench.clock.now() + Seconds(9);
        const Result<Picture> kept = await(bench.keeper.keep(bench.job, result, 0));
        QVERIFY(kept.ok());
        const QJsonObject ours = readMetadata(bench.files.read(kept->file, 1'000'000).value()).value().json;
        QCOMPARE(ours.value(QLatin1String("submitted")).toString(), isoTime(*result.submittedAt));
        QCOMPARE(ours.value(QLatin1String("finished")).toString(), isoTime(*result.completedAt));
        QCOMPARE(ours.value(QLatin1String("estimatedCost")).toObject().value(QLatin1String("amount")).toString(), QStringLiteral("0.003"));
        QVERIFY(ours.contains(QLatin1String("recipe")));
    }

    /// A kill after the file, and before anybody was told of it.
    void whatIsOnTheDiskIsFoundAgain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::addColumn<bool>("isVideo");
        QTest::newRow("PNG") << png() << QStringLiteral("png") << false;
        QTest::newRow("JPEG") << picture("JPG") << QStringLiteral("jpeg") << false;
        QTest::newRow("video") << QByteArray("\0\0\0\x18" "ftypmp42", 12) + QByteArray(100, 'x') << QStringLiteral("mp4") << true;
    }
    void whatIsOnTheDiskIsFoundAgain()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isVideo);
        Bench bench(TcpDouble::answer(bytes));
        const Picture before = bench.keep(isVideo).value();
        bench.job.expected = 5;
        const QList<Picture> found = await(bench.keeper.keptBefore(bench.job)).value();
        QCOMPARE(found.size(), 1);
        QTEST(found.first().format, "format");
        QCOMPARE(found.first().file, before.file);
        QCOMPARE(found.first().ordinal, before.ordinal);
        QCOMPARE(found.first().kind, before.kind);
        QCOMPARE(found.first().size, before.size);
        QCOMPARE(found.first().bytes, before.bytes);
        QCOMPARE(found.first().prompt, before.prompt);
        if (!isVideo)
            QCOMPARE(found.first().seed, before.seed);
        bench.job.id = ImageJobId(QStringLiteral("another"));
        QVERIFY(await(bench.keeper.keptBefore(bench.job))->isEmpty());
    }

    void leavesOutWhatIsNotWanted()
    {
        Bench bench(TcpDouble::answer(png()));
        bench.keeper.setWriteOptions(WriteOptions::nothing());
        QCOMPARE(bench.files.read(bench.keep().value().file, 1'000'000).value(), png());
    }

    /// Also what the server itself wrote: the setting is about what the file says, not about who wrote it.
    void filesSayOnlyWhatIsWanted_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<bool>("prompt");
        QTest::addColumn<bool>("steps");
        QTest::newRow("all") << QStringLiteral("all") << true << true;
        QTest::newRow("without the prompt") << QStringLiteral("withoutPrompt") << false << true;
        QTest::newRow("nothing") << QStringLiteral("nothing") << false << false;
        QTest::newRow("a word of a later version") << QStringLiteral("half") << false << false;
    }
    void filesSayOnlyWhatIsWanted()
    {
        QFETCH(QString, setting);
        QFETCH(bool, prompt);
        QFETCH(bool, steps);
        MetadataToWrite server;
        server.parameters.prompt = QStringLiteral("a lighthouse, said the server");
        server.parameters.setValue(QStringLiteral("Steps"), QStringLiteral("20"));
        for (const char *format : {"PNG", "JPG", "WEBP"}) {
            Bench bench(TcpDouble::answer(writeMetadata(picture(format), server).value().bytes));
            bench.job.promptTemplate = QStringLiteral("a {lighthouse|tower}");
            bench.keeper.setWriteOptions(writeOptionsFor(setting));
            const Result<Picture> kept = bench.keep();
            QVERIFY2(kept.ok(), qPrintable(kept.ok() ? QString() : kept.error().message));
            QCOMPARE(kept->prompt, QStringLiteral("a lighthouse")); // the gallery itself knows it
            QProcess exiftool;
            exiftool.start(QStringLiteral("exiftool"), {QStringLiteral("-a"), QStringLiteral("-G1"), QStringLiteral("-u"), bench.files.path(kept->file)});
            QVERIFY(exiftool.waitForFinished());
            const QByteArray said = exiftool.readAllStandardOutput();
            QVERIFY(said.contains("MIME Type"));
            QCOMPARE(said.contains("lighthouse"), prompt);
            QCOMPARE(said.contains("Steps"), steps);
            QCOMPARE(said.toLower().contains("novita"), steps);
            const QByteArray bytes = bench.files.read(kept->file, 1'000'000).value();
            QCOMPARE(bytes.contains("lighthouse") || bytes.contains(QByteArray("l\0i\0g\0h\0t", 9)), prompt);
            QCOMPARE(bench.originals().size(), 1); // and no text beside it
        }
    }

    void whatWasMadeWithoutALinkOfUseIsSaidToBeMade()
    {
        Bench bench(TcpDouble::answer(png()));
        const Result<Picture> kept = await(bench.keeper.keep(bench.job, ImageResult(), 0));
        QVERIFY(!kept);
        QVERIFY2(kept.error().message.startsWith(QStringLiteral("The server has made it")), qPrintable(kept.error().message));
        QVERIFY(!kept.error().isTransient());
    }

    /// Rather no picture than one that says what it must not.
    void whatCannotBeTakenOutIsNotKept()
    {
        QByteArray gif("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff", 19);
        gif += QByteArray("!\xfe\x0c" "a lighthouse\0", 16); // a comment
        gif += QByteArray(",\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;", 16);
        Bench bench(TcpDouble::answer(gif));
        QVERIFY(bench.keep().ok());
        QCOMPARE(bench.originals().size(), 2); // with its text beside it
        bench.job.id = ImageJobId(QStringLiteral("another"));
        bench.keeper.setWriteOptions(WriteOptions::nothing());
        const Result<Picture> kept = bench.keep();
        QVERIFY(!kept.ok());
        QVERIFY(!kept.error().message.isEmpty());
        QCOMPARE(bench.originals().size(), 2);
    }

    /// Texts that nobody could make sense of go as well.
    void whatIsNotUnderstoodIsTakenOutToo()
    {
        QByteArray jpeg = picture("JPG");
        const QByteArray said("Exif\0\0no EXIF, a lighthouse", 28);
        jpeg.insert(2, QByteArray("\xff\xe1\0", 3) + char(said.size() + 2) + said); // APP1
        Bench bench(TcpDouble::answer(jpeg));
        bench.keeper.setWriteOptions(WriteOptions::nothing());
        const Result<Picture> kept = bench.keep();
        QVERIFY2(kept.ok(), qPrintable(kept.ok() ? QString() : kept.error().message));
        QVERIFY(!bench.files.read(kept->file, 1'000'000).value().contains("lighthouse"));
    }

    /// By the standard alone, with no library of ours: what was written stands before the image data, in plain chunks whose check sums are right.
    void aDumpOfTheChunksReadsIt()
    {
        Bench bench(TcpDouble::answer(png()));
        const QString path = bench.files.path(bench.keep().value().file);
        QProcess dump;
        dump.setStandardInputFile(path);
        dump.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(NOVITA_SOURCE_DIR "/tests/imagefile/dump_png.py")});
        QVERIFY(dump.waitForFinished());
        QCOMPARE(dump.exitCode(), 0);
        QStringList order;
        QJsonObject ours;
        QString parameters;
        const QByteArrayList lines = dump.readAllStandardOutput().trimmed().split('\n');
        for (const QByteArray &line : lines) {
            const QJsonObject chunk = QJsonDocument::fromJson(line).object();
            const QString key = chunk.value(QLatin1String("key")).toString();
            order.append(chunk.value(QLatin1String("type")).toString() + (key.isEmpty() ? QString() : u' ' + key));
            if (key == QLatin1String("parameters"))
                parameters = chunk.value(QLatin1String("text")).toString();
            else if (key == QLatin1String("novita_desktop"))
                ours = QJsonDocument::fromJson(chunk.value(QLatin1String("text")).toString().toUtf8()).object();
        }
        QVERIFY2(order.indexOf(QStringLiteral("tEXt parameters")) > 0 && order.indexOf(QStringLiteral("tEXt parameters")) < order.indexOf(QStringLiteral("IDAT")), qPrintable(order.join(u'|')));
        QVERIFY2(parameters.startsWith(QLatin1String("a lighthouse\nSteps: 20")) && parameters.contains(QLatin1String("Seed: 42")), qPrintable(parameters));
        QVERIFY(!ours.isEmpty());
    }

    void signedPicturesStayAsTheyAre()
    {
        for (const char *name : {"signed.png", "signed.jpg", "signed.webp"}) {
            QFile sample(QStringLiteral(NOVITA_TEST_DATA "/imagefile/") + QLatin1String(name));
            QVERIFY(sample.open(QIODevice::ReadOnly));
            const QByteArray bytes = sample.readAll();
            Bench bench(TcpDouble::answer(bytes));
            const Result<Picture> kept = bench.keep();
            QVERIFY2(kept.ok(), name);
            QVERIFY(kept->hasCredential);
            QCOMPARE(bench.files.read(kept->file, 1'000'000).value(), bytes);
            QFile beside(bench.files.path(kept->file) + QLatin1String(".json"));
            QVERIFY(beside.open(QIODevice::ReadOnly));
            QVERIFY(beside.readAll().contains("a lighthouse"));
        }
    }

    void bytesAreKeptAsTheyCome()
    {
        Bench bench({});
        QVERIFY(bench.keep(false, png()).ok());
        QCOMPARE(bench.server.count(), 0);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("isVideo");
        QTest::newRow("page") << TcpDouble::answer("<!doctype html><title>Sign in</title>") << false;
        QTest::newRow("nothing") << TcpDouble::answer("") << false;
        QTest::newRow("cut") << TcpDouble::answer(png().left(80)) << false;
        QByteArray bomb = png();
        bomb.replace(16, 8, QByteArray("\x00\x01\x00\x00\x00\x01\x00\x00", 8)); // 65536 × 65536, its check sum wrong
        QTest::newRow("bomb") << TcpDouble::answer(bomb) << false;
        QTest::newRow("huge") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n") << false;
        QTest::newRow("elsewhere") << TcpDouble::answer({}, "302 Found", "Location: http://127.0.0.2/x\r\n") << false;
        QTest::newRow("picture for a video") << TcpDouble::answer(png()) << true;
        QTest::newRow("page for a video") << TcpDouble::answer("<html>") << true;
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, isVideo);
        Bench bench(answer);
        const Result<Picture> kept = bench.keep(isVideo);
        QVERIFY(!kept.ok());
        QCOMPARE(kept.error().kind, ErrorKind::Protocol);
        QVERIFY(!kept.error().message.isEmpty());
        QVERIFY(bench.originals().isEmpty());
    }

    void whatExpiresFirstIsFetchedFirst()
    {
        Bench bench({});
        QByteArrayList asked;
        QList<QPointer<QTcpSocket>> sockets;
        bench.server.setHandler([&](QTcpSocket &socket, const TcpDouble::Received &request) {
            asked.append(request.head.mid(5, 1));
            sockets.append(&socket);
        });
        std::vector<CallGuard> calls(5);
        int over = 0;
        // One video fills the room: the others wait, for their time.
        const auto keep = [&](std::size_t i, std::optional<Seconds> lifetime) {
            ImageResult result;
            result.isVideo = true;
            result.link.address = QUrl(bench.server.url().toString() + QStringLiteral("/%1").arg(i));
            result.link.lifetime = lifetime;
            calls[i].reset(bench.keeper.keep(bench.job, result, int(i)))->onFinished(this, [&over](const Result<Picture> &) { ++over; });
        };
        keep(0, {});
        keep(1, {});
        keep(2, Seconds(3600));
        keep(3, Seconds(60));
        keep(4, Seconds(60));
        for (int i = 0; i < 5; ++i) {
            if (i == 2)
                calls[4].reset(); // nobody wants it any more
            if (i == 4)
                break;
            QTRY_COMPARE(asked.size(), i + 1);
            sockets.last()->write(TcpDouble::answer("no video"));
        }
        QTRY_COMPARE(over, 4);
        QCOMPARE(asked, (QByteArrayList{"0", "3", "2", "1"}));
    }

    /// The disk takes nothing: that is told without fetching it again.
    void saysWhetherThereIsRoomWithoutFetching()
    {
        Bench bench(TcpDouble::answer(png()));
        QFile inTheWay(bench.folder.filePath(QStringLiteral("originals")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const Result<Picture> refused = bench.keep();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        const Result<Done> full = await(bench.keeper.room(bench.job, 3));
        QVERIFY(!full.ok());
        QCOMPARE(full.error().kind, ErrorKind::Storage);
        QVERIFY(inTheWay.remove());
        QVERIFY(await(bench.keeper.room(bench.job, 3)).ok());
        QVERIFY(bench.originals().isEmpty());
        QCOMPARE(bench.server.count(), 1);
        QVERIFY(bench.keep().ok());
        // More than any disk has.
        QCOMPARE(checkPictureRoom(bench.folder.path(), std::numeric_limits<qint64>::max(), bench.job.createdAt, QUuid::createUuid()).error().kind, ErrorKind::Storage);
    }

    void theSameResultOnceMoreIsTheSameFile()
    {
        Bench bench(TcpDouble::answer(png()));
        const QString file = bench.keep().value().file;
        QCOMPARE(bench.keep().value().file, file);
        QCOMPARE(bench.originals().size(), 1);
        bench.job.id = ImageJobId(QStringLiteral("another"));
        QVERIFY(bench.keep().value().file != file);
        QCOMPARE(bench.originals().size(), 2);
    }

    void keepsVideos()
    {
        const QByteArray mp4 = QByteArray("\0\0\0\x18" "ftypmp42", 12) + QByteArray(100, 'x');
        Bench bench(TcpDouble::answer(mp4));
        const Picture video = bench.keep(true).value();
        QCOMPARE(video.kind, MediaKind::Video);
        QCOMPARE(video.format, QStringLiteral("mp4"));
        QCOMPARE(bench.files.read(video.file, 1000).value(), mp4);
        const QByteArray webm = QByteArray("\x1a\x45\xdf\xa3", 4) + QByteArray(100, 'x');
        Bench other(TcpDouble::answer(webm));
        const Picture second = other.keep(true).value();
        QCOMPARE(second.format, QStringLiteral("webm"));
        QCOMPARE(other.files.read(second.file, 1000).value(), webm);
        Bench quick(TcpDouble::answer(QByteArray("\0\0\0\x08" "wide\0\0\0\x10" "mdat", 16) + QByteArray(100, 'x')));
        QCOMPARE(quick.keep(true).value().format, QStringLiteral("mp4"));
    }

    void givesJobsTheirPictures()
    {
        Bench bench({});
        bench.job.inputs = {{QStringLiteral("source"), bench.files.saveInput(png({32, 16}), QStringLiteral("png")).value()}};
        const InputImages images = await(bench.keeper.inputs(bench.job)).value();
        QCOMPARE(images.value(QStringLiteral("source")).width, 32);
        QCOMPARE(images.value(QStringLiteral("source")).format, QStringLiteral("png"));
        bench.job.inputs.insert(QStringLiteral("other"), QStringLiteral("../../etc/passwd"));
        QVERIFY(!await(bench.keeper.inputs(bench.job)).ok());
    }
};

QTEST_GUILESS_MAIN(TestGalleryKeeper)
#include "tst_gallerykeeper.moc"
