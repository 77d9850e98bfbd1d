// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookpayload.h"

#include "core/base/isotime.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace novita::webhookpayload {

namespace {

using Kind = InstanceEvent::Kind;

QByteArray jsonOf(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

/// QJsonObject sorts its members; receivers of the original service know them in another order.
class ObjectWriter final
{
public:
    void raw(const char *name, const QByteArray &json)
    {
        m_out += m_out.isEmpty() ? '{' : ',';
        m_out += '"' + QByteArray(name) + "\":" + json;
    }
    void member(const QString &name, const QJsonValue &value)
    {
        m_out += m_out.isEmpty() ? '{' : ',';
        m_out += jsonOf(name) + ':' + jsonOf(value);
    }
    void text(const char *name, const QString &text)
    {
        if (!text.isEmpty())
            raw(name, jsonOf(cut(text)));
    }
    void time(const char *name, const std::optional<TimePoint> &at)
    {
        if (at)
            raw(name, jsonOf(isoTime(*at)));
    }
    void span(const char *name, const std::optional<Milliseconds> &span)
    {
        if (span)
            raw(name, QByteArray::number(static_cast<qint64>(span->count())));
    }
    QByteArray end() const { return m_out.isEmpty() ? QByteArray("{}") : m_out + '}'; }

private:
    static QString cut(const QString &text)
    {
        QString out = text.left(webhookevent::kMaxTextBytes);
        while (out.toUtf8().size() > webhookevent::kMaxTextBytes)
            out.chop(out.size() > 1 && out.back().isLowSurrogate() ? 2 : 1);
        return out;
    }

    QByteArray m_out;
};

/// Members that the original service is known to send stand in its order, others after them.
QByteArray dataJson(const QJsonObject &data)
{
    static const QStringList known{QStringLiteral("productId"),          QStringLiteral("region"),       QStringLiteral("createdAt"),
                                   QStringLiteral("event"),              QStringLiteral("estimatedReadyTime"),
                                   QStringLiteral("healthCheckStatus"),  QStringLiteral("portMappings"), QStringLiteral("errorSeverity"),
                                   QStringLiteral("isRetryable")};
    ObjectWriter out;
    for (const QString &name : known) {
        if (data.contains(name))
            out.member(name, data.value(name));
    }
    for (auto it = data.begin(); it != data.end(); ++it) {
        if (!known.contains(it.key()))
            out.member(it.key(), it.value());
    }
    return out.end();
}

QByteArray endpointJson(const EndpointHealth &endpoint)
{
    ObjectWriter out;
    out.raw("port", QByteArray::number(endpoint.port));
    out.text("endpoint", endpoint.endpoint);
    out.text("type", endpoint.type);
    out.text("status", endpoint.status);
    out.time("lastChecked", endpoint.lastChecked);
    out.text("error", endpoint.error);
    out.span("responseTime", endpoint.responseTime);
    return out.end();
}

QByteArray healthJson(const HealthReport &health)
{
    ObjectWriter out;
    out.text("status", health.status);
    out.text("overallStatus", health.overallStatus);
    QByteArrayList endpoints;
    for (const EndpointHealth &endpoint : health.endpoints.mid(0, webhookevent::kMaxEndpoints))
        endpoints.append(endpointJson(endpoint));
    out.raw("endpoints", '[' + endpoints.join(',') + ']');
    out.time("startedAt", health.startedAt);
    out.time("completedAt", health.completedAt);
    out.span("totalResponseTime", health.totalResponseTime);
    return out.end();
}

QByteArray startupJson(const StartupReport &startup)
{
    ObjectWriter phases;
    for (const auto &[name, at] : startup.phases)
        phases.member(name, isoTime(at));
    ObjectWriter out;
    out.text("operationId", startup.operationId);
    out.text("status", startup.status);
    out.time("startedAt", startup.startedAt);
    out.raw("phases", phases.end());
    out.span("totalElapsedTime", startup.totalElapsed);
    out.text("error", startup.error);
    return out.end();
}

} // namespace

QByteArray encode(const InstanceEvent &event)
{
    ObjectWriter out;
    out.text("instanceId", event.instanceId);
    out.text("status", event.status.isEmpty() ? statusOf(event.kind) : event.status);
    out.time("timestamp", event.timestamp);
    out.text("novitaInstanceId", event.novitaInstanceId);
    out.text("operationId", event.operationId);
    out.span("elapsedTime", event.elapsed);
    out.text("error", event.error);
    if (!event.data.isEmpty())
        out.raw("data", dataJson(event.data));
    if (event.health)
        out.raw("healthCheck", healthJson(*event.health));
    if (event.startup)
        out.raw("startupOperation", startupJson(*event.startup));
    out.text("reason", event.reason);
    return out.end();
}

int triesOf(const InstanceEvent &event)
{
    constexpr int kStartTries = 5;
    constexpr int kTries = 3;
    return event.startup ? kStartTries : kTries;
}

QString statusOf(Kind kind)
{
    if (kind == Kind::Other)
        return {};
    if (kind == Kind::Created)
        return QStringLiteral("running");
    InstanceEvent event;
    event.kind = kind;
    return webhookevent::kindName(event);
}

const QStringList &sentKinds()
{
    static const QStringList kinds = [] {
        QStringList names;
        for (const Kind kind : {Kind::Created, Kind::StartupInitiated, Kind::Running, Kind::HealthChecking, Kind::StartupCompleted,
                                Kind::StartupFailed, Kind::Timeout, Kind::Failed, Kind::Stopped, Kind::Deleted}) {
            InstanceEvent event;
            event.kind = kind;
            names.append(webhookevent::kindName(event));
        }
        return names;
    }();
    return kinds;
}

} // namespace novita::webhookpayload
