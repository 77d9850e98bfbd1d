// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/sendpolicy.h"
#include "core/webhooks/webhooksender.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/webhooks/webhooktarget.h"

#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QByteArray kBody = R"({"instanceId":"a","status":"ready","timestamp":"2026-01-01T00:00:00.000Z"})";

SigningSecret secret()
{
    return *SigningSecret::fromText(QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}

} // namespace

class TestWebhookSender : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sendsExactBytesSigned();
    void withoutSecretNothingIsSigned();
    void answersByStatus();
    void redirectsAreNotFollowed();
    void retryAfterIsRead();
    void silentTargetEndsByDeadline();
    void brokenConnection();
    void nobodyListens();
    void hugeAnswerCountsByItsStatus();
    void privateAddressesAreRefused();
    void goesToTheCheckedAddressUnderItsName();
    void wrongSettingsAreNoRefusal();
    void cancelWithdraws();

private:
    WebhookPosted post(const QUrl &url, const SigningSecret &key = secret())
    {
        return *await(m_sender->post({url, "msg_1", kBody, key}));
    }
    FakeClock m_clock;
    std::unique_ptr<WebhookTarget> m_target;
    std::unique_ptr<WebhookSender> m_sender;
};

void TestWebhookSender::init()
{
    m_target = std::make_unique<WebhookTarget>();
    QVERIFY(m_target->port() != 0);
    m_sender = std::make_unique<WebhookSender>(m_clock);
}

void TestWebhookSender::cleanup()
{
    m_sender.reset();
    m_target.reset();
}

void TestWebhookSender::sendsExactBytesSigned()
{
    const WebhookPosted posted = post(m_target->url());
    QVERIFY(posted.isDelivered());
    QCOMPARE(posted.status, 200);
    QCOMPARE(posted.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(posted.at, m_clock.now());
    QCOMPARE(m_target->count(), 1);
    const HttpRequest request = m_target->requests().first();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.body, kBody);
    QVERIFY(request.hasMediaType("application/json"));
    QCOMPARE(request.headers.value("User-Agent"), QByteArray("novita-console"));
    QCOMPARE(request.headers.value("webhook-id"), QByteArray("msg_1"));
    QCOMPARE(request.headers.value("X-Webhook-Timestamp"), QByteArray("1767225600"));
    QCOMPARE(request.headers.value("Host"), QByteArray("127.0.0.1:" + QByteArray::number(m_target->port())));
    const signature::Verdict verdict = signature::check({secret()}, request.headers, request.body, m_clock.now());
    QVERIFY(verdict.ok());
    QCOMPARE(verdict.scheme, signature::Scheme::Standard);
    QVERIFY(signature::verifyPlain({secret()}, request.headers.value("X-Webhook-Signature"), request.body));
}

void TestWebhookSender::withoutSecretNothingIsSigned()
{
    QVERIFY(post(m_target->url(), {}).isDelivered());
    const HttpHeaders headers = m_target->requests().first().headers;
    QVERIFY(!headers.contains("X-Webhook-Signature"));
    QVERIFY(!headers.contains("X-Webhook-Timestamp"));
    QVERIFY(!headers.contains("webhook-signature"));
    QCOMPARE(headers.value("webhook-id"), QByteArray("msg_1"));
}

void TestWebhookSender::answersByStatus()
{
    for (const int status : {202, 400, 401, 410, 429, 500, 503}) {
        m_target->script(status);
        const WebhookPosted posted = post(m_target->url());
        QCOMPARE(posted.status, status);
        QCOMPARE(posted.isDelivered(), status == 202);
        QCOMPARE(posted.problem.isEmpty(), status == 202);
        QCOMPARE(posted.answer, status == 202 ? QString() : QStringLiteral("scripted"));
    }
}

void TestWebhookSender::redirectsAreNotFollowed()
{
    WebhookTarget other;
    for (const int status : {301, 302, 307, 308}) {
        HttpResponse response = HttpResponse::empty(status);
        response.headers.append("Location", other.url().toEncoded());
        m_target->script(response);
        const WebhookPosted posted = post(m_target->url());
        QCOMPARE(posted.status, status);
        QVERIFY2(posted.problem.contains(QStringLiteral("redirect")), qPrintable(posted.problem));
    }
    QCOMPARE(other.count(), 0);
    QCOMPARE(m_target->count(), 4);
}

