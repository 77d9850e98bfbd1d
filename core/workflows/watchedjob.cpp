// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/watchedjob.h"

#include <QJsonArray>

namespace novita {

namespace {

using L1 = QLatin1String;

} // namespace

QJsonObject WatchedJob::toJson() const
{
    return {{L1("kind"), operationKind()},
            {L1("job"), id.toString()},
            {L1("instance"), instance.toString()},
            {L1("name"), name},
            {L1("image"), image},
            {L1("before"), QJsonArray::fromStringList(before)},
            {L1("askedAt"), static_cast<double>(askedAt.time_since_epoch().count())}};
}

std::optional<WatchedJob> WatchedJob::fromJson(const QJsonObject &json)
{
    WatchedJob job;
    const QString kind = json.value(L1("kind")).toString();
    job.kind = kind == L1("migrate") ? Kind::Migrate : Kind::SaveImage;
    job.id = JobId(json.value(L1("job")).toString());
    job.instance = InstanceId(json.value(L1("instance")).toString());
    job.name = json.value(L1("name")).toString();
    job.image = json.value(L1("image")).toString();
    for (const QJsonValue &known : json.value(L1("before")).toArray())
        job.before.append(known.toString());
    if (kind != job.operationKind() || job.instance.isEmpty() || !json.value(L1("askedAt")).isDouble())
        return std::nullopt;
    job.askedAt = TimePoint(Milliseconds(static_cast<qint64>(json.value(L1("askedAt")).toDouble())));
    return job;
}

QString WatchedJob::operationKind() const
{
    return kind == Kind::SaveImage ? QStringLiteral("saveImage") : QStringLiteral("migrate");
}

QString WatchedJob::jobType() const
{
    return kind == Kind::SaveImage ? QStringLiteral("saveImage") : QStringLiteral("instanceMigrate");
}

} // namespace novita
