// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/apiclientbench.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <deque>

using namespace novita;

/// What a failure leads to: retries, doubt about the effect, pauses, the rate, the circuit breaker.
class TestApiClientRetry final : public ApiClientBench
{
    Q_OBJECT

private slots:
    void retriesKeepTheCorrelationId();
    void givesUpAfterTheRetries();
    void neverRepeatsAWrite();
    void repeatsAWriteAfter429();
    void lostAnswerLeavesTheEffectUnknown();
    void doubtOutlivesTheAttempt();
    void retryAfterPausesEverybody();
    void aPauseConcernsItsHostOnly();
    void everyAttemptTakesAToken();
    void retryGivesItsSlotBack();
    void hangingReplyMeetsTheDeadline();
    void saysWhenARetryGoes();
    void breakerRefusesProbesAndCloses();
    void breakerIgnoresClientErrors();
    void openBreakerEmptiesTheQueue();
    void eachServiceHasItsBreaker();
    void tryNowLetsAProbeThrough();
    void rateLimitedHour();
};

void TestApiClientRetry::retriesKeepTheCorrelationId()
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

void TestApiClientRetry::givesUpAfterTheRetries()
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

void TestApiClientRetry::neverRepeatsAWrite()
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

void TestApiClientRetry::repeatsAWriteAfter429()
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

void TestApiClientRetry::lostAnswerLeavesTheEffectUnknown()
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
void TestApiClientRetry::doubtOutlivesTheAttempt()
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

void TestApiClientRetry::retryAfterPausesEverybody()
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

void TestApiClientRetry::aPauseConcernsItsHostOnly()
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

void TestApiClientRetry::everyAttemptTakesAToken()
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

void TestApiClientRetry::retryGivesItsSlotBack()
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

void TestApiClientRetry::hangingReplyMeetsTheDeadline()
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

void TestApiClientRetry::saysWhenARetryGoes()
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

void TestApiClientRetry::breakerRefusesProbesAndCloses()
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

void TestApiClientRetry::breakerIgnoresClientErrors()
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

void TestApiClientRetry::openBreakerEmptiesTheQueue()
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

void TestApiClientRetry::eachServiceHasItsBreaker()
{
    configure([](ApiClientConfig &config) { config.maxRetries = 0; });
    ApiRequest media = get(QStringLiteral("/v3/async/task-result"));
    media.area = ApiArea::Root;
    const auto alive = send(get(QStringLiteral("/x")));
    QTRY_VERIFY(alive->ok());
    for (int i = 0; i < 5; ++i) {
        m_nam->script(FakeAnswer::payload("", 500));
        const auto failing = send(media);
        QTRY_VERIFY(failing->done());
        QCOMPARE(failing->error().kind, ErrorKind::Server);
    }
    const auto refused = send(media);
    QTRY_VERIFY(refused->done());
    QCOMPARE(refused->error().kind, ErrorKind::BreakerOpen);
    QCOMPARE(refused->error().retryAfter, std::optional<Milliseconds>(Seconds(60)));
    // The instances go on, and are not said to be in trouble.
    QVERIFY(client().status().isOnline());
    const auto instances = send(get(QStringLiteral("/instances")));
    QTRY_VERIFY(instances->ok());
    // Also while a picture is waited for as the probe.
    advance(Seconds(60));
    m_nam->script(FakeAnswer::hanging());
    const auto probe = send(media);
    media.query.addQueryItem(QStringLiteral("task_id"), QStringLiteral("2"));
    const auto behind = send(media);
    QCOMPARE(client().status().waitReason, WaitReason::None);
    const auto others = send(get(QStringLiteral("/instances")));
    QTRY_VERIFY(others->ok());
    QVERIFY(!behind->done());
    client().cancelAll();
    QTRY_VERIFY(probe->done() && behind->done());
}

void TestApiClientRetry::tryNowLetsAProbeThrough()
{
    openBreaker();
    client().tryNow();
    const auto first = send(get(QStringLiteral("/x")));
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

void TestApiClientRetry::rateLimitedHour()
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

QTEST_GUILESS_MAIN(TestApiClientRetry)
#include "tst_apiclientretry.moc"
