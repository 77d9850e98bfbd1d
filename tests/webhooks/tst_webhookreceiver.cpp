// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/sqlsession.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/webhookreceiver.h"
#include "tests/http/rawclient.h"
#include "tests/support/await.h"
#include "tests/support/sharedclock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <csignal>
#include <optional>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QByteArray kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A body as the original sender writes it, at the clock's beginning.
QByteArray eventBody(const QByteArray &id = "inst_1767225600000_ab12", const QByteArray &timestamp = "2026-01-01T00:00:00.000Z")
{
    return "{\"instanceId\":\"" + id + "\",\"status\":\"ready\",\"timestamp\":\"" + timestamp
        + "\",\"novitaInstanceId\":\"a1b2c3d4e5f60718\",\"elapsedTime\":61234,\"reason\":\"ready\"}";
}

struct Post
{
    QByteArray path = "/webhook";
    QByteArray method = "POST";
    QByteArray body = eventBody();
    QList<QByteArray> headers; ///< whole lines
    QByteArray contentType = "application/json";

    QByteArray bytes() const
    {
        QByteArray out = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/plain, */*\r\n"
                         "User-Agent: Novita-GPU-Instance-API/1.0\r\nContent-Type: " + contentType + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
        for (const QByteArray &header : headers)
            out += header + "\r\n";
        return out + "\r\n" + body;
    }
};

class Bench
{
public:
    Bench()
    {
        secret = *SigningSecret::fromText(QString::fromLatin1(kSecret));
        config.secrets = {secret};
        config.taskToken = WebhookConfig::generateToken();
        restart();
    }

    void restart()
    {
        receiver.reset();
        store.reset();
        store.emplace(clock, folder.filePath(QStringLiteral("deliveries.sqlite")), nullptr, journalBytes);
        receiver.emplace(*store, clock);
        receiver->configure(config);
        QObject::connect(&*receiver, &WebhookReceiver::arrived, &*receiver, [this](const QList<ReceivedWebhook> &webhooks, int) { arrived += webhooks; });
        const Result<quint16> listening = receiver->listen(QHostAddress(QHostAddress::LocalHost), 0);
        port = listening ? *listening : quint16(0);
    }
    void configure() { receiver->configure(config); }

    RawClient::Answer send(const QByteArray &bytes) const
    {
        RawClient client(port);
        client.send(bytes);
        return client.waitForAnswers(1) ? client.answers().first() : RawClient::Answer();
    }
    RawClient::Answer send(const Post &post) const { return send(post.bytes()); }

    Post plain(const QByteArray &body = eventBody(), bool dated = true) const
    {
        Post post;
        post.body = body;
        post.headers = {"X-Webhook-Signature: " + signature::signPlain(secret, body)};
        if (dated)
            post.headers.append("X-Webhook-Timestamp: " + signature::timestampText(clock.now()));
        return post;
    }
    Post standard(const QByteArray &id, const QByteArray &body = eventBody()) const
    {
        Post post;
        post.body = body;
        post.headers = {"webhook-id: " + id, "webhook-timestamp: " + signature::timestampText(clock.now()),
                        "webhook-signature: v1,AAAA " + signature::signStandard(secret, id, clock.now(), body)};
        return post;
    }

    DeliveryPage list(std::optional<DeliveryResult> result = {})
    {
        const Result<DeliveryPage> page = await(store->list({1000, {}, result}));
        return page ? *page : DeliveryPage();
    }

    qint64 journalBytes = DeliveryJournal::kBytes;
    QTemporaryDir folder;
    SharedClock clock;
    SigningSecret secret;
    WebhookConfig config;
    std::optional<DeliveryStore> store;
    std::optional<WebhookReceiver> receiver;
    QList<ReceivedWebhook> arrived;
    quint16 port = 0;
};

} // namespace

/// Every check in its order, and that a 200 means stored.
class TestWebhookReceiver : public QObject
{
    Q_OBJECT

private slots:
    void offUntilThereIsASecret()
    {
        QTemporaryDir folder;
        SharedClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("d.sqlite")));
        WebhookReceiver receiver(store, clock);
        QCOMPARE(receiver.listen(QHostAddress(QHostAddress::LocalHost), 0).error().kind, ErrorKind::Validation);
        WebhookConfig config;
        config.taskToken = QStringLiteral("too short");
        receiver.configure(config);
        QVERIFY(!receiver.listen(QHostAddress(QHostAddress::LocalHost), 0));
        config.taskToken = WebhookConfig::generateToken();
        receiver.configure(config);
        QVERIFY(receiver.listen(QHostAddress(QHostAddress::LocalHost), 0).ok());
    }

    void portInUseIsASentence()
    {
        Bench bench;
        WebhookReceiver second(*bench.store, bench.clock);
        second.configure(bench.config);
        const Result<quint16> result = second.listen(QHostAddress(QHostAddress::LocalHost), bench.port);
        QCOMPARE(result.error().kind, ErrorKind::Network);
        QVERIFY(result.error().message.contains(QString::number(bench.port)));
        QVERIFY(!second.isListening());
    }

    void plainDeliveryIsStoredAndTold()
    {
        Bench bench;
        const Post post = bench.plain();
        QCOMPARE(bench.send(post).status, 200);
        QTRY_COMPARE(bench.arrived.size(), 1);
        const ReceivedWebhook got = bench.arrived.first();
        QCOMPARE(got.scheme, DeliveryScheme::PlainTimestamped);
        QVERIFY(got.isSigned());
        QCOMPARE(std::get<InstanceEvent>(got.event).kind, InstanceEvent::Kind::Ready);
        const Result<Delivery> stored = await(bench.store->read(got.deliveryId));
        QVERIFY(stored.ok());
        QCOMPARE(stored->body, post.body);
        QCOMPARE(stored->kind, QStringLiteral("ready"));
        QCOMPARE(stored->subject, QStringLiteral("a1b2c3d4e5f60718"));
        QVERIFY(stored->headers.contains(HttpHeaders::Field{"User-Agent", "Novita-GPU-Instance-API/1.0"}));
        QVERIFY(stored->headers.contains(HttpHeaders::Field{"X-Webhook-Signature", signature::signPlain(bench.secret, post.body)}));
    }

    void theOtherSchemes()
    {
        Bench bench;
        QCOMPARE(bench.send(bench.plain(eventBody("inst_1"), false)).status, 200);
        QCOMPARE(bench.send(bench.standard("msg_1", eventBody("inst_2"))).status, 200);
        const DeliveryPage page = bench.list(DeliveryResult::Accepted);
        QCOMPARE(page.total, 2);
        QCOMPARE(page.deliveries.at(0).scheme, DeliveryScheme::Standard);
        QCOMPARE(page.deliveries.at(1).scheme, DeliveryScheme::Plain);
    }

    void secretsRotate()
    {
        Bench bench;
        const Post signedByTheOld = bench.plain();
        bench.config.secrets = {*SigningSecret::fromText(QStringLiteral("the new secret")), bench.secret};
        bench.configure();
        QCOMPARE(bench.send(signedByTheOld).status, 200);
        bench.config.secrets.removeLast();
        bench.configure();
        QCOMPARE(bench.send(bench.plain(eventBody("inst_2"))).status, 401);
    }

    void taskEventsComeByTheToken()
    {
        Bench bench;
        Post post;
        post.path = bench.config.taskPath().toLatin1();
        post.body = R"({"event_type":"ASYNC_TASK_RESULT","payload":{"task":{"task_id":"t-1","status":"TASK_STATUS_SUCCEED"}}})";
        QCOMPARE(bench.send(post).status, 200);
        QTRY_COMPARE(bench.arrived.size(), 1);
        QVERIFY(!bench.arrived.first().isSigned());
        QCOMPARE(bench.send(post).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Duplicate).total, 1);
        // The token is a secret: it is on no disk.
        QVERIFY(!bench.list().deliveries.first().path.contains(bench.config.taskToken));
        post.body = eventBody();
        QCOMPARE(bench.send(post).status, 422);
        post.path.chop(1);
        QCOMPARE(bench.send(post).status, 404);
        bench.config.taskToken.clear();
        bench.configure();
        post.path = "/webhook/";
        QCOMPARE(bench.send(post).status, 404);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<bool>("limited");
        QTest::addColumn<int>("size");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("signedWell");
        QTest::addColumn<bool>("fresh");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        // Each row breaks everything from one check on: the first broken one answers.
        const QByteArray good = eventBody(), text = "text/plain", json = "application/json; charset=utf-8";
        QTest::newRow("path") << QByteArray("/other") << QByteArray("GET") << false << true << 2000000 << text << false << false << QByteArray("no") << 404;
        QTest::newRow("method") << QByteArray("/webhook") << QByteArray("PUT") << false << true << 2000000 << text << false << false << QByteArray("no") << 405;
        QTest::newRow("address") << QByteArray("/webhook") << QByteArray("POST") << false << true << 2000000 << text << false << false << QByteArray("no") << 403;
        QTest::newRow("limiter") << QByteArray("/webhook") << QByteArray("POST") << true << true << 2000000 << text << false << false << QByteArray("no") << 429;
        QTest::newRow("size") << QByteArray("/webhook") << QByteArray("POST") << true << false << 2000000 << text << false << false << QByteArray("no") << 413;
        QTest::newRow("type") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << text << false << false << QByteArray("no") << 415;
        QTest::newRow("signature") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << json << false << false << QByteArray("no") << 401;
        QTest::newRow("freshness") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << json << true << false << QByteArray("no") << 401;
        QTest::newRow("json") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << json << true << true << QByteArray("no") << 400;
        QTest::newRow("schema") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << json << true << true << QByteArray("{}") << 422;
        QTest::newRow("none") << QByteArray("/webhook") << QByteArray("POST") << true << false << 0 << json << true << true << good << 200;
    }

    void refusals()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, method);
        QFETCH(bool, allowed);
        QFETCH(bool, limited);
        QFETCH(int, size);
        QFETCH(QByteArray, type);
        QFETCH(bool, signedWell);
        QFETCH(bool, fresh);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        Bench bench;
        if (limited) {
            bench.config.perMinute = 1;
            bench.configure();
            QCOMPARE(bench.send(Post{}).status, 401);
        }
        if (!allowed)
            bench.config.allowed = *AddressList::fromText(QStringLiteral("10.0.0.0/8"));
        bench.configure();
        Post post;
        post.path = path;
        post.method = method;
        post.body = size > 0 ? QByteArray(size, ' ') : body;
        post.contentType = type;
        const TimePoint at = fresh ? bench.clock.now() : bench.clock.now() - 301s;
        post.headers = {"X-Webhook-Signature: " + (signedWell ? signature::signPlain(bench.secret, post.body) : QByteArray("sha256=00")),
                        "X-Webhook-Timestamp: " + signature::timestampText(at)};
        const RawClient::Answer answer = bench.send(post);
        QCOMPARE(answer.status, status);
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, status == 200 ? 1 : 0);
        if (status == 405)
            QVERIFY(answer.head.contains("Allow: POST"));
        if (status == 429)
            QVERIFY(answer.head.contains("Retry-After: 60\r\n"));
    }

    void refusalsAreCountedAndKeptWithoutBody()
    {
        Bench bench;
        Post forged = bench.plain();
        forged.headers.first() = "X-Webhook-Signature: sha256=" + QByteArray(64, '0');
        forged.headers.append("Authorization: Bearer abcdefgh");
        QCOMPARE(bench.send(forged).status, 401);
        QCOMPARE(bench.receiver->stats().of(DeliveryResult::BadSignature), 1);
        const DeliveryPage page = bench.list(DeliveryResult::BadSignature);
        QCOMPARE(page.total, 1);
        QCOMPARE(page.deliveries.first().bytes, forged.body.size());
        QVERIFY(!page.deliveries.first().reason.isEmpty());
        const Result<Delivery> kept = await(bench.store->read(page.deliveries.first().id));
        QVERIFY(kept->body.isEmpty());
        QVERIFY(kept->headers.contains(HttpHeaders::Field{"Authorization", "•••"}));
        QVERIFY(bench.arrived.isEmpty());
        Post stray;
        stray.path = "/nowhere";
        QCOMPARE(bench.send(stray).status, 404);
        QCOMPARE(bench.receiver->stats().notFound, 1);
    }

    void headAloneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("status");
        const QByteArray post = "POST /webhook", text = "Content-Type: text/plain\r\n", json = "Content-Type: application/json\r\n";
        const QByteArray length = "Content-Length: 600\r\n", chunked = "Transfer-Encoding: chunked\r\n";
        QTest::newRow("path") << QByteArray("POST /nowhere") << json + length << 404;
        QTest::newRow("token") << QByteArray("POST /webhook/") + QByteArray(32, 'x') << json + length << 404;
        QTest::newRow("method") << QByteArray("PUT /webhook") << json + length << 405;
        QTest::newRow("size before type") << post << text + "Content-Length: 2000000\r\n" << 413;
        QTest::newRow("type") << post << text + length << 415;
        QTest::newRow("type of chunks") << post << text + chunked << 415;
        QTest::newRow("no type") << post << length << 415;
        QTest::newRow("compressed") << post << json + "Content-Encoding: gzip\r\n" + length << 415;
        QTest::newRow("type, who waits for a word") << post << text + length + "Expect: 100-continue\r\n" << 415;
    }

    /// What the head says wrong is answered before any of the body came.
    void headAloneIsRefused()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, headers);
        QFETCH(int, status);
        Bench bench;
        const RawClient::Answer answer = bench.send(target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
        QCOMPARE(answer.status, status);
        QVERIFY(answer.head.contains("Connection: close\r\n"));
        if (status != 415)
            return;
        const DeliveryPage page = bench.list(DeliveryResult::Malformed);
        QCOMPARE(page.total, 1);
        QCOMPARE(page.deliveries.first().bytes, headers.contains("Content-Length") ? 600 : 0);
    }

    void chunkedBodiesCannotPassTheLimit()
    {
        Bench bench;
        bench.config.bodyBytes = 1000;
        bench.configure();
        QCOMPARE(bench.send("POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + QByteArray(2000, 'x') + "\r\n0\r\n\r\n").status, 413);
        QTRY_COMPARE(bench.receiver->stats().of(DeliveryResult::TooLarge), 1);
    }

    void repeatsAreAnsweredAndDropped()
    {
        Bench bench;
        const Post post = bench.plain();
        QCOMPARE(bench.send(post).status, 200);
        bench.restart();
        const RawClient::Answer again = bench.send(post);
        QCOMPARE(again.status, 200);
        QVERIFY(again.body.contains("duplicate"));
        const DeliveryPage duplicates = bench.list(DeliveryResult::Duplicate);
        QCOMPARE(duplicates.total, 1);
        QCOMPARE(duplicates.deliveries.first().duplicateOf, std::optional<qint64>(1));
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, 1);
        QTRY_COMPARE(bench.arrived.size(), 1);
    }

    /// The plain scheme does not sign the header's time: a replay may write a new one, but not into the body.
    void rewrittenTimestampsDoNotHelp()
    {
        Bench bench;
        QCOMPARE(bench.send(bench.plain()).status, 200);
        bench.clock.advance(301s);
        QCOMPARE(bench.send(bench.plain()).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Duplicate).total, 1);
        bench.clock.advance(24h);
        QCOMPARE(bench.send(bench.plain()).status, 401);
        QCOMPARE(bench.send(bench.plain(eventBody(), false)).status, 401);
        QCOMPARE(bench.receiver->stats().of(DeliveryResult::TooOld), 2);
    }

    /// Who catches a delivery with the headers of both schemes must not be able to send it once more by the weaker one.
    void standardDeliveriesDoNotComeAgainAsPlain()
    {
        Bench bench;
        QCOMPARE(bench.send(bench.standard("msg_1")).status, 200);
        QCOMPARE(bench.send(bench.plain()).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, 1);
        // Another id is another delivery, also with the same words.
        QCOMPARE(bench.send(bench.standard("msg_2")).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, 2);
        QCOMPARE(bench.send(bench.standard("msg_1", eventBody("inst_9"))).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Duplicate).total, 2);
    }

    void limiterTellsWhenToComeBack()
    {
        Bench bench;
        bench.config.perMinute = 2;
        bench.configure();
        QCOMPARE(bench.send(bench.plain(eventBody("a"))).status, 200);
        QCOMPARE(bench.send(bench.plain(eventBody("b"))).status, 200);
        const RawClient::Answer third = bench.send(bench.plain(eventBody("c")));
        QCOMPARE(third.status, 429);
        QVERIFY(third.head.contains("Retry-After: 30\r\n"));
        bench.clock.advance(30s);
        QCOMPARE(bench.send(bench.plain(eventBody("c"))).status, 200);
        QCOMPARE(bench.receiver->stats().of(DeliveryResult::Limited), 1);
    }

    void forwardedAddressesCountBehindAProxyOnly()
    {
        Bench bench;
        Post post = bench.plain();
        post.headers.append("X-Forwarded-For: 8.8.8.8");
        QCOMPARE(bench.send(post).status, 200);
        bench.config.proxies = AddressList::loopback();
        bench.configure();
        QCOMPARE(bench.send(post).status, 403);
        QCOMPARE(bench.list(DeliveryResult::RefusedAddress).deliveries.first().address, QStringLiteral("8.8.8.8"));
    }

    /// A sender that writes its message anew at each try: what came the second time is to be seen too.
    void repeatWithOtherBytesKeepsThem()
    {
        Bench bench;
        QCOMPARE(bench.send(bench.standard("msg_1")).status, 200);
        QCOMPARE(bench.send(bench.standard("msg_1")).status, 200);
        const QByteArray other = QByteArray(eventBody()).replace("{", "{ ");
        QCOMPARE(bench.send(bench.standard("msg_1", other)).status, 200);
        const DeliveryPage page = bench.list(DeliveryResult::Duplicate);
        QCOMPARE(page.total, 2);
        QCOMPARE(await(bench.store->read(page.deliveries.first().id))->body, other);
        QVERIFY(await(bench.store->read(page.deliveries.last().id))->body.isEmpty());
    }

    /// Some proxies add a line of their own instead of extending the sender's.
    void everyForwardedLineCounts()
    {
        Bench bench;
        bench.config.proxies = AddressList::loopback();
        bench.config.allowed = *AddressList::fromText(QStringLiteral("203.0.113.5"));
        bench.configure();
        Post post = bench.plain();
        post.headers.append("X-Forwarded-For: 203.0.113.5");
        post.headers.append("x-forwarded-for: 198.51.100.9");
        QCOMPARE(bench.send(post).status, 403);
        QCOMPARE(bench.list(DeliveryResult::RefusedAddress).deliveries.first().address, QStringLiteral("198.51.100.9"));
    }

    void webPagesTakeNothingFromTheSenders()
    {
        Bench bench;
        bench.config.perMinute = 1;
        bench.configure();
        Post page = bench.plain();
        page.headers.append("Sec-Fetch-Site: cross-site");
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bench.send(page).status, 403);
        QCOMPARE(bench.send(bench.plain()).status, 200);
    }

    /// The clock of one of the two computers is wrong: nothing is lost.
    void whatIsSignedAndStaleKeepsItsBody()
    {
        Bench bench;
        Post post = bench.standard("msg_1");
        bench.clock.advance(360s);
        QCOMPARE(bench.send(post).status, 401);
        const DeliveryPage page = bench.list(DeliveryResult::TooOld);
        QCOMPARE(page.total, 1);
        QVERIFY(!page.deliveries.first().kind.isEmpty());
        QCOMPARE(await(bench.store->read(page.deliveries.first().id))->body, post.body);
        bench.config.perMinute = 0;
        bench.configure();
        QCOMPARE(bench.send(bench.standard("msg_1", QByteArray(eventBody()).replace("00:00:00", "00:06:00"))).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, 1); // its id is not used up
    }

    /// The journal takes deliveries while the file is locked, and then no more.
    void lockedFileIsNever200WithoutAPlace()
    {
        Bench bench;
        bench.journalBytes = DeliveryJournal::kFewestBytes;
        bench.store.reset();
        bench.restart();
        QCOMPARE(bench.send(bench.plain(eventBody("first"))).status, 200);
        QCOMPARE(bench.list().total, 1);
        const auto large = [&bench](int number) {
            return bench.plain(eventBody("inst_" + QByteArray::number(number)).replace("}", ",\"data\":{\"x\":\"" + QByteArray(12000, 'x') + "\"}}"));
        };
        int taken = 0;
        {
            SqlSession other(QStringLiteral("holder"), bench.folder.filePath(QStringLiteral("deliveries.sqlite")));
            QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            RawClient::Answer answer = bench.send(large(taken));
            for (; answer.status == 200 && taken < 10; answer = bench.send(large(taken)))
                ++taken;
            QCOMPARE(taken, 4);
            QCOMPARE(answer.status, 503);
            QVERIFY(answer.head.contains("Retry-After: 5\r\n"));
            QCOMPARE(bench.receiver->stats().unavailable, 1);
            QTRY_VERIFY(!bench.store->status().notice.isEmpty());
            other.exec(QStringLiteral("ROLLBACK"));
        }
        // What was refused was not remembered either: the sender's next try counts.
        const RawClient::Answer retried = bench.send(large(taken));
        QCOMPARE(retried.status, 200);
        QVERIFY(!retried.body.contains("duplicate"));
        QCOMPARE(bench.list().total, taken + 2);
    }

    /// A file that may not grow is what a full disk looks like from here.
    void fullDiskIsNever200()
    {
        Bench bench;
        QCOMPARE(bench.send(bench.plain(eventBody("first"))).status, 200);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit tight = before;
        tight.rlim_cur = 100 * 1024;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const RawClient::Answer answer = bench.send(bench.plain(eventBody().replace("}", ",\"data\":{\"x\":\"" + QByteArray(300000, 'x') + "\"}}")));
        setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.head.contains("Retry-After: 5\r\n"));
        QCOMPARE(bench.send(bench.plain(eventBody("second"))).status, 200);
        QCOMPARE(bench.list(DeliveryResult::Accepted).total, 2);
    }

    void pipelinedDeliveriesAllArrive()
    {
        Bench bench;
        bench.config.perMinute = 0;
        bench.configure();
        RawClient client(bench.port);
        QByteArray all;
        for (int i = 0; i < 200; ++i)
            all += bench.plain(eventBody("inst_" + QByteArray::number(i))).bytes();
        client.send(all);
        QVERIFY(client.waitForAnswers(200));
        QCOMPARE(client.statuses().count(200), 200);
        QTRY_COMPARE(bench.arrived.size(), 200);
        for (qsizetype i = 1; i < bench.arrived.size(); ++i)
            QVERIFY(bench.arrived.at(i - 1).deliveryId < bench.arrived.at(i).deliveryId);
    }

    void goesAwayWhileDeliveriesAreOnTheirWay()
    {
        Bench bench;
        bench.config.perMinute = 0;
        bench.configure();
        RawClient client(bench.port);
        for (int i = 0; i < 50; ++i)
            client.send(bench.plain(eventBody("inst_" + QByteArray::number(i))).bytes());
        QVERIFY(client.waitForAnswers(1));
        bench.receiver.reset();
        const qsizetype answered = client.waitForEnd() ? client.statuses().count(200) : 0;
        QVERIFY(answered >= 1);
        QVERIFY(bench.list(DeliveryResult::Accepted).total >= answered);
    }
};

QTEST_GUILESS_MAIN(TestWebhookReceiver)
#include "tst_webhookreceiver.moc"
