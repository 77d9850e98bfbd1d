// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QTcpSocket>
#include <QTest>

using namespace novita;

namespace {

SandboxOptions serving(double timeScale)
{
    SandboxOptions options = SandboxFixture::options(0, timeScale);
    options.servesEndpoints = true;
    return options;
}

/// Reads the detail until it says how to reach the instance.
bool connectionKnown(SandboxFixture &world, const InstanceId &id)
{
    static_cast<void>(await(world.stack.refresher.refreshInstance(id, true)));
    const Instance *row = world.stack.stores.instances.find(id);
    return row && row->connection && !row->connection->sshHost().isEmpty();
}

} // namespace

/// What one sees of a running instance: its endpoints, its logs, its metrics.
class TestInsight final : public QObject
{
    Q_OBJECT

private slots:
    void endpointsReallyAnswer()
    {
        SandboxFixture world(serving(1000.0));
        QVERIFY(world.connect());
        world.stack.probe.setReach(Reach::Local);
        const InstanceId id = world.createRunning(QStringLiteral("server"));
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY(connectionKnown(world, id));
        ReachabilityCheck &reachability = world.stack.insight.reachability;
        reachability.check(id);
        QVERIFY(reachability.isChecking(id));
        QTRY_VERIFY(!reachability.isChecking(id));
        const QHash<QString, Reachability> results = reachability.results(id);
        QVERIFY(results.contains(QStringLiteral("SSH")));
        for (auto it = results.begin(); it != results.end(); ++it) {
            QVERIFY2(it->status.state == EndpointStatus::State::Alive, qPrintable(it.key() + QLatin1Char(' ') + it->status.problem));
            QVERIFY(it->at);
        }
        // A person's SSH client would be greeted.
        const Instance row = *world.stack.stores.instances.find(id);
        QTcpSocket ssh;
        ssh.connectToHost(row.connection->sshHost(), static_cast<quint16>(row.connection->sshPort()));
        QTRY_VERIFY(ssh.bytesAvailable() > 0);
        QVERIFY(ssh.readAll().startsWith("SSH-2.0-"));

        const auto stopped = world.run(id, InstanceAction::Stop);
        QVERIFY(stopped && stopped->ok());
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QTcpSocket late;
        const auto refused = [&] {
            late.abort();
            late.connectToHost(row.connection->sshHost(), static_cast<quint16>(row.connection->sshPort()));
            QTest::qWait(20);
            return late.state() != QAbstractSocket::ConnectedState;
        };
        QTRY_VERIFY(refused());
        QVERIFY(reachability.results(id).isEmpty() || world.stack.stores.instances.find(id)->status != InstanceStatus::Running);
        QCOMPARE(world.violations(), QStringList());
    }

    void logsStreamAndMetricsComeFromTheSameInstance()
    {
        SandboxFixture world(serving(1000.0));
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("server"));
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY(connectionKnown(world, id));
        world.stack.insight.logs.setReach(Reach::Local);
        const auto feed = world.stack.insight.logs.open(QUrl(world.stack.stores.instances.find(id)->connection->instanceLogAddress));
        QTRY_COMPARE(feed->state(), LogStream::State::Streaming);
        QTRY_VERIFY(!feed->text().isEmpty());
        const qint64 before = feed->text().endNumber();
        QTRY_VERIFY(feed->text().endNumber() > before);

        world.cloud.advance(Seconds(600));
        QVERIFY(world.refresh());
        const auto span = await(world.stack.insight.metrics.read(id, Seconds(300)));
        QVERIFY(span);
        QVERIFY2(!span->problem, span->problem ? qPrintable(span->problem->message) : "");
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestInsight)
#include "tst_insight.moc"
