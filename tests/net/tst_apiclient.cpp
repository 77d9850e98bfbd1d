// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"
#include "core/net/apiclient.h"
#include "core/net/replydecoder.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace novita;

namespace {

struct Outcome
{
    std::optional<Result<ApiReply>> result;

    bool done() const { return result.has_value(); }
    bool ok() const { return result && result->ok(); }
    const Error &error() const { return result->error(); }
};

ApiRequest get(const QString &path, RequestPriority priority = RequestPriority::Interactive)
{
    ApiRequest request;
    request.operation = QStringLiteral("get");
    request.area = ApiArea::Root;
    request.path = path;
    request.priority = priority;
    return request;
}

ApiRequest post(const QString &path)
{
    ApiRequest request = get(path);
    request.operation = QStringLiteral("post");
    request.method = HttpMethod::Post;
    request.body = QJsonObject{{QStringLiteral("a"), 1}};
    return request;
}

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsHeadersAsPromised();
    void emptyBodyIsASuccess();
    void decodesAndReportsFatalEntries();
    void decodesLargeBodiesInAWorker();
    void retriesKeepTheCorrelationId();
    void givesUpAfterTheRetries();
    void neverRepeatsAWrite();
    void repeatsAWriteAfter429();
    void lostAnswerLeavesTheEffectUnknown();
    void doubtOutlivesTheAttempt();
    void cancelEndsWhatIsBeingDecoded();
    void retryAfterPausesEverybody();
    void aPauseConcernsItsHostOnly();
    void everyAttemptTakesAToken();
    void retryGivesItsSlotBack();
    void hangingReplyMeetsTheDeadline();
    void sharesIdenticalGets();
    void sharedRequestEndsWithItsLastCaller();
    void neverSharesAcrossAWrite();
    void cancelReachesTheReply();
    void cancelInTheQueue();
    void waitsForTheKey();
    void saysWhyRequestsWait();
    void saysWhenARetryGoes();
    void aNewKeyCarriesOutNoOldWrites();
    void breakerRefusesProbesAndCloses();
    void breakerIgnoresClientErrors();
    void openBreakerEmptiesTheQueue();
    void tryNowLetsAProbeThrough();
    void cachesAndInvalidates();
    void neverCachesSensitiveReplies();
    void fullQueueRefuses();
    void refusesInsecureRoots();
    void changedRootEndsEverything();
    void cancelAllEndsEverything();
    void judgesTheKey();
    void strangeKeysAreNotSent();
    void redirectsAreErrors();
    void publishesStatusSparingly();
    void refusalsDoNotTakeItOffline();
    void recordsRequestsWithoutSecrets();
    void survivesItsDestruction();
    void rateLimitedHour();

private:
    ApiClient &client() { return *m_client; }
    std::shared_ptr<Outcome> send(const ApiRequest &request, Call<ApiReply> **call = nullptr);
    void configure(const std::function<void(ApiClientConfig &)> &change);
    /// Moves the clock and lets the client see it.
    void advance(Milliseconds by);
    void openBreaker();

    FakeClock m_clock;
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<ApiClient> m_client;
    QObject m_context;
    double m_random = 0.5;
};

void TestApiClient::init()
{
    m_random = 0.5;
    m_nam = std::make_unique<FakeNam>();
    m_client = std::make_unique<ApiClient>(*m_nam, m_clock, [this] { return m_random; });
    m_client->setKey(QStringLiteral("test-key-1"));
}

void TestApiClient::cleanup()
{
    m_client.reset();
    m_nam.reset();
    clearRegisteredSecrets();
}

std::shared_ptr<Outcome> TestApiClient::send(const ApiRequest &request, Call<ApiReply> **call)
{
    auto outcome = std::make_shared<Outcome>();
    auto *started = client().send(request);
    started->onFinished(&m_context, [outcome](const Result<ApiReply> &result) { outcome->result = result; });
    if (call)
        *call = started;
    return outcome;
}

void TestApiClient::configure(const std::function<void(ApiClientConfig &)> &change)
{
    ApiClientConfig config = client().config();
    change(config);
    client().setConfig(config);
}

void TestApiClient::advance(Milliseconds by)
{
    m_clock.advance(by);
    client().recheck();
}

