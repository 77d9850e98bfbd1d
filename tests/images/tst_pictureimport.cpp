// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldnames.h"
#include "core/imagefile/metadatawriter.h"
#include "core/images/pictureimport.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace novita;

namespace {

QByteArray png(QColor color = Qt::darkCyan, QSize size = {64, 48})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray withText(const QByteArray &bytes, const QString &prompt, qint64 seed)
{
    MetadataToWrite metadata;
    metadata.parameters.prompt = prompt;
    for (const auto &[key, value] :
         {std::pair("Steps", QStringLiteral("20")), std::pair("Sampler", QStringLiteral("Euler a")),
          std::pair("CFG scale", QStringLiteral("7")), std::pair("Seed", QString::number(seed))})
        metadata.parameters.setValue(QString::fromLatin1(key), value);
    return writeMetadata(bytes, metadata).value().bytes;
}

const TimePoint kNow{Seconds(1'800'000'000)};
const ProfileId kMine{QStringLiteral("mine")};
using Place = FoundPicture::Place;

struct Bench
{
    QString file(const QString &name, const QByteArray &bytes) const
    {
        const QString path = incoming.filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The temporary directory is not writable");
        return path;
    }
    PictureFinds find(const QStringList &paths) const { return pictureimport::find(paths, {files, known}); }
    /// As if it were put into the gallery, too.
    Picture keep(const FoundPicture &found, bool isTrashed = false)
    {
        const Picture picture = pictureimport::keep(found, files, kNow, pictureimport::idOf(found, kMine)).value();
        known.append({PictureId(known.size() + 1), picture.file, picture.bytes, isTrashed});
        return picture;
    }

    QTemporaryDir incoming;
    QTemporaryDir gallery;
    PictureFiles files{gallery.path()};
    QList<PictureFile> known;
};

} // namespace

class TestPictureImport final : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatAPictureSays()
    {
        Bench bench;
        const PictureFinds finds =
            bench.find({bench.file(QStringLiteral("fox.png"), withText(png(), QStringLiteral("a red fox"), 42))});
        QCOMPARE(finds.problems, QStringList());
        QCOMPARE(finds.pictures.size(), 1);
        const FoundPicture &found = finds.pictures.first();
        QCOMPARE(found.name, QStringLiteral("fox.png"));
        QCOMPARE(found.tool, ImageTool::WebUi);
        QCOMPARE(found.recipe->values.value(fields::kPrompt).toString(), QStringLiteral("a red fox"));
        QCOMPARE(found.recipe->values.value(fields::kSeed).toInt(), 42);
        QVERIFY(!found.preview.isNull());
        QCOMPARE(found.place, Place::Nowhere);
    }

    void takesWhatAServerSaysOfIt()
    {
        Bench bench;
        FoundPicture found = bench.find({bench.file(QStringLiteral("fox.png"), png())}).pictures.first();
        QVERIFY(!found.saysHow());
        const QString from = QStringLiteral("Studio");
        for (const QString &text : {QString(), QStringLiteral("  \n ")})
            QVERIFY(!pictureimport::takeText(found, text, from));
        QVERIFY(found.sidecar.isEmpty());
        QVERIFY(pictureimport::takeText(found, QStringLiteral("a red fox\nNegative prompt: blur\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 64x48"), from));
        QCOMPARE(found.recipe->values.value(fields::kPrompt).toString(), QStringLiteral("a red fox"));
        QCOMPARE(found.recipe->values.value(fields::kSeed).toInt(), 42);
        QCOMPARE(found.sidecar, from);
        QCOMPARE(pictureimport::keep(found, bench.files, kNow, QUuid::createUuid()).value().prompt, QStringLiteral("a red fox"));
    }

    void keepsTheBytesAndNoticesThemAgain()
    {
        Bench bench;
        const QByteArray bytes = withText(png(), QStringLiteral("a red fox"), 42);
        const QString path = bench.file(QStringLiteral("fox.png"), bytes);
        const FoundPicture found = bench.find({path}).pictures.first();
        const Picture picture = bench.keep(found);
        QCOMPARE(bench.files.read(picture.file, 1'000'000).value(), bytes);
        QCOMPARE(picture.prompt, QStringLiteral("a red fox"));
        QCOMPARE(picture.seed, 42);
        QCOMPARE(picture.size, QSize(64, 48));
        QVERIFY(picture.job.isEmpty());
        QVERIFY(!bench.files.thumbnail(picture.file).isNull());
        QCOMPARE(bench.find({path}).pictures.first().place, Place::Gallery);
        QCOMPARE(bench.find({path}).pictures.first().known, PictureId(1));
        const PictureFinds twice = bench.find(
            {bench.file(QStringLiteral("a.png"), png(Qt::red)), bench.file(QStringLiteral("b.png"), png(Qt::red))});
        QCOMPARE(twice.pictures.at(0).place, Place::Nowhere);
        QCOMPARE(twice.pictures.at(1).place, Place::AmongThese);
    }

    void whatLiesInTheTrashIsToldApart()
    {
        Bench bench;
        const QString path = bench.file(QStringLiteral("fox.png"), png());
        bench.keep(bench.find({path}).pictures.first(), true);
        const FoundPicture found = bench.find({path}).pictures.first();
        QCOMPARE(found.place, Place::Trash);
        QCOMPARE(found.known, PictureId(1));
        QVERIFY(!found.isThereAlready());
        // There as well: that one counts.
        bench.known.append({2, bench.known.first().file, bench.known.first().bytes, false});
        QCOMPARE(bench.find({path}).pictures.first().known, PictureId(2));
    }

    /// Files of other profiles lie in the same folder, and so does what a kill left.
    void whatIsNoPictureOfThisGalleryDoesNotCount()
    {
        Bench bench;
        const QString path = bench.file(QStringLiteral("fox.png"), png());
        const FoundPicture found = bench.find({path}).pictures.first();
        const Picture first = bench.keep(found);
        bench.known.clear();
        QCOMPARE(bench.find({path}).pictures.first().place, Place::Nowhere);
        // The same picture for the same profile is the same file.
        QCOMPARE(bench.keep(bench.find({path}).pictures.first()).file, first.file);
        QVERIFY(pictureimport::idOf(found, kMine) != pictureimport::idOf(found, ProfileId(QStringLiteral("other"))));
        QCOMPARE(pictureimport::nameOf(found, kNow, pictureimport::idOf(found, kMine)), first.file);
    }

    void aSeedIsAWholeNumberOrNone_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<std::optional<qint64>>("seed");
        const auto none = std::optional<qint64>();
        QTest::newRow("small") << QByteArray("7") << std::optional<qint64>(7);
        QTest::newRow("64 bits") << QByteArray("9223372036854775807") << std::optional<qint64>(9223372036854775807);
        QTest::newRow("beyond 64 bits") << QByteArray("9223372036854775808") << none;
        QTest::newRow("far beyond") << QByteArray("1e300") << none;
        QTest::newRow("below zero") << QByteArray("-1") << none;
        QTest::newRow("far below") << QByteArray("-1e300") << none;
        QTest::newRow("text") << QByteArray("\"7 dwarfs\"") << none;
    }
    void aSeedIsAWholeNumberOrNone()
    {
        QFETCH(QByteArray, written);
        QFETCH(std::optional<qint64>, seed);
        Bench bench;
        bench.file(QStringLiteral("a.png.json"),
                   R"({"recipe":{"endpoint":"txt2img","values":{"prompt":"a fox","seed":)" + written + "}}}");
        const FoundPicture found = bench.find({bench.file(QStringLiteral("a.png"), png())}).pictures.first();
        QVERIFY(found.recipe);
        QCOMPARE(bench.keep(found).seed, seed);
    }

