// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kNetworkLimit = 20;

HttpResponse notFound()
{
    return apiError(400, QStringLiteral("NETWORK_NOT_FOUND"), QStringLiteral("network not found"));
}

QJsonObject networkJson(const SandboxWorld &world, const QJsonObject &row)
{
    QJsonObject json = row;
    json.insert(QStringLiteral("state"), QJsonObject{{QStringLiteral("state"), networkStateName(world, row)}, {QStringLiteral("error"), QString()}});
    QJsonArray addresses;
    for (const auto &instance : world.instances()) {
        if (instance->networkId == row.value(QLatin1String("Id")).toString())
            addresses.append(QJsonObject{{QStringLiteral("Id"), instance->id},
                                         {QStringLiteral("Ip"), QStringLiteral("10.2.1.%1").arg(world.derivedNumber(instance->id, 2, 250))}});
    }
    json.insert(QStringLiteral("Addresses"), addresses);
    return json;
}

HttpResponse listNetworks(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("pageNum"), 0);
    const QString name = query.text(QStringLiteral("name"));
    query.text(QStringLiteral("creators"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> matching;
    for (const QJsonObject &row : call.world.networks) {
        if (row.value(QLatin1String("name")).toString().contains(name, Qt::CaseInsensitive))
            matching.prepend(row);
    }
    const PageWindow page = windowOn(asked, 0, matching.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(networkJson(call.world, matching.at(i)));
    // "networks" was read live, "network" is in the docs: clients of either kind exist, and both forms are in the contract.
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("networks"), rows}, {QStringLiteral("network"), rows},
                                               {QStringLiteral("total"), QString::number(matching.size())}});
}

HttpResponse getNetwork(ApiCall &call)
{
    QueryReader query(call);
    const QString id = query.text(QStringLiteral("networkId"), {}, true);
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const qint64 key = SandboxWorld::find(call.world.networks, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("network"), QJsonArray{networkJson(call.world, call.world.networks.value(key))}}});
}

HttpResponse createNetwork(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString clusterId = body.text(QStringLiteral("clusterId"), {true, 255, {}});
    const QString name = body.text(QStringLiteral("name"), {false, 30, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const SandboxCluster *cluster = call.world.catalog().cluster(clusterId);
    if (!cluster || !cluster->network)
        return validatorError(QStringLiteral("invalid parameter: the cluster has no private networks"));
    if (call.world.networks.size() >= kNetworkLimit)
        return apiError(400, QStringLiteral("NETWORK_MAX_LIMIT"), QStringLiteral("the number of networks has reached its limit"));
    const QString id = QStringLiteral("vpc-") + call.world.newId(6);
    const QJsonObject row{{QStringLiteral("Id"), id}, {QStringLiteral("user"), QStringLiteral("u-1")}, {QStringLiteral("name"), name.isEmpty() ? id : name},
                          {QStringLiteral("segment"), QStringLiteral("10.%1.0.0/16").arg(2 + call.world.networks.size())},
                          {QStringLiteral("clusterId"), clusterId}, {QStringLiteral("createTime"), unixText(call.world.now())}};
    call.world.append(call.world.networks, row);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("network"), QJsonArray()}}); // the docs show the network here; live answers held no usable id
}

HttpResponse updateNetwork(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("networkId"), {true, 255, {}});
    const QString name = body.text(QStringLiteral("name"), {false, 30, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.networks, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    if (!name.isEmpty())
        call.world.networks[key].insert(QStringLiteral("name"), name);
    return emptyOk();
}

HttpResponse deleteNetwork(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("networkId"), {true, 255, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.networks, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    const auto &instances = call.world.instances();
    if (std::any_of(instances.begin(), instances.end(), [&](const auto &i) { return i->networkId == id; }))
        return apiError(400, QStringLiteral("NETWORK_IN_USE"), QStringLiteral("network is in use"));
    call.world.networks.remove(key);
    return emptyOk();
}

} // namespace

QList<ApiOperation> networkOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/networks", "listNetworks", listNetworks},
            {"GET", "/gpu-instance/openapi/v1/network", "getNetwork", getNetwork},
            {"POST", "/gpu-instance/openapi/v1/network/create", "createNetwork", createNetwork},
            {"POST", "/gpu-instance/openapi/v1/network/update", "updateNetwork", updateNetwork},
            {"POST", "/gpu-instance/openapi/v1/network/delete", "deleteNetwork", deleteNetwork}};
}

} // namespace novita