void TestApiClient::openBreaker()
{
    configure([](ApiClientConfig &config) { config.maxRetries = 0; });
    for (int i = 0; i < 5; ++i) {
        m_nam->script(FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError));
        const auto outcome = send(get(QStringLiteral("/x")));
        QTRY_VERIFY(outcome->done());
    }
    QCOMPARE(client().status().breaker, BreakerState::Open);
}

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

void TestApiClient::retriesKeepTheCorrelationId()
{
    m_nam->script(FakeAnswer::payload("", 503));
    m_nam->script(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError));
    m_nam->script(FakeAnswer::payload("{}"));
    Call<ApiReply> *call = nullptr;
    const auto outcome = send(get(QStringLiteral("/x")), &call);
    QSignalSpy retries(call, &CallBase::retryScheduled);
    QTRY_COMPARE(retries.size(), 1);
    QCOMPARE(retries[0][0].toInt(), 2);
    advance(Milliseconds(499));
    QCOMPARE(m_nam->count(), 1);
    advance(Milliseconds(1)); // half of 1 s × 2⁰
    QTRY_COMPARE(retries.size(), 2);
    advance(Milliseconds(1000)); // half of 1 s × 2¹
    QTRY_VERIFY(outcome->ok());
    QCOMPARE(m_nam->count(), 3);
    QSet<QByteArray> ids;
    for (int i = 0; i < 3; ++i) {
        const FakeRequest &request = m_nam->requests()[static_cast<size_t>(i)];
        ids.insert(request.header("X-Correlation-ID"));
        QCOMPARE(request.header("X-Attempt").toInt(), i + 1);
    }
    QCOMPARE(ids.size(), 1);
}

void TestApiClient::givesUpAfterTheRetries()
{
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("<html>", 502); });
    const auto outcome = send(get(QStringLiteral("/x")));
    for (int i = 0; i < 4; ++i) {
        QTRY_COMPARE(m_nam->count(), i + 1);
        QTRY_COMPARE(client().status().inFlight, 0);
        advance(Seconds(30));
    }
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Server);
    QCOMPARE(outcome->error().attempts, 4);
    QVERIFY(!outcome->error().effectUnknown);
    QCOMPARE(m_nam->count(), 4);
}

void TestApiClient::neverRepeatsAWrite()
{
    for (const FakeAnswer &answer : {FakeAnswer::payload("", 500), FakeAnswer::payload("", 503),
                                     FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError),
                                     FakeAnswer::transportError(QNetworkReply::ContentReSendError)}) {
        m_nam->script(answer);
        const int before = m_nam->count();
        const auto outcome = send(post(QStringLiteral("/x")));
        QTRY_VERIFY(outcome->done());
        advance(Seconds(60));
        QCOMPARE(m_nam->count(), before + 1);
        QCOMPARE(client().status().queued, 0);
    }
}

void TestApiClient::repeatsAWriteAfter429()
{
    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "2"));
    const auto outcome = send(post(QStringLiteral("/x")));
    QTRY_COMPARE(client().status().queued, 1);
    advance(Milliseconds(1999));
    QCOMPARE(m_nam->count(), 1);
    advance(Milliseconds(1));
    QTRY_VERIFY(outcome->ok());
    QCOMPARE(m_nam->count(), 2);
}

void TestApiClient::lostAnswerLeavesTheEffectUnknown()
{
    const auto effectOf = [this](const FakeAnswer &answer, const ApiRequest &request) {
        m_nam->script(answer);
        configure([](ApiClientConfig &config) { config.maxRetries = 0; config.breakerFailures = 100; });
        const auto outcome = send(request);
        [&] { QTRY_VERIFY(outcome->done()); }();
        return outcome->error().effectUnknown;
    };
    const ApiRequest write = post(QStringLiteral("/x"));
    ApiRequest repeatable = write;
    repeatable.idempotent = true;
    const FakeAnswer closed = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
    QVERIFY(effectOf(closed, write));
    QVERIFY(effectOf(closed, repeatable)); // repeating it would be safe; what it did is unknown all the same
    QVERIFY(!effectOf(closed, get(QStringLiteral("/x"))));
    QVERIFY(!effectOf(FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError), write));
    QVERIFY(effectOf(FakeAnswer::payload("", 504), write));
    QVERIFY(effectOf(FakeAnswer::payload("", 503), write)); // what a proxy says of a connection that broke after the request
    QVERIFY(!effectOf(FakeAnswer::payload("", 501), write));
    QVERIFY(!effectOf(FakeAnswer::payload("", 400), write));
    QVERIFY(effectOf(FakeAnswer::payload("{\"trunc"), write));
    QVERIFY(!effectOf(FakeAnswer::payload("{\"trunc"), get(QStringLiteral("/x"))));
}

