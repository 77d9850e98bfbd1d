// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/apiclientbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// Who waits for what: sharing, cancellation, the key, slots.
class TestApiClientQueue final : public ApiClientBench
{
    Q_OBJECT

private slots:
    void sharesIdenticalGets();
    void sharedRequestEndsWithItsLastCaller();
    void neverSharesAcrossAWrite();
    void cancelReachesTheReply();
    void cancelInTheQueue();
    void whatIsUnsentIsKnown();
    void whatComesByTheThousandLeavesRoom();
    void waitsForTheKey();
    void saysWhyRequestsWait();
    void aNewKeyCarriesOutNoOldWrites();
    void writesOutliveAPauseOfTheirKey();
    void fullQueueRefuses();
    void changedRootEndsEverything();
    void cancelAllEndsEverything();
    void survivesItsDestruction();
};

void TestApiClientQueue::sharesIdenticalGets()
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

void TestApiClientQueue::sharedRequestEndsWithItsLastCaller()
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

void TestApiClientQueue::neverSharesAcrossAWrite()
{
    m_nam->script(FakeAnswer::delayed("{\"n\":1}", Milliseconds(30)));
    const auto before = send(get(QStringLiteral("/a")));
    const auto write = send(post(QStringLiteral("/b")));
    QTRY_VERIFY(write->ok());
    const auto after = send(get(QStringLiteral("/a")));
    QTRY_VERIFY(before->ok() && after->ok());
    QCOMPARE(m_nam->count(), 3);
}

void TestApiClientQueue::cancelReachesTheReply()
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

void TestApiClientQueue::cancelInTheQueue()
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

/// Whoever takes a request back wants to know whether it may have done something.
void TestApiClientQueue::whatIsUnsentIsKnown()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 1; });
    m_nam->script(FakeAnswer::hanging());
    Call<ApiReply> *flying = nullptr, *waiting = nullptr;
    const auto first = send(post(QStringLiteral("/fly")), &flying);
    const auto second = send(post(QStringLiteral("/wait")), &waiting);
    QVERIFY(!client().isUnsent(*flying));
    QVERIFY(client().isUnsent(*waiting));
    waiting->cancel();
    QVERIFY(!client().isUnsent(*waiting));
    m_nam->reply(0)->answer(FakeAnswer::payload("{}"));
    QTRY_VERIFY(first->ok() && second->done());
    QCOMPARE(m_nam->count(), 1);

    // One whose answer was lost may have done its work; one that was refused is to be sent again.
    ApiRequest repeatable = post(QStringLiteral("/lost"));
    repeatable.idempotent = true;
    m_nam->script(FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError));
    Call<ApiReply> *lost = nullptr;
    const auto third = send(repeatable, &lost);
    QTRY_COMPARE(client().status().waitReason, WaitReason::Retry);
    QVERIFY(!client().isUnsent(*lost));
    lost->cancel();
    QTRY_VERIFY(third->done());
    m_nam->script(FakeAnswer::payload("{}", 429).withHeader("Retry-After", "20"));
    Call<ApiReply> *refused = nullptr;
    const auto fourth = send(post(QStringLiteral("/refused")), &refused);
    QTRY_VERIFY(client().status().pausedUntil);
    QVERIFY(client().isUnsent(*refused));
    refused->cancel();
    QTRY_VERIFY(fourth->done());
    advance(Seconds(20));
    QCOMPARE(client().status().queued, 0);
    QCOMPARE(m_nam->count(), 3);
}

/// The jobs of a long queue, and what the other pages and a person ask for meanwhile.
void TestApiClientQueue::whatComesByTheThousandLeavesRoom()
{
    configure([](ApiClientConfig &config) { config.limiterCapacity = 10; });
    std::vector<std::shared_ptr<Outcome>> jobs;
    for (int i = 0; i < 30; ++i) {
        ApiRequest job = post(QStringLiteral("/job/%1").arg(i));
        job.priority = RequestPriority::Bulk;
        jobs.push_back(send(job));
    }
    QTRY_VERIFY(jobs[5]->done());
    QTRY_COMPARE(client().status().inFlight, 0);
    QCOMPARE(m_nam->count(), 6); // three of five
    QCOMPARE(client().status().waitReason, WaitReason::RateLimit);
    const auto poll = send(get(QStringLiteral("/instances"), RequestPriority::Poll));
    const auto click = send(get(QStringLiteral("/click")));
    QTRY_VERIFY(poll->ok() && click->ok());
    QCOMPARE(m_nam->count(), 8);
    // The next minute: nobody else wants anything for now.
    advance(Seconds(61));
    QTRY_VERIFY(jobs[11]->done());
    QTRY_COMPARE(client().status().inFlight, 0);
    QCOMPARE(m_nam->count(), 14);
    // One that somebody waits for is none of them any more.
    ApiRequest look = get(QStringLiteral("/look"), RequestPriority::Bulk);
    const auto unwanted = send(look);
    look.priority = RequestPriority::Interactive;
    const auto wanted = send(look);
    QTRY_VERIFY(unwanted->ok() && wanted->ok());
    QCOMPARE(m_nam->count(), 15);
}

void TestApiClientQueue::waitsForTheKey()
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

void TestApiClientQueue::saysWhyRequestsWait()
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

void TestApiClientQueue::aNewKeyCarriesOutNoOldWrites()
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

/// Without a key they wait; the same key again lets them go, another one does not.
void TestApiClientQueue::writesOutliveAPauseOfTheirKey()
{
    client().setKey({});
    const auto first = send(post(QStringLiteral("/stop")));
    client().setKey(QStringLiteral("test-key-1"));
    QTRY_VERIFY(first->ok());
    client().setKey({});
    const auto second = send(post(QStringLiteral("/stop")));
    QCoreApplication::processEvents();
    QVERIFY(!second->done());
    client().setKey(QStringLiteral("sk_of_somebody_else"));
    QTRY_VERIFY(second->done());
    QCOMPARE(second->error().kind, ErrorKind::Conflict);
    QCOMPARE(m_nam->count(), 1);
}

void TestApiClientQueue::fullQueueRefuses()
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

void TestApiClientQueue::changedRootEndsEverything()
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

void TestApiClientQueue::cancelAllEndsEverything()
{
    configure([](ApiClientConfig &config) { config.maxInFlight = 2; });
    m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
    QList<std::shared_ptr<Outcome>> all;
    QList<Call<ApiReply> *> calls;
    for (int i = 0; i < 6; ++i)
        all.append(send(post(QStringLiteral("/%1").arg(i)), &calls.emplaceBack()));
    client().cancelAll();
    // Whoever asks only now must still learn which of them went out.
    for (int i = 0; i < 6; ++i)
        QCOMPARE(client().isUnsent(*calls[i]), i >= 2);
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

void TestApiClientQueue::survivesItsDestruction()
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

QTEST_GUILESS_MAIN(TestApiClientQueue)
#include "tst_apiclientqueue.moc"
