// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancerequest.h"

#include <QTest>

using namespace novita;

namespace {

Instance trainer()
{
    Instance one;
    one.id = InstanceId(QStringLiteral("a1"));
    one.name = QStringLiteral("trainer");
    one.productId = ProductId(QStringLiteral("p"));
    one.imageUrl = QStringLiteral("ubuntu:22.04");
    one.rootfsGb = 60;
    one.nodeMaxRootfsGb = 200;
    one.ports = {{8080, QStringLiteral("http"), {}}};
    one.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
    one.volumes = {{QStringLiteral("local"), 38.0, {}, QStringLiteral("/workspace")},
                   {QStringLiteral("network"), 200.0, StorageId(QStringLiteral("ns-1")), QStringLiteral("/network")}};
    return one;
}

QList<DraftField> fieldsOf(const InstanceRequest &request, const Instance &before = trainer())
{
    QList<DraftField> out;
    for (const DraftProblem &problem : request.problems(before))
        out.append(problem.field);
    return out;
}

EditRequest ports(const QList<DraftPort> &wanted)
{
    EditRequest edit;
    edit.ports = wanted;
    return edit;
}

EditRequest grown(int byGb)
{
    EditRequest edit;
    edit.growDiskGb = byGb;
    return edit;
}

SaveImageRequest image(const char *name)
{
    return {QString::fromLatin1(name), {}};
}

} // namespace

/// The rules of what a person asks for, and what is sent.
class TestInstanceRequest final : public QObject
{
    Q_OBJECT

private slots:
    void anEditFollowsTheRulesOfACreate()
    {
        using F = DraftField;
        const QString http = QStringLiteral("http");
        QCOMPARE(fieldsOf(ports({{8080, http}, {9090, QStringLiteral("tcp")}})), QList<F>());
        QCOMPARE(fieldsOf(ports({{2222, http}})), QList<F>{F::Ports});
        QCOMPARE(fieldsOf(ports({{8080, http}, {8080, QStringLiteral("tcp")}})), QList<F>{F::Ports});
        QCOMPARE(fieldsOf(ports({})), QList<F>());
        QList<DraftPort> many;
        for (int i = 0; i < 15; ++i)
            many.append({9000 + i, http});
        QCOMPARE(fieldsOf(ports(many)), QList<F>());
        Instance withJupyter = trainer();
        withJupyter.connection = ConnectionInfo();
        withJupyter.connection->jupyterPort = 8888;
        QCOMPARE(fieldsOf(ports(many), withJupyter), QList<F>{F::Ports});
        QCOMPARE(fieldsOf(ports({{8888, http}}), withJupyter), QList<F>{F::Tools});
        QCOMPARE(fieldsOf(EditRequest()), QList<F>{F::Ports});
    }

    void aDiskOnlyGrowsAndNotBeyondItsHost()
    {
        using F = DraftField;
        QCOMPARE(fieldsOf(grown(20)), QList<F>());
        QCOMPARE(fieldsOf(grown(140)), QList<F>());
        QCOMPARE(fieldsOf(grown(141)), QList<F>{F::Rootfs});
        QVERIFY(fieldsOf(grown(-1)).contains(F::Rootfs));
        Product product;
        product.id = ProductId(QStringLiteral("p"));
        product.price = Money::fromPriceUnits(1);
        product.billingModes = {BillingMode::OnDemand};
        product.maxRootfsGb = 70;
        QCOMPARE(InstanceRequest(grown(20)).problems(trainer(), &product).size(), 1);
    }

    void anUpgradeBeginsAsWhatRuns()
    {
        UpgradeRequest upgrade = UpgradeRequest::of(trainer());
        QCOMPARE(upgrade.imageUrl, QStringLiteral("ubuntu:22.04"));
        QCOMPARE(upgrade.envs, trainer().envs);
        QCOMPARE(upgrade.mounts, (QList<DraftMount>{{StorageId(QStringLiteral("ns-1")), QStringLiteral("/network")}}));
        QVERIFY(upgrade.keepSystemDisk);
        QVERIFY(fieldsOf(upgrade).isEmpty());
        upgrade.imageUrl.clear();
        upgrade.envs.append({QStringLiteral("A"), QStringLiteral("2")});
        upgrade.mounts.append({StorageId(), QStringLiteral("data")});
        const QList<DraftField> wrong = fieldsOf(upgrade);
        for (const DraftField field : {DraftField::Image, DraftField::Envs, DraftField::Mounts})
            QVERIFY(wrong.contains(field));
        QVERIFY(!wrong.contains(DraftField::Name));
        // Nothing is left out, whatever is empty.
        const QJsonObject body = InstanceRequest(UpgradeRequest()).toJson(InstanceId(QStringLiteral("a1")));
        for (const char *key : {"instanceId", "imageUrl", "imageAuthId", "envs", "command", "save", "networkVolume"})
            QVERIFY2(body.contains(QLatin1String(key)), key);
    }

    void anImageNamesARegistryAndARepository()
    {
        for (const char *good : {"registry.example.com/team/trainer:1", "ghcr.io/x", "localhost:5000/a/b:2024-01"})
            QVERIFY2(fieldsOf(image(good)).isEmpty(), good);
        for (const char *bad : {"", "trainer", "ghcr.io/", "/x", "ghcr.io/a b", "https://ghcr.io/x:1", "ghcr.io/x:"})
            QCOMPARE(fieldsOf(image(bad)), QList<DraftField>{DraftField::Image});
        QCOMPARE(fieldsOf(SaveImageRequest{QStringLiteral("r/") + QString(4094, u'a'), {}}), QList<DraftField>{DraftField::Image});
    }

    void termsAreOneToTwelveMonths()
    {
        QVERIFY(fieldsOf(InstanceRequest::renew(1)).isEmpty());
        QVERIFY(fieldsOf(InstanceRequest::toMonthly(12)).isEmpty());
        QCOMPARE(fieldsOf(InstanceRequest::renew(0)), QList<DraftField>{DraftField::Month});
        QCOMPARE(fieldsOf(InstanceRequest::toMonthly(13)), QList<DraftField>{DraftField::Month});
        QCOMPARE(fieldsOf(AutoRenewRequest{true, 13}), QList<DraftField>{DraftField::AutoRenew});
    }

    void inputBelongsToItsAction()
    {
        QVERIFY(InstanceRequest(InstanceAction::Start).isComplete());
        QVERIFY(InstanceRequest(InstanceAction::Migrate).isComplete());
        for (const InstanceAction bare : {InstanceAction::Edit, InstanceAction::Upgrade, InstanceAction::SaveImage, InstanceAction::Renew,
                                          InstanceAction::ToMonthly, InstanceAction::AutoRenew, InstanceAction::AutoMigrate, InstanceAction::Clone})
            QVERIFY(!InstanceRequest(bare).isComplete());
        QVERIFY(!(InstanceRequest::renew(1) == InstanceRequest::toMonthly(1)));
        QVERIFY(!(InstanceRequest::renew(1) == InstanceRequest::renew(2)));
        QCOMPARE(InstanceRequest::renew(2).input<TermRequest>().months, 2);
    }
};

QTEST_GUILESS_MAIN(TestInstanceRequest)
#include "tst_instancerequest.moc"
