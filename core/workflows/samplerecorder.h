// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/deliverycounts.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace novita {

class ApiClient;
class FleetSummary;
class History;
struct RequestRecord;
struct Stores;

/// Writes down once a minute what the fleet does and costs, for the charts, and the prices whenever the catalogue was read.
///
/// Series: `state/total`, `state/running`, `state/changing`, `state/stopped`, `state/failed` (counts); `burn/onDemand`, `burn/spot`,
/// `burn/storage`, `burn/monthly`, `burn/total` (per hour) and `balance`, in 1/100000 USD; `requests/ok`, `requests/refused` (the service answered
/// that it will not), `requests/limited` (429), `requests/failed` (no answer, or a failure of the service), each in that minute, 0 included;
/// `latency/p50`, `latency/p95` (ms, of answered requests of that minute); `limiter/used` and `queue/depth` (the most of that minute) and
/// `limiter/capacity`; `webhooks/accepted`, `webhooks/duplicate`, `webhooks/refused`, `webhooks/limited`, each in that minute, 0 included, while
/// the receiver listens. What is not known then is not written: a gap stays a gap.
class SampleRecorder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleRecorder)

public:
    static constexpr std::chrono::minutes kInterval{1};

    SampleRecorder(ApiClient &client, Stores &stores, FleetSummary &fleet, History &history, const Clock &clock, QObject *parent = nullptr);

    /// Where to ask how many webhook deliveries there were since the program began; it answers nullopt while none can come in.
    using Deliveries = std::function<std::optional<DeliveryCounts>()>;
    void setDeliveries(Deliveries deliveries) { m_deliveries = std::move(deliveries); }

    /// Takes a sample when a minute has passed since the last; also runs by a timer. The first one of a profile comes soon after its instances.
    void wake();

signals:
    /// A sample is on its way into the history: what is read from now on holds it.
    void sampled();

private:
    /// What happened since the last sample.
    struct Minute
    {
        std::vector<qint64> latencies; ///< ms
        int ok = 0;
        int refused = 0;
        int limited = 0;
        int failed = 0;
        int limiterUsed = 0;
        int queueDepth = 0;
    };

    void onRequest(const RequestRecord &record);
    void onProducts();
    void notePeaks();
    void takeSample(TimePoint at);

    ApiClient &m_client;
    Stores &m_stores;
    FleetSummary &m_fleet;
    History &m_history;
    const Clock &m_clock;
    QTimer m_timer;
    QTimer m_first;
    std::optional<TimePoint> m_lastAt;
    std::optional<TimePoint> m_pricesAt;
    Minute m_minute;
    Deliveries m_deliveries;
    DeliveryCounts m_sampled; ///< of m_deliveries
};

} // namespace novita
