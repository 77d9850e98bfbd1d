// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/replydecoder.h"
#include "tests/net/apiclientbench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace novita;

/// What is sent, and what becomes of the answer: headers, decoding, cache, key, status, record.
class TestApiClient final : public ApiClientBench
{
    Q_OBJECT

private slots:
    void sendsHeadersAsPromised();
    void emptyBodyIsASuccess();
    void decodesAndReportsFatalEntries();
    void decodesLargeBodiesInAWorker();
    void cancelEndsWhatIsBeingDecoded();
    void cachesAndInvalidates();
    void neverCachesSensitiveReplies();
    void refusesInsecureRoots();
    void judgesTheKey();
    void strangeKeysAreNotSent();
    void redirectsAreErrors();
    void publishesStatusSparingly();
    void refusalsDoNotTakeItOffline();
    void recordsRequestsWithoutSecrets();
};

void TestApiClient::sendsHeadersAsPromised()
{
    const auto first = send(get(QStringLiteral("/a")));
    const auto second = send(post(QStringLiteral("/b")));
    ApiRequest bare = post(QStringLiteral("/c"));
    bare.body.reset();
    const auto third = send(bare);
    QTRY_VERIFY(first->done() && second->done() && third->done());
    for (const FakeRequest &request : m_nam->requests()) {
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer test-key-1"));
        QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(request.header("Accept"), QByteArray("application/json"));
        QCOMPARE(request.header("User-Agent"), QByteArray("novita-console/" NOVITA_VERSION));
        QCOMPARE(request.header("X-Attempt"), QByteArray("1"));
        QVERIFY(!request.header("X-Correlation-ID").isEmpty());
        QCOMPARE(request.request.attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(), int(QNetworkRequest::ManualRedirectPolicy));
        QCOMPARE(request.bodyIsSequential, request.verb == "POST");
    }
    QCOMPARE(m_nam->requests()[1].body, QByteArray("{\"a\":1}"));
    QCOMPARE(m_nam->requests()[1].request.header(QNetworkRequest::ContentLengthHeader).toInt(), 7);
    QCOMPARE(m_nam->requests()[2].body, QByteArray());
    QCOMPARE(m_nam->requests()[2].request.header(QNetworkRequest::ContentLengthHeader).toInt(), 0);
    QCOMPARE(QString::fromLatin1(m_nam->requests()[0].header("X-Correlation-ID")), first->result->value().correlationId);
}

void TestApiClient::emptyBodyIsASuccess()
{
    m_nam->script(FakeAnswer::payload("", 204));
    const auto outcome = send(post(QStringLiteral("/x")));
    QVERIFY(!outcome->done()); // always through the event loop
    QTRY_VERIFY(outcome->ok());
    QVERIFY(outcome->result->value().json.isUndefined());
    QCOMPARE(outcome->result->value().httpStatus, 204);
}

void TestApiClient::decodesAndReportsFatalEntries()
{
    const std::function<QString(const QJsonValue &, DecodeLog &)> decode = [](const QJsonValue &json, DecodeLog &log) {
        return JsonReader(json.toObject(), log).requiredString(QLatin1String("id"));
    };
    m_nam->script(FakeAnswer::payload(R"({"id":"i-1"})"));
    m_nam->script(FakeAnswer::payload(R"({"name":"x"})"));
    m_nam->script(FakeAnswer::payload("<html>"));
    std::optional<Result<QString>> good, bad, html;
    client().call<QString>(post(QStringLiteral("/a")), decode)->onFinished(&m_context, [&](const Result<QString> &r) { good = r; });
    client().call<QString>(post(QStringLiteral("/b")), decode)->onFinished(&m_context, [&](const Result<QString> &r) { bad = r; });
    client().call<QString>(post(QStringLiteral("/c")), decode)->onFinished(&m_context, [&](const Result<QString> &r) { html = r; });
    QTRY_VERIFY(good && bad && html);
    QCOMPARE(good->value(), QStringLiteral("i-1"));
    for (const auto &failed : {*bad, *html}) {
        QCOMPARE(failed.error().kind, ErrorKind::Protocol);
        QCOMPARE(failed.error().httpStatus, 200);
        QVERIFY(!failed.error().correlationId.isEmpty());
        QVERIFY(failed.error().effectUnknown); // it was a POST, and it worked
    }
}

