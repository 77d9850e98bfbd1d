// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keychainsecretstore.h"
#include "tests/secrets/fakesecretservice.h"
#include "tests/support/await.h"

#include <QSignalSpy>

using namespace novita;

/// Unlocking, with the prompt in the test's hand. Needs a bus without a keychain service (with_bus.sh bare).
class TestUnlock : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void unlocksWithoutAPrompt();
    void waitsForThePrompt();
    void refusedStaysLocked();
    void cancelTakesThePromptAway();
    void makesAKeyringWhereThereIsNone();
    void openKeyringNeedsNoUnlocking();

private:
    std::unique_ptr<FakeSecretService> m_service;
    std::unique_ptr<KeychainSecretStore> m_store;
};

void TestUnlock::init()
{
    m_service = std::make_unique<FakeSecretService>();
    m_store = std::make_unique<KeychainSecretStore>();
}

void TestUnlock::cleanup()
{
    m_store.reset();
    m_service.reset();
}

void TestUnlock::unlocksWithoutAPrompt()
{
    m_service->needsPrompt = false;
    QSignalSpy changed(m_store.get(), &SecretStore::stateChanged);
    QCOMPARE(await(m_store->probe()).valueOr(KeychainState::Unknown), KeychainState::Locked);
    QCOMPARE(await(m_store->unlock()).valueOr(KeychainState::Unknown), KeychainState::Ok);
    QCOMPARE(changed.count(), 2);
}

void TestUnlock::waitsForThePrompt()
{
    std::optional<KeychainState> state;
    m_store->unlock()->onFinished(this, [&](const Result<KeychainState> &result) { state = result.valueOr(KeychainState::Unknown); });
    QTRY_COMPARE(m_service->prompt.shown, 1);
    QVERIFY(!state);
    m_service->collection.locked = false;
    emit m_service->prompt.Completed(false, QDBusVariant(QString()));
    QTRY_VERIFY(state);
    QCOMPARE(*state, KeychainState::Ok);
    QCOMPARE(m_service->prompt.dismissed, 0);
}

void TestUnlock::refusedStaysLocked()
{
    std::optional<KeychainState> state;
    m_store->unlock()->onFinished(this, [&](const Result<KeychainState> &result) { state = result.valueOr(KeychainState::Unknown); });
    QTRY_COMPARE(m_service->prompt.shown, 1);
    emit m_service->prompt.Completed(true, QDBusVariant(QString()));
    QTRY_VERIFY(state);
    QCOMPARE(*state, KeychainState::Locked);
}

void TestUnlock::cancelTakesThePromptAway()
{
    std::optional<Result<KeychainState>> ended;
    Call<KeychainState> *call = m_store->unlock();
    call->onFinished(this, [&](const Result<KeychainState> &result) { ended.emplace(result); });
    QTRY_COMPARE(m_service->prompt.shown, 1);
    call->cancel();
    QTRY_VERIFY(ended);
    QVERIFY(!*ended);
    QVERIFY(ended->error().isCanceled());
    QTRY_COMPARE(m_service->prompt.dismissed, 1);
}

void TestUnlock::makesAKeyringWhereThereIsNone()
{
    m_service->hasCollection = false;
    m_service->needsPrompt = false;
    QCOMPARE(await(m_store->probe()).valueOr(KeychainState::Unknown), KeychainState::Locked);
    QVERIFY(m_store->description().contains(QStringLiteral("no keyring yet")));
    QCOMPARE(await(m_store->unlock()).valueOr(KeychainState::Unknown), KeychainState::Ok);
    QCOMPARE(m_service->created, 1);
}

void TestUnlock::openKeyringNeedsNoUnlocking()
{
    m_service->collection.locked = false;
    QCOMPARE(await(m_store->unlock()).valueOr(KeychainState::Unknown), KeychainState::Ok);
    QCOMPARE(m_service->prompt.shown, 0);
}

QTEST_GUILESS_MAIN(TestUnlock)
#include "tst_unlock.moc"
