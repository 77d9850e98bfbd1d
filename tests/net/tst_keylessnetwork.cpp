// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/clienttls.h"
#include "core/net/keylessexchange.h"
#include "core/net/keylessnetwork.h"
#include "tests/net/tcpdouble.h"
#include "tests/net/tlsdouble.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <memory>
#include <optional>

using namespace novita;

/// How what is asked without a key reaches the network.
class TestKeylessNetwork final : public QObject
{
    Q_OBJECT

    std::unique_ptr<KeylessNetwork> m_network;
    const QTemporaryDir m_folder;

    Result<KeylessAnswer> ask(const QUrl &url)
    {
        std::optional<Result<KeylessAnswer>> out;
        QObject scope;
        sendKeyless(*m_network, {url, {}, {}, {}}, [&out](const Result<KeylessAnswer> &answer) { out.emplace(answer); }, &scope);
        if (!QTest::qWaitFor([&out] { return out.has_value(); }, 20000))
            return Error::make(ErrorKind::Timeout, QStringLiteral("nothing came"));
        return *out;
    }
    static TcpDouble::Handler fine()
    {
        return [](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("fine")); };
    }

private slots:
    void init() { m_network = std::make_unique<KeylessNetwork>(); }
    void cleanup() { m_network.reset(); }

    void theProxyIsUsedButNotForThisComputer()
    {
        TcpDouble proxy(fine());
        TcpDouble server(fine());
        m_network->configure(proxy.url().toString(), {});
        const Result<KeylessAnswer> far = ask(QUrl(QStringLiteral("http://images.example.net:7860/sdapi/v1/options")));
        QVERIFY2(far.ok(), far.ok() ? "" : qPrintable(far.error().toLogString()));
        QCOMPARE(proxy.count(), 1);
        QVERIFY(proxy.received().front().head.contains("images.example.net:7860"));
        QVERIFY(ask(server.url()).ok());
        QCOMPARE(proxy.count(), 1);
        QCOMPARE(server.count(), 1);
    }

    void anotherProxyGoesForWhatFollows()
    {
        TcpDouble first(fine()), second(fine());
        const QUrl far(QStringLiteral("http://images.example.net/"));
        m_network->configure(first.url().toString(), {});
        QVERIFY(ask(far).ok());
        m_network->configure(second.url().toString(), {});
        QVERIFY(ask(far).ok());
        QCOMPARE(first.count(), 1);
        QCOMPARE(second.count(), 1);
    }

    void aProxyThatCannotBeUsedIsNotPassedBy()
    {
        TcpDouble server(fine());
        m_network->configure(QStringLiteral("ftp://proxy.example.net"), {});
        const Result<KeylessAnswer> far = ask(QUrl(QStringLiteral("http://images.example.net/")));
        QVERIFY(!far.ok());
        QCOMPARE(far.error().kind, ErrorKind::Network);
        QVERIFY2(far.error().message.contains(QLatin1String("proxy")), qPrintable(far.error().message));
        QVERIFY(!far.error().effectUnknown);
        QVERIFY(ask(server.url()).ok()); // no proxy is needed there
    }

    void whatIsUnderWayGoesOn()
    {
        QTcpSocket *asking = nullptr;
        TcpDouble server([&asking](QTcpSocket &socket, const TcpDouble::Received &) { asking = &socket; });
        std::optional<Result<KeylessAnswer>> out;
        QObject scope;
        sendKeyless(*m_network, {server.url(), {}, {}, {}}, [&out](const Result<KeylessAnswer> &answer) { out.emplace(answer); }, &scope);
        QTRY_VERIFY_WITH_TIMEOUT(asking, 20000);
        m_network->configure({}, TlsDouble::certificate());
        asking->write(TcpDouble::answer("late"));
        QTRY_VERIFY_WITH_TIMEOUT(out.has_value(), 20000);
        QVERIFY2(out->ok(), out->ok() ? "" : qPrintable(out->error().toLogString()));
    }

    void theAuthoritiesOfTheSettingsAreTrusted()
    {
        const TlsDouble server;
        QVERIFY(server.port > 0);
        const QUrl url = server.url();
        QCOMPARE(ask(url).error().kind, ErrorKind::Tls);
        m_network->configure({}, TlsDouble::certificate());
        const Result<KeylessAnswer> trusted = ask(url);
        QVERIFY2(trusted.ok(), trusted.ok() ? "" : qPrintable(trusted.error().toLogString()));
        QCOMPARE(trusted->body, QByteArray("fine"));
    }

    void anAuthorityFileThatCannotBeReadIsSaid()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ca.pem"));
        const TlsDouble server;
        TcpDouble plain(fine());
        m_network->configure({}, path);
        const Result<KeylessAnswer> answer = ask(server.url());
        QVERIFY(!answer.ok());
        QVERIFY2(answer.error().message.contains(QLatin1String("CA file")), qPrintable(answer.error().message));
        QVERIFY(ask(plain.url()).ok()); // http needs none
        QVERIFY(QFile::copy(TlsDouble::certificate(), path)); // it is there now
        QVERIFY(ask(server.url()).ok());
    }

    /// The interface asks for it: none of these may keep it waiting, or fill the memory.
    void anAuthorityFileThatIsNoneIsRefusedAtOnce_data()
    {
        QTest::addColumn<QString>("path");
        QVERIFY(::mkfifo(QFile::encodeName(m_folder.filePath(QStringLiteral("pipe"))).constData(), 0600) == 0);
        QFile large(m_folder.filePath(QStringLiteral("large")));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(8LL * 1024 * 1024 * 1024)); // with nothing on the disk
        QTest::newRow("pipe") << m_folder.filePath(QStringLiteral("pipe"));
        QTest::newRow("device") << QStringLiteral("/dev/zero");
        QTest::newRow("folder") << m_folder.path();
        QTest::newRow("8 GiB") << large.fileName();
    }
    void anAuthorityFileThatIsNoneIsRefusedAtOnce()
    {
        QFETCH(const QString, path);
        const Result<QSslConfiguration> tls = clientTls(path);
        QVERIFY(!tls.ok());
        QVERIFY2(tls.error().message.contains(QLatin1String("CA file")), qPrintable(tls.error().message));
        QCOMPARE(tls.error().detail, path);
    }
};

QTEST_GUILESS_MAIN(TestKeylessNetwork)
#include "tst_keylessnetwork.moc"
