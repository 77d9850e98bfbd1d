// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxpopulate.h"

#include "core/sandbox/sandboxworld.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace novita {

namespace {

using S = InstanceState;

constexpr std::array kNames{"trainer", "inference", "comfyui", "vllm", "notebook", "render", "eval", "finetune", "whisper", "batch"};
constexpr Seconds kDay{24 * 3600};

QJsonObject templateRow(const QJsonObject &source, const QString &id, const QString &createdAt)
{
    QJsonArray ports;
    for (const char *type : {"http", "tcp"}) {
        const QJsonArray numbers = source.value(QLatin1String(type)).toArray();
        if (!numbers.isEmpty())
            ports.append(QJsonObject{{QStringLiteral("type"), QLatin1String(type)}, {QStringLiteral("ports"), numbers}});
    }
    QJsonArray tools;
    if (source.value(QLatin1String("tools")).toBool())
        tools.append(QJsonObject{{QStringLiteral("name"), QStringLiteral("Jupyter")}, {QStringLiteral("describe"), QStringLiteral("Start Jupyter Notebook")},
                                 {QStringLiteral("port"), QStringLiteral("8888")}, {QStringLiteral("type"), QStringLiteral("http")}});
    const QString name = source.value(QLatin1String("name")).toString();
    return {{QStringLiteral("Id"), id}, {QStringLiteral("user"), QStringLiteral("u-1")}, {QStringLiteral("name"), name},
            {QStringLiteral("readme"), QStringLiteral("# %1\n").arg(name)}, {QStringLiteral("logo"), QString()},
            {QStringLiteral("description"), name}, {QStringLiteral("type"), QStringLiteral("instance")},
            {QStringLiteral("channel"), source.value(QLatin1String("channel"))}, {QStringLiteral("image"), source.value(QLatin1String("image"))},
            {QStringLiteral("imageAuth"), QString()}, {QStringLiteral("startCommand"), source.value(QLatin1String("command"))},
            {QStringLiteral("entrypoint"), QString()}, {QStringLiteral("rootfsSize"), source.value(QLatin1String("rootfsSize"))},
            {QStringLiteral("volumes"), QJsonArray()}, {QStringLiteral("ports"), ports}, {QStringLiteral("envs"), QJsonArray()},
            {QStringLiteral("tools"), tools}, {QStringLiteral("minCudaVersion"), source.value(QLatin1String("cuda"))},
            {QStringLiteral("recommendCards"), QJsonValue::Null}, {QStringLiteral("collectNum"), QStringLiteral("0")},
            {QStringLiteral("createTime"), createdAt}, {QStringLiteral("createdAt"), createdAt}};
}

void addFixtures(SandboxWorld &world)
{
    const QString created = unixText(world.now() - kDay * 30);
    int number = 107000;
    for (const QJsonObject &source : world.catalog().templates)
        world.append(world.templates, templateRow(source, QString::number(++number), created));
    world.append(world.auths, {{QStringLiteral("id"), world.newUuid()}, {QStringLiteral("name"), QStringLiteral("ghcr.io")},
                               {QStringLiteral("username"), QStringLiteral("robot")},
                               {QStringLiteral("password"), world.derivedText(QStringLiteral("registry"), 20)}});
    world.append(world.storages, {{QStringLiteral("storageId"), QStringLiteral("ns-") + world.newId(8)}, {QStringLiteral("storageName"), QStringLiteral("datasets")},
                                  {QStringLiteral("storageSize"), 100}, {QStringLiteral("clusterId"), QStringLiteral("us-ca-6")},
                                  {QStringLiteral("clusterName"), QStringLiteral("US-CA-06 (California)")}, {QStringLiteral("price"), QStringLiteral("200")}});
    world.append(world.networks, {{QStringLiteral("Id"), QStringLiteral("vpc-") + world.newId(6)}, {QStringLiteral("user"), QStringLiteral("u-1")},
                                  {QStringLiteral("name"), QStringLiteral("lab")}, {QStringLiteral("segment"), QStringLiteral("10.2.0.0/16")},
                                  {QStringLiteral("clusterId"), QStringLiteral("us-ca-6")}, {QStringLiteral("createTime"), created}});
}

void addStorage(SandboxWorld &world, const QString &name, int size, const QString &clusterId)
{
    const SandboxCluster *cluster = world.catalog().cluster(clusterId);
    world.append(world.storages, {{QStringLiteral("storageId"), QStringLiteral("ns-") + world.derivedText(QStringLiteral("storage/") + name, 8)},
                                  {QStringLiteral("storageName"), name}, {QStringLiteral("storageSize"), size}, {QStringLiteral("clusterId"), clusterId},
                                  {QStringLiteral("clusterName"), cluster ? cluster->name : clusterId}, {QStringLiteral("price"), QStringLiteral("200")}});
}

void addPrewarm(SandboxWorld &world, const QString &image, const QString &clusterId, Seconds age, const QString &note)
{
    const SandboxCluster *cluster = world.catalog().cluster(clusterId);
    QJsonArray products;
    for (const SandboxProduct &product : world.catalog().products) {
        if (!product.cpuOnly && product.clusters.contains(clusterId))
            products.append(QJsonObject{{QStringLiteral("productId"), product.id}, {QStringLiteral("productName"), product.name}});
    }
    const qint64 bytes = world.derivedNumber(image, 900, 24000) * qint64(1048576);
    world.append(world.prewarms,
                 {{QStringLiteral("id"), QStringLiteral("pw-") + world.derivedText(image, 8)}, {QStringLiteral("imageName"), image.section(u'/', -1).section(u':', 0, 0)},
                  {QStringLiteral("imageUrl"), image}, {QStringLiteral("repositoryAuth"), QString()}, {QStringLiteral("clusterId"), clusterId},
                  {QStringLiteral("clusterName"), cluster ? cluster->name : clusterId}, {QStringLiteral("products"), products},
                  {QStringLiteral("imageSize"), QString::number(bytes)}, {QStringLiteral("createTime"), unixText(world.now() - age)}, {QStringLiteral("note"), note}});
}

/// What an account collects: some of it in use, so that it cannot be deleted. Nothing here draws from the world's dice.
void addBelongings(SandboxWorld &world)
{
    addStorage(world, QStringLiteral("models"), 500, QStringLiteral("as-sgp-2"));
    addStorage(world, QStringLiteral("checkpoints"), 250, QStringLiteral("eu-de-1"));
    const QString authId = world.derivedText(QStringLiteral("auth/docker.io"), 32);
    world.append(world.auths, {{QStringLiteral("id"), authId}, {QStringLiteral("name"), QStringLiteral("docker.io")}, {QStringLiteral("username"), QStringLiteral("hub-bot")},
                               {QStringLiteral("password"), world.derivedText(QStringLiteral("registry/docker.io"), 20)}});
    world.append(world.networks, {{QStringLiteral("Id"), QStringLiteral("vpc-") + world.derivedText(QStringLiteral("network/training"), 6)},
                                  {QStringLiteral("user"), QStringLiteral("u-1")}, {QStringLiteral("name"), QStringLiteral("training")},
                                  {QStringLiteral("segment"), QStringLiteral("10.3.0.0/16")}, {QStringLiteral("clusterId"), QStringLiteral("as-sgp-2")},
                                  {QStringLiteral("createTime"), unixText(world.now() - kDay * 12)}});
    addPrewarm(world, QStringLiteral("docker.io/vllm/vllm-openai:v0.6.3"), QStringLiteral("us-ca-6"), kDay * 3, QStringLiteral("before the launch"));
    addPrewarm(world, QStringLiteral("ghcr.io/example/notfound:latest"), QStringLiteral("eu-de-1"), kDay, QString());
    addPrewarm(world, QStringLiteral("docker.io/pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel"), QStringLiteral("as-sgp-2"), Seconds(20), QStringLiteral("nightly"));
    for (QJsonObject &row : world.templates) {
        if (row.value(QLatin1String("channel")).toString() == QLatin1String("private"))
            row.insert(QStringLiteral("imageAuth"), authId);
    }
}

/// The first few that stand where the volume and the network are use them.
void attachBelongings(SandboxWorld &world)
{
    const QJsonObject storage = world.storages.first();
    const QString networkId = world.networks.first().value(QLatin1String("Id")).toString();
    int attached = 0;
    for (const auto &instance : world.instances()) {
        if (instance->clusterId != storage.value(QLatin1String("clusterId")).toString() || attached == 2)
            continue;
        instance->mounts.append({storage.value(QLatin1String("storageId")).toString(), QStringLiteral("/network")});
        instance->networkId = networkId;
        ++attached;
    }
}

void chooseBilling(SandboxWorld &world, const SandboxProduct &product, SandboxInstance &instance)
{
    const double dice = world.random();
    const int cards = std::max(1, instance.gpuNum);
    instance.billingMode = QStringLiteral("onDemand");
    instance.hourly = product.price * cards;
    if (dice < 0.2 && !product.spotPrice.isZero()) {
        instance.billingMode = QStringLiteral("spot");
        instance.hourly = product.spotPrice * cards;
        instance.spotStatus = QStringLiteral("running");
    } else if (dice > 0.9 && !product.monthlyPrice.isZero()) {
        instance.billingMode = QStringLiteral("monthly");
        instance.hourly = {};
        instance.monthly = product.monthlyPrice * cards;
        instance.endTime = world.now() + kDay * (5 + world.randomBelow(40));
    }
}

/// Where this instance's life has come to: mostly running, some stopped, a few on the way.
void chooseState(SandboxWorld &world, SandboxInstance &instance)
{
    const TimePoint now = world.now();
    const TimePoint ran = instance.createdAt + Seconds(60);
    instance.enter({instance.createdAt, S::pulling, {}, {}});
    instance.enter({ran, S::running, {}, {}});
    const double dice = world.random();
    const Milliseconds age = std::chrono::duration_cast<Milliseconds>(now - ran);
    if (dice < 0.62)
        return;
    if (dice < 0.87 || instance.billingMode == QLatin1String("monthly")) {
        instance.enter({ran + age * (1 + world.randomBelow(9)) / 10, S::exited, {}, {}});
        if (instance.billingMode == QLatin1String("spot") && world.random() < 0.5) {
            instance.spotStatus = QStringLiteral("terminated");
            instance.spotReclaimTime = instance.stoppedAt;
        }
        return;
    }
    const InstancePlanner &planner = world.planner();
    if (dice < 0.92) {
        instance.spans.clear();
        instance.diskSpans.clear();
        instance.createdAt = now;
        instance.startedAt = {};
        planner.create(instance, now, 40 + double(world.randomBelow(120)));
    } else if (dice < 0.95) {
        planner.stop(instance, now);
    } else if (dice < 0.97) {
        planner.restart(instance, now);
    } else {
        instance.enter({now - Seconds(30), S::exited, {}, QStringLiteral("failed to start container: out of memory")});
    }
}

SandboxInstance makeInstance(SandboxWorld &world, int index)
{
    const SandboxCatalog &catalog = world.catalog();
    const SandboxProduct &product = catalog.products.at(world.randomBelow(catalog.products.size()));
    SandboxInstance instance;
    instance.id = world.newId(16);
    instance.name = QStringLiteral("%1-%2").arg(QLatin1String(kNames.at(std::size_t(world.randomBelow(std::ssize(kNames)))))).arg(index + 1, 3, 10, QLatin1Char('0'));
    instance.seeded = true;
    instance.kind = product.cpuOnly ? QStringLiteral("cpu") : QStringLiteral("gpu");
    instance.productId = product.id;
    instance.productName = product.name;
    instance.clusterId = product.clusters.isEmpty() ? catalog.clusters.at(world.randomBelow(catalog.clusters.size())).id
                                                    : product.clusters.at(world.randomBelow(product.clusters.size()));
    static constexpr std::array cards{1, 1, 1, 2, 4, 8};
    instance.gpuNum = product.cpuOnly ? 0 : cards.at(std::size_t(world.randomBelow(std::ssize(cards))));
    instance.cpuNum = product.cpu * std::max(1, instance.gpuNum);
    instance.memory = product.memory * std::max(1, instance.gpuNum);
    instance.rootfsSize = product.cpuOnly ? product.disk : int(60 + 20 * world.randomBelow(5));
    instance.imageUrl = catalog.images.at(world.randomBelow(catalog.images.size()));
    if (world.random() < 0.7)
        instance.ports.append({8080, QStringLiteral("http")});
    if (world.random() < 0.3)
        instance.ports.append({5432, QStringLiteral("tcp")});
    if (!product.cpuOnly && world.random() < 0.4)
        instance.jupyterPort = 8888;
    if (world.random() < 0.3)
        instance.envs.append({QStringLiteral("HF_HOME"), QStringLiteral("/network/hf")});
    instance.createdAt = world.now() - Seconds(3600 + world.randomBelow(20 * kDay.count()));
    chooseBilling(world, product, instance);
    chooseState(world, instance);
    return instance;
}

} // namespace

