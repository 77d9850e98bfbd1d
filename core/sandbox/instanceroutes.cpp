// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>
#include <optional>

namespace novita {

namespace {

constexpr qsizetype kInstanceLimit = 1000; // of one account, besides those the world began with

HttpResponse listInstances(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("pageNum"), 0);
    const QString name = query.text(QStringLiteral("name"));
    const QString productName = query.text(QStringLiteral("productName"));
    const QString status = query.text(QStringLiteral("status"));
    const std::optional<InstanceState> state = instanceStateFromName(status);
    if (!status.isEmpty() && !state)
        query.refuse(QStringLiteral("status has an unknown value"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();

    std::vector<const SandboxInstance *> matching;
    const auto &all = call.world.instances();
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
        const SandboxInstance &instance = **it;
        if ((!state || instance.state == *state) && (name.isEmpty() || instance.name.contains(name, Qt::CaseInsensitive))
            && (productName.isEmpty() || instance.productName.contains(productName, Qt::CaseInsensitive)))
            matching.push_back(&instance);
    }
    const PageWindow page = windowOn(asked, 0, std::ssize(matching));
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(instanceSummary(call.world, *matching.at(std::size_t(i))));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instances"), rows}, {QStringLiteral("total"), qint64(std::ssize(matching))}});
}

HttpResponse getInstance(ApiCall &call)
{
    QueryReader query(call);
    const QString id = query.text(QStringLiteral("instanceId"), {}, true);
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const SandboxInstance *instance = call.world.instance(id);
    if (!instance)
        return instanceNotFound();
    return HttpResponse::json(200, instanceDetail(call.world, *instance, call.origin));
}

/// What a create request says, once it is known to be well-formed.
struct CreateRequest
{
    SandboxInstance instance;
    const SandboxProduct *product = nullptr;
    qint64 month = 0;
};

void readTools(BodyReader &body, ApiCall &call, SandboxInstance &instance)
{
    for (const QJsonValue &item : body.array(QStringLiteral("tools"))) {
        BodyReader tool(call, item.toObject(), QStringLiteral("tools[]."));
        tool.text(QStringLiteral("name"), {true, 0, {QStringLiteral("Jupyter")}});
        const QString port = tool.text(QStringLiteral("port"), {true, 5, {}});
        const QString type = tool.text(QStringLiteral("type"));
        tool.noteUnknown();
        body.absorb(tool);
        if (!tool.failed() && checkPort(body, port.toInt(), type.isEmpty() ? QStringLiteral("http") : type))
            instance.jupyterPort = port.toInt();
    }
}

void readMounts(BodyReader &body, ApiCall &call, CreateRequest &create)
{
    for (const QJsonValue &item : body.array(QStringLiteral("networkStorages"), false, 30)) {
        BodyReader mount(call, item.toObject(), QStringLiteral("networkStorages[]."));
        const QString id = mount.text(QStringLiteral("Id"), {true, 0, {}});
        const QString path = mount.text(QStringLiteral("mountPoint"), {false, 4095, {}});
        mount.noteUnknown();
        body.absorb(mount);
        create.instance.mounts.append({id, path.isEmpty() ? QStringLiteral("/network") : path});
    }
}

/// The members that GPU and CPU instances share.
void readCommon(BodyReader &body, ApiCall &call, CreateRequest &create)
{
    SandboxInstance &i = create.instance;
    i.name = body.text(QStringLiteral("name"), {false, 255, {}});
    i.productId = body.text(QStringLiteral("productId"), {true, 255, {}});
    i.imageUrl = body.text(QStringLiteral("imageUrl"), {true, 500, {}});
    body.text(QStringLiteral("imageAuth"), {false, 10239, {}});
    i.imageAuthId = body.text(QStringLiteral("imageAuthId"));
    i.command = body.text(QStringLiteral("command"), {false, 2047, {}});
    i.entrypoint = body.text(QStringLiteral("entrypoint"), {false, 2047, {}});
    i.clusterId = body.text(QStringLiteral("clusterId"), {false, 255, {}});
    i.networkId = body.text(QStringLiteral("networkId"));
    i.ports = parsePortSpec(body, call, body.text(QStringLiteral("ports")));
    i.envs = parseEnvs(body, call, body.array(QStringLiteral("envs"), false, 100));
    readTools(body, call, i);
    readMounts(body, call, create);
    if (i.ports.size() + (i.jupyterPort ? 1 : 0) > kMaxPorts)
        body.refuse(QStringLiteral("more than %1 ports, tools included").arg(kMaxPorts));
}

void readGpu(BodyReader &body, CreateRequest &create)
{
    SandboxInstance &i = create.instance;
    i.gpuNum = int(body.integer(QStringLiteral("gpuNum"), true, 1, 8));
    i.rootfsSize = int(body.integer(QStringLiteral("rootfsSize"), true, SandboxProduct::kMinRootfs, 6144));
    i.billingMode = body.text(QStringLiteral("billingMode"), {false, 0, {QStringLiteral("onDemand"), QStringLiteral("monthly"), QStringLiteral("spot")}});
    create.month = body.integer(QStringLiteral("month"), false, 0, 36);
    i.autoRenew = body.boolean(QStringLiteral("autoRenew"));
    i.autoRenewMonth = int(body.integer(QStringLiteral("autoRenewMonth"), false, i.autoRenew ? 1 : 0, 12, 1));
    body.text(QStringLiteral("minCudaVersion"), {false, 255, {}});
    if (create.month > 0)
        i.billingMode = QStringLiteral("monthly"); // the docs: whatever billingMode says
    else if (i.billingMode.isEmpty())
        i.billingMode = QStringLiteral("onDemand");
    if (create.product && i.rootfsSize > create.product->disk)
        body.refuse(QStringLiteral("rootfsSize is beyond the product's %1 GB").arg(create.product->disk));
}

void readCpu(BodyReader &body, CreateRequest &create)
{
    const QString path = body.text(QStringLiteral("localStorageMountPoint"), {false, 4095, {}});
    create.instance.localMountPoint = path.isEmpty() ? QStringLiteral("/workspace") : path;
    create.instance.billingMode = QStringLiteral("onDemand");
    create.instance.rootfsSize = create.product ? create.product->disk : 60;
}

/// Things the request names must exist, and be in one cluster.
std::optional<HttpResponse> checkReferences(ApiCall &call, CreateRequest &create)
{
    SandboxInstance &i = create.instance;
    SandboxWorld &world = call.world;
    if (!i.clusterId.isEmpty() && !world.catalog().cluster(i.clusterId))
        return validatorError(QStringLiteral("invalid parameter: clusterId is unknown"));
    if (!i.imageAuthId.isEmpty() && SandboxWorld::find(world.auths, QLatin1String("id"), i.imageAuthId) < 0)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("image auth not found"));
    for (const SandboxInstance::Mount &mount : i.mounts) {
        const qint64 key = SandboxWorld::find(world.storages, QLatin1String("storageId"), mount.id);
        if (key < 0)
            return apiError(400, QStringLiteral("NETWORK_STORAGE_NOT_FOUND"), QStringLiteral("network storage not found"));
        const QString clusterId = world.storages.value(key).value(QLatin1String("clusterId")).toString();
        if (i.clusterId.isEmpty())
            i.clusterId = clusterId;
        if (i.clusterId != clusterId)
            return validatorError(QStringLiteral("invalid parameter: network storage is in another cluster"));
    }
    if (i.networkId.isEmpty())
        return {};
    const qint64 key = SandboxWorld::find(world.networks, QLatin1String("Id"), i.networkId);
    if (key < 0)
        return apiError(400, QStringLiteral("NETWORK_NOT_FOUND"), QStringLiteral("network not found"));
    const QString clusterId = world.networks.value(key).value(QLatin1String("clusterId")).toString();
    if (i.clusterId.isEmpty())
        i.clusterId = clusterId;
    return i.clusterId == clusterId ? std::nullopt : std::optional(validatorError(QStringLiteral("invalid parameter: network is in another cluster")));
}

/// Prices it and looks whether there is room and money.
std::optional<HttpResponse> checkResources(ApiCall &call, CreateRequest &create)
{
    SandboxInstance &i = create.instance;
    const SandboxProduct &product = *create.product;
    const int cards = std::max(1, i.gpuNum);
    i.monthly = product.monthlyPrice * cards;
    const bool spot = i.billingMode == QLatin1String("spot");
    const bool monthly = i.billingMode == QLatin1String("monthly");
    if ((spot && product.spotPrice.isZero()) || (monthly && product.monthlyPrice.isZero()))
        return apiError(400, QStringLiteral("UNSUPPORTED_BILLING_MODE"), QStringLiteral("billing mode is not offered for this product"));
    i.hourly = monthly ? Money() : (spot ? product.spotPrice : product.price) * cards;
    if (!product.clusters.isEmpty()) {
        if (i.clusterId.isEmpty())
            i.clusterId = product.clusters.first();
        if (!product.clusters.contains(i.clusterId))
            return apiError(400, QStringLiteral("INSUFFICIENT_RESOURCE"), QStringLiteral("product is not available in this cluster"));
    }
    if (i.clusterId.isEmpty())
        i.clusterId = call.world.catalog().clusters.first().id;
    if (call.world.freeStock(product) < cards)
        return apiError(400, QStringLiteral("INSUFFICIENT_RESOURCE"), QStringLiteral("no host has enough free GPUs"));
    const qsizetype own = std::count_if(call.world.instances().begin(), call.world.instances().end(), [](const auto &x) { return !x->seeded; });
    if (own >= kInstanceLimit)
        return apiError(400, QStringLiteral("CREATE_INSTANCE_LIMIT"), QStringLiteral("the number of instances has reached its limit"));
    if (!monthly && call.world.balance() < i.hourly)
        return apiError(400, QStringLiteral("BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
    return {};
}

HttpResponse createInstance(ApiCall &call)
{
    CreateRequest create;
    SandboxInstance &i = create.instance;
    BodyReader body(call, call.body);
    readCommon(body, call, create);
    create.product = call.world.catalog().product(i.productId);
    i.kind = body.text(QStringLiteral("kind"), {false, 0, {QStringLiteral("gpu"), QStringLiteral("cpu")}});
    if (i.kind.isEmpty()) {
        // Some clients leave it out and are served by the real cloud all the same.
        call.violations.append(QStringLiteral("kind is required"));
        i.kind = create.product && create.product->cpuOnly ? QStringLiteral("cpu") : QStringLiteral("gpu");
    }
    if (i.kind == QLatin1String("cpu"))
        readCpu(body, create);
    else
        readGpu(body, create);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    if (!create.product)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("product not found"));
    if (create.product->cpuOnly != (i.kind == QLatin1String("cpu")))
        return validatorError(QStringLiteral("invalid parameter: kind does not fit the product"));
    if (auto problem = checkReferences(call, create))
        return *problem;
    if (auto problem = checkResources(call, create))
        return *problem;

    i.id = call.world.newId(16);
    if (i.name.isEmpty())
        i.name = QStringLiteral("instance-") + i.id.left(6);
    i.productName = create.product->name;
    i.cpuNum = create.product->cpu * std::max(1, i.gpuNum);
    i.memory = create.product->memory * std::max(1, i.gpuNum);
    i.createdAt = call.world.now();
    if (i.billingMode == QLatin1String("monthly")
        && !call.world.paySubscription(i, i.monthly, i.createdAt, std::max<qint64>(1, create.month), QStringLiteral("monthly_new_buy")))
        return apiError(400, QStringLiteral("BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
    call.world.planner().create(i, i.createdAt, 40 + 10 * call.world.random());
    const QString id = call.world.addInstance(i).id;
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("id"), id}});
}

} // namespace

QList<ApiOperation> instanceOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/gpu/instances", "listInstances", listInstances},
            {"GET", "/gpu-instance/openapi/v1/gpu/instance", "getInstance", getInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/create", "createInstance", createInstance}};
}

} // namespace novita
