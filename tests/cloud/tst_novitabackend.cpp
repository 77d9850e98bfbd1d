// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/novitabackend.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/net/apiclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QPointer>
#include <QTest>

#include <memory>

using namespace novita;

class TestNovitaBackend final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<NovitaBackend> m_backend;

    ImageRequest request(const char *endpoint, const QJsonObject &values) const
    {
        return {*m_table.find(QString::fromLatin1(endpoint)), {QString::fromLatin1(endpoint), values}, {}, {}};
    }
    static QJsonObject lighthouse()
    {
        return {{fields::kPrompt, QStringLiteral("a lighthouse")},
                {fields::kModel, QStringLiteral("sd_xl_base_1.0.safetensors")},
                {fields::kSize, QJsonObject{{QStringLiteral("width"), 512}, {QStringLiteral("height"), 512}}},
                {fields::kCount, 2},
                {fields::kSteps, 20},
                {fields::kGuidance, 7},
                {fields::kSampler, QStringLiteral("Euler a")},
                {fields::kSeed, -1}};
    }

    struct TwoSubmits
    {
        QPointer<Call<ImageWork>> flying;
        QPointer<Call<ImageWork>> waiting; ///< held by the limiter
    };
    TwoSubmits submitOneMoreThanThereIsRoomFor()
    {
        ApiClientConfig config = m_client->config();
        config.limiterCapacity = 1;
        m_client->setConfig(config);
        m_nam->script(FakeAnswer::hanging());
        return {m_backend->submit(request("txt2img", lighthouse())), m_backend->submit(request("txt2img", lighthouse()))};
    }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
        m_backend = std::make_unique<NovitaBackend>(*m_client);
    }
    void cleanup()
    {
        m_backend.reset();
        m_client.reset();
        m_nam.reset();
        m_clock.reset();
    }

    void aTaskIsQueued()
    {
        m_nam->script(FakeAnswer::payload("{\"task_id\":\"t-1\"}"));
        const Result<ImageWork> work = await(m_backend->submit(request("txt2img", lighthouse())));
        QVERIFY2(work.ok(), work.ok() ? "" : qPrintable(work.error().message));
        QCOMPARE(work->task, QStringLiteral("t-1"));
        QCOMPARE(work->status, TaskStatus::Queued);
        QVERIFY(!work->isFinished());
        const FakeRequest &sent = m_nam->requests().front();
        QCOMPARE(sent.path(), QStringLiteral("/v3/async/txt2img"));
        const QJsonObject body = QJsonDocument::fromJson(sent.body).object().value(QLatin1String("request")).toObject();
        QCOMPARE(body.value(QLatin1String("prompt")).toString(), QStringLiteral("a lighthouse"));
        QCOMPARE(body.value(QLatin1String("image_num")).toInt(), 2);
    }

    void itsResultsCarryTheirSeeds()
    {
        m_nam->script(FakeAnswer::payload("{\"task\":{\"task_id\":\"t-1\",\"status\":\"TASK_STATUS_SUCCEED\",\"progress_percent\":0},\"extra\":{\"seed\":\"7\",\"debug_info\":{\"submit_time_ms\":\"1800000000000\",\"complete_time_ms\":\"1800000002500\"}},"
            "\"images\":[{\"image_url\":\"https://s.example.net/1.png\",\"image_url_ttl\":\"3600\",\"image_type\":\"png\"},{\"image_url\":\"https://s.example.net/2.png\"}],"
            "\"videos\":[{\"video_url\":\"https://s.example.net/3.mp4\",\"video_type\":\"mp4\"}]}"));
        const ImageWork work = await(m_backend->look(QStringLiteral("t-1"))).value();
        QVERIFY(work.isFinished());
        QCOMPARE(work.results.size(), 3);
        QCOMPARE(work.results.at(0).seed, 7);
        QVERIFY(!work.results.at(1).seed); // nobody has told
        QVERIFY(work.results.at(2).isVideo);
        for (const ImageResult &result : work.results) {
            QCOMPARE(result.submittedAt, TimePoint(Seconds(1'800'000'000)));
            QCOMPARE(result.completedAt, TimePoint(Milliseconds(1'800'000'002'500)));
        }
        QCOMPARE(work.results.at(2).link.address, QUrl(QStringLiteral("https://s.example.net/3.mp4")));
        QVERIFY(m_nam->requests().front().request.url().query().contains(QLatin1String("task_id=t-1")));
    }

    void aFailedTaskSaysWhy()
    {
        m_nam->script(FakeAnswer::payload("{\"task\":{\"task_id\":\"t-1\",\"status\":\"TASK_STATUS_FAILED\",\"reason\":\"worker gave up\"}}"));
        const ImageWork work = await(m_backend->look(QStringLiteral("t-1"))).value();
        QCOMPARE(work.status, TaskStatus::Failed);
        QCOMPARE(work.reason, QStringLiteral("worker gave up"));
    }

    void aRecipeThatMayNotBeSentIsNotSent()
    {
        QJsonObject values = lighthouse();
        values.insert(fields::kSteps, 1000);
        const Result<ImageWork> work = await(m_backend->submit(request("txt2img", values)));
        QCOMPARE(work.error().kind, ErrorKind::Validation);
        QCOMPARE(m_nam->count(), 0);
    }

    void aLostReplyIsToldAndNotRepeated()
    {
        m_nam->script(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError));
        const Result<ImageWork> work = await(m_backend->submit(request("txt2img", lighthouse())));
        QVERIFY(!work.ok());
        QVERIFY(work.error().effectUnknown);
        QCOMPARE(m_nam->count(), 1);
    }

    /// A thousand jobs, and the instances want to be seen.
    void itsRequestsComeAfterAllOthers()
    {
        ApiClientConfig config = m_client->config();
        config.maxInFlight = 1;
        m_client->setConfig(config);
        m_nam->script(FakeAnswer::hanging());
        ApiRequest other;
        other.area = ApiArea::Root;
        other.priority = RequestPriority::Poll;
        other.path = QStringLiteral("/first");
        m_client->send(other);
        const QPointer<Call<ImageWork>> submit = m_backend->submit(request("txt2img", lighthouse()));
        m_backend->look(QStringLiteral("t-1"));
        other.path = QStringLiteral("/instances");
        m_client->send(other);
        QVERIFY(m_backend->isUnsent(*submit));
        m_nam->reply(0)->answer(FakeAnswer::payload("{}"));
        QTRY_COMPARE(m_nam->count(), 4);
        QCOMPARE(m_nam->requests()[1].path(), QStringLiteral("/instances"));
        QCOMPARE(m_nam->requests()[2].path(), QStringLiteral("/v3/async/txt2img"));
    }

    void whatIsNotSentYetIsTakenBackForGood()
    {
        const auto [flying, waiting] = submitOneMoreThanThereIsRoomFor();
        QVERIFY(!m_backend->isUnsent(*flying));
        QVERIFY(m_backend->isUnsent(*waiting));
        waiting->cancel();
        m_clock->advance(Seconds(120));
        m_client->recheck();
        QCOMPARE(m_client->status().queued, 0);
        QCOMPARE(m_nam->count(), 1);
    }

    /// A profile switch ends all requests before anybody is asked what became of his jobs.
    void whatASwitchTookBackWasNotSent()
    {
        const auto [flying, waiting] = submitOneMoreThanThereIsRoomFor();
        m_client->cancelAll();
        QVERIFY(!m_backend->isUnsent(*flying));
        QVERIFY(m_backend->isUnsent(*waiting));
    }

    void stopsNothing()
    {
        QVERIFY(!m_backend->canInterrupt());
        QCOMPARE(await(m_backend->interrupt()).error().kind, ErrorKind::Validation);
    }
};

QTEST_GUILESS_MAIN(TestNovitaBackend)
#include "tst_novitabackend.moc"