/// What a later attempt is told does not undo what an earlier one may have done.
void TestApiClient::doubtOutlivesTheAttempt()
{
    ApiRequest stop = post(QStringLiteral("/stop"));
    stop.idempotent = true;
    m_nam->script(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError));
    m_nam->script(FakeAnswer::payload("{\"message\":\"already stopping\"}", 409));
    const auto outcome = send(stop);
    QTRY_COMPARE(client().status().waitReason, WaitReason::Retry);
    advance(Seconds(1));
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Conflict);
    QCOMPARE(outcome->error().attempts, 2);
    QVERIFY(outcome->error().effectUnknown);

    m_nam->script(FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError));
    m_nam->script(FakeAnswer::payload("{}", 409));
    const auto never = send(stop);
    QTRY_COMPARE(client().status().waitReason, WaitReason::Retry);
    advance(Seconds(1));
    QTRY_VERIFY(never->done());
    QVERIFY(!never->error().effectUnknown);
}

void TestApiClient::cancelEndsWhatIsBeingDecoded()
{
    QByteArray large(ReplyDecoder::kLargeBody * 4, 'x');
    m_nam->script(FakeAnswer::payload("{\"text\":\"" + large + "\"}"));
    ApiRequest request = get(QStringLiteral("/large"));
    request.cache = {QStringLiteral("kind"), std::chrono::minutes(5), false};
    const auto outcome = send(request);
    QTRY_COMPARE(client().status().inFlight, 0); // read, and in the worker thread
    QVERIFY(!outcome->done());
    client().cancelAll();
    QTRY_VERIFY(outcome->done());
    QVERIFY(outcome->error().isCanceled());
    QVERIFY(!client().status().lastSuccessAt);
}

void TestApiClient::retryAfterPausesEverybody()
{
    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "20"));
    const auto first = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(client().status().pausedUntil);
    QCOMPARE(*client().status().pausedUntil, m_clock.now() + Seconds(20));
    QCOMPARE(client().status().limiterCapacity, 50);
    const auto second = send(get(QStringLiteral("/b")));
    m_clock.jumpWallClock(std::chrono::hours(5));
    advance(Milliseconds(19999));
    QCOMPARE(m_nam->count(), 1);
    advance(Milliseconds(1));
    QTRY_VERIFY(first->ok());
    QVERIFY(!client().status().pausedUntil);
    QVERIFY(!second->done()); // 50 a minute now: one by one
    advance(Milliseconds(1250));
    QTRY_VERIFY(second->ok());
}

void TestApiClient::aPauseConcernsItsHostOnly()
{
    const QUrl root = client().config().apiRoot;
    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "200"));
    const auto refused = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(client().status().pausedUntil);
    configure([](ApiClientConfig &config) { config.apiRoot = QUrl(QStringLiteral("http://127.0.0.1:4711")); });
    QVERIFY(!client().status().pausedUntil);
    const auto elsewhere = send(get(QStringLiteral("/b")));
    QTRY_VERIFY(elsewhere->ok());
    configure([&root](ApiClientConfig &config) { config.apiRoot = root; });
    QVERIFY(client().status().pausedUntil);
}

void TestApiClient::everyAttemptTakesAToken()
{
    configure([](ApiClientConfig &config) { config.limiterCapacity = 2; });
    m_nam->script(FakeAnswer::payload("", 500));
    m_nam->script(FakeAnswer::payload("", 500));
    const auto outcome = send(get(QStringLiteral("/x")));
    QTRY_COMPARE(client().status().limiterUsed, 1);
    QTRY_COMPARE(client().status().inFlight, 0);
    advance(Seconds(1));
    QTRY_COMPARE(client().status().limiterUsed, 2);
    QTRY_COMPARE(client().status().inFlight, 0);
    advance(Seconds(30));
    QCOMPARE(m_nam->count(), 2);
    advance(Seconds(30));
    QTRY_VERIFY(outcome->ok());
}

