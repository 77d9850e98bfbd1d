// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"
#include "core/secrets/keychainsecretstore.h"
#include "tests/support/await.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <csignal>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kName = u"profile/test/api-key"_s;
const QString kPlanted = u"PLANTED-ключ-7f3a"_s;

struct Ran
{
    int code;
    QByteArray output;
};

Ran run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool finished = process.waitForFinished(10000);
    return {finished && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput()};
}

// Another program's view of the same keyring.
Ran lookup()
{
    return run(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"novita-console"_s, u"user"_s, kName});
}

QByteArray callBus(const QStringList &arguments) { return run(u"gdbus"_s, QStringList{u"call"_s, u"--session"_s} + arguments).output; }

void lockKeyring()
{
    callBus({u"-d"_s, u"org.freedesktop.secrets"_s, u"-o"_s, u"/org/freedesktop/secrets"_s, u"-m"_s,
             u"org.freedesktop.Secret.Service.Lock"_s, u"['/org/freedesktop/secrets/collection/login']"_s});
}

pid_t daemonPid()
{
    const QByteArray answer = callBus({u"-d"_s, u"org.freedesktop.DBus"_s, u"-o"_s, u"/org/freedesktop/DBus"_s, u"-m"_s,
                                       u"org.freedesktop.DBus.GetConnectionUnixProcessID"_s, u"org.freedesktop.secrets"_s});
    return answer.simplified().replace("(uint32 ", "").replace(",)", "").toInt();
}

bool daemonOwnsItsName()
{
    return callBus({u"-d"_s, u"org.freedesktop.DBus"_s, u"-o"_s, u"/org/freedesktop/DBus"_s, u"-m"_s,
                    u"org.freedesktop.DBus.NameHasOwner"_s, u"org.freedesktop.secrets"_s})
        .contains("true");
}

// A locked daemon unlocks by a prompt on the screen only; a new one takes the password. As after logging in anew.
bool restartUnlocked()
{
    ::kill(daemonPid(), SIGTERM);
    if (!QTest::qWaitFor([] { return !daemonOwnsItsName(); }, 5000))
        return false;
    run(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--components=secrets"_s, u"--daemonize"_s}, "test");
    return QTest::qWaitFor([] { return daemonOwnsItsName(); }, 5000);
}

} // namespace

/// Against a real gnome-keyring in a D-Bus session of its own (tests/support/with_bus.sh keyring).
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(qgetenv("TEST_BUS"), QByteArray("keyring")); }
    void init() { m_store = std::make_unique<KeychainSecretStore>(); }
    void cleanup()
    {
        m_store.reset();
        clearRegisteredSecrets();
    }
    void missingIsNotAnError();
    void otherProgramsSeeWhatIsStored();
    void removedIsGone();
    void replacesAValue();
    void valueIsInNoFile();
    void hungDaemonIsSaidWithinThreeSeconds();
    void aRestartedDaemonIsUsedLikeTheFirst();
    void lockedIsAnErrorNotMissing();

private:
    std::unique_ptr<KeychainSecretStore> m_store;
};

void TestKeychain::missingIsNotAnError()
{
    QCOMPARE(m_store->state(), KeychainState::Unknown);
    const auto read = await(m_store->read(kName));
    QVERIFY2(read, read ? "" : qPrintable(read.error().toLogString()));
    QVERIFY(!read.value());
    QCOMPARE(m_store->state(), KeychainState::Ok);
}

void TestKeychain::otherProgramsSeeWhatIsStored()
{
    const auto written = await(m_store->write(kName, kPlanted));
    QVERIFY2(written, written ? "" : qPrintable(written.error().toLogString()));
    QCOMPARE(QString::fromUtf8(lookup().output), kPlanted);
    KeychainSecretStore other;
    QCOMPARE(await(other.read(kName)).valueOr(std::nullopt), std::optional(kPlanted));
    QVERIFY(!redact(kPlanted).contains(kPlanted));
}

void TestKeychain::removedIsGone()
{
    QVERIFY(await(m_store->write(kName, kPlanted)));
    QVERIFY(await(m_store->remove(kName)));
    QVERIFY(lookup().output.isEmpty());
    QVERIFY(!await(m_store->read(kName)).valueOr(kPlanted));
    QVERIFY(await(m_store->remove(kName)));
}

