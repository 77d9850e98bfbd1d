// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/instancejson.h"

#include "core/base/bareaddress.h"
#include "core/base/displaytext.h"
#include "core/base/isotime.h"
#include "core/base/redact.h"
#include "core/localapi/apianswer.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace novita {

namespace {

using L1 = QLatin1String;

void put(QJsonObject &object, const char *name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(L1(name), text);
}

void put(QJsonObject &object, const char *name, const std::optional<int> &number)
{
    if (number)
        object.insert(L1(name), *number);
}

void put(QJsonObject &object, const char *name, const std::optional<TimePoint> &at)
{
    if (at)
        object.insert(L1(name), isoTime(*at));
}

QString maskedText()
{
    return QStringLiteral("•••");
}

/// A command line without what looks like a secret in it, also where it is a word of its own: "--token abc".
QString bareCommand(const QString &command)
{
    static const QRegularExpression optionAndValue(QStringLiteral("(\\s|^)(--?([A-Za-z0-9_-]+))(\\s+)(\"[^\"]*\"|'[^']*'|\\S+)"));
    QString out;
    qsizetype end = 0;
    for (QRegularExpressionMatchIterator it = optionAndValue.globalMatch(command); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (!isSecretName(match.captured(3)))
            continue;
        out += command.mid(end, match.capturedStart(5) - end) + maskedText();
        end = match.capturedEnd(5);
    }
    return redact(out + command.mid(end));
}

QString startupWord(StartupMark mark)
{
    switch (mark) {
    case StartupMark::Checking: return QStringLiteral("checking");
    case StartupMark::Ready: return QStringLiteral("ready");
    case StartupMark::Failed: return QStringLiteral("failed");
    case StartupMark::TimedOut: return QStringLiteral("timed_out");
    case StartupMark::None: break;
    }
    return {};
}

QJsonArray portsJson(const Instance &instance)
{
    QJsonArray out;
    for (const PortMapping &port : instance.ports) {
        QJsonObject one{{L1("port"), port.port}, {L1("type"), port.type}};
        put(one, "endpoint", bareAddress(port.endpoint));
        out.append(one);
    }
    return out;
}

QJsonArray volumesJson(const Instance &instance)
{
    QJsonArray out;
    for (const VolumeMount &volume : instance.volumes) {
        QJsonObject one{{L1("type"), volume.type}, {L1("mountPath"), volume.mountPath}};
        if (volume.sizeGb)
            one.insert(L1("size"), *volume.sizeGb);
        put(one, "id", volume.id.toString());
        out.append(one);
    }
    return out;
}

QJsonArray envsJson(const Instance &instance)
{
    QJsonArray out;
    for (const EnvVar &env : instance.envs)
        out.append(QJsonObject{{L1("key"), env.key}, {L1("value"), maskedText()}});
    return out;
}

QJsonObject connectionJson(const ConnectionInfo &connection)
{
    QJsonObject out;
    // A command that names no plain host is nothing to hand to a shell.
    if (!connection.sshHost().isEmpty())
        out.insert(L1("ssh"), redact(displayLine(connection.sshCommand)));
    put(out, "jupyter", bareAddress(connection.jupyterAddress));
    put(out, "webTerminal", bareAddress(connection.terminalAddress));
    return out;
}

void putTimes(QJsonObject &out, const Instance &instance, const InstanceExtra &extra)
{
    put(out, "createdAt", instance.createdAt);
    put(out, "startedAt", instance.lastStartedAt);
    put(out, "stoppedAt", instance.lastStoppedAt);
    put(out, "readyAt", extra.readyAt);
    put(out, "lastStartedAt", instance.lastStartedAt);
    put(out, "lastStoppedAt", instance.lastStoppedAt);
    put(out, "endTime", instance.endTime);
    put(out, "spotReclaimTime", instance.spotReclaimTime);
    put(out, "lastSyncedAt", extra.seenAt);
}

} // namespace

QJsonObject instanceJson(const InstanceSnapshot &snapshot)
{
    const Instance &instance = snapshot.instance;
    const InstanceExtra &extra = snapshot.extra;
    QJsonObject out{{L1("id"), instance.id.toString()}, {L1("name"), instance.name}, {L1("status"), instance.statusText}};
    put(out, "startup", startupWord(extra.startup));
    put(out, "region", instance.region());
    put(out, "clusterId", instance.clusterId.toString());
    put(out, "clusterName", instance.clusterName);
    put(out, "productId", instance.productId.toString());
    put(out, "productName", instance.productName);
    put(out, "kind", instance.kind);
    put(out, "gpuNum", instance.gpuNum);
    put(out, "cpuNum", instance.cpuNum);
    put(out, "memory", instance.memoryGb);
    put(out, "rootfsSize", instance.rootfsGb);
    put(out, "billingMode", instance.billingText);
    put(out, "imageUrl", redact(instance.imageUrl));
    put(out, "imageAuthId", instance.imageAuthId.toString());
    put(out, "command", bareCommand(instance.command));
    put(out, "entrypoint", bareCommand(instance.entrypoint));
    put(out, "networkId", instance.networkId.toString());
    put(out, "spotStatus", instance.spotStatusText);
    put(out, "statusError", redact(instance.statusError));
    putTimes(out, instance, extra);
    out.insert(L1("portMappings"), portsJson(instance));
    out.insert(L1("volumeMounts"), volumesJson(instance));
    out.insert(L1("envs"), envsJson(instance));
    if (instance.connection)
        out.insert(L1("connectionDetails"), connectionJson(*instance.connection));
    if (extra.pricePerHour)
        out.insert(L1("pricePerHour"), apiMoney(*extra.pricePerHour));
    out.insert(L1("source"), QStringLiteral("novita"));
    out.insert(L1("dataConsistency"), extra.asked ? QStringLiteral("local-newer") : QStringLiteral("consistent"));
    if (extra.missedPolls > 0)
        out.insert(L1("syncErrors"), QJsonArray{QStringLiteral("The last %1 reads of this instance failed.").arg(extra.missedPolls)});
    return out;
}

} // namespace novita
