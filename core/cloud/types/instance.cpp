// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"

#include "core/base/displaytext.h"

#include <algorithm>
#include <array>

namespace novita {

namespace {

SpotStatus spotStatusFromWire(QStringView wire)
{
    if (wire.isEmpty())
        return SpotStatus::None;
    if (wire == QLatin1String("running"))
        return SpotStatus::Running;
    if (wire == QLatin1String("notified"))
        return SpotStatus::Notified;
    if (wire == QLatin1String("reclaiming"))
        return SpotStatus::Reclaiming;
    if (wire == QLatin1String("terminated"))
        return SpotStatus::Terminated;
    return SpotStatus::Unknown;
}

std::optional<int> decodePort(const JsonReader &reader, QLatin1String key)
{
    const std::optional<qint64> port = reader.integer(key);
    if (port && *port >= 1 && *port <= 65535)
        return static_cast<int>(*port);
    return std::nullopt;
}

QList<PortMapping> decodePorts(const JsonReader &reader)
{
    QList<PortMapping> ports;
    reader.forEach(QLatin1String("portMappings"), [&ports](const JsonReader &item) {
        if (const std::optional<int> port = decodePort(item, QLatin1String("port")))
            ports.append({*port, item.string(QLatin1String("type")), item.string(QLatin1String("endpoint"))});
        else
            item.log().warn(item.path(), QStringLiteral("a port mapping without a valid port"));
    });
    return ports;
}

QList<VolumeMount> decodeVolumes(const JsonReader &reader)
{
    QList<VolumeMount> volumes;
    reader.forEach(QLatin1String("volumeMounts"), [&volumes](const JsonReader &item) {
        volumes.append({item.string(QLatin1String("type")), item.real(QLatin1String("size")), StorageId(item.string(QLatin1String("id"))),
                        item.string(QLatin1String("mountPath"))});
    });
    return volumes;
}

bool isOn(const JsonReader &component)
{
    return component.boolean(QLatin1String("isRunning")).value_or(false);
}

/// List rows may carry a top-level password too (old answers): only an answer with the component blocks, or with an SSH
/// command to go with it, tells how to connect.
std::optional<ConnectionInfo> decodeConnection(const JsonReader &reader)
{
    constexpr std::array kSources{QLatin1String("connectComponentSSH"), QLatin1String("connectComponentWebTerminal"),
                                  QLatin1String("connectComponentJupyter"), QLatin1String("connectComponentLog"), QLatin1String("sshCommand")};
    if (std::none_of(kSources.begin(), kSources.end(), [&reader](QLatin1String key) { return reader.contains(key); }))
        return std::nullopt; // a list row: thousands of them a second
    const JsonReader ssh = reader.object(QLatin1String("connectComponentSSH"));
    const JsonReader terminal = reader.object(QLatin1String("connectComponentWebTerminal"));
    const JsonReader jupyter = reader.object(QLatin1String("connectComponentJupyter"));
    const JsonReader logs = reader.object(QLatin1String("connectComponentLog"));
    const QString oldCommand = reader.string(QLatin1String("sshCommand"));
    if (ssh.json().isEmpty() && terminal.json().isEmpty() && jupyter.json().isEmpty() && logs.json().isEmpty() && oldCommand.isEmpty())
        return std::nullopt;

    ConnectionInfo info;
    info.sshCommand = ssh.string(QLatin1String("sshCommand"));
    info.sshPassword = ssh.string(QLatin1String("password"));
    info.sshRunning = isOn(ssh);
    if (info.sshCommand.isEmpty() && !oldCommand.isEmpty()) {
        info.sshCommand = oldCommand;
        info.sshPassword = reader.string(QLatin1String("sshPassword"));
        // The old form has no such flag; a command that is handed out counts as usable while the instance runs.
        info.sshRunning = reader.string(QLatin1String("status")) == QLatin1String("running");
    }
    info.terminalAddress = terminal.string(QLatin1String("address"));
    info.terminalUser = terminal.string(QLatin1String("username"));
    info.terminalPassword = terminal.string(QLatin1String("password"));
    info.terminalRunning = isOn(terminal);
    info.jupyterAddress = jupyter.string(QLatin1String("address"));
    info.jupyterPort = decodePort(jupyter, QLatin1String("port"));
    info.jupyterRunning = isOn(jupyter);
    info.systemLogAddress = logs.string(QLatin1String("systemLogAddress"));
    info.instanceLogAddress = logs.string(QLatin1String("instanceLogAddress"));
    return info;
}

/// `node` is an object or an array of one.
std::optional<int> decodeNodeRootfs(const JsonReader &reader)
{
    if (!reader.json().value(QLatin1String("node")).isArray())
        return decodeCount(reader.object(QLatin1String("node")), QLatin1String("maxRootfsSize"));
    std::optional<int> size;
    reader.forEach(QLatin1String("node"), [&size](const JsonReader &node) {
        if (!size)
            size = decodeCount(node, QLatin1String("maxRootfsSize"));
    });
    return size;
}

void decodeIdentity(const JsonReader &reader, Instance &instance)
{
    instance.id = InstanceId(reader.string(QLatin1String("id")));
    instance.name = reader.string(QLatin1String("name"));
    instance.clusterId = ClusterId(reader.string(QLatin1String("clusterId")));
    instance.clusterName = reader.string(QLatin1String("clusterName"));
    instance.productId = ProductId(reader.string(QLatin1String("productId")));
    instance.productName = reader.string(QLatin1String("productName"));
    instance.kind = reader.string(QLatin1String("kind"));
    instance.statusText = reader.string(QLatin1String("status"));
    instance.status = instanceStatusFromWire(instance.statusText);
    const JsonReader error = reader.object(QLatin1String("statusError"));
    instance.statusErrorState = error.string(QLatin1String("state"));
    instance.statusError = error.string(QLatin1String("message"));
}

void decodeConfiguration(const JsonReader &reader, Instance &instance)
{
    instance.imageUrl = reader.string(QLatin1String("imageUrl"));
    instance.imageAuthId = RegistryAuthId(reader.string(QLatin1String("imageAuthId")));
    instance.command = reader.string(QLatin1String("command"));
    instance.entrypoint = reader.string(QLatin1String("entrypoint"));
    instance.cpuNum = decodeCount(reader, QLatin1String("cpuNum"));
    instance.memoryGb = decodeCount(reader, QLatin1String("memory"));
    instance.gpuNum = decodeCount(reader, QLatin1String("gpuNum"));
    instance.rootfsGb = decodeCount(reader, QLatin1String("rootfsSize"));
    instance.ports = decodePorts(reader);
    instance.volumes = decodeVolumes(reader);
    instance.envs = decodeEnvs(reader, QLatin1String("envs"));
    const JsonReader network = reader.object(QLatin1String("network"));
    instance.networkId = NetworkId(network.string(QLatin1String("id")));
    instance.networkIp = network.string(QLatin1String("ip"));
    instance.freeStorageGb = decodeCount(reader, QLatin1String("freeStorageSize"));
    instance.nodeMaxRootfsGb = decodeNodeRootfs(reader);
    reader.forEach(QLatin1String("jobs"), [&instance](const JsonReader &job) {
        if (QString id = firstString(job, {QLatin1String("id"), QLatin1String("Id")}); !id.isEmpty())
            instance.runningJobs.append(JobId(std::move(id)));
    });
}

void decodeBillingAndTimes(const JsonReader &reader, Instance &instance)
{
    instance.billingText = reader.string(QLatin1String("billingMode"));
    instance.billing = billingModeFromWire(instance.billingText);
    instance.endTime = reader.unixSeconds(QLatin1String("endTime"));
    instance.spotStatusText = reader.string(QLatin1String("spotStatus"));
    instance.spotStatus = spotStatusFromWire(instance.spotStatusText);
    instance.spotReclaimTime = reader.unixSeconds(QLatin1String("spotReclaimTime"));
    instance.keepDataDays = decodeCount(reader, QLatin1String("keepDataDay"));
    instance.createdAt = reader.unixSeconds(QLatin1String("createdAt"));
    // startedAt and stoppedAt: names that one client reads instead (gpu-notes' contract file, x-uncertain).
    instance.lastStartedAt = reader.unixSeconds(QLatin1String("lastStartedAt"));
    if (!instance.lastStartedAt)
        instance.lastStartedAt = reader.unixSeconds(QLatin1String("startedAt"));
    instance.lastStoppedAt = reader.unixSeconds(QLatin1String("lastStoppedAt"));
    if (!instance.lastStoppedAt)
        instance.lastStoppedAt = reader.unixSeconds(QLatin1String("stoppedAt"));
}

/// The text comes from the server and ends up in command lines: nothing but a host name or an address may pass.
bool isPlainHost(QStringView host)
{
    if (host.isEmpty() || host.size() > 253 || host.front() == QLatin1Char('-'))
        return false;
    return std::all_of(host.begin(), host.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'-' || c == u':' || c == u'[' || c == u']';
    });
}

} // namespace

