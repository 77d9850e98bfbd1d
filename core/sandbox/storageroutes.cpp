// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>
#include <limits>

namespace novita {

namespace {

constexpr qint64 kSmallest = 10;    // GB
constexpr qint64 kLargest = 10240;
constexpr qint64 kPriceUnitsPerGb = 200; // 0.002 USD for a GB and day, of the vendor's public price list

HttpResponse notFound()
{
    return apiError(400, QStringLiteral("NETWORK_STORAGE_NOT_FOUND"), QStringLiteral("network storage not found"));
}

HttpResponse listStorages(ApiCall &call)
{
    QueryReader query(call);
    // Zero is the first page too: sources disagree about where this dialect begins to count.
    const PageWindow asked = readPage(query, QStringLiteral("pageNo"), 1);
    const QString name = query.text(QStringLiteral("storageName"));
    const QString id = query.text(QStringLiteral("storageId"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> matching;
    for (const QJsonObject &row : call.world.storages) {
        if (row.value(QLatin1String("storageName")).toString().contains(name, Qt::CaseInsensitive)
            && (id.isEmpty() || row.value(QLatin1String("storageId")).toString() == id))
            matching.prepend(row);
    }
    const PageWindow page = windowOn(asked, 1, matching.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(matching.at(i));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), rows.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(rows)},
                                               {QStringLiteral("total"), matching.size()}});
}

HttpResponse createStorage(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString clusterId = body.text(QStringLiteral("clusterId"), {true, 255, {}});
    const QString name = body.text(QStringLiteral("storageName"), {true, 255, {}});
    const qint64 size = body.integer(QStringLiteral("storageSize"), true, kSmallest, std::numeric_limits<qint32>::max());
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const SandboxCluster *cluster = call.world.catalog().cluster(clusterId);
    if (!cluster)
        return validatorError(QStringLiteral("invalid parameter: clusterId is unknown"));
    if (!cluster->storage)
        return apiError(400, QStringLiteral("CUR_CLUSTER_NETWORK_STORAGE_NOT_SUPPORT"), QStringLiteral("the cluster has no network storage"));
    if (size > kLargest)
        return apiError(400, QStringLiteral("NETWORK_STORAGE_TOO_LARGE"), QStringLiteral("network storage is too large"));
    const QString id = QStringLiteral("ns-") + call.world.newId(8);
    call.world.append(call.world.storages, {{QStringLiteral("storageId"), id}, {QStringLiteral("storageName"), name}, {QStringLiteral("storageSize"), size},
                                            {QStringLiteral("clusterId"), clusterId}, {QStringLiteral("clusterName"), cluster->name},
                                            {QStringLiteral("price"), QString::number(kPriceUnitsPerGb)}});
    return HttpResponse::json(200, id); // a bare JSON string, as the docs show it
}

HttpResponse updateStorage(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("storageId"), {true, 0, {}});
    const QString name = body.text(QStringLiteral("storageName"), {false, 255, {}});
    const qint64 size = body.integer(QStringLiteral("storageSize"), true, kSmallest, kLargest);
    if (!body.has(QStringLiteral("storageName")))
        call.violations.append(QStringLiteral("storageName is required")); // forgiven: one client leaves it out to keep the name
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.storages, QLatin1String("storageId"), id);
    if (key < 0)
        return notFound();
    QJsonObject &row = call.world.storages[key];
    if (size < row.value(QLatin1String("storageSize")).toInteger())
        return validatorError(QStringLiteral("invalid parameter: network storage cannot shrink"));
    if (!name.isEmpty())
        row.insert(QStringLiteral("storageName"), name);
    row.insert(QStringLiteral("storageSize"), size);
    return emptyOk();
}

HttpResponse deleteStorage(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("storageId"), {true, 0, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.storages, QLatin1String("storageId"), id);
    if (key < 0)
        return notFound();
    for (const auto &instance : call.world.instances()) {
        const auto &mounts = instance->mounts;
        if (std::any_of(mounts.cbegin(), mounts.cend(), [&](const SandboxInstance::Mount &m) { return m.id == id; }))
            return apiError(400, QStringLiteral("NETWORK_STORAGE_IN_USE"), QStringLiteral("network storage is in use"));
    }
    call.world.storages.remove(key);
    return emptyOk();
}

} // namespace

QList<ApiOperation> storageOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/networkstorages/list", "listNetworkStorages", listStorages},
            {"POST", "/gpu-instance/openapi/v1/networkstorage/create", "createNetworkStorage", createStorage},
            {"POST", "/gpu-instance/openapi/v1/networkstorage/update", "updateNetworkStorage", updateStorage},
            {"POST", "/gpu-instance/openapi/v1/networkstorage/delete", "deleteNetworkStorage", deleteStorage}};
}

} // namespace novita
