// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/services/metricsservice.h"
#include "core/workflows/metricseries.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>
#include <unordered_map>

namespace novita {

class ApiClient;
class History;
class MetricsWatch;
struct Stores;

/// Somebody wants to know how busy an instance is; as long as this lives, it is asked. Moved, not copied.
class MetricsInterest
{
public:
    MetricsInterest() = default;
    MetricsInterest(MetricsWatch *watch, const InstanceId &id);
    ~MetricsInterest();
    MetricsInterest(MetricsInterest &&other) noexcept;
    MetricsInterest &operator=(MetricsInterest &&other) noexcept;
    Q_DISABLE_COPY(MetricsInterest)

private:
    void release();

    QPointer<MetricsWatch> m_watch;
    InstanceId m_id;
};

/// What is known of a span of time, from the cloud and from the history file together.
struct MetricsSpan
{
    TimePoint from{};
    TimePoint to{};
    Seconds step{0};                ///< about how far apart the points are; two that are much further apart have a gap between them
    MetricSeries series;
    std::optional<Error> problem;   ///< why the cloud was of no help; what is there comes from the file then
    bool shorter = false;           ///< the cloud answered for less than it was asked for
};

/// Asks how busy running instances are, but only those that somebody watches, and keeps the answers: in the history file
/// ("instance/<id>/cpu" …), and the newest use of the GPUs in the instance store.
///
/// Each watched instance is asked every 30 s, more seldom when there are many (at most 20 requests a minute for all) and
/// after failures (to 10 min). An answer reaches back to the newest point known, up to an hour, so that a pause leaves no hole.
class MetricsWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsWatch)

public:
    static constexpr Milliseconds kPollEvery{30000};
    static constexpr int kMostPollsPerMinute = 20;

    MetricsWatch(ApiClient &client, Stores &stores, History &history, const Clock &clock, QObject *parent = nullptr);
    ~MetricsWatch() override;

    /// Asks for `id` from now on, as long as the handle lives and whenever the instance runs.
    [[nodiscard]] MetricsInterest watch(const InstanceId &id);
    /// Everything known of the last `span` of time (1 min to 8 d), asking the cloud for it. Fails only as Canceled, also when another
    /// account is taken up before the end.
    Call<MetricsSpan> *read(const InstanceId &id, Seconds span);
    /// How far apart points are for a span of this length.
    static Seconds stepFor(Seconds span);

    /// Looks at the clock now instead of when the timer fires: after a resume from sleep, and in tests.
    void wake();

signals:
    /// New points of a watched instance.
    void updated(const novita::InstanceId &id, const novita::MetricSeries &series);
    /// A poll of it failed.
    void failed(const novita::InstanceId &id, const novita::Error &error);

private:
    friend class MetricsInterest;
    struct Watched
    {
        int interests = 0;
        SteadyPoint due{};
        int failures = 0;
        std::optional<TimePoint> newest;
        CallGuard poll;
    };

    void addInterest(const InstanceId &id);
    void removeInterest(const InstanceId &id);
    void poll(const InstanceId &id);
    void polled(const InstanceId &id, const Result<InstanceMetrics> &answer);
    void adopt(const InstanceId &id, const MetricSeries &series);
    void readKept(const InstanceId &id, MetricsSpan span, QPointer<Call<MetricsSpan>> out);
    /// As resolve(), but Canceled when `account` is not in use any more.
    void answer(const QPointer<Call<MetricsSpan>> &out, const MetricsSpan &span, quint64 account) const;
    Milliseconds interval() const;
    void arm();

    MetricsService m_service;
    Stores &m_stores;
    History &m_history;
    const Clock &m_clock;
    std::unordered_map<QString, Watched> m_watched; ///< by instance id
    QTimer m_timer;
};

} // namespace novita

