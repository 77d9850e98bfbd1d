// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/webhooks/fakeserver.h"
#include "tests/webhooks/webhookbench.h"

#include <QTcpServer>
#include <QTimer>

using namespace novita;

namespace {

constexpr std::chrono::minutes kLate{6};

} // namespace

class TestDeliveryReplay : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_bench = std::make_unique<WebhookBench>();
        m_bench->start();
        QVERIFY(m_bench->listens());
        QCOMPARE(m_bench->post(WebhookBench::eventBody("inst_1")), 200);
        m_id = newest().id;
    }
    void cleanup() { m_bench.reset(); }

    void exactReplayIsARepeat()
    {
        const Result<ReplayReport> report = await(service().replay(m_id));
        QCOMPARE(report->post.status, 200);
        QVERIFY(report->sentence.contains(QLatin1String("repeat")));
        QCOMPARE(report->came, std::optional(newest().id));
        QCOMPARE(newest().result, DeliveryResult::Duplicate);
        QCOMPARE(newest().duplicateOf, std::optional(m_id));
        const Delivery first = *await(service().deliveries().read(m_id));
        const Delivery again = *await(service().deliveries().read(newest().id));
        const auto signature = [](const Delivery &delivery) {
            for (const HttpHeaders::Field &field : delivery.headers) {
                if (field.name == "X-Webhook-Signature")
                    return field.value;
            }
            return QByteArray();
        };
        QCOMPARE(signature(again), signature(first));
        QCOMPARE(again.headers.size(), first.headers.size() + 1); // Connection: close
    }

    void editedReplayIsSignedAnewOrRefused()
    {
        const QByteArray body = WebhookBench::eventBody("inst_2");
        const Result<ReplayReport> unsignedOne = await(service().replayEdited(m_id, body, false));
        QCOMPARE(unsignedOne->post.status, 401);
        QVERIFY(unsignedOne->sentence.contains(QLatin1String("re-sign it")));
        QVERIFY(!unsignedOne->came);
        const Result<ReplayReport> signedOne = await(service().replayEdited(m_id, body, true));
        QCOMPARE(signedOne->post.status, 200);
        QCOMPARE(signedOne->came, std::optional(newest().id));
        QCOMPARE(newest().subject, QStringLiteral("inst_2"));
        QCOMPARE(newest().scheme, DeliveryScheme::Standard);
        m_bench->clock.advance(kLate);
        QCOMPARE(await(service().replayEdited(m_id, WebhookBench::eventBody("inst_3"), true))->post.status, 200);
        QCOMPARE(await(service().replayEdited(m_id, "no json", true))->post.status, 400);
    }

    void pathTokenDeliveriesGoToTheirPath()
    {
        QVERIFY(await(service().secrets().setPathToken(WebhookConfig::generateToken())).ok());
        RawClient client(service().status().port);
        const QByteArray body = SelfTest::body(QStringLiteral("by hand"), m_bench->clock.now(), true);
        client.send("POST " + await(service().revealTaskUrl())->path().toLatin1() + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                    + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QVERIFY(client.waitForAnswers(1));
        const qint64 id = newest().id;
        QVERIFY(await(service().replay(id))->sentence.contains(QLatin1String("repeat")));
        QVERIFY(await(service().secrets().removePathToken()).ok());
        QCOMPARE(await(service().replay(id)).error().kind, ErrorKind::Validation);
    }

    void forwardTakesBytesAndHeadersAlong()
    {
        FakeServer target([](const HttpRequest &) { return HttpResponse::json(202, QJsonObject()); });
        const Result<ReplayReport> report = await(service().forward(m_id, QUrl(target.url(QStringLiteral("/in?x=1"))), false));
        QCOMPARE(report->post.status, 202);
        const HttpRequest got = target.requests.first();
        QCOMPARE(got.body, WebhookBench::eventBody("inst_1"));
        QCOMPARE(got.target, QByteArray("/in?x=1"));
        QCOMPARE(got.headers.value("Host"), QByteArray("127.0.0.1:" + QByteArray::number(target.port)));
        QVERIFY(got.headers.contains("X-Webhook-Signature"));
        QVERIFY(!got.headers.contains("webhook-id"));
        QVERIFY(await(service().forward(m_id, QUrl(target.url()), true)).ok());
        QVERIFY(target.requests.last().headers.contains("webhook-id"));
        QCOMPARE(target.requests.last().headers.count("X-Webhook-Signature"), 1);
    }

    void whatATargetWritesIsMadeOneLine()
    {
        FakeServer target([](const HttpRequest &) {
            return HttpResponse::json(400, QJsonObject{{QStringLiteral("error"), QStringLiteral("exe.\u202egnp\nsh\x1b[1m")}, {QStringLiteral("id"), QStringLiteral("7")}});
        });
        const Result<ReplayReport> report = await(service().forward(m_id, QUrl(target.url()), false));
        QCOMPARE(report->sentence, QStringLiteral("Answered 400: exe.gnp sh[1m."));
        QVERIFY(!report->came); // only the own receiver's numbers are ours
    }

    void everyAddressOfANameIsTried()
    {
        // The name has ::1 too on most computers; the server listens on 127.0.0.1 alone.
        FakeServer target([](const HttpRequest &) { return HttpResponse::empty(204); });
        const QUrl url(QStringLiteral("http://localhost:%1/").arg(target.port));
        QCOMPARE(await(service().forward(m_id, url, false))->post.status, 204);
        QCOMPARE(target.requests.first().headers.value("Host"), QByteArray("localhost:" + QByteArray::number(target.port)));
        const QUrl closed(QStringLiteral("http://localhost:1/"));
        const Result<ReplayReport> report = await(service().forward(m_id, closed, false));
        QCOMPARE(report->post.stage, PostReport::Stage::Connecting);
        QVERIFY(report->sentence.contains(QLatin1String("localhost")));
    }

    void silentTargetsRunOutOfTime()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
        WebhookPoster poster(m_bench->clock);
        PostRequest request;
        request.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()));
        request.timeout = std::chrono::milliseconds(200);
        const Result<PostReport> report = await(poster.post(request));
        QCOMPARE(report->stage, PostReport::Stage::Waiting);
        QCOMPARE(report->error->kind, ErrorKind::Timeout);
        // Given up while it is on its way: nobody is told anything but that.
        request.timeout = std::chrono::seconds(10);
        Call<PostReport> *call = poster.post(request);
        QTimer::singleShot(0, call, &CallBase::cancel);
        QCOMPARE(await(call).error().kind, ErrorKind::Canceled);
    }

    void forwardKeepsToTheTargets()
    {
        const auto refused = [this](const char *url) {
            const Result<ReplayReport> report = await(service().forward(m_id, QUrl(QString::fromLatin1(url)), false));
            return report && report->post.stage == PostReport::Stage::Refused && !report->sentence.isEmpty();
        };
        QVERIFY(refused("http://hooks.example/"));
        QVERIFY(refused("https://10.1.2.3/"));
        QVERIFY(refused("https://169.254.169.254/"));
        FakeServer target([](const HttpRequest &) {
            HttpResponse response = HttpResponse::empty(307);
            response.headers.append("Location", "https://hooks.example/");
            return response;
        });
        QVERIFY(await(service().forward(m_id, QUrl(target.url()), false))->sentence.contains(QLatin1String("not followed")));
    }

    void whatIsNotKeptCannotBeSent()
    {
        QCOMPARE(m_bench->post(WebhookBench::eventBody("inst_9"), QStringLiteral("wrong")), 401);
        QTRY_COMPARE(newest().result, DeliveryResult::BadSignature);
        QCOMPARE(await(service().replay(newest().id)).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(service().replay(999)).error().kind, ErrorKind::NotFound);
    }

private:
    WebhookService &service() { return *m_bench->service; }
    Delivery newest() { return await(service().deliveries().list({1, {}, {}}))->deliveries.value(0); }

    std::unique_ptr<WebhookBench> m_bench;
    qint64 m_id = 0;
};

QTEST_GUILESS_MAIN(TestDeliveryReplay)
#include "tst_deliveryreplay.moc"