void TestWebhookSender::retryAfterIsRead()
{
    m_target->script(HttpResponse::tooManyRequests(7s));
    QCOMPARE(post(m_target->url()).retryAfter, std::optional<Milliseconds>(7s));
}

void TestWebhookSender::silentTargetEndsByDeadline()
{
    HttpResponse never;
    never.fault.end = ResponseFault::End::Never;
    m_target->script(never);
    m_sender->setTimeout(200ms);
    const WebhookPosted posted = post(m_target->url());
    QCOMPARE(posted.status, 0);
    QVERIFY2(posted.problem.contains(QStringLiteral("in time")), qPrintable(posted.problem));
}

void TestWebhookSender::brokenConnection()
{
    for (const ResponseFault::End end : {ResponseFault::End::Reset, ResponseFault::End::Close}) {
        HttpResponse broken;
        broken.fault.end = end;
        m_target->script(broken);
        const WebhookPosted posted = post(m_target->url());
        QCOMPARE(posted.status, 0);
        QVERIFY(!posted.problem.isEmpty());
        QVERIFY(!posted.refusedHere);
    }
    QCOMPARE(m_target->count(), 2); // not sent again behind our back
}

void TestWebhookSender::nobodyListens()
{
    const QUrl url = m_target->url();
    m_target.reset();
    const WebhookPosted posted = post(url);
    QCOMPARE(posted.status, 0);
    QVERIFY(!posted.problem.isEmpty());
}

void TestWebhookSender::hugeAnswerCountsByItsStatus()
{
    m_target->script(HttpResponse::text(200, QByteArray(8 * 1024 * 1024, 'x')));
    QVERIFY(post(m_target->url()).isDelivered());
    m_target->script(HttpResponse::text(500, QByteArray(8 * 1024 * 1024, 'x')));
    QCOMPARE(post(m_target->url()).status, 500);
}

void TestWebhookSender::privateAddressesAreRefused()
{
    for (const char *target : {"https://10.0.0.1/", "https://169.254.169.254/", "https://[::ffff:10.0.0.1]/", "http://192.168.0.1/"}) {
        const WebhookPosted posted = post(QUrl(QString::fromLatin1(target)));
        QVERIFY2(posted.refusedHere, target);
        QCOMPARE(posted.address, QString());
        QVERIFY(!posted.problem.isEmpty());
    }
    m_sender->configure({{}, {}, true});
    QVERIFY(post(QUrl(QStringLiteral("https://169.254.169.254/"))).refusedHere);
}

void TestWebhookSender::goesToTheCheckedAddressUnderItsName()
{
    QVERIFY(post(QUrl(QStringLiteral("http://localhost:%1/x?y=1").arg(m_target->port()))).isDelivered());
    const HttpRequest request = m_target->requests().first();
    QCOMPARE(request.headers.value("Host"), QByteArray("localhost:" + QByteArray::number(m_target->port())));
    QCOMPARE(request.headers.count("Host"), 1);
    QCOMPARE(request.target, QByteArray("/x?y=1"));
}

void TestWebhookSender::wrongSettingsAreNoRefusal()
{
    const QUrl target(QStringLiteral("https://203.0.113.7/x"));
    for (const WebhookSender::Config &config : {WebhookSender::Config{QStringLiteral("no proxy at all"), {}, false},
                                                WebhookSender::Config{{}, QStringLiteral("/nowhere/ca.pem"), false}}) {
        m_sender->configure(config);
        const WebhookPosted posted = post(target);
        QVERIFY(!posted.refusedHere);
        QVERIFY(!posted.problem.isEmpty());
        QCOMPARE(decideSend(posted, 1, 3, 0).next, SendDecision::Next::Retry);
    }
}

void TestWebhookSender::cancelWithdraws()
{
    HttpResponse never;
    never.fault.end = ResponseFault::End::Never;
    m_target->script(never);
    Call<WebhookPosted> *call = m_sender->post({m_target->url(), "msg_1", kBody, {}});
    QTRY_COMPARE(m_target->count(), 1);
    call->cancel();
    const Result<WebhookPosted> ended = await(call);
    QVERIFY(!ended.ok());
    QVERIFY(ended.error().isCanceled());
}

QTEST_GUILESS_MAIN(TestWebhookSender)
#include "tst_webhooksender.moc"
