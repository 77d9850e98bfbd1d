// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

using S = InstanceState;

constexpr int kMaxPorts = 15;
constexpr Seconds kMonth{30 * 24 * 3600};

HttpResponse notFound()
{
    return apiError(404, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
}

HttpResponse invalidState()
{
    return apiError(400, QStringLiteral("REQUEST"), QStringLiteral("invalid state change"));
}

HttpResponse accepted(const SandboxInstance &instance)
{
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instanceId"), instance.id}, {QStringLiteral("state"), instanceStateName(instance.state)}});
}

bool isGoing(S state)
{
    return state == S::toRemove || state == S::removing || state == S::removed;
}

/// A command whose whole body is {instanceId}: looks the instance up and hands it on.
template<typename Action>
HttpResponse onInstance(ApiCall &call, Action action)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *instance = call.world.instance(id);
    return instance ? action(*instance) : notFound();
}

HttpResponse startInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.state != S::exited)
            return invalidState();
        const SandboxProduct *product = call.world.catalog().product(i.productId);
        // A stopped instance does not keep its GPU: the start can fail for want of one.
        if (i.spotStatus == QLatin1String("terminated") || (product && !i.seeded && call.world.freeStock(*product) < std::max(1, i.gpuNum))
            || (product && i.seeded && product->stock > 0 && call.world.freeStock(*product) == 0))
            return apiError(400, QStringLiteral("INSUFFICIENT_RESOURCE"), QStringLiteral("no host has enough free GPUs"));
        if (!i.hourly.isZero() && call.world.balance() < i.hourly)
            return apiError(400, QStringLiteral("EXPIRED_OR_BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
        if (i.endTime != TimePoint() && i.endTime <= call.world.now())
            return apiError(400, QStringLiteral("EXPIRED_OR_BALANCE_NOT_ENOUGH"), QStringLiteral("subscription has expired"));
        call.world.planner().start(i, call.world.now());
        call.world.touch(i);
        return accepted(i);
    });
}

HttpResponse stopInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.state != S::running)
            return invalidState();
        call.world.planner().stop(i, call.world.now());
        call.world.touch(i);
        return accepted(i);
    });
}

HttpResponse restartInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.state != S::running)
            return invalidState();
        call.world.planner().restart(i, call.world.now());
        call.world.touch(i);
        return accepted(i);
    });
}

HttpResponse deleteInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.billingMode == QLatin1String("monthly") && i.endTime > call.world.now())
            return apiError(400, QStringLiteral("PREPAID_INSTANCE_NOT_SUPPORT_RELEASE"), QStringLiteral("a prepaid instance cannot be released"));
        if (isGoing(i.state))
            return invalidState();
        call.world.planner().remove(i, call.world.now());
        call.world.touch(i);
        return accepted(i);
    });
}

HttpResponse editInstance(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    const bool hasPorts = body.has(QStringLiteral("ports"));
    QList<SandboxInstance::Port> ports;
    for (const QJsonValue &item : body.array(QStringLiteral("ports"), false, kMaxPorts)) {
        BodyReader row(call, item.toObject(), QStringLiteral("ports[]."));
        const int port = int(row.integer(QStringLiteral("port"), true, 1, 65535));
        const QString type = row.text(QStringLiteral("type"), {true, 0, {QStringLiteral("tcp"), QStringLiteral("http")}});
        row.noteUnknown();
        body.absorb(row);
        if (!row.failed() && checkPort(body, port, type))
            ports.append({port, type});
    }
    const qint64 expand = body.integer(QStringLiteral("expandRootDisk"), false, 0, 6144);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *instance = call.world.instance(id);
    if (!instance)
        return notFound();
    if (isGoing(instance->state))
        return invalidState();
    if (ports.size() + (instance->jupyterPort ? 1 : 0) > kMaxPorts)
        return validatorError(QStringLiteral("invalid parameter: more than %1 ports, tools included").arg(kMaxPorts));
    const SandboxProduct *product = call.world.catalog().product(instance->productId);
    if (product && instance->rootfsSize + expand > product->disk)
        return validatorError(QStringLiteral("invalid parameter: system disk beyond the product's %1 GB").arg(product->disk));
    if (hasPorts)
        instance->ports = ports;
    instance->rootfsSize += int(expand);
    return emptyOk();
}

