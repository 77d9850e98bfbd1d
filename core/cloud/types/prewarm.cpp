// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/prewarm.h"

#include "core/cloud/types/common.h"

namespace novita {

namespace {

PrewarmState stateFromWire(const QString &wire)
{
    if (wire == QLatin1String("Pending"))
        return PrewarmState::Pending;
    if (wire == QLatin1String("Running"))
        return PrewarmState::Running;
    if (wire == QLatin1String("Succeeded"))
        return PrewarmState::Succeeded;
    return wire == QLatin1String("Failed") ? PrewarmState::Failed : PrewarmState::Unknown;
}

std::optional<qint64> decodeBytes(const JsonReader &reader)
{
    const std::optional<qint64> bytes = reader.integer(QLatin1String("imageSize"));
    if (bytes && *bytes < 0) {
        reader.log().warn(reader.path() + QStringLiteral(".imageSize"), QStringLiteral("a size below zero"));
        return std::nullopt;
    }
    // 0 stands for an image that has not been looked at yet.
    return bytes && *bytes > 0 ? bytes : std::nullopt;
}

} // namespace

PrewarmTask decodePrewarmTask(const JsonReader &reader)
{
    PrewarmTask task;
    task.id = PrewarmId(reader.string(QLatin1String("id")));
    task.imageName = reader.string(QLatin1String("imageName"));
    task.imageUrl = reader.string(QLatin1String("imageUrl"));
    task.authId = RegistryAuthId(reader.string(QLatin1String("repositoryAuth")));
    task.clusterId = ClusterId(reader.string(QLatin1String("clusterId")));
    task.clusterName = reader.string(QLatin1String("clusterName"));
    reader.forEach(QLatin1String("products"), [&task](const JsonReader &product) {
        if (QString name = firstString(product, {QLatin1String("productName"), QLatin1String("productId")}); !name.isEmpty())
            task.productNames.append(std::move(name));
    });
    task.bytes = decodeBytes(reader);
    task.stateText = reader.string(QLatin1String("state"));
    task.state = stateFromWire(task.stateText);
    task.note = reader.string(QLatin1String("note"));
    task.reasons = reader.strings(QLatin1String("reason"));
    task.createdAt = reader.unixSeconds(QLatin1String("createTime"));
    task.completedAt = reader.unixSeconds(QLatin1String("completeTime"));
    return task;
}

PrewarmQuota decodePrewarmQuota(const JsonReader &reader)
{
    return {decodeCount(reader, QLatin1String("total")), decodeCount(reader, QLatin1String("limit")), decodeCount(reader, QLatin1String("perImageSize"))};
}

} // namespace novita
