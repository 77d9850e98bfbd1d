// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/types/syncimage.h"
#include "tests/net/tcpdouble.h"
#include "tests/support/await.h"
#include "tests/support/fakenam.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

/// What an image server can do to whoever asks it: each ends in bounded memory and a sentence.
class TestWebUiHostile final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<WebUiBackend> m_backend;
    FakeAnswer m_job = FakeAnswer::hanging();
    FakeAnswer m_progress = FakeAnswer::payload("{}");
    FakeAnswer m_list = FakeAnswer::payload("[]");

    Call<ImageWork> *submit()
    {
        const QJsonObject values{{fields::kPrompt, QStringLiteral("a lighthouse")}, {fields::kSize, QJsonObject{{QStringLiteral("width"), 64}, {QStringLiteral("height"), 64}}},
                                 {fields::kSteps, 20}, {fields::kGuidance, 7}, {fields::kSampler, QStringLiteral("Euler a")}};
        const QString endpoint = QStringLiteral("webui-txt2img");
        return m_backend->submit({*m_table.find(endpoint), {endpoint, values}, {}, {}});
    }
    void useReal(const TcpDouble &server)
    {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_backend = std::make_unique<WebUiBackend>(QStringLiteral("s1"), *m_network);
        m_backend->setTarget(WebUiTarget{server.url(), {}, {}});
        m_backend->setPollInterval(Milliseconds(5));
    }
    static bool isFor(const TcpDouble::Received &request, const char *path) { return request.head.left(request.head.indexOf('\r')).contains(path); }
    static QByteArray nested(int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_job = FakeAnswer::hanging();
        m_progress = FakeAnswer::payload("{}");
        m_list = FakeAnswer::payload("[]");
        m_nam->setResponder([this](const FakeRequest &request) {
            if (request.path().startsWith(QLatin1String("/internal/")))
                return FakeAnswer::payload("{}", 404);
            if (request.path().endsWith(QLatin1String("/progress")))
                return m_progress;
            if (request.path().endsWith(QLatin1String("2img")))
                return m_job;
            return request.path().endsWith(QLatin1String("/options")) ? FakeAnswer::payload("{}") : m_list;
        });
        m_backend = std::make_unique<WebUiBackend>(QStringLiteral("s1"), *m_nam);
        m_backend->setTarget(WebUiTarget{QUrl(QStringLiteral("https://gpu.example.net")), {}, {}});
        m_backend->setPollInterval(Milliseconds(0));
    }
    void cleanup()
    {
        m_backend.reset();
        m_network.reset();
        m_nam.reset();
    }

    void answersOfAJob_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("pictures"); // -1: refused
        const QByteArray one = "\"aGVsbG8=\"";
        QTest::newRow("images: null") << QByteArray("{\"images\":null,\"info\":\"{}\"}") << -1;
        QTest::newRow("images: text") << QByteArray("{\"images\":\"aGVsbG8=\"}") << -1;
        QTest::newRow("images: numbers") << QByteArray("{\"images\":[1,2,null,{}]}") << -1;
        QTest::newRow("images: empty texts") << QByteArray("{\"images\":[\"\",\"\"]}") << -1;
        QTest::newRow("a list") << QByteArray("[1,2]") << -1;
        QTest::newRow("null") << QByteArray("null") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
        QTest::newRow("half") << QByteArray("{\"images\":[\"aGVsbG8") << -1;
        QTest::newRow("NaN") << QByteArray("{\"images\":[" + one + "],\"info\":NaN}") << -1;
        QTest::newRow("deep") << QByteArray("{\"images\":" + nested(100'000) + "}") << -1;
        QTest::newRow("info: object") << QByteArray("{\"images\":[" + one + "],\"info\":{\"all_seeds\":[7]}}") << 1;
        QTest::newRow("info: number") << QByteArray("{\"images\":[" + one + "],\"info\":7}") << 1;
        QTest::newRow("info: no JSON") << QByteArray("{\"images\":[" + one + "],\"info\":\"Steps: 20\"}") << 1;
        QTest::newRow("info: deep") << QByteArray("{\"images\":[" + one + "],\"info\":\"" + nested(50'000) + "\"}") << 1;
        QTest::newRow("seeds: text") << QByteArray("{\"images\":[" + one + "],\"info\":\"{\\\"all_seeds\\\":\\\"many\\\"}\"}") << 1;
        QTest::newRow("first picture far out") << QByteArray("{\"images\":[" + one + "],\"info\":\"{\\\"index_of_first_image\\\":1e18}\"}") << 1;
        QTest::newRow("first picture negative") << QByteArray("{\"images\":[" + one + "],\"info\":\"{\\\"index_of_first_image\\\":-5}\"}") << 1;
    }
    void answersOfAJob()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, pictures);
        m_job = FakeAnswer::payload(body);
        const Result<ImageWork> work = await(submit());
        QCOMPARE(work.ok(), pictures >= 0);
        if (work.ok()) {
            QCOMPARE(work->results.size(), pictures);
            QCOMPARE(work->results.first().bytes, QByteArray("hello"));
        } else {
            QCOMPARE(work.error().kind, ErrorKind::Protocol);
            QVERIFY(!work.error().message.isEmpty());
        }
    }

    void morePicturesThanFitAreRefused()
    {
        m_job = FakeAnswer::payload("{\"images\":[\"" + QByteArray(SyncImageAnswer::kMostBytes / 3 * 4 + 100, 'A') + "\"]}");
        const Result<ImageWork> work = await(submit());
        QCOMPARE(work.error().fault, ProtocolFault::TooLarge);
    }

    void aMillionPicturesAreCut()
    {
        QByteArray body("{\"images\":[\"aGVsbG8=\"");
        for (int i = 0; i < 1'000'000; ++i)
            body += ",\"aGVsbG8=\"";
        m_job = FakeAnswer::payload(body + "]}");
        const Result<ImageWork> work = await(submit());
        QVERIFY2(work.ok(), work.ok() ? "" : qPrintable(work.error().toLogString()));
        QVERIFY(work->results.size() <= ImageTask::kMostLinks);
    }

    void progressThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("percent"); // -1: none
        const QByteArray busy = ",\"state\":{\"job\":\"scripts_txt2img\",\"job_count\":1}}";
        QTest::newRow("negative") << "{\"progress\":-4" + busy << 0;
        QTest::newRow("more than all") << "{\"progress\":7.5" + busy << 100;
        QTest::newRow("immense") << "{\"progress\":1e308,\"eta_relative\":1e308" + busy << 100;
        QTest::newRow("text") << "{\"progress\":\"half\",\"eta_relative\":{}" + busy << 0;
        QTest::newRow("null") << "{\"progress\":null,\"eta_relative\":null" + busy << 0;
        QTest::newRow("state: text") << QByteArray("{\"progress\":0.5,\"state\":\"busy\"}") << 50;
        QTest::newRow("NaN") << "{\"progress\":NaN" + busy << -1;
        QTest::newRow("a list") << QByteArray("[]") << -1;
        QTest::newRow("a web page") << QByteArray("<!doctype html><title>Forge</title>") << -1;
        QTest::newRow("deep") << QByteArray("{\"progress\":" + nested(100'000) + "}") << -1;
    }
    void progressThatIsNone()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, percent);
        m_progress = FakeAnswer::payload(body);
        QSignalSpy told(m_backend.get(), &ImageBackend::progressed);
        QPointer<Call<ImageWork>> call(submit());
        const int before = m_nam->count();
        QTRY_VERIFY(m_nam->count() > before + 5);
        QCOMPARE(told.isEmpty(), percent < 0);
        if (percent >= 0) {
            QCOMPARE(told.first().at(0).toInt(), percent);
            QVERIFY(!told.first().at(1).value<std::optional<Seconds>>());
        }
        QVERIFY(call && !call->isSettled()); // the job is not lost by it
        call->cancel();
    }

    void listsOfAHundredThousand()
    {
        QJsonArray rows;
        QJsonObject loaded;
        for (int i = 0; i < 100'000; ++i) {
            const QString name = QStringLiteral("n%1").arg(i);
            rows.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("title"), name}, {QStringLiteral("model_name"), name}});
            loaded.insert(name, 1);
        }
        m_list = FakeAnswer::payload(QJsonDocument(rows).toJson(QJsonDocument::Compact));
        const Result<WebUiLists> lists = await(m_backend->service().lists());
        QVERIFY2(lists.ok(), lists.ok() ? "" : qPrintable(lists.error().toLogString()));
        QCOMPARE(lists->samplers.size(), kMostWebUiRows);
        QCOMPARE(lists->models.size(), 3 * kMostWebUiRows);
        m_list = FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("loaded"), loaded}}).toJson(QJsonDocument::Compact));
        QCOMPARE(await(m_backend->service().embeddings())->size(), kMostWebUiRows);
    }

    void embeddingsThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("loaded: list") << QByteArray("{\"loaded\":[\"a\"]}");
        QTest::newRow("loaded: null") << QByteArray("{\"loaded\":null}");
    }
    void embeddingsThatAreNone()
    {
        QFETCH(QByteArray, body);
        m_list = FakeAnswer::payload(body);
        QCOMPARE(await(m_backend->service().embeddings()).error().kind, ErrorKind::Protocol);
        m_list = FakeAnswer::payload("{\"loaded\":{\"good\":1,\"two\\nlines\":2,\"evil\\u202etxt\":3},\"skipped\":{\"other\":1}}");
        const Result<QList<ImageModel>> some = await(m_backend->service().embeddings());
        QCOMPARE(some->size(), 1);
        QCOMPARE(some->first().requestName(), QStringLiteral("good"));
    }

    void anEndlessAnswerIsCut()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
            connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket] {
                if (socket.bytesToWrite() < 4'000'000)
                    socket.write(QByteArray(1'000'000, ' '));
            });
        });
        useReal(server);
        const Result<QStringList> samplers = await(m_backend->service().samplers());
        QCOMPARE(samplers.error().fault, ProtocolFault::TooLarge);
        QVERIFY(samplers.error().message.contains(QLatin1String("16 MB")));
    }

    void anAnnouncedHugeAnswerIsNotRead()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n["); });
        useReal(server);
        QCOMPARE(await(m_backend->service().samplers()).error().fault, ProtocolFault::TooLarge);
    }

    void aPackedAnswerIsNotAskedFor()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("[]")); });
        useReal(server);
        QVERIFY(await(m_backend->service().samplers()).ok());
        QVERIFY(server.received().front().hasHeader("Accept-Encoding: identity"));
    }

    void halfAnAnswerIsALostJob()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &request) {
            if (isFor(request, "2img")) {
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"images\":[\"aGVsbG8");
                socket.disconnectFromHost();
            } else {
                socket.write(TcpDouble::answer("{}"));
            }
        });
        useReal(server);
        const Result<ImageWork> work = await(submit());
        QVERIFY(!work.ok());
        QVERIFY2(work.error().effectUnknown, qPrintable(work.error().toLogString()));
    }

    void anAnswerThatDripsIsGivenUpOnceTheServerIsIdle()
    {
        int asked = 0;
        TcpDouble server([&asked](QTcpSocket &socket, const TcpDouble::Received &request) {
            if (isFor(request, "/internal/")) {
                socket.write(TcpDouble::answer("{}", "404 Not Found"));
            } else if (isFor(request, "/progress")) {
                const bool isBusy = ++asked <= 2;
                socket.write(TcpDouble::answer(isBusy ? "{\"progress\":0.5,\"state\":{\"job\":\"scripts_txt2img\",\"job_count\":1}}" : "{\"progress\":0,\"state\":{\"job\":\"\",\"job_count\":0}}"));
            } else {
                socket.write("HTTP/1.1 200 OK\r\n\r\n");
                auto *drip = new QTimer(&socket);
                connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write(" "); });
                drip->start(10);
            }
        });
        useReal(server);
        const Result<ImageWork> work = await(submit());
        QVERIFY2(work.error().effectUnknown, qPrintable(work.error().toLogString()));
        QVERIFY(work.error().message.contains(QLatin1String("nothing to do")));
    }

    void whoDoesNotHearToStopIsLeft()
    {
        m_progress = FakeAnswer::payload("{\"progress\":0.5,\"state\":{\"job\":\"scripts_txt2img\",\"job_count\":1}}");
        QPointer<Call<ImageWork>> call(submit());
        m_backend->interrupt();
        const Result<ImageWork> work = await(call.data());
        QCOMPARE(work.error().kind, ErrorKind::Canceled);
        QVERIFY2(work.error().detail.contains(QLatin1String("may go on")), qPrintable(work.error().detail));
        QCOMPARE(m_backend->capacity(), 1);
    }

    void cookiesAreNotKept()
    {
        TcpDouble server([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("[]", "200 OK", "Set-Cookie: id=1; Path=/\r\n")); });
        useReal(server);
        for (int i = 0; i < 2; ++i)
            QVERIFY(await(m_backend->service().samplers()).ok());
        for (const TcpDouble::Received &request : server.received())
            QVERIFY(!request.head.toLower().contains("\r\ncookie:"));
    }

    void aRedirectIsNotFollowed_data()
    {
        QTest::addColumn<QByteArray>("status");
        for (const char *status : {"301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"})
            QTest::newRow(status) << QByteArray(status);
    }
    void aRedirectIsNotFollowed()
    {
        QFETCH(QByteArray, status);
        TcpDouble elsewhere([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("[]")); });
        TcpDouble server([&](QTcpSocket &socket, const TcpDouble::Received &) {
            socket.write(TcpDouble::answer({}, status, "Location: " + elsewhere.url().toString().toLatin1() + "/sdapi/v1/txt2img?token=abc\r\n"));
        });
        useReal(server);
        const Result<ImageWork> work = await(submit());
        QCOMPARE(work.error().fault, ProtocolFault::Redirect);
        QVERIFY(!work.error().message.contains(QLatin1String("abc")));
        QCOMPARE(elsewhere.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebUiHostile)
#include "tst_webuihostile.moc"
