// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/imagefile/imageheader.h"
#include "core/sandbox/media/painter.h"
#include "core/sandbox/sandboxserver.h"
#include "tests/support/await.h"
#include "tests/support/fakenam.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace novita;

namespace {

QByteArray json(const QJsonValue &value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson() : QJsonDocument(value.toObject()).toJson();
}

QString picture(const char *bytes)
{
    return QString::fromLatin1(QByteArray(bytes).toBase64());
}

QByteArray answerOf(const QStringList &pictures, const QJsonObject &info)
{
    return json(QJsonObject{{QStringLiteral("images"), QJsonArray::fromStringList(pictures)}, {QStringLiteral("parameters"), QJsonObject()},
                            {QStringLiteral("info"), QString::fromUtf8(QJsonDocument(info).toJson())}});
}

QByteArray progressOf(double part, const QString &job, const QString &task = {})
{
    return json(QJsonObject{{QStringLiteral("progress"), part}, {QStringLiteral("eta_relative"), 4.2}, {QStringLiteral("current_task"), task},
                            {QStringLiteral("state"), QJsonObject{{QStringLiteral("job"), job}, {QStringLiteral("job_count"), job.isEmpty() ? 0 : 1}}}});
}

} // namespace

/// A WebUI server as a backend: what it is sent, what its answers become, and what a server can do to it.
class TestWebUiBackend final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<SandboxServer> m_cloud;
    std::unique_ptr<WebUiBackend> m_backend;
    FakeAnswer m_job = FakeAnswer::hanging(); ///< to what makes pictures
    std::function<FakeAnswer()> m_progress;
    std::function<FakeAnswer(const QString &task)> m_named; ///< to what asks for one job by its name
    int m_interrupts = 0;

    ImageRequest request(const char *endpoint, const QJsonObject &values, const InputImages &images = {}, std::optional<ImageMode> mode = {}) const
    {
        RequestOptions options;
        options.mode = mode;
        return {*m_table.find(QString::fromLatin1(endpoint)), {QString::fromLatin1(endpoint), values}, images, options};
    }
    static QJsonObject lighthouse(const QJsonObject &more = {})
    {
        QJsonObject values{{fields::kPrompt, QStringLiteral("a lighthouse")}, {fields::kSize, QJsonObject{{QStringLiteral("width"), 128}, {QStringLiteral("height"), 64}}},
                           {fields::kCount, 2}, {fields::kSteps, 20}, {fields::kGuidance, 7}, {fields::kSampler, QStringLiteral("Euler a")}, {fields::kSeed, -1}};
        for (auto it = more.begin(); it != more.end(); ++it)
            values.insert(it.key(), it.value());
        return values;
    }
    QJsonObject sentBody() const { return QJsonDocument::fromJson(m_nam->requests().front().body).object(); }
    Result<ImageWork> make() { return await(m_backend->submit(request("webui-txt2img", lighthouse()))); }
    void useSandbox(const SandboxOptions &options)
    {
        m_cloud = std::make_unique<SandboxServer>(options);
        QVERIFY(m_cloud->start().ok());
        m_network = std::make_unique<QNetworkAccessManager>();
        m_backend = std::make_unique<WebUiBackend>(QStringLiteral("s1"), *m_network);
        m_backend->setTarget(WebUiTarget{QUrl(m_cloud->apiRoot().toString() + QStringLiteral("/webui")), {}, {}});
        m_backend->setPollInterval(Milliseconds(5));
    }
    static InputImage sample()
    {
        PaintOrder order;
        order.size = {64, 64};
        return {encodePicture(paintPicture(order), "png"), QStringLiteral("png"), 64, 64, {}};
    }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_job = FakeAnswer::hanging();
        m_progress = [] { return FakeAnswer::payload(progressOf(0, {})); };
        m_named = [](const QString &) { return FakeAnswer::payload("{\"detail\":\"Not Found\"}", 404); };
        m_interrupts = 0;
        m_nam->setResponder([this](const FakeRequest &request) {
            if (request.path().endsWith(QLatin1String("/internal/progress")))
                return m_named(QJsonDocument::fromJson(request.body).object().value(QLatin1String("id_task")).toString());
            if (request.path().endsWith(QLatin1String("/progress")))
                return m_progress();
            if (request.path().endsWith(QLatin1String("/interrupt"))) {
                ++m_interrupts;
                return FakeAnswer::payload("{}");
            }
            return m_job;
        });
        m_backend = std::make_unique<WebUiBackend>(QStringLiteral("s1"), *m_nam);
        m_backend->setTarget(WebUiTarget{QUrl(QStringLiteral("https://gpu.example.net/ui/")), {}, {}});
        m_backend->setPollInterval(Milliseconds(0));
    }
    void cleanup()
    {
        m_backend.reset();
        m_cloud.reset();
        m_network.reset();
        m_nam.reset();
    }

    void picturesCarryTheirSeedsAndAGridIsNone()
    {
        m_job = FakeAnswer::payload(answerOf({picture("grid"), picture("one"), QStringLiteral("data:image/png;base64,") + picture("two"), picture("a map of an extension")},
                                             {{QStringLiteral("all_seeds"), QJsonArray{7, 8}}, {QStringLiteral("index_of_first_image"), 1}}));
        const Result<ImageWork> work = make();
        QVERIFY2(work.ok(), work.ok() ? "" : qPrintable(work.error().message));
        QCOMPARE(work->status, TaskStatus::Succeeded);
        QVERIFY(work->task.isEmpty());
        QCOMPARE(work->results.size(), 2);
        QCOMPARE(work->results.at(0).bytes, QByteArray("one"));
        QCOMPARE(work->results.at(0).seed, 7);
        QCOMPARE(work->results.at(1).bytes, QByteArray("two"));
        QCOMPARE(work->results.at(1).seed, 8);
        QVERIFY(work->results.at(1).link.address.isEmpty());
    }

    void addressesInItsAnswerAreNotFollowed()
    {
        m_job = FakeAnswer::payload(answerOf({QStringLiteral("http://169.254.169.254/secret"), picture("one")}, {}));
        const Result<ImageWork> work = make();
        QVERIFY(work.ok());
        QCOMPARE(work->results.size(), 1);
        QCOMPARE(work->results.first().bytes, QByteArray("one"));
    }

    void settingsOfTheServerStayAsTheyAre()
    {
        m_job = FakeAnswer::payload(answerOf({picture("one")}, {}));
        (void)await(m_backend->submit(request("webui-txt2img", lighthouse({{fields::kModel, QStringLiteral("anime/line.safetensors")}, {fields::kClipSkip, 2}}))));
        const FakeRequest &sent = m_nam->requests().front();
        QCOMPARE(sent.request.url(), QUrl(QStringLiteral("https://gpu.example.net/ui/sdapi/v1/txt2img")));
        QVERIFY(sent.bodyIsSequential); // the manager cannot send it again
        QVERIFY(sent.header("Authorization").isEmpty());
        const QJsonObject body = sentBody();
        QCOMPARE(body.value(QLatin1String("override_settings")).toObject(),
                 QJsonObject({{QStringLiteral("sd_model_checkpoint"), QStringLiteral("anime/line.safetensors")}, {QStringLiteral("CLIP_stop_at_last_layers"), 2}}));
        QCOMPARE(body.value(QLatin1String("override_settings_restore_afterwards")), QJsonValue(true));
        QCOMPARE(body.value(QLatin1String("batch_size")).toInt(), 2);
        for (const FakeRequest &one : m_nam->requests())
            QVERIFY(!one.path().endsWith(QLatin1String("/options")));
    }

    void theLoginGoesToTheServer()
    {
        m_backend->setTarget(WebUiTarget{QUrl(QStringLiteral("https://gpu.example.net")), QStringLiteral("ann"), QStringLiteral("pä:ss")});
        m_job = FakeAnswer::payload(answerOf({picture("one")}, {}));
        QVERIFY(make().ok());
        QCOMPARE(m_nam->requests().front().header("Authorization"), "Basic " + QByteArray("ann:pä:ss").toBase64());
    }

    void anAddressThatChangesMidwayGoesForWhatFollows_data()
    {
        QTest::addColumn<bool>("cancels");
        QTest::newRow("the job ends") << false;
        QTest::newRow("the job is cancelled") << true;
    }
    void anAddressThatChangesMidwayGoesForWhatFollows()
    {
        QFETCH(bool, cancels);
        QPointer<Call<ImageWork>> call(m_backend->submit(request("webui-txt2img", lighthouse())));
        const WebUiTarget other{QUrl(QStringLiteral("https://other.example.net")), {}, {}};
        m_backend->setTarget(other);
        QCOMPARE(m_backend->service().target().address, QUrl(QStringLiteral("https://gpu.example.net/ui/")));
        if (cancels)
            call->cancel();
        else
            m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("one")}, {})));
        QTRY_VERIFY(!call || call->isSettled());
        QCOMPARE(m_backend->service().target().address, other.address);
    }

    void aRefusalSaysWhatToDo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        QTest::addColumn<bool>("unknown");
        QTest::newRow("no API") << 404 << QByteArray("{\"detail\":\"Not Found\"}") << ErrorKind::NotFound << QStringLiteral("--api") << false;
        QTest::newRow("no picture") << 404 << QByteArray("{\"detail\":\"Init image not found\"}") << ErrorKind::Validation << QStringLiteral("Init image not found") << false;
        QTest::newRow("login") << 401 << QByteArray("{\"detail\":\"Not authenticated\"}") << ErrorKind::Unauthorized << QStringLiteral("asks for a user and a password") << false;
        QTest::newRow("field") << 422 << QByteArray("{\"detail\":[{\"loc\":[\"body\",\"steps\"],\"msg\":\"value is not an integer\",\"type\":\"t\"}]}") << ErrorKind::Validation
                               << QStringLiteral("body.steps: value is not an integer") << false;
        QTest::newRow("memory") << 500 << QByteArray("{\"error\":\"OutOfMemoryError\",\"detail\":\"\",\"body\":\"\",\"errors\":\"CUDA out of memory.\"}") << ErrorKind::Server
                                << QStringLiteral("CUDA out of memory.") << false;
        QTest::newRow("gateway") << 502 << QByteArray("<html>Bad gateway</html>") << ErrorKind::Server << QStringLiteral("HTTP 502") << true;
        QTest::newRow("web page") << 200 << QByteArray("<!DOCTYPE html><title>Stable Diffusion</title>") << ErrorKind::Protocol << QStringLiteral("web page") << false;
        QTest::newRow("redirect") << 302 << QByteArray() << ErrorKind::Protocol << QStringLiteral("not followed") << false;
        QTest::newRow("no picture in it") << 200 << QByteArray("{\"images\":[]}") << ErrorKind::Protocol << QString() << false;
        QTest::newRow("no base64") << 200 << QByteArray("{\"images\":[\"***\"]}") << ErrorKind::Protocol << QString() << false;
    }
    void aRefusalSaysWhatToDo()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        QFETCH(bool, unknown);
        m_job = FakeAnswer::payload(body, status);
        const Result<ImageWork> work = make();
        QVERIFY(!work.ok());
        QVERIFY2(work.error().kind == kind, qPrintable(work.error().toLogString()));
        QVERIFY2(work.error().message.contains(says), qPrintable(work.error().message));
        QCOMPARE(work.error().effectUnknown, unknown);
        QVERIFY(work.error().apiReason.isEmpty()); // nothing of it retires an endpoint of the cloud
    }

    void aWrongLoginIsNotAMissingOne()
    {
        m_backend->setTarget(WebUiTarget{QUrl(QStringLiteral("https://gpu.example.net")), QStringLiteral("ann"), QStringLiteral("wrong")});
        m_job = FakeAnswer::payload("{\"detail\":\"Incorrect username or password\"}", 401);
        QVERIFY(make().error().message.contains(QLatin1String("does not take")));
    }

    void aServerThatRefusesTheLoginTakesNothingMore_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("unauthorized") << 401;
        QTest::newRow("forbidden") << 403;
    }
    void aServerThatRefusesTheLoginTakesNothingMore()
    {
        QFETCH(int, status);
        QSignalSpy ready(m_backend.get(), &ImageBackend::readinessChanged);
        m_job = FakeAnswer::payload("{}", status);
        QVERIFY(!make().ok());
        QCOMPARE(m_backend->capacity(), 0);
        QVERIFY2(m_backend->trouble().contains(QLatin1String("edit the server")), qPrintable(m_backend->trouble()));
        QCOMPARE(ready.size(), 1);
        m_backend->setTarget(m_backend->target()); // the same: nothing has changed
        QCOMPARE(m_backend->capacity(), 0);
        m_backend->setTarget(WebUiTarget{m_backend->target()->address, QStringLiteral("ann"), QStringLiteral("right")});
        QCOMPARE(m_backend->capacity(), 1);
        QVERIFY(m_backend->trouble().isEmpty());
        QVERIFY(!make().ok());
        m_backend->noteAnswer(Error::make(ErrorKind::Timeout, QStringLiteral("slow"))); // says nothing of the login
        QCOMPARE(m_backend->capacity(), 0);
        m_backend->noteAnswer({});
        QCOMPARE(m_backend->capacity(), 1);
    }

    void anotherQuestionThatIsAnsweredIsTold()
    {
        QSignalSpy answered(m_backend.get(), &ImageBackend::answered);
        m_backend->noteAnswer(Error::make(ErrorKind::Timeout, QStringLiteral("slow")));
        m_backend->tryAgain();
        QCOMPARE(answered.size(), 0); // nobody has answered
        m_backend->noteAnswer({});
        QCOMPARE(answered.size(), 1);
    }

    void progressIsToldWhileItRuns()
    {
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        m_progress = [] { return FakeAnswer::payload(progressOf(0.42, QStringLiteral("scripts_txt2img"))); };
        QPointer<Call<ImageWork>> call(m_backend->submit(request("webui-txt2img", lighthouse())));
        QTRY_VERIFY(!told.isEmpty());
        QCOMPARE(told.first().at(0).toInt(), 42);
        QCOMPARE(told.first().at(1).value<std::optional<Seconds>>(), Seconds(5));
        m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("one")}, {})));
        QVERIFY(await(call.data()).ok());
        const int asked = m_nam->count();
        QTest::qWait(20);
        QCOMPARE(m_nam->count(), asked); // nobody is asked any more
    }

    void anInterruptedJobEndsAsCanceled()
    {
        m_progress = [] { return FakeAnswer::payload(progressOf(0.4, QStringLiteral("scripts_txt2img"))); };
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        QVERIFY(await(m_backend->interrupt()).ok());
        QTRY_VERIFY(m_interrupts > 0);
        m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("half")}, {})));
        const Result<ImageWork> work = await(call);
        QCOMPARE(work.error().kind, ErrorKind::Canceled);
        QVERIFY(!work.error().effectUnknown);
    }

    void whatSomebodyElseRunsIsNotInterrupted()
    {
        QString task = QStringLiteral("task(theirs)");
        m_progress = [&task] { return FakeAnswer::payload(progressOf(0.4, QStringLiteral("scripts_txt2img"), task)); };
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        QVERIFY(await(m_backend->interrupt()).ok());
        const int before = m_nam->count();
        QTRY_VERIFY(m_nam->count() > before + 5);
        QCOMPARE(m_interrupts, 0);
        QVERIFY(told.isEmpty());
        task = sentBody().value(QLatin1String("force_task_id")).toString();
        QTRY_VERIFY(m_interrupts > 0);
        call->cancel();
    }

    void aJobIsFollowedByItsName()
    {
        QByteArray state = "{\"active\":false,\"queued\":true,\"completed\":false}";
        QStringList asked;
        m_named = [&](const QString &task) {
            asked.append(task);
            // At first its body is on its way.
            return FakeAnswer::payload(asked.size() <= 2 ? QByteArray("{\"active\":false,\"queued\":false,\"completed\":false}") : state);
        };
        m_progress = [] { return FakeAnswer::payload(progressOf(0.9, QStringLiteral("scripts_txt2img"))); }; // somebody else's, and it does not say so
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed), doubted(m_backend.get(), &ImageBackend::doubted);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        QTRY_VERIFY(!doubted.isEmpty());
        QVERIFY(doubted.last().first().toString().contains(QLatin1String("somebody else")));
        m_backend->interrupt();
        const qsizetype before = asked.size();
        QTRY_VERIFY(asked.size() > before + 3);
        QVERIFY(doubted.last().first().toString().contains(QLatin1String("not stopped")));
        QCOMPARE(m_interrupts, 0);
        QVERIFY(told.isEmpty());
        state = "{\"active\":true,\"queued\":false,\"completed\":false,\"progress\":0.25,\"eta\":3.4,\"live_preview\":null}";
        QTRY_VERIFY(m_interrupts > 0);
        QCOMPARE(told.first().at(0).toInt(), 25);
        QCOMPARE(told.first().at(1).value<std::optional<Seconds>>(), Seconds(4));
        QVERIFY(doubted.last().first().toString().isEmpty());
        QCOMPARE(asked.first(), sentBody().value(QLatin1String("force_task_id")).toString());
        m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("half")}, {})));
        const Result<ImageWork> work = await(call);
        QCOMPARE(work.error().kind, ErrorKind::Canceled);
        QVERIFY(work.error().detail.isEmpty());
    }

    void oneThatTellsNamesIsTakenAtItsWordOverAFault()
    {
        bool fails = false;
        int asked = 0;
        m_named = [&](const QString &) {
            ++asked;
            return fails ? FakeAnswer::payload("{}", 500) : FakeAnswer::payload("{\"active\":false,\"queued\":true,\"completed\":false}");
        };
        m_progress = [] { return FakeAnswer::payload(progressOf(0.5, QStringLiteral("scripts_txt2img"))); };
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed), doubted(m_backend.get(), &ImageBackend::doubted);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        QTRY_VERIFY(!doubted.isEmpty());
        fails = true;
        m_backend->interrupt();
        const int before = asked;
        QTRY_VERIFY(asked > before + 3);
        QCOMPARE(m_interrupts, 0);
        QVERIFY(told.isEmpty());
        call->cancel();
    }

    void aServerThatKnowsNoNamesIsAskedForAny()
    {
        m_named = [](const QString &) { return FakeAnswer::payload("{\"active\":false,\"queued\":false,\"completed\":false}"); };
        m_progress = [] { return FakeAnswer::payload(progressOf(0.5, QStringLiteral("scripts_txt2img"))); };
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed), doubted(m_backend.get(), &ImageBackend::doubted);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        QTRY_VERIFY(!told.isEmpty());
        QVERIFY(doubted.last().first().toString().contains(QLatin1String("does not tell whose")));
        m_backend->interrupt();
        QTRY_VERIFY(m_interrupts > 0);
        m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("half")}, {})));
        QVERIFY(await(call).error().detail.contains(QLatin1String("does not tell whose"))); // and it is said afterwards, too
    }

    void aJobOfThePageIsSomebodyElses()
    {
        m_progress = [] { return FakeAnswer::payload(progressOf(0.5, QStringLiteral("task(abcdefg)"))); };
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse()));
        m_backend->interrupt();
        QTRY_VERIFY(m_nam->count() > 8);
        QCOMPARE(m_interrupts, 0);
        QVERIFY(told.isEmpty());
        call->cancel();
    }

    void anUpscalingIsNoDrawing()
    {
        m_progress = [] { return FakeAnswer::payload(progressOf(0.5, QStringLiteral("scripts_txt2img"))); };
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        const InputImages images{{QStringLiteral("a"), sample()}};
        Call<ImageWork> *call = m_backend->submit(request("webui-upscale", {{fields::kImage, QStringLiteral("a")}, {fields::kScale, 2}, {fields::kUpscaler, QStringLiteral("x")}}, images));
        m_backend->interrupt();
        QTRY_VERIFY(m_nam->count() > 8);
        QCOMPARE(m_interrupts, 0);
        QVERIFY(told.isEmpty());
        call->cancel();
    }

    void nothingIsInterruptedThatDoesNotRun()
    {
        QVERIFY(await(m_backend->interrupt()).ok());
        QCOMPARE(m_nam->count(), 0);
    }

    void aLostReplyIsToldAndNotRepeated()
    {
        m_job = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
        const Result<ImageWork> work = make();
        QVERIFY(work.error().effectUnknown);
        int sent = 0;
        for (const FakeRequest &one : m_nam->requests())
            sent += one.path().endsWith(QLatin1String("/txt2img")) ? 1 : 0;
        QCOMPARE(sent, 1);
    }

    void aServerThatIsOffHasNothing()
    {
        m_job = FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError);
        const Result<ImageWork> work = make();
        QCOMPARE(work.error().kind, ErrorKind::Network);
        QVERIFY(!work.error().effectUnknown); // it may be sent later
    }

    void aServerThatFallsSilentIsFoundOut()
    {
        m_progress = [] { return FakeAnswer::transportError(QNetworkReply::TimeoutError); };
        const Result<ImageWork> work = make();
        QCOMPARE(work.error().kind, ErrorKind::Network);
        QVERIFY(work.error().effectUnknown);
        QCOMPARE(m_nam->count(), 2 + WebUiWatch::kMostMisses); // the job, and whether jobs are told by name
        QCOMPARE(m_nam->abortedCount(), 1);
    }

    void aServerThatHasForgottenTheJobIsFoundOut()
    {
        int asked = 0;
        m_progress = [&asked] { return FakeAnswer::payload(++asked == 1 ? progressOf(0.9, QStringLiteral("scripts_txt2img")) : progressOf(0, {})); };
        const Result<ImageWork> work = make();
        QVERIFY(work.error().effectUnknown);
        QCOMPARE(asked, 1 + WebUiWatch::kMostIdle);
    }

    void withoutAProgressQuestionItWaitsAllTheSame()
    {
        m_progress = [] { return FakeAnswer::payload("{\"detail\":\"Not Found\"}", 404); };
        QPointer<Call<ImageWork>> call(m_backend->submit(request("webui-txt2img", lighthouse())));
        QTRY_VERIFY(m_nam->count() > 3 * WebUiWatch::kMostMisses);
        QVERIFY(call && !call->isSettled());
        m_nam->reply(0)->answer(FakeAnswer::payload(answerOf({picture("one")}, {})));
        QVERIFY(await(call.data()).ok());
    }

    void withoutATargetItTakesNothing()
    {
        QSignalSpy ready(m_backend.get(), &ImageBackend::readinessChanged);
        m_backend->setTarget({}, QStringLiteral("The instance is stopped."));
        QCOMPARE(ready.size(), 1);
        QCOMPARE(m_backend->capacity(), 0);
        QCOMPARE(m_backend->trouble(), QStringLiteral("The instance is stopped."));
        const Result<ImageWork> work = make();
        QCOMPARE(work.error().kind, ErrorKind::Network);
        QCOMPARE(work.error().message, QStringLiteral("The instance is stopped."));
        QCOMPARE(m_nam->count(), 0);
        m_backend->setTarget(WebUiTarget{QUrl(QStringLiteral("https://other.example.net")), {}, {}});
        QCOMPARE(ready.size(), 2);
        QCOMPARE(m_backend->capacity(), 1);
    }

    void endpointsOfTheCloudAreRefused()
    {
        const Result<ImageWork> work = await(m_backend->submit(request("txt2img", lighthouse())));
        QCOMPARE(work.error().kind, ErrorKind::Validation);
        QCOMPARE(m_nam->count(), 0);
    }

    void dyingWithAJobUnderWayIsQuiet()
    {
        m_backend->submit(request("webui-txt2img", lighthouse()));
        m_backend.reset();
        QCOMPARE(m_nam->abortedCount(), 1);
    }

    void aLargeBodyIsMadeElsewhere()
    {
        InputImage large = sample();
        large.bytes += QByteArray(200'000, 'x'); // behind the picture's end
        const InputImages images{{QStringLiteral("a"), large}};
        const ImageRequest upscale = request("webui-upscale", {{fields::kImage, QStringLiteral("a")}, {fields::kScale, 2}, {fields::kUpscaler, QStringLiteral("R-ESRGAN 4x+")}}, images);
        Call<ImageWork> *call = m_backend->submit(upscale);
        QCOMPARE(m_nam->count(), 0);
        m_backend->interrupt();
        QCOMPARE(await(call).error().kind, ErrorKind::Canceled);
        QTest::qWait(20);
        QCOMPARE(m_nam->count(), 0); // it was stopped before it was sent
        m_job = FakeAnswer::payload("{\"image\":\"" + QByteArray("larger").toBase64() + "\"}");
        const Result<ImageWork> work = await(m_backend->submit(upscale));
        QVERIFY2(work.ok(), work.ok() ? "" : qPrintable(work.error().message));
        QCOMPARE(work->results.first().bytes, QByteArray("larger"));
        QCOMPARE(QByteArray::fromBase64(sentBody().value(QLatin1String("image")).toString().toLatin1()), large.bytes);
    }

    void listsAreBoundedAndClean()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            if (request.path().endsWith(QLatin1String("/options")))
                return FakeAnswer::payload("{\"sd_model_checkpoint\":\"a.safetensors [1a2b3c4d]\",\"sd_vae\":\"Automatic\",\"CLIP_stop_at_last_layers\":2}");
            if (request.path().endsWith(QLatin1String("/sd-models")))
                return FakeAnswer::payload("[{\"title\":\"sub/a.safetensors [1a2b3c4d]\",\"model_name\":\"sub_a\",\"hash\":\"1a2b3c4d\"},{\"title\":\"evil\\u202etxt\"},7,{},{\"title\":5}]");
            if (request.path().endsWith(QLatin1String("/loras")))
                return FakeAnswer::payload("[{\"name\":\"line\",\"alias\":\"Line\",\"metadata\":{\"ss_base_model_version\":\"sdxl_base_v1-0\"}}]");
            if (request.path().endsWith(QLatin1String("/samplers"))) {
                QJsonArray rows;
                for (int i = 0; i < kMostWebUiRows + 100; ++i)
                    rows.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("s%1").arg(i)}});
                return FakeAnswer::payload(json(rows));
            }
            return FakeAnswer::payload("{\"detail\":\"Not Found\"}", 404); // an older server
        });
        const Result<WebUiLists> lists = await(m_backend->service().lists());
        QVERIFY2(lists.ok(), lists.ok() ? "" : qPrintable(lists.error().message));
        QCOMPARE(lists->options.checkpoint, QStringLiteral("a.safetensors [1a2b3c4d]"));
        QCOMPARE(lists->options.clipSkip, 2);
        QCOMPARE(lists->models.size(), 2);
        QCOMPARE(lists->models.first().requestName(), QStringLiteral("sub/a.safetensors"));
        QCOMPARE(lists->models.last().type, ImageModelType::Lora);
        QCOMPARE(lists->models.last().base, ModelBase::Sdxl);
        QCOMPARE(lists->samplers.size(), kMostWebUiRows);
        QVERIFY(lists->schedulers.isEmpty());
    }

    void listsOfWhatIsNoServer()
    {
        m_job = FakeAnswer::payload("{\"detail\":\"Not Found\"}", 404);
        QCOMPARE(await(m_backend->service().lists()).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_nam->count(), 1);
    }

    void aSandboxServerDoesAllOfIt()
    {
        useSandbox({.timeScale = 1000});
        const Result<ImageWork> made = await(m_backend->submit(request("webui-txt2img", lighthouse({{fields::kSeed, 7}}))));
        QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().message));
        QCOMPARE(made->results.size(), 2);
        QCOMPARE(made->results.at(1).seed, 8);
        const QByteArray png = made->results.first().bytes;
        QVERIFY(png.startsWith("\x89PNG"));
        const QByteArray question = WebUiService::pngInfoBody(png);
        QCOMPARE(QJsonDocument::fromJson(question).object().value(QLatin1String("image")).toString().toLatin1(), "data:image/png;base64," + png.toBase64());
        QVERIFY(await(m_backend->service().pngInfo(question)).value().startsWith(QLatin1String("a lighthouse")));

        const InputImages images{{QStringLiteral("a"), sample()}, {QStringLiteral("m"), sample()}};
        const QJsonObject image{{fields::kImage, QStringLiteral("a")}};
        const Result<ImageWork> painted = await(m_backend->submit(
            request("webui-img2img", lighthouse({{fields::kImage, QStringLiteral("a")}, {fields::kMask, QStringLiteral("m")}, {fields::kStrength, 0.5}, {fields::kCount, 1},
                                                 {fields::kSize, QJsonObject{{QStringLiteral("width"), 64}, {QStringLiteral("height"), 64}}}}), images, ImageMode::Inpaint)));
        QVERIFY2(painted.ok(), painted.ok() ? "" : qPrintable(painted.error().message));
        QCOMPARE(painted->results.size(), 1);

        const Result<ImageWork> larger = await(m_backend->submit(
            request("webui-upscale", {{fields::kImage, QStringLiteral("a")}, {fields::kScale, 2}, {fields::kUpscaler, QStringLiteral("R-ESRGAN 4x+")}}, images)));
        QVERIFY2(larger.ok(), larger.ok() ? "" : qPrintable(larger.error().message));
        QCOMPARE(larger->results.size(), 1);

        const Result<ImageWork> told = await(m_backend->submit(request("webui-interrogate", {{fields::kImage, QStringLiteral("a")}, {QStringLiteral("interrogator"), QStringLiteral("clip")}}, images)));
        QVERIFY2(told.ok(), told.ok() ? "" : qPrintable(told.error().message));
        QVERIFY(!told->text.isEmpty());

        const Result<WebUiLists> lists = await(m_backend->service().lists());
        QVERIFY(lists.ok());
        QVERIFY(!lists->models.isEmpty() && !lists->samplers.isEmpty() && !lists->schedulers.isEmpty() && !lists->upscalers.isEmpty());
        QVERIFY(!lists->options.checkpoint.isEmpty());
        for (const ImageModelType type : {ImageModelType::Checkpoint, ImageModelType::Lora, ImageModelType::Vae, ImageModelType::Embedding})
            QVERIFY(std::any_of(lists->models.begin(), lists->models.end(), [type](const ImageModel &model) { return model.type == type; }));
    }

    void aSandboxJobIsInterrupted()
    {
        useSandbox({.timeScale = 1});
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse({{fields::kSteps, 150}})));
        QTRY_VERIFY(!told.isEmpty());
        QVERIFY(await(m_backend->interrupt()).ok());
        QCOMPARE(await(call).error().kind, ErrorKind::Canceled);
    }

    void aSandboxServerTellsJobsApart()
    {
        useSandbox({.timeScale = 1});
        WebUiBackend other(QStringLiteral("s2"), *m_network);
        other.setTarget(m_backend->target());
        other.setPollInterval(Milliseconds(5));
        QSignalSpy firstTold(m_backend.get(), &ImageBackend::progressed), secondTold(&other, &ImageBackend::progressed), doubted(&other, &ImageBackend::doubted);
        Call<ImageWork> *first = m_backend->submit(request("webui-txt2img", lighthouse({{fields::kSteps, 150}})));
        QTRY_VERIFY(!firstTold.isEmpty());
        Call<ImageWork> *second = other.submit(request("webui-txt2img", lighthouse({{fields::kSteps, 150}})));
        QTRY_VERIFY(!doubted.isEmpty());
        other.interrupt();
        const qsizetype asked = m_cloud->requests().size();
        QTRY_VERIFY(m_cloud->requests().size() > asked + 10);
        QVERIFY(secondTold.isEmpty());
        QVERIFY(!first->isSettled());
        m_backend->interrupt();
        QCOMPARE(await(first).error().kind, ErrorKind::Canceled);
        QCOMPARE(await(second).error().kind, ErrorKind::Canceled); // now it is its turn
    }

    void aSandboxServerThatDiesLosesTheJob()
    {
        useSandbox({.timeScale = 1});
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        Call<ImageWork> *call = m_backend->submit(request("webui-txt2img", lighthouse({{fields::kSteps, 150}})));
        QTRY_VERIFY(!told.isEmpty());
        std::optional<Result<ImageWork>> result;
        call->onFinished(this, [&result](const Result<ImageWork> &work) { result.emplace(work); });
        m_cloud->stop();
        QTRY_VERIFY(result.has_value());
        QVERIFY(result->error().effectUnknown);
    }

    void aSandboxServerAsksForALogin()
    {
        useSandbox({.timeScale = 1000, .webUiCredentials = QStringLiteral("ann:secret-word")});
        QCOMPARE(make().error().kind, ErrorKind::Unauthorized);
        QCOMPARE(await(m_backend->service().lists()).error().kind, ErrorKind::Unauthorized);
        m_backend->setTarget(WebUiTarget{m_backend->service().target().address, QStringLiteral("ann"), QStringLiteral("secret-word")});
        QVERIFY(make().ok());
    }
};

QTEST_GUILESS_MAIN(TestWebUiBackend)
#include "tst_webuibackend.moc"