void TestApiClient::decodesLargeBodiesInAWorker()
{
    QJsonArray rows;
    for (int i = 0; i < 10000; ++i)
        rows.append(QJsonObject{{QStringLiteral("id"), QString::number(i)}, {QStringLiteral("name"), QStringLiteral("instance")}});
    m_nam->script(FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("rows"), rows}}).toJson()));
    QThread *decodedIn = nullptr;
    std::optional<Result<qsizetype>> result;
    const std::function<qsizetype(const QJsonValue &, DecodeLog &)> decode = [&](const QJsonValue &json, DecodeLog &) {
        decodedIn = QThread::currentThread();
        return json.toObject().value(QLatin1String("rows")).toArray().size();
    };
    client().call<qsizetype>(get(QStringLiteral("/x")), decode)->onFinished(&m_context, [&](const Result<qsizetype> &r) {
        QCOMPARE(QThread::currentThread(), thread());
        result = r;
    });
    QTRY_VERIFY(result);
    QCOMPARE(result->value(), 10000);
    QVERIFY(decodedIn != thread());
}

void TestApiClient::cancelEndsWhatIsBeingDecoded()
{
    // Held while it decodes: the cancellation comes first, whatever the machine.
    QSemaphore decoding;
    QSemaphore canceled;
    const std::function<int(const QJsonValue &, DecodeLog &)> decode = [&](const QJsonValue &, DecodeLog &) {
        decoding.release();
        canceled.acquire();
        return 1;
    };
    m_nam->script(FakeAnswer::payload("{\"text\":\"" + QByteArray(ReplyDecoder::kLargeBody, 'x') + "\"}"));
    ApiRequest request = get(QStringLiteral("/large"));
    request.cache = {QStringLiteral("kind"), std::chrono::minutes(5), false};
    std::optional<Result<int>> result;
    client().call<int>(request, decode)->onFinished(&m_context, [&result](const Result<int> &r) { result = r; });
    const auto letGo = qScopeGuard([&canceled] { canceled.release(); }); // also when the test ends early
    QTRY_COMPARE(decoding.available(), 1);
    client().cancelAll();
    canceled.release();
    QTRY_VERIFY(result);
    QVERIFY(result->error().isCanceled());
    QVERIFY(!client().status().lastSuccessAt);
}

void TestApiClient::cachesAndInvalidates()
{
    ApiRequest list = get(QStringLiteral("/list"));
    list.cache = {QStringLiteral("instances"), Seconds(10), false};
    m_nam->script(FakeAnswer::payload("{\"n\":1}"));
    const auto first = send(list);
    QTRY_VERIFY(first->ok());
    const TimePoint asked = first->result->value().receivedAt;
    advance(Seconds(5));
    const auto kept = send(list);
    QVERIFY(!kept->done());
    QTRY_VERIFY(kept->ok());
    QVERIFY(kept->result->value().fromCache);
    QCOMPARE(kept->result->value().receivedAt, asked);
    QCOMPARE(m_nam->count(), 1);

    ApiRequest fresh = list;
    fresh.cache.bypass = true;
    const auto reloaded = send(fresh);
    QTRY_VERIFY(reloaded->ok());
    QVERIFY(!reloaded->result->value().fromCache);
    ApiRequest write = post(QStringLiteral("/w"));
    write.invalidates = {QStringLiteral("instances")};
    const auto written = send(write);
    QTRY_VERIFY(written->ok());
    const auto again = send(list);
    QTRY_VERIFY(again->ok());
    QVERIFY(!again->result->value().fromCache);
    QCOMPARE(m_nam->count(), 4);

    client().setKey(QStringLiteral("test-key-other"));
    const auto otherKey = send(list);
    QTRY_VERIFY(otherKey->ok());
    QVERIFY(!otherKey->result->value().fromCache);
}

void TestApiClient::neverCachesSensitiveReplies()
{
    ApiRequest secrets = get(QStringLiteral("/auths"));
    secrets.cache = {QStringLiteral("auths"), Seconds(10), false};
    secrets.sensitiveReply = true;
    for (int i = 0; i < 2; ++i) {
        const auto outcome = send(secrets);
        QTRY_VERIFY(outcome->ok());
        QVERIFY(!outcome->result->value().fromCache);
    }
    m_nam->script(FakeAnswer::payload("{\"password\":\"hunter2hunter2\", broken"));
    const auto broken = send(secrets);
    QTRY_VERIFY(broken->done());
    QVERIFY(broken->error().detail.isEmpty());
}

void TestApiClient::refusesInsecureRoots()
{
    configure([](ApiClientConfig &config) { config.apiRoot = QUrl(QStringLiteral("http://api.novita.ai")); });
    const auto outcome = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Validation);
    QCOMPARE(m_nam->count(), 0);
}

