// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/selftest.h"

#include "core/base/isotime.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace novita {

namespace {

const QString &noncePrefix()
{
    static const QString prefix = QStringLiteral("self-test ");
    return prefix;
}

} // namespace

bool SelfTest::isOk() const
{
    return !hops.isEmpty() && std::all_of(hops.begin(), hops.end(), [](const SelfTestHop &hop) { return hop.state == SelfTestHop::State::Ok; });
}

const SelfTestHop *SelfTest::firstFailed() const
{
    const auto failed = std::find_if(hops.begin(), hops.end(), [](const SelfTestHop &hop) { return hop.state == SelfTestHop::State::Failed; });
    return failed == hops.end() ? nullptr : &*failed;
}

QString SelfTest::hopName(const SelfTestHop &hop)
{
    using Kind = SelfTestHop::Kind;
    const bool tunnel = hop.way == SelfTestHop::Way::Tunnel;
    switch (hop.kind) {
    case Kind::Listening: return tunnel ? tr("Tunnel: address") : tr("Listening");
    case Kind::Connected: return tunnel ? tr("Tunnel: connected") : tr("Connected");
    case Kind::Answered: return tunnel ? tr("Tunnel: reaches this receiver") : tr("Answered");
    case Kind::Verified: return tunnel ? tr("Tunnel: signature verified") : tr("Signature verified");
    case Kind::Stored: return tunnel ? tr("Tunnel: in the inbox") : tr("In the inbox");
    }
    return {};
}

QString SelfTest::sentence() const
{
    if (const SelfTestHop *failed = firstFailed())
        return tr("%1 failed: %2").arg(hopName(*failed), failed->sentence);
    const bool tunnel = std::any_of(hops.begin(), hops.end(), [](const SelfTestHop &hop) { return hop.way == SelfTestHop::Way::Tunnel; });
    return tunnel ? tr("A test delivery came through the tunnel into the inbox.") : tr("A test delivery came into the inbox.");
}

QByteArray SelfTest::body(const QString &nonce, TimePoint at, bool asTask)
{
    const QString reason = noncePrefix() + nonce;
    const QString subject = QLatin1String(kSubject);
    if (asTask) {
        const QJsonObject task{{QStringLiteral("task_id"), subject}, {QStringLiteral("status"), QStringLiteral("TASK_STATUS_SUCCEED")},
                               {QStringLiteral("reason"), reason}, {QStringLiteral("task_type"), QStringLiteral("SELF_TEST")}};
        const QJsonObject payload{{QStringLiteral("task"), task}};
        return QJsonDocument(QJsonObject{{QStringLiteral("event_type"), QStringLiteral("ASYNC_TASK_RESULT")}, {QStringLiteral("payload"), payload}})
            .toJson(QJsonDocument::Compact);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("instanceId"), subject}, {QStringLiteral("status"), QStringLiteral("self_test")},
                                     {QStringLiteral("timestamp"), isoTime(at)}, {QStringLiteral("reason"), reason}})
        .toJson(QJsonDocument::Compact);
}

QString SelfTest::nonceOf(const WebhookEvent &event)
{
    const bool isTask = std::holds_alternative<TaskEvent>(event);
    const QString id = isTask ? std::get<TaskEvent>(event).taskId : std::get<InstanceEvent>(event).instanceId;
    const QString reason = isTask ? std::get<TaskEvent>(event).reason : std::get<InstanceEvent>(event).reason;
    return id == QLatin1String(kSubject) && reason.startsWith(noncePrefix()) ? reason.mid(noncePrefix().size()) : QString();
}

} // namespace novita
