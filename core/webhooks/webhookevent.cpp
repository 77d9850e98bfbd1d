// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookevent.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>

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

constexpr double kLongestSpanMs = 366.0 * 24 * 3600 * 1000;

/// Times carry their zone: without one it would be the clock of this computer that decides what they mean.
std::optional<TimePoint> parseTime(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime || text.size() > 40)
        return std::nullopt;
    return TimePoint(Milliseconds(time.toMSecsSinceEpoch()));
}

bool isId(const QString &text)
{
    constexpr qsizetype kLongest = 128;
    return text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
    });
}

/// Strict reading of one object; the first problem sticks and is shared with the readers of nested objects.
class StrictReader final
{
public:
    StrictReader(QJsonObject object, QString path, std::optional<Error> &problem)
        : m_object(std::move(object)), m_path(std::move(path)), m_problem(problem)
    {
    }

    bool has(const char *key) const { return !absent(value(key)); }

    QString text(const char *key, bool required = false) const
    {
        const QJsonValue found = value(key);
        if (absent(found)) {
            if (required)
                fail(key, "is missing");
            return {};
        }
        const QString text = found.toString();
        if (!found.isString())
            fail(key, "is no text");
        else if (required && text.isEmpty())
            fail(key, "is empty");
        else if (text.toUtf8().size() > webhookevent::kMaxTextBytes)
            fail(key, "is too long");
        return text;
    }

    QString id(const char *key, bool required = false) const
    {
        const QString id = text(key, required);
        if (!id.isEmpty() && !isId(id))
            fail(key, "is no id");
        return id;
    }

    std::optional<TimePoint> time(const char *key, bool required = false) const
    {
        const QString text = this->text(key, required);
        if (text.isEmpty())
            return std::nullopt;
        const std::optional<TimePoint> time = parseTime(text);
        if (!time)
            fail(key, "is no time");
        return time;
    }

    std::optional<Milliseconds> span(const char *key) const
    {
        const std::optional<double> ms = number(key, 0, kLongestSpanMs);
        return ms ? std::optional(Milliseconds(static_cast<qint64>(*ms))) : std::nullopt;
    }

    int port(const char *key) const
    {
        return static_cast<int>(number(key, 0, 65535).value_or(0));
    }

    /// Number of items; 0 when absent.
    int count(const char *key) const { return static_cast<int>(array(key, 10000).size()); }

    QJsonArray array(const char *key, int most) const
    {
        const QJsonValue found = value(key);
        if (absent(found))
            return {};
        if (!found.isArray())
            fail(key, "is no list");
        else if (found.toArray().size() > most)
            fail(key, "has too many items");
        return found.toArray();
    }

    StrictReader object(const char *key) const
    {
        const QJsonValue found = value(key);
        if (!absent(found) && !found.isObject())
            fail(key, "is no object");
        return {found.toObject(), at(key), m_problem};
    }

    StrictReader item(const char *key, qsizetype index, const QJsonValue &item) const
    {
        const QString path = QStringLiteral("%1[%2]").arg(at(key)).arg(index);
        if (!item.isObject() && !m_problem)
            m_problem = Error::make(ErrorKind::Validation, path + QLatin1String(": is no object"));
        return {item.toObject(), path, m_problem};
    }

    /// Free-form part; anything but an object is passed over.
    QJsonObject freeObject(const char *key) const { return value(key).toObject(); }

private:
    QJsonValue value(const char *key) const { return m_object.value(QLatin1String(key)); }
    static bool absent(const QJsonValue &value) { return value.isUndefined() || value.isNull(); }
    QString at(const char *key) const { return m_path + QLatin1Char('.') + QLatin1String(key); }

    std::optional<double> number(const char *key, double least, double most) const
    {
        const QJsonValue found = value(key);
        if (absent(found))
            return std::nullopt;
        const double number = found.toDouble();
        if (!found.isDouble() || !std::isfinite(number) || number < least || number > most) {
            fail(key, "is no number, or out of range");
            return std::nullopt;
        }
        return number;
    }

    void fail(const char *key, const char *what) const
    {
        if (!m_problem)
            m_problem = Error::make(ErrorKind::Validation, at(key) + QLatin1String(": ") + QLatin1String(what));
    }

    QJsonObject m_object;
    QString m_path;
    std::optional<Error> &m_problem;
};

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