void TestApiClient::judgesTheKey()
{
    QSignalSpy rejected(&client(), &ApiClient::keyRejected);
    m_nam->script(FakeAnswer::payload("{}", 403));
    const auto first = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(first->done());
    QCOMPARE(first->error().kind, ErrorKind::Unauthorized);
    QCOMPARE(rejected.size(), 1);

    const auto good = send(get(QStringLiteral("/b")));
    QTRY_VERIFY(good->ok());
    m_nam->script(FakeAnswer::payload("{}", 403));
    const auto later = send(get(QStringLiteral("/c")));
    QTRY_VERIFY(later->done());
    QCOMPARE(later->error().kind, ErrorKind::Forbidden);
    QCOMPARE(rejected.size(), 1);

    m_nam->script(FakeAnswer::payload("{}", 401));
    const auto wrong = send(get(QStringLiteral("/d")));
    QTRY_VERIFY(wrong->done());
    QCOMPARE(wrong->error().kind, ErrorKind::Unauthorized);
    QCOMPARE(rejected.size(), 2);
}

void TestApiClient::strangeKeysAreNotSent()
{
    for (const QString &key : {QStringLiteral("abc\r\nX-Evil: 1"), QStringLiteral("abc def"), QStringLiteral("schlüssel")}) {
        client().setKey(key);
        const auto outcome = send(get(QStringLiteral("/x")));
        QTRY_VERIFY(outcome->done());
        QCOMPARE(outcome->error().kind, ErrorKind::Validation);
    }
    QCOMPARE(m_nam->count(), 0);
}

void TestApiClient::redirectsAreErrors()
{
    m_nam->script(FakeAnswer::payload("", 307).withHeader("Location", "https://evil.example/"));
    const auto outcome = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Protocol);
    QCOMPARE(outcome->error().fault, ProtocolFault::Redirect);
    QCOMPARE(outcome->error().httpStatus, 307);
    QCOMPARE(m_nam->count(), 1);
}

void TestApiClient::publishesStatusSparingly()
{
    QList<ClientStatus> seen;
    connect(&client(), &ApiClient::statusChanged, &m_context, [&](const ClientStatus &status) { seen.append(status); });
    configure([](ApiClientConfig &config) { config.limiterCapacity = 1000; });
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 200; ++i)
        all.append(send(get(QStringLiteral("/%1").arg(i))));
    QTRY_VERIFY(all.last()->done());
    QTRY_VERIFY(!seen.isEmpty() && seen.last().limiterUsed == 200 && seen.last().inFlight == 0 && seen.last().queued == 0);
    QVERIFY(seen.size() < 20);
    QVERIFY(seen.last().isOnline());
}

void TestApiClient::refusalsDoNotTakeItOffline()
{
    configure([](ApiClientConfig &config) { config.maxRetries = 0; });
    QVERIFY(!client().status().isOnline());
    const auto good = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(good->ok());
    QVERIFY(client().status().isOnline());
    for (const auto &[status, online] : {std::pair(404, true), std::pair(400, true), std::pair(401, false), std::pair(500, false)}) {
        m_nam->script(FakeAnswer::payload("{}", status));
        const auto outcome = send(get(QStringLiteral("/b")));
        QTRY_VERIFY(outcome->done());
        QCOMPARE(client().status().lastError->httpStatus, status);
        QCOMPARE(client().status().isOnline(), online);
    }
}

void TestApiClient::recordsRequestsWithoutSecrets()
{
    QSignalSpy records(&client(), &ApiClient::requestFinished);
    ApiRequest request = post(QStringLiteral("/auth"));
    request.body = QJsonObject{{QStringLiteral("username"), QStringLiteral("joe")}, {QStringLiteral("password"), QStringLiteral("hunter2hunter2")}};
    request.query.addQueryItem(QStringLiteral("token"), QStringLiteral("hunter3hunter3"));
    m_nam->script(FakeAnswer::payload(R"({"reason":"VALIDATOR_PARAM","message":"test-key-1"})", 400));
    const auto outcome = send(request);
    QTRY_COMPARE(records.size(), 1);
    const auto record = records[0][0].value<RequestRecord>();
    QCOMPARE(record.serial, 1);
    QCOMPARE(record.operation, QStringLiteral("post"));
    QCOMPARE(record.method, QStringLiteral("POST"));
    QCOMPARE(record.httpStatus, 400);
    QCOMPARE(record.attempts, 1);
    QVERIFY(record.error);
    const QString all = record.url + QString::fromUtf8(QJsonDocument(record.requestBody.toObject()).toJson()) + record.error->message
        + record.error->detail;
    for (const char *secret : {"hunter2hunter2", "hunter3hunter3", "test-key-1"})
        QVERIFY(!all.contains(QString::fromLatin1(secret)));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
