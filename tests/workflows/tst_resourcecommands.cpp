// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QTest>

using namespace novita;
using K = ResourceKind;

namespace {

const ClusterId kCluster(QStringLiteral("us-ca-6"));

/// Volumes in a list, and whatever a test wants to go wrong.
struct Bench
{
    FakeNam nam;
    SystemClock clock;
    QJsonArray volumes;
    FakeAnswer onCreate = FakeAnswer::payload("{}");
    bool createWorks = true;
    bool deleteWorks = true;
    int creates = 0;
    int lists = 0;
    ClientStack stack{nam, clock};

    Bench()
    {
        nam.setResponder([this](const FakeRequest &request) { return answer(request); });
        stack.client.setKey(QStringLiteral("sk_test_0123456789"));
        Cluster cluster;
        cluster.id = kCluster;
        cluster.supportsNetworkStorage = true;
        stack.stores.clusters.upsert({cluster});
    }

    void put(const QString &id, const QString &name)
    {
        volumes.append(QJsonObject{{QStringLiteral("storageId"), id}, {QStringLiteral("storageName"), name}, {QStringLiteral("storageSize"), 50},
                                   {QStringLiteral("clusterId"), kCluster.toString()}});
    }

    FakeAnswer answer(const FakeRequest &request)
    {
        const QString path = request.path().section(QStringLiteral("/v1/"), 1);
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (path == QLatin1String("networkstorages/list")) {
            ++lists;
            return FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("data"), volumes}, {QStringLiteral("total"), volumes.size()}}).toJson());
        }
        if (path == QLatin1String("networkstorage/create")) {
            ++creates;
            if (createWorks)
                put(QStringLiteral("ns-%1").arg(creates), body.value(QStringLiteral("storageName")).toString());
            return onCreate;
        }
        if (path == QLatin1String("networkstorage/delete") && deleteWorks)
            volumes = {};
        return FakeAnswer::payload("{}");
    }

    Call<ResourceOutcome> *make(const QString &name) { return stack.resources.save(StorageDraft{{}, name, kCluster, 50}); }
    QString lastEvent() const { return stack.eventTexts().isEmpty() ? QString() : stack.eventTexts().constLast(); }
};

} // namespace

class TestResourceCommands final : public QObject
{
    Q_OBJECT

private slots:
    void anIdThatIsNotToldIsFoundByName()
    {
        Bench bench;
        bench.put(QStringLiteral("ns-old"), QStringLiteral("other"));
        const auto made = await(bench.make(QStringLiteral("data")));
        QVERIFY(made && made->confirmed);
        QCOMPARE(made->id, QStringLiteral("ns-1"));
        QCOMPARE(bench.lists, 2); // before and after
        QVERIFY(bench.lastEvent().contains(QLatin1String("was created")));
    }

    void aNameThatIsTakenMeanwhileIsNotSent()
    {
        Bench bench;
        bench.put(QStringLiteral("ns-old"), QStringLiteral("data")); // the store has not heard of it
        const auto refused = await(bench.make(QStringLiteral("data")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Validation);
        QCOMPARE(bench.creates, 0);
    }

    void whatTheListDoesNotShowIsNotCalledDone()
    {
        Bench bench;
        bench.createWorks = false;
        const auto made = await(bench.make(QStringLiteral("data")));
        QVERIFY(made);
        QVERIFY(!made->confirmed);
        QVERIFY(made->message.contains(QLatin1String("does not show it yet")));
        QCOMPARE(bench.lists, 5);
        QCOMPARE(bench.creates, 1);
    }

    void aLostCreationIsNeverSentAgain()
    {
        Bench bench;
        bench.onCreate = FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError);
        const auto made = await(bench.make(QStringLiteral("data")));
        QVERIFY(made && made->confirmed);
        QCOMPARE(bench.creates, 1);
        bench.createWorks = false;
        const auto lost = await(bench.make(QStringLiteral("data-2")));
        QVERIFY(!lost);
        QVERIFY(lost.error().effectUnknown);
        QCOMPARE(bench.creates, 2);
        QVERIFY(bench.lastEvent().startsWith(QStringLiteral("It is not known whether “data-2” was created")));
    }

