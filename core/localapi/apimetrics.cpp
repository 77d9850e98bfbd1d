// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apireports.h"
#include "core/localapi/prometheustext.h"

// GET /metrics. Names: novita_ for what this program knows, process_ for what every exporter tells of its process.

namespace novita::apireports {

namespace {

using Type = PrometheusText::Type;

double seconds(Milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

double unixSeconds(TimePoint at)
{
    return seconds(at.time_since_epoch());
}

void writeInstances(PrometheusText &out, const ApiFigures &figures)
{
    out.family("novita_instances", Type::Gauge, QStringLiteral("Instances by the status that the service gives them."));
    for (std::size_t i = 0; i < kInstanceStatuses; ++i) {
        const auto status = static_cast<InstanceStatus>(i);
        const QString name = status == InstanceStatus::Unknown ? QStringLiteral("unknown") : QString(stateInfo(status).wire);
        out.sample(qint64(figures.byStatus[i]), {{"state", name}});
    }
    if (figures.instancesReadAt)
        out.single("novita_instances_read_timestamp_seconds", Type::Gauge, QStringLiteral("When the list of instances was last confirmed, in Unix time."),
                   unixSeconds(*figures.instancesReadAt));
    out.single("novita_instances_missed_refreshes", Type::Gauge, QStringLiteral("Failed reads of the list since the last that succeeded."),
               qint64(figures.missedRefreshes));
}

void writeMoney(PrometheusText &out, const ApiFigures &figures)
{
    if (figures.instancesReadAt) {
        const Burn &burn = figures.fleet.burn;
        out.family("novita_burn_usd_per_hour", Type::Gauge, QStringLiteral("What is charged for an hour like this one, by what it is for. Subscriptions are paid in advance."));
        out.sample(burn.onDemandPerHour, {{"kind", QStringLiteral("on_demand")}});
        out.sample(burn.spotPerHour, {{"kind", QStringLiteral("spot")}});
        out.sample(burn.storagePerHour(), {{"kind", QStringLiteral("storage")}});
        out.single("novita_subscriptions_usd_per_hour", Type::Gauge, QStringLiteral("What subscriptions come to; paid in advance, not part of the burn."), burn.monthlyPerHour);
        out.single("novita_instances_without_price", Type::Gauge, QStringLiteral("Billed instances whose price is unknown: the burn is at least what it says."),
                   qint64(figures.fleet.unpriced));
    }
    if (figures.balance && figures.balance->available)
        out.single("novita_balance_usd", Type::Gauge, QStringLiteral("Available balance of the account."), *figures.balance->available);
    if (figures.fleet.balanceLasts)
        out.single("novita_balance_lasts_seconds", Type::Gauge, QStringLiteral("How long the balance lasts at this burn, from when it was read."),
                   seconds(*figures.fleet.balanceLasts));
}

void writeRequests(PrometheusText &out, const ApiFigures &figures)
{
    out.family("novita_api_requests_total", Type::Counter,
               QStringLiteral("Requests to the service by how they ended: ok, refused (4xx), limited (429), failed (no answer, or 5xx)."));
    for (const RequestEnding ending : kRequestEndings)
        out.sample(figures.requests.endings[static_cast<std::size_t>(ending)], {{"result", requestEndingName(ending)}});
    out.family("novita_api_operation_requests_total", Type::Counter, QStringLiteral("Requests to the service by operation."));
    for (auto it = figures.requests.byOperation.begin(); it != figures.requests.byOperation.end(); ++it)
        out.sample(it->count, {{"operation", it.key()}});
    out.family("novita_api_request_duration_seconds", Type::Histogram, QStringLiteral("How long answered requests were on the wire."));
    out.histogram(figures.requests.latency);
    out.single("novita_api_cache_hits_total", Type::Counter, QStringLiteral("Reads answered from what was known."), figures.requests.cacheHits);
    out.single("novita_api_cache_misses_total", Type::Counter, QStringLiteral("Reads that went to the service."), figures.requests.cacheMisses);
}

void writePipeline(PrometheusText &out, const ApiFigures &figures)
{
    const ClientStatus &client = figures.client;
    out.single("novita_api_up", Type::Gauge, QStringLiteral("1 when the service has answered and nothing says that it no longer does."), qint64(client.isOnline()));
    out.family("novita_api_circuit_breaker_state", Type::Gauge, QStringLiteral("1 for the state that the circuit breaker is in."));
    out.sample(qint64(client.breaker == BreakerState::Closed), {{"state", QStringLiteral("closed")}});
    out.sample(qint64(client.breaker == BreakerState::HalfOpen), {{"state", QStringLiteral("half_open")}});
    out.sample(qint64(client.breaker == BreakerState::Open), {{"state", QStringLiteral("open")}});
    out.single("novita_api_limiter_used", Type::Gauge, QStringLiteral("Requests of the last 60 seconds."), qint64(client.limiterUsed));
    out.single("novita_api_limiter_capacity", Type::Gauge, QStringLiteral("Requests that 60 seconds allow now."), qint64(client.limiterCapacity));
    out.single("novita_api_queued_requests", Type::Gauge, QStringLiteral("Requests that wait to be sent."), qint64(client.queued));
    out.single("novita_api_requests_in_flight", Type::Gauge, QStringLiteral("Requests on the wire."), qint64(client.inFlight));
}

void writeWebhooks(PrometheusText &out, const WebhookFigures &webhooks)
{
    out.single("novita_webhook_receiver_up", Type::Gauge, QStringLiteral("1 while webhooks are received."), qint64(webhooks.receiverListening));
    out.family("novita_webhook_deliveries_total", Type::Counter, QStringLiteral("Webhook deliveries received, by what became of them."));
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i) {
        const auto result = static_cast<DeliveryResult>(i);
        out.sample(webhooks.received.of(result), {{"result", deliveryResultName(result)}});
    }
    out.single("novita_webhook_not_stored_total", Type::Counter, QStringLiteral("Webhook deliveries answered 503: they could not be stored."), webhooks.received.unavailable);
    if (webhooks.sent) {
        out.family("novita_webhook_sent_total", Type::Counter, QStringLiteral("Attempts to deliver outgoing webhooks, by result."));
        for (auto it = webhooks.sent->begin(); it != webhooks.sent->end(); ++it)
            out.sample(*it, {{"result", it.key()}});
    }
    if (webhooks.sendQueue)
        out.single("novita_webhook_send_queue", Type::Gauge, QStringLiteral("Outgoing webhooks that wait."), *webhooks.sendQueue);
}

void writeProcess(PrometheusText &out, const ApiFigures &figures, const ProcessFigures &process)
{
    out.single("process_start_time_seconds", Type::Gauge, QStringLiteral("When this program began, in Unix time."), unixSeconds(figures.at - figures.uptime));
    if (process.residentBytes)
        out.single("process_resident_memory_bytes", Type::Gauge, QStringLiteral("Resident memory."), *process.residentBytes);
    if (process.virtualBytes)
        out.single("process_virtual_memory_bytes", Type::Gauge, QStringLiteral("Virtual memory."), *process.virtualBytes);
    if (process.cpuSeconds)
        out.single("process_cpu_seconds_total", Type::Counter, QStringLiteral("CPU time, user and system."), *process.cpuSeconds);
    if (process.openFiles)
        out.single("process_open_fds", Type::Gauge, QStringLiteral("Open file descriptors."), *process.openFiles);
}

} // namespace

QByteArray metrics(const ApiFigures &figures, const ProcessFigures &process)
{
    PrometheusText out;
    out.family("novita_console_info", Type::Gauge, QStringLiteral("Version of this program and the profile in use."));
    out.sample(qint64(1), {{"version", QStringLiteral(NOVITA_VERSION)}, {"profile", figures.profile}});
    writeInstances(out, figures);
    writeMoney(out, figures);
    writeRequests(out, figures);
    writePipeline(out, figures);
    if (figures.webhooks)
        writeWebhooks(out, *figures.webhooks);
    out.single("novita_local_api_requests_total", Type::Counter, QStringLiteral("Requests to this API that were let in."), figures.server.requests);
    out.single("novita_local_api_refused_total", Type::Counter, QStringLiteral("Requests to this API that were refused at the door."), figures.server.refused);
    out.single("novita_local_api_connections", Type::Gauge, QStringLiteral("Connections to this API now."), figures.server.open);
    writeProcess(out, figures, process);
    return out.text();
}

} // namespace novita::apireports