void TestApiClient::retryGivesItsSlotBack()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::payload("", 500));
    const auto failing = send(get(QStringLiteral("/a")));
    const auto quick = send(get(QStringLiteral("/b")));
    QTRY_VERIFY(quick->ok());
    QVERIFY(!failing->done());
    advance(Seconds(1));
    QTRY_VERIFY(failing->ok());
}

void TestApiClient::hangingReplyMeetsTheDeadline()
{
    configure([](ApiClientConfig &config) { config.maxRetries = 0; });
    ApiRequest request = post(QStringLiteral("/x"));
    request.timeout = Milliseconds(30);
    m_nam->script(FakeAnswer::hanging());
    const auto outcome = send(request);
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Timeout);
    QVERIFY(outcome->error().effectUnknown);
    QCOMPARE(m_nam->abortedCount(), 1);
    QCOMPARE(client().status().inFlight, 0);
}

void TestApiClient::sharesIdenticalGets()
{
    m_nam->script(FakeAnswer::delayed("{\"n\":1}", Milliseconds(20)));
    QSignalSpy records(&client(), &ApiClient::requestFinished);
    const auto first = send(get(QStringLiteral("/a"), RequestPriority::Poll));
    const auto second = send(get(QStringLiteral("/a")));
    const auto other = send(get(QStringLiteral("/b")));
    QTRY_VERIFY(first->ok() && second->ok() && other->ok());
    QCOMPARE(m_nam->count(), 2);
    QCOMPARE(first->result->value().correlationId, second->result->value().correlationId);
    QTRY_COMPARE(records.size(), 3);
    int shared = 0;
    for (const auto &signal : records)
        shared += signal[0].value<RequestRecord>().shared ? 1 : 0;
    QCOMPARE(shared, 1);

    // A joiner of higher rank raises what waits.
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::delayed("{}", Milliseconds(10)));
    const auto running = send(get(QStringLiteral("/run")));
    const auto bulk = send(get(QStringLiteral("/late"), RequestPriority::Bulk));
    const auto poll = send(get(QStringLiteral("/poll"), RequestPriority::Poll));
    const auto urgent = send(get(QStringLiteral("/late")));
    QTRY_VERIFY(running->ok() && bulk->ok() && poll->ok() && urgent->ok());
    QCOMPARE(m_nam->requests()[3].path(), QStringLiteral("/late"));
    QCOMPARE(m_nam->count(), 5);
}

void TestApiClient::sharedRequestEndsWithItsLastCaller()
{
    m_nam->script(FakeAnswer::hanging());
    Call<ApiReply> *one = nullptr;
    Call<ApiReply> *two = nullptr;
    const auto first = send(get(QStringLiteral("/a")), &one);
    const auto second = send(get(QStringLiteral("/a")), &two);
    one->cancel();
    QTRY_VERIFY(first->done());
    QVERIFY(first->error().isCanceled());
    QCOMPARE(m_nam->abortedCount(), 0);
    QVERIFY(!second->done());
    two->cancel();
    QTRY_VERIFY(second->done());
    QCOMPARE(m_nam->abortedCount(), 1);
    QCOMPARE(client().status().inFlight, 0);
}

void TestApiClient::neverSharesAcrossAWrite()
{
    m_nam->script(FakeAnswer::delayed("{\"n\":1}", Milliseconds(30)));
    const auto before = send(get(QStringLiteral("/a")));
    const auto write = send(post(QStringLiteral("/b")));
    QTRY_VERIFY(write->ok());
    const auto after = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(before->ok() && after->ok());
    QCOMPARE(m_nam->count(), 3);
}

void TestApiClient::cancelReachesTheReply()
{
    m_nam->script(FakeAnswer::hanging());
    CallGuard guard;
    bool told = false;
    guard.reset(client().send(get(QStringLiteral("/a"))))->onFinished(&m_context, [&](const Result<ApiReply> &) { told = true; });
    QCOMPARE(m_nam->count(), 1);
    guard.reset();
    QCOMPARE(m_nam->abortedCount(), 1);
    QCOMPARE(client().status().inFlight, 0);
    const auto next = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(next->ok());
    QVERIFY(!told);
}

