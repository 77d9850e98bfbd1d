// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

constexpr double kDeploySeconds = 40;

HttpResponse notFound()
{
    return apiError(400, QStringLiteral("SERVERLESS_ENDPOINT_NOT_FOUND"), QStringLiteral("endpoint not found"));
}

HttpResponse limits(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    return HttpResponse::json(200, QJsonObject{
        {QStringLiteral("minRootfsSize"), 100}, {QStringLiteral("maxRootfsSize"), 100}, {QStringLiteral("freeRootfsSize"), 100},
        {QStringLiteral("minLocalVolumeSize"), 30}, {QStringLiteral("maxLocalVolumeSize"), 30}, {QStringLiteral("freeLocalVolumeSize"), 30},
        {QStringLiteral("minWorkerNum"), 0}, {QStringLiteral("maxWorkerNum"), 5}, {QStringLiteral("minFreeTimeout"), 1},
        {QStringLiteral("maxFreeTimeout"), 3600}, {QStringLiteral("minConcurrencyNum"), 1}, {QStringLiteral("maxConcurrencyNum"), 100},
        {QStringLiteral("minQueueWaitTime"), 1}, {QStringLiteral("maxQueueWaitTime"), 600}, {QStringLiteral("minRequestNum"), 1},
        {QStringLiteral("maxRequestNum"), 1000}, {QStringLiteral("minGPUNum"), 1}, {QStringLiteral("maxGPUNum"), 8},
        {QStringLiteral("cudaVersionList"), QJsonArray{QStringLiteral("12.4"), QStringLiteral("12.6")}}});
}

QJsonObject endpointJson(const SandboxWorld &world, const QJsonObject &row)
{
    QJsonObject json = row;
    const bool serving = taskStage(world, row, QLatin1String("createdAt"), 0, kDeploySeconds) == 2;
    json.remove(QLatin1String("createdAt"));
    json.insert(QStringLiteral("state"), QJsonObject{{QStringLiteral("state"), serving ? QStringLiteral("serving") : QStringLiteral("initializing")},
                                                     {QStringLiteral("error"), QString()}, {QStringLiteral("message"), QString()}});
    QJsonArray workers;
    const int count = row.value(QLatin1String("workerConfig"))[QLatin1String("minNum")].toInt();
    for (int i = 0; serving && i < count; ++i)
        workers.append(QJsonObject{{QStringLiteral("id"), QStringLiteral("%1-w%2").arg(row.value(QLatin1String("id")).toString()).arg(i)},
                                   {QStringLiteral("state"), QJsonObject{{QStringLiteral("state"), QStringLiteral("running")}, {QStringLiteral("error"), QString()}, {QStringLiteral("message"), QString()}}},
                                   {QStringLiteral("log"), QString()}, {QStringLiteral("metrics"), QString()}, {QStringLiteral("healthy"), true}});
    json.insert(QStringLiteral("workers"), workers.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(workers));
    return json;
}

HttpResponse listEndpoints(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("pageNum"), 0, 10);
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> all = call.world.endpoints.values();
    std::reverse(all.begin(), all.end());
    const PageWindow page = windowOn(asked, 0, all.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(endpointJson(call.world, all.at(i)));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("endpoints"), rows}, {QStringLiteral("total"), all.size()}});
}

HttpResponse getEndpoint(ApiCall &call)
{
    QueryReader query(call);
    const QString id = query.text(QStringLiteral("id"), {}, true);
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const qint64 key = SandboxWorld::find(call.world.endpoints, QLatin1String("id"), id);
    if (key < 0)
        return notFound();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("endpoint"), endpointJson(call.world, call.world.endpoints.value(key))}});
}

/// Reads the members that create and update share. In answers some of their numbers are text.
QJsonObject readSettings(BodyReader &body, ApiCall &call)
{
    BodyReader worker(call, body.object(QStringLiteral("workerConfig"), true), QStringLiteral("workerConfig."));
    const qint64 least = worker.integer(QStringLiteral("minNum"), true, 0, 5);
    const qint64 most = worker.integer(QStringLiteral("maxNum"), true, 0, 5);
    const qint64 idle = worker.integer(QStringLiteral("freeTimeout"), true, 1, 3600);
    const qint64 concurrent = worker.integer(QStringLiteral("maxConcurrent"), true, 1, 1000);
    const qint64 cards = worker.integer(QStringLiteral("gpuNum"), true, 1, 8);
    const qint64 timeout = worker.integer(QStringLiteral("requestTimeout"), false, 0, 86400);
    worker.know(QStringLiteral("cudaVersion"));
    if (least > most)
        worker.refuse(QStringLiteral("workerConfig.minNum is beyond maxNum"));
    worker.noteUnknown();
    BodyReader policy(call, body.object(QStringLiteral("policy"), true), QStringLiteral("policy."));
    const QString policyType = policy.text(QStringLiteral("type"), {true, 0, {QStringLiteral("queue"), QStringLiteral("concurrency")}});
    const qint64 policyValue = policy.integer(QStringLiteral("value"), true, 1, 1000);
    policy.noteUnknown();
    BodyReader image(call, body.object(QStringLiteral("image"), true), QStringLiteral("image."));
    const QJsonObject imageJson{{QStringLiteral("image"), image.text(QStringLiteral("image"), {true, 511, {}})},
                                {QStringLiteral("authId"), image.text(QStringLiteral("authId"), {false, 255, {}})},
                                {QStringLiteral("command"), image.text(QStringLiteral("command"), {false, 2047, {}})}};
    image.noteUnknown();
    for (const BodyReader *nested : {&worker, &policy, &image})
        body.absorb(*nested);
    return {{QStringLiteral("workerConfig"), QJsonObject{{QStringLiteral("minNum"), least}, {QStringLiteral("maxNum"), most}, {QStringLiteral("freeTimeout"), QString::number(idle)},
                                                         {QStringLiteral("maxConcurrent"), QString::number(concurrent)}, {QStringLiteral("gpuNum"), cards},
                                                         {QStringLiteral("requestTimeout"), timeout}, {QStringLiteral("cudaVersion"), QString()}}},
            {QStringLiteral("policy"), QJsonObject{{QStringLiteral("type"), policyType}, {QStringLiteral("value"), QString::number(policyValue)}}},
            {QStringLiteral("image"), imageJson},
            {QStringLiteral("ports"), body.array(QStringLiteral("ports"), true, 1)},
            {QStringLiteral("envs"), envsJson(parseEnvs(body, call, body.array(QStringLiteral("envs"), false, 100)))},
            {QStringLiteral("clusterID"), body.text(QStringLiteral("clusterID"), {false, 255, {}})}};
}