HttpResponse upgradeInstance(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    const QString image = body.text(QStringLiteral("imageUrl"), {true, 500, {}});
    const QString authId = body.text(QStringLiteral("imageAuthId"));
    const auto envs = parseEnvs(body, call, body.array(QStringLiteral("envs"), true, 100));
    const QString command = body.text(QStringLiteral("command"), {false, 2047, {}});
    if (!body.has(QStringLiteral("command")))
        body.refuse(QStringLiteral("command is required"));
    body.boolean(QStringLiteral("save"), true);
    BodyReader volume(call, body.object(QStringLiteral("networkVolume"), true), QStringLiteral("networkVolume."));
    QList<SandboxInstance::Mount> mounts;
    for (const QJsonValue &item : volume.array(QStringLiteral("volumeMounts"), true, 30)) {
        BodyReader row(call, item.toObject(), QStringLiteral("networkVolume.volumeMounts[]."));
        row.text(QStringLiteral("type"), {true, 0, {QStringLiteral("network")}});
        const QString mountId = row.text(QStringLiteral("id"), {true, 0, {}});
        mounts.append({mountId, row.text(QStringLiteral("mountPath"), {true, 4095, {}})});
        row.noteUnknown();
        volume.absorb(row);
    }
    volume.noteUnknown();
    body.absorb(volume);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *instance = call.world.instance(id);
    if (!instance)
        return notFound();
    if (instance->state != S::running && instance->state != S::exited)
        return invalidState();
    for (const SandboxInstance::Mount &mount : mounts) {
        if (SandboxWorld::find(call.world.storages, QLatin1String("storageId"), mount.id) < 0)
            return apiError(400, QStringLiteral("NETWORK_STORAGE_NOT_FOUND"), QStringLiteral("network storage not found"));
    }
    instance->imageUrl = image;
    instance->imageAuthId = authId;
    instance->envs = envs;
    instance->command = command;
    instance->mounts = mounts;
    call.world.planner().reset(*instance, call.world.now());
    call.world.touch(*instance);
    return emptyOk();
}

HttpResponse migrateInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.state != S::exited)
            return invalidState();
        const SandboxProduct *product = call.world.catalog().product(i.productId);
        if (product && call.world.freeStock(*product) < std::max(1, i.gpuNum))
            return apiError(400, QStringLiteral("MIGRATE_INSUFFICIENT_RESOURCE"), QStringLiteral("no other host has enough free GPUs"));
        call.world.planner().migrate(i, call.world.now());
        call.world.touch(i);
        call.world.append(call.world.jobs, {{QStringLiteral("Id"), QStringLiteral("job-") + call.world.newId(8)}, {QStringLiteral("user"), QStringLiteral("u-1")},
                                            {QStringLiteral("type"), QStringLiteral("instanceMigrate")}, {QStringLiteral("createdAt"), unixText(call.world.now())},
                                            {QStringLiteral("instanceId"), i.id}});
        return emptyOk();
    });
}

/// Charges `months` and writes the bill.
bool paySubscription(ApiCall &call, SandboxInstance &i, qint64 months, const QString &tradeType)
{
    const Money price = i.monthly * months;
    if (call.world.balance() < price)
        return false;
    call.world.charge(price);
    call.world.append(call.world.subscriptionBills,
                      {{QStringLiteral("ownerID"), i.id}, {QStringLiteral("productName"), i.productName}, {QStringLiteral("tradeType"), tradeType},
                       {QStringLiteral("units"), price.priceUnits()}, {QStringLiteral("month"), months}, {QStringLiteral("createTime"), unixText(call.world.now())},
                       {QStringLiteral("endTime"), unixText(i.endTime)}});
    return true;
}

