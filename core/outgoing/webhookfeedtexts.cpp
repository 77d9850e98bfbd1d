// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outgoing/webhookfeedtexts.h"

#include "core/base/bareaddress.h"
#include "core/base/isotime.h"
#include "core/base/redact.h"

#include <QJsonArray>

#include <algorithm>

namespace novita::webhookfeedtexts {

namespace {

/// The name that receivers know for a step, or null.
const char *phaseName(const QString &state)
{
    struct Phase
    {
        StartupState state;
        const char *name;
    };
    static constexpr Phase kPhases[]{{StartupState::Requested, "startRequested"}, {StartupState::Starting, "instanceStarting"},
                                     {StartupState::Running, "instanceRunning"},  {StartupState::Checking, "healthCheckStarted"},
                                     {StartupState::Ready, "ready"}};
    const StartupState step = startupStateFromName(state);
    const auto it = std::find_if(std::begin(kPhases), std::end(kPhases), [step](const Phase &phase) { return phase.state == step; });
    return it == std::end(kPhases) ? nullptr : it->name;
}

QString healthText(EndpointStatus::State state)
{
    switch (state) {
    case EndpointStatus::State::Alive: return QStringLiteral("healthy");
    case EndpointStatus::State::Dead: return QStringLiteral("unhealthy");
    default: return QStringLiteral("pending");
    }
}

/// Does `step`, which came after Checking, mean that all was asked that was to be? The cloud may also say in between that the instance is broken.
bool endsChecks(const StartupMonitor &monitor, const TimelineEntry &step)
{
    const StartupState state = startupStateFromName(step.state);
    if (state != StartupState::Failed)
        return state == StartupState::Ready;
    const QList<EndpointStatus> endpoints = monitor.endpoints();
    return !endpoints.isEmpty() && std::none_of(endpoints.begin(), endpoints.end(), [](const EndpointStatus &endpoint) {
        return endpoint.state == EndpointStatus::State::Waiting || endpoint.state == EndpointStatus::State::Asking;
    });
}

void addPhase(StartupReport &report, const QString &name, TimePoint at)
{
    const bool known = std::any_of(report.phases.begin(), report.phases.end(), [&name](const auto &phase) { return phase.first == name; });
    if (!known)
        report.phases.append({name, at});
}

} // namespace

StartupReport startupOf(const StartupMonitor &monitor, const QString &status, TimePoint now)
{
    const StartupCase &start = monitor.current();
    StartupReport report;
    report.operationId = start.operationId();
    report.status = status;
    report.startedAt = start.request.at;
    report.totalElapsed = std::max(Milliseconds(0), now - start.request.at);
    addPhase(report, QStringLiteral("startRequested"), start.request.at);
    bool checking = false;
    for (const TimelineEntry &step : monitor.steps()) {
        if (checking && endsChecks(monitor, step))
            addPhase(report, QStringLiteral("healthCheckCompleted"), step.at);
        if (const char *name = phaseName(step.state))
            addPhase(report, QLatin1String(name), step.at);
        checking = startupStateFromName(step.state) == StartupState::Checking;
    }
    return report;
}

EndpointHealth healthOf(const EndpointStatus &endpoint)
{
    const bool web = endpoint.target.kind == ProbeTarget::Kind::Http;
    EndpointHealth health;
    health.port = web ? endpoint.target.url.port(0) : endpoint.target.port;
    if (const int own = endpoint.label.section(QLatin1Char('/'), 0, 0).toInt(); own > 0)
        health.port = own;
    health.endpoint = web ? bareAddress(endpoint.target.url.toString()) : endpoint.target.host;
    health.type = web ? QStringLiteral("http") : QStringLiteral("tcp");
    health.status = healthText(endpoint.state);
    health.error = endpoint.state == EndpointStatus::State::Alive ? QString() : redact(endpoint.problem);
    health.lastChecked = endpoint.last.at;
    if (endpoint.last.at)
        health.responseTime = endpoint.last.took;
    return health;
}

std::optional<HealthReport> healthOf(const StartupMonitor &monitor, TimePoint now)
{
    const QList<EndpointStatus> endpoints = monitor.endpoints();
    if (endpoints.isEmpty())
        return std::nullopt;
    HealthReport report;
    qsizetype healthy = 0;
    for (const EndpointStatus &endpoint : endpoints) {
        healthy += endpoint.state == EndpointStatus::State::Alive ? 1 : 0;
        report.endpoints.append(healthOf(endpoint));
    }
    const bool over = startupInfo(monitor.current().phase.state).over;
    report.status = over ? QStringLiteral("completed") : QStringLiteral("in_progress");
    report.overallStatus = healthy == endpoints.size() ? QStringLiteral("healthy") : healthy == 0 ? QStringLiteral("unhealthy") : QStringLiteral("partial");
    if (over)
        report.completedAt = now;
    for (const TimelineEntry &step : monitor.steps()) {
        if (startupStateFromName(step.state) == StartupState::Checking)
            report.startedAt = step.at;
    }
    if (report.startedAt && over)
        report.totalResponseTime = std::max(Milliseconds(0), now - *report.startedAt);
    return report;
}

QJsonObject createdData(const Instance &instance)
{
    QJsonObject data{{QStringLiteral("event"), QStringLiteral("instance_created")}};
    if (!instance.productId.isEmpty())
        data.insert(QStringLiteral("productId"), instance.productId.toString());
    if (!instance.region().isEmpty())
        data.insert(QStringLiteral("region"), instance.region());
    if (instance.createdAt)
        data.insert(QStringLiteral("createdAt"), isoTime(*instance.createdAt));
    return data;
}

QJsonObject initiatedData(const std::optional<TimePoint> &expectedReady)
{
    if (!expectedReady)
        return {};
    return {{QStringLiteral("estimatedReadyTime"), isoTime(*expectedReady)}};
}

QJsonObject completedData(const Instance *instance, bool checked)
{
    QJsonObject data{{QStringLiteral("healthCheckStatus"), checked ? QStringLiteral("completed") : QStringLiteral("skipped")}};
    QJsonArray ports;
    if (instance) {
        for (const PortMapping &port : instance->ports)
            ports.append(QJsonObject{{QStringLiteral("port"), port.port}, {QStringLiteral("endpoint"), bareAddress(port.endpoint)}, {QStringLiteral("type"), port.type}});
    }
    data.insert(QStringLiteral("portMappings"), ports);
    return data;
}

} // namespace novita::webhookfeedtexts
