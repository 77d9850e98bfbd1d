// SPDX-License-Identifier: GPL-3.0-or-later
#include "describe.h"

#include <QStringList>

using namespace novita;

namespace {

QString text(bool flag) { return flag ? QStringLiteral("yes") : QStringLiteral("no"); }
QString text(const std::optional<int> &number) { return number ? QString::number(*number) : QString(); }
QString text(const std::optional<Money> &money) { return money ? money->toPlainString() : QString(); }
QString text(const std::optional<TimePoint> &time)
{
    return time ? QString::number(std::chrono::duration_cast<Seconds>(time->time_since_epoch()).count()) : QString();
}

QString text(const QList<EnvVar> &envs)
{
    QStringList out;
    for (const EnvVar &env : envs)
        out.append(env.key + QLatin1Char('=') + env.value);
    return out.join(QLatin1Char(','));
}

void add(Description &out, const char *key, const QString &value) { out.insert(QString::fromLatin1(key), value); }

void describeConnection(const ConnectionInfo &info, Description &out)
{
    add(out, "ssh", QStringLiteral("%1:%2").arg(info.sshHost()).arg(info.sshPort()));
    add(out, "sshRunning", text(info.sshRunning));
    add(out, "terminal", info.terminalUser + QLatin1Char('@') + info.terminalAddress);
    add(out, "jupyter", text(info.jupyterPort) + QLatin1Char('@') + info.jupyterAddress);
    add(out, "log", info.instanceLogAddress);
}

} // namespace

Description describe(const Instance &instance)
{
    Description out;
    QStringList ports;
    for (const PortMapping &port : instance.ports)
        ports.append(QStringLiteral("%1/%2@%3").arg(port.port).arg(port.type, port.endpoint));
    QStringList volumes;
    for (const VolumeMount &volume : instance.volumes)
        volumes.append(QStringLiteral("%1:%2:%3:%4").arg(volume.type, volume.id.toString()).arg(volume.sizeGb.value_or(-1)).arg(volume.mountPath));
    QStringList jobs;
    for (const JobId &job : instance.runningJobs)
        jobs.append(job.toString());

    add(out, "id", instance.id.toString());
    add(out, "name", instance.name);
    add(out, "status", instance.status == InstanceStatus::Unknown ? QStringLiteral("?") : QString(stateInfo(instance.status).wire));
    add(out, "statusText", instance.statusText);
    add(out, "region", instance.region());
    add(out, "cpu", text(instance.cpuNum));
    add(out, "memory", text(instance.memoryGb));
    add(out, "gpu", text(instance.gpuNum));
    add(out, "rootfs", text(instance.rootfsGb));
    add(out, "command", instance.command);
    add(out, "entrypoint", instance.entrypoint);
    add(out, "ports", ports.join(QLatin1Char(',')));
    add(out, "volumes", volumes.join(QLatin1Char(',')));
    add(out, "envs", text(instance.envs));
    add(out, "network", instance.networkId.toString() + QLatin1Char('@') + instance.networkIp);
    add(out, "node", text(instance.nodeMaxRootfsGb));
    add(out, "jobs", jobs.join(QLatin1Char(',')));
    add(out, "billing", billingModeToWire(instance.billing));
    add(out, "billingText", instance.billingText);
    add(out, "spot", instance.spotStatusText);
    add(out, "end", text(instance.endTime));
    add(out, "reclaim", text(instance.spotReclaimTime));
    add(out, "reclaimed", text(instance.isReclaimed()));
    add(out, "failed", text(instance.hasFailed()));
    add(out, "error", instance.statusError);
    add(out, "created", text(instance.createdAt));
    add(out, "started", text(instance.lastStartedAt));
    add(out, "stopped", text(instance.lastStoppedAt));
    add(out, "free", text(instance.freeStorageGb));
    add(out, "keep", text(instance.keepDataDays));
    add(out, "connected", text(instance.connection.has_value()));
    if (instance.connection)
        describeConnection(*instance.connection, out);
    return out;
}

Description describe(const Product &product)
{
    Description out;
    add(out, "id", product.id.toString());
    add(out, "name", product.name);
    add(out, "vram", text(product.vramGb));
    add(out, "cpu", text(product.cpu));
    add(out, "memory", text(product.memoryGb));
    add(out, "disk", text(product.diskGb));
    add(out, "rootfs", text(product.minRootfsGb) + QLatin1Char('-') + text(product.maxRootfsGb));
    add(out, "stock", text(product.inStock()));
    add(out, "onDemand", text(product.priceFor(BillingMode::OnDemand)));
    add(out, "spot", text(product.priceFor(BillingMode::Spot)));
    add(out, "monthly", text(product.priceFor(BillingMode::Monthly)));
    add(out, "regions", product.regions.join(QLatin1Char('|')));
    return out;
}