void TestApiClient::cancelInTheQueue()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::delayed("{}", Milliseconds(10)));
    const auto running = send(get(QStringLiteral("/a")));
    Call<ApiReply> *waiting = nullptr;
    const auto canceled = send(post(QStringLiteral("/b")), &waiting);
    waiting->cancel();
    QTRY_VERIFY(running->ok() && canceled->done());
    QVERIFY(canceled->error().isCanceled());
    QVERIFY(!canceled->error().effectUnknown);
    QCOMPARE(m_nam->count(), 1);

    // Also while a retry waits for its moment.
    m_nam->script(FakeAnswer::payload("", 500));
    const auto retrying = send(get(QStringLiteral("/c")), &waiting);
    QTRY_COMPARE(client().status().queued, 1);
    waiting->cancel();
    QCOMPARE(client().status().queued, 0);
    advance(Seconds(60));
    QTRY_VERIFY(retrying->done());
    QCOMPARE(m_nam->count(), 2);
}

void TestApiClient::waitsForTheKey()
{
    client().setKey({});
    QVERIFY(!client().hasKey());
    const auto outcome = send(get(QStringLiteral("/a")));
    advance(Seconds(100));
    QCOMPARE(m_nam->count(), 0);
    QVERIFY(client().status().waitingForKey);
    QCOMPARE(client().status().queued, 1);
    client().setKey(QStringLiteral("  test-key-2\n"));
    QTRY_VERIFY(outcome->ok());
    QCOMPARE(m_nam->requests()[0].header("Authorization"), QByteArray("Bearer test-key-2"));
    QVERIFY(!client().status().waitingForKey);
}

void TestApiClient::saysWhyRequestsWait()
{
    const auto reason = [this] { return client().status().waitReason; };
    QCOMPARE(reason(), WaitReason::None);
    client().setKey({});
    const auto read = send(get(QStringLiteral("/a")));
    ApiRequest poll = get(QStringLiteral("/poll"));
    poll.priority = RequestPriority::Poll;
    const auto polled = send(poll);
    QCOMPARE(reason(), WaitReason::NoKey);
    QCOMPARE(client().status().queued, 2);
    QCOMPARE(client().status().queuedForUser, 1);
    const auto joined = send(get(QStringLiteral("/poll"))); // somebody waits for the poll now
    QCOMPARE(client().status().queuedForUser, 2);
    client().setKey(QStringLiteral("test-key-2"));
    QTRY_VERIFY(read->ok() && polled->ok() && joined->ok());
    QCOMPARE(reason(), WaitReason::None);
    QCOMPARE(client().status().queuedForUser, 0);

    configure([](ApiClientConfig &config) { config.limiterCapacity = 3; });
    m_nam->script(FakeAnswer::hanging());
    Call<ApiReply> *hanging = nullptr;
    const auto third = send(get(QStringLiteral("/third")), &hanging);
    const TimePoint began = m_clock.now();
    const auto fourth = send(post(QStringLiteral("/write")));
    QCOMPARE(reason(), WaitReason::RateLimit);
    QVERIFY(client().status().waitUntil && *client().status().waitUntil - began > Seconds(60));
    configure([](ApiClientConfig &config) { config.limiterCapacity = 100; config.maxInFlight = 1; });
    client().recheck();
    QCOMPARE(reason(), WaitReason::Slots);
    QVERIFY(!client().status().waitUntil);
    hanging->cancel();
    QTRY_VERIFY(fourth->ok());

    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "20"));
    const auto paused = send(post(QStringLiteral("/paused")));
    QTRY_COMPARE(reason(), WaitReason::Pause);
    QCOMPARE(client().status().waitUntil, client().status().pausedUntil);
    QCOMPARE(client().status().queuedForUser, 1);
}

void TestApiClient::saysWhenARetryGoes()
{
    m_nam->script(FakeAnswer::payload("", 500));
    const auto retried = send(get(QStringLiteral("/x")));
    QTRY_COMPARE(client().status().waitReason, WaitReason::Retry);
    QCOMPARE(client().status().waitUntil, std::optional(m_clock.now() + Milliseconds(500)));
    client().cancelAll();
    QCOMPARE(client().status().waitReason, WaitReason::None);
    QCOMPARE(client().status().queuedForUser, 0);
    openBreaker();
    m_nam->script(FakeAnswer::hanging());
    advance(Seconds(60));
    const auto probe = send(get(QStringLiteral("/probe")));
    const auto behind = send(get(QStringLiteral("/behind")));
    QCOMPARE(client().status().waitReason, WaitReason::Probe);
    QTRY_VERIFY(retried->done());
}

