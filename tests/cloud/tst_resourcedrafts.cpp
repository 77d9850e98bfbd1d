// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/resourcedrafts.h"
#include "core/cloud/types/templatedraft.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

QSet<DraftField> fieldsOf(const QList<DraftProblem> &problems)
{
    QSet<DraftField> out;
    for (const DraftProblem &problem : problems)
        out.insert(problem.field);
    return out;
}

using Fields = QSet<DraftField>;

NetworkStorage volume(const QString &id, const QString &name, int size)
{
    NetworkStorage out;
    out.id = StorageId(id);
    out.name = name;
    out.sizeGb = size;
    out.clusterId = ClusterId(QStringLiteral("us-ca-6"));
    return out;
}

InstanceTemplate existing()
{
    InstanceTemplate out;
    out.id = TemplateId(QStringLiteral("107001"));
    out.name = QStringLiteral("comfy");
    out.channel = QStringLiteral("private");
    out.type = QStringLiteral("instance");
    out.image = QStringLiteral("docker.io/example/comfy:1");
    out.imageAuthId = RegistryAuthId(QStringLiteral("auth-1"));
    out.rootfsGb = 80;
    out.ports = {{5432, QStringLiteral("tcp")}, {8188, QStringLiteral("http")}};
    out.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
    out.hasJupyter = true;
    out.jupyterPort = 8888;
    return out;
}

} // namespace

class TestResourceDrafts : public QObject
{
    Q_OBJECT

private slots:
    void credentials()
    {
        RegistryAuthDraft draft{QStringLiteral("ghcr.io"), QStringLiteral("robot"), QStringLiteral("p")};
        QVERIFY(draft.problems({}).isEmpty());
        QCOMPARE(fieldsOf(draft.problems({{RegistryAuthId(QStringLiteral("1")), QStringLiteral("ghcr.io"), {}}})), Fields{DraftField::Name});
        QCOMPARE(fieldsOf(RegistryAuthDraft().problems({})), (Fields{DraftField::Name, DraftField::Username, DraftField::Password}));
        draft.name = QStringLiteral("   ");
        draft.username = QString(512, QLatin1Char('x'));
        draft.password = QString(1025, QLatin1Char('x'));
        QCOMPARE(fieldsOf(draft.problems({})), (Fields{DraftField::Name, DraftField::Username, DraftField::Password}));
        draft = {QStringLiteral("a\nb"), QStringLiteral("u"), QStringLiteral(" ")};
        QCOMPARE(fieldsOf(draft.problems({})), Fields{DraftField::Name});
    }