Description describe(const InstanceTemplate &item)
{
    Description out;
    QStringList ports;
    for (const TemplatePort &port : item.ports)
        ports.append(QStringLiteral("%1/%2").arg(port.port).arg(port.type));
    QStringList volumes;
    for (const TemplateVolume &volume : item.volumes)
        volumes.append(QStringLiteral("%1:%2:%3").arg(volume.type, text(volume.sizeGb), volume.mountPath));
    add(out, "id", item.id.toString());
    add(out, "name", item.name);
    add(out, "channel", item.channel);
    add(out, "auth", item.imageAuthId.toString());
    add(out, "start", item.startCommand);
    add(out, "rootfs", text(item.rootfsGb));
    add(out, "ports", ports.join(QLatin1Char(',')));
    add(out, "volumes", volumes.join(QLatin1Char(',')));
    add(out, "envs", text(item.envs));
    const QString port = item.jupyterPort ? text(item.jupyterPort) : QStringLiteral("?");
    add(out, "jupyter", item.hasJupyter ? port : QStringLiteral("no"));
    add(out, "cuda", item.minCudaVersion);
    add(out, "created", text(item.createdAt));
    return out;
}

Description describe(const Cluster &cluster)
{
    Description out;
    add(out, "id", cluster.id.toString());
    add(out, "name", cluster.name);
    add(out, "region", cluster.region());
    add(out, "gpus", cluster.gpuTypes.join(QLatin1Char('|')));
    add(out, "storage", text(cluster.supportsNetworkStorage));
    add(out, "vpc", text(cluster.supportsNetwork));
    return out;
}

Description describe(const RegistryAuth &auth)
{
    Description out;
    add(out, "id", auth.id.toString());
    add(out, "name", auth.name);
    add(out, "user", auth.username);
    return out;
}

Description describe(const NetworkStorage &storage)
{
    Description out;
    add(out, "id", storage.id.toString());
    add(out, "name", storage.name);
    add(out, "size", text(storage.sizeGb));
    add(out, "price", storage.priceText);
    return out;
}

Description describe(const VpcNetwork &network)
{
    Description out;
    QStringList members;
    for (const InstanceId &id : network.members)
        members.append(id.toString());
    add(out, "id", network.id.toString());
    add(out, "state", network.state);
    add(out, "error", network.error);
    add(out, "members", members.join(QLatin1Char(',')));
    add(out, "created", text(network.createdAt));
    return out;
}

Description describe(const Job &job)
{
    Description out;
    add(out, "id", job.id.toString());
    add(out, "state", job.state);
    add(out, "error", job.error);
    add(out, "instance", job.instanceId.toString());
    add(out, "finished", text(job.isFinished()));
    return out;
}

Description describe(const PrewarmTask &task)
{
    Description out;
    add(out, "id", task.id.toString());
    add(out, "image", task.imageUrl);
    add(out, "auth", task.authId.toString());
    add(out, "products", task.productNames.join(QLatin1Char('|')));
    add(out, "bytes", task.bytes ? QString::number(*task.bytes) : QString());
    add(out, "state", task.stateText);
    add(out, "finished", text(task.isFinished()));
    add(out, "note", task.note);
    add(out, "reasons", task.reasons.join(QLatin1Char('|')));
    add(out, "created", text(task.createdAt));
    add(out, "completed", text(task.completedAt));
    return out;
}

Description describe(const PrewarmQuota &quota)
{
    Description out;
    add(out, "used", text(quota.used));
    add(out, "limit", text(quota.limit));
    add(out, "perImage", text(quota.perImageGb));
    add(out, "usedUp", text(quota.isUsedUp()));
    return out;
}

Description describe(const Balance &balance)
{
    Description out;
    add(out, "available", text(balance.available));
    add(out, "cash", text(balance.cash));
    add(out, "credit", text(balance.creditLimit));
    add(out, "outstanding", text(balance.outstanding));
    return out;
}