void TestApiClient::aNewKeyCarriesOutNoOldWrites()
{
    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "20"));
    const auto refused = send(post(QStringLiteral("/create")));
    QTRY_VERIFY(client().status().pausedUntil);
    const auto waiting = send(post(QStringLiteral("/delete")));
    const auto reading = send(get(QStringLiteral("/list")));
    client().setKey(QStringLiteral("sk_of_somebody_else"));
    advance(Seconds(20));
    QTRY_VERIFY(reading->ok());
    QTRY_VERIFY(refused->done() && waiting->done());
    for (const auto &write : {refused, waiting}) {
        QCOMPARE(write->error().kind, ErrorKind::Conflict);
        QVERIFY(!write->error().effectUnknown);
    }
    QCOMPARE(m_nam->count(), 2);
}

void TestApiClient::breakerRefusesProbesAndCloses()
{
    openBreaker();
    QCOMPARE(client().status().breakerRetryAt, std::optional(m_clock.now() + Seconds(60)));
    const int sent = m_nam->count();
    advance(Seconds(10));
    const auto refused = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(refused->done());
    QCOMPARE(refused->error().kind, ErrorKind::BreakerOpen);
    QCOMPARE(refused->error().retryAfter, std::optional<Milliseconds>(Seconds(50)));
    QCOMPARE(m_nam->count(), sent);

    // One failing probe opens it again.
    advance(Seconds(50));
    m_nam->script(FakeAnswer::payload("", 500));
    const auto probe = send(get(QStringLiteral("/probe")));
    QTRY_VERIFY(probe->done());
    QCOMPARE(client().status().breaker, BreakerState::Open);

    // One at a time, three good ones close it.
    advance(Seconds(60));
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::delayed("{}", Milliseconds(5)); });
    int most = 0;
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 6; ++i)
        all.append(send(get(QStringLiteral("/p%1").arg(i))));
    QTRY_VERIFY((most = qMax(most, client().status().breaker == BreakerState::Closed ? 0 : client().status().inFlight),
                 all.last()->done()));
    QCOMPARE(most, 1);
    for (const auto &outcome : all)
        QVERIFY(outcome->ok());
    QCOMPARE(client().status().breaker, BreakerState::Closed);
}

void TestApiClient::breakerIgnoresClientErrors()
{
    configure([](ApiClientConfig &config) { config.maxRetries = 0; });
    for (int i = 0; i < 3; ++i) {
        for (const int status : {400, 401, 403, 404, 408, 409, 422}) {
            m_nam->script(FakeAnswer::payload("{}", status));
            const auto outcome = send(get(QStringLiteral("/x")));
            QTRY_VERIFY(outcome->done());
        }
    }
    QCOMPARE(client().status().breaker, BreakerState::Closed);
}

void TestApiClient::openBreakerEmptiesTheQueue()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError); });
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 12; ++i)
        all.append(send(i % 2 ? post(QStringLiteral("/w%1").arg(i)) : get(QStringLiteral("/p%1").arg(i), RequestPriority::Poll)));
    for (const auto &outcome : all)
        QTRY_VERIFY(outcome->done());
    QCOMPARE(m_nam->count(), 5);
    QCOMPARE(client().status().queued, 0);
    QCOMPARE(all.last()->error().kind, ErrorKind::BreakerOpen);
    QVERIFY(all.last()->error().retryAfter);
}

