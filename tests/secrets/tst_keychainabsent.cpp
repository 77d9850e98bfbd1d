// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/fallbacksecretstore.h"
#include "core/secrets/keychainsecretstore.h"
#include "tests/support/await.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QTimer>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

/// Where there is no keychain to speak to: run once in each of with_bus.sh's modes fresh, bare, mute, none.
class TestKeychainAbsent : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void saysSoWithinThreeSeconds();
    void worksWithASessionKey();

private:
    QString m_mode;
    QLocalServer m_mute;
};

void TestKeychainAbsent::initTestCase()
{
    m_mode = qEnvironmentVariable("TEST_BUS");
    QVERIFY((QStringList{u"fresh"_s, u"bare"_s, u"mute"_s, u"none"_s}).contains(m_mode));
    if (m_mode == u"mute")
        QVERIFY(m_mute.listen(qEnvironmentVariable("MUTE_BUS")));
}

void TestKeychainAbsent::saysSoWithinThreeSeconds()
{
    const QHash<QString, QString> sentences{{u"fresh"_s, u"There is no keyring yet"_s},
                                            {u"bare"_s, u"No keychain service is running"_s},
                                            {u"mute"_s, u"does not answer"_s},
                                            {u"none"_s, u"no desktop session bus"_s}};
    KeychainSecretStore store;
    QElapsedTimer total;
    total.start();
    const auto read = await(store.read(u"profile/x/api-key"_s));
    QVERIFY2(total.elapsed() < 3500, qPrintable(QString::number(total.elapsed())));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Keychain);
    QVERIFY2(read.error().message.contains(sentences.value(m_mode)), qPrintable(read.error().toLogString()));
    QCOMPARE(store.state(), m_mode == u"fresh" ? KeychainState::Locked : KeychainState::Unavailable);
    QVERIFY2(store.description().contains(sentences.value(m_mode)), qPrintable(store.description()));
}

void TestKeychainAbsent::worksWithASessionKey()
{
    FallbackSecretStore store(std::make_unique<KeychainSecretStore>());
    const QString name = u"profile/x/api-key"_s;
    QVERIFY(await(store.write(name, u"a session key"_s)));
    QCOMPARE(await(store.read(name)).valueOr(std::nullopt), std::optional(u"a session key"_s));
    QVERIFY2(store.description().startsWith(u"this session only: "_s), qPrintable(store.description()));
    // Lets libdbus out of its wait, so that the program ends at once.
    m_mute.close();
}

QTEST_GUILESS_MAIN(TestKeychainAbsent)
#include "tst_keychainabsent.moc"
