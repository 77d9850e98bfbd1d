// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

using S = InstanceState;

/// Renewal of a subscription, or the change from on-demand to one.
HttpResponse subscribe(ApiCall &call, bool renew)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("instanceId"), {true, 0, {}});
    const qint64 months = body.integer(QStringLiteral("month"), true, 1, 36);
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    SandboxInstance *i = call.world.instance(id);
    if (!i)
        return instanceNotFound();
    if (renew && (i->state == S::pending || i->state == S::toCreate || i->state == S::creating))
        return apiError(400, QStringLiteral("CREATING_INSTANCE_NOT_SUPPORT_RENEWAL"), QStringLiteral("the instance is being created"));
    if (i->isGoing())
        return invalidStateChange();
    Money monthly = i->monthly;
    if (renew != (i->billingMode == QLatin1String("monthly")) || (!renew && i->billingMode != QLatin1String("onDemand")) || i->monthly.isZero()) {
        const SandboxProduct *product = call.world.catalog().product(i->productId);
        const bool convertible = !renew && i->billingMode == QLatin1String("onDemand") && product && !product->monthlyPrice.isZero();
        if (!convertible)
            return apiError(400, QStringLiteral("UNSUPPORTED_BILLING_MODE"), QStringLiteral("billing mode does not allow this"));
        monthly = product->monthlyPrice * std::max(1, i->gpuNum);
    }
    const TimePoint now = call.world.now();
    if (!call.world.paySubscription(*i, monthly, renew ? std::max(i->endTime, now) : now, months, renew ? QStringLiteral("monthly_re_buy") : QStringLiteral("monthly_new_buy")))
        return apiError(400, QStringLiteral("BALANCE_NOT_ENOUGH"), QStringLiteral("balance is not enough"));
    i->monthly = monthly;
    if (!renew) {
        i->billingMode = QStringLiteral("monthly");
        i->hourly = {};
        i->notePrices(now);
    }
    return emptyOk();
}

HttpResponse setAutoRenew(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QJsonArray ids = body.array(QStringLiteral("instanceIds"), true);
    const bool on = body.boolean(QStringLiteral("autoRenew"), true);
    const int months = int(body.integer(QStringLiteral("autoRenewMonth"), true, 1, 12));
    if (ids.isEmpty())
        body.refuse(QStringLiteral("instanceIds must not be empty"));
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    QList<SandboxInstance *> found;
    for (const QJsonValue &id : ids) {
        SandboxInstance *instance = call.world.instance(id.toString());
        if (!instance)
            return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
        if (instance->billingMode != QLatin1String("monthly"))
            return apiError(400, QStringLiteral("UNSUPPORTED_BILLING_MODE"), QStringLiteral("only subscriptions are renewed"));
        found.append(instance);
    }
    for (SandboxInstance *instance : found) {
        instance->autoRenew = on;
        instance->autoRenewMonth = months;
    }
    return emptyOk();
}

} // namespace

QList<ApiOperation> subscriptionOperations()
{
    return {{"POST", "/gpu-instance/openapi/v1/gpu/instance/renewInstance", "renewInstance", [](ApiCall &call) { return subscribe(call, true); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/transToMonthlyInstance", "convertToMonthly", [](ApiCall &call) { return subscribe(call, false); }},
            {"POST", "/gpu-instance/openapi/v1/gpu/instance/setAutoRenew", "setAutoRenew", setAutoRenew}};
}

} // namespace novita
