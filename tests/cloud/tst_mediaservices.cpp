// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/services/cursorwalk.h"
#include "core/cloud/services/imageservice.h"
#include "core/cloud/services/languageservice.h"
#include "core/cloud/services/modelservice.h"
#include "core/net/apiclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <limits>
#include <memory>

using namespace novita;

namespace {

/// `count` models from number `first` on, and a cursor.
FakeAnswer modelPage(int first, int count, const QByteArray &cursor)
{
    QByteArray rows;
    for (int i = first; i < first + count; ++i)
        rows += (i > first ? "," : "") + QByteArray("{\"id\":") + QByteArray::number(i) + ",\"type\":{\"name\":\"lora\"}}";
    return FakeAnswer::payload("{\"models\":[" + rows + "],\"pagination\":{\"next_cursor\":\"" + cursor + "\"}}");
}

QByteArray chunk(const char *content)
{
    return QByteArray("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"") + content + "\"}}],\"usage\":null}\n\n";
}

ChatRequest question()
{
    ChatRequest request;
    request.model = LanguageModelId(QStringLiteral("vendor/tide-7b"));
    request.messages = {{ChatRole::System, QStringLiteral("Be brief.")}, {ChatRole::User, QStringLiteral("Name three tides.")}};
    request.parameters.temperature = 0.5;
    return request;
}

} // namespace

class TestMediaServices : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;

