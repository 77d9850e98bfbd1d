// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instancedraft.h"

#include "core/cloud/types/instance.h"

#include <algorithm>

namespace novita {

namespace {

QString wirePorts(const QList<DraftPort> &ports)
{
    QStringList parts;
    parts.reserve(ports.size());
    for (const DraftPort &port : ports)
        parts.append(QStringLiteral("%1/%2").arg(port.port).arg(port.type));
    return parts.join(QLatin1Char(','));
}

QJsonArray wireMounts(const QList<DraftMount> &mounts)
{
    QJsonArray out;
    for (const DraftMount &mount : mounts)
        out.append(QJsonObject{{QStringLiteral("Id"), mount.id.toString()}, {QStringLiteral("mountPoint"), mount.mountPoint}});
    return out;
}

void putText(QJsonObject &body, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        body.insert(key, value);
}

} // namespace

QJsonObject InstanceDraft::toJson() const
{
    QJsonObject body;
    putText(body, QStringLiteral("name"), name);
    body.insert(QStringLiteral("productId"), productId.toString());
    body.insert(QStringLiteral("imageUrl"), imageUrl);
    body.insert(QStringLiteral("kind"), kind == ProductKind::Gpu ? QStringLiteral("gpu") : QStringLiteral("cpu"));
    putText(body, QStringLiteral("imageAuthId"), imageAuthId.toString());
    putText(body, QStringLiteral("ports"), wirePorts(ports));
    if (!envs.isEmpty())
        body.insert(QStringLiteral("envs"), encodeEnvs(envs));
    if (jupyter) {
        // The port of a tool is text here, although a number in templates.
        body.insert(QStringLiteral("tools"), QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("Jupyter")},
                                                                    {QStringLiteral("port"), QString::number(jupyterPort)},
                                                                    {QStringLiteral("type"), QStringLiteral("http")}}});
    }
    putText(body, QStringLiteral("command"), command);
    putText(body, QStringLiteral("entrypoint"), entrypoint);
    putText(body, QStringLiteral("clusterId"), clusterId.toString());
    if (!mounts.isEmpty())
        body.insert(QStringLiteral("networkStorages"), wireMounts(mounts));
    putText(body, QStringLiteral("networkId"), networkId.toString());
    if (kind == ProductKind::Cpu) {
        // Size of the disk, count and billing of a CPU instance are the product's: the contract has no such fields.
        putText(body, QStringLiteral("localStorageMountPoint"), localMountPoint);
        return body;
    }

    body.insert(QStringLiteral("gpuNum"), gpuNum);
    body.insert(QStringLiteral("rootfsSize"), rootfsGb);
    putText(body, QStringLiteral("billingMode"), billingModeToWire(billing));
    putText(body, QStringLiteral("minCudaVersion"), minCudaVersion);
    if (billing == BillingMode::Monthly) {
        // A month above 0 forces monthly billing whatever billingMode says, so it is sent in this mode only.
        body.insert(QStringLiteral("month"), months);
        body.insert(QStringLiteral("autoRenew"), autoRenew);
        if (autoRenew)
            body.insert(QStringLiteral("autoRenewMonth"), autoRenewMonths);
    }
    return body;
}

std::optional<Money> InstanceDraft::pricePerHour(const Product &product) const
{
    const std::optional<Money> price = product.priceFor(kind == ProductKind::Cpu ? BillingMode::OnDemand : billing);
    if (!price)
        return std::nullopt;
    return kind == ProductKind::Cpu ? *price : *price * gpuNum;
}

void InstanceDraft::applyTemplate(const InstanceTemplate &source)
{
    imageUrl = source.image;
    imageAuthId = source.imageAuthId;
    command = source.startCommand;
    entrypoint = source.entrypoint;
    envs = source.envs;
    jupyter = source.hasJupyter;
    if (source.jupyterPort)
        jupyterPort = *source.jupyterPort;
    if (source.rootfsGb)
        rootfsGb = *source.rootfsGb;
    minCudaVersion = source.minCudaVersion;
    ports.clear();
    for (const TemplatePort &port : source.ports) {
        // A tool exposes its port itself: listing it twice is refused.
        if (!jupyter || port.port != jupyterPort)
            ports.append({port.port, port.type});
    }
}

InstanceDraft InstanceDraft::fromInstance(const Instance &source, const QString &newName)
{
    InstanceDraft draft;
    draft.name = newName;
    draft.kind = source.kind == QLatin1String("cpu") ? ProductKind::Cpu : ProductKind::Gpu;
    draft.productId = source.productId;
    draft.clusterId = source.clusterId;
    draft.gpuNum = source.gpuNum.value_or(draft.gpuNum);
    draft.rootfsGb = source.rootfsGb.value_or(draft.rootfsGb);
    draft.imageUrl = source.imageUrl;
    draft.imageAuthId = source.imageAuthId;
    draft.envs = source.envs;
    draft.command = source.command;
    draft.entrypoint = source.entrypoint;
    draft.networkId = source.networkId;
    if (source.billing != BillingMode::Unknown)
        draft.billing = source.billing;
    if (source.connection && source.connection->jupyterPort) {
        draft.jupyter = true;
        draft.jupyterPort = *source.connection->jupyterPort;
    }
    for (const PortMapping &port : source.ports) {
        const bool isJupyter = draft.jupyter && port.port == draft.jupyterPort;
        if (!isJupyter && !isReservedPort(port.port))
            draft.ports.append({port.port, port.type});
    }
    for (const VolumeMount &volume : source.volumes) {
        if (volume.isNetwork() && !volume.id.isEmpty())
            draft.mounts.append({volume.id, volume.mountPath});
        else if (!volume.isNetwork() && draft.kind == ProductKind::Cpu)
            draft.localMountPoint = volume.mountPath;
    }
    return draft;
}

} // namespace novita
