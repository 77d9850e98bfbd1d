// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/http/router.h"
#include "core/http/tlsfiles.h"
#include "rawclient.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QByteArray kGet = "GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n";

QString data(const char *name)
{
    return QStringLiteral(NOVITA_TEST_DATA "/http/tls/") + QLatin1String(name);
}

/// A client that trusts the server's own certificate and nothing else.
class TlsClient
{
public:
    explicit TlsClient(quint16 port, const char *trusted = "rsa.crt")
    {
        QSslConfiguration configuration = m_socket.sslConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(data(trusted)));
        m_socket.setSslConfiguration(configuration);
        m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, QStringLiteral("localhost"));
    }
    bool isEncrypted() { return QTest::qWaitFor([this] { return m_socket.isEncrypted(); }, 5000); }
    bool waitForEnd(int ms = 5000)
    {
        return QTest::qWaitFor([this] { received(); return m_socket.state() == QAbstractSocket::UnconnectedState; }, ms);
    }
    bool waitFor(const QByteArray &end, int ms = 5000)
    {
        return QTest::qWaitFor([&] { return received().endsWith(end); }, ms);
    }
    const QByteArray &received()
    {
        m_received += m_socket.readAll();
        return m_received;
    }
    QSslSocket &socket() { return m_socket; }

private:
    QSslSocket m_socket;
    QByteArray m_received;
};

class Service
{
public:
    explicit Service(HttpLimits limits = {}) : server(router, limits)
    {
        router.add("GET", QStringLiteral("/ok"), [](const HttpRequest &, const HttpResponder &r) { r.send(HttpResponse::text(200, "fine")); });
        router.add("GET", QStringLiteral("/big"), [](const HttpRequest &, const HttpResponder &r) {
            r.send(HttpResponse::text(200, QByteArray(3'000'000, 'x') + "end", "application/octet-stream"));
        });
        router.add("POST", QStringLiteral("/length"), [](const HttpRequest &request, const HttpResponder &r) {
            r.send(HttpResponse::text(200, QByteArray::number(request.body.size())));
        });
    }
    quint16 listen(const char *certificate = "rsa.crt", const char *key = "rsa.key")
    {
        const Result<quint16> port = server.listen(QHostAddress(QHostAddress::LocalHost), 0, TlsFiles{data(certificate), data(key)});
        return port.ok() ? *port : quint16(0);
    }

    Router router;
    HttpServer server;
};

} // namespace

