// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"

#include "core/sandbox/sandboxendpoints.h"

namespace novita {

namespace {

using S = InstanceState;

QString clusterName(const SandboxWorld &world, const QString &id)
{
    const SandboxCluster *cluster = world.catalog().cluster(id);
    return cluster ? cluster->name : id;
}

/// Where the live API shows numbers as text, so does this; rootfsSize and ports stay numbers (gpu-notes section 5).
QJsonObject common(const SandboxWorld &world, const SandboxInstance &i)
{
    const TimePoint none;
    return {{QStringLiteral("id"), i.id},
            {QStringLiteral("name"), i.name},
            {QStringLiteral("clusterId"), i.clusterId},
            {QStringLiteral("clusterName"), clusterName(world, i.clusterId)},
            {QStringLiteral("status"), instanceStateName(i.state)},
            {QStringLiteral("statusError"), QJsonObject{{QStringLiteral("state"), i.errorMessage.isEmpty() ? QString() : QStringLiteral("error")},
                                                        {QStringLiteral("message"), i.errorMessage}}},
            {QStringLiteral("imageUrl"), i.imageUrl},
            {QStringLiteral("imageAuthId"), i.imageAuthId},
            {QStringLiteral("command"), i.command},
            {QStringLiteral("entrypoint"), i.entrypoint},
            {QStringLiteral("cpuNum"), QString::number(i.cpuNum)},
            {QStringLiteral("memory"), QString::number(i.memory)},
            {QStringLiteral("gpuNum"), QString::number(i.gpuNum)},
            {QStringLiteral("productId"), i.productId},
            {QStringLiteral("productName"), i.productName},
            {QStringLiteral("rootfsSize"), i.rootfsSize},
            {QStringLiteral("envs"), envsJson(i.envs)},
            {QStringLiteral("kind"), i.kind},
            {QStringLiteral("billingMode"), i.billingMode},
            {QStringLiteral("endTime"), i.endTime == none ? QStringLiteral("-1") : unixText(i.endTime)},
            {QStringLiteral("spotStatus"), i.spotStatus},
            {QStringLiteral("spotReclaimTime"), unixText(i.spotReclaimTime)},
            {QStringLiteral("createdAt"), unixText(i.createdAt)},
            {QStringLiteral("lastStartedAt"), unixText(i.startedAt)},
            {QStringLiteral("lastStoppedAt"), unixText(i.stoppedAt)}};
}

/// Size is text in the list and a number in the detail.
QJsonValue mounts(const SandboxWorld &world, const SandboxInstance &i, bool detail)
{
    QJsonArray array;
    for (const SandboxInstance::Mount &mount : i.mounts) {
        const qint64 key = SandboxWorld::find(world.storages, QLatin1String("storageId"), mount.id);
        const qint64 size = world.storages.value(key).value(QLatin1String("storageSize")).toInteger();
        array.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("network")},
                                 {QStringLiteral("size"), detail ? QJsonValue(size) : QJsonValue(QString::number(size))},
                                 {QStringLiteral("id"), mount.id},
                                 {QStringLiteral("mountPath"), mount.path}});
    }
    if (!i.localMountPoint.isEmpty())
        array.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("local")},
                                 {QStringLiteral("size"), detail ? QJsonValue(i.rootfsSize) : QJsonValue(QString::number(i.rootfsSize))},
                                 {QStringLiteral("id"), QString()},
                                 {QStringLiteral("mountPath"), i.localMountPoint}});
    return array;
}

QString proxyHost(const SandboxInstance &i)
{
    return QStringLiteral("proxy.%1.gpu-instance.novita.ai").arg(i.clusterId);
}

QString httpEndpoint(const SandboxInstance &i, int port)
{
    if (const quint16 served = i.served.value(port))
        return QStringLiteral("http://127.0.0.1:%1").arg(served);
    return QStringLiteral("https://%1-%2.%3.gpu-instance.novita.ai").arg(i.id).arg(port).arg(i.clusterId);
}

QJsonValue portMappings(const SandboxWorld &world, const SandboxInstance &i, bool detail)
{
    if (i.ports.isEmpty())
        return QJsonValue::Null; // as a Go server writes an empty list
    QJsonArray array;
    for (const SandboxInstance::Port &port : i.ports) {
        QJsonObject row{{QStringLiteral("port"), port.port}, {QStringLiteral("type"), port.type}};
        if (detail) {
            const int assigned = world.derivedNumber(i.id + QString::number(port.port), 40000, 59999);
            const quint16 served = i.served.value(port.port);
            const QString tcp = served > 0 ? QStringLiteral("127.0.0.1:%1").arg(served) : QStringLiteral("%1:%2").arg(proxyHost(i)).arg(assigned);
            row.insert(QStringLiteral("endpoint"), port.type == QLatin1String("http") ? httpEndpoint(i, port.port) : tcp);
        }
        array.append(row);
    }
    return array;
}

