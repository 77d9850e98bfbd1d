// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/endpointcheck.h"
#include "tests/support/fakenam.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace novita;

namespace {

EndpointStatus http(const QString &label, const QString &url)
{
    EndpointStatus status;
    status.label = label;
    status.target = {ProbeTarget::Kind::Http, QUrl(url), {}, 0};
    return status;
}

EndpointCheck::Limits quick()
{
    EndpointCheck::Limits limits;
    limits.perAttempt = Milliseconds(2000);
    limits.firstWait = Milliseconds(10);
    limits.total = Milliseconds(20000);
    return limits;
}

} // namespace

class TestEndpointCheck : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    FakeNam m_nam;
    EndpointProbe m_probe{m_nam, m_clock};

    bool run(EndpointCheck &check)
    {
        QSignalSpy finished(&check, &EndpointCheck::finished);
        check.start();
        return finished.wait(10000) && finished.size() == 1;
    }

private slots:
    void init() { m_nam.setResponder({}); }

    void statusesAreParsed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("range") << QStringLiteral("200-399") << QStringLiteral("200-399");
        QTest::newRow("both") << QStringLiteral(" 200 - 299 ,404") << QStringLiteral("200-299, 404");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("words") << QStringLiteral("ok") << QString();
        QTest::newRow("out of range") << QStringLiteral("99-200") << QString();
        QTest::newRow("upside down") << QStringLiteral("300-200") << QString();
        QTest::newRow("three ends") << QStringLiteral("200-300-400") << QString();
        QTest::newRow("huge") << QStringLiteral("200-99999999999999") << QString();
    }
    void statusesAreParsed()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        const Result<AcceptedStatuses> parsed = AcceptedStatuses::parse(text);
        QCOMPARE(parsed.ok(), !shown.isEmpty());
        if (parsed)
            QCOMPARE(parsed->toString(), shown);
        else
            QVERIFY(!parsed.error().message.isEmpty());
    }

    void theUsualStatuses()
    {
        const AcceptedStatuses usual;
        for (const int alive : {200, 204, 302, 399, 401, 403, 404})
            QVERIFY(usual.contains(alive));
        for (const int dead : {400, 402, 408, 429, 500, 502, 503, 199})
            QVERIFY(!usual.contains(dead));
    }

    void endpointsComeFromPortsAndSsh()
    {
        Instance instance;
        instance.ports = {{8080, QStringLiteral("http"), QStringLiteral("https://x-8080.us.gpu-instance.novita.ai")},
                          {5432, QStringLiteral("tcp"), QStringLiteral("proxy.us.gpu-instance.novita.ai:41002")},
                          {6000, QStringLiteral("tcp"), QStringLiteral("not an address")},
                          {7000, QStringLiteral("http"), QString()}};
        ConnectionInfo connection;
        connection.sshCommand = QStringLiteral("ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai");
        instance.connection = connection;
        const QList<EndpointStatus> endpoints = endpointsOf(instance);
        QCOMPARE(endpoints.size(), 3);
        QCOMPARE(endpoints.at(0).label, QStringLiteral("8080/http"));
        QCOMPARE(endpoints.at(0).target.kind, ProbeTarget::Kind::Http);
        QCOMPARE(endpoints.at(1).target.kind, ProbeTarget::Kind::Tcp);
        QCOMPARE(endpoints.at(1).target.port, 41002);
        QCOMPARE(endpoints.at(2).label, QStringLiteral("SSH"));
        QCOMPARE(endpoints.at(2).target.host, QStringLiteral("proxy.us-ca-6.gpu-instance.novita.ai"));
        QCOMPARE(endpoints.at(2).target.port, 42210);
    }

    void allAliveAtOnce()
    {
        EndpointCheck check(m_probe, quick(), [] { return 0.5; }, {http(QStringLiteral("a"), QStringLiteral("https://a.example/")), http(QStringLiteral("b"), QStringLiteral("https://b.example/"))});
        QVERIFY(run(check));
        QVERIFY(check.allAlive());
        QCOMPARE(m_nam.requests().size() >= 2, true);
        QVERIFY(check.problems().isEmpty());
    }

    void aSlowStarterGetsItsAttempts()
    {
        int asked = 0;
        m_nam.setResponder([&asked](const FakeRequest &) { return FakeAnswer::payload("", ++asked < 3 ? 502 : 200); });
        EndpointCheck check(m_probe, quick(), [] { return 0.5; }, {http(QStringLiteral("a"), QStringLiteral("https://a.example/"))});
        QVERIFY(run(check));
        QVERIFY(check.allAlive());
        QCOMPARE(check.endpoints().first().attempts, 3);
    }

    void fourAttemptsAreAll()
    {
        int asked = 0;
        m_nam.setResponder([&asked](const FakeRequest &request) {
            if (request.request.url().host() == QLatin1String("good.example"))
                return FakeAnswer::payload("");
            ++asked;
            return FakeAnswer::payload("", 503);
        });
        EndpointCheck check(m_probe, quick(), [] { return 0.5; }, {http(QStringLiteral("good"), QStringLiteral("https://good.example/")), http(QStringLiteral("bad"), QStringLiteral("https://bad.example/"))});
        QVERIFY(run(check));
        QVERIFY(!check.allAlive());
        QCOMPARE(asked, 4);
        QCOMPARE(check.problems(), QStringLiteral("bad: HTTP 503"));
        QCOMPARE(check.endpoints().first().state, EndpointStatus::State::Alive);
    }

    void theTimeForEverythingIsLimited()
    {
        m_nam.setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        EndpointCheck::Limits limits = quick();
        limits.perAttempt = std::chrono::seconds(60);
        limits.total = Milliseconds(80);
        EndpointCheck check(m_probe, limits, [] { return 0.5; }, {http(QStringLiteral("a"), QStringLiteral("https://a.example/"))});
        QVERIFY(run(check));
        QVERIFY(!check.allAlive());
        QVERIFY(check.problems().startsWith(QLatin1String("a: ")));
    }

    void nothingToAskIsAlive()
    {
        EndpointCheck check(m_probe, quick(), [] { return 0.5; }, {});
        QVERIFY(run(check));
        QVERIFY(check.allAlive());
    }

    void tcpNeedsAConnectionOnly()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        EndpointProbe local(m_nam, m_clock);
        local.setReach(EndpointProbe::Reach::Local);
        EndpointStatus tcp;
        tcp.label = QStringLiteral("5432/tcp");
        tcp.target = {ProbeTarget::Kind::Tcp, {}, QStringLiteral("127.0.0.1"), server.serverPort()};
        EndpointCheck check(local, quick(), [] { return 0.5; }, {tcp});
        QVERIFY(run(check));
        QVERIFY(check.allAlive());
    }

    void anAddressThatMayNotBeAskedIsNoFailure()
    {
        const std::size_t before = m_nam.requests().size();
        EndpointCheck check(m_probe, quick(), [] { return 0.5; }, {http(QStringLiteral("a"), QStringLiteral("http://192.168.0.1/"))});
        QVERIFY(run(check));
        QCOMPARE(check.endpoints().first().attempts, 1);
        QCOMPARE(check.endpoints().first().state, EndpointStatus::State::NotAsked);
        QVERIFY(check.endpoints().first().problem.contains(QLatin1String("local network")));
        QVERIFY(check.allAlive());
        QCOMPARE(m_nam.requests().size(), before);
    }
};

QTEST_GUILESS_MAIN(TestEndpointCheck)
#include "tst_endpointcheck.moc"
