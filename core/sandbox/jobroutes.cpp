// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/instanceview.h"
#include "core/sandbox/sandboxroutes.h"

#include <limits>

namespace novita {

namespace {

constexpr double kWaitSeconds = 3;
constexpr double kRunSeconds = 30;

const QStringList kStates{QStringLiteral("pulling"), QStringLiteral("running"), QStringLiteral("success"), QStringLiteral("fail"), QStringLiteral("break")};
const QStringList kTypes{QStringLiteral("saveImage"), QStringLiteral("instanceMigrate"), QStringLiteral("autoInstanceMigrate")};

QString stateOf(const SandboxWorld &world, const QJsonObject &row)
{
    if (!row.value(QLatin1String("broken")).isUndefined())
        return kStates.at(4);
    const int stage = taskStage(world, row, QLatin1String("createdAt"), kWaitSeconds, kRunSeconds);
    return stage == 2 && row.value(QLatin1String("fails")).toBool() ? kStates.at(3) : kStates.at(stage);
}

QJsonObject jobJson(const SandboxWorld &world, const QJsonObject &row, const QString &origin)
{
    const QString state = stateOf(world, row);
    const QString error = state == kStates.at(3) ? QStringLiteral("push to the registry was denied") : QString();
    return {{QStringLiteral("Id"), row.value(QLatin1String("Id"))},
            {QStringLiteral("user"), row.value(QLatin1String("user"))},
            {QStringLiteral("type"), row.value(QLatin1String("type"))},
            {QStringLiteral("envs"), QJsonValue::Null},
            {QStringLiteral("state"), QJsonObject{{QStringLiteral("state"), state}, {QStringLiteral("error"), error}, {QStringLiteral("errorMessage"), error}}},
            {QStringLiteral("logAddress"), QStringLiteral("%1/_sandbox/logs/%2/system").arg(origin, row.value(QLatin1String("instanceId")).toString())},
            {QStringLiteral("createdAt"), row.value(QLatin1String("createdAt"))},
            {QStringLiteral("instanceId"), row.value(QLatin1String("instanceId"))}};
}

HttpResponse saveImage(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString instanceId = body.text(QStringLiteral("instanceId"), {true, 255, {}});
    const QString image = body.text(QStringLiteral("image"), {true, 4095, {}});
    const QString authId = body.text(QStringLiteral("registryAuthId"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const SandboxInstance *instance = call.world.instance(instanceId);
    if (!instance)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
    if (instance->state != InstanceState::exited)
        return apiError(400, QStringLiteral("REQUEST"), QStringLiteral("invalid state change"));
    if (!authId.isEmpty() && SandboxWorld::find(call.world.auths, QLatin1String("id"), authId) < 0)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("image auth not found"));
    for (const QJsonObject &job : call.world.jobs) {
        const int stage = taskStage(call.world, job, QLatin1String("createdAt"), kWaitSeconds, kRunSeconds);
        if (job.value(QLatin1String("instanceId")).toString() == instanceId && stage < 2 && job.value(QLatin1String("broken")).isUndefined())
            return apiError(400, QStringLiteral("CONFLICT"), QStringLiteral("another job of the instance is running"));
    }
    const QString id = call.world.addJob(kTypes.at(0), instanceId, image.contains(QLatin1String("denied")));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("jobId"), id}});
}

HttpResponse listJobs(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("pageNum"), 0);
    const QString id = query.text(QStringLiteral("jobId"));
    const QString state = query.text(QStringLiteral("state"), kStates);
    const QString type = query.text(QStringLiteral("type"), kTypes);
    const qint64 from = query.integer(QStringLiteral("startTime")).value_or(0);
    const qint64 to = query.integer(QStringLiteral("endTime")).value_or(0);
    query.text(QStringLiteral("creators"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> matching;
    for (const QJsonObject &row : call.world.jobs) {
        const qint64 created = row.value(QLatin1String("createdAt")).toString().toLongLong();
        if ((id.isEmpty() || row.value(QLatin1String("Id")).toString() == id) && (state.isEmpty() || stateOf(call.world, row) == state)
            && (type.isEmpty() || row.value(QLatin1String("type")).toString() == type) && created >= from
            && created <= (to > 0 ? to : std::numeric_limits<qint64>::max()))
            matching.prepend(row);
    }
    const PageWindow page = windowOn(asked, 0, matching.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(jobJson(call.world, matching.at(i), call.origin));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("jobs"), rows}, {QStringLiteral("total"), matching.size()}});
}

HttpResponse breakJob(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("jobId"), {true, 255, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.jobs, QLatin1String("Id"), id);
    if (key < 0)
        return apiError(400, QStringLiteral("JOB_NOT_FOUND"), QStringLiteral("job not found"));
    if (taskStage(call.world, call.world.jobs.value(key), QLatin1String("createdAt"), kWaitSeconds, kRunSeconds) == 2)
        return apiError(400, QStringLiteral("REQUEST"), QStringLiteral("the job has ended"));
    call.world.jobs[key].insert(QStringLiteral("broken"), true);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("jobId"), id}});
}

} // namespace

QList<ApiOperation> jobOperations()
{
    return {{"POST", "/gpu-instance/openapi/v1/job/save/image", "saveInstanceImage", saveImage},
            {"GET", "/gpu-instance/openapi/v1/jobs", "listJobs", listJobs},
            {"POST", "/gpu-instance/openapi/v1/job/break", "breakJob", breakJob}};
}

} // namespace novita
