// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/webhooks/fakeserver.h"
#include "tests/webhooks/webhookbench.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace novita;

using Hop = SelfTestHop;

namespace {

/// Passes bytes on to another port of this computer, as a tunnel does.
class Tunnel
{
public:
    explicit Tunnel(quint16 to)
    {
        m_server.listen(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, to] {
            QTcpSocket *near = m_server.nextPendingConnection();
            auto *far = new QTcpSocket(near);
            far->connectToHost(QHostAddress(QHostAddress::LocalHost), to);
            QObject::connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
            QObject::connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
            QObject::connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        });
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }

private:
    QTcpServer m_server;
};

QString failedHop(const SelfTest &test)
{
    const Hop *failed = test.firstFailed();
    return failed ? SelfTest::hopName(*failed) : QString();
}

} // namespace

/// The whole way of a test delivery, and that the failing step is named.
class TestSelfTest : public QObject
{
    Q_OBJECT

private slots:
    void everyStepIsFound()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QSignalSpy arrived(&service, &WebhookService::arrived);
        Call<SelfTest> *call = service.sendTest();
        QVERIFY(service.status().isTesting);
        const Result<SelfTest> test = await(call);
        QVERIFY2(test->isOk(), qPrintable(test->sentence()));
        QCOMPARE(test->hops.size(), 5);
        QTRY_COMPARE(service.status().selfTest, std::optional(*test));
        QVERIFY(!service.status().isTesting);
        const Result<DeliveryPage> page = await(service.deliveries().list({10, {}, {}}));
        QCOMPARE(page->total, 1);
        QCOMPARE(page->deliveries.first().subject, QLatin1String(SelfTest::kSubject));
        QVERIFY(arrived.isEmpty()); // it means nothing but that it came
    }

    void pathTokenAloneIsTestedToo()
    {
        WebhookBench bench;
        bench.keychain.values = {{WebhookSecrets::kTokenName, WebhookConfig::generateToken()}};
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        const Result<SelfTest> test = await(service.sendTest());
        QVERIFY2(test->isOk(), qPrintable(test->sentence()));
        QCOMPARE(await(service.deliveries().list({10, {}, {}}))->deliveries.first().scheme, DeliveryScheme::PathToken);
    }

    void ownCertificateIsTrustedWhateverItsName()
    {
        WebhookBench bench;
        const QString folder = QStringLiteral(NOVITA_TEST_DATA "/http/tls/");
        QVERIFY(bench.settings->setValue(keys::kReceiverCertificate, folder + QStringLiteral("rsa.crt")).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverKey, folder + QStringLiteral("rsa.key")).ok());
        WebhookService &service = bench.start();
        QVERIFY2(bench.listens(), qPrintable(service.status().sentence));
        QCOMPARE(service.status().localUrl.scheme(), QStringLiteral("https"));
        const Result<SelfTest> test = await(service.sendTest());
        QVERIFY2(test->isOk(), qPrintable(test->sentence()));
        // Nobody else's: through the tunnel a certificate must be what it claims to be.
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, QStringLiteral("https://127.0.0.1:%1").arg(service.status().port)).ok());
        const Result<SelfTest> tunnel = await(service.sendTest());
        QCOMPARE(failedHop(*tunnel), QStringLiteral("Tunnel: connected"));
        QVERIFY(tunnel->firstFailed()->sentence.contains(QLatin1String("encrypted")));
    }

    void whatDoesNotListenIsSaid()
    {
        WebhookBench bench;
        bench.keychain.values.clear();
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, WebhookStatus::State::NeedsSecret);
        const Result<SelfTest> test = await(service.sendTest());
        QCOMPARE(failedHop(*test), QStringLiteral("Listening"));
        QCOMPARE(test->firstFailed()->sentence, service.status().sentence);
        QCOMPARE(test->hops.last().state, Hop::State::NotReached);
    }

    void throughATunnel()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        const Tunnel tunnel(service.status().port);
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, tunnel.url()).ok());
        QCOMPARE(service.status().publicUrl, QUrl(tunnel.url() + QStringLiteral("/webhook")));
        const Result<SelfTest> test = await(service.sendTest());
        QVERIFY2(test->isOk(), qPrintable(test->sentence()));
        QCOMPARE(test->hops.size(), 10);
        QCOMPARE(await(service.deliveries().list({10, {}, {}}))->total, 2);
    }

    void brokenTunnels_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("failed");
        QTest::newRow("does not reach us") << 502 << QStringLiteral("Tunnel: reaches this receiver");
        QTest::newRow("of the provider") << 530 << QStringLiteral("Tunnel: reaches this receiver");
        QTest::newRow("login page") << 403 << QStringLiteral("Tunnel: reaches this receiver");
        QTest::newRow("redirect") << 302 << QStringLiteral("Tunnel: reaches this receiver");
        QTest::newRow("another site") << 404 << QStringLiteral("Tunnel: reaches this receiver");
        QTest::newRow("leads elsewhere") << 200 << QStringLiteral("Tunnel: signature verified");
    }
    void brokenTunnels()
    {
        QFETCH(int, status);
        QFETCH(QString, failed);
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        FakeServer tunnel([status](const HttpRequest &) {
            HttpResponse response = HttpResponse::text(status, "<html>not here</html>", "text/html");
            if (status == 302)
                response.headers.append("Location", "http://127.0.0.1:1/");
            return response;
        });
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, tunnel.url(QStringLiteral("/hooks/"))).ok());
        const Result<SelfTest> test = await(service.sendTest());
        QCOMPARE(failedHop(*test), failed);
        QVERIFY(test->firstFailed()->sentence.contains(QString::number(status)) || status == 200);
        QCOMPARE(tunnel.requests.size(), 1); // a redirect is not followed
        QCOMPARE(tunnel.requests.first().path, QStringLiteral("/hooks/webhook"));
    }

    void nobodyAtTheAddress()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QString url;
        {
            const Tunnel gone(1);
            url = gone.url();
        }
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, url).ok());
        QCOMPARE(failedHop(*await(service.sendTest())), QStringLiteral("Tunnel: connected"));
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, QStringLiteral("https://no-such-name.invalid")).ok());
        const Result<SelfTest> test = await(service.sendTest());
        QCOMPARE(failedHop(*test), QStringLiteral("Tunnel: connected"));
        QVERIFY(test->firstFailed()->sentence.contains(QLatin1String("no-such-name.invalid")));
    }

    void testsItselfAfterSleep()
    {
        WebhookBench bench;
        QStringList addresses{QStringLiteral("eth0 10.0.0.2")};
        WakeWatch watch(bench.clock, [&addresses] { return addresses; });
        QSignalSpy woke(&watch, &WakeWatch::woke);
        QSignalSpy changed(&watch, &WakeWatch::networkChanged);
        watch.start();
        bench.clock.advance(WakeWatch::kEvery);
        watch.look();
        QVERIFY(woke.isEmpty() && changed.isEmpty());
        bench.clock.jumpWallClock(std::chrono::minutes(20));
        watch.look();
        QCOMPARE(woke.size(), 1);
        watch.look();
        QCOMPARE(woke.size(), 1);
        addresses = QStringList{QStringLiteral("wlan0 192.168.3.4")};
        watch.look();
        QCOMPARE(changed.size(), 1);
        watch.look();
        QCOMPARE(changed.size(), 1);
    }

    void saysThatItWasTestedAfterSleep()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        bench.clock.jumpWallClock(std::chrono::seconds(30));
        service.wake().look();
        QTRY_VERIFY_WITH_TIMEOUT(service.status().selfTest.has_value(), 10000);
        QCOMPARE(service.status().selfTest->reason, SelfTest::Reason::AfterSleep);
        QVERIFY2(service.status().selfTest->isOk(), qPrintable(service.status().selfTest->sentence()));
    }
};

QTEST_GUILESS_MAIN(TestSelfTest)
#include "tst_selftest.moc"
