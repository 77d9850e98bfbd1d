// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/fallbacksecretstore.h"

#include "core/base/redact.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"

#include <QSignalSpy>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

class TestFallbackSecretStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void usesTheKeychainWhenItIsOpen();
    void usesMemoryWhenItIsNot_data();
    void usesMemoryWhenItIsNot();
    void usesMemoryWhenAWriteFails();
    void aClosedKeychainIsNotAMissingKey();
    void sessionValueWinsAndStays();
    void writingAgainAfterUnlockReachesTheKeychain();
    void removeIsHonest();
    void aSlowWriteBringsNothingBack_data();
    void aSlowWriteBringsNothingBack();
    void whoStopsListeningStopsNothing();
    void refusesEmptyValues();
    void hidesValuesInLogs();

private:
    std::unique_ptr<FallbackSecretStore> m_store;
    FakeSecretStore *m_keychain = nullptr;
    const QString m_name = u"profile/1/api-key"_s;
    const QString m_value = u"PLANTED-value-1"_s;
};

void TestFallbackSecretStore::init()
{
    auto keychain = std::make_unique<FakeSecretStore>();
    m_keychain = keychain.get();
    m_store = std::make_unique<FallbackSecretStore>(std::move(keychain));
}

void TestFallbackSecretStore::cleanup()
{
    m_store.reset();
    clearRegisteredSecrets();
}

void TestFallbackSecretStore::usesTheKeychainWhenItIsOpen()
{
    QVERIFY(await(m_store->write(m_name, m_value)));
    QCOMPARE(m_keychain->values.value(m_name), m_value);
    QVERIFY(!m_store->isSessionOnly(m_name));
    QCOMPARE(*await(m_store->read(m_name)), m_value);
    QCOMPARE(m_store->description(), u"test keychain"_s);
}

void TestFallbackSecretStore::usesMemoryWhenItIsNot_data()
{
    QTest::addColumn<KeychainState>("state");
    QTest::newRow("locked") << KeychainState::Locked;
    QTest::newRow("unavailable") << KeychainState::Unavailable;
}

void TestFallbackSecretStore::usesMemoryWhenItIsNot()
{
    QFETCH(KeychainState, state);
    QSignalSpy changed(m_store.get(), &SecretStore::stateChanged);
    m_keychain->setState(state);
    QCOMPARE(changed.count(), 1);
    QVERIFY(await(m_store->write(m_name, m_value)));
    QVERIFY(m_keychain->values.isEmpty());
    QVERIFY(m_store->isSessionOnly(m_name));
    QCOMPARE(*await(m_store->read(m_name)), m_value);
    QCOMPARE(m_store->state(), state);
    QCOMPARE(m_store->description(), u"this session only: test keychain"_s);
}

void TestFallbackSecretStore::usesMemoryWhenAWriteFails()
{
    m_keychain->failWrites = true;
    QVERIFY(await(m_store->write(m_name, m_value)));
    QVERIFY(m_store->isSessionOnly(m_name));
}

void TestFallbackSecretStore::aClosedKeychainIsNotAMissingKey()
{
    QVERIFY(await(m_store->write(m_name, m_value)));
    m_keychain->setState(KeychainState::Locked);
    const auto read = await(m_store->read(m_name));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Keychain);
}

void TestFallbackSecretStore::sessionValueWinsAndStays()
{
    QVERIFY(await(m_store->write(m_name, u"from the keychain"_s)));
    m_store->keepForSession(m_name, u"from the environment"_s);
    QCOMPARE(*await(m_store->read(m_name)), u"from the environment"_s);
    QCOMPARE(m_keychain->values.value(m_name), u"from the keychain"_s);
}

void TestFallbackSecretStore::writingAgainAfterUnlockReachesTheKeychain()
{
    m_keychain->setState(KeychainState::Locked);
    QVERIFY(await(m_store->write(m_name, m_value)));
    QCOMPARE(await(m_store->unlock()).valueOr(KeychainState::Unknown), KeychainState::Ok);
    QVERIFY(m_keychain->values.isEmpty());
    QVERIFY(await(m_store->write(m_name, m_value)));
    QCOMPARE(m_keychain->values.value(m_name), m_value);
    QVERIFY(!m_store->isSessionOnly(m_name));
}

void TestFallbackSecretStore::removeIsHonest()
{
    QVERIFY(await(m_store->write(m_name, m_value)));
    m_keychain->setState(KeychainState::Locked);
    QVERIFY(!await(m_store->remove(m_name)));
    QVERIFY(m_keychain->values.contains(m_name));

    m_keychain->setState(KeychainState::Unavailable);
    QVERIFY(!await(m_store->remove(m_name)));
    m_store->keepForSession(m_name, m_value);
    QVERIFY(await(m_store->remove(m_name)));
    QVERIFY(!m_store->isSessionOnly(m_name));

    m_keychain->setState(KeychainState::Ok);
    QVERIFY(await(m_store->remove(m_name)));
    QVERIFY(m_keychain->values.isEmpty());
}

void TestFallbackSecretStore::aSlowWriteBringsNothingBack_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("a write that succeeds") << false;
    QTest::newRow("a write that fails") << true;
}

void TestFallbackSecretStore::aSlowWriteBringsNothingBack()
{
    QFETCH(bool, fails);
    m_keychain->failWrites = fails;
    m_keychain->hold();
    m_store->write(m_name, m_value);
    bool removed = false;
    m_store->remove(m_name)->onFinished(this, [&removed](const Result<Done> &result) { removed = result.ok(); });
    QCOMPARE(m_keychain->heldCount(), std::size_t(1)); // the removal waits for its turn
    m_keychain->release();
    QTRY_VERIFY(removed);
    QVERIFY(m_keychain->values.isEmpty());
    QVERIFY(!m_store->isSessionOnly(m_name));
    QCOMPARE(await(m_store->read(m_name)).valueOr(m_value), std::nullopt);
}

void TestFallbackSecretStore::whoStopsListeningStopsNothing()
{
    m_keychain->hold();
    CallGuard writing;
    writing.reset(m_store->write(m_name, m_value));
    CallGuard reading;
    reading.reset(m_store->read(m_name));
    CallGuard removing;
    removing.reset(m_store->remove(m_name));
    reading.reset();
    removing.reset();
    writing.reset();
    m_keychain->release();
    QCOMPARE(await(m_store->read(m_name)).valueOr(m_value), std::nullopt);
    QVERIFY(m_keychain->values.isEmpty());
    QVERIFY(await(m_store->write(m_name, m_value)));
    QCOMPARE(m_keychain->values.value(m_name), m_value);
}

void TestFallbackSecretStore::refusesEmptyValues()
{
    m_keychain->setState(KeychainState::Unavailable);
    const auto written = await(m_store->write(m_name, QString()));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Validation);
    QVERIFY(!m_store->isSessionOnly(m_name));
}

void TestFallbackSecretStore::hidesValuesInLogs()
{
    m_store->keepForSession(m_name, m_value);
    QVERIFY(!redact(u"x "_s + m_value).contains(m_value));
}

QTEST_GUILESS_MAIN(TestFallbackSecretStore)
#include "tst_fallbacksecretstore.moc"