    const FakeRequest &sent(int index) const { return m_nam->requests().at(static_cast<std::size_t>(index)); }
    const EndpointSpec &endpoint(const char *id) const { return *m_table.find(QString::fromLatin1(id)); }
    QString queryOf(int index) const { return sent(index).request.url().query(); }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
    }
    void cleanup()
    {
        m_client.reset();
        m_nam.reset();
        m_clock.reset();
    }

    void aJobIsQueuedOnceAndReadByItsId()
    {
        m_nam->script(FakeAnswer::payload("{\"task_id\":\"t-1\"}"));
        m_nam->script(FakeAnswer::payload("{\"task\":{\"task_id\":\"t-1\",\"status\":\"TASK_STATUS_SUCCEED\"},\"images\":[{\"image_url\":\"https://s.example.net/1.png\"}]}"));
        const ImageService service(*m_client);
        const QJsonObject body{{QStringLiteral("request"), QJsonObject()}};
        const Result<TaskId> id = await(service.submit(endpoint("txt2img"), body));
        QVERIFY(id);
        QCOMPARE(id->toString(), QStringLiteral("t-1"));
        QCOMPARE(sent(0).path(), QStringLiteral("/v3/async/txt2img"));
        QCOMPARE(QJsonDocument::fromJson(sent(0).body).object(), body);
        const Result<ImageTask> task = await(service.taskResult(*id));
        QVERIFY(task);
        QCOMPARE(task->status, TaskStatus::Succeeded);
        QCOMPARE(sent(1).path(), QStringLiteral("/v3/async/task-result"));
        QCOMPARE(queryOf(1), QStringLiteral("task_id=t-1"));
    }

    void aServerThatLeavesAJobHangingIsGivenUp()
    {
        QCOMPARE(ImageService::longestSubmit(0), Milliseconds(Seconds(60)));
        QVERIFY(ImageService::longestSubmit(4 * 1024 * 1024) > Seconds(180)); // on a slow line
        QCOMPARE(ImageService::longestSubmit(std::numeric_limits<qint64>::max()), Milliseconds(Seconds(300)));
        QCOMPARE(ImageService::longestSubmit(-1), Milliseconds(Seconds(60)));
    }

    /// The job may exist and cost: nobody can ask for it.
    void aLostReplyIsNeverFollowedByASecondJob_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("connection gone") << 0;
        QTest::newRow("server error") << 500;
        QTest::newRow("no task id") << 200;
    }
    void aLostReplyIsNeverFollowedByASecondJob()
    {
        QFETCH(int, status);
        m_nam->setResponder([status](const FakeRequest &) {
            return status == 0 ? FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError) : FakeAnswer::payload("{}", status);
        });
        const Result<TaskId> id = await(ImageService(*m_client).submit(endpoint("img2img"), {}));
        QVERIFY(!id);
        QVERIFY(id.error().effectUnknown);
        QCOMPARE(m_nam->count(), 1);
    }

    void theResultOfAnotherTaskIsNotTaken()
    {
        m_nam->script(FakeAnswer::payload("{\"task\":{\"task_id\":\"t-2\",\"status\":\"TASK_STATUS_SUCCEED\"}}"));
        const Result<ImageTask> task = await(ImageService(*m_client).taskResult(TaskId(QStringLiteral("t-1"))));
        QVERIFY(!task);
        QCOMPARE(task.error().kind, ErrorKind::Protocol);
    }

    void anEndpointThatIsGoneSaysSoAndTheKeyStays()
    {
        QSignalSpy rejected(m_client.get(), &ApiClient::keyRejected);
        m_nam->script(FakeAnswer::payload("{\"code\":403,\"reason\":\"API_NOT_ALLOWED\",\"message\":\"not open\",\"metadata\":{}}", 403));
        m_nam->script(FakeAnswer::payload("{\"code\":404,\"reason\":\"API_NOT_FOUND\",\"message\":\"gone\",\"metadata\":{}}", 404));
        m_nam->script(FakeAnswer::payload("{\"code\":403,\"reason\":\"INVALID_API_KEY\",\"message\":\"who?\",\"metadata\":{}}", 403));
        const ImageService service(*m_client);
        const Result<TaskId> refused = await(service.submit(endpoint("upscale"), {}));
        QCOMPARE(refused.error().kind, ErrorKind::Forbidden);
        QCOMPARE(refused.error().apiReason, QStringLiteral("API_NOT_ALLOWED"));
        QCOMPARE(await(service.submit(endpoint("upscale"), {})).error().apiReason, QStringLiteral("API_NOT_FOUND"));
        QCOMPARE(rejected.count(), 0);
        QCOMPARE(await(service.submit(endpoint("upscale"), {})).error().kind, ErrorKind::Unauthorized);
        QCOMPARE(rejected.count(), 1);
    }

    void aBlockingEditAnswersWithItsPicture()
    {
        m_nam->script(FakeAnswer::payload("{\"image_file\":\"aGVsbG8=\",\"image_type\":\"png\"}"));
        const QByteArray large = QByteArray(18 * 1024 * 1024, 'x').toBase64(); // more than other answers may have
        m_nam->script(FakeAnswer::payload("{\"image_file\":\"" + large + "\"}"));
        const ImageService service(*m_client);
        const Result<SyncImageAnswer> answer = await(service.perform(endpoint("remove-background"), {}));
        QVERIFY(answer);
        QCOMPARE(answer->images.first().bytes, QByteArray("hello"));
        const Result<SyncImageAnswer> second = await(service.perform(endpoint("remove-background"), {}));
        QVERIFY(second);
        QCOMPARE(second->images.first().bytes.size(), 18 * 1024 * 1024);
    }

    void aCursorWalkEndsInEachOfItsWays()
    {
        CursorWalk walk;
        QVERIFY(walk.advance(QStringLiteral("c_1"), 100, 100));
        QCOMPARE(walk.cursor(), QStringLiteral("c_1"));
        QVERIFY(walk.advance(QStringLiteral("c_2"), 100, 100));
        QVERIFY(!walk.advance(QStringLiteral("c_1"), 100, 100)); // round in a circle
        QVERIFY(!walk.advance(QStringLiteral("c_2"), 100, 100)); // on the spot
        QVERIFY(!walk.advance(QString(), 100, 100));
        QVERIFY(!walk.advance(QStringLiteral("c_3"), 99, 100));
        CursorWalk endless;
        int pages = 1;
        while (endless.advance(QString::number(pages), 100, 100))
            ++pages;
        QCOMPARE(pages, CursorWalk::kMostPages);
    }

    void aPageOfTheCatalogueIsAskedForAsDocumented()
    {
        m_nam->script(modelPage(0, 20, "c_WzIwXQ=="));
        ImageModelQuery query;
        query.type = ImageModelType::Lora;
        query.text = QStringLiteral("de tail+");
        query.sdxl = false;
        const Result<ImageModelPage> page = await(ModelService(*m_client).page(query, QStringLiteral("c_a+b="), 20));
        QVERIFY(page);
        QCOMPARE(page->models.size(), 20);
        QCOMPARE(page->nextCursor, QStringLiteral("c_WzIwXQ=="));
        QCOMPARE(sent(0).path(), QStringLiteral("/v3/model"));
        const QByteArray encoded = sent(0).request.url().query(QUrl::FullyEncoded).toLatin1();
        QCOMPARE(encoded, QByteArray("filter.types=lora&filter.query=de%20tail%2B&filter.is_sdxl=false&pagination.limit=20&pagination.cursor=c_a%2Bb%3D"));
    }

    void theCatalogueIsWalkedToItsEnd()
    {
        m_nam->script(modelPage(0, 100, "c_1"));
        m_nam->script(modelPage(90, 100, "c_2")); // ten of them are known
        m_nam->script(modelPage(190, 7, "c_3"));
        const auto models = await(ModelService(*m_client).all({}));
        QVERIFY(models);
        QCOMPARE(models->size(), 197);
        QVERIFY(!models->partial);
        QCOMPARE(m_nam->count(), 3);
        QVERIFY(!queryOf(0).contains(QLatin1String("cursor")));
        QVERIFY(queryOf(2).contains(QLatin1String("pagination.cursor=c_2")));
    }

    void aCatalogueWithoutEndIsCutOff()
    {
        m_nam->setResponder([this](const FakeRequest &) { return modelPage(m_nam->count() * 100, 100, "c_" + QByteArray::number(m_nam->count())); });
        const auto models = await(ModelService(*m_client).all({}, 250));
        QVERIFY(models);
        QCOMPARE(models->size(), 250);
        QVERIFY(models->partial);
        QCOMPARE(m_nam->count(), 3);
    }

    void aPageThatFailsFailsTheCatalogue()
    {
        m_nam->script(modelPage(0, 100, "c_1"));
        m_nam->script(FakeAnswer::payload("{\"reason\":\"INVALID_REQUEST_BODY\"}", 400));
        QVERIFY(!await(ModelService(*m_client).all({})));
    }

    void theCatalogueCanBeGivenUp()
    {
        m_nam->script(modelPage(0, 100, "c_1"));
        m_nam->script(FakeAnswer::hanging());
        auto *call = ModelService(*m_client).all({});
        QTRY_COMPARE(m_nam->count(), 2);
        call->cancel();
        QCOMPARE(m_nam->abortedCount(), 1);
    }

    void languageModelsAreListed()
    {
        m_nam->script(FakeAnswer::payload("{\"data\":[{\"id\":\"vendor/tide-7b\",\"context_size\":8192,\"input_token_price_per_m\":700}]}"));
        const auto models = await(LanguageService(*m_client).models());
        QVERIFY(models);
        QCOMPARE(models->first().inputPrice, Money::fromDecimalText(u"0.07"));
        QCOMPARE(sent(0).path(), QStringLiteral("/openai/v1/models"));
        QCOMPARE(builtInLanguageModels().size(), 5);
        QCOMPARE(plainModelName(QStringLiteral("@novita/models/x")), QStringLiteral("x"));
    }

    void anAnswerIsStreamed()
    {
        m_nam->script(FakeAnswer::payload(": hello\n\n" + chunk("Spring, ") + chunk("neap") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                                          + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":8,\"total_tokens\":17}}\n\ndata: [DONE]\n\n"));
        const std::unique_ptr<ChatStream> stream = LanguageService(*m_client).chat(question());
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QSignalSpy received(stream.get(), &ChatStream::received);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY2(!stream->error(), stream->error() ? qPrintable(stream->error()->message) : "");
        QCOMPARE(stream->content(), QStringLiteral("Spring, neap"));
        QCOMPARE(stream->finishReason(), QStringLiteral("stop"));
        QCOMPARE(stream->usage()->total, 17);
        QCOMPARE(received.count(), 1); // it came in one piece
        const QJsonObject body = QJsonDocument::fromJson(sent(0).body).object();
        QCOMPARE(body.value(QLatin1String("stream")).toBool(), true);
        QCOMPARE(body.value(QLatin1String("max_tokens")).toInt(), 1024);
        QCOMPARE(body.value(QLatin1String("temperature")).toDouble(), 0.5);
        QCOMPARE(body.value(QLatin1String("messages")).toArray().size(), 2);
        QCOMPARE(sent(0).header("Accept"), QByteArray("text/event-stream, application/json"));
        QCOMPARE(sent(0).path(), QStringLiteral("/openai/v1/chat/completions"));
    }

    void anAnswerThatBreaksOffKeepsWhatHadCome_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<QString>("message");
        QTest::newRow("cut") << QByteArray() << QStringLiteral("The answer ended in the middle");
        QTest::newRow("error") << QByteArray("data: {\"error\":{\"message\":\"overloaded\"}}\n\n") << QStringLiteral("overloaded");
        QTest::newRow("no JSON") << QByteArray("data: <html>\n\n") << QString();
    }
    void anAnswerThatBreaksOffKeepsWhatHadCome()
    {
        QFETCH(QByteArray, tail);
        QFETCH(QString, message);
        m_nam->script(FakeAnswer::payload(chunk("Spring") + tail));
        const std::unique_ptr<ChatStream> stream = LanguageService(*m_client).chat(question());
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(stream->error());
        if (!message.isEmpty())
            QCOMPARE(stream->error()->message, message);
        QCOMPARE(stream->content(), QStringLiteral("Spring"));
        QVERIFY(stream->finishReason().isEmpty());
    }

    void aRefusedQuestionIsAnOrdinaryError()
    {
        m_nam->script(FakeAnswer::payload("{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"top up\"}", 403));
        const std::unique_ptr<ChatStream> stream = LanguageService(*m_client).chat(question());
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(stream->error()->kind, ErrorKind::Quota);
        QVERIFY(stream->content().isEmpty());
        QCOMPARE(m_nam->count(), 1);
    }

    void anAnswerCanBeStopped()
    {
        m_nam->script(FakeAnswer::hanging());
        m_nam->script(FakeAnswer::hanging());
        std::unique_ptr<ChatStream> stream = LanguageService(*m_client).chat(question());
        QSignalSpy finished(stream.get(), &ChatStream::finished);
        QTRY_COMPARE(m_nam->count(), 1);
        stream->stop();
        QCOMPARE(finished.count(), 1);
        QVERIFY(!stream->error() && !stream->isRunning());
        QCOMPARE(m_nam->abortedCount(), 1);
        stream = LanguageService(*m_client).chat(question());
        QTRY_COMPARE(m_nam->count(), 2);
        stream.reset(); // letting go of it stops it too
        QCOMPARE(m_nam->abortedCount(), 2);
    }

    void anAnswerMayBeStoppedByWhoeverHearsIt()
    {
        m_nam->script(FakeAnswer::payload(chunk("one") + chunk("two") + "data: [DONE]\n\n"));
        std::unique_ptr<ChatStream> stream = LanguageService(*m_client).chat(question());
        bool heard = false;
        connect(stream.get(), &ChatStream::received, this, [&] {
            heard = true;
            stream.reset();
        });
        QTRY_VERIFY(heard);
        QVERIFY(!stream);
    }

    void parametersSayTheirRanges()
    {
        ChatParameters parameters;
        QVERIFY(parameters.problems().isEmpty());
        parameters.maxTokens = 0;
        parameters.temperature = 2.5;
        parameters.topK = 500;
        parameters.stop = QStringList(5, QStringLiteral("x"));
        QCOMPARE(parameters.problems().size(), 4);
        QCOMPARE(parameters.problems().at(1), QStringLiteral("Temperature must be from 0 to 2."));
    }
};

QTEST_GUILESS_MAIN(TestMediaServices)
#include "tst_mediaservices.moc"