QString ConnectionInfo::sshHost() const
{
    for (const QStringView token : QStringView(sshCommand).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype at = token.lastIndexOf(QLatin1Char('@'));
        if (at > 0)
            return isPlainHost(token.mid(at + 1)) ? token.mid(at + 1).toString() : QString();
    }
    return {};
}

int ConnectionInfo::sshPort() const
{
    constexpr int kDefaultPort = 22;
    const QList<QStringView> tokens = QStringView(sshCommand).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        QStringView digits;
        if (tokens.at(i) == QLatin1String("-p"))
            digits = i + 1 < tokens.size() ? tokens.at(i + 1) : QStringView();
        else if (tokens.at(i).startsWith(QLatin1String("-p")))
            digits = tokens.at(i).mid(2);
        else
            continue;
        bool ok = false;
        const int port = digits.toInt(&ok);
        return ok && port >= 1 && port <= 65535 ? port : kDefaultPort;
    }
    return kDefaultPort;
}

QString Instance::displayName() const
{
    return novita::displayName(name, id.toString());
}

bool Instance::hasName() const
{
    return !displayLine(name).isEmpty();
}

QString Instance::region() const
{
    return clusterName.isEmpty() ? clusterId.toString() : clusterName.section(QLatin1Char(' '), 0, 0);
}

