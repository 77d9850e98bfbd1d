// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancedraft.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace novita;

namespace {

QString repeated(qsizetype count)
{
    return QString(count, QLatin1Char('x'));
}

InstanceDraft goodDraft()
{
    InstanceDraft draft;
    draft.name = QStringLiteral("trainer-a");
    draft.productId = ProductId(QStringLiteral("4090.16c62g"));
    draft.imageUrl = QStringLiteral("docker.io/library/ubuntu:22.04");
    return draft;
}

Product product()
{
    Product out;
    out.id = ProductId(QStringLiteral("4090.16c62g"));
    out.minRootfsGb = 20;
    out.maxRootfsGb = 200;
    out.price = Money::fromPriceUnits(35000);
    out.spotPrice = Money::fromPriceUnits(17500);
    out.billingModes = {BillingMode::OnDemand, BillingMode::Spot};
    return out;
}

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

QList<int> fieldsOf(const QList<DraftProblem> &problems)
{
    QList<int> out;
    for (const DraftProblem &problem : problems)
        out.append(static_cast<int>(problem.field));
    return out;
}

using Edit = std::function<void(InstanceDraft &)>;

struct Rule
{
    const char *name;
    Edit edit;
    std::optional<DraftField> field; ///< nullopt: allowed
};

void setPorts(InstanceDraft &draft, int count)
{
    for (int i = 0; i < count; ++i)
        draft.ports.append({8000 + i, QStringLiteral("tcp")});
}

QList<Rule> textRules()
{
    return {
        {"as it is", [](InstanceDraft &) {}, {}},
        {"no name", [](InstanceDraft &d) { d.name.clear(); }, DraftField::Name},
        {"longest name", [](InstanceDraft &d) { d.name = repeated(100); }, {}},
        {"name too long", [](InstanceDraft &d) { d.name = repeated(101); }, DraftField::Name},
        {"blank in name", [](InstanceDraft &d) { d.name = QStringLiteral("a b"); }, DraftField::Name},
        {"umlaut in name", [](InstanceDraft &d) { d.name = QString::fromUtf8("m\xc3\xbcller"); }, DraftField::Name},
        {"all kinds in name", [](InstanceDraft &d) { d.name = QStringLiteral("A_z-09"); }, {}},
        {"no product", [](InstanceDraft &d) { d.productId = {}; }, DraftField::Product},
        {"no image", [](InstanceDraft &d) { d.imageUrl.clear(); }, DraftField::Image},
        {"longest image", [](InstanceDraft &d) { d.imageUrl = repeated(500); }, {}},
        {"image too long", [](InstanceDraft &d) { d.imageUrl = repeated(501); }, DraftField::Image},
        {"blank in image", [](InstanceDraft &d) { d.imageUrl = QStringLiteral("ubuntu 22"); }, DraftField::Image},
        {"longest command", [](InstanceDraft &d) { d.command = repeated(2047); }, {}},
        {"command too long", [](InstanceDraft &d) { d.command = repeated(2048); }, DraftField::Command},
        {"entrypoint too long", [](InstanceDraft &d) { d.entrypoint = repeated(2048); }, DraftField::Entrypoint},
        {"CUDA", [](InstanceDraft &d) { d.minCudaVersion = QStringLiteral("12.4"); }, {}},
        {"CUDA with a dot too many", [](InstanceDraft &d) { d.minCudaVersion = QStringLiteral("12."); }, DraftField::MinCuda},
        {"CUDA in words", [](InstanceDraft &d) { d.minCudaVersion = QStringLiteral("newest"); }, DraftField::MinCuda},
    };
}

QList<Rule> numberRules()
{
    return {
        {"no GPU", [](InstanceDraft &d) { d.gpuNum = 0; }, DraftField::GpuNum},
        {"8 GPUs", [](InstanceDraft &d) { d.gpuNum = 8; }, {}},
        {"9 GPUs", [](InstanceDraft &d) { d.gpuNum = 9; }, DraftField::GpuNum},
        {"GPU count of a CPU instance", [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.gpuNum = 0; d.rootfsGb = 0; }, {}},
        {"disk too small", [](InstanceDraft &d) { d.rootfsGb = 9; }, DraftField::Rootfs},
        {"largest disk", [](InstanceDraft &d) { d.rootfsGb = 6144; }, {}},
        {"disk too large", [](InstanceDraft &d) { d.rootfsGb = 6145; }, DraftField::Rootfs},
        {"13 months", [](InstanceDraft &d) { d.billing = BillingMode::Monthly; d.months = 13; }, DraftField::Month},
        {"no month", [](InstanceDraft &d) { d.billing = BillingMode::Monthly; d.months = 0; }, DraftField::Month},
        {"months elsewhere", [](InstanceDraft &d) { d.months = 0; }, {}},
        {"renewal", [](InstanceDraft &d) { d.billing = BillingMode::Monthly; d.autoRenew = true; d.autoRenewMonths = 0; }, DraftField::AutoRenew},
    };
}

QList<Rule> listRules()
{
    const QString http = QStringLiteral("http");
    return {
        {"15 ports", [](InstanceDraft &d) { setPorts(d, 15); }, {}},
        {"16 ports", [](InstanceDraft &d) { setPorts(d, 16); }, DraftField::Ports},
        {"15 ports and Jupyter", [](InstanceDraft &d) { setPorts(d, 15); d.jupyter = true; }, DraftField::Ports},
        {"port 0", [http](InstanceDraft &d) { d.ports = {{0, http}}; }, DraftField::Ports},
        {"port 65535", [http](InstanceDraft &d) { d.ports = {{65535, http}}; }, {}},
        {"port 65536", [http](InstanceDraft &d) { d.ports = {{65536, http}}; }, DraftField::Ports},
        {"port 2221", [http](InstanceDraft &d) { d.ports = {{2221, http}}; }, {}},
        {"port 2222", [http](InstanceDraft &d) { d.ports = {{2222, http}}; }, DraftField::Ports},
        {"port 2224", [http](InstanceDraft &d) { d.ports = {{2224, http}}; }, DraftField::Ports},
        {"port twice", [http](InstanceDraft &d) { d.ports = {{80, http}, {80, QStringLiteral("tcp")}}; }, DraftField::Ports},
        {"udp", [](InstanceDraft &d) { d.ports = {{80, QStringLiteral("udp")}}; }, DraftField::Ports},
        {"Jupyter reserved", [](InstanceDraft &d) { d.jupyter = true; d.jupyterPort = 2223; }, DraftField::Tools},
        {"Jupyter among ports", [http](InstanceDraft &d) { d.jupyter = true; d.ports = {{8888, http}}; }, DraftField::Tools},
        {"101 variables", [](InstanceDraft &d) { for (int i = 0; i < 101; ++i) d.envs.append({QString::number(i), {}}); }, DraftField::Envs},
        {"variable twice", [](InstanceDraft &d) { d.envs = {{QStringLiteral("A"), {}}, {QStringLiteral("A"), {}}}; }, DraftField::Envs},
        {"variable unnamed", [](InstanceDraft &d) { d.envs = {{{}, QStringLiteral("1")}}; }, DraftField::Envs},
        {"variable with =", [](InstanceDraft &d) { d.envs = {{QStringLiteral("A=B"), {}}}; }, DraftField::Envs},
        {"variable with a space", [](InstanceDraft &d) { d.envs = {{QStringLiteral("1 x"), {}}}; }, DraftField::Envs},
        {"variable with a line", [](InstanceDraft &d) { d.envs = {{QStringLiteral("A\nB"), {}}}; }, DraftField::Envs},
        {"variable with a dot", [](InstanceDraft &d) { d.envs = {{QStringLiteral("spring.profile-1"), {}}}; }, {}},
        {"longest variable", [](InstanceDraft &d) { d.envs = {{repeated(511), repeated(4095)}}; }, {}},
        {"variable name too long", [](InstanceDraft &d) { d.envs = {{repeated(512), {}}}; }, DraftField::Envs},
        {"value too long", [](InstanceDraft &d) { d.envs = {{QStringLiteral("A"), repeated(4096)}}; }, DraftField::Envs},
        {"mount", [](InstanceDraft &d) { d.mounts = {{StorageId(QStringLiteral("n")), QStringLiteral("/network")}}; }, {}},
        {"mount without volume", [](InstanceDraft &d) { d.mounts = {{StorageId(), QStringLiteral("/network")}}; }, DraftField::Mounts},
        {"relative mount", [](InstanceDraft &d) { d.mounts = {{StorageId(QStringLiteral("n")), QStringLiteral("network")}}; }, DraftField::Mounts},
        {"mount point twice",
         [](InstanceDraft &d) { d.mounts = {{StorageId(QStringLiteral("n")), QStringLiteral("/n")}, {StorageId(QStringLiteral("m")), QStringLiteral("/n")}}; },
         DraftField::Mounts},
        {"mount point of a CPU disk", [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.localMountPoint = QStringLiteral("/data"); }, {}},
        {"relative mount point of a CPU disk", [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.localMountPoint = QStringLiteral("data"); }, DraftField::LocalMount},
        {"disk over a volume",
         [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.localMountPoint = QStringLiteral("/n"); d.mounts = {{StorageId(QStringLiteral("n")), QStringLiteral("/n")}}; },
         DraftField::LocalMount},
        {"mount point of the disk of a GPU instance", [](InstanceDraft &d) { d.localMountPoint = QStringLiteral("data"); }, {}},
        {"31 mounts",
         [](InstanceDraft &d) { for (int i = 0; i < 31; ++i) d.mounts.append({StorageId(QString::number(i)), QStringLiteral("/%1").arg(i)}); },
         DraftField::Mounts},
    };
}

struct WireForm
{
    const char *json; ///< what the request holds besides that of a good draft, or in its place
    Edit edit;
};

QList<WireForm> wireForms()
{
    const QString http = QStringLiteral("http");
    return {
        {R"({})", [](InstanceDraft &) {}},
        {R"({"gpuNum":8})", [](InstanceDraft &d) { d.gpuNum = 8; }},
        {R"({"rootfsSize":6144})", [](InstanceDraft &d) { d.rootfsGb = 6144; }},
        {R"({"imageAuthId":"a-1"})", [](InstanceDraft &d) { d.imageAuthId = RegistryAuthId(QStringLiteral("a-1")); }},
        {R"({"ports":"80/http"})", [http](InstanceDraft &d) { d.ports = {{80, http}}; }},
        {R"({"ports":"80/http,22/tcp,81/http"})", [http](InstanceDraft &d) { d.ports = {{80, http}, {22, QStringLiteral("tcp")}, {81, http}}; }},
        {R"({"envs":[{"key":"A","value":""},{"key":"B","value":"x=y\n"}]})",
         [](InstanceDraft &d) { d.envs = {{QStringLiteral("A"), {}}, {QStringLiteral("B"), QStringLiteral("x=y\n")}}; }},
        {R"({"tools":[{"name":"Jupyter","port":"8889","type":"http"}]})", [](InstanceDraft &d) { d.jupyter = true; d.jupyterPort = 8889; }},
        {R"({"command":"a 'b c'"})", [](InstanceDraft &d) { d.command = QStringLiteral("a 'b c'"); }},
        {R"({"entrypoint":"/bin/sh"})", [](InstanceDraft &d) { d.entrypoint = QStringLiteral("/bin/sh"); }},
        {R"({"clusterId":"us-ca-6"})", [](InstanceDraft &d) { d.clusterId = ClusterId(QStringLiteral("us-ca-6")); }},
        {R"({"networkStorages":[{"Id":"n1","mountPoint":"/network"},{"Id":"n2","mountPoint":"/b"}]})",
         [](InstanceDraft &d) { d.mounts = {{StorageId(QStringLiteral("n1")), QStringLiteral("/network")}, {StorageId(QStringLiteral("n2")), QStringLiteral("/b")}}; }},
        {R"({"networkId":"vpc"})", [](InstanceDraft &d) { d.networkId = NetworkId(QStringLiteral("vpc")); }},
        {R"({"billingMode":"spot"})", [](InstanceDraft &d) { d.billing = BillingMode::Spot; }},
        {R"({"billingMode":"monthly","month":12,"autoRenew":false})", [](InstanceDraft &d) { d.billing = BillingMode::Monthly; d.months = 12; }},
        {R"({"billingMode":"monthly","month":1,"autoRenew":true,"autoRenewMonth":3})",
         [](InstanceDraft &d) { d.billing = BillingMode::Monthly; d.autoRenew = true; d.autoRenewMonths = 3; }},
        {R"({"minCudaVersion":"12.4"})", [](InstanceDraft &d) { d.minCudaVersion = QStringLiteral("12.4"); }},
        {R"({"kind":"cpu"})", [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.gpuNum = 4; d.minCudaVersion = QStringLiteral("12.4"); }},
        {R"({"kind":"cpu","localStorageMountPoint":"/data","ports":"22/tcp"})",
         [](InstanceDraft &d) { d.kind = ProductKind::Cpu; d.localMountPoint = QStringLiteral("/data"); d.ports = {{22, QStringLiteral("tcp")}}; }},
        {R"({"networkId":"vpc","clusterId":"c"})",
         [](InstanceDraft &d) { d.networkId = NetworkId(QStringLiteral("vpc")); d.clusterId = ClusterId(QStringLiteral("c")); d.localMountPoint = QStringLiteral("/gpu"); }},
    };
}

} // namespace

