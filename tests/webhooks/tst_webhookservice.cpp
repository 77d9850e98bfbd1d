// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/webhooks/webhookbench.h"

#include <QFile>
#include <QTcpServer>

using namespace novita;

using State = WebhookStatus::State;

/// The receiver as a person meets it: when it listens, and what it says when it does not.
class TestWebhookService : public QObject
{
    Q_OBJECT

private slots:
    void offUntilItIsSwitchedOn()
    {
        WebhookBench bench;
        bench.service.emplace(bench.settings.get(), bench.keychain, bench.clock, bench.folder.path());
        QCOMPARE(bench.service->status().state, State::Off);
        bench.service->start();
        QCOMPARE(bench.service->status().state, State::Off);
        QVERIFY(!bench.service->status().sentence.isEmpty());
        QVERIFY(!bench.service->status().secretsRead); // nobody is asked for secrets that are not needed
        QVERIFY(bench.settings->setValue(keys::kReceiverPort, freePort()).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverEnabled, true).ok());
        QTRY_COMPARE(bench.service->status().state, State::Listening);
        QVERIFY(bench.settings->setValue(keys::kReceiverEnabled, false).ok());
        QTRY_COMPARE(bench.service->status().state, State::Off);
        QCOMPARE(bench.service->status().port, quint16(0));
    }

    void listensOnceThereIsASecret()
    {
        WebhookBench bench;
        bench.keychain.values.clear();
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        QVERIFY(await(service.secrets().setSecret(SigningSecret::generate())).ok());
        QVERIFY(bench.listens());
        QVERIFY(service.status().secret.isSet);
        QCOMPARE(service.status().localUrl.toString(), QStringLiteral("http://127.0.0.1:%1/webhook").arg(service.status().port));
        QVERIFY(await(service.secrets().removeSecret()).ok());
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        QVERIFY(!bench.keychain.values.contains(WebhookSecrets::kSecretName));
        QVERIFY(await(service.secrets().setPathToken(WebhookConfig::generateToken())).ok());
        QVERIFY(bench.listens());
        QVERIFY(await(service.revealTaskUrl())->path().endsWith(*await(service.secrets().revealPathToken())));
    }

    void whatArrivesIsStoredAndTold()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QList<ReceivedWebhook> arrived;
        connect(&service, &WebhookService::arrived, this, [&arrived](const QList<ReceivedWebhook> &webhooks) { arrived += webhooks; });
        QSignalSpy grew(&service, &WebhookService::deliveriesCame);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 200);
        QTRY_COMPARE(arrived.size(), 1);
        QTRY_VERIFY(!grew.isEmpty());
        QCOMPARE(service.status().lastDeliveryAt, bench.clock.now());
        QCOMPARE(service.stats().of(DeliveryResult::Accepted), 1);
        grew.clear();
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_2"), QStringLiteral("another secret")), 401);
        QTRY_VERIFY(!grew.isEmpty());
        QCOMPARE(service.status().lastResult, DeliveryResult::BadSignature);
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(await(service.deliveries().list({10, {}, {}}))->total, 2);
        WebhookService &again = bench.start();
        QTRY_VERIFY(again.status().lastDeliveryAt.has_value());
        QCOMPARE(again.status().lastResult, DeliveryResult::BadSignature);
    }

    void takenPortIsTriedAgain()
    {
        WebhookBench bench;
        auto other = std::make_unique<QTcpServer>();
        QVERIFY(other->listen(QHostAddress(QHostAddress::LocalHost)));
        WebhookService &service = bench.start({{}, {}, other->serverPort()});
        QTRY_COMPARE(service.status().state, State::Failed);
        QVERIFY(service.status().sentence.contains(QString::number(other->serverPort())));
        QVERIFY(service.status().nextTry.has_value());
        other.reset();
        QVERIFY(bench.listens());
        QVERIFY(!service.status().nextTry.has_value());
    }

    void environmentWinsAndIsWrittenNowhere()
    {
        WebhookBench bench;
        WebhookService &service = bench.start({QStringLiteral("of the environment"), WebhookConfig::generateToken(), {}});
        QVERIFY(bench.listens());
        QVERIFY(service.status().secret.fromEnvironment && service.status().pathToken.fromEnvironment);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 401);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1"), QStringLiteral("of the environment")), 200);
        QCOMPARE(await(service.secrets().rotateSecret(QStringLiteral("mine"))).error().kind, ErrorKind::Validation);
        QCOMPARE(bench.keychain.values.size(), 1);
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kSecretName), WebhookBench::secretText());
    }

    void unusableSecretOfTheEnvironmentDoesNotFallBack()
    {
        WebhookBench bench;
        WebhookService &service = bench.start({QStringLiteral("whsec_tooShort"), {}, {}});
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        QVERIFY(service.status().sentence.contains(QLatin1String("WEBHOOK_SECRET")));
        QVERIFY(!service.status().sentence.contains(QLatin1String("tooShort")));
    }

private:
    static int freePort()
    {
        QTcpServer server;
        return server.listen(QHostAddress(QHostAddress::LocalHost)) ? server.serverPort() : 0;
    }
};

QTEST_GUILESS_MAIN(TestWebhookService)
#include "tst_webhookservice.moc"