    void whatChangedSinceIsNotKept()
    {
        Bench bench;
        const FoundPicture found = bench.find({bench.file(QStringLiteral("a.png"), png(Qt::red))}).pictures.first();
        bench.file(QStringLiteral("a.png"), png(Qt::blue));
        const Result<Picture> kept = pictureimport::keep(found, bench.files, kNow, QUuid::createUuid());
        QVERIFY(!kept.ok());
        QCOMPARE(kept.error().kind, ErrorKind::Conflict);
    }

    void readsFoldersAndPassesOverTheRest()
    {
        Bench bench;
        bench.file(QStringLiteral("set/a.png"), png(Qt::red));
        bench.file(QStringLiteral("set/deeper/b.dat"), png(Qt::blue)); // told by its content
        bench.file(QStringLiteral("set/notes.png"), "a text, whatever its name says");
        bench.file(QStringLiteral("set/.hidden.png"), png(Qt::green));
        QFile::link(bench.file(QStringLiteral("elsewhere.png"), png(Qt::yellow)),
                    bench.incoming.filePath(QStringLiteral("set/link.png")));
        QVERIFY(::mkfifo(QFile::encodeName(bench.incoming.filePath(QStringLiteral("set/pipe.png"))).constData(),
                         0600) == 0);
        const PictureFinds finds = bench.find({bench.incoming.filePath(QStringLiteral("set"))});
        QCOMPARE(finds.pictures.size(), 2);
        QCOMPARE(finds.pictures.at(1).name, QStringLiteral("b.dat"));
        QCOMPARE(finds.problems, QStringList());
    }