class TestInstanceDraft : public QObject
{
    Q_OBJECT

private slots:
    void rules_data()
    {
        QTest::addColumn<int>("index");
        const QList<Rule> rules = textRules() + numberRules() + listRules();
        for (int i = 0; i < rules.size(); ++i)
            QTest::newRow(rules.at(i).name) << i;
    }
    void rules()
    {
        QFETCH(int, index);
        const Rule rule = (textRules() + numberRules() + listRules()).at(index);
        InstanceDraft draft = goodDraft();
        rule.edit(draft);
        const QList<DraftProblem> problems = draft.problems();
        if (!rule.field) {
            QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().message));
            return;
        }
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().field, *rule.field);
        QVERIFY(problems.first().message.endsWith(QLatin1Char('.')));
        QVERIFY(!problems.first().message.contains(QLatin1Char('%')));
    }
    void problemsComeInFieldOrder()
    {
        InstanceDraft draft;
        draft.gpuNum = 0;
        draft.rootfsGb = 1;
        draft.ports = {{2222, QStringLiteral("http")}};
        draft.envs = {{{}, {}}};
        draft.command = repeated(3000);
        draft.mounts = {{StorageId(), QString()}};
        draft.billing = BillingMode::Monthly;
        draft.months = 0;
        draft.minCudaVersion = QStringLiteral("x");
        draft.jupyter = true;
        draft.jupyterPort = 0;
        const QList<int> fields = fieldsOf(draft.problems());
        QVERIFY(std::is_sorted(fields.begin(), fields.end()));
        QCOMPARE(QSet<int>(fields.begin(), fields.end()).size(), 12);
    }
    void theProductNarrowsTheRules()
    {
        InstanceDraft draft = goodDraft();
        const Product offer = product();
        QVERIFY(draft.problems(&offer).isEmpty());
        draft.rootfsGb = 19;
        QCOMPARE(draft.problems(&offer).first().field, DraftField::Rootfs);
        draft.rootfsGb = 201;
        QVERIFY(draft.problems(&offer).first().message.contains(QStringLiteral("20 to 200")));
        draft.rootfsGb = 200;
        draft.billing = BillingMode::Monthly;
        QCOMPARE(draft.problems(&offer).first().field, DraftField::Product);
        draft.billing = BillingMode::OnDemand;
        draft.kind = ProductKind::Cpu;
        QCOMPARE(draft.problems(&offer).first().field, DraftField::Product);
        Product open = offer;
        open.maxRootfsGb = 0; // no limit told
        draft = goodDraft();
        draft.rootfsGb = 3000;
        QVERIFY(draft.problems(&open).isEmpty());
    }

    void everyFieldHasItsWireForm_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < wireForms().size(); ++i)
            QTest::newRow(wireForms().at(i).json) << i;
    }
    void everyFieldHasItsWireForm()
    {
        QFETCH(int, index);
        const WireForm form = wireForms().at(index);
        InstanceDraft draft = goodDraft();
        form.edit(draft);
        // A good draft and nothing but what was edited.
        QJsonObject wanted = json(R"({"name":"trainer-a","productId":"4090.16c62g","imageUrl":"docker.io/library/ubuntu:22.04","kind":"gpu",
            "gpuNum":1,"rootfsSize":60,"billingMode":"onDemand"})");
        if (draft.kind == ProductKind::Cpu) {
            wanted = json(R"({"name":"trainer-a","productId":"4090.16c62g","imageUrl":"docker.io/library/ubuntu:22.04","kind":"cpu"})");
        }
        const QJsonObject edited = json(form.json);
        for (auto it = edited.begin(); it != edited.end(); ++it)
            wanted.insert(it.key(), *it);
        QCOMPARE(draft.toJson(), wanted);
        InstanceDraft back = InstanceDraft::fromJson(wanted);
        QCOMPARE(back.toJson(), wanted);
    }

    void aMonthMakesItMonthly()
    {
        const InstanceDraft draft = InstanceDraft::fromJson(json(R"({"kind":"gpu","billingMode":"spot","month":2})"));
        QCOMPARE(draft.billing, BillingMode::Monthly);
        QCOMPARE(draft.months, 2);
        QCOMPARE(InstanceDraft::fromJson(json(R"({"kind":"gpu","billingMode":"spot","month":0})")).billing, BillingMode::Spot);
        const InstanceDraft mounted = InstanceDraft::fromJson(json(R"({"networkStorages":[{"Id":"ns"}]})"));
        QCOMPARE(mounted.mounts.first().mountPoint, QStringLiteral("/network"));
    }

    void bodyOfASpotInstance()
    {
        InstanceDraft draft = goodDraft();
        draft.billing = BillingMode::Spot;
        draft.clusterId = ClusterId(QStringLiteral("us-ca-6"));
        draft.ports = {{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}};
        draft.envs = {{QStringLiteral("HF_HOME"), QStringLiteral("/network/hf")}};
        draft.jupyter = true;
        draft.mounts = {{StorageId(QStringLiteral("ns-7d21")), QStringLiteral("/network")}};
        draft.autoRenew = true; // monthly only: must not be sent
        QCOMPARE(draft.toJson(), json(R"({"name":"trainer-a","productId":"4090.16c62g","gpuNum":1,"rootfsSize":60,
            "imageUrl":"docker.io/library/ubuntu:22.04","ports":"8080/http,5432/tcp","envs":[{"key":"HF_HOME","value":"/network/hf"}],
            "tools":[{"name":"Jupyter","port":"8888","type":"http"}],"networkStorages":[{"Id":"ns-7d21","mountPoint":"/network"}],
            "clusterId":"us-ca-6","kind":"gpu","billingMode":"spot"})"));
    }
    void bodyOfAMonthlyInstance()
    {
        InstanceDraft draft = goodDraft();
        draft.billing = BillingMode::Monthly;
        draft.months = 3;
        draft.autoRenew = true;
        draft.autoRenewMonths = 2;
        draft.imageAuthId = RegistryAuthId(QStringLiteral("auth-1"));
        draft.networkId = NetworkId(QStringLiteral("vpc-9a"));
        draft.command = QStringLiteral("sleep 1");
        draft.entrypoint = QStringLiteral("/bin/sh");
        draft.minCudaVersion = QStringLiteral("12.4");
        QCOMPARE(draft.toJson(), json(R"({"name":"trainer-a","productId":"4090.16c62g","gpuNum":1,"rootfsSize":60,
            "imageUrl":"docker.io/library/ubuntu:22.04","imageAuthId":"auth-1","networkId":"vpc-9a","command":"sleep 1","entrypoint":"/bin/sh",
            "kind":"gpu","billingMode":"monthly","month":3,"autoRenew":true,"autoRenewMonth":2,"minCudaVersion":"12.4"})"));
        draft.autoRenew = false;
        QVERIFY(!draft.toJson().contains(QStringLiteral("autoRenewMonth")));
    }
    void bodyOfACpuInstance()
    {
        InstanceDraft draft = goodDraft();
        draft.kind = ProductKind::Cpu;
        draft.billing = BillingMode::Monthly;
        draft.minCudaVersion = QStringLiteral("12.4");
        draft.ports = {{22, QStringLiteral("tcp")}};
        QCOMPARE(draft.toJson(), json(R"({"name":"trainer-a","productId":"4090.16c62g","imageUrl":"docker.io/library/ubuntu:22.04",
            "ports":"22/tcp","kind":"cpu"})"));
    }

    void priceIsTimesGpus()
    {
        InstanceDraft draft = goodDraft();
        draft.gpuNum = 4;
        QCOMPARE(draft.pricePerHour(product()), std::optional(Money::fromPriceUnits(140000)));
        draft.billing = BillingMode::Spot;
        QCOMPARE(draft.pricePerHour(product()), std::optional(Money::fromPriceUnits(70000)));
        draft.billing = BillingMode::Monthly;
        QVERIFY(!draft.pricePerHour(product()));
        Product cpu = product();
        cpu.kind = ProductKind::Cpu;
        draft.kind = ProductKind::Cpu;
        QCOMPARE(draft.pricePerHour(cpu), std::optional(Money::fromPriceUnits(35000)));
    }

    void templateFillsTheDraft()
    {
        InstanceTemplate source;
        source.image = QStringLiteral("img");
        source.imageAuthId = RegistryAuthId(QStringLiteral("auth"));
        source.ports = {{8080, QStringLiteral("http")}, {8888, QStringLiteral("http")}};
        source.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
        source.rootfsGb = 80;
        source.startCommand = QStringLiteral("cmd");
        source.entrypoint = QStringLiteral("entry");
        source.hasJupyter = true;
        source.jupyterPort = 8888;
        source.minCudaVersion = QStringLiteral("12.1");
        InstanceDraft draft = goodDraft();
        draft.ports = {{1, QStringLiteral("tcp")}};
        draft.applyTemplate(source);

        InstanceDraft wanted = goodDraft();
        wanted.imageUrl = QStringLiteral("img");
        wanted.imageAuthId = RegistryAuthId(QStringLiteral("auth"));
        wanted.ports = {{8080, QStringLiteral("http")}}; // Jupyter brings its own
        wanted.envs = source.envs;
        wanted.rootfsGb = 80;
        wanted.command = QStringLiteral("cmd");
        wanted.entrypoint = QStringLiteral("entry");
        wanted.jupyter = true;
        wanted.minCudaVersion = QStringLiteral("12.1");
        QVERIFY(draft == wanted);
        QVERIFY(draft.problems().isEmpty());
        QVERIFY(!draft.toJson().contains(QStringLiteral("templateId")));
    }
    void cloneCopiesTheConfiguration()
    {
        Instance source;
        source.kind = QStringLiteral("gpu");
        source.productId = ProductId(QStringLiteral("p"));
        source.clusterId = ClusterId(QStringLiteral("c"));
        source.gpuNum = 2;
        source.rootfsGb = 100;
        source.imageUrl = QStringLiteral("img");
        source.billing = BillingMode::Spot;
        source.networkId = NetworkId(QStringLiteral("vpc"));
        source.ports = {{8080, QStringLiteral("http"), QStringLiteral("https://x")}, {8888, QStringLiteral("http"), {}}, {2222, QStringLiteral("tcp"), {}}};
        source.volumes = {{QStringLiteral("network"), 100, StorageId(QStringLiteral("ns")), QStringLiteral("/data")},
                          {QStringLiteral("local"), 20, StorageId(), QStringLiteral("/workspace")}};
        source.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
        source.connection = ConnectionInfo{};
        source.connection->jupyterPort = 8888;

        const InstanceDraft draft = InstanceDraft::fromInstance(source, QStringLiteral("copy"));
        QCOMPARE(draft.toJson(), json(R"({"name":"copy","productId":"p","clusterId":"c","gpuNum":2,"rootfsSize":100,"imageUrl":"img",
            "kind":"gpu","billingMode":"spot","networkId":"vpc","ports":"8080/http","envs":[{"key":"A","value":"1"}],
            "tools":[{"name":"Jupyter","port":"8888","type":"http"}],"networkStorages":[{"Id":"ns","mountPoint":"/data"}]})"));
        QVERIFY(draft.problems().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestInstanceDraft)
#include "tst_instancedraft.moc"
