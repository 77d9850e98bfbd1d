// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace novita;
using A = InstanceAction;

/// An instance from nothing to nothing, and what a bulk run makes of a fleet.
class TestInstanceLife final : public QObject
{
    Q_OBJECT

private slots:
    void createToReady()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const auto outcome = world.create(world.draft(QStringLiteral("trainer")));
        QVERIFY(outcome && outcome->ok());
        QCOMPARE((*outcome)->kind, CreateOutcome::Kind::Created);
        const InstanceId id = (*outcome)->id;
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        // The list alone does not tell how to reach it; the detail does, a moment after the start.
        const auto connected = [&world, &id] {
            world.stack.refresher.refreshInstance(id, true);
            QTest::qWait(20);
            const Instance *row = world.stack.stores.instances.find(id);
            return row && row->connection && !row->connection->sshHost().isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(connected(), 10000);
        QTRY_VERIFY(world.stack.fleet.numbers().burnPerHour > Money());
        QTRY_VERIFY(world.stack.fleet.numbers().balanceLasts);
        QCOMPARE(world.stack.session.connection(), ConnectionState::Connected);
        QCOMPARE(world.violations(), QStringList());
    }

    void everyCommandEndsInTheCloudsState()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(!id.isEmpty());
        const auto does = [&world, &id](A action) {
            const auto result = world.run(id, action);
            return result && result->ok();
        };
        QVERIFY(does(A::Restart));
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        QVERIFY(does(A::Stop));
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QCOMPARE(world.cloud.instanceStatus(id.toString()), QStringLiteral("exited"));
        QVERIFY(does(A::Start));
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        QVERIFY(does(A::Delete));
        QVERIFY(world.reaches(id, QString()));
        QVERIFY(!world.cloud.instanceIds().contains(id.toString()));
        for (const char *operation : {"createInstance", "restartInstance", "stopInstance", "startInstance", "deleteInstance"})
            QCOMPARE(world.countRequests(QLatin1String(operation)), 1);
        QCOMPARE(world.violations(), QStringList());
    }

    void aFleetIsStoppedInOneGo()
    {
        SandboxFixture world(SandboxFixture::options(120));
        QVERIFY(world.connect());
        QCOMPARE(world.stack.stores.instances.size(), world.cloud.instanceIds().size());
        QList<InstanceId> running;
        for (const InstanceId &id : world.stack.stores.instances.ids()) {
            if (world.stack.stores.instances.find(id)->status == InstanceStatus::Running && running.size() < 20)
                running.append(id);
        }
        QVERIFY(running.size() > 3);
        BulkRun *run = world.stack.commands.runBulk(running, A::Stop);
        QTRY_VERIFY_WITH_TIMEOUT(run->isFinished(), 15000);
        QCOMPARE(run->count(BulkRow::State::Done), static_cast<int>(running.size()));
        for (const InstanceId &id : running)
            QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QCOMPARE(world.violations(), QStringList());
    }

    void everyListFills()
    {
        SandboxFixture world(SandboxFixture::options(30));
        QVERIFY(world.connect());
        for (const DataKind kind : {DataKind::Products, DataKind::Templates, DataKind::Clusters, DataKind::RegistryAuths, DataKind::Storages,
                                    DataKind::Networks, DataKind::Jobs, DataKind::Balance}) {
            const auto read = world.refresh(kind);
            QVERIFY2(read && read->ok(), qPrintable(QStringLiteral("kind %1").arg(static_cast<int>(kind))));
        }
        QVERIFY(world.stack.stores.products.size() > 5);
        QVERIFY(world.stack.stores.templates.size() > 5);
        QVERIFY(world.stack.stores.clusters.size() > 3);
        bool spot = false;
        bool monthly = false;
        for (const Product &product : world.stack.stores.products.all()) {
            spot = spot || product.priceFor(BillingMode::Spot);
            monthly = monthly || product.priceFor(BillingMode::Monthly);
        }
        QVERIFY(spot && monthly);
        QVERIFY(world.stack.stores.account.balance()->available);
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestInstanceLife)
#include "tst_instancelife.moc"
