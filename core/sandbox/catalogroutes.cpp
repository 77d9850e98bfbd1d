// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

const QStringList kBillingModes{QStringLiteral("onDemand"), QStringLiteral("monthly"), QStringLiteral("spot")};

QString units(Money price)
{
    return QString::number(price.priceUnits());
}

bool isAt(const SandboxProduct &product, const QString &clusterId)
{
    return clusterId.isEmpty() || product.clusters.isEmpty() || product.clusters.contains(clusterId);
}

HttpResponse data(const QJsonArray &rows)
{
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), rows}});
}

HttpResponse listClusters(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    QJsonArray rows;
    for (const SandboxCluster &cluster : call.world.catalog().clusters) {
        QStringList names;
        for (const SandboxProduct &product : call.world.catalog().products) {
            if (!product.cpuOnly && isAt(product, cluster.id) && !names.contains(product.name))
                names.append(product.name);
        }
        rows.append(QJsonObject{{QStringLiteral("id"), cluster.id},
                                {QStringLiteral("name"), cluster.name},
                                {QStringLiteral("availableGpuType"), names.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonArray::fromStringList(names)},
                                {QStringLiteral("supportNetworkStorage"), cluster.storage},
                                {QStringLiteral("supportInstanceNetwork"), cluster.network}});
    }
    return data(rows);
}

QString inventoryState(int free)
{
    return free <= 0 ? QStringLiteral("none") : free < 8 ? QStringLiteral("low") : free < 32 ? QStringLiteral("normal") : QStringLiteral("high");
}

/// Products that never had so many cards are none "able to give" them; those that are sold out for now stay, and say so.
bool isTooSmall(const SandboxProduct &product, qint64 cards)
{
    return product.stock > 0 && product.stock < cards;
}

QJsonObject gpuProductJson(const SandboxWorld &world, const SandboxProduct &product, qint64 cards)
{
    QJsonArray regions;
    for (const QString &id : product.clusters)
        regions.append(world.catalog().cluster(id)->name);
    QJsonArray methods{QStringLiteral("onDemand")};
    if (!product.spotPrice.isZero())
        methods.append(QStringLiteral("spot"));
    QJsonValue monthly = QJsonValue::Null;
    if (!product.monthlyPrice.isZero()) {
        methods.append(QStringLiteral("monthly"));
        monthly = QJsonArray{QJsonObject{{QStringLiteral("price"), units(product.monthlyPrice)}, {QStringLiteral("month"), 1}}};
    }
    const int free = world.freeStock(product);
    return {{QStringLiteral("id"), product.id}, {QStringLiteral("name"), product.name}, {QStringLiteral("cpuPerGpu"), product.cpu},
            {QStringLiteral("memoryPerGpu"), product.memory}, {QStringLiteral("diskPerGpu"), product.disk},
            {QStringLiteral("availableDeploy"), free >= std::max<qint64>(1, cards)}, {QStringLiteral("inventoryState"), inventoryState(free)},
            {QStringLiteral("minRootFS"), SandboxProduct::kMinRootfs}, {QStringLiteral("maxRootFS"), product.disk},
            {QStringLiteral("minLocalStorage"), 0}, {QStringLiteral("maxLocalStorage"), 0}, {QStringLiteral("regions"), regions},
            {QStringLiteral("price"), units(product.price)}, {QStringLiteral("spotPrice"), units(product.spotPrice)},
            {QStringLiteral("monthlyPrice"), monthly}, {QStringLiteral("billingMethods"), methods}};
}

HttpResponse listGpuProducts(ApiCall &call)
{
    QueryReader query(call);
    const QString clusterId = query.text(QStringLiteral("clusterId"));
    const QString name = query.text(QStringLiteral("productName"));
    const qint64 cards = query.integer(QStringLiteral("gpuNum")).value_or(0);
    const qint64 cpu = query.integer(QStringLiteral("minCpuPerGpu")).value_or(0);
    const qint64 memory = query.integer(QStringLiteral("minMemoryPerGpu")).value_or(0);
    const qint64 rootfs = query.integer(QStringLiteral("minRootFSSize")).value_or(0);
    const QString method = query.text(QStringLiteral("billingMethod"), kBillingModes);
    if (cards > 8)
        query.refuse(QStringLiteral("gpuNum must be within 0 and 8"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QJsonArray rows;
    for (const SandboxProduct &product : call.world.catalog().products) {
        const bool offered = method == QLatin1String("spot") ? !product.spotPrice.isZero()
            : method == QLatin1String("monthly")             ? !product.monthlyPrice.isZero()
                                                             : true;
        if (product.cpuOnly || !offered || !isAt(product, clusterId) || !product.name.contains(name, Qt::CaseInsensitive)
            || product.cpu < cpu || product.memory < memory || product.disk < rootfs || isTooSmall(product, cards))
            continue;
        rows.append(gpuProductJson(call.world, product, cards));
    }
    return data(rows);
}

HttpResponse listCpuProducts(ApiCall &call)
{
    QueryReader query(call);
    const QString clusterId = query.text(QStringLiteral("clusterId"));
    const QString name = query.text(QStringLiteral("productName"));
    query.noteUnknown();
    QJsonArray rows;
    for (const SandboxProduct &product : call.world.catalog().products) {
        if (!product.cpuOnly || !isAt(product, clusterId) || !product.name.contains(name, Qt::CaseInsensitive))
            continue;
        rows.append(QJsonObject{{QStringLiteral("id"), product.id}, {QStringLiteral("name"), product.name}, {QStringLiteral("cpuNum"), product.cpu},
                                {QStringLiteral("memorySize"), product.memory}, {QStringLiteral("rootfsSize"), product.disk},
                                {QStringLiteral("localVolumeSize"), product.localDisk},
                                {QStringLiteral("availableDeploy"), call.world.freeStock(product) > 0}, {QStringLiteral("price"), units(product.price)}});
    }
    return data(rows);
}

} // namespace

QList<ApiOperation> catalogOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/clusters", "listClusters", listClusters},
            {"GET", "/gpu-instance/openapi/v1/products", "listGpuProducts", listGpuProducts},
            {"GET", "/gpu-instance/openapi/v1/cpu/products", "listCpuProducts", listCpuProducts}};
}

} // namespace novita
