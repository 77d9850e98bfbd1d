// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookevent.h"

#include "core/webhooks/strictreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace novita {

namespace {

using Kind = InstanceEvent::Kind;

struct KindName
{
    const char *status;
    Kind kind;
};

constexpr std::array kKinds{
    KindName{"running", Kind::Running},
    KindName{"health_checking", Kind::HealthChecking},
    KindName{"ready", Kind::Ready},
    KindName{"failed", Kind::Failed},
    KindName{"timeout", Kind::Timeout},
    KindName{"startup_initiated", Kind::StartupInitiated},
    KindName{"startup_completed", Kind::StartupCompleted},
    KindName{"startup_failed", Kind::StartupFailed},
    KindName{"stopped", Kind::Stopped},
    KindName{"deleted", Kind::Deleted},
};

constexpr std::array kPhases{"startRequested", "instanceStarting", "instanceRunning", "healthCheckStarted", "healthCheckCompleted", "ready"};

HealthReport healthOf(const StrictReader &reader)
{
    HealthReport report;
    report.status = reader.text("status");
    report.overallStatus = reader.text("overallStatus");
    report.startedAt = reader.time("startedAt");
    report.completedAt = reader.time("completedAt");
    report.totalResponseTime = reader.span("totalResponseTime");
    const QJsonArray endpoints = reader.array("endpoints", webhookevent::kMaxEndpoints);
    for (qsizetype i = 0; i < endpoints.size() && i < webhookevent::kMaxEndpoints; ++i) {
        const StrictReader item = reader.item("endpoints", i, endpoints.at(i));
        report.endpoints.append({item.port("port"), item.text("endpoint"), item.text("type"), item.text("status"), item.time("lastChecked"),
                                 item.text("error"), item.span("responseTime")});
    }
    return report;
}

StartupReport startupOf(const StrictReader &reader)
{
    StartupReport report;
    report.operationId = reader.id("operationId");
    report.status = reader.text("status");
    report.startedAt = reader.time("startedAt");
    report.totalElapsed = reader.span("totalElapsedTime");
    report.error = reader.text("error");
    const StrictReader phases = reader.object("phases");
    for (const char *phase : kPhases) {
        if (const std::optional<TimePoint> at = phases.time(phase))
            report.phases.append({QLatin1String(phase), *at});
    }
    return report;
}

Kind kindOf(const QString &status, const QJsonObject &data)
{
    if (status == QLatin1String("running") && data.value(QLatin1String("event")).toString() == QLatin1String("instance_created"))
        return Kind::Created;
    for (const KindName &known : kKinds) {
        if (status == QLatin1String(known.status))
            return known.kind;
    }
    return Kind::Other;
}

InstanceEvent instanceEvent(const StrictReader &reader)
{
    InstanceEvent event;
    event.instanceId = reader.id("instanceId", true);
    event.status = reader.text("status", true);
    event.timestamp = reader.time("timestamp", true).value_or(TimePoint());
    event.novitaInstanceId = reader.id("novitaInstanceId");
    event.operationId = reader.id("operationId");
    event.elapsed = reader.span("elapsedTime");
    event.error = reader.text("error");
    event.reason = reader.text("reason");
    event.data = reader.freeObject("data");
    if (reader.has("healthCheck"))
        event.health = healthOf(reader.object("healthCheck"));
    if (reader.has("startupOperation"))
        event.startup = startupOf(reader.object("startupOperation"));
    event.kind = kindOf(event.status, event.data);
    return event;
}

TaskEvent taskEvent(const StrictReader &payload)
{
    const StrictReader task = payload.object("task");
    TaskEvent event;
    event.taskId = task.id("task_id", true);
    event.status = task.text("status", true);
    event.reason = task.text("reason");
    event.taskType = task.text("task_type");
    event.images = payload.count("images");
    event.videos = payload.count("videos");
    event.audios = payload.count("audios");
    return event;
}

} // namespace

namespace webhookevent {

Result<WebhookEvent> decode(const QByteArray &body)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(body, &parseError);
    if (!document.isObject()) {
        const bool unreadable = parseError.error != QJsonParseError::NoError;
        return Error::protocol(ProtocolFault::Unreadable, unreadable ? QStringLiteral("not JSON: %1 at %2").arg(parseError.errorString()).arg(parseError.offset)
                                                                    : QStringLiteral("no JSON object"));
    }
    std::optional<Error> problem;
    const StrictReader reader(document.object(), QStringLiteral("$"), problem);
    const bool isTask = document.object().value(QLatin1String("event_type")) == QLatin1String("ASYNC_TASK_RESULT");
    WebhookEvent event = isTask ? WebhookEvent(taskEvent(reader.object("payload"))) : WebhookEvent(instanceEvent(reader));
    if (problem)
        return *problem;
    return event;
}

QString kindName(const WebhookEvent &event)
{
    const auto *instance = std::get_if<InstanceEvent>(&event);
    if (!instance)
        return QStringLiteral("task");
    if (instance->kind == Kind::Created)
        return QStringLiteral("created");
    for (const KindName &known : kKinds) {
        if (known.kind == instance->kind)
            return QLatin1String(known.status);
    }
    return QStringLiteral("other");
}

QString subject(const WebhookEvent &event)
{
    if (const auto *task = std::get_if<TaskEvent>(&event))
        return task->taskId;
    const auto &instance = std::get<InstanceEvent>(event);
    return instance.novitaInstanceId.isEmpty() ? instance.instanceId : instance.novitaInstanceId;
}

} // namespace webhookevent

} // namespace novita
