// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "tests/support/clientstack.h"
#include "tests/workflows/fakecloud.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using C = ConnectionState;

namespace {

const QUrl kHere(QStringLiteral("http://127.0.0.1:9"));
const QUrl kThere(QStringLiteral("http://127.0.0.1:10"));

struct Bench
{
    FakeCloud cloud;
    SystemClock clock;
    ClientStack stack{cloud.nam, clock};

    SessionController &session() { return stack.session; }
    QByteArray lastKey() const { return cloud.nam.requests().empty() ? QByteArray() : cloud.nam.requests().back().header("Authorization"); }
    void rejectKeys()
    {
        cloud.intercept = [](const QString &, const FakeRequest &request) -> std::optional<FakeAnswer> {
            if (request.header("Authorization").contains("wrong"))
                return FakeAnswer::payload(R"({"code":401,"reason":"UNAUTHORIZED","message":"bad key"})", 401);
            return std::nullopt;
        };
    }
};

} // namespace

class TestSessionController final : public QObject
{
    Q_OBJECT

private slots:
    void withoutAProfile()
    {
        Bench bench;
        bench.session().start();
        QCOMPARE(bench.session().connection(), C::NoProfile);
        QCOMPARE(bench.session().keySource(), KeySource::None);
    }

    void theKeyComesFromTheKeychain()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_from_keychain"));
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QCOMPARE(bench.session().connection(), C::Connecting);
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QCOMPARE(bench.session().keySource(), KeySource::Keychain);
        QVERIFY(bench.session().keychainNotice().isEmpty());
        QVERIFY(bench.lastKey().endsWith("sk_from_keychain"));
    }

    void connectingReadsEverythingOnce()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_from_keychain"));
        bench.stack.profiles.setActive(profile.id);
        bench.stack.refresher.setWanted({DataKind::Instances, DataKind::Clusters});
        QSignalSpy told(&bench.stack.client, &ApiClient::statusChanged);
        bench.session().start();
        const auto readAll = [&bench] {
            const Stores &stores = bench.stack.stores;
            return stores.instances.refreshedAt() && stores.products.refreshedAt() && stores.account.refreshedAt() && stores.clusters.refreshedAt();
        };
        QTRY_VERIFY(readAll());
        // The news of the key comes late, after the first answers.
        QTRY_VERIFY(!told.isEmpty() && told.last().at(0).value<ClientStatus>().lastSuccessAt);
        bench.stack.refresher.wake();
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        bench.stack.refresher.wake();
        QCOMPARE(bench.cloud.count(QStringLiteral("v1/products")), 3);
        QCOMPARE(bench.cloud.count(QStringLiteral("cpu/products")), 1);
        QCOMPARE(bench.cloud.count(QStringLiteral("balance/detail")), 1);
        QCOMPARE(bench.cloud.nam.count(), 7);
    }

    void theEnvironmentWinsForItsProfileOnly()
    {
        Bench bench;
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        const Profile home = bench.stack.addProfile(QStringLiteral("home"), kThere, QStringLiteral("sk_home_key"));
        bench.stack.profiles.setActive(work.id);
        bench.session().setEnvironmentKey(QStringLiteral("sk_environment_key"));
        bench.session().start();
        QTRY_COMPARE(bench.session().keySource(), KeySource::Environment);
        QTRY_VERIFY(bench.lastKey().endsWith("sk_environment_key"));
        bench.session().switchTo(home.id);
        QTRY_COMPARE(bench.session().keySource(), KeySource::Keychain);
        QTRY_VERIFY(bench.lastKey().endsWith("sk_home_key"));
        for (const FakeRequest &request : bench.cloud.nam.requests())
            QCOMPARE(request.header("Authorization").endsWith("sk_environment_key"), request.request.url().port() == kHere.port());
        bench.session().switchTo(work.id);
        QTRY_COMPARE(bench.session().keySource(), KeySource::Environment);
    }

    void theEnvironmentKeyStaysWithItsServer()
    {
        Bench bench;
        Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        bench.stack.profiles.setActive(work.id);
        bench.session().setEnvironmentKey(QStringLiteral("sk_environment_key"));
        bench.session().start();
        QTRY_VERIFY(bench.lastKey().endsWith("sk_environment_key"));
        work.apiRoot = kThere;
        QVERIFY(bench.stack.profiles.save(work).ok());
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        for (const FakeRequest &request : bench.cloud.nam.requests())
            QCOMPARE(request.request.url().port(), kHere.port());
    }

    void aStoredKeyStaysWithItsServer_data()
    {
        QTest::addColumn<bool>("keychain");
        QTest::addColumn<bool>("inUse");
        QTest::newRow("keychain") << true << true;
        QTest::newRow("keychain, edited while another is in use") << true << false;
        QTest::newRow("session") << false << true;
        QTest::newRow("session, edited while another is in use") << false << false;
    }

    void aStoredKeyStaysWithItsServer()
    {
        QFETCH(bool, keychain);
        QFETCH(bool, inUse);
        Bench bench;
        bench.stack.secrets.failWrites = !keychain;
        Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QString());
        const Profile home = bench.stack.addProfile(QStringLiteral("home"), kHere, QString());
        bench.stack.profiles.setActive(work.id);
        bench.session().start();
        bench.session().storeKey(work.id, QStringLiteral("sk_typed_key"));
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QTRY_COMPARE(bench.session().keySource(), keychain ? KeySource::Keychain : KeySource::Session);
        if (!inUse)
            bench.session().switchTo(home.id);
        const QString oldName = work.secretName;
        work.apiRoot = kThere;
        work = bench.stack.profiles.save(work).value();
        bench.session().switchTo(work.id);
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        QTRY_VERIFY(!bench.stack.secrets.values.contains(oldName));
        for (const FakeRequest &request : bench.cloud.nam.requests())
            QCOMPARE(request.request.url().port(), kHere.port());
        // Entered again, for the new server.
        bench.session().storeKey(work.id, QStringLiteral("sk_other_key"));
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QVERIFY(bench.lastKey().endsWith("sk_other_key"));
    }

    void theEnvironmentKeyIsNotForWhateverComesAfterTheSandbox()
    {
        Bench bench;
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        Profile sandbox;
        sandbox.name = QStringLiteral("Sandbox");
        sandbox.sandbox = true;
        bench.stack.profiles.setTransient(sandbox);
        bench.session().setEnvironmentKey(QStringLiteral("sk_environment_key"));
        bench.session().start();
        bench.session().switchTo(work.id);
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QCOMPARE(bench.session().keySource(), KeySource::Keychain);
        for (const FakeRequest &request : bench.cloud.nam.requests())
            QVERIFY(request.header("Authorization").endsWith("sk_work_key"));
    }

    void aLateKeychainAnswerDoesNotLand()
    {
        Bench bench;
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        Profile empty;
        empty.name = QStringLiteral("empty");
        empty.apiRoot = kThere;
        empty = bench.stack.profiles.save(empty).value();
        bench.stack.profiles.setActive(work.id);
        bench.stack.secrets.hold();
        bench.session().start();
        bench.session().switchTo(empty.id);
        bench.stack.secrets.release();
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        QVERIFY(!bench.stack.client.hasKey());
        QCOMPARE(bench.cloud.nam.count(), 0);
    }

    void aLockedKeychainIsSaidAndUnlocked()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        bench.stack.profiles.setActive(profile.id);
        bench.stack.secrets.setState(KeychainState::Locked);
        bench.session().start();
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        QVERIFY(bench.session().keychainNotice().contains(QLatin1String("locked")));
        bench.session().unlockKeychain();
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QVERIFY(bench.session().keychainNotice().isEmpty());
    }

    void aLockedKeychainIsSaidBeforeTheFirstProfileIsMade()
    {
        Bench bench;
        bench.stack.secrets.setState(KeychainState::Locked);
        bench.session().start();
        QTRY_VERIFY(bench.session().keychainNotice().contains(QLatin1String("locked")));
        QVERIFY(!bench.session().keychainNotice().contains(QLatin1String("again")));
    }

    void withoutAKeychainTheKeyLivesForTheSession()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QString());
        bench.stack.profiles.setActive(profile.id);
        bench.stack.secrets.setState(KeychainState::Unavailable);
        bench.session().start();
        bool stored = false;
        bench.session().storeKey(profile.id, QStringLiteral(" sk_typed_key \n"))->onFinished(this, [&stored](const Result<Done> &r) { stored = r.ok(); });
        QTRY_VERIFY(stored);
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QCOMPARE(bench.session().keySource(), KeySource::Session);
        QVERIFY(bench.session().keychainNotice().contains(QLatin1String("this session")));
        QVERIFY(bench.lastKey().endsWith("sk_typed_key"));
    }

    /// A store that falls back to memory by itself must not be taken for the keychain.
    void aStoreThatKeepsItForTheSessionIsNotTheKeychain()
    {
        Bench bench;
        bench.stack.secrets.sessionOnly = true;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QString());
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        bool stored = false;
        bench.session().storeKey(profile.id, QStringLiteral("sk_typed_key"))->onFinished(this, [&stored](const Result<Done> &r) { stored = r.ok(); });
        QTRY_VERIFY(stored);
        QCOMPARE(bench.session().keySource(), KeySource::Session);
        QVERIFY(!bench.session().keychainNotice().isEmpty());
    }

    void whereAKeyIsKeptIsToldByProfile()
    {
        Bench bench;
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_from_keychain"));
        const Profile home = bench.stack.addProfile(QStringLiteral("home"), kHere, QString());
        bench.stack.profiles.setActive(work.id);
        bench.session().start();
        QTRY_COMPARE(bench.session().keySource(), KeySource::Keychain);
        bench.stack.secrets.failWrites = true;
        bench.session().storeKey(home.id, QStringLiteral("sk_typed_key"));
        QVERIFY(bench.session().isKeySessionOnly(home.id));
        QVERIFY(!bench.session().isKeySessionOnly(work.id));
        QVERIFY(bench.session().keychainNotice().isEmpty());
        bench.stack.secrets.failWrites = false;
        bench.session().storeKey(home.id, QStringLiteral("sk_typed_key"));
        QTRY_VERIFY(!bench.session().isKeySessionOnly(home.id));
        bench.stack.secrets.sessionOnly = true;
        QVERIFY(bench.session().isKeySessionOnly(home.id));
        QVERIFY(!bench.session().isKeySessionOnly(ProfileId(QStringLiteral("no-such-profile"))));
    }

    void aStoredKeyIsUsedAtOnceAndForgotten()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QString());
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        bench.session().storeKey(profile.id, QStringLiteral("sk_typed_key"));
        QTRY_COMPARE(bench.session().keySource(), KeySource::Keychain);
        QCOMPARE(bench.stack.secrets.values.value(profile.secretName), QStringLiteral("sk_typed_key"));
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        bool forgotten = false;
        bench.session().forgetKey(profile.id)->onFinished(this, [&forgotten](const Result<Done> &r) { forgotten = r.ok(); });
        QTRY_VERIFY(forgotten);
        QCOMPARE(bench.session().connection(), C::NoKey);
        QVERIFY(!bench.stack.secrets.values.contains(profile.secretName));
    }

    void aForgottenKeyStaysForgottenThoughItsWriteIsSlow()
    {
        Bench bench;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QString());
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        bench.stack.secrets.hold();
        bench.session().storeKey(profile.id, QStringLiteral("sk_typed_key"));
        bool forgotten = false;
        bench.session().forgetKey(profile.id)->onFinished(this, [&forgotten](const Result<Done> &r) { forgotten = r.ok(); });
        bench.stack.secrets.release();
        QTRY_VERIFY(forgotten);
        bench.stack.secrets.setState(KeychainState::Ok); // as after an unlock: the key is looked for again
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        QVERIFY(bench.stack.secrets.values.isEmpty());
        QCOMPARE(bench.session().keySource(), KeySource::None);
    }

    /// Another key may be another account's.
    void anotherKeyEmptiesTheStores()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_first_key"));
        bench.stack.profiles.setActive(work.id);
        bench.session().start();
        const InstanceStore &store = bench.stack.stores.instances;
        QTRY_COMPARE(store.size(), 1);
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        QSignalSpy reset(&store, &EntityStoreBase::wasReset);

        // The same one again is no other account.
        bench.session().storeKey(work.id, QStringLiteral("sk_first_key"));
        QTRY_COMPARE(bench.session().keySource(), KeySource::Keychain);
        QCOMPARE(reset.count(), 0);

        // A list that was asked for with the first key is still on its way.
        bench.cloud.intercept = [](const QString &path, const FakeRequest &request) -> std::optional<FakeAnswer> {
            return path == QLatin1String("gpu/instances") && request.header("Authorization").endsWith("sk_first_key")
                       ? std::optional(FakeAnswer::hanging()) : std::nullopt;
        };
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.stack.client.status().inFlight, 1);
        bench.cloud.instances.clear();
        bench.cloud.put(QStringLiteral("b"), QStringLiteral("running"));
        bench.session().storeKey(work.id, QStringLiteral("sk_second_key"));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(store.size(), 0);
        QCOMPARE(bench.cloud.nam.abortedCount(), 1);
        QTRY_VERIFY(store.contains(InstanceId(QStringLiteral("b"))));
        QCOMPARE(store.size(), 1);
        QCOMPARE(bench.session().connection(), C::Connected);
    }

    void anotherKeyAfterARejectionEmptiesTheStores()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_first_key"));
        bench.stack.profiles.setActive(work.id);
        bench.session().start();
        QTRY_COMPARE(bench.stack.stores.instances.size(), 1);
        bench.cloud.intercept = [](const QString &, const FakeRequest &request) -> std::optional<FakeAnswer> {
            return request.header("Authorization").endsWith("first_key")
                       ? std::optional(FakeAnswer::payload(R"({"code":401,"reason":"UNAUTHORIZED","message":"revoked"})", 401)) : std::nullopt;
        };
        bench.stack.refresher.refresh(DataKind::Instances);
        QTRY_COMPARE(bench.session().connection(), C::KeyRejected);
        QCOMPARE(bench.stack.stores.instances.size(), 1);
        bench.session().storeKey(work.id, QStringLiteral("sk_second_key"));
        QCOMPARE(bench.stack.stores.instances.size(), 0);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 1);
    }

    void aRejectedKeyStopsEverythingUntilThereIsAnother()
    {
        Bench bench;
        bench.rejectKeys();
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("wrong_key_1"));
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QTRY_COMPARE(bench.session().connection(), C::KeyRejected);
        const int sent = bench.cloud.nam.count();
        QVERIFY(sent <= 8);
        QCOMPARE(bench.stack.client.status().inFlight + bench.stack.client.status().queued, 0);
        bench.stack.refresher.wake();
        QCOMPARE(bench.stack.client.status().inFlight + bench.stack.client.status().queued, 0);
        QCOMPARE(bench.cloud.nam.count(), sent);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("rejected")).size(), 1);
        bench.session().storeKey(profile.id, QStringLiteral("sk_right_key"));
        QTRY_COMPARE(bench.session().connection(), C::Connected);
    }

    void aWaitingStopIsNotCarriedOutWithoutAKey_data()
    {
        QTest::addColumn<bool>("rejected");
        QTest::newRow("rejected") << true;
        QTest::newRow("forgotten") << false;
    }

    /// It was never sent: that is all there is to say of it, and nothing is read to find out more.
    void aWaitingStopIsNotCarriedOutWithoutAKey()
    {
        QFETCH(bool, rejected);
        Bench bench;
        const InstanceId id(QStringLiteral("a"));
        bench.cloud.put(id.toString(), QStringLiteral("running"));
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QTRY_COMPARE(bench.stack.stores.instances.size(), 1);
        QTRY_COMPARE(bench.stack.client.status().inFlight, 0);
        bench.cloud.intercept = [](const QString &, const FakeRequest &) { return std::optional(FakeAnswer::hanging()); };
        bench.stack.refresher.refresh(DataKind::Clusters);
        const int reading = bench.cloud.nam.count() - 1;
        ApiClientConfig config = bench.stack.client.config();
        config.limiterCapacity = 1; // used up
        bench.stack.client.setConfig(config);
        std::optional<Result<Done>> stopped;
        bench.stack.commands.run(id, InstanceAction::Stop)->onFinished(this, [&stopped](const Result<Done> &result) { stopped = result; });
        QCOMPARE(bench.stack.client.status().queued, 1);
        if (rejected)
            bench.cloud.nam.reply(reading)->answer(FakeAnswer::payload(R"({"code":401,"reason":"UNAUTHORIZED","message":"revoked"})", 401));
        else
            bench.session().forgetKey(profile.id);
        QTRY_VERIFY(stopped);
        QVERIFY(!stopped->ok());
        QVERIFY(stopped->error().isCanceled());
        QVERIFY(!bench.stack.stores.instances.extra(id)->asked);
        const QStringList events = bench.stack.eventTexts();
        QCOMPARE(events.filter(QStringLiteral("“n-a” was not stopped")).size(), 1);
        QCOMPARE(events.filter(QStringLiteral("has changed")).size(), 0);
        QCOMPARE(bench.cloud.nam.count(), reading + 1);
    }

    void aRejectedKeyIsTriedAgainAtAWish_data()
    {
        QTest::addColumn<KeySource>("source");
        QTest::newRow("keychain") << KeySource::Keychain;
        QTest::newRow("environment") << KeySource::Environment;
        QTest::newRow("session") << KeySource::Session;
    }

    void aRejectedKeyIsTriedAgainAtAWish()
    {
        QFETCH(KeySource, source);
        Bench bench;
        bench.rejectKeys();
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        const bool kept = source == KeySource::Keychain;
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, kept ? QStringLiteral("wrong_key_1") : QString());
        bench.stack.profiles.setActive(profile.id);
        if (source == KeySource::Environment)
            bench.session().setEnvironmentKey(QStringLiteral("wrong_key_1"));
        bench.stack.secrets.failWrites = true;
        bench.session().start();
        QVERIFY(!bench.session().retryKey());
        if (source == KeySource::Session)
            bench.session().storeKey(profile.id, QStringLiteral("wrong_key_1"));
        QTRY_COMPARE(bench.session().connection(), C::KeyRejected);

        // Still not accepted: said again, and nothing more is sent.
        QVERIFY(bench.session().retryKey());
        QTRY_COMPARE(bench.session().connection(), C::KeyRejected);
        QCOMPARE(bench.stack.eventTexts().filter(QStringLiteral("rejected")).size(), 2);
        const int sent = bench.cloud.nam.count();
        bench.stack.refresher.wake();
        QCOMPARE(bench.cloud.nam.count(), sent);

        bench.cloud.intercept = nullptr;
        QVERIFY(bench.session().retryKey());
        QVERIFY(!bench.session().retryKey());
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QCOMPARE(bench.session().keySource(), source);
        QTRY_COMPARE(bench.stack.stores.instances.size(), 1);
        QVERIFY(bench.lastKey().endsWith("wrong_key_1"));
    }

    void aKeyThatIsGoneIsNotTriedAgain()
    {
        Bench bench;
        bench.rejectKeys();
        const Profile profile = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("wrong_key_1"));
        bench.stack.profiles.setActive(profile.id);
        bench.session().start();
        QTRY_COMPARE(bench.session().connection(), C::KeyRejected);
        bench.stack.secrets.values.clear();
        const int sent = bench.cloud.nam.count();
        QVERIFY(bench.session().retryKey());
        QTRY_COMPARE(bench.session().connection(), C::NoKey);
        QCOMPARE(bench.session().keySource(), KeySource::None);
        QCOMPARE(bench.cloud.nam.count(), sent);
    }

    void aSwitchEmptiesTheStores()
    {
        Bench bench;
        bench.cloud.put(QStringLiteral("a"), QStringLiteral("running"));
        const Profile work = bench.stack.addProfile(QStringLiteral("work"), kHere, QStringLiteral("sk_work_key"));
        const Profile home = bench.stack.addProfile(QStringLiteral("home"), kThere, QStringLiteral("sk_home_key"));
        bench.stack.profiles.setActive(work.id);
        bench.session().start();
        QTRY_COMPARE(bench.stack.stores.instances.size(), 1);
        QSignalSpy switched(&bench.session(), &SessionController::profileSwitched);
        QSignalSpy reset(&bench.stack.stores.instances, &EntityStoreBase::wasReset);
        bench.cloud.instances.clear();
        bench.cloud.put(QStringLiteral("b"), QStringLiteral("running"));
        bench.session().switchTo(home.id);
        QCOMPARE(switched.count(), 1);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(bench.stack.stores.instances.size(), 0);
        QTRY_VERIFY(bench.stack.stores.instances.contains(InstanceId(QStringLiteral("b"))));
        QCOMPARE(bench.stack.client.config().apiRoot, kThere);
    }

    void networkSettingsApplyAtOnce()
    {
        Bench bench;
        bench.stack.connectTo(kHere);
        QVERIFY(bench.stack.settings->setValue(keys::kRequestsPerMinute, 42).ok());
        QVERIFY(bench.stack.settings->setValue(keys::kRequestTimeoutMs, 7000).ok());
        QCOMPARE(bench.stack.client.config().limiterCapacity, 42);
        QCOMPARE(bench.stack.client.config().timeout.count(), 7000);
        QCOMPARE(bench.stack.client.config().apiRoot, kHere);
    }

    void theSandboxWaitsForItsRoot()
    {
        Bench bench;
        Profile sandbox;
        sandbox.name = QStringLiteral("Sandbox");
        sandbox.sandbox = true;
        bench.stack.profiles.setTransient(sandbox);
        bench.session().setEnvironmentKey(QStringLiteral("sk_environment_key"));
        bench.session().start();
        QVERIFY(!bench.stack.client.hasKey());
        QCOMPARE(bench.cloud.nam.count(), 0);
        bench.session().setSandboxRoot(kThere);
        QTRY_COMPARE(bench.session().connection(), C::Connected);
        QCOMPARE(bench.session().keySource(), KeySource::Sandbox);
        for (const FakeRequest &request : bench.cloud.nam.requests())
            QVERIFY(!request.header("Authorization").contains("environment"));
    }
};

QTEST_GUILESS_MAIN(TestSessionController)
#include "tst_sessioncontroller.moc"
