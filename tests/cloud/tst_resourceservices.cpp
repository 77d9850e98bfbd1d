// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"
#include "core/cloud/services/gpuservices.h"
#include "core/net/apiclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QJsonDocument>
#include <QTest>

#include <functional>
#include <memory>
#include <optional>

using namespace novita;

namespace {

using Ask = std::function<CallBase *(ApiClient &, QObject *)>;

TemplateDraft templateDraft(const QString &id = {})
{
    TemplateDraft draft;
    draft.id = TemplateId(id);
    draft.name = QStringLiteral("dev");
    draft.image = QStringLiteral("docker.io/library/ubuntu:22.04");
    draft.imageAuthId = RegistryAuthId(QStringLiteral("auth-1"));
    draft.ports = {{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}, {8188, QStringLiteral("http")}};
    draft.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
    draft.volumes = {{QStringLiteral("local"), 20, QStringLiteral("/workspace")}};
    return draft;
}

StorageDraft storageDraft(const QString &id = {})
{
    return {StorageId(id), QStringLiteral("datasets"), ClusterId(QStringLiteral("us-ca-6")), 100};
}

NetworkDraft networkDraft(const QString &id = {})
{
    return {NetworkId(id), QStringLiteral("lab"), ClusterId(QStringLiteral("us-ca-6"))};
}

PrewarmDraft prewarmDraft()
{
    return {QStringLiteral("ghcr.io/team/vllm:1"), RegistryAuthId(QStringLiteral("auth-1")), ClusterId(QStringLiteral("us-ca-6")),
            {ProductId(QStringLiteral("4090.16c62g"))}, QStringLiteral("nightly")};
}

/// One write operation: how it is asked for, what goes over the wire, and whether it is repeated after a failure.
struct Write
{
    const char *operation;
    Ask ask;
    const char *path;
    const char *body;
    bool repeated;
};

const QList<Write> &writes()
{
    static const QList<Write> all{
        {"createTemplate", [](ApiClient &client, QObject *) { return TemplateService(client).create(templateDraft()); }, "/v1/template/create",
         R"({"template":{"name":"dev","type":"instance","channel":"private","image":"docker.io/library/ubuntu:22.04","imageAuth":"auth-1","startCommand":"",
            "entrypoint":"","rootfsSize":60,"ports":[{"type":"http","ports":[8080,8188]},{"type":"tcp","ports":[5432]}],
            "volumes":[{"type":"local","size":20,"mountPath":"/workspace"}],"envs":[{"key":"A","value":"1"}],"readme":"","minCudaVersion":""}})", false},
        {"updateTemplate", [](ApiClient &client, QObject *) { return TemplateService(client).update(templateDraft(QStringLiteral("107001"))); }, "/v1/template/update",
         R"({"template":{"Id":"107001","name":"dev","type":"instance","channel":"private","image":"docker.io/library/ubuntu:22.04","imageAuth":"auth-1","startCommand":"",
            "entrypoint":"","rootfsSize":60,"ports":[{"type":"http","ports":[8080,8188]},{"type":"tcp","ports":[5432]}],
            "volumes":[{"type":"local","size":20,"mountPath":"/workspace"}],"envs":[{"key":"A","value":"1"}],"readme":"","minCudaVersion":""}})", true},
        {"deleteTemplate", [](ApiClient &client, QObject *) { return TemplateService(client).remove(TemplateId(QStringLiteral("107001"))); }, "/v1/template/delete",
         R"({"templateId":"107001"})", true},
        {"createRegistryAuth", [](ApiClient &client, QObject *) {
             return ResourceService(client).createRegistryAuth({QStringLiteral("ghcr.io"), QStringLiteral("robot"), QStringLiteral("PLANTED-registry-password")});
         }, "/v1/repository/auth/save", R"({"name":"ghcr.io","username":"robot","password":"PLANTED-registry-password"})", false},
        {"deleteRegistryAuth", [](ApiClient &client, QObject *) { return ResourceService(client).removeRegistryAuth(RegistryAuthId(QStringLiteral("a-1"))); },
         "/v1/repository/auth/delete", R"({"id":"a-1"})", true},
        {"createNetworkStorage", [](ApiClient &client, QObject *) { return ResourceService(client).createStorage(storageDraft()); }, "/v1/networkstorage/create",
         R"({"clusterId":"us-ca-6","storageName":"datasets","storageSize":100})", false},
        {"updateNetworkStorage", [](ApiClient &client, QObject *) { return ResourceService(client).updateStorage(storageDraft(QStringLiteral("ns-1"))); },
         "/v1/networkstorage/update", R"({"storageId":"ns-1","storageName":"datasets","storageSize":100})", true},
        {"deleteNetworkStorage", [](ApiClient &client, QObject *) { return ResourceService(client).removeStorage(StorageId(QStringLiteral("ns-1"))); },
         "/v1/networkstorage/delete", R"({"storageId":"ns-1"})", true},
        {"createNetwork", [](ApiClient &client, QObject *) { return ResourceService(client).createNetwork(networkDraft()); }, "/v1/network/create",
         R"({"clusterId":"us-ca-6","name":"lab"})", false},
        {"updateNetwork", [](ApiClient &client, QObject *) { return ResourceService(client).renameNetwork(networkDraft(QStringLiteral("vpc-1"))); },
         "/v1/network/update", R"({"networkId":"vpc-1","name":"lab"})", true},
        {"deleteNetwork", [](ApiClient &client, QObject *) { return ResourceService(client).removeNetwork(NetworkId(QStringLiteral("vpc-1"))); },
         "/v1/network/delete", R"({"networkId":"vpc-1"})", true},
        {"createPrewarmTask", [](ApiClient &client, QObject *) { return PrewarmService(client).create(prewarmDraft()); }, "/v1/image/prewarm",
         R"({"imageUrl":"ghcr.io/team/vllm:1","clusterId":"us-ca-6","productIds":["4090.16c62g"],"note":"nightly","repositoryAuth":"auth-1"})", false},
        {"editPrewarmTask", [](ApiClient &client, QObject *) { return PrewarmService(client).setNote(PrewarmId(QStringLiteral("pw-1")), QStringLiteral("n")); },
         "/v1/image/prewarm/edit", R"({"id":"pw-1","note":"n"})", true},
        {"deletePrewarmTasks", [](ApiClient &client, QObject *) {
             return PrewarmService(client).remove({PrewarmId(QStringLiteral("pw-1")), PrewarmId(QStringLiteral("pw-2"))});
         }, "/v1/image/prewarm/delete", R"({"ids":["pw-1","pw-2"]})", true}};
    return all;
}

} // namespace

