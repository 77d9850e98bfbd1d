// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isotime.h"
#include "core/gallery/loosefiles.h"
#include "core/gallery/originalname.h"
#include "core/gallery/picturestore.h"
#include "core/gallery/promptlog.h"
#include "core/imagefile/imagemetadata.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "core/images/retirementlog.h"
#include "core/language/languagechat.h"
#include "core/net/apiclient.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/lighthousejob.h"
#include "tests/support/fakenam.h"

#include <QBuffer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

/// Reads beside the program.
struct ImagesRows
{
    QString path;
    int of(const char *table) const
    {
        FakeClock clock;
        Database file(clock, nullptr, imagesKind());
        (void)await(file.open(path));
        return await(file.run<int>([table](SqlSession &session) {
                   const Result<QVariant> count = session.value(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)));
                   return count ? Result<int>(count->toInt()) : Result<int>(count.error());
               })).valueOr(-1);
    }
};

ImageModel aModel()
{
    ImageModel model;
    model.id = ImageModelId(QStringLiteral("5"));
    model.fileName = QStringLiteral("x.safetensors");
    model.typeText = QStringLiteral("checkpoint");
    model.type = ImageModelType::Checkpoint;
    return model;
}

} // namespace

/// What the workspace as a whole remembers.
class TestImageWorkspace final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeNam> m_links;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<ImageWorkspace> m_images;

    void restart(const ProfileId &profile = kMine)
    {
        m_images.reset();
        m_images = std::make_unique<ImageWorkspace>(ImageWorkspace::Parts{*m_client, *m_links, *m_clock, m_folder->path(), [] { return 0.5; }, {}});
        m_images->open(profile, Reach::Internet);
        waitForDisk();
    }
    /// What was asked of the file before has been answered.
    void waitForDisk() { (void)await(m_images->prompts().draft(kMine, {})); }
    void answer(const QString &reason)
    {
        std::optional<Error> error;
        if (!reason.isEmpty()) {
            error = Error::make(ErrorKind::NotFound, QStringLiteral("gone"));
            error->apiReason = reason;
        }
        emit m_images->queue().endpointAnswered(QStringLiteral("txt2img"), error);
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_nam = std::make_unique<FakeNam>();
        m_links = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        restart();
    }
    void cleanup()
    {
        m_images.reset();
        m_client.reset();
    }

    /// The client ends what it holds first, then the queue hears of the switch.
    void aSwitchOfTheProfileLosesNothingThatWasNotSent()
    {
        ApiClientConfig config = m_client->config();
        config.limiterCapacity = 1;
        m_client->setConfig(config);
        m_client->setKey(QStringLiteral("sk_test_key_0123456789"));
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        ImageQueue &queue = m_images->queue();
        const Result<QList<ImageJobId>> ids = await(queue.add({lighthouseJob(1), lighthouseJob(1)}));
        QVERIFY(ids.ok());
        const auto state = [&queue](const ImageJobId &id) {
            const std::optional<ImageJobView> view = queue.job(id);
            return view ? std::optional(view->job.state) : std::nullopt;
        };
        queue.resume();
        QTRY_VERIFY(m_client->status().inFlight == 1 && m_client->status().queued == 1);
        QCOMPARE(state(ids->last()), ImageJobState::Submitting);

        m_client->cancelAll();
        m_images->open(kOther, Reach::Internet);
        waitForDisk();
        m_images->open(kMine, Reach::Internet);
        QTRY_COMPARE(state(ids->last()), ImageJobState::Waiting);
        QCOMPARE(state(ids->first()), ImageJobState::Lost); // its request was on the wire
        QVERIFY(queue.isPaused());
    }

    /// Its list price goes into its file, where the endpoint has one, and when it was asked for.
    void aPictureTellsOfItsCostAndItsTimes()
    {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        image.save(&buffer, "PNG");
        m_links->setResponder([png](const FakeRequest &) { return FakeAnswer::payload(png); });
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{\"images\":[{\"image_url\":\"https://s.example.net/1.png\"}]}"); });
        m_client->setKey(QStringLiteral("sk_test_key_0123456789"));
        ImageQueue &queue = m_images->queue();
        QSignalSpy finished(&queue, &ImageQueue::finished);
        NewImageJob asked = lighthouseJob(1);
        asked.recipe = {QStringLiteral("flux-1-schnell"),
                        {{fields::kPrompt, QStringLiteral("a lighthouse")},
                         {fields::kSize, QJsonObject{{QStringLiteral("width"), 1024}, {QStringLiteral("height"), 1024}}},
                         {fields::kCount, 1},
                         {fields::kSteps, 4},
                         {fields::kSeed, 7}}};
        QVERIFY(await(queue.add({asked})).ok());
        queue.resume();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().value<ImageJob>().state, ImageJobState::Done);

        QDirIterator file(m_folder->path() + QStringLiteral("/gallery/originals"), {QStringLiteral("*.png")}, QDir::Files, QDirIterator::Subdirectories);
        QFile kept(file.next());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QJsonObject ours = readMetadata(kept.readAll()).value().json;
        QCOMPARE(ours.value(QLatin1String("submitted")).toString(), isoTime(m_clock->now()));
        QVERIFY(!ours.contains(QLatin1String("finished"))); // this server does not tell
        QCOMPARE(ours.value(QLatin1String("estimatedCost")).toObject().value(QLatin1String("amount")).toString(), QStringLiteral("0.003"));
    }

    void aRetiredEndpointIsKnownAfterARestart()
    {
        QVERIFY(m_images->retired().isEmpty());
        QSignalSpy changed(m_images.get(), &ImageWorkspace::retiredChanged);
        answer(QStringLiteral("API_NOT_FOUND"));
        QCOMPARE(changed.count(), 1);
        const RetiredMark mark = m_images->retired().value(QStringLiteral("txt2img"));
        QCOMPARE(mark.seenAt, m_clock->now());
        m_clock->advance(RetirementLog::kKept - Milliseconds(1));
        restart();
        QTRY_COMPARE(m_images->retired().value(QStringLiteral("txt2img")), mark);
        restart(kOther);
        QVERIFY(m_images->retired().isEmpty());
        m_images->open(kMine, Reach::Internet);
        QTRY_COMPARE(m_images->retired().size(), 1);
        m_images->close();
        QVERIFY(m_images->retired().isEmpty());
    }

    void aMarkIsForgottenInTime()
    {
        answer(QStringLiteral("API_NOT_ALLOWED"));
        m_clock->advance(RetirementLog::kKept);
        restart();
        QVERIFY(m_images->retired().isEmpty());
        m_clock->advance(-RetirementLog::kKept); // it is gone from the disk, too
        restart();
        QVERIFY(m_images->retired().isEmpty());
    }

    void aSuccessLiftsIt()
    {
        answer(QStringLiteral("API_NOT_FOUND"));
        restart();
        QTRY_COMPARE(m_images->retired().size(), 1);
        answer(QStringLiteral("BILLING_BALANCE_NOT_ENOUGH"));
        QCOMPARE(m_images->retired().size(), 1);
        answer({});
        QVERIFY(m_images->retired().isEmpty());
        restart();
        QVERIFY(m_images->retired().isEmpty());
    }

    void onlyTheApisOwnWordRetires_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isRetired");
        const auto row = [](const char *name, int status, const char *body, bool isRetired) { QTest::newRow(name) << status << QByteArray(body) << isRetired; };
        row("gone", 404, R"({"code":404,"reason":"API_NOT_FOUND","message":"gone","metadata":{}})", true);
        row("not allowed", 403, R"({"code":403,"reason":"API_NOT_ALLOWED","message":"no","metadata":{}})", true);
        row("in the message", 404, R"({"code":404,"message":"API_NOT_FOUND: gone"})", true);
        row("another server", 404, "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>nginx</body></html>", false);
        row("one that knows the word", 404, "<html><title>API_NOT_FOUND</title></html>", false);
        row("nothing", 404, "", false);
        row("plain", 404, "404 page not found", false);
        row("a model", 404, R"({"code":404,"reason":"MODEL_NOT_FOUND","message":"no such model","metadata":{}})", false);
    }
    void onlyTheApisOwnWordRetires()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isRetired);
        m_client->setKey(QStringLiteral("sk_test_0123456789abcdef"));
        m_nam->setResponder([status, body](const FakeRequest &) { return FakeAnswer::payload(body, status); });
        QTRY_VERIFY(!m_images->queue().isPaused());
        QVERIFY(await(m_images->queue().add({lighthouseJob()})));
        QTRY_COMPARE(m_images->queue().jobs().first().job.state, ImageJobState::Failed);
        QVERIFY(!m_images->queue().jobs().first().job.note.isEmpty());
        QCOMPARE(m_images->retired().contains(QStringLiteral("txt2img")), isRetired);
        QCOMPARE(m_images->retired().size(), isRetired ? 1 : 0);
    }

    /// Announced and written, and then a kill: nobody knows of it but the file that names it.
    void aKilledImportLeavesNoFile()
    {
        const PictureFiles files = m_images->files();
        const QUuid id = QUuid::createUuid();
        const QString name = originalName(QStringLiteral("png"), m_clock->now(), id);
        QVERIFY(await(m_images->looseFiles().announce({name})).ok());
        QVERIFY(files.saveOriginal("bytes", QStringLiteral("png"), m_clock->now(), id).ok());
        QVERIFY(QFile::exists(files.path(name)));
        restart();
        QVERIFY(!QFile::exists(files.path(name)));
    }

    void aRemovedProfileLeavesNothingBehind()
    {
        const auto kept = [this] { return QDir(m_folder->filePath(QStringLiteral("language"))).entryList(QDir::Files); };
        const auto rows = [this](const char *table) {
            ImagesRows count{m_folder->filePath(QStringLiteral("images.sqlite"))};
            return count.of(table);
        };
        Picture picture;
        picture.file = originalName(QStringLiteral("png"), m_clock->now(), QUuid::createUuid());
        QVERIFY(await(m_images->pictures().add(kMine, {picture})).ok());
        answer(QStringLiteral("API_NOT_FOUND"));
        m_images->catalogue().setFavourite(aModel(), true);
        const auto isRead = [this] { return m_images->chat().obstacle({}) != ChatObstacle::Reading; };
        QTRY_VERIFY(isRead());
        m_images->chat().setDraft(QStringLiteral("a secret"));
        m_images->open(kOther, Reach::Internet); // what is typed is written down
        QTRY_VERIFY(isRead());
        m_images->chat().setDraft(QStringLiteral("of the other"));
        m_images->open(kMine, Reach::Internet);
        QTRY_COMPARE(kept().size(), 2);
        QFile aside(m_folder->filePath(QStringLiteral("language/chat-mine.damaged-20260101-000000.json")));
        QVERIFY(aside.open(QIODevice::WriteOnly));
        QTRY_COMPARE(rows("kept_model"), 1);
        for (const char *name : {"videomodels-mine.json", "chat-not-mine.json"}) {
            QFile file(m_folder->filePath(QStringLiteral("language/") + QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        m_images->forget(kMine);
        QVERIFY(m_images->profile().isEmpty());
        QTRY_COMPARE(kept(), QStringList({QStringLiteral("chat-not-mine.json"), QStringLiteral("chat-other.json")}));
        QTRY_COMPARE(rows("kept_model"), 0);
        QTRY_COMPARE(rows("retired_endpoint"), 0);
        QCOMPARE(rows("picture"), 1); // nobody has thrown it away
    }

    void aSuccessIsNewerThanTheDisk()
    {
        answer(QStringLiteral("API_NOT_FOUND"));
        restart();
        QTRY_COMPARE(m_images->retired().size(), 1);
        m_images->open(kMine, Reach::Internet);
        answer({}); // before the disk has answered
        waitForDisk();
        QVERIFY(m_images->retired().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestImageWorkspace)
#include "tst_imageworkspace.moc"
