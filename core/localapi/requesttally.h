// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/base/clock.h"
#include "core/localapi/latencyhistogram.h"

#include <QMap>
#include <QObject>

#include <array>
#include <optional>

namespace novita {

class ApiClient;

/// How a request to the cloud ended.
enum class RequestEnding { Ok, Refused, Limited, Failed };
inline constexpr std::array<RequestEnding, 4> kRequestEndings{RequestEnding::Ok, RequestEnding::Refused, RequestEnding::Limited, RequestEnding::Failed};
QString requestEndingName(RequestEnding ending); ///< "ok", "refused" (the service will not), "limited" (429), "failed" (no answer, or 5xx)

/// The requests of one method or operation. Times are of answered ones.
struct RequestCount
{
    qint64 count = 0;
    qint64 answered = 0;
    Milliseconds total{0};
    Milliseconds least{0};
    Milliseconds most{0};
    QMap<int, qint64> statuses; ///< by HTTP status; 0 = no answer
    std::optional<TimePoint> last;
};

/// The last minutes.
struct RequestRate
{
    int minutes = 0;
    double perMinute = 0;
    std::optional<double> errorPercent;       ///< failed and limited ones; unset while there was no request
    std::optional<Milliseconds> averageLatency; ///< of answered requests; likewise
};

/// What the tally knows at a moment. A value.
struct RequestFigures
{
    std::array<qint64, kRequestEndings.size()> endings{};
    QMap<QString, RequestCount> byMethod;
    QMap<QString, RequestCount> byOperation;
    LatencyHistogram latency;
    qint64 cacheHits = 0;   ///< reads that were answered from what was known
    qint64 cacheMisses = 0; ///< reads that went to the service
    std::array<RequestRate, 3> rates; ///< of 1, 5 and 15 minutes
    std::optional<Milliseconds> lastLatency;
    std::optional<TimePoint> lastAt;  ///< when the last request was finished

    qint64 total() const { return endings[0] + endings[1] + endings[2] + endings[3]; }
};

/// Counts the finished requests to the cloud, since the program began. Thread: that of the client.
class RequestTally final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestTally)

public:
    RequestTally(const ApiClient &client, const Clock &clock, QObject *parent = nullptr);

    RequestFigures figures() const;
    SteadyPoint since() const { return m_since; }

private:
    /// Ten seconds of it.
    struct Slot
    {
        qint64 number = -1;
        qint64 count = 0;
        qint64 failed = 0;
        qint64 answered = 0;
        Milliseconds total{0};
    };
    static constexpr Milliseconds kSlot{10000};
    static constexpr std::size_t kSlots = 90; ///< a quarter of an hour

    void add(const RequestRecord &record);
    static void addTo(RequestCount &count, const RequestRecord &record, TimePoint at);
    RequestRate rateOf(int minutes) const;
    qint64 slotNumber() const { return m_clock.steadyNow().time_since_epoch() / kSlot; }

    const Clock &m_clock;
    const SteadyPoint m_since;
    RequestFigures m_figures;
    std::array<Slot, kSlots> m_slots;
};

} // namespace novita
