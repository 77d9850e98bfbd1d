// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apireports.h"

#include "core/base/isotime.h"
#include "core/localapi/apianswer.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace novita::apireports {

namespace {

using L1 = QLatin1String;

constexpr double kBytesPerMb = 1024.0 * 1024.0;

/// Why the service counts as down; empty when it is up.
QString cloudProblem(const ApiFigures &figures)
{
    const ClientStatus &client = figures.client;
    if (figures.profile.isEmpty())
        return QStringLiteral("No profile is active.");
    if (!figures.hasKey || client.waitingForKey)
        return QStringLiteral("No API key is in use.");
    if (client.breaker == BreakerState::HalfOpen)
        return QStringLiteral("The circuit breaker is half-open: after many failures one request is being tried.");
    if (client.breaker == BreakerState::Open)
        return QStringLiteral("The circuit breaker is open: requests have failed again and again.");
    if (!client.lastSuccessAt)
        return client.lastError ? client.lastError->message : QStringLiteral("The service has not answered yet.");
    return client.isOnline() || !client.lastError ? QString() : client.lastError->message;
}

/// Service → why it is down, empty when it is up; only what is switched on.
QList<std::pair<QString, QString>> services(const ApiFigures &figures)
{
    QList<std::pair<QString, QString>> out{{QStringLiteral("novitaApi"), cloudProblem(figures)}, {QStringLiteral("history"), figures.historyProblem}};
    if (figures.webhooks && figures.webhooks->receiverWanted) {
        QString problem = figures.webhooks->receiverProblem;
        if (problem.isEmpty() && !figures.webhooks->receiverListening)
            problem = QStringLiteral("The receiver is not listening.");
        out.append({QStringLiteral("webhookReceiver"), problem});
        out.append({QStringLiteral("deliveryStore"), figures.deliveriesProblem});
    }
    return out;
}

QJsonObject performance(const ApiFigures &figures, const char *averageName, const char *errorName)
{
    const RequestRate &rate = figures.requests.rates[1];
    QJsonObject out{{L1("requestsPerMinute"), rate.perMinute}};
    if (rate.averageLatency)
        out.insert(L1(averageName), static_cast<qint64>(rate.averageLatency->count()));
    if (rate.errorPercent)
        out.insert(L1(errorName), *rate.errorPercent);
    return out;
}

QJsonObject systemJson(const ProcessFigures &process)
{
    QJsonObject memory;
    if (process.residentBytes)
        memory.insert(L1("rss"), static_cast<double>(*process.residentBytes) / kBytesPerMb);
    if (process.machineBytes)
        memory.insert(L1("totalMB"), static_cast<double>(*process.machineBytes) / kBytesPerMb);
    QJsonObject cpu;
    if (process.load)
        cpu.insert(L1("loadAverage"), QJsonArray{process.load->at(0), process.load->at(1), process.load->at(2)});
    return {{L1("memory"), memory}, {L1("cpu"), cpu}};
}

QJsonObject cloudJson(const ApiFigures &figures)
{
    QJsonObject out{{L1("status"), cloudProblem(figures).isEmpty() ? QStringLiteral("up") : QStringLiteral("down")},
                    {L1("note"), QStringLiteral("As seen by this program's own requests; none is made for this answer.")}};
    if (figures.requests.lastLatency)
        out.insert(L1("responseTime"), static_cast<qint64>(figures.requests.lastLatency->count()));
    if (figures.requests.lastAt)
        out.insert(L1("lastChecked"), isoTime(*figures.requests.lastAt));
    return out;
}

QString breakerName(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed: return QStringLiteral("closed");
    case BreakerState::Open: return QStringLiteral("open");
    case BreakerState::HalfOpen: break;
    }
    return QStringLiteral("half_open");
}

QJsonObject pipelineJson(const ClientStatus &client)
{
    return {{L1("queued"), client.queued}, {L1("inFlight"), client.inFlight},
            {L1("limiter"), QJsonObject{{L1("used"), client.limiterUsed}, {L1("capacity"), client.limiterCapacity}}},
            {L1("circuitBreaker"), breakerName(client.breaker)}};
}

QString statusName(std::size_t index)
{
    const auto status = static_cast<InstanceStatus>(index);
    return status == InstanceStatus::Unknown ? QStringLiteral("unknown") : QString(stateInfo(status).wire);
}

QJsonObject countsJson(const QMap<QString, RequestCount> &counts)
{
    QJsonObject out;
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        QJsonObject statuses;
        for (auto status = it->statuses.begin(); status != it->statuses.end(); ++status)
            statuses.insert(status.key() == 0 ? QStringLiteral("none") : QString::number(status.key()), *status);
        QJsonObject one{{L1("count"), it->count}, {L1("statusCodes"), statuses}};
        if (it->answered > 0) {
            one.insert(L1("totalDuration"), static_cast<qint64>(it->total.count()));
            one.insert(L1("averageDuration"), static_cast<double>(it->total.count()) / static_cast<double>(it->answered));
            one.insert(L1("minDuration"), static_cast<qint64>(it->least.count()));
            one.insert(L1("maxDuration"), static_cast<qint64>(it->most.count()));
        }
        if (it->last)
            one.insert(L1("lastRequest"), isoTime(*it->last));
        out.insert(it.key(), one);
    }
    return out;
}

