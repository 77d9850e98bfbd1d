// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"

#include <QTest>

using namespace novita;

namespace {

TimePoint at(int seconds)
{
    return TimePoint(Seconds(1767225600 + seconds));
}

Instance detail()
{
    Instance instance;
    instance.id = InstanceId(QStringLiteral("a"));
    instance.status = InstanceStatus::Running;
    instance.statusText = QStringLiteral("running");
    instance.ports = {{8080, QStringLiteral("http"), QStringLiteral("https://a-8080.example.invalid")}};
    instance.networkId = NetworkId(QStringLiteral("vpc"));
    instance.networkIp = QStringLiteral("10.0.0.2");
    instance.nodeMaxRootfsGb = 512;
    instance.keepDataDays = 7;
    instance.lastStartedAt = at(0);
    instance.connection = ConnectionInfo{};
    instance.connection->sshCommand = QStringLiteral("ssh -p 42210 root@proxy.example.invalid");
    return instance;
}

Instance summary(InstanceStatus status = InstanceStatus::Running)
{
    Instance instance;
    instance.id = InstanceId(QStringLiteral("a"));
    instance.status = status;
    instance.statusText = stateInfo(status).wire;
    instance.ports = {{8080, QStringLiteral("http"), {}}, {9090, QStringLiteral("tcp"), {}}};
    return instance;
}

} // namespace

class TestInstance : public QObject
{
    Q_OBJECT

private slots:
    void summaryKeepsWhatOnlyTheDetailKnows()
    {
        const Instance merged = mergeSummary(summary(), detail());
        QVERIFY(merged.connection);
        QCOMPARE(merged.ports.size(), 2);
        QCOMPARE(merged.ports.at(0).endpoint, QStringLiteral("https://a-8080.example.invalid"));
        QVERIFY(merged.ports.at(1).endpoint.isEmpty());
        QCOMPARE(merged.networkIp, QStringLiteral("10.0.0.2"));
        QCOMPARE(merged.nodeMaxRootfsGb, std::optional<int>(512));
        QCOMPARE(mergeSummary(summary(), merged), merged); // a quiet poll changes nothing
    }
    void connectionEndsWithTheRun_data()
    {
        QTest::addColumn<int>("status");
        for (const InstanceStatus status : {InstanceStatus::ToStop, InstanceStatus::Exited, InstanceStatus::Restarting, InstanceStatus::Unknown})
            QTest::newRow(status == InstanceStatus::Unknown ? "unknown" : stateInfo(status).wire.data()) << static_cast<int>(status);
    }
    void connectionEndsWithTheRun()
    {
        QFETCH(int, status);
        const Instance stopped = mergeSummary(summary(static_cast<InstanceStatus>(status)), detail());
        QVERIFY(!stopped.connection);
        QVERIFY(stopped.ports.at(0).endpoint.isEmpty());
        QCOMPARE(stopped.networkIp, QStringLiteral("10.0.0.2"));
        // Running again: the old address must not come back.
        QVERIFY(!mergeSummary(summary(), stopped).connection);
    }
    void unseenRestartDropsTheConnection()
    {
        Instance row = summary();
        row.lastStartedAt = at(60);
        QVERIFY(!mergeSummary(row, detail()).connection);
        row.lastStartedAt = at(0);
        QVERIFY(mergeSummary(row, detail()).connection);
    }

    void sshAddress_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        const auto row = [](const char *name, const char *command, const char *host, int port) {
            QTest::newRow(name) << QString::fromUtf8(command) << QString::fromUtf8(host) << port;
        };
        row("as seen live", "ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai", "proxy.us-ca-6.gpu-instance.novita.ai", 42210);
        row("port behind", "ssh root@203.0.113.7 -p 2201", "203.0.113.7", 2201);
        row("glued port", "ssh -p2201 root@h", "h", 2201);
        row("no port", "ssh root@h", "h", 22);
        row("more blanks", "  ssh   -p   7  root@h  ", "h", 7);
        row("address of version 6", "ssh root@2001:db8::1", "2001:db8::1", 22);
        row("empty", "", "", 22);
        row("no user", "ssh host", "", 22);
        row("port missing", "ssh root@h -p", "h", 22);
        row("port too large", "ssh -p 70000 root@h", "h", 22);
        row("option as host", "ssh root@-oProxyCommand=x", "", 22);
        row("shell in the host", "ssh root@h;reboot", "", 22);
        row("no host", "ssh root@", "", 22);
    }
    void sshAddress()
    {
        QFETCH(QString, command);
        QFETCH(QString, host);
        QFETCH(int, port);
        ConnectionInfo info;
        info.sshCommand = command;
        QCOMPARE(info.sshHost(), host);
        QCOMPARE(info.sshPort(), port);
    }

    void regionIsTheFirstWord()
    {
        Instance instance;
        instance.clusterId = ClusterId(QStringLiteral("us-ca-6"));
        QCOMPARE(instance.region(), QStringLiteral("us-ca-6"));
        instance.clusterName = QStringLiteral("US-CA-06 (California)");
        QCOMPARE(instance.region(), QStringLiteral("US-CA-06"));
    }
};

QTEST_GUILESS_MAIN(TestInstance)
#include "tst_instance.moc"
