// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/novitabackend.h"
#include "core/cloud/endpoints/requestbody.h"
#include "core/cloud/endpoints/retirement.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/images/videomodels.h"
#include "core/net/apiclient.h"
#include "tests/gallery/imagesfile.h"
#include "tests/support/fakenam.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

const TimePoint kNow(Milliseconds(1'767'225'600'000));

QByteArray config(const QStringList &names)
{
    QJsonArray rows;
    for (const QString &name : names) {
        const QJsonObject prompt{{QStringLiteral("type"), QStringLiteral("string")}};
        const QJsonObject schema{{QStringLiteral("type"), QStringLiteral("object")},
                                 {QStringLiteral("required"), QJsonArray{QStringLiteral("prompt")}},
                                 {QStringLiteral("properties"), QJsonObject{{QStringLiteral("prompt"), prompt}}}};
        rows.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("json_schema"), schema}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("configs"), rows}}).toJson();
}

QStringList namesOf(const VideoModelList &list)
{
    QStringList names;
    for (const VideoModel &model : list.models)
        names.append(model.name);
    return names;
}

QStringList decoded(const QByteArray &answer)
{
    const Result<VideoModelList> list = videomodels::decode(answer, kNow);
    return list ? namesOf(*list) : QStringList{QStringLiteral("refused")};
}

} // namespace