bool Instance::isCalledBack() const
{
    return spotStatus == SpotStatus::Notified || spotStatus == SpotStatus::Reclaiming || isReclaimed();
}

bool Instance::isReclaimed() const
{
    if (status != InstanceStatus::Exited)
        return false;
    // A stopped spot instance is not a reclaimed one: the spot fields have to say that the GPU was wanted back.
    return spotStatus == SpotStatus::Reclaiming || spotStatus == SpotStatus::Terminated
           || (spotReclaimTime && spotStatus != SpotStatus::Running);
}

bool Instance::hasFailed() const
{
    return !statusError.trimmed().isEmpty();
}

Instance decodeInstance(const JsonReader &reader)
{
    if (!reader.contains(QLatin1String("id")) && reader.json().value(QLatin1String("instance")).isObject())
        return decodeInstance(reader.object(QLatin1String("instance")));
    Instance instance;
    decodeIdentity(reader, instance);
    decodeConfiguration(reader, instance);
    decodeBillingAndTimes(reader, instance);
    instance.connection = decodeConnection(reader);
    return instance;
}

Instance mergeSummary(const Instance &summary, const Instance &known)
{
    Instance out = summary;
    // A start time that moved tells of a restart between two polls that no status showed.
    const bool restarted = summary.lastStartedAt && known.lastStartedAt && summary.lastStartedAt != known.lastStartedAt;
    const auto keep = [&known, &out](auto field) {
        if (!(out.*field))
            out.*field = known.*field;
    };
    if (out.networkId.isEmpty()) {
        out.networkId = known.networkId;
        out.networkIp = known.networkIp;
    }
    keep(&Instance::nodeMaxRootfsGb);
    keep(&Instance::freeStorageGb);
    keep(&Instance::keepDataDays);
    keep(&Instance::createdAt);
    keep(&Instance::lastStartedAt);
    keep(&Instance::lastStoppedAt);
    if (out.runningJobs.isEmpty())
        out.runningJobs = known.runningJobs;
    if (out.status != InstanceStatus::Running || known.status != InstanceStatus::Running || restarted)
        return out;
    keep(&Instance::connection);
    for (PortMapping &port : out.ports) {
        const auto same = std::find_if(known.ports.begin(), known.ports.end(),
                                       [&port](const PortMapping &other) { return other.port == port.port && other.type == port.type; });
        if (port.endpoint.isEmpty() && same != known.ports.end())
            port.endpoint = same->endpoint;
    }
    return out;
}

bool allows(const Instance &instance, InstanceAction action)
{
    if (!allows(instance.status, action))
        return false;
    switch (action) {
    case InstanceAction::Renew:
    case InstanceAction::AutoRenew: return instance.billing == BillingMode::Monthly;
    case InstanceAction::ToMonthly: return instance.billing == BillingMode::OnDemand;
    case InstanceAction::Migrate: return instance.status != InstanceStatus::Running || instance.isCalledBack();
    default: return true;
    }
}

} // namespace novita