    void aDoubleClickIsOneRequest()
    {
        Bench bench;
        Call<ResourceOutcome> *first = bench.make(QStringLiteral("data"));
        Call<ResourceOutcome> *second = bench.make(QStringLiteral("data"));
        QVERIFY(await(second));
        Q_UNUSED(first)
        QCOMPARE(bench.creates, 1);
    }

    void aDeletionThatLeavesTheRowIsNotCalledDone()
    {
        Bench bench;
        bench.put(QStringLiteral("ns-1"), QStringLiteral("data"));
        QVERIFY(await(bench.stack.refresher.refresh(DataKind::Storages)));
        bench.deleteWorks = false;
        const auto kept = await(bench.stack.resources.remove(K::Storage, QStringLiteral("ns-1")));
        QVERIFY(kept);
        QVERIFY(!kept->confirmed);
        bench.deleteWorks = true;
        const auto gone = await(bench.stack.resources.remove(K::Storage, QStringLiteral("ns-1")));
        QVERIFY(gone && gone->confirmed);
        const auto again = await(bench.stack.resources.remove(K::Storage, QStringLiteral("ns-1")));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Validation);
    }

    void anotherAccountEndsIt()
    {
        Bench bench;
        bench.onCreate = FakeAnswer::hanging();
        std::optional<Result<ResourceOutcome>> result;
        bench.make(QStringLiteral("data"))->onFinished(this, [&result](const Result<ResourceOutcome> &one) { result = one; });
        QTRY_COMPARE(bench.creates, 1);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        QTRY_VERIFY(result);
        QVERIFY(!result->ok());
        QVERIFY(result->error().isCanceled());
        QVERIFY(result->error().effectUnknown);
        QVERIFY(bench.lastEvent().startsWith(QLatin1String("It is not known")));
    }

    void aReadUnderWayIsNotTakenForTheAnswer()
    {
        Bench bench;
        // Asked for before the change, answered after it.
        bench.stack.refresher.refresh(DataKind::Storages);
        const auto made = await(bench.make(QStringLiteral("data")));
        QVERIFY(made && made->confirmed);
        QVERIFY(bench.stack.stores.storages.contains(StorageId(QStringLiteral("ns-1"))));
        QCOMPARE(bench.lists, 3);
    }

    void usersAreNamed()
    {
        Bench bench;
        bench.put(QStringLiteral("ns-1"), QStringLiteral("data"));
        QVERIFY(await(bench.stack.refresher.refresh(DataKind::Storages)));
        QList<Instance> rows;
        for (int i = 0; i < 4; ++i) {
            Instance one;
            one.id = InstanceId(QStringLiteral("i-%1").arg(i));
            one.name = QStringLiteral("worker-%1").arg(i);
            one.status = i == 3 ? InstanceStatus::Removed : InstanceStatus::Running;
            one.volumes = {{QStringLiteral("network"), 50.0, StorageId(QStringLiteral("ns-1")), QStringLiteral("/network")}};
            rows.append(one);
        }
        bench.stack.stores.instances.adoptRows(rows, bench.clock.now(), true);
        const ActionVerdict verdict = bench.stack.resources.canDelete(K::Storage, QStringLiteral("ns-1"));
        QVERIFY(!verdict.allowed);
        QCOMPARE(verdict.reason, QStringLiteral("“worker-0”, “worker-1” and “worker-2” use it."));
    }

    void withoutAKeyNothingIsOnOffer()
    {
        Bench bench;
        bench.stack.client.setKey(QString());
        QVERIFY(!bench.stack.resources.canCreate(K::Storage).allowed);
        QVERIFY(!await(bench.make(QStringLiteral("data"))));
        QCOMPARE(bench.creates, 0);
    }
};

QTEST_GUILESS_MAIN(TestResourceCommands)
#include "tst_resourcecommands.moc"
