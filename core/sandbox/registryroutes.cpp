// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

HttpResponse listRegistryAuths(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    QJsonArray rows;
    for (const QJsonObject &row : call.world.auths)
        rows.append(row);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), rows.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(rows)}});
}

HttpResponse createRegistryAuth(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QJsonObject row{{QStringLiteral("name"), body.text(QStringLiteral("name"), {true, 255, {}})},
                          {QStringLiteral("username"), body.text(QStringLiteral("username"), {true, 511, {}})},
                          {QStringLiteral("password"), body.text(QStringLiteral("password"), {true, 1024, {}})}};
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    QJsonObject saved = row;
    saved.insert(QStringLiteral("id"), call.world.newUuid());
    call.world.append(call.world.auths, saved);
    return emptyOk(); // the live API does not tell the id
}

HttpResponse deleteRegistryAuth(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("id"), {true, 0, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.auths, QLatin1String("id"), id);
    if (key < 0)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("image auth not found"));
    const auto &instances = call.world.instances();
    const bool used = std::any_of(instances.begin(), instances.end(), [&](const auto &i) { return i->imageAuthId == id; })
        || std::any_of(call.world.templates.cbegin(), call.world.templates.cend(), [&](const QJsonObject &t) { return t.value(QLatin1String("imageAuth")).toString() == id; });
    if (used)
        return apiError(400, QStringLiteral("IMAGE_AUTH_IN_USE"), QStringLiteral("image auth is in use"));
    call.world.auths.remove(key);
    return emptyOk();
}

} // namespace

QList<ApiOperation> registryOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/repository/auths", "listRegistryAuths", listRegistryAuths},
            {"POST", "/gpu-instance/openapi/v1/repository/auth/save", "createRegistryAuth", createRegistryAuth},
            {"POST", "/gpu-instance/openapi/v1/repository/auth/delete", "deleteRegistryAuth", deleteRegistryAuth}};
}

} // namespace novita