/// The video models that the cloud describes at run time.
class TestVideoModels final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeNam> m_api;
    std::unique_ptr<FakeNam> m_links;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<ImageWorkspace> m_images;

    void restart(const ProfileId &profile = kMine)
    {
        m_images.reset();
        m_images = std::make_unique<ImageWorkspace>(
            ImageWorkspace::Parts{*m_client, *m_links, *m_clock, m_folder->path(), [] { return 0.5; }, {}});
        m_images->open(profile, Reach::Internet);
    }
    VideoModels &models() const { return m_images->videoModels(); }
    QStringList names() const { return namesOf(models().list()); }
    const EndpointSpec *spec(const char *id) const { return m_images->endpoints().find(QLatin1String(id)); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_api = std::make_unique<FakeNam>();
        m_links = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_api, *m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("sk_test_0123456789abcdef"));
        restart();
    }
    void cleanup()
    {
        m_images.reset();
        m_client.reset();
    }

    void allFormsOfTheListAreRead()
    {
        const QByteArray object = R"({"type":"object","properties":{"prompt":{"type":"string"}}})";
        const QByteArray text =
            QJsonDocument(QJsonArray{QString::fromLatin1(object)}).toJson(QJsonDocument::Compact).mid(1).chopped(1);
        const QStringList one{QStringLiteral("a")};
        QCOMPARE(decoded("{\"configs\":[{\"name\":\"a\",\"json_schema\":" + object + "}]}"), one);
        QCOMPARE(decoded("{\"configs\":[{\"name\":\"a\",\"json_schema\":" + text + "}]}"), one);
        QCOMPARE(decoded("{\"code\":0,\"data\":{\"configs\":[{\"model\":\"a\",\"schema\":" + object + "}]}}"), one);
        QCOMPARE(decoded("{\"data\":[{\"model_name\":\"a\",\"input_schema\":" + object + "}]}"), one);
        QCOMPARE(decoded("[{\"id\":\"a\",\"json_schema\":{\"name\":\"x\",\"schema\":" + object + "}}]"), one);
        QCOMPARE(decoded("{\"configs\":[]}"), QStringList());
        QCOMPARE(decoded("{\"configs\":null}"), QStringList());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("page") << QByteArray("<html>503</html>");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << config({QStringLiteral("a")}).chopped(20);
        QTest::newRow("other") << QByteArray(R"({"configs": 7})");
        QTest::newRow("error") << QByteArray(R"({"code":403,"reason":"API_NOT_ALLOWED","message":"no","metadata":{}})");
        QTest::newRow("none") << QByteArray(
            R"({"configs": [{"name": "a"}, 7, null, {"name": "b", "json_schema": {"required": ["x"]}}]})");
        QTest::newRow("names") << config({QStringLiteral("../../etc"), QStringLiteral("a\nb"), QString(),
                                          QString(300, QLatin1Char('a')), QStringLiteral("<b>x</b>")});
        QTest::newRow("large") << QByteArray("{\"configs\":[]}" + QByteArray(videomodels::kMostBytes, ' '));
        QTest::newRow("deep") << QByteArray("{\"configs\":" + QByteArray(3000, '[') + QByteArray(3000, ']') + '}');
    }
    void whatMakesNoSenseIsRefused()
    {
        QFETCH(const QByteArray, answer);
        QCOMPARE(decoded(answer), QStringList{QStringLiteral("refused")});
    }

    void oneBadModelDoesNotTakeTheOthers()
    {
        QStringList many;
        for (int i = 0; i < 300; ++i)
            many.append(QStringLiteral("m%1").arg(i));
        QCOMPARE(decoded(config(many)).size(), videomodels::kMostModels);
        QCOMPARE(decoded(config({QStringLiteral("a"), QStringLiteral(".."), QStringLiteral("b"), QStringLiteral("a")})),
                 (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    }

    void areAskedForWithoutTheKeyAndOnlyWhenSomebodyLooks()
    {
        m_links->script(FakeAnswer::payload(config({QStringLiteral("kling-v9")})));
        QTRY_VERIFY(models().isRead());
        QCOMPARE(m_links->count(), 0);
        QSignalSpy changed(m_images.get(), &ImageWorkspace::endpointsChanged);
        models().prepare();
        models().prepare();
        QTRY_COMPARE(names(), QStringList{QStringLiteral("kling-v9")});
        QCOMPARE(m_links->count(), 1);
        QCOMPARE(m_links->requests().at(0).request.url(),
                 QUrl(QStringLiteral("https://api.novita.ai/v3/admin/video-unify-api/config")));
        QVERIFY(m_links->requests().at(0).header("Authorization").isEmpty());
        QCOMPARE(m_api->count(), 0);
        QCOMPARE(changed.count(), 1);
        QVERIFY(spec("video:kling-v9"));
        QVERIFY(m_images->endpoints().serving(ImageMode::TextToVideo).contains(spec("video:kling-v9")));
        m_clock->advance(VideoModels::kFresh - Milliseconds(1));
        models().prepare();
        QCOMPARE(m_links->count(), 1);
        m_clock->advance(Milliseconds(1));
        m_links->script(FakeAnswer::payload(config({QStringLiteral("kling-v9"), QStringLiteral("wan9")})));
        models().prepare();
        QTRY_COMPARE(names().size(), 2);
    }

    void aFailureDisturbsNothing_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 429, 500, 503})
            QTest::newRow(QByteArray::number(status).constData()) << status;
    }
    void aFailureDisturbsNothing()
    {
        QFETCH(const int, status);
        QSignalSpy rejected(m_client.get(), &ApiClient::keyRejected);
        m_links->script(FakeAnswer::payload(config({QStringLiteral("a")})));
        models().prepare();
        QTRY_COMPARE(names().size(), 1);
        m_clock->advance(VideoModels::kFresh);
        m_links->script(
            FakeAnswer::payload(R"({"code":403,"reason":"INVALID_API_KEY","message":"no","metadata":{}})", status));
        QSignalSpy failed(&models(), &VideoModels::failed);
        models().prepare();
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(m_links->count(), 2);
        QCOMPARE(names().size(), 1);
        QVERIFY(m_client->hasKey());
        QCOMPARE(rejected.count(), 0);
        models().prepare(); // and it is not asked again and again
        QCOMPARE(m_links->count(), 2);
        m_clock->advance(VideoModels::kAfterError);
        models().prepare();
        QCOMPARE(m_links->count(), 3);
    }

    void theLastListIsThereAfterARestart()
    {
        m_links->script(FakeAnswer::payload(config({QStringLiteral("a"), QStringLiteral("b")})));
        models().prepare();
        QTRY_COMPARE(names().size(), 2);
        restart();
        QTRY_VERIFY(models().isRead());
        QCOMPARE(names().size(), 2);
        QVERIFY(spec("video:b"));
        QCOMPARE(models().list().readAt, m_clock->now());
        m_images->open(kOther, Reach::Internet);
        QVERIFY(!spec("video:b")); // of another cloud
        QTRY_VERIFY(models().isRead());
        QVERIFY(names().isEmpty());
        m_images->open(kMine, Reach::Internet);
        QTRY_VERIFY(spec("video:b"));
    }

    void aDamagedFileIsNoList()
    {
        m_links->script(FakeAnswer::payload(config({QStringLiteral("a")})));
        models().prepare();
        QTRY_COMPARE(names().size(), 1);
        m_images.reset();
        const QDir folder(m_folder->filePath(QStringLiteral("video")));
        const QStringList files = folder.entryList({QStringLiteral("*.json")}, QDir::Files);
        QCOMPARE(files.size(), 1);
        QFile file(folder.filePath(files.first()));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(40));
        file.close();
        restart();
        QTRY_VERIFY(models().isRead());
        QVERIFY(names().isEmpty());
    }

    void aModelThatIsNamedNoMoreStaysReadable()
    {
        m_links->script(FakeAnswer::payload(config({QStringLiteral("old"), QStringLiteral("new")})));
        models().prepare();
        QTRY_COMPARE(names().size(), 2);
        const TimePoint seen = m_clock->now();
        m_clock->advance(std::chrono::days(2));
        m_links->script(FakeAnswer::payload(config({QStringLiteral("new")})));
        models().prepare();
        QTRY_COMPARE(models().list().readAt, m_clock->now());
        QCOMPARE(names(), (QStringList{QStringLiteral("new"), QStringLiteral("old")}));
        QCOMPARE(models().list().models.at(1).seenAt, seen);
        const QDate today(2026, 11, 22);
        QCOMPARE(standingOn(*spec("video:new"), today).status, EndpointAvailability::Listed);
        QVERIFY(standingOn(*spec("video:new"), today).sentence.contains(QLatin1String("described")));
        QCOMPARE(standingOn(*spec("video:old"), today).status, EndpointAvailability::Unlisted);
        QVERIFY(standingOn(*spec("video:old"), today).sentence.contains(QLatin1String("No longer among")));
        m_clock->advance(videomodels::kKept);
        m_links->script(FakeAnswer::payload(config({QStringLiteral("new")})));
        models().prepare();
        QTRY_COMPARE(names(), QStringList{QStringLiteral("new")});
        QVERIFY(!spec("video:old"));
    }

    /// It was failed for good: of an endpoint that this version does not know.
    void aJobOfAModelThatIsNotDescribedYetWaits()
    {
        QTRY_VERIFY(m_images->status().isOpen());
        ImageQueue &queue = m_images->queue();
        const auto first = [&queue] { return queue.jobs().value(0); };
        NewImageJob job;
        job.backend = NovitaBackend::backendId();
        job.recipe = {QStringLiteral("video:kling-v9"), {{QStringLiteral("prompt"), QStringLiteral("a tram")}}};
        m_links->script(FakeAnswer::payload("{}", 503));
        QSignalSpy failed(&models(), &VideoModels::failed);
        QVERIFY(await(queue.add({job})).ok());
        QTRY_COMPARE(failed.count(), 1); // asked by itself
        QCOMPARE(first().job.state, ImageJobState::Waiting);
        QVERIFY2(first().trouble.contains(QLatin1String("video models")), qPrintable(first().trouble));
        NewImageJob other = job; // does not wait with it
        other.recipe.endpoint = QStringLiteral("nobody-knows");
        QVERIFY(await(queue.add({other})).ok());
        QTRY_COMPARE(queue.openCount(), 1);
        QCOMPARE(m_api->count(), 0);
        m_clock->advance(VideoModels::kAfterError);
        m_links->script(FakeAnswer::payload(config({QStringLiteral("kling-v9")})));
        m_api->script(FakeAnswer::hanging());
        queue.followEndpoints();
        QTRY_COMPARE(m_api->count(), 1);
        QVERIFY(first().job.state != ImageJobState::Failed);
    }

    void aJobOfAModelThatTheCloudDoesNotNameFails()
    {
        QTRY_VERIFY(m_images->status().isOpen());
        ImageQueue &queue = m_images->queue();
        QSignalSpy finished(&queue, &ImageQueue::finished);
        NewImageJob job;
        job.backend = NovitaBackend::backendId();
        job.recipe = {QStringLiteral("video:kling-v9"), {{QStringLiteral("prompt"), QStringLiteral("a tram")}}};
        m_links->script(FakeAnswer::payload(config({QStringLiteral("wan9")})));
        QVERIFY(await(queue.add({job})).ok());
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(queue.jobs().value(0).job.state, ImageJobState::Failed);
        QCOMPARE(m_links->count(), 1);
    }

    void ofARemovedProfileNoListStays()
    {
        const auto files = [this] { return QDir(m_folder->filePath(QStringLiteral("video"))).entryList(QDir::Files); };
        for (const ProfileId &profile : {kOther, kMine}) {
            m_images->open(profile, Reach::Internet);
            m_links->script(FakeAnswer::payload(config({QStringLiteral("a")})));
            models().prepare();
            QTRY_COMPARE(names().size(), 1);
        }
        QTRY_COMPARE(files().size(), 2);
        m_images->forget(kMine);
        QTRY_COMPARE(files(), QStringList{QStringLiteral("videomodels-other.json")});
    }

    /// What is withdrawn is kept beside what is there: the file grew until nothing of it was read any more.
    void whatIsKeptCanBeReadBack()
    {
        VideoModelList list;
        for (int i = 0; i < 6; ++i) {
            QJsonDocument answer = QJsonDocument::fromJson(config({QStringLiteral("m%1").arg(i)}));
            QJsonArray rows = answer.object().value(QStringLiteral("configs")).toArray();
            QJsonObject row = rows.at(0).toObject();
            QJsonObject schema = row.value(QStringLiteral("json_schema")).toObject();
            schema.insert(QStringLiteral("$comment"), QString(videomodels::kMostBytes * 3 / 4, QLatin1Char('x')));
            row.insert(QStringLiteral("json_schema"), schema);
            rows.replace(0, row);
            const TimePoint now = kNow + std::chrono::hours(i);
            const Result<VideoModelList> read = videomodels::decode(QJsonDocument(rows).toJson(), now);
            QVERIFY(read.ok());
            list = videomodels::merged(*read, list);
            QCOMPARE(list.models.first().name, QStringLiteral("m%1").arg(i));
        }
        QCOMPARE(namesOf(list), (QStringList{QStringLiteral("m5"), QStringLiteral("m4")}));
        const QByteArray written = videomodels::written(list);
        QVERIFY2(written.size() <= videomodels::kMostKeptBytes, qPrintable(QString::number(written.size())));
        const Result<VideoModelList> back = videomodels::readKept(written);
        QVERIFY(back.ok());
        QCOMPARE(namesOf(*back), namesOf(list));
    }

    void anAnswerThatComesTooLateIsNotTheNextProfiles()
    {
        m_links->script(FakeAnswer::hanging());
        QTRY_VERIFY(models().isRead());
        models().prepare();
        QCOMPARE(m_links->count(), 1);
        m_images->open(kOther, Reach::Internet);
        QCOMPARE(m_links->abortedCount(), 1);
        QTRY_VERIFY(models().isRead());
        QVERIFY(names().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestVideoModels)
#include "tst_videomodels.moc"
