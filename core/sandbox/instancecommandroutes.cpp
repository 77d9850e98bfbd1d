// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

using S = InstanceState;

HttpResponse accepted(const SandboxInstance &instance)
{
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instanceId"), instance.id}, {QStringLiteral("state"), instanceStateName(instance.state)}});
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
    return instance ? action(*instance) : instanceNotFound();
}

using Plan = void (InstancePlanner::*)(SandboxInstance &, TimePoint) const;

HttpResponse begin(ApiCall &call, SandboxInstance &i, Plan plan)
{
    (call.world.planner().*plan)(i, call.world.now());
    call.world.touch(i);
    return accepted(i);
}

HttpResponse startInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.state != S::exited)
            return invalidStateChange();
        const SandboxProduct *product = call.world.catalog().product(i.productId);
        // A stopped instance does not keep its GPU: the start can fail for want of one.
        if (i.spotStatus == QLatin1String("terminated") || (product && !i.seeded && call.world.freeStock(*product) < std::max(1, i.gpuNum))
            || (product && i.seeded && product->stock > 0 && call.world.freeStock(*product) == 0))
            return apiError(400, QStringLiteral("INSUFFICIENT_RESOURCE"), QStringLiteral("no host has enough free GPUs"));
        if (!i.hourly.isZero() && call.world.balance() < i.hourly)
            return apiError(400, QStringLiteral("EXPIRED_OR_BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
        if (i.endTime != TimePoint() && i.endTime <= call.world.now())
            return apiError(400, QStringLiteral("EXPIRED_OR_BALANCE_NOT_ENOUGH"), QStringLiteral("subscription has expired"));
        return begin(call, i, &InstancePlanner::start);
    });
}

/// Stop and restart.
HttpResponse commandRunning(ApiCall &call, Plan plan)
{
    return onInstance(call, [&](SandboxInstance &i) { return i.state == S::running ? begin(call, i, plan) : invalidStateChange(); });
}

HttpResponse deleteInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        if (i.billingMode == QLatin1String("monthly") && i.endTime > call.world.now())
            return apiError(400, QStringLiteral("PREPAID_INSTANCE_NOT_SUPPORT_RELEASE"), QStringLiteral("a prepaid instance cannot be released"));
        return i.isGoing() ? invalidStateChange() : begin(call, i, &InstancePlanner::remove);
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
        return instanceNotFound();
    if (instance->isGoing())
        return invalidStateChange();
    if (ports.size() + (instance->jupyterPort ? 1 : 0) > kMaxPorts)
        return validatorError(QStringLiteral("invalid parameter: more than %1 ports, tools included").arg(kMaxPorts));
    const SandboxProduct *product = call.world.catalog().product(instance->productId);
    if (product && instance->rootfsSize + expand > product->disk)
        return validatorError(QStringLiteral("invalid parameter: system disk beyond the product's %1 GB").arg(product->disk));
    if (hasPorts)
        instance->ports = ports;
    instance->rootfsSize += int(expand);
    call.world.touch(*instance);
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
        return instanceNotFound();
    if (instance->state != S::running && instance->state != S::exited)
        return invalidStateChange();
    if (!authId.isEmpty() && SandboxWorld::find(call.world.auths, QLatin1String("id"), authId) < 0)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("image auth not found"));
    for (const SandboxInstance::Mount &mount : mounts) {
        const qint64 key = SandboxWorld::find(call.world.storages, QLatin1String("storageId"), mount.id);
        if (key < 0)
            return apiError(400, QStringLiteral("NETWORK_STORAGE_NOT_FOUND"), QStringLiteral("network storage not found"));
        if (call.world.storages.value(key).value(QLatin1String("clusterId")).toString() != instance->clusterId)
            return validatorError(QStringLiteral("invalid parameter: network storage is in another cluster"));
    }
    instance->imageUrl = image;
    instance->imageAuthId = authId;
    instance->envs = envs;
    instance->command = command;
    instance->mounts = mounts;
    begin(call, *instance, &InstancePlanner::reset);
    return emptyOk();
}

HttpResponse migrateInstance(ApiCall &call)
{
    return onInstance(call, [&](SandboxInstance &i) {
        // A spot instance that is called back may move before its GPU goes.
        const bool calledBack = i.state == S::running && i.spotStatus == QLatin1String("notified");
        if (i.state != S::exited && !calledBack)
            return invalidStateChange();
        const SandboxProduct *product = call.world.catalog().product(i.productId);
        if (product && call.world.freeStock(*product) < std::max(1, i.gpuNum))
            return apiError(400, QStringLiteral("MIGRATE_INSUFFICIENT_RESOURCE"), QStringLiteral("no other host has enough free GPUs"));
        begin(call, i, &InstancePlanner::migrate);
        call.world.addJob(QStringLiteral("instanceMigrate"), i.id);
        return emptyOk();
    });
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
        return instanceNotFound();
    instance->autoMigrate = on;
    return emptyOk();
}

} // namespace

QList<ApiOperation> instanceCommandOperations()
{
    return {{"POST", "/gpu-instance/openapi/v1/gpu/instance/start", "startInstance", startInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/stop", "stopInstance", [](ApiCall &call) { return commandRunning(call, &InstancePlanner::stop); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/restart", "restartInstance", [](ApiCall &call) { return commandRunning(call, &InstancePlanner::restart); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/delete", "deleteInstance", deleteInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/edit", "editInstance", editInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/upgrade", "upgradeInstance", upgradeInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/migrate", "migrateInstance", migrateInstance},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/setAutoMigrate", "setAutoMigrate", setAutoMigrate}};
}

} // namespace novita
