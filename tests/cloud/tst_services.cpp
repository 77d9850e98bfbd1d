// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/gpuservices.h"
#include "core/cloud/services/pagewalk.h"
#include "core/net/apiclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace novita;

namespace {

const QString kGpuRoot = QStringLiteral("/gpu-instance/openapi");

/// What a call delivered.
template<typename T>
struct Outcome
{
    std::optional<Result<T>> result;
    bool ok() const { return result && result->ok(); }
};

template<typename T>
std::shared_ptr<Outcome<T>> watch(Call<T> *call, QObject *context)
{
    auto outcome = std::make_shared<Outcome<T>>();
    call->onFinished(context, [outcome](const Result<T> &result) { outcome->result = result; });
    return outcome;
}

QJsonObject bodyOf(const FakeRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

QString queryOf(const FakeRequest &request)
{
    return request.request.url().query();
}

FakeAnswer instancesPage(int first, int count, int total)
{
    QByteArray rows;
    for (int i = first; i < first + count; ++i)
        rows += (i > first ? "," : "") + QByteArray("{\"id\":\"i") + QByteArray::number(i) + "\",\"name\":\"n" + QByteArray::number(i) + "\",\"status\":\"running\"}";
    return FakeAnswer::payload("{\"instances\":[" + rows + "],\"total\":\"" + QByteArray::number(total) + "\"}");
}

InstanceDraft draft()
{
    InstanceDraft out;
    out.name = QStringLiteral("trainer-a");
    out.productId = ProductId(QStringLiteral("p"));
    out.imageUrl = QStringLiteral("img");
    return out;
}

} // namespace

class TestServices : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;

