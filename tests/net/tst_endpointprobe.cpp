// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/endpointprobe.h"
#include "core/net/keylessnetwork.h"
#include "tests/net/tcpdouble.h"
#include "tests/support/await.h"

#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QTest>

using namespace novita;

class TestEndpointProbe : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    QNetworkAccessManager m_network;

    static ProbeTarget http(const QString &url) { return {ProbeTarget::Kind::Http, QUrl(url), {}, 0}; }
    static ProbeTarget tcp(const QString &host, int port) { return {ProbeTarget::Kind::Tcp, {}, host, port}; }
    static QString local(quint16 port) { return QStringLiteral("http://127.0.0.1:%1/health").arg(port); }

private slots:
    void anHttpAnswerIsItsStatus_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::newRow("ok") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") << 200;
        QTest::newRow("a redirect is an answer") << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") << 302;
        QTest::newRow("asks for a login") << QByteArray("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n") << 401;
        QTest::newRow("broken inside") << QByteArray("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") << 502;
        QTest::newRow("body without end") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\nxxxx") << 200;
    }
    void anHttpAnswerIsItsStatus()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, status);
        TcpDouble server([answer](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(answer); });
        EndpointProbe probe(m_network, m_clock);
        probe.setReach(EndpointProbe::Reach::Local);
        const Result<ProbeResult> result = await(probe.probe(http(local(server.serverPort())), Seconds(5)));
        QVERIFY(result.ok());
        QVERIFY2(result->connected, qPrintable(result->problem));
        QCOMPARE(result->httpStatus, status);
        QVERIFY(result->at && *result->at <= m_clock.now());
        QCOMPARE(server.count(), 1); // no redirect followed
        const QByteArray head = server.received().front().head.toLower();
        QVERIFY(!head.contains("authorization"));
        QVERIFY(!head.contains("cookie"));
    }

    void theProxyOfTheSettingsCounts()
    {
        TcpDouble proxy([](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(TcpDouble::answer("fine")); });
        KeylessNetwork network;
        network.configure(QStringLiteral("http://127.0.0.1:%1").arg(proxy.serverPort()), {});
        EndpointProbe probe(network, m_clock);
        const ProbeTarget there = http(QStringLiteral("http://service.example.net:8888/health"));
        const Result<ProbeResult> result = await(probe.probe(there, Seconds(5)));
        QVERIFY(result.ok());
        QVERIFY2(result->connected, qPrintable(result->problem));
        QVERIFY(proxy.received().front().head.startsWith("GET http://service.example.net:8888/health"));
        // One that cannot be understood does not become a straight connection.
        network.configure(QStringLiteral("gopher://127.0.0.1"), {});
        const Result<ProbeResult> refused = await(probe.probe(there, Seconds(5)));
        QVERIFY(refused.ok() && !refused->connected);
        QVERIFY2(refused->problem.contains(QStringLiteral("proxy"), Qt::CaseInsensitive), qPrintable(refused->problem));
        QCOMPARE(proxy.count(), 1);
    }

    void silenceIsNoAnswer()
    {
        TcpDouble server([](QTcpSocket &, const TcpDouble::Received &) {});
        EndpointProbe probe(m_network, m_clock);
        probe.setReach(EndpointProbe::Reach::Local);
        const Result<ProbeResult> result = await(probe.probe(http(local(server.serverPort())), Milliseconds(150)));
        QVERIFY(result.ok());
        QVERIFY(!result->connected);
        QVERIFY(!result->problem.isEmpty());
    }

    void tcpConnectsAndHangsUp()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        EndpointProbe probe(m_network, m_clock);
        probe.setReach(EndpointProbe::Reach::Local);
        const Result<ProbeResult> open = await(probe.probe(tcp(QStringLiteral("127.0.0.1"), server.serverPort()), Seconds(5)));
        QVERIFY(open.ok() && open->connected);
        QCOMPARE(open->httpStatus, 0);
        const quint16 port = server.serverPort();
        server.close();
        const Result<ProbeResult> closed = await(probe.probe(tcp(QStringLiteral("127.0.0.1"), port), Seconds(5)));
        QVERIFY(closed.ok() && !closed->connected);
        QVERIFY(!closed->problem.isEmpty());
    }

    void refusesWhatIsNoPublicEndpoint_data()
    {
        QTest::addColumn<ProbeTarget>("target");
        QTest::newRow("file") << http(QStringLiteral("file:///etc/passwd"));
        QTest::newRow("ftp") << http(QStringLiteral("ftp://example.org/"));
        QTest::newRow("javascript") << http(QStringLiteral("javascript:alert(1)"));
        QTest::newRow("user and password") << http(QStringLiteral("https://user:secret@example.org/"));
        QTest::newRow("empty") << http({});
        QTest::newRow("this computer") << http(QStringLiteral("http://127.0.0.1:8080/"));
        QTest::newRow("localhost") << http(QStringLiteral("http://localhost/"));
        QTest::newRow("neighbour") << http(QStringLiteral("http://192.168.1.1/"));
        QTest::newRow("link local") << http(QStringLiteral("http://169.254.169.254/latest"));
        QTest::newRow("v6 loopback") << http(QStringLiteral("http://[::1]/"));
        QTest::newRow("v4 in v6") << http(QStringLiteral("http://[::ffff:10.0.0.1]/"));
        QTest::newRow("any") << tcp(QStringLiteral("0.0.0.0"), 22);
        QTest::newRow("private tcp") << tcp(QStringLiteral("10.0.0.1"), 22);
        QTest::newRow("no host") << tcp({}, 22);
        QTest::newRow("option") << tcp(QStringLiteral("-oProxyCommand=x"), 22);
        QTest::newRow("spaces") << tcp(QStringLiteral("a b"), 22);
        QTest::newRow("port 0") << tcp(QStringLiteral("example.org"), 0);
        QTest::newRow("port 65536") << tcp(QStringLiteral("example.org"), 65536);
    }
    void refusesWhatIsNoPublicEndpoint()
    {
        QFETCH(ProbeTarget, target);
        EndpointProbe probe(m_network, m_clock);
        const Result<ProbeResult> result = await(probe.probe(target, Seconds(5)));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Validation);
    }

    void aSandboxDoesNotLeadOutOfThisComputer()
    {
        EndpointProbe probe(m_network, m_clock);
        probe.setReach(EndpointProbe::Reach::Local);
        for (const ProbeTarget &target : {http(QStringLiteral("https://x-8080.us.gpu-instance.novita.ai")), tcp(QStringLiteral("proxy.novita.ai"), 22),
                                          http(QStringLiteral("http://8.8.8.8/"))}) {
            const Result<ProbeResult> result = await(probe.probe(target, Seconds(5)));
            QVERIFY(!result.ok());
            QCOMPARE(result.error().kind, ErrorKind::Validation);
        }
    }

    void canceledProbesHangUp()
    {
        bool hungUp = false;
        TcpDouble server([&hungUp](QTcpSocket &socket, const TcpDouble::Received &) {
            connect(&socket, &QTcpSocket::disconnected, &socket, [&hungUp] { hungUp = true; });
        });
        EndpointProbe probe(m_network, m_clock);
        probe.setReach(EndpointProbe::Reach::Local);
        bool told = false;
        {
            CallGuard guard;
            guard.reset(probe.probe(http(local(server.serverPort())), Seconds(30)))->onFinished(this, [&told](const Result<ProbeResult> &) { told = true; });
            QTRY_COMPARE(server.count(), 1);
        }
        QTRY_VERIFY(hungUp);
        QVERIFY(!told);
    }
};



QTEST_GUILESS_MAIN(TestEndpointProbe)
#include "tst_endpointprobe.moc"