Description describe(const InstanceMetrics &metrics)
{
    const auto points = [](const QList<MetricPoint> &all) {
        QStringList out;
        for (const MetricPoint &point : all)
            out.append(QStringLiteral("%1:%2").arg(text(std::optional(point.at))).arg(point.value));
        return out.join(QLatin1Char(' '));
    };
    const auto cards = [&points](const QList<GpuSeries> &all) {
        QStringList out;
        for (const GpuSeries &card : all)
            out.append(card.id + QLatin1Char('@') + points(card.points));
        return out.join(QLatin1Char('|'));
    };
    Description out;
    add(out, "cpu", points(metrics.cpu));
    add(out, "memory", points(metrics.memory));
    add(out, "disk", points(metrics.disk));
    add(out, "gpu", points(metrics.gpu));
    add(out, "vram", points(metrics.vram));
    add(out, "gpus", cards(metrics.gpus));
    add(out, "vrams", cards(metrics.vrams));
    return out;
}

namespace {

QString text(const std::optional<qint64> &number) { return number ? QString::number(*number) : QString(); }
QString text(const std::optional<bool> &flag) { return flag ? text(*flag) : QString(); }

QString text(const QList<MediaLink> &links)
{
    QStringList out;
    for (const MediaLink &link : links) {
        const QString nsfw = link.nsfwLikelihood ? QStringLiteral("!%1").arg(*link.nsfwLikelihood) : QString();
        const QString lifetime = link.lifetime ? QStringLiteral("~%1").arg(link.lifetime->count()) : QString();
        out.append(link.type + QLatin1Char('@') + QString::fromLatin1(link.address.toEncoded()) + lifetime + nsfw);
    }
    return out.join(QLatin1Char(' '));
}

QString text(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Queued: return QStringLiteral("queued");
    case TaskStatus::Processing: return QStringLiteral("processing");
    case TaskStatus::Succeeded: return QStringLiteral("succeeded");
    case TaskStatus::Failed: return QStringLiteral("failed");
    case TaskStatus::Unknown: break;
    }
    return QStringLiteral("?");
}

} // namespace

Description describe(const ImageTask &task)
{
    Description out;
    QStringList seeds;
    for (const qint64 seed : task.seeds)
        seeds.append(QString::number(seed));
    add(out, "id", task.id.toString());
    add(out, "type", task.type);
    add(out, "status", text(task.status));
    add(out, "finished", text(task.isFinished()));
    add(out, "reason", task.reason);
    add(out, "progress", text(task.progress));
    add(out, "eta", task.eta ? QString::number(task.eta->count()) : QString());
    add(out, "images", text(task.images));
    add(out, "videos", text(task.videos));
    add(out, "audios", text(task.audios));
    add(out, "seed", text(task.seed));
    add(out, "seeds", seeds.join(QLatin1Char(',')));
    add(out, "submitted", text(task.submittedAt));
    add(out, "completed", text(task.completedAt));
    return out;
}

Description describe(const ImageModel &model)
{
    Description out;
    add(out, "id", model.id.toString());
    add(out, "type", imageModelTypeToWire(model.type));
    add(out, "request", model.requestName());
    add(out, "label", model.label());
    add(out, "usable", text(model.usable));
    add(out, "tags", model.tags.join(QLatin1Char('|')));
    add(out, "cover", model.cover.toString());
    add(out, "base", QString::number(int(model.base)));
    add(out, "inpainting", text(model.isInpainting()));
    add(out, "nsfw", text(model.nsfw));
    return out;
}

Description describe(const SyncImageAnswer &answer)
{
    Description out;
    QStringList images;
    for (const SyncImage &image : answer.images)
        images.append(image.bytes.isEmpty() ? text(QList{image.link}) : image.link.type + QLatin1Char('=') + QString::fromLatin1(image.bytes));
    add(out, "images", images.join(QLatin1Char(' ')));
    add(out, "prompt", answer.prompt);
    add(out, "task", answer.task.toString());
    return out;
}

Description describe(const LanguageModel &model)
{
    Description out;
    add(out, "id", model.id.toString());
    add(out, "title", model.title);
    add(out, "context", text(model.contextSize));
    add(out, "input", text(model.inputPrice));
    add(out, "output", text(model.outputPrice));
    add(out, "cost", text(model.costOf(2000000, 500000)));
    return out;
}

Description describe(const ChatChunk &chunk)
{
    Description out;
    QStringList choices;
    for (const ChatDelta &delta : chunk.choices)
        choices.append(QStringLiteral("%1:%2/%3/%4").arg(delta.index).arg(delta.content, delta.reasoning, delta.finishReason));
    add(out, "model", chunk.model);
    add(out, "choices", choices.join(QLatin1Char('|')));
    add(out, "usage", chunk.usage ? QStringLiteral("%1+%2=%3").arg(chunk.usage->prompt).arg(chunk.usage->completion).arg(chunk.usage->total) : QString());
    return out;
}
