// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace novita;
using K = ResourceKind;

namespace {

const ClusterId kCalifornia(QStringLiteral("us-ca-6"));

}

/// Everything an account holds beside instances, from nothing to nothing, also when the cloud's answers are lost.
class TestResources final : public QObject
{
    Q_OBJECT

    static bool readAll(SandboxFixture &world)
    {
        for (const DataKind kind : {DataKind::Clusters, DataKind::Templates, DataKind::RegistryAuths, DataKind::Storages, DataKind::Networks, DataKind::Prewarms}) {
            const auto read = world.refresh(kind);
            if (!read || !read->ok())
                return false;
        }
        return true;
    }

    static StorageDraft volume(const QString &name)
    {
        return {{}, name, kCalifornia, 50};
    }

private slots:
    void aTemplateIsWrittenChangedCopiedAndDeleted()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        ResourceCommands &commands = world.stack.resources;
        TemplateDraft draft;
        draft.name = QStringLiteral("mine");
        draft.image = QStringLiteral("docker.io/library/ubuntu:22.04");
        draft.ports = {{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}};
        draft.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
        draft.volumes = {{QStringLiteral("local"), 20, QStringLiteral("/workspace")}};
        const auto created = await(commands.save(draft));
        QVERIFY(created && created->confirmed);
        const TemplateId id(created->id);
        const InstanceTemplate *row = world.stack.stores.templates.find(id);
        QVERIFY(row);
        QCOMPARE(row->ports.size(), 2);
        QVERIFY(!commands.problems(draft).isEmpty()); // the name is taken now

        TemplateDraft changed = TemplateDraft::editOf(*row);
        changed.name = QStringLiteral("mine-2");
        changed.rootfsGb = 90;
        const auto saved = await(commands.save(changed));
        QVERIFY(saved && saved->confirmed);
        QCOMPARE(world.stack.stores.templates.find(id)->name, QStringLiteral("mine-2"));