void TestKeychain::replacesAValue()
{
    QVERIFY(await(m_store->write(kName, u"first value"_s)));
    QVERIFY(await(m_store->write(kName, kPlanted)));
    QCOMPARE(QString::fromUtf8(lookup().output), kPlanted);
    QVERIFY(await(m_store->remove(kName)));
    QVERIFY(lookup().output.isEmpty());
}

void TestKeychain::valueIsInNoFile()
{
    QVERIFY(await(m_store->write(kName, kPlanted)));
    int files = 0;
    QDirIterator it(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        ++files;
        QVERIFY2(!file.readAll().contains(kPlanted.toUtf8()), qPrintable(file.fileName()));
    }
    QVERIFY(files > 0); // the keyring itself is one
}

void TestKeychain::aRestartedDaemonIsUsedLikeTheFirst()
{
    QVERIFY(await(m_store->write(kName, kPlanted)));
    QVERIFY(restartUnlocked());
    const auto read = await(m_store->read(kName));
    QVERIFY2(read, read ? "" : qPrintable(read.error().toLogString() + read.error().detail));
    QCOMPARE(*read, std::optional(kPlanted));
    QVERIFY(restartUnlocked());
    const QString other = u"another planted value"_s;
    const auto written = await(m_store->write(kName, other));
    QVERIFY2(written, written ? "" : qPrintable(written.error().toLogString() + written.error().detail));
    QCOMPARE(QString::fromUtf8(lookup().output), other);
    QVERIFY(restartUnlocked());
    QVERIFY(await(m_store->remove(kName)));
    QVERIFY(lookup().output.isEmpty());
}

void TestKeychain::lockedIsAnErrorNotMissing()
{
    QVERIFY(await(m_store->write(kName, kPlanted)));
    lockKeyring();
    QCOMPARE(await(m_store->probe()).valueOr(KeychainState::Unknown), KeychainState::Locked);
    QVERIFY(m_store->description().contains(u"locked"_s));

    const auto read = await(m_store->read(kName));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Keychain);
    QVERIFY2(read.error().message.contains(u"locked"_s), qPrintable(read.error().message));
    QVERIFY(!await(m_store->write(kName, u"another value"_s)));
    QVERIFY(!await(m_store->remove(kName)));

    // No display, so the prompt cannot be shown: the answer is "still locked" or a sentence, not a wait.
    const auto unlocked = await(m_store->unlock());
    QVERIFY(unlocked ? *unlocked == KeychainState::Locked : unlocked.error().kind == ErrorKind::Keychain);

    QVERIFY(restartUnlocked());
    QCOMPARE(QString::fromUtf8(lookup().output), kPlanted);
    QCOMPARE(await(m_store->probe()).valueOr(KeychainState::Unknown), KeychainState::Ok);
    QCOMPARE(await(m_store->read(kName)).valueOr(std::nullopt), std::optional(kPlanted));
}

void TestKeychain::hungDaemonIsSaidWithinThreeSeconds()
{
    QVERIFY(await(m_store->write(kName, kPlanted)));
    const pid_t pid = daemonPid();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    const auto resume = qScopeGuard([pid] { ::kill(pid, SIGCONT); });

    QElapsedTimer sinceTick;
    qint64 longestGap = 0;
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, &ticker, [&] { longestGap = std::max(longestGap, sinceTick.restart()); });
    ticker.start(10);
    sinceTick.start();
    QElapsedTimer total;
    total.start();
    const auto read = await(m_store->read(kName));
    QVERIFY(!read);
    QVERIFY2(total.elapsed() < 3500, qPrintable(QString::number(total.elapsed())));
    QVERIFY2(longestGap < 500, qPrintable(QString::number(longestGap)));
    QVERIFY2(read.error().message.contains(u"does not answer"_s), qPrintable(read.error().message));
    QCOMPARE(m_store->state(), KeychainState::Unavailable);

    QCOMPARE(::kill(pid, SIGCONT), 0);
    QCOMPARE(await(m_store->read(kName)).valueOr(std::nullopt), std::optional(kPlanted));
    QCOMPARE(m_store->state(), KeychainState::Ok);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