    const FakeRequest &sent(int index) const { return m_nam->requests().at(static_cast<std::size_t>(index)); }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        ApiClientConfig config;
        config.maxRetries = 0;
        m_client->setConfig(config);
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
    }
    void cleanup()
    {
        m_client.reset();
        m_nam.reset();
        m_clock.reset();
    }

    void listWalksThePages()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            const QUrlQuery query(request.request.url());
            const int size = query.queryItemValue(QStringLiteral("pageSize")).toInt();
            const int page = query.queryItemValue(QStringLiteral("pageNum")).toInt();
            const int first = page * size;
            return instancesPage(first, std::min(size, 2500 - first), 2500);
        });
        const auto list = watch(InstanceService(*m_client).list(), this);
        QTRY_VERIFY(list->result);
        QVERIFY(list->ok());
        QCOMPARE(list->result->value().size(), 2500);
        QCOMPARE(list->result->value().first().id.toString(), QStringLiteral("i0"));
        QCOMPARE(m_nam->count(), 3);
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/gpu/instances"));
        QCOMPARE(queryOf(sent(0)), QStringLiteral("pageNum=0&pageSize=100"));
        QCOMPARE(queryOf(sent(1)), QStringLiteral("pageNum=0&pageSize=2000"));
        QCOMPARE(queryOf(sent(2)), QStringLiteral("pageNum=1&pageSize=2000"));
    }
    void aPageThatFailsFailsTheList()
    {
        m_nam->script(instancesPage(0, 100, 5000));
        m_nam->script(instancesPage(0, 2000, 5000));
        m_nam->script(FakeAnswer::payload("{\"message\":\"boom\"}", 500));
        const auto list = watch(InstanceService(*m_client).list(), this);
        QTRY_VERIFY(list->result);
        QVERIFY(!list->ok());
        QCOMPARE(list->result->error().kind, ErrorKind::Server);
    }
    /// An empty list would make every instance look deleted.
    void rowsThatMakeNoSenseAreNoEmptyList()
    {
        m_nam->script(FakeAnswer::payload("{\"instances\":[{\"id\":{\"text\":\"a\"}},7,\"row\"],\"total\":[3]}"));
        const auto outcome = watch(InstanceService(*m_client).list(), this);
        QTRY_VERIFY(outcome->result);
        QVERIFY(!outcome->ok());
        QCOMPARE(outcome->result->error().kind, ErrorKind::Protocol);
        QVERIFY(outcome->result->error().message.contains(QLatin1String("$.instances")));
    }

    void aRowThatMakesNoSenseMakesTheListPartial()
    {
        const InstanceService service(*m_client);
        m_nam->setResponder([](const FakeRequest &) {
            return FakeAnswer::payload(R"({"instances":[{"id":"a","name":"n","status":"running"},{"name":"b"}],"total":2})");
        });
        const auto partial = watch(service.list(), this);
        QTRY_VERIFY(partial->result);
        QVERIFY(partial->ok());
        QCOMPARE(partial->result->value().size(), 1);
        QVERIFY(partial->result->value().partial);
        m_nam->setResponder([](const FakeRequest &) { return instancesPage(0, 1, 1); });
        const auto whole = watch(service.list(), this);
        QTRY_VERIFY(whole->result);
        QVERIFY(whole->ok());
        QVERIFY(!whole->result->value().partial);
    }

    void refusedPageSizeFallsBack()
    {
        m_nam->script(instancesPage(0, 100, 150));
        m_nam->script(FakeAnswer::payload("{\"reason\":\"VALIDATOR_PARAM\",\"message\":\"pageSize too large\"}", 400));
        m_nam->script(instancesPage(0, 100, 150));
        m_nam->script(instancesPage(100, 50, 150));
        const auto list = watch(InstanceService(*m_client).list(), this);
        QTRY_VERIFY(list->result);
        QVERIFY(list->ok());
        QCOMPARE(list->result->value().size(), 150);
        QCOMPARE(queryOf(sent(3)), QStringLiteral("pageNum=1&pageSize=100"));
    }
    void cancelStopsTheWalk()
    {
        m_nam->script(instancesPage(0, 100, 5000));
        m_nam->script(FakeAnswer::hanging());
        auto *call = InstanceService(*m_client).list();
        const auto list = watch(call, this);
        QTRY_COMPARE(m_nam->count(), 2);
        call->cancel();
        QTRY_VERIFY(list->result);
        QCOMPARE(list->result->error().kind, ErrorKind::Canceled);
        QTRY_COMPARE(m_nam->abortedCount(), 1);
        QCOMPARE(m_nam->count(), 2);
    }
    void clientMayDieDuringTheWalk()
    {
        m_nam->script(FakeAnswer::hanging());
        const auto list = watch(InstanceService(*m_client).list(), this);
        QTRY_COMPARE(m_nam->count(), 1);
        m_client.reset();
        QVERIFY(!list->result);
    }
    void findByNameKeepsOnlyMatches()
    {
        m_nam->script(FakeAnswer::payload(R"({"instances":[{"id":"1","name":"Trainer-A"},{"id":"2","name":"other"}],"total":2})"));
        const auto found = watch(InstanceService(*m_client).findByName(QStringLiteral("trainer-a")), this);
        QTRY_VERIFY(found->result);
        QCOMPARE(found->result->value().size(), 1);
        QVERIFY(queryOf(sent(0)).startsWith(QStringLiteral("name=trainer-a&")));
    }
    void getReadsBothForms()
    {
        m_nam->script(FakeAnswer::payload(R"({"id":"1","name":"a","status":"running"})"));
        m_nam->script(FakeAnswer::payload(R"({"instance":{"id":"1","name":"a","status":"exited"}})"));
        m_nam->script(FakeAnswer::payload("{}"));
        const InstanceService service(*m_client);
        const auto bare = watch(service.get(InstanceId(QStringLiteral("1"))), this);
        QTRY_VERIFY(bare->result);
        const auto wrapped = watch(service.get(InstanceId(QStringLiteral("1"))), this);
        QTRY_VERIFY(wrapped->result);
        const auto empty = watch(service.get(InstanceId(QStringLiteral("1"))), this);
        QTRY_VERIFY(empty->result);
        QCOMPARE(bare->result->value().status, InstanceStatus::Running);
        QCOMPARE(wrapped->result->value().status, InstanceStatus::Exited);
        QCOMPARE(empty->result->error().kind, ErrorKind::Protocol);
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/gpu/instance"));
        QCOMPARE(queryOf(sent(0)), QStringLiteral("instanceId=1"));
    }
    void createSendsTheDraftAndNeedsAnId()
    {
        m_nam->script(FakeAnswer::payload(R"({"id":"new"})"));
        m_nam->script(FakeAnswer::payload("{}"));
        const InstanceService service(*m_client);
        const auto created = watch(service.create(draft()), this);
        QTRY_VERIFY(created->result);
        QCOMPARE(created->result->value().toString(), QStringLiteral("new"));
        QCOMPARE(sent(0).verb, QByteArray("POST"));
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/gpu/instance/create"));
        QCOMPARE(bodyOf(sent(0)), draft().toJson());
        const auto nameless = watch(service.create(draft()), this);
        QTRY_VERIFY(nameless->result);
        QCOMPARE(nameless->result->error().kind, ErrorKind::Protocol);
        QVERIFY(nameless->result->error().effectUnknown);
    }
    void createIsNeverRepeated()
    {
        ApiClientConfig config;
        config.retryBase = Milliseconds(1);
        m_client->setConfig(config);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError); });
        const auto created = watch(InstanceService(*m_client).create(draft()), this);
        QTRY_VERIFY(created->result);
        QVERIFY(created->result->error().effectUnknown);
        QCOMPARE(m_nam->count(), 1);
    }

    void actions_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("state");
        for (const char *verb : {"start", "stop", "restart", "delete"}) {
            const QString text = QString::fromLatin1(verb);
            QTest::addRow("%s, empty body", verb) << text << QByteArray() << QString();
            QTest::addRow("%s, empty object", verb) << text << QByteArray("{}") << QString();
            QTest::addRow("%s, with state", verb) << text << QByteArray(R"({"instanceId":"a1","state":"toStop"})") << QStringLiteral("toStop");
        }
    }
    void actions()
    {
        QFETCH(QString, verb);
        QFETCH(QByteArray, answer);
        QFETCH(QString, state);
        m_nam->script(FakeAnswer::payload(answer));
        const InstanceService service(*m_client);
        const InstanceId id(QStringLiteral("a1"));
        auto *call = verb == QLatin1String("start")     ? service.start(id)
                     : verb == QLatin1String("stop")    ? service.stop(id)
                     : verb == QLatin1String("restart") ? service.restart(id)
                                                        : service.remove(id);
        const auto done = watch(call, this);
        QTRY_VERIFY(done->result);
        QVERIFY(done->ok());
        QCOMPARE(done->result->value().id, id);
        QCOMPARE(done->result->value().state, state);
        QCOMPARE(sent(0).verb, QByteArray("POST"));
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/gpu/instance/") + verb);
        QCOMPARE(bodyOf(sent(0)), (QJsonObject{{QStringLiteral("instanceId"), QStringLiteral("a1")}}));
    }
    /// What each action with an input sends: ports are objects here, months and sizes numbers, ids of auto-renewal an array.
    void inputs_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("which");
        const auto row = [](const char *name, const char *path, const char *body) {
            QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(body) << static_cast<int>(inputRequests().keys().indexOf(QString::fromLatin1(name)));
        };
        row("edit", "gpu/instance/edit", R"({"instanceId":"a1","ports":[{"port":8080,"type":"http"},{"port":5432,"type":"tcp"}],"expandRootDisk":20})");
        row("edit disk", "gpu/instance/edit", R"({"instanceId":"a1","expandRootDisk":5})");
        row("no ports", "gpu/instance/edit", R"({"instanceId":"a1","ports":[]})");
        row("upgrade", "gpu/instance/upgrade",
            R"({"instanceId":"a1","imageUrl":"ubuntu:24.04","imageAuthId":"","envs":[{"key":"A","value":"1"}],"command":"","save":true,)"
            R"("networkVolume":{"volumeMounts":[{"type":"network","id":"ns-1","mountPath":"/network"}]}})");
        row("migrate", "gpu/instance/migrate", R"({"instanceId":"a1"})");
        row("renew", "gpu/instance/renewInstance", R"({"instanceId":"a1","month":3})");
        row("to monthly", "gpu/instance/transToMonthlyInstance", R"({"instanceId":"a1","month":1})");
        row("auto-renew", "gpu/instance/setAutoRenew", R"({"instanceIds":["a1"],"autoRenew":false,"autoRenewMonth":2})");
        row("auto-migrate", "gpu/instance/setAutoMigrate", R"({"instanceId":"a1","autoMigrateOpen":true,"autoMigrateSystemDisk":false})");
        row("save image", "job/save/image", R"({"instanceId":"a1","image":"ghcr.io/team/x:1","registryAuthId":"auth-1"})");
        row("save public", "job/save/image", R"({"instanceId":"a1","image":"ghcr.io/team/x:1"})");
    }
    static QMap<QString, InstanceRequest> inputRequests()
    {
        const auto name = [](const char *text) { return QString::fromLatin1(text); };
        EditRequest edit;
        edit.ports = QList<DraftPort>{{8080, name("http")}, {5432, name("tcp")}};
        edit.growDiskGb = 20;
        EditRequest disk;
        disk.growDiskGb = 5;
        EditRequest none;
        none.ports = QList<DraftPort>{};
        UpgradeRequest upgrade;
        upgrade.imageUrl = name("ubuntu:24.04");
        upgrade.envs = {{name("A"), name("1")}};
        upgrade.mounts = {{StorageId(name("ns-1")), name("/network")}};
        const QString image = name("ghcr.io/team/x:1");
        return {{name("edit"), edit}, {name("edit disk"), disk}, {name("no ports"), none}, {name("upgrade"), upgrade},
                {name("migrate"), InstanceAction::Migrate}, {name("renew"), InstanceRequest::renew(3)},
                {name("to monthly"), InstanceRequest::toMonthly(1)}, {name("auto-renew"), AutoRenewRequest{false, 2}},
                {name("auto-migrate"), AutoMigrateRequest{true, false}},
                {name("save image"), SaveImageRequest{image, RegistryAuthId(name("auth-1"))}}, {name("save public"), SaveImageRequest{image, {}}}};
    }
    void inputs()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(int, which);
        const InstanceRequest request = inputRequests().values().at(which);
        m_nam->script(FakeAnswer::payload(R"({"jobId":"job-1","newInstanceId":"a1"})"));
        QVERIFY(request.isComplete());
        const auto done = watch(InstanceService(*m_client).perform(InstanceId(QStringLiteral("a1")), request), this);
        QTRY_VERIFY(done->result);
        QVERIFY(done->ok());
        QCOMPARE(done->result->value().job.toString(), QStringLiteral("job-1"));
        QVERIFY(done->result->value().successor.isEmpty());
        QCOMPARE(sent(0).verb, QByteArray("POST"));
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/") + path);
        QCOMPARE(bodyOf(sent(0)), QJsonDocument::fromJson(body).object());
    }
    /// Only what done twice is done once is sent twice.
    void repeats()
    {
        ApiClientConfig config;
        config.retryBase = Milliseconds(1);
        config.maxRetries = 1;
        config.breakerFailures = 1000;
        m_client->setConfig(config);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::RemoteHostClosedError); });
        QMap<QString, int> sendings;
        const QMap<QString, InstanceRequest> requests = inputRequests();
        for (auto it = requests.begin(); it != requests.end(); ++it) {
            const int before = m_nam->count();
            const auto done = watch(InstanceService(*m_client).perform(InstanceId(QStringLiteral("a1")), it.value()), this);
            QTRY_VERIFY(done->result);
            QVERIFY(done->result->error().effectUnknown);
            sendings.insert(it.key(), m_nam->count() - before);
        }
        for (const char *once : {"edit", "edit disk", "upgrade", "migrate", "renew", "to monthly", "save image"})
            QCOMPARE(sendings.value(QString::fromLatin1(once)), 1);
        for (const char *twice : {"no ports", "auto-renew", "auto-migrate"})
            QCOMPARE(sendings.value(QString::fromLatin1(twice)), 2);
    }
    void jobsAreNarrowedTwice()
    {
        m_nam->script(FakeAnswer::payload(R"({"jobs":[{"Id":"j1","type":"saveImage","instanceId":"a1","createdAt":"1763683200"},
            {"Id":"j2","type":"saveImage","instanceId":"b","createdAt":"1763683200"},{"Id":"j3","type":"saveImage","instanceId":"a1","createdAt":"5"}],"total":3})"));
        JobFilter filter;
        filter.type = QStringLiteral("saveImage");
        filter.instance = InstanceId(QStringLiteral("a1"));
        filter.since = TimePoint(Milliseconds(1763683200500));
        const auto jobs = watch(JobService(*m_client).list(filter), this);
        QTRY_VERIFY(jobs->ok());
        QCOMPARE(jobs->result->value().size(), 1);
        QCOMPARE(jobs->result->value().first().id.toString(), QStringLiteral("j1"));
        QVERIFY(queryOf(sent(0)).contains(QLatin1String("type=saveImage&startTime=1763683200")));
        m_nam->script(FakeAnswer::payload("{}"));
        const auto canceled = watch(JobService(*m_client).cancel(JobId(QStringLiteral("j1"))), this);
        QTRY_VERIFY(canceled->ok());
        QCOMPARE(sent(1).path(), kGpuRoot + QStringLiteral("/v1/job/break"));
        QCOMPARE(bodyOf(sent(1)), (QJsonObject{{QStringLiteral("jobId"), QStringLiteral("j1")}}));
    }
    void removingWhatIsGoneSucceeds()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload(R"({"code":404,"message":"not found"})", 404); });
        const InstanceId id(QStringLiteral("a1"));
        const auto removed = watch(InstanceService(*m_client).remove(id), this);
        QTRY_VERIFY(removed->result);
        QVERIFY(removed->ok());
        QCOMPARE(removed->result->value().id, id);
        const auto stopped = watch(InstanceService(*m_client).stop(id), this);
        QTRY_VERIFY(stopped->result);
        QCOMPARE(stopped->result->error().kind, ErrorKind::NotFound);
    }

    void productsAreKeptUntilAnInstanceChanges()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            return FakeAnswer::payload(request.verb == "GET" ? QByteArray(R"({"data":[{"id":"p","name":"RTX 4090 24GB","price":"35000"}]})") : QByteArray("{}"));
        });
        const ProductService products(*m_client);
        const auto ask = [&](ReadOptions options = {}) {
            const auto answer = watch(products.gpuProducts(BillingMode::Spot, options), this);
            return QTest::qWaitFor([&] { return answer->result.has_value(); }) && answer->ok();
        };
        QVERIFY(ask());
        QVERIFY(ask());
        QCOMPARE(m_nam->count(), 1);
        QCOMPARE(sent(0).path(), kGpuRoot + QStringLiteral("/v1/products"));
        QCOMPARE(queryOf(sent(0)), QStringLiteral("billingMethod=spot"));
        QVERIFY(ask({RequestPriority::Interactive, true}));
        QCOMPARE(m_nam->count(), 2);
        const auto stopped = watch(InstanceService(*m_client).stop(InstanceId(QStringLiteral("a"))), this);
        QTRY_VERIFY(stopped->result);
        QVERIFY(ask());
        QCOMPARE(m_nam->count(), 4);
        m_clock->advance(Milliseconds(60001));
        QVERIFY(ask());
        QCOMPARE(m_nam->count(), 5);
    }
    void secretsAreAskedForEachTime()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload(R"({"data":[{"id":"1","name":"ghcr.io","password":"EXAMPLE-ONLY"}]})"); });
        for (int i = 0; i < 2; ++i) {
            const auto auths = watch(ResourceService(*m_client).registryAuths(), this);
            QTRY_VERIFY(auths->result);
            QCOMPARE(auths->result->value().size(), 1);
        }
        QCOMPARE(m_nam->count(), 2);
    }

    /// Paths, queries and keys of the remaining lists.
    void otherLists()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            const QString path = request.path();
            if (path.endsWith(QLatin1String("/templates")))
                return FakeAnswer::payload(R"({"template":[{"Id":"107001","name":"t"}],"total":1})");
            if (path.endsWith(QLatin1String("/template")))
                return FakeAnswer::payload(R"({"template":{"Id":"107001","name":"t"}})");
            if (path.endsWith(QLatin1String("/networks")))
                return FakeAnswer::payload(R"({"network":[{"Id":"v"}],"total":"1"})");
            if (path.endsWith(QLatin1String("/jobs")))
                return FakeAnswer::payload(R"({"jobs":[{"Id":"j"}],"total":1})");
            if (path.endsWith(QLatin1String("/networkstorages/list")))
                return FakeAnswer::payload(R"({"data":[{"storageId":"s"}],"total":1})");
            if (path.endsWith(QLatin1String("/balance/detail")))
                return FakeAnswer::payload(R"({"availableBalance":"125000"})");
            return FakeAnswer::payload(R"({"id":"single","name":"one product"})");
        });
        const ResourceService resources(*m_client);
        const TemplateService templates(*m_client);
        const auto templateList = watch(templates.list(QStringLiteral("private")), this);
        QTRY_VERIFY(templateList->ok());
        const auto oneTemplate = watch(templates.get(TemplateId(QStringLiteral("107001"))), this);
        QTRY_VERIFY(oneTemplate->ok());
        const auto networks = watch(resources.networks(), this);
        QTRY_VERIFY(networks->ok());
        const auto jobs = watch(JobService(*m_client).list(), this);
        QTRY_VERIFY(jobs->ok());
        const auto storages = watch(resources.networkStorages(), this);
        QTRY_VERIFY(storages->ok());
        const auto balance = watch(AccountService(*m_client).balance(), this);
        QTRY_VERIFY(balance->ok());
        const auto cpu = watch(ProductService(*m_client).cpuProducts(), this);
        QTRY_VERIFY(cpu->ok());

        QCOMPARE(queryOf(sent(0)), QStringLiteral("channel=private&isMyCommunity=true&pageNum=0&pageSize=100"));
        QCOMPARE(queryOf(sent(1)), QStringLiteral("templateId=107001"));
        QCOMPARE(sent(2).path(), kGpuRoot + QStringLiteral("/v1/networks"));
        QCOMPARE(sent(3).path(), kGpuRoot + QStringLiteral("/v1/jobs"));
        QCOMPARE(queryOf(sent(4)), QStringLiteral("pageNo=0&pageSize=100"));
        QCOMPARE(sent(5).path(), QStringLiteral("/openapi/v1/billing/balance/detail"));
        QCOMPARE(sent(6).path(), kGpuRoot + QStringLiteral("/v1/cpu/products"));
        QCOMPARE(templateList->result->value().first().id.toString(), QStringLiteral("107001"));
        QCOMPARE(networks->result->value().size(), 1);
        QCOMPARE(balance->result->value().available, std::optional(Money::fromBillingUnits(125000)));
        QCOMPARE(cpu->result->value().first().id.toString(), QStringLiteral("single"));
    }
    /// As from a server that leaves fields out and knows no bounds.
    void aTemplateWithoutAKnownChannelIsOfTheOneAskedFor()
    {
        m_nam->setResponder([](const FakeRequest &) {
            const QByteArray image(100000, 'i');
            const QByteArray readme(1024 * 1024, 'r');
            return FakeAnswer::payload(R"({"template":[{"Id":"1","name":"a\u0007b\u202ec","image":")" + image + R"(","readme":")" + readme
                                       + R"("},{"Id":"2","channel":"partner"},{"Id":"3","channel":"community"}],"total":"3"})");
        });
        const auto list = watch(TemplateService(*m_client).list(QStringLiteral("official")), this);
        QTRY_VERIFY(list->ok());
        const RowList<InstanceTemplate> &rows = list->result->value();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows.at(0).channel, QStringLiteral("official"));
        QCOMPARE(rows.at(1).channel, QStringLiteral("official"));
        QCOMPARE(rows.at(2).channel, QStringLiteral("community"));
    }
    void htmlInsteadOfAListIsAProtocolError()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("<html>maintenance</html>"); });
        const auto clusters = watch(ResourceService(*m_client).clusters(), this);
        QTRY_VERIFY(clusters->result);
        QCOMPARE(clusters->result->error().kind, ErrorKind::Protocol);
    }

    void listsThatFillTheMemoryAreRefused()
    {
        int next = 0;
        m_nam->setResponder([&next](const FakeRequest &) {
            QByteArray rows;
            for (int i = 0; i < PageWalk::kLargePage; ++i)
                rows += (i > 0 ? ",{\"Id\":\"j" : "{\"Id\":\"j") + QByteArray::number(next++) + "\"}";
            return FakeAnswer::payload("{\"jobs\":[" + rows + "]}");
        });
        ReadOptions large;
        large.expectedRows = PageWalk::kLargePage;
        const auto endless = watch(JobService(*m_client).list({}, large), this);
        QTRY_VERIFY_WITH_TIMEOUT(endless->result, 20000);
        QVERIFY(!endless->ok());
        QCOMPARE(endless->result->error().kind, ErrorKind::Protocol);
        QCOMPARE(endless->result->error().fault, ProtocolFault::TooLarge);
        QCOMPARE(m_nam->count(), int(PageWalk::kMostRows / PageWalk::kLargePage) + 1);

        m_nam->setResponder([](const FakeRequest &) {
            return FakeAnswer::payload("{\"data\":[" + QByteArray("{},").repeated(int(PageWalk::kMostRows)) + "{}]}");
        });
        const auto flood = watch(ResourceService(*m_client).clusters(), this);
        QTRY_VERIFY(flood->result);
        QVERIFY(!flood->ok());
        QCOMPARE(flood->result->error().fault, ProtocolFault::TooLarge);
    }
};

QTEST_GUILESS_MAIN(TestServices)
#include "tst_services.moc"