void TestApiClient::tryNowLetsAProbeThrough()
{
    openBreaker();
    ApiRequest forced = get(QStringLiteral("/x"));
    forced.skipBreaker = true;
    const auto first = send(forced);
    QTRY_VERIFY(first->ok());
    QCOMPARE(client().status().breaker, BreakerState::HalfOpen);
    m_nam->script(FakeAnswer::payload("", 500));
    const auto second = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(second->done());
    QCOMPARE(client().status().breaker, BreakerState::Open);
    client().tryNow();
    const auto third = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(third->ok());
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

void TestApiClient::fullQueueRefuses()
{
    configure([](ApiClientConfig &config) { config.maxQueued = 2; config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::delayed("{}", Milliseconds(10)));
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 4; ++i)
        all.append(send(get(QStringLiteral("/%1").arg(i))));
    for (const auto &outcome : all)
        QTRY_VERIFY(outcome->done());
    QVERIFY(all[0]->ok() && all[1]->ok() && all[2]->ok());
    QCOMPARE(all[3]->error().kind, ErrorKind::QueueFull);
}

void TestApiClient::refusesInsecureRoots()
{
    configure([](ApiClientConfig &config) { config.apiRoot = QUrl(QStringLiteral("http://api.novita.ai")); });
    const auto outcome = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(outcome->done());
    QCOMPARE(outcome->error().kind, ErrorKind::Validation);
    QCOMPARE(m_nam->count(), 0);
}

void TestApiClient::changedRootEndsEverything()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::hanging());
    const auto flying = send(get(QStringLiteral("/a")));
    const auto waiting = send(get(QStringLiteral("/b")));
    configure([](ApiClientConfig &config) { config.apiRoot = QUrl(QStringLiteral("http://127.0.0.1:1")); });
    QTRY_VERIFY(flying->done() && waiting->done());
    QVERIFY(flying->error().isCanceled() && waiting->error().isCanceled());
    QCOMPARE(m_nam->count(), 1);
    QCOMPARE(m_nam->abortedCount(), 1);
}

void TestApiClient::cancelAllEndsEverything()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 2; });
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 6; ++i)
        all.append(send(post(QStringLiteral("/%1").arg(i))));
    client().cancelAll();
    for (const auto &outcome : all) {
        QTRY_VERIFY(outcome->done());
        QVERIFY(outcome->error().isCanceled());
    }
    QVERIFY(all[0]->error().effectUnknown);
    QVERIFY(!all[5]->error().effectUnknown);
    QCOMPARE(m_nam->count(), 2);
    QCOMPARE(m_nam->abortedCount(), 2);
    QCOMPARE(client().status().inFlight, 0);
    QCOMPARE(client().status().queued, 0);
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

void TestApiClient::survivesItsDestruction()
{
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
    QList<std::shared_ptr<Outcome>> all;
    for (int i = 0; i < 8; ++i)
        all.append(send(get(QStringLiteral("/%1").arg(i))));
    CallGuard guard;
    guard.reset(client().send(get(QStringLiteral("/g"))));
    m_client.reset();
    guard.reset();
    QCoreApplication::processEvents();
    for (const auto &outcome : all)
        QVERIFY(!outcome->done());
    QCOMPARE(m_nam->abortedCount(), 4);
}

void TestApiClient::rateLimitedHour()
{
    // A server that allows 60 a minute against a client that believes in 100, and bursts of 120: everything gets through,
    // and the server seldom has to say no.
    configure([](ApiClientConfig &config) { config.maxRetries = 10; });
    std::deque<SteadyPoint> window;
    int refused = 0;
    m_nam->setResponder([&](const FakeRequest &) {
        while (!window.empty() && m_clock.steadyNow() - window.front() >= Seconds(60))
            window.pop_front();
        if (window.size() >= 60) {
            ++refused;
            return FakeAnswer::payload("{}", 429).withHeader("Retry-After", "10");
        }
        window.push_back(m_clock.steadyNow());
        return FakeAnswer::payload("{}");
    });
    QList<std::shared_ptr<Outcome>> all;
    for (int minute = 0; minute < 60; ++minute) {
        for (int i = 0; minute % 3 == 0 && i < 120; ++i)
            all.append(send(get(QStringLiteral("/%1/%2").arg(minute).arg(i))));
        for (int second = 0; second < 60; ++second) {
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();
            advance(Seconds(1));
        }
    }
    for (int i = 0; i < 1000 && client().status().queued + client().status().inFlight > 0; ++i) {
        QCoreApplication::processEvents();
        advance(Seconds(1));
    }
    QTRY_VERIFY(all.last()->done());
    for (const auto &outcome : all)
        QVERIFY(outcome->ok());
    QVERIFY(refused > 0);
    QVERIFY2(refused < all.size() / 20, qPrintable(QString::number(refused)));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
