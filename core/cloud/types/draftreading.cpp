// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instancedraft.h"

namespace novita {

namespace {

using L1 = QLatin1String;

QList<DraftPort> portsFrom(const QString &wire)
{
    QList<DraftPort> out;
    const QStringList parts = wire.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts)
        out.append({part.section(QLatin1Char('/'), 0, 0).trimmed().toInt(), part.section(QLatin1Char('/'), 1, 1).trimmed().toLower()});
    return out;
}

QList<EnvVar> envsFrom(const QJsonArray &wire)
{
    QList<EnvVar> out;
    for (const QJsonValue &item : wire) {
        const QString key = item[L1("key")].toString();
        if (!key.isEmpty())
            out.append({key, item[L1("value")].toString()});
    }
    return out;
}

QList<DraftMount> mountsFrom(const QJsonArray &wire)
{
    QList<DraftMount> out;
    for (const QJsonValue &item : wire)
        out.append({StorageId(item[L1("Id")].toString()), item[L1("mountPoint")].toString(DraftMount().mountPoint)});
    return out;
}

/// Both forms of a port: text in creates, a number in templates.
int portFrom(const QJsonValue &value, int fallback)
{
    bool ok = false;
    const int parsed = value.toString().toInt(&ok);
    return ok ? parsed : value.toInt(fallback);
}

} // namespace

InstanceDraft InstanceDraft::fromJson(const QJsonObject &body)
{
    InstanceDraft draft;
    const auto text = [&body](const char *key) { return body.value(L1(key)).toString(); };
    draft.name = text("name");
    draft.kind = text("kind") == L1("cpu") ? ProductKind::Cpu : ProductKind::Gpu;
    draft.productId = ProductId(text("productId"));
    draft.clusterId = ClusterId(text("clusterId"));
    draft.gpuNum = body.value(L1("gpuNum")).toInt(draft.gpuNum);
    draft.rootfsGb = body.value(L1("rootfsSize")).toInt(draft.rootfsGb);
    draft.imageUrl = text("imageUrl");
    draft.imageAuthId = RegistryAuthId(text("imageAuthId"));
    draft.ports = portsFrom(text("ports"));
    draft.envs = envsFrom(body.value(L1("envs")).toArray());
    const QJsonArray tools = body.value(L1("tools")).toArray();
    for (const QJsonValue &tool : tools) {
        if (tool[L1("name")].toString().compare(L1("Jupyter"), Qt::CaseInsensitive) != 0)
            continue;
        draft.jupyter = true;
        draft.jupyterPort = portFrom(tool[L1("port")], draft.jupyterPort);
    }
    draft.command = text("command");
    draft.entrypoint = text("entrypoint");
    draft.mounts = mountsFrom(body.value(L1("networkStorages")).toArray());
    draft.localMountPoint = text("localStorageMountPoint");
    draft.networkId = NetworkId(text("networkId"));
    if (const BillingMode mode = billingModeFromWire(text("billingMode")); mode != BillingMode::Unknown)
        draft.billing = mode;
    if (const int months = body.value(L1("month")).toInt(); months > 0) {
        draft.months = months;
        draft.billing = BillingMode::Monthly;
    }
    draft.autoRenew = body.value(L1("autoRenew")).toBool();
    draft.autoRenewMonths = body.value(L1("autoRenewMonth")).toInt(draft.autoRenewMonths);
    draft.minCudaVersion = text("minCudaVersion");
    return draft;
}

} // namespace novita
