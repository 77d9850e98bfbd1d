// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"
#include "core/sandbox/sandboxroutes.h"

namespace novita {

namespace {

constexpr qsizetype kTaskLimit = 5;      // of the vendor's guide
constexpr int kGigabytesPerImage = 100;  // likewise
constexpr double kWaitSeconds = 5;
constexpr double kPullSeconds = 60;

const QStringList kStates{QStringLiteral("Pending"), QStringLiteral("Running"), QStringLiteral("Succeeded"), QStringLiteral("Failed")};

HttpResponse notFound()
{
    return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("prewarm task not found"));
}

QJsonObject taskJson(const SandboxWorld &world, const QJsonObject &row)
{
    QJsonObject json = row;
    const int stage = taskStage(world, row, QLatin1String("createTime"), kWaitSeconds, kPullSeconds);
    const bool failed = stage == 2 && row.value(QLatin1String("imageUrl")).toString().contains(QLatin1String("notfound"));
    json.insert(QStringLiteral("state"), kStates.at(failed ? 3 : stage));
    json.insert(QStringLiteral("reason"), failed ? QJsonValue(QJsonArray{QStringLiteral("manifest unknown")}) : QJsonValue(QJsonValue::Null));
    const Seconds duration = std::chrono::ceil<Seconds>(world.planner().scaled(kWaitSeconds + kPullSeconds));
    const qint64 created = row.value(QLatin1String("createTime")).toString().toLongLong();
    json.insert(QStringLiteral("completeTime"), stage == 2 ? QString::number(created + duration.count()) : QString());
    return json;
}

HttpResponse quota(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("total"), call.world.prewarms.size()}, {QStringLiteral("limit"), kTaskLimit},
                                               {QStringLiteral("perImageSize"), kGigabytesPerImage}});
}

HttpResponse listTasks(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("page"), 1);
    const QString state = query.text(QStringLiteral("state"), kStates);
    const QString clusterId = query.text(QStringLiteral("clusterId"));
    const QString name = query.text(QStringLiteral("name"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> matching;
    for (const QJsonObject &row : call.world.prewarms) {
        const QJsonObject json = taskJson(call.world, row);
        if ((state.isEmpty() || json.value(QLatin1String("state")).toString() == state)
            && (clusterId.isEmpty() || json.value(QLatin1String("clusterId")).toString() == clusterId)
            && (json.value(QLatin1String("imageName")).toString().contains(name) || json.value(QLatin1String("note")).toString().contains(name)))
            matching.prepend(json);
    }
    const PageWindow page = windowOn(asked, 1, matching.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(matching.at(i));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), rows}, {QStringLiteral("total"), matching.size()}});
}

/// The named products, or every GPU product of the cluster.
QJsonArray productsFor(const SandboxWorld &world, const QString &clusterId, const QJsonArray &ids)
{
    QJsonArray products;
    for (const SandboxProduct &product : world.catalog().products) {
        const bool wanted = ids.isEmpty() ? !product.cpuOnly && product.clusters.contains(clusterId) : ids.contains(product.id);
        if (wanted)
            products.append(QJsonObject{{QStringLiteral("productId"), product.id}, {QStringLiteral("productName"), product.name}});
    }
    return products;
}

HttpResponse createTask(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString image = body.text(QStringLiteral("imageUrl"), {true, 500, {}});
    const QString auth = body.text(QStringLiteral("repositoryAuth"));
    const QString clusterId = body.text(QStringLiteral("clusterId"), {true, 255, {}});
    const QJsonArray productIds = body.array(QStringLiteral("productIds"));
    const QString note = body.text(QStringLiteral("note"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const SandboxCluster *cluster = call.world.catalog().cluster(clusterId);
    if (!cluster)
        return validatorError(QStringLiteral("invalid parameter: clusterId is unknown"));
    if (!auth.isEmpty() && SandboxWorld::find(call.world.auths, QLatin1String("id"), auth) < 0)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("image auth not found"));
    if (call.world.prewarms.size() >= kTaskLimit)
        return apiError(400, QStringLiteral("OPERATION_LIMIT"), QStringLiteral("too many prewarm tasks"));
    const QString id = QStringLiteral("pw-") + call.world.newId(8);
    const QString name = image.section(u'/', -1).section(u':', 0, 0);
    call.world.append(call.world.prewarms,
                      {{QStringLiteral("id"), id}, {QStringLiteral("imageName"), name}, {QStringLiteral("imageUrl"), image},
                       {QStringLiteral("repositoryAuth"), auth}, {QStringLiteral("clusterId"), clusterId}, {QStringLiteral("clusterName"), cluster->name},
                       {QStringLiteral("products"), productsFor(call.world, clusterId, productIds)},
                       {QStringLiteral("imageSize"), QString::number(call.world.derivedNumber(image, 30, 12000) * qint64(1048576))},
                       {QStringLiteral("createTime"), unixText(call.world.now())}, {QStringLiteral("note"), note}});
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("id"), id}});
}

HttpResponse editTask(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("id"), {true, 0, {}});
    const QString note = body.text(QStringLiteral("note"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.prewarms, QLatin1String("id"), id);
    if (key < 0)
        return notFound();
    call.world.prewarms[key].insert(QStringLiteral("note"), note);
    return emptyOk();
}

HttpResponse deleteTasks(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QJsonArray ids = body.array(QStringLiteral("ids"), true);
    if (ids.isEmpty())
        body.refuse(QStringLiteral("ids must not be empty"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    QList<qint64> keys;
    for (const QJsonValue &id : ids) {
        keys.append(SandboxWorld::find(call.world.prewarms, QLatin1String("id"), id.toString()));
        if (keys.last() < 0)
            return notFound();
    }
    for (const qint64 key : keys)
        call.world.prewarms.remove(key);
    return emptyOk();
}

} // namespace

QList<ApiOperation> prewarmOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/image/prewarm/quota", "getPrewarmQuota", quota},
            {"GET", "/gpu-instance/openapi/v1/image/prewarm", "listPrewarmTasks", listTasks},
            {"POST", "/gpu-instance/openapi/v1/image/prewarm", "createPrewarmTask", createTask},
            {"POST", "/gpu-instance/openapi/v1/image/prewarm/edit", "editPrewarmTask", editTask},
            {"POST", "/gpu-instance/openapi/v1/image/prewarm/delete", "deletePrewarmTasks", deleteTasks}};
}

} // namespace novita
