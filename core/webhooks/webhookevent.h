// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <utility>
#include <variant>

/// What webhook deliveries say. Everything here was written by somebody else: bounded and checked, but no more than a hint that
/// something may have changed. No URL in it is ever opened by itself.
namespace novita {

/// The check of one endpoint of an instance.
struct EndpointHealth
{
    int port = 0;
    QString endpoint;                         ///< address, for reading only
    QString type;
    QString status;                           ///< "pending", "healthy", "unhealthy", or what else was sent
    std::optional<TimePoint> lastChecked;
    QString error;
    std::optional<Milliseconds> responseTime;
};

struct HealthReport
{
    QString status;        ///< "pending", "in_progress", "completed", "failed"
    QString overallStatus; ///< "healthy", "unhealthy", "partial"
    QList<EndpointHealth> endpoints; ///< at most 64
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> completedAt;
    std::optional<Milliseconds> totalResponseTime;
};

struct StartupReport
{
    QString operationId;
    QString status; ///< "initiated", "monitoring", "health_checking", "completed", "failed"
    std::optional<TimePoint> startedAt;
    QList<std::pair<QString, TimePoint>> phases; ///< in the order of a start, those that were sent
    std::optional<Milliseconds> totalElapsed;
    QString error;
};

/// Something happened to an instance.
struct InstanceEvent
{
    enum class Kind {
        Created,          ///< status "running" with data.event "instance_created": it exists, it need not run
        Running,          ///< also every poll of a start that is being monitored: repeats are normal
        HealthChecking,
        Ready,
        Failed,
        Timeout,
        StartupInitiated,
        StartupCompleted,
        StartupFailed,
        Stopped,
        Deleted,
        Other,            ///< a status this program does not know; `status` has it
    };

    Kind kind = Kind::Other;
    QString instanceId;       ///< the sender's own; [A-Za-z0-9_-]{1,128}
    QString novitaInstanceId; ///< empty when it was not sent
    QString status;           ///< as sent
    TimePoint timestamp{};    ///< inside the signed bytes
    QString operationId;
    std::optional<Milliseconds> elapsed;
    QString error;
    QString reason;
    QJsonObject data;         ///< as sent; empty when it was no object
    std::optional<HealthReport> health;
    std::optional<StartupReport> startup;
};

/// A generation task of the cloud ended. The cloud does not sign these.
struct TaskEvent
{
    QString taskId;
    QString status; ///< "TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"
    QString reason;
    QString taskType;
    int images = 0; ///< how many results of each sort; the results are read with the person's own key
    int videos = 0;
    int audios = 0;
};

using WebhookEvent = std::variant<InstanceEvent, TaskEvent>;

namespace webhookevent {

inline constexpr qsizetype kMaxTextBytes = 4096;
inline constexpr int kMaxEndpoints = 64;

/// ErrorKind::Protocol: not JSON, or no object. ErrorKind::Validation: a field is missing, of a wrong type, too long or no time;
/// the message names its path. Unknown fields and unknown values of `status` are no errors.
Result<WebhookEvent> decode(const QByteArray &body);

/// Short stable name of the kind for lists and rules: "created", "startup_failed", "task", …
QString kindName(const WebhookEvent &event);
/// Id of the instance (Novita's where it is known) or task it is about.
QString subject(const WebhookEvent &event);

} // namespace webhookevent

} // namespace novita
