// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/instancecalls.h"

#include "core/cloud/types/instancedraft.h"

namespace novita::instancecalls {

namespace {

struct Route
{
    QString operation;
    QString path;
    bool idempotent = false;
};

Route routeOf(const InstanceRequest &request)
{
    const auto instance = [](const char *operation, const char *verb, bool idempotent) {
        return Route{QLatin1String(operation), QStringLiteral("/v1/gpu/instance/") + QLatin1String(verb), idempotent};
    };
    switch (request.action()) {
    case InstanceAction::Start: return instance("startInstance", "start", false);
    case InstanceAction::Stop: return instance("stopInstance", "stop", true);
    case InstanceAction::Restart: return instance("restartInstance", "restart", false);
    case InstanceAction::Delete: return instance("deleteInstance", "delete", true);
    case InstanceAction::Edit: return instance("editInstance", "edit", request.input<EditRequest>().growDiskGb == 0);
    case InstanceAction::Upgrade: return instance("upgradeInstance", "upgrade", false);
    case InstanceAction::Migrate: return instance("migrateInstance", "migrate", false);
    case InstanceAction::Renew: return instance("renewInstance", "renewInstance", false);
    case InstanceAction::ToMonthly: return instance("convertToMonthly", "transToMonthlyInstance", false);
    case InstanceAction::AutoRenew: return instance("setAutoRenew", "setAutoRenew", true);
    case InstanceAction::AutoMigrate: return instance("setAutoMigrate", "setAutoMigrate", true);
    case InstanceAction::SaveImage: return {QStringLiteral("saveInstanceImage"), QStringLiteral("/v1/job/save/image"), false};
    case InstanceAction::Clone: break;
    }
    Q_UNREACHABLE();
}

ApiRequest post(const Route &route, const QJsonObject &body)
{
    ApiRequest request;
    request.operation = route.operation;
    request.method = HttpMethod::Post;
    request.path = route.path;
    request.body = body;
    request.idempotent = route.idempotent;
    request.invalidates = {QStringLiteral("products"), QStringLiteral("balance"), QStringLiteral("networks")};
    return request;
}

} // namespace

ApiRequest create(const InstanceDraft &draft)
{
    return post({QStringLiteral("createInstance"), QStringLiteral("/v1/gpu/instance/create"), false}, draft.toJson());
}

ApiRequest action(const InstanceId &id, const InstanceRequest &request)
{
    return post(routeOf(request), request.toJson(id));
}

} // namespace novita::instancecalls