QJsonObject requestsJson(const RequestFigures &requests)
{
    QJsonObject results;
    for (const RequestEnding ending : kRequestEndings)
        results.insert(requestEndingName(ending), requests.endings[static_cast<std::size_t>(ending)]);
    QJsonArray rates;
    for (const RequestRate &rate : requests.rates) {
        QJsonObject one{{L1("minutes"), rate.minutes}, {L1("requestsPerMinute"), rate.perMinute}};
        if (rate.averageLatency)
            one.insert(L1("averageResponseTimeMs"), static_cast<qint64>(rate.averageLatency->count()));
        if (rate.errorPercent)
            one.insert(L1("errorRatePercent"), *rate.errorPercent);
        rates.append(one);
    }
    return {{L1("total"), requests.total()}, {L1("byResult"), results}, {L1("byMethod"), countsJson(requests.byMethod)},
            {L1("byEndpoint"), countsJson(requests.byOperation)}, {L1("rates"), rates}};
}

QJsonObject fleetJson(const ApiFigures &figures)
{
    QJsonObject byStatus;
    int total = 0;
    for (std::size_t i = 0; i < kInstanceStatuses; ++i) {
        total += figures.byStatus[i];
        if (figures.byStatus[i] > 0)
            byStatus.insert(statusName(i), figures.byStatus[i]);
    }
    QJsonObject out{{L1("total"), total}, {L1("byStatus"), byStatus}, {L1("burnPerHour"), apiMoney(figures.fleet.burnPerHour)},
                    {L1("withoutPrice"), figures.fleet.unpriced}};
    if (figures.instancesReadAt)
        out.insert(L1("lastSynced"), isoTime(*figures.instancesReadAt));
    return out;
}

} // namespace

bool isHealthy(const ApiFigures &figures)
{
    const auto all = services(figures);
    return std::all_of(all.begin(), all.end(), [](const auto &service) { return service.second.isEmpty(); });
}

QJsonObject health(const ApiFigures &figures, const ProcessFigures &process)
{
    QJsonObject states;
    QJsonObject reasons;
    for (const auto &[name, problem] : services(figures)) {
        states.insert(name, problem.isEmpty() ? QStringLiteral("up") : QStringLiteral("down"));
        if (!problem.isEmpty())
            reasons.insert(name, problem);
    }
    QJsonObject out{{L1("status"), isHealthy(figures) ? QStringLiteral("healthy") : QStringLiteral("unhealthy")},
                    {L1("timestamp"), isoTime(figures.at)},
                    {L1("uptime"), static_cast<double>(figures.uptime.count()) / 1000.0},
                    {L1("services"), states},
                    {L1("performance"), performance(figures, "averageResponseTime", "errorRate")},
                    {L1("system"), systemJson(process)},
                    {L1("dependencies"), QJsonObject{{L1("novitaApi"), cloudJson(figures)}}},
                    {L1("pipeline"), pipelineJson(figures.client)}};
    if (!reasons.isEmpty())
        out.insert(L1("reasons"), reasons);
    QJsonObject sync{{L1("missedRefreshes"), figures.missedRefreshes}};
    if (figures.instancesReadAt)
        sync.insert(L1("lastSync"), isoTime(*figures.instancesReadAt));
    out.insert(L1("sync"), sync);
    return out;
}

QJsonObject summary(const ApiFigures &figures, const ProcessFigures &process)
{
    QJsonObject system{{L1("uptimeSeconds"), static_cast<double>(figures.uptime.count()) / 1000.0}};
    if (process.residentBytes)
        system.insert(L1("memoryUsageMB"), static_cast<double>(*process.residentBytes) / kBytesPerMb);
    if (process.cpuSeconds && figures.uptime.count() > 0)
        system.insert(L1("cpuUsagePercent"), 100000.0 * *process.cpuSeconds / static_cast<double>(figures.uptime.count()));
    const qint64 reads = figures.requests.cacheHits + figures.requests.cacheMisses;
    QJsonObject cache{{L1("hits"), figures.requests.cacheHits}, {L1("misses"), figures.requests.cacheMisses}};
    if (reads > 0)
        cache.insert(L1("hitRatePercent"), 100.0 * static_cast<double>(figures.requests.cacheHits) / static_cast<double>(reads));
    QJsonObject out{{L1("timestamp"), isoTime(figures.at)}, {L1("performance"), performance(figures, "averageResponseTimeMs", "errorRatePercent")},
                    {L1("system"), system}, {L1("cache"), cache}, {L1("requests"), requestsJson(figures.requests)},
                    {L1("instances"), fleetJson(figures)}, {L1("pipeline"), pipelineJson(figures.client)}};
    if (figures.balance && figures.balance->available)
        out.insert(L1("balance"), apiMoney(*figures.balance->available));
    if (figures.webhooks) {
        QJsonObject results;
        for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i) {
            const auto result = static_cast<DeliveryResult>(i);
            results.insert(deliveryResultName(result), figures.webhooks->received.of(result));
        }
        out.insert(L1("webhooks"), results);
    }
    return out;
}

} // namespace novita::apireports