HttpResponse createEndpoint(ApiCall &call)
{
    BodyReader outer(call, call.body);
    BodyReader body(call, outer.object(QStringLiteral("endpoint"), true), QStringLiteral("endpoint."));
    QJsonObject row = readSettings(body, call);
    const QString name = body.text(QStringLiteral("name"), {false, 220, {}});
    const QString appName = body.text(QStringLiteral("appName"));
    const QJsonArray products = body.array(QStringLiteral("products"), true);
    row.insert(QStringLiteral("products"), products);
    row.insert(QStringLiteral("rootfsSize"), body.integer(QStringLiteral("rootfsSize"), true, 100, 100));
    row.insert(QStringLiteral("volumeMounts"), body.array(QStringLiteral("volumeMounts"), true));
    row.insert(QStringLiteral("healthy"), body.object(QStringLiteral("healthy"), true));
    body.noteUnknown();
    outer.noteUnknown();
    outer.absorb(body);
    if (outer.failed())
        return outer.refusal();
    for (const QJsonValue &product : products) {
        if (!call.world.catalog().serverlessProducts.contains(product[QLatin1String("id")].toString()))
            return apiError(400, QStringLiteral("SERVERLESS_PRODUCT_NOT_FOUND"), QStringLiteral("serverless product not found"));
    }
    const QString id = QStringLiteral("ep-") + call.world.newId(8);
    if (!appName.isEmpty() && SandboxWorld::find(call.world.endpoints, QLatin1String("appName"), appName) >= 0)
        return apiError(400, QStringLiteral("SERVERLESS_APP_NAME_IS_EXIST"), QStringLiteral("app name exists already"));
    row.insert(QStringLiteral("id"), id);
    row.insert(QStringLiteral("name"), name.isEmpty() ? id : name);
    row.insert(QStringLiteral("appName"), appName.isEmpty() ? id : appName);
    row.insert(QStringLiteral("url"), QStringLiteral("https://%1-%2.serverless.example.invalid").arg(id, appName.isEmpty() ? id : appName));
    row.insert(QStringLiteral("log"), QString());
    row.insert(QStringLiteral("createdAt"), unixText(call.world.now()));
    call.world.append(call.world.endpoints, row);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("id"), id}});
}

HttpResponse updateEndpoint(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("id"), {true, 0, {}});
    QJsonObject changes = readSettings(body, call);
    const QString name = body.text(QStringLiteral("name"), {false, 220, {}});
    if (!name.isEmpty())
        changes.insert(QStringLiteral("name"), name);
    if (body.has(QStringLiteral("volumeMounts")))
        changes.insert(QStringLiteral("volumeMounts"), body.array(QStringLiteral("volumeMounts")));
    if (body.has(QStringLiteral("healthy")))
        changes.insert(QStringLiteral("healthy"), body.object(QStringLiteral("healthy")));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.endpoints, QLatin1String("id"), id);
    if (key < 0)
        return notFound();
    for (auto it = changes.begin(); it != changes.end(); ++it)
        call.world.endpoints[key].insert(it.key(), it.value());
    return HttpResponse::json(200, QJsonObject());
}

HttpResponse deleteEndpoint(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("name"), {true, 0, {}}); // carries the id, in spite of its name
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.endpoints, QLatin1String("id"), id);
    if (key < 0)
        return notFound();
    call.world.endpoints.remove(key);
    return emptyOk();
}

} // namespace

QList<ApiOperation> endpointOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/endpoint/limit", "getEndpointLimits", limits},
            {"GET", "/gpu-instance/openapi/v1/endpoints", "listEndpoints", listEndpoints},
            {"GET", "/gpu-instance/openapi/v1/endpoint", "getEndpoint", getEndpoint},
            {"POST", "/gpu-instance/openapi/v1/endpoint/create", "createEndpoint", createEndpoint},
            {"POST", "/gpu-instance/openapi/v1/endpoint/update", "updateEndpoint", updateEndpoint},
            {"POST", "/gpu-instance/openapi/v1/endpoint/delete", "deleteEndpoint", deleteEndpoint}};
}

} // namespace novita
