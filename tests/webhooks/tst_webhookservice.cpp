// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/fallbacksecretstore.h"
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

    void certificateThatCannotBeReadIsSaidAndTriedAgain()
    {
        WebhookBench bench;
        const QString folder = QStringLiteral(NOVITA_TEST_DATA "/http/tls/");
        const QString certificate = bench.folder.filePath(QStringLiteral("later.crt"));
        QVERIFY(bench.settings->setValue(keys::kReceiverCertificate, certificate).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverKey, folder + QStringLiteral("rsa.key")).ok());
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, State::Failed);
        QVERIFY(service.status().sentence.contains(QLatin1String("later.crt")));
        QVERIFY(QFile::copy(folder + QStringLiteral("rsa.crt"), certificate));
        QVERIFY(bench.listens());
    }

    void halfOfTlsIsSaid()
    {
        WebhookBench bench;
        QVERIFY(bench.settings->setValue(keys::kReceiverCertificate, QStringLiteral("/some/where.crt")).ok());
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QCOMPARE(service.status().localUrl.scheme(), QStringLiteral("http"));
        QVERIFY(service.status().warnings.join(QLatin1Char(' ')).contains(QLatin1String("TLS")));
    }

    void deliveriesThatCannotBeKeptAreSaidAndRefused()
    {
        WebhookBench bench;
        QVERIFY(QDir(bench.folder.path()).mkdir(QStringLiteral("deliveries.sqlite")));
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 503);
        QTRY_VERIFY(!service.status().storeNotice.isEmpty());
        QVERIFY(service.status().isListening());
    }

    void badSettingsAreNamedWithWhatIsUsed()
    {
        WebhookBench bench;
        QVERIFY(bench.settings->setValue(keys::kReceiverAddress, QStringLiteral("everywhere")).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverAllowed, QStringLiteral("10.0.0.0/99")).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverPublicUrl, QStringLiteral("ftp://x")).ok());
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        const QStringList warnings = service.status().warnings;
        QCOMPARE(warnings.size(), 4); // the last one is about the port of this run
        QVERIFY(warnings.at(3).contains(QLatin1String("--receiver-port")));
        QVERIFY(service.status().forThisRun);
        QVERIFY(warnings.at(0).contains(QLatin1String("webhooks/bindAddress")) && warnings.at(0).contains(QLatin1String("127.0.0.1")));
        QVERIFY(warnings.at(1).contains(QLatin1String("10.0.0.0/99")));
        QCOMPARE(service.status().localUrl.host(), QStringLiteral("127.0.0.1"));
        QVERIFY(service.status().publicUrl.isEmpty());
        QVERIFY(service.options().allowed == AddressList::loopback());
    }

    void openAddressIsSaidPlainly()
    {
        WebhookBench bench;
        QVERIFY(bench.settings->setValue(keys::kReceiverAddress, QStringLiteral("0.0.0.0")).ok());
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QVERIFY(service.status().warnings.first().contains(QLatin1String("0.0.0.0")));
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 200);
    }

    void changesTakeEffectWhileItListens()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        const quint16 port = service.status().port;
        QVERIFY(bench.settings->setValue(keys::kReceiverAllowed, QStringLiteral("10.0.0.0/8")).ok());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 403);
        QVERIFY(bench.settings->setValue(keys::kReceiverAllowed, QStringLiteral("127.0.0.1")).ok());
        QVERIFY(bench.settings->setValue(keys::kReceiverPerMinute, 1).ok());
        QVERIFY(bench.post(WebhookBench::eventBody("inst_2")) == 429 || bench.post(WebhookBench::eventBody("inst_2")) == 429);
        QVERIFY(bench.settings->setValue(keys::kReceiverPerMinute, 0).ok());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_3")), 200);
        QCOMPARE(service.status().port, port);
        QVERIFY(bench.settings->setValue(keys::kReceiverBodyKiB, 1).ok());
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(QByteArray(2000, 'x')), 413);
    }

    /// The largest delivery that the setting allows is stored, and the setting allows none that the journal has no room for.
    void largestDeliveryIsStored()
    {
        WebhookBench bench;
        const int largest = *keys::kReceiverBodyKiB.most;
        QVERIFY(bench.settings->setValue(keys::kReceiverBodyKiB, largest).ok());
        QVERIFY(!bench.settings->setValue(keys::kReceiverBodyKiB, largest + 1).ok());
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QByteArray body = WebhookBench::eventBody("inst_1");
        body.append(qsizetype(largest) * 1024 - body.size(), ' ');
        QCOMPARE(bench.post(body), 200);
        QCOMPARE(await(service.deliveries().read(1))->body, body);
        QCOMPARE(bench.post(body + ' '), 413);
    }

    void secretsAreReplacedSideBySide()
    {
        WebhookBench bench;
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        const QString fresh = SigningSecret::generate();
        QVERIFY(await(service.secrets().rotateSecret(fresh)).ok());
        QVERIFY(service.status().previousSecret.isSet);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 200);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_2"), fresh), 200);
        QVERIFY(await(service.secrets().dropPrevious()).ok());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_3")), 401);
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_4"), fresh), 200);
        bench.start();
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_5"), fresh), 200);
    }

    void rotationBeforeTheKeychainAnsweredKeepsTheOldOne()
    {
        WebhookBench bench;
        bench.keychain.hold();
        WebhookService &service = bench.start();
        QCOMPARE(service.status().state, State::Starting);
        Call<Done> *rotation = service.secrets().rotateSecret(SigningSecret::generate());
        bench.keychain.release();
        QVERIFY(await(rotation).ok());
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kPreviousName), WebhookBench::secretText());
        QVERIFY(bench.listens());
    }

    void lockedKeychainIsSaidAndAskedAgain()
    {
        WebhookBench bench;
        bench.keychain.setState(KeychainState::Locked);
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        QVERIFY(service.status().sentence.contains(QLatin1String("The keychain is not usable.")));
        QVERIFY(!await(service.secrets().setSecret(SigningSecret::generate())).ok());
        bench.keychain.setState(KeychainState::Ok);
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 200);
    }

    /// What lies there is not known, so nothing may be written over it.
    void lockedKeychainIsNotWrittenOver()
    {
        WebhookBench bench;
        bench.keychain.setState(KeychainState::Locked);
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        QCOMPARE(await(service.secrets().rotateSecret(SigningSecret::generate())).error().kind, ErrorKind::Keychain);
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kSecretName), WebhookBench::secretText());
        bench.keychain.setState(KeychainState::Ok);
        const QString fresh = SigningSecret::generate();
        QVERIFY(await(service.secrets().rotateSecret(fresh)).ok());
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kPreviousName), WebhookBench::secretText());
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kSecretName), fresh);
    }

    /// Opened between the first look and the change, without a word: the change looks again.
    void aKeychainThatOpensMeanwhileIsReadBeforeItIsChanged()
    {
        WebhookBench bench;
        bench.keychain.setState(KeychainState::Locked);
        WebhookService &service = bench.start();
        QTRY_COMPARE(service.status().state, State::NeedsSecret);
        {
            const QSignalBlocker quiet(bench.keychain);
            bench.keychain.setState(KeychainState::Ok);
        }
        QVERIFY(await(service.secrets().rotateSecret(SigningSecret::generate())).ok());
        QCOMPARE(bench.keychain.values.value(WebhookSecrets::kPreviousName), WebhookBench::secretText());
    }

    void withoutAKeychainSecretsLastForTheSession()
    {
        auto keychain = std::make_unique<FakeSecretStore>();
        keychain->setState(KeychainState::Unavailable);
        FallbackSecretStore store(std::move(keychain));
        WebhookSecrets secrets(store, {});
        secrets.load();
        const QString first = SigningSecret::generate();
        QVERIFY(await(secrets.rotateSecret(first)).ok());
        QVERIFY(secrets.secretState().isSet && secrets.secretState().sessionOnly);
        QVERIFY(!secrets.previousState().isSet);
        const QString second = SigningSecret::generate();
        QVERIFY(await(secrets.rotateSecret(second)).ok());
        QCOMPARE(secrets.signing().size(), 2);
        QVERIFY(await(secrets.dropPrevious()).ok());
        QCOMPARE(secrets.signing().size(), 1);
        QVERIFY(await(secrets.setSecret(first)).ok());
        QCOMPARE(*await(secrets.revealSecret()), first);
        QVERIFY(await(secrets.removeSecret()).ok());
        QVERIFY(!secrets.secretState().isSet);
    }

    /// All is well again, and yet a person wants to know where the old deliveries are.
    void aDamagedFileThatWasSetAsideIsToldAndIsNoProblem()
    {
        WebhookBench bench;
        QFile file(bench.folder.filePath(QStringLiteral("deliveries.sqlite")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        WebhookService &service = bench.start();
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 200);
        QTRY_VERIFY(service.status().warnings.join(QLatin1Char('\n')).contains(QLatin1String("damaged")));
        QVERIFY2(service.status().storeNotice.isEmpty(), qPrintable(service.status().storeNotice));
    }

    void aSecretThatCanBeGuessedIsWarnedOf()
    {
        WebhookBench bench;
        WebhookService &service = bench.start({QStringLiteral(" short "), {}, {}});
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1"), QStringLiteral("short")), 200);
        QVERIFY(service.status().warnings.join(QLatin1Char('\n')).contains(QLatin1String("guessed")));
        bench.start();
        QVERIFY(bench.listens());
        QVERIFY(!bench.service->status().warnings.join(QLatin1Char('\n')).contains(QLatin1String("guessed")));
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