        const auto copied = await(commands.save(TemplateDraft::copyOf(*world.stack.stores.templates.find(id), QStringLiteral("mine-3"))));
        QVERIFY(copied && copied->confirmed && copied->id != created->id);
        QCOMPARE(world.stack.stores.templates.find(TemplateId(copied->id))->rootfsGb, 90);
        for (const QString &one : {created->id, copied->id}) {
            const auto removed = await(commands.remove(K::Template, one));
            QVERIFY(removed && removed->confirmed);
            QVERIFY(!world.stack.stores.templates.contains(TemplateId(one)));
        }
        const auto official = world.stack.stores.templates.all();
        const auto other = std::find_if(official.begin(), official.end(), [](const InstanceTemplate &one) { return one.channel == QLatin1String("official"); });
        QVERIFY(other != official.end());
        QVERIFY(!commands.canDelete(K::Template, other->id.toString()).allowed);
        QVERIFY(!commands.canChange(K::Template, other->id.toString()).allowed);
        QCOMPARE(world.violations(), QStringList());
    }

    void credentialsComeAndGo()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        ResourceCommands &commands = world.stack.resources;
        const QString password = QStringLiteral("PLANTED-registry-0123");
        const auto added = await(commands.save(RegistryAuthDraft{QStringLiteral("quay.io"), QStringLiteral("robot"), password}));
        QVERIFY(added && added->confirmed);
        QVERIFY(!added->id.isEmpty()); // found by name: the answer tells none
        QVERIFY(!commands.problems(RegistryAuthDraft{QStringLiteral("quay.io"), QStringLiteral("x"), QStringLiteral("y")}).isEmpty());
        const auto removed = await(commands.remove(K::RegistryAuth, added->id));
        QVERIFY(removed && removed->confirmed);
        for (const RequestRecord &request : world.stack.stores.activity.requests())
            QVERIFY(!QJsonDocument(request.requestBody.toObject()).toJson().contains(password.toUtf8()));
        QVERIFY(!world.stack.eventTexts().join(QLatin1Char('\n')).contains(password));
        QCOMPARE(world.violations(), QStringList());
    }

    void aVolumeIsMadeGrownMountedAndDeleted()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        ResourceCommands &commands = world.stack.resources;
        const auto created = await(commands.save(volume(QStringLiteral("scratch"))));
        QVERIFY(created && created->confirmed);
        StorageDraft larger{StorageId(created->id), QStringLiteral("scratch-2"), kCalifornia, 80};
        QVERIFY(await(commands.save(larger)));
        QCOMPARE(world.stack.stores.storages.find(larger.id)->sizeGb, 80);
        larger.sizeGb = 70;
        const auto shrunk = await(commands.save(larger));
        QVERIFY(!shrunk);
        QCOMPARE(shrunk.error().kind, ErrorKind::Validation);
        QCOMPARE(world.countRequests(QStringLiteral("updateNetworkStorage")), 1);

        InstanceDraft draft = world.draft(QStringLiteral("user-of-it"));
        for (const Product &product : world.stack.stores.products.all()) {
            if (product.kind == ProductKind::Gpu && product.inStock() && product.regions.contains(QStringLiteral("US-CA-06 (California)")))
                draft.productId = product.id;
        }
        draft.clusterId = kCalifornia;
        draft.mounts = {{larger.id, QStringLiteral("/network")}};
        const auto instance = world.create(draft);
        QVERIFY(instance && instance->ok());
        QVERIFY(world.reaches((*instance)->id, QStringLiteral("running")));
        const ActionVerdict verdict = commands.canDelete(K::Storage, created->id);
        QVERIFY(!verdict.allowed);
        QVERIFY(verdict.reason.contains(QLatin1String("user-of-it")));
        QCOMPARE(world.countRequests(QStringLiteral("deleteNetworkStorage")), 0);
        QVERIFY(world.run((*instance)->id, InstanceAction::Delete)->ok());
        QVERIFY(world.reaches((*instance)->id, QString()));
        const auto removed = await(commands.remove(K::Storage, created->id));
        QVERIFY(removed && removed->confirmed);
        QCOMPARE(world.violations(), QStringList());
    }

    void theCloudsRefusalNamesWhoUsesIt()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        world.addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("deleteNetwork")},
                        {QStringLiteral("reason"), QStringLiteral("NETWORK_IN_USE")}, {QStringLiteral("message"), QStringLiteral("network is in use")}});
        const NetworkId id = world.stack.stores.networks.ids().constFirst();
        const auto refused = await(world.stack.resources.remove(K::Network, id.toString()));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Conflict);
        QVERIFY(world.stack.stores.networks.contains(id));
        QVERIFY(world.stack.eventTexts().constLast().startsWith(QLatin1String("Could not delete the VPC network")));
    }

    void aNetworkIsMadeRenamedAndDeleted()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        ResourceCommands &commands = world.stack.resources;
        const auto created = await(commands.save(NetworkDraft{{}, QStringLiteral("net-a"), kCalifornia}));
        QVERIFY(created && created->confirmed && !created->id.isEmpty());
        QVERIFY(await(commands.save(NetworkDraft{NetworkId(created->id), QStringLiteral("net-b"), kCalifornia})));
        QCOMPARE(world.stack.stores.networks.find(NetworkId(created->id))->name, QStringLiteral("net-b"));
        QVERIFY(await(commands.remove(K::Network, created->id)));
        const auto nowhere = await(commands.save(NetworkDraft{{}, QStringLiteral("net-c"), ClusterId(QStringLiteral("oc-au-1"))}));
        QVERIFY(!nowhere);
        QCOMPARE(world.countRequests(QStringLiteral("createNetwork")), 1);
        QCOMPARE(world.violations(), QStringList());
    }

    void prewarmingGoesItsWayWithinTheQuota()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        ResourceCommands &commands = world.stack.resources;
        PrewarmStore &tasks = world.stack.stores.prewarms;
        QTRY_COMPARE(tasks.quota().limit, 5);
        QStringList made;
        for (const char *image : {"docker.io/library/ubuntu:22.04", "ghcr.io/example/notfound:1"}) {
            const auto created = await(commands.save(PrewarmDraft{QLatin1String(image), {}, kCalifornia, {}, QStringLiteral("n")}));
            QVERIFY(created && created->confirmed);
            made.append(created->id);
        }
        QTRY_VERIFY(!commands.canCreate(K::Prewarm).allowed); // three were there
        const auto finished = [&] { return world.refresh(DataKind::Prewarms) && !tasks.anyUnfinished(); };
        QTRY_VERIFY_WITH_TIMEOUT(finished(), 10000);
        QCOMPARE(tasks.find(PrewarmId(made.at(0)))->state, PrewarmState::Succeeded);
        QCOMPARE(tasks.find(PrewarmId(made.at(1)))->reasons, QStringList{QStringLiteral("manifest unknown")});
        QVERIFY(await(commands.setNote(PrewarmId(made.at(0)), QStringLiteral("other"))));
        QCOMPARE(tasks.find(PrewarmId(made.at(0)))->note, QStringLiteral("other"));
        for (const QString &id : std::as_const(made))
            QVERIFY(await(commands.remove(K::Prewarm, id)));
        QTRY_VERIFY(commands.canCreate(K::Prewarm).allowed);
        QCOMPARE(world.violations(), QStringList());
    }

    void aLostAnswerIsLookedFor_data()
    {
        QTest::addColumn<QString>("operation");
        for (const char *operation : {"createTemplate", "createRegistryAuth", "createNetworkStorage", "createNetwork", "createPrewarmTask"})
            QTest::newRow(operation) << QString::fromLatin1(operation);
    }
    void aLostAnswerIsLookedFor()
    {
        QFETCH(QString, operation);
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        world.addFault({{QStringLiteral("kind"), QStringLiteral("replyLost")}, {QStringLiteral("operation"), operation}, {QStringLiteral("count"), 1}});
        ResourceCommands &commands = world.stack.resources;
        TemplateDraft draft;
        draft.name = QStringLiteral("lost");
        draft.image = QStringLiteral("ubuntu");
        Call<ResourceOutcome> *call = operation == QLatin1String("createTemplate")       ? commands.save(draft)
                                    : operation == QLatin1String("createRegistryAuth")   ? commands.save(RegistryAuthDraft{QStringLiteral("lost"), QStringLiteral("u"), QStringLiteral("p")})
                                    : operation == QLatin1String("createNetworkStorage") ? commands.save(volume(QStringLiteral("lost")))
                                    : operation == QLatin1String("createNetwork") ? commands.save(NetworkDraft{{}, QStringLiteral("lost"), kCalifornia})
                                                                                  : commands.save(PrewarmDraft{QStringLiteral("ubuntu"), {}, kCalifornia, {}, {}});
        const auto outcome = await(call);
        QVERIFY2(outcome.ok(), qPrintable(outcome ? QString() : outcome.error().toLogString()));
        QVERIFY(outcome->confirmed && !outcome->id.isEmpty());
        QVERIFY(!outcome->message.isEmpty());
        QCOMPARE(world.countRequests(operation), 1);
        QCOMPARE(world.violations(), QStringList());
    }

    void anInternalFailureIsNoCreation()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        world.addFault({{QStringLiteral("kind"), QStringLiteral("serverError")}, {QStringLiteral("operation"), QStringLiteral("createPrewarmTask")}});
        const auto failed = await(world.stack.resources.save(PrewarmDraft{QStringLiteral("ubuntu"), {}, kCalifornia, {}, {}}));
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, ErrorKind::Server);
        QVERIFY(!failed.error().effectUnknown); // the list was read, and it is not there
        QCOMPARE(world.countRequests(QStringLiteral("createPrewarmTask")), 1);
    }

    void aReadOnlyProfileChangesNothing()
    {
        SandboxFixture world;
        QVERIFY(world.connect() && readAll(world));
        Profile profile;
        profile.name = QStringLiteral("careful");
        profile.readOnly = true;
        profile.apiRoot = world.cloud.apiRoot();
        world.stack.profiles.setTransient(profile);
        const auto refused = await(world.stack.resources.save(volume(QStringLiteral("x"))));
        QVERIFY(!refused);
        QVERIFY(!world.stack.resources.canDelete(K::Template, QStringLiteral("107001")).allowed);
        QCOMPARE(world.countRequests(QStringLiteral("createNetworkStorage")), 0);
    }
};

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