/// The ways in. The address and the password of a start are not those of the next.
void addConnections(const SandboxWorld &world, const SandboxInstance &i, const QString &origin, QJsonObject &json)
{
    const bool up = i.state == S::running;
    const QString session = i.id + unixText(i.startedAt);
    const bool reached = i.startedAt != TimePoint() && up;
    const quint16 served = i.served.value(SandboxEndpoints::kSsh);
    const QString ssh = served > 0 ? QStringLiteral("ssh -p %1 root@127.0.0.1").arg(served)
                                   : QStringLiteral("ssh -p %1 root@%2").arg(world.derivedNumber(session, 30000, 39999)).arg(proxyHost(i));
    json.insert(QStringLiteral("connectComponentSSH"),
                QJsonObject{{QStringLiteral("sshCommand"), reached ? ssh : QString()},
                            {QStringLiteral("password"), reached ? world.derivedText(session, 16) : QString()},
                            {QStringLiteral("isRunning"), up}});
    json.insert(QStringLiteral("connectComponentWebTerminal"),
                QJsonObject{{QStringLiteral("address"), reached ? httpEndpoint(i, SandboxEndpoints::kTerminal) : QString()},
                            {QStringLiteral("username"), reached ? QStringLiteral("admin") : QString()},
                            {QStringLiteral("password"), reached ? world.derivedText(session + u't', 12) : QString()},
                            {QStringLiteral("isRunning"), up}});
    json.insert(QStringLiteral("connectComponentJupyter"),
                i.jupyterPort == 0 ? QJsonValue(QJsonValue::Null)
                                   : QJsonObject{{QStringLiteral("port"), i.jupyterPort},
                                                 {QStringLiteral("address"), reached ? httpEndpoint(i, i.jupyterPort) : QString()},
                                                 {QStringLiteral("isRunning"), up}});
    const QString logs = QStringLiteral("%1/_sandbox/logs/%2/").arg(origin, i.id);
    json.insert(QStringLiteral("connectComponentLog"), QJsonObject{{QStringLiteral("systemLogAddress"), logs + QStringLiteral("system")},
                                                                   {QStringLiteral("instanceLogAddress"), logs + QStringLiteral("instance")},
                                                                   {QStringLiteral("isRunning"), up}});
}

QJsonValue runningJobs(const SandboxWorld &world, const SandboxInstance &i)
{
    QJsonArray array;
    for (const QJsonObject &job : world.jobs) {
        if (job.value(QLatin1String("instanceId")).toString() == i.id && job.value(QLatin1String("broken")).isUndefined()
            && taskStage(world, job, QLatin1String("createdAt"), 3, 30) < 2)
            array.append(QJsonObject{{QStringLiteral("id"), job.value(QLatin1String("Id"))}, {QStringLiteral("type"), job.value(QLatin1String("type"))}});
    }
    return array.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(array);
}

} // namespace

int taskStage(const SandboxWorld &world, const QJsonObject &task, QLatin1String createdKey, double waitSeconds, double runSeconds)
{
    const TimePoint created{Seconds(task.value(createdKey).toString().toLongLong())};
    const Milliseconds age = world.now() - created;
    if (age < world.planner().scaled(waitSeconds))
        return 0;
    return age < world.planner().scaled(waitSeconds + runSeconds) ? 1 : 2;
}

QString networkStateName(const SandboxWorld &world, const QJsonObject &network)
{
    return taskStage(world, network, QLatin1String("createTime"), 0, 5) < 2 ? QStringLiteral("creating") : QStringLiteral("ready");
}

QJsonObject instanceSummary(const SandboxWorld &world, const SandboxInstance &instance)
{
    QJsonObject json = common(world, instance);
    json.insert(QStringLiteral("portMappings"), portMappings(world, instance, false));
    json.insert(QStringLiteral("volumeMounts"), mounts(world, instance, false));
    return json;
}

QJsonObject instanceDetail(const SandboxWorld &world, const SandboxInstance &instance, const QString &origin)
{
    QJsonObject json = common(world, instance);
    json.insert(QStringLiteral("portMappings"), portMappings(world, instance, true));
    json.insert(QStringLiteral("volumeMounts"), mounts(world, instance, true));
    const bool hasNetwork = !instance.networkId.isEmpty();
    json.insert(QStringLiteral("network"),
                QJsonObject{{QStringLiteral("id"), instance.networkId},
                            {QStringLiteral("ip"), hasNetwork ? QStringLiteral("10.2.1.%1").arg(world.derivedNumber(instance.id, 2, 250)) : QString()}});
    json.insert(QStringLiteral("node"), QJsonObject{{QStringLiteral("maxRootfsSize"), 6144}});
    json.insert(QStringLiteral("jobs"), runningJobs(world, instance));
    json.insert(QStringLiteral("freeStorageSize"), 60);
    json.insert(QStringLiteral("keepDataDay"), 7);
    addConnections(world, instance, origin, json);
    return json;
}

} // namespace novita