class TestResourceServices : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;

    void configure(int retries)
    {
        ApiClientConfig config;
        config.maxRetries = retries;
        config.retryBase = Milliseconds(1);
        config.retryCap = Milliseconds(2);
        m_client->setConfig(config);
    }

    /// What the call delivered; fails the test when it does not.
    template<typename T>
    Result<T> resultOf(Call<T> *call)
    {
        std::optional<Result<T>> result;
        call->onFinished(this, [&result](const Result<T> &delivered) { result.emplace(delivered); });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }))
            return Error::make(ErrorKind::Timeout, QStringLiteral("not delivered"));
        return *result;
    }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        configure(0);
        m_client->setKey(QStringLiteral("sk_test_0123456789"));
    }
    void cleanup()
    {
        m_client.reset();
        m_nam.reset();
        m_clock.reset();
        clearRegisteredSecrets();
    }

    void write_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < writes().size(); ++i)
            QTest::newRow(writes().at(i).operation) << i;
    }
    void write()
    {
        QFETCH(int, index);
        const Write &one = writes().at(index);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{}"); });
        bool done = false;
        connect(one.ask(*m_client, this), &CallBase::delivered, this, [&done] { done = true; });
        QTRY_VERIFY(done);
        QCOMPARE(m_nam->count(), 1);
        const FakeRequest &sent = m_nam->requests().front();
        QCOMPARE(sent.verb, QByteArray("POST"));
        QCOMPARE(sent.path(), QStringLiteral("/gpu-instance/openapi") + QLatin1String(one.path));
        QCOMPARE(QJsonDocument::fromJson(sent.body), QJsonDocument::fromJson(one.body));
    }

    void repeatPolicy_data() { write_data(); }
    void repeatPolicy()
    {
        QFETCH(int, index);
        const Write &one = writes().at(index);
        configure(2);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{\"message\":\"boom\"}", 503); });
        bool done = false;
        connect(one.ask(*m_client, this), &CallBase::delivered, this, [&done] { done = true; });
        // Each attempt waits for the clock that the test holds.
        QTRY_VERIFY((m_clock->advance(Milliseconds(50)), m_client->recheck(), done));
        QCOMPARE(m_nam->count(), one.repeated ? 3 : 1);
    }

    void aDeletionOfWhatIsGoneIsDone_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("404") << 404 << QByteArray(R"({"code":404,"reason":"RESOURCE_NOT_FOUND","message":"gone"})");
        QTest::newRow("400 with a reason") << 400 << QByteArray(R"({"code":400,"reason":"NETWORK_STORAGE_NOT_FOUND","message":"gone"})");
        QTest::newRow("400 with words") << 400 << QByteArray(R"({"code":400,"message":"template not found"})");
    }
    void aDeletionOfWhatIsGoneIsDone()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        m_nam->setResponder([&](const FakeRequest &) { return FakeAnswer::payload(body, status); });
        const ResourceService resources(*m_client);
        QVERIFY(resultOf(resources.removeStorage(StorageId(QStringLiteral("x")))));
        QVERIFY(resultOf(resources.removeNetwork(NetworkId(QStringLiteral("x")))));
        QVERIFY(resultOf(resources.removeRegistryAuth(RegistryAuthId(QStringLiteral("x")))));
        QVERIFY(resultOf(TemplateService(*m_client).remove(TemplateId(QStringLiteral("x")))));
        QVERIFY(resultOf(PrewarmService(*m_client).remove({PrewarmId(QStringLiteral("x"))})));
        QVERIFY(!resultOf(resources.updateStorage(storageDraft(QStringLiteral("x")))));
    }

    void theIdOfANewVolumeComesInManyForms_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("id");
        QTest::newRow("bare text") << QByteArray("\"ns-7d21\"") << QStringLiteral("ns-7d21");
        QTest::newRow("id") << QByteArray(R"({"id":"ns-1"})") << QStringLiteral("ns-1");
        QTest::newRow("storageId") << QByteArray(R"({"storageId":"ns-2"})") << QStringLiteral("ns-2");
        QTest::newRow("nothing") << QByteArray("{}") << QString();
        QTest::newRow("empty body") << QByteArray() << QString();
        QTest::newRow("another type") << QByteArray(R"({"id":{"a":1}})") << QString();
    }
    void theIdOfANewVolumeComesInManyForms()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, id);
        m_nam->script(FakeAnswer::payload(answer));
        const Result<StorageId> created = resultOf(ResourceService(*m_client).createStorage(storageDraft()));
        QVERIFY(created);
        QCOMPARE(created->toString(), id);
    }

    void theIdOfANewNetworkMayBeAnywhere_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("id");
        QTest::newRow("array") << QByteArray(R"({"network":[{"Id":"vpc-9a","name":"lab","state":{"state":"creating"}}]})") << QStringLiteral("vpc-9a");
        QTest::newRow("object") << QByteArray(R"({"network":{"Id":"vpc-9b"}})") << QStringLiteral("vpc-9b");
        QTest::newRow("bare") << QByteArray(R"({"Id":"vpc-9c"})") << QStringLiteral("vpc-9c");
        QTest::newRow("empty array") << QByteArray(R"({"network":[]})") << QString();
        QTest::newRow("nothing") << QByteArray() << QString();
    }
    void theIdOfANewNetworkMayBeAnywhere()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, id);
        m_nam->script(FakeAnswer::payload(answer));
        const Result<NetworkId> created = resultOf(ResourceService(*m_client).createNetwork(networkDraft()));
        QVERIFY(created);
        QCOMPARE(created->toString(), id);
    }

    void prewarmPagesCountFromOne()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload(R"({"data":[{"id":"pw-1"}],"total":1})"); });
        const auto tasks = resultOf(PrewarmService(*m_client).list());
        QVERIFY(tasks);
        QCOMPARE(tasks->size(), 1);
        QVERIFY(m_nam->requests().front().request.url().query().startsWith(QLatin1String("page=1&")));
    }

    void aPasswordShowsNowhere()
    {
        const QString password = QStringLiteral("PLANTED-registry-password");
        QList<RequestRecord> records;
        connect(m_client.get(), &ApiClient::requestFinished, this, [&records](const RequestRecord &record) { records.append(record); });
        m_nam->script(FakeAnswer::payload("{\"message\":\"bad password PLANTED-registry-password\"}", 400));
        const Result<Done> refused = resultOf(ResourceService(*m_client).createRegistryAuth({QStringLiteral("n"), QStringLiteral("u"), password}));
        QVERIFY(!refused);
        QVERIFY(!refused.error().message.contains(password));
        QVERIFY(!refused.error().detail.contains(password));
        QTRY_COMPARE(records.size(), 1);
        QVERIFY(!QJsonDocument(records.first().requestBody.toObject()).toJson().contains(password.toUtf8()));
        QVERIFY(!redact(QStringLiteral("it was ") + password).contains(password));
    }

    void templatesAreFoundByNameInTheirOwnChannel()
    {
        m_nam->script(FakeAnswer::payload(R"({"template":[{"Id":"1","name":"dev"}],"total":1})"));
        const auto found = resultOf(TemplateService(*m_client).findByName(QStringLiteral("dev")));
        QVERIFY(found);
        const QUrlQuery query(m_nam->requests().front().request.url());
        QCOMPARE(query.queryItemValue(QStringLiteral("name")), QStringLiteral("dev"));
        QCOMPARE(query.queryItemValue(QStringLiteral("channel")), QStringLiteral("private"));
        QCOMPARE(found->first().channel, QStringLiteral("private"));
    }
};

QTEST_GUILESS_MAIN(TestResourceServices)
#include "tst_resourceservices.moc"
