// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/samplerecorder.h"

#include "core/net/apiclient.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"

#include <algorithm>

namespace novita {

namespace {

/// The timer wakes more often than samples are due: after a sleep the first one comes soon.
constexpr Milliseconds kWakeInterval{20000};
/// After the first list of instances: the fleet is summed up by then, and the prices may be there.
constexpr Milliseconds kFirstDelay{1000};
constexpr std::size_t kMostLatencies = 10000;
constexpr int kTooManyRequests = 429;

double number(Money amount)
{
    return static_cast<double>(amount.priceUnits());
}

double percentile(std::vector<qint64> &values, std::size_t percent)
{
    const std::size_t index = std::min(values.size() - 1, values.size() * percent / 100);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return static_cast<double>(values[index]);
}

} // namespace

SampleRecorder::SampleRecorder(ApiClient &client, Stores &stores, FleetSummary &fleet, History &history, const Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_stores(stores), m_fleet(fleet), m_history(history), m_clock(clock)
{
    connect(&client, &ApiClient::requestFinished, this, &SampleRecorder::onRequest);
    connect(&stores.products, &EntityStoreBase::freshnessChanged, this, &SampleRecorder::onProducts);
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_lastAt.reset();
        m_pricesAt.reset();
        m_minute = {};
        m_first.stop();
    });
    connect(&client, &ApiClient::statusChanged, this, &SampleRecorder::notePeaks);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, [this] {
        if (!m_lastAt && m_stores.instances.refreshedAt() && !m_first.isActive())
            m_first.start();
    });
    m_first.setSingleShot(true);
    m_first.setInterval(kFirstDelay);
    connect(&m_first, &QTimer::timeout, this, &SampleRecorder::wake);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SampleRecorder::wake);
    m_timer.start(kWakeInterval);
}

void SampleRecorder::onRequest(const RequestRecord &record)
{
    if (record.fromCache || record.shared || (record.error && record.error->isCanceled()))
        return;
    if (!record.error)
        ++m_minute.ok;
    else if (record.httpStatus == kTooManyRequests)
        ++m_minute.limited;
    else if (record.httpStatus >= 400 && record.httpStatus < 500)
        ++m_minute.refused;
    else
        ++m_minute.failed;
    if (record.httpStatus != 0 && m_minute.latencies.size() < kMostLatencies)
        m_minute.latencies.push_back(record.duration.count());
}

void SampleRecorder::notePeaks()
{
    const ClientStatus status = m_client.status();
    m_minute.limiterUsed = std::max(m_minute.limiterUsed, status.limiterUsed);
    m_minute.queueDepth = std::max(m_minute.queueDepth, status.queued);
}

void SampleRecorder::wake()
{
    const TimePoint now = m_clock.now();
    if (m_lastAt && now >= *m_lastAt && now - *m_lastAt < kInterval)
        return;
    if (m_history.profile().isEmpty()) {
        // What happens meanwhile belongs to no minute of the next profile.
        m_minute = {};
        if (m_deliveries)
            m_sampled = m_deliveries().value_or(m_sampled);
        return;
    }
    m_lastAt = now;
    takeSample(now);
}

void SampleRecorder::takeSample(TimePoint at)
{
    QList<Sample> samples;
    const auto add = [&samples](const char *series, double value) { samples.append({QLatin1String(series), value}); };
    if (m_client.status().isOnline() && m_stores.instances.refreshedAt() && !m_stores.instances.isStale()) {
        const FleetNumbers &fleet = m_fleet.numbers();
        add("state/total", fleet.total);
        add("state/running", fleet.running);
        add("state/changing", fleet.transitional);
        add("state/stopped", fleet.stopped);
        add("state/failed", fleet.failed);
        if (fleet.unpriced == 0) {
            add("burn/onDemand", number(fleet.burn.onDemandPerHour));
            add("burn/spot", number(fleet.burn.spotPerHour));
            add("burn/storage", number(fleet.burn.storagePerHour()));
            add("burn/monthly", number(fleet.burn.monthlyPerHour));
            add("burn/total", number(fleet.burnPerHour));
        }
        const std::optional<Balance> &balance = m_stores.account.balance();
        if (balance && balance->available && !m_stores.account.isStale())
            add("balance", number(*balance->available));
    }
    notePeaks();
    add("requests/ok", m_minute.ok);
    add("requests/refused", m_minute.refused);
    add("requests/limited", m_minute.limited);
    add("requests/failed", m_minute.failed);
    add("limiter/used", m_minute.limiterUsed);
    add("limiter/capacity", m_client.status().limiterCapacity);
    add("queue/depth", m_minute.queueDepth);
    if (!m_minute.latencies.empty()) {
        add("latency/p50", percentile(m_minute.latencies, 50));
        add("latency/p95", percentile(m_minute.latencies, 95));
    }
    if (const std::optional<DeliveryCounts> deliveries = m_deliveries ? m_deliveries() : std::nullopt) {
        const DeliveryCounts news = deliveries->since(m_sampled);
        m_sampled = *deliveries;
        add("webhooks/accepted", static_cast<double>(news.accepted));
        add("webhooks/duplicate", static_cast<double>(news.duplicate));
        add("webhooks/refused", static_cast<double>(news.refused));
        add("webhooks/limited", static_cast<double>(news.limited));
    }
    m_minute = {};
    m_history.samples.append(m_history.profile(), at, samples);
    emit sampled();
}

void SampleRecorder::onProducts()
{
    const std::optional<TimePoint> readAt = m_stores.products.refreshedAt();
    if (!readAt || readAt == m_pricesAt || m_history.profile().isEmpty())
        return;
    m_pricesAt = readAt;
    QList<PricePoint> points;
    for (const ProductId &id : m_stores.products.ids()) {
        const Product &product = *m_stores.products.find(id);
        for (const BillingMode mode : {BillingMode::OnDemand, BillingMode::Spot, BillingMode::Monthly})
            points.append({id, mode, *readAt, product.priceFor(mode), product.inStock()});
    }
    m_history.prices.record(m_history.profile(), points);
}

} // namespace novita