HttpResponse subscribe(ApiCall &call, bool renew)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    const qint64 months = body.integer(QStringLiteral("month"), true, 1, 36);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *i = call.world.instance(id);
    if (!i)
        return notFound();
    if (renew && (i->state == S::pending || i->state == S::toCreate || i->state == S::creating))
        return apiError(400, QStringLiteral("CREATING_INSTANCE_NOT_SUPPORT_RENEWAL"), QStringLiteral("the instance is being created"));
    if (isGoing(i->state))
        return invalidState();
    if (renew != (i->billingMode == QLatin1String("monthly")) || (!renew && i->billingMode != QLatin1String("onDemand")) || i->monthly.isZero()) {
        const SandboxProduct *product = call.world.catalog().product(i->productId);
        const bool convertible = !renew && i->billingMode == QLatin1String("onDemand") && product && !product->monthlyPrice.isZero();
        if (!convertible)
            return apiError(400, QStringLiteral("UNSUPPORTED_BILLING_MODE"), QStringLiteral("billing mode does not allow this"));
        i->monthly = product->monthlyPrice * std::max(1, i->gpuNum);
    }
    if (!paySubscription(call, *i, months, renew ? QStringLiteral("monthly_re_buy") : QStringLiteral("monthly_new_buy")))
        return apiError(400, QStringLiteral("BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
    const TimePoint from = renew ? std::max(i->endTime, call.world.now()) : call.world.now();
    i->endTime = from + kMonth * months;
    if (!renew) {
        i->billingMode = QStringLiteral("monthly");
        i->hourly = {};
        if (!i->spans.isEmpty() && !i->spans.last().to)
            i->spans.last().to = call.world.now();
    }
    return emptyOk();
}

HttpResponse setAutoRenew(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QJsonArray ids = body.array(QStringLiteral("instanceIds"), true);
    const bool on = body.boolean(QStringLiteral("autoRenew"), true);
    const int months = int(body.integer(QStringLiteral("autoRenewMonth"), true, 1, 12));
    if (ids.isEmpty())
        body.refuse(QStringLiteral("instanceIds must not be empty"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    QList<SandboxInstance *> found;
    for (const QJsonValue &id : ids) {
        SandboxInstance *instance = call.world.instance(id.toString());
        if (!instance)
            return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
        if (instance->billingMode != QLatin1String("monthly"))
            return apiError(400, QStringLiteral("UNSUPPORTED_BILLING_MODE"), QStringLiteral("only subscriptions are renewed"));
        found.append(instance);
    }
    for (SandboxInstance *instance : found) {
        instance->autoRenew = on;
        instance->autoRenewMonth = months;
    }
    return emptyOk();
}

HttpResponse setAutoMigrate(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    const bool on = body.boolean(QStringLiteral("autoMigrateOpen"), true);
    body.boolean(QStringLiteral("autoMigrateSystemDisk"), true);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *instance = call.world.instance(id);
    if (!instance)
        return notFound();
    instance->autoMigrate = on;
    return emptyOk();
}

} // namespace

QList<ApiOperation> instanceCommandOperations()
{
    return {{"POST", "/gpu-instance/openapi/v1/gpu/instance/start", "startInstance", startInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/stop", "stopInstance", stopInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/restart", "restartInstance", restartInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/delete", "deleteInstance", deleteInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/edit", "editInstance", editInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/upgrade", "upgradeInstance", upgradeInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/migrate", "migrateInstance", migrateInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/renewInstance", "renewInstance", [](ApiCall &call) { return subscribe(call, true); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/transToMonthlyInstance", "convertToMonthly", [](ApiCall &call) { return subscribe(call, false); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/setAutoRenew", "setAutoRenew", setAutoRenew},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/setAutoMigrate", "setAutoMigrate", setAutoMigrate}};
}

} // namespace novita