void populateSandbox(SandboxWorld &world, int instances, std::optional<Money> balance)
{
    addFixtures(world);
    addBelongings(world);
    world.noteVolumes();
    // Made first, added by age: the list's order then is the order of creation, as with instances of clients.
    std::vector<SandboxInstance> made;
    made.reserve(std::size_t(instances));
    for (int i = 0; i < instances; ++i)
        made.push_back(makeInstance(world, i));
    std::stable_sort(made.begin(), made.end(), [](const SandboxInstance &a, const SandboxInstance &b) { return a.createdAt < b.createdAt; });
    for (SandboxInstance &instance : made)
        world.addInstance(std::move(instance));
    attachBelongings(world);
    world.startBilling();
    constexpr qint64 kThreeDays = 72;
    constexpr qint64 kLeastDollars = 250;
    world.setOpeningBalance(balance.value_or(
        std::max(world.burnPerHour() * kThreeDays, Money::fromPriceUnits(Money::kUnitsPerDollar * kLeastDollars))));
}

void playAmbientActivity(SandboxWorld &world)
{
    const auto &all = world.instances();
    if (all.empty())
        return;
    SandboxInstance &instance = *all.at(std::size_t(world.randomBelow(std::ssize(all))));
    if (!instance.seeded || !instance.plan.isEmpty())
        return;
    const InstancePlanner &planner = world.planner();
    if (instance.state == S::exited && instance.errorMessage.isEmpty() && instance.spotStatus != QLatin1String("terminated"))
        planner.start(instance, world.now());
    else if (instance.state == S::running && world.random() < 0.5)
        planner.stop(instance, world.now());
    else if (instance.state == S::running)
        planner.restart(instance, world.now());
    world.touch(instance);
}

} // namespace novita