class TestHttpTls final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QSslSocket::supportsSsl()); }

    void answersOverTls_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("rsa") << QByteArray("rsa.crt") << QByteArray("rsa.key");
        QTest::newRow("ec") << QByteArray("ec.crt") << QByteArray("ec.key");
        QTest::newRow("ec, pkcs8") << QByteArray("ec.crt") << QByteArray("ec_pkcs8.key");
    }
    void answersOverTls()
    {
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, key);
        Service service;
        const quint16 port = service.listen(certificate.constData(), key.constData());
        QVERIFY(port);
        TlsClient client(port, certificate.constData());
        QVERIFY(client.isEncrypted());
        QVERIFY(client.socket().sessionProtocol() == QSsl::TlsV1_2 || client.socket().sessionProtocol() == QSsl::TlsV1_3);
        client.socket().write(kGet + kGet);
        QVERIFY(QTest::qWaitFor([&] { return client.received().count("fine") == 2; }));
        client.socket().write("GET /ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY(client.waitForEnd());
        QCOMPARE(client.received().count("HTTP/1.1 200"), 3);
        QTRY_COMPARE(service.server.stats().open, 0);
    }

    void largeBodiesGoBothWays()
    {
        Service service;
        const quint16 port = service.listen();
        TlsClient client(port);
        QVERIFY(client.isEncrypted());
        client.socket().write("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" + QByteArray(1'000'000, 'y'));
        QVERIFY(client.waitFor("1000000", 10000));
        client.socket().write("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(client.waitFor("xend", 10000));
        QVERIFY(client.received().size() > 3'000'000);
    }

    void aRefusalArrives()
    {
        HttpLimits limits;
        limits.lingerDeadline = 200ms;
        Service service(limits);
        TlsClient client(service.listen());
        QVERIFY(client.isEncrypted());
        client.socket().write("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n" + QByteArray(2'000'000, 'y'));
        QVERIFY(client.waitForEnd(10000));
        QVERIFY(client.received().startsWith("HTTP/1.1 413"));
    }

    void handshakeBelongsToTheHeaderDeadline()
    {
        HttpLimits limits;
        limits.headerDeadline = 150ms;
        Service service(limits);
        const quint16 port = service.listen();
        RawClient silent(port);
        RawClient half(port);
        half.send(QByteArray::fromHex("160301020001000"));
        QVERIFY(silent.waitForEnd(3000));
        QVERIFY(half.waitForEnd(3000));
        QCOMPARE(half.received(), QByteArray());
        TlsClient slow(port); // the handshake alone buys no time
        QVERIFY(slow.isEncrypted());
        QVERIFY(slow.waitForEnd(3000));
        QTRY_COMPARE(service.server.stats().open, 0);
    }

    void plainHttpIsNotAnswered()
    {
        Service service;
        const quint16 port = service.listen();
        RawClient plain(port);
        plain.send(kGet);
        QVERIFY(plain.waitForEnd());
        QVERIFY(!plain.received().contains("HTTP"));
        QTRY_COMPARE(service.server.stats().tlsFailed, 1);
        TlsClient client(port);
        QVERIFY(client.isEncrypted());
    }

    void untrustingClientEndsAlone()
    {
        Service service;
        const quint16 port = service.listen();
        TlsClient stranger(port, "ec.crt");
        QVERIFY(stranger.waitForEnd());
        QVERIFY(!stranger.socket().isEncrypted());
        TlsClient client(port);
        QVERIFY(client.isEncrypted());
        client.socket().write(kGet);
        QVERIFY(client.waitFor("fine"));
    }

    void stopEndsTlsConnections()
    {
        Service service;
        TlsClient client(service.listen());
        QVERIFY(client.isEncrypted());
        service.server.stop();
        QVERIFY(client.waitForEnd());
        QVERIFY(service.listen() != 0);
    }

    void badFilesAreASentence_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("told");
        QTest::newRow("no certificate") << data("none.crt") << data("rsa.key") << data("none.crt");
        QTest::newRow("no key") << data("rsa.crt") << data("none.key") << data("none.key");
        QTest::newRow("a folder") << QStringLiteral(NOVITA_TEST_DATA) << data("rsa.key") << QStringLiteral("cannot be read");
        QTest::newRow("key as certificate") << data("rsa.key") << data("rsa.key") << QStringLiteral("holds no certificate");
        QTest::newRow("certificate as key") << data("rsa.crt") << data("rsa.crt") << QStringLiteral("no RSA or EC key");
        QTest::newRow("passphrase") << data("rsa.crt") << data("locked.key") << QStringLiteral("passphrase");
        QTest::newRow("expired") << data("expired.crt") << data("ec.key") << QStringLiteral("expired on 2020-02-01");
        QTest::newRow("other rsa key") << data("rsa.crt") << data("other.key") << QStringLiteral("does not belong");
        QTest::newRow("other ec key") << data("ec.crt") << data("other_ec.key") << QStringLiteral("does not belong");
        QTest::newRow("other kind of key") << data("rsa.crt") << data("ec.key") << QStringLiteral("does not belong");
    }
    void badFilesAreASentence()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, told);
        Router router;
        HttpServer server(router);
        const Result<quint16> port = server.listen(QHostAddress(QHostAddress::LocalHost), 0, TlsFiles{certificate, key});
        QVERIFY(!port.ok());
        QCOMPARE(port.error().kind, ErrorKind::Tls);
        QVERIFY2(port.error().message.contains(told), qPrintable(port.error().message));
        QVERIFY(!server.isListening());
    }

    void anEndlessFileIsNotReadToItsEnd()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("long.crt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(64 * 1024 * 1024));
        const Result<QSslConfiguration> loaded = loadTls({file.fileName(), data("rsa.key")});
        QVERIFY(!loaded.ok());
        QVERIFY(loaded.error().message.contains(QStringLiteral("too long")));
    }
};

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