    void readsTheTextBesideIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("prompt");
        const QByteArray webUi(
            "a red fox\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42");
        const QByteArray ours(
            R"({"recipe":{"endpoint":"txt2img","values":{"prompt":"a blue fox","seed":7}},"template":"a {red|blue} fox"})");
        QTest::newRow("text") << QStringLiteral("a.txt") << webUi << QStringLiteral("a red fox");
        QTest::newRow("text, whole name") << QStringLiteral("a.png.txt") << webUi << QStringLiteral("a red fox");
        QTest::newRow("caption") << QStringLiteral("a.txt") << QByteArray("a plain caption")
                                 << QStringLiteral("a plain caption");
        QTest::newRow("ours") << QStringLiteral("a.png.json") << ours << QStringLiteral("a blue fox");
        QTest::newRow("InvokeAI")
            << QStringLiteral("a.json")
            << QByteArray(R"({"positive_prompt":"a green fox","seed":3,"steps":20,"width":64,"height":48})")
            << QStringLiteral("a green fox");
        QTest::newRow("no JSON") << QStringLiteral("a.json") << QByteArray("{\"recipe\":") << QString();
        QTest::newRow("other JSON") << QStringLiteral("a.json") << QByteArray("{\"x\":[1,2]}") << QString();
        QTest::newRow("bytes") << QStringLiteral("a.txt") << QByteArray("\xff\xfe\0\0", 4) << QString();
        QTest::newRow("too large") << QStringLiteral("a.txt") << QByteArray(2'000'000, 'a') << QString();
    }
    void readsTheTextBesideIt()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, prompt);
        Bench bench;
        bench.file(name, content);
        const FoundPicture found = bench.find({bench.file(QStringLiteral("a.png"), png())}).pictures.first();
        QCOMPARE(found.saysHow(), !prompt.isEmpty());
        if (found.saysHow())
            QCOMPARE(found.recipe->values.value(fields::kPrompt).toString(), prompt);
        QCOMPARE(found.sidecar, prompt.isEmpty() ? QString() : name);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("page") << QByteArray("<!doctype html><title>Sign in</title>");
        QTest::newRow("cut") << png().left(80);
        QTest::newRow("video") << QByteArray("\0\0\0\x18"
                                             "ftypmp42",
                                             12) +
                                      QByteArray(100, 'x');
        QByteArray bomb = png();
        bomb.replace(16, 8, QByteArray("\x00\x01\x00\x00\x00\x01\x00\x00", 8));
        QTest::newRow("bomb") << bomb;
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, bytes);
        Bench bench;
        const PictureFinds finds = bench.find({bench.file(QStringLiteral("x.png"), bytes)});
        QVERIFY(finds.pictures.isEmpty());
        QCOMPARE(finds.problems.size(), 1);
        QVERIFY(finds.problems.first().startsWith(QStringLiteral("x.png: ")));
        QVERIFY(!pictureimport::find(bytes, {bench.files, {}}).problems.isEmpty());
    }

    void endsWhereItIsEnough()
    {
        Bench bench;
        const QString big = bench.incoming.filePath(QStringLiteral("big.png"));
        QFile sparse(big);
        QVERIFY(sparse.open(QIODevice::WriteOnly));
        QVERIFY(sparse.write(png()) > 0 && sparse.resize(pictureimport::kMostBytes + 1));
        sparse.close();
        const PictureFinds finds = bench.find({big, bench.incoming.filePath(QStringLiteral("gone.png"))});
        QVERIFY(finds.pictures.isEmpty());
        QCOMPARE(finds.problems.size(), 2);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(pictureimport::find({bench.file(QStringLiteral("a.png"), png())}, {bench.files, {}}, stop.get_token())
                    .pictures.isEmpty());
    }

    void theClipboardHasNoFile()
    {
        Bench bench;
        const PictureFinds finds = pictureimport::find(withText(png(), QStringLiteral("a red fox"), 1), {bench.files, {}});
        QCOMPARE(finds.pictures.size(), 1);
        QVERIFY(finds.pictures.first().saysHow());
        QVERIFY(pictureimport::keep(finds.pictures.first(), bench.files, kNow, QUuid::createUuid()).ok());
    }
};

QTEST_GUILESS_MAIN(TestPictureImport)
#include "tst_pictureimport.moc"
