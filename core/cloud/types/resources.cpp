// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/resources.h"

namespace novita {

namespace {

/// createTime is the older name of createdAt (gpu-notes section 5).
std::optional<TimePoint> decodeCreated(const JsonReader &reader)
{
    const std::optional<TimePoint> newer = reader.unixSeconds(QLatin1String("createdAt"));
    return newer ? newer : reader.unixSeconds(QLatin1String("createTime"));
}

/// `key` is an object or an array of which the first object counts.
JsonReader objectOrFirst(const JsonReader &reader, QLatin1String key)
{
    const QJsonValue value = reader.json().value(key);
    if (!value.isArray())
        return reader.object(key);
    return JsonReader(value.toArray().first().toObject(), reader.log(), QStringLiteral("%1.%2[0]").arg(reader.path(), QString(key)));
}

/// [{"type":"http","ports":[8080,"8188"]}] made flat.
QList<TemplatePort> decodeTemplatePorts(const JsonReader &reader)
{
    QList<TemplatePort> ports;
    reader.forEach(QLatin1String("ports"), [&ports](const JsonReader &group) {
        const QString type = group.string(QLatin1String("type"));
        const QStringList numbers = group.strings(QLatin1String("ports"));
        for (const QString &number : numbers) {
            bool ok = false;
            const int port = number.toInt(&ok);
            if (ok && port >= 1 && port <= 65535)
                ports.append({port, type});
            else
                group.log().warn(group.path(), QStringLiteral("a port out of range"));
        }
    });
    return ports;
}

void decodeTools(const JsonReader &reader, InstanceTemplate &out)
{
    const QJsonArray tools = reader.array(QLatin1String("tools"));
    for (const QJsonValue &item : tools) {
        // Old answers list bare names.
        const JsonReader tool(item.toObject(), reader.log(), reader.path() + QStringLiteral(".tools"));
        const QString name = item.isString() ? item.toString() : tool.string(QLatin1String("name"));
        if (name.compare(QLatin1String("Jupyter"), Qt::CaseInsensitive) != 0)
            continue;
        out.hasJupyter = true;
        const std::optional<int> port = decodeCount(tool, QLatin1String("port"));
        if (port && *port >= 1 && *port <= 65535)
            out.jupyterPort = port;
    }
}

} // namespace

QString Cluster::region() const
{
    return name.isEmpty() ? id.toString() : name.section(QLatin1Char(' '), 0, 0);
}

bool Job::isFinished() const
{
    return state == QLatin1String("success") || state == QLatin1String("fail") || state == QLatin1String("break");
}

Cluster decodeCluster(const JsonReader &reader)
{
    Cluster cluster;
    cluster.id = ClusterId(reader.string(QLatin1String("id")));
    cluster.name = reader.string(QLatin1String("name"));
    cluster.gpuTypes = reader.strings(QLatin1String("availableGpuType"));
    cluster.supportsNetworkStorage = reader.boolean(QLatin1String("supportNetworkStorage")).value_or(false);
    cluster.supportsNetwork = reader.boolean(QLatin1String("supportInstanceNetwork")).value_or(false);
    return cluster;
}

InstanceTemplate decodeTemplate(const JsonReader &reader)
{
    if (!reader.contains(QLatin1String("Id")) && reader.json().value(QLatin1String("template")).isObject())
        return decodeTemplate(reader.object(QLatin1String("template")));
    InstanceTemplate out;
    out.id = TemplateId(firstString(reader, {QLatin1String("Id"), QLatin1String("id")}));
    out.name = reader.string(QLatin1String("name"));
    out.user = reader.string(QLatin1String("user"));
    out.readme = reader.string(QLatin1String("readme"));
    out.description = reader.string(QLatin1String("description"));
    out.type = reader.string(QLatin1String("type"));
    out.channel = reader.string(QLatin1String("channel"));
    out.image = reader.string(QLatin1String("image"));
    out.imageAuthId = RegistryAuthId(reader.string(QLatin1String("imageAuth")));
    out.startCommand = reader.string(QLatin1String("startCommand"));
    out.entrypoint = reader.string(QLatin1String("entrypoint"));
    out.rootfsGb = decodeCount(reader, QLatin1String("rootfsSize"));
    out.ports = decodeTemplatePorts(reader);
    reader.forEach(QLatin1String("volumes"), [&out](const JsonReader &volume) {
        out.volumes.append({volume.string(QLatin1String("type")), decodeCount(volume, QLatin1String("size")), volume.string(QLatin1String("mountPath"))});
    });
    out.envs = decodeEnvs(reader, QLatin1String("envs"));
    decodeTools(reader, out);
    out.minCudaVersion = reader.string(QLatin1String("minCudaVersion"));
    out.createdAt = decodeCreated(reader);
    return out;
}

RegistryAuth decodeRegistryAuth(const JsonReader &reader)
{
    return {RegistryAuthId(reader.string(QLatin1String("id"))), reader.string(QLatin1String("name")), reader.string(QLatin1String("username"))};
}

NetworkStorage decodeNetworkStorage(const JsonReader &reader)
{
    NetworkStorage storage;
    storage.id = StorageId(firstString(reader, {QLatin1String("storageId"), QLatin1String("id")}));
    storage.name = firstString(reader, {QLatin1String("storageName"), QLatin1String("name")});
    storage.sizeGb = decodeCount(reader, QLatin1String("storageSize"));
    storage.clusterId = ClusterId(reader.string(QLatin1String("clusterId")));
    storage.clusterName = reader.string(QLatin1String("clusterName"));
    storage.priceText = reader.string(QLatin1String("price"));
    return storage;
}

VpcNetwork decodeVpcNetwork(const JsonReader &reader)
{
    VpcNetwork network;
    network.id = NetworkId(firstString(reader, {QLatin1String("Id"), QLatin1String("id")}));
    network.name = reader.string(QLatin1String("name"));
    const JsonReader state = objectOrFirst(reader, QLatin1String("state"));
    network.state = state.string(QLatin1String("state"));
    network.error = state.string(QLatin1String("error"));
    network.segment = reader.string(QLatin1String("segment"));
    network.clusterId = ClusterId(reader.string(QLatin1String("clusterId")));
    reader.forEach(QLatin1String("Addresses"), [&network](const JsonReader &address) {
        if (QString id = firstString(address, {QLatin1String("Id"), QLatin1String("id")}); !id.isEmpty())
            network.members.append(InstanceId(std::move(id)));
    });
    network.createdAt = decodeCreated(reader);
    return network;
}

Job decodeJob(const JsonReader &reader)
{
    Job job;
    job.id = JobId(firstString(reader, {QLatin1String("Id"), QLatin1String("id")}));
    job.type = reader.string(QLatin1String("type"));
    const JsonReader state = reader.object(QLatin1String("state"));
    job.state = state.string(QLatin1String("state"));
    job.error = firstString(state, {QLatin1String("errorMessage"), QLatin1String("message"), QLatin1String("error")});
    job.instanceId = InstanceId(reader.string(QLatin1String("instanceId")));
    job.logAddress = reader.string(QLatin1String("logAddress"));
    job.createdAt = decodeCreated(reader);
    return job;
}

Balance decodeBalance(const JsonReader &reader)
{
    return {reader.billingUnits(QLatin1String("availableBalance")), reader.billingUnits(QLatin1String("cashBalance")),
            reader.billingUnits(QLatin1String("creditLimit")), reader.billingUnits(QLatin1String("outstandingInvoices"))};
}

} // namespace novita