    void newVolume_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("right");
        QTest::newRow("plain") << QStringLiteral("data-1") << 10 << true;
        QTest::newRow("empty name") << QString() << 10 << false;
        QTest::newRow("underscore") << QStringLiteral("data_1") << 10 << false;
        QTest::newRow("umlaut") << QStringLiteral("dätä") << 10 << false;
        QTest::newRow("too small") << QStringLiteral("data") << 9 << false;
        QTest::newRow("beyond all bounds") << QStringLiteral("data") << 1000001 << false;
        QTest::newRow("taken") << QStringLiteral("datasets") << 10 << false;
    }
    void newVolume()
    {
        QFETCH(QString, name);
        QFETCH(int, size);
        QFETCH(bool, right);
        const StorageDraft draft{{}, name, ClusterId(QStringLiteral("us-ca-6")), size};
        QCOMPARE(draft.problems({volume(QStringLiteral("ns-1"), QStringLiteral("datasets"), 100)}, nullptr).isEmpty(), right);
    }

    void theSameVolumeNameElsewhereIsAnotherVolume()
    {
        const StorageDraft draft{{}, QStringLiteral("datasets"), ClusterId(QStringLiteral("eu-de-1")), 10};
        QVERIFY(draft.problems({volume(QStringLiteral("ns-1"), QStringLiteral("datasets"), 100)}, nullptr).isEmpty());
    }

    void aVolumeNeedsARegionThatHasThem()
    {
        Cluster cluster;
        cluster.id = ClusterId(QStringLiteral("us-ca-6"));
        StorageDraft draft{{}, QStringLiteral("d"), {}, 10};
        QCOMPARE(fieldsOf(draft.problems({}, nullptr)), Fields{DraftField::Cluster});
        draft.clusterId = cluster.id;
        QCOMPARE(fieldsOf(draft.problems({}, &cluster)), Fields{DraftField::Cluster});
        cluster.supportsNetworkStorage = true;
        QVERIFY(draft.problems({}, &cluster).isEmpty());
    }

    void aVolumeOnlyGrows()
    {
        // A name from before the rule may stay.
        const NetworkStorage before = volume(QStringLiteral("ns-1"), QStringLiteral("old_name"), 100);
        StorageDraft draft{before.id, before.name, before.clusterId, 100};
        QVERIFY(draft.problems({before}, nullptr, &before).isEmpty());
        draft.sizeGb = 99;
        QCOMPARE(fieldsOf(draft.problems({before}, nullptr, &before)), Fields{DraftField::Size});
        draft.sizeGb = 200;
        draft.name = QStringLiteral("new_name");
        QCOMPARE(fieldsOf(draft.problems({before}, nullptr, &before)), Fields{DraftField::Name});
    }

    void networks()
    {
        Cluster cluster;
        cluster.id = ClusterId(QStringLiteral("us-ca-6"));
        cluster.supportsNetwork = true;
        NetworkDraft draft{{}, QStringLiteral("lab"), cluster.id};
        QVERIFY(draft.problems({}, &cluster).isEmpty());
        VpcNetwork other;
        other.id = NetworkId(QStringLiteral("vpc-1"));
        other.name = QStringLiteral("lab");
        QCOMPARE(fieldsOf(draft.problems({other}, &cluster)), Fields{DraftField::Name});
        draft.id = other.id;
        QVERIFY(draft.problems({other}, &cluster).isEmpty());
        draft.id = {};
        draft.name = QString(31, QLatin1Char('x'));
        cluster.supportsNetwork = false;
        QCOMPARE(fieldsOf(draft.problems({}, &cluster)), (Fields{DraftField::Name, DraftField::Cluster}));
    }

    void prewarming()
    {
        PrewarmDraft draft;
        QCOMPARE(fieldsOf(draft.problems()), (Fields{DraftField::Image, DraftField::Cluster}));
        draft.imageUrl = QStringLiteral("ghcr.io/a/b:1");
        draft.clusterId = ClusterId(QStringLiteral("us-ca-6"));
        QVERIFY(draft.problems().isEmpty());
        draft.note = QString(256, QLatin1Char('n'));
        draft.imageUrl = QStringLiteral("two words");
        QCOMPARE(fieldsOf(draft.problems()), (Fields{DraftField::Image, DraftField::Note}));
        QVERIFY(!draft.toJson().contains(QLatin1String("repositoryAuth")));
    }

    void templatesHaveTheRulesOfInstances()
    {
        TemplateDraft draft;
        QCOMPARE(fieldsOf(draft.problems({})), (Fields{DraftField::Name, DraftField::Image}));
        draft.name = QStringLiteral("x");
        draft.image = QStringLiteral("i");
        QVERIFY(draft.problems({}).isEmpty());
        draft.ports = {{2222, QStringLiteral("tcp")}};
        draft.envs = {{QStringLiteral("A=B"), {}}};
        draft.rootfsGb = 9;
        draft.minCudaVersion = QStringLiteral("twelve");
        draft.startCommand = QString(2048, QLatin1Char('x'));
        QCOMPARE(fieldsOf(draft.problems({})),
                 (Fields{DraftField::Ports, DraftField::Envs, DraftField::Rootfs, DraftField::MinCuda, DraftField::Command}));
    }

    void templatesHaveRulesOfTheirOwn()
    {
        TemplateDraft draft = TemplateDraft::copyOf(existing(), QStringLiteral("comfy"));
        QCOMPARE(fieldsOf(draft.problems({existing()})), Fields{DraftField::Name});
        draft.name = QStringLiteral("comfy-2");
        QVERIFY(draft.problems({existing()}).isEmpty());
        for (int port = 9000; port < 9009; ++port)
            draft.ports.append({port, QStringLiteral("http")});
        QCOMPARE(fieldsOf(draft.problems({})), Fields{DraftField::Ports});
        draft.ports.clear();
        draft.volumes = {{QStringLiteral("local"), 20, QStringLiteral("/w")}, {QStringLiteral("local"), 0, QStringLiteral("/w")}};
        draft.readme = QString(TemplateDraft::kMostReadmeChars + 1, QLatin1Char('x'));
        QCOMPARE(fieldsOf(draft.problems({})), (Fields{DraftField::Volumes, DraftField::Readme}));
        draft.volumes = {{QStringLiteral("local"), 20, QStringLiteral("w")}};
        QVERIFY(fieldsOf(draft.problems({})).contains(DraftField::Volumes));
    }

    void aCopyHasThePortOfTheToolItLacks()
    {
        const TemplateDraft copy = TemplateDraft::copyOf(existing(), QStringLiteral("b"));
        QVERIFY(copy.id.isEmpty());
        QVERIFY(copy.ports.contains({8888, QStringLiteral("http")}));
        QCOMPARE(copy.imageAuthId, existing().imageAuthId);
        InstanceTemplate official = existing();
        official.channel = QStringLiteral("official");
        QVERIFY(TemplateDraft::copyOf(official, QStringLiteral("b")).imageAuthId.isEmpty());
    }

    void whatWasSavedIsRecognised()
    {
        InstanceTemplate now = existing();
        TemplateDraft draft = TemplateDraft::editOf(now);
        QVERIFY(draft.isIn(now));
        std::reverse(draft.ports.begin(), draft.ports.end()); // grouped on the wire: the order may be another
        QVERIFY(draft.isIn(now));
        draft.rootfsGb = 90;
        QVERIFY(!draft.isIn(now));
        now.rootfsGb = 90;
        QVERIFY(draft.isIn(now));
    }
};

QTEST_GUILESS_MAIN(TestResourceDrafts)
#include "tst_resourcedrafts.moc"
