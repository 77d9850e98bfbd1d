// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/deliverycounts.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <optional>

namespace novita {

struct WebhookStats;

/// How many deliveries came in, for whoever shows it: in all and in the last minute. Is told of the receiver's counters; runs no timer
/// while nothing arrives.
class WebhookMeter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookMeter)

public:
    /// In a flood changed() comes at most so often.
    static constexpr Milliseconds kPause{30};
    static constexpr int kSeconds = 60;

    explicit WebhookMeter(const Clock &clock, QObject *parent = nullptr);

    static DeliveryCounts countsOf(const WebhookStats &stats);

    /// The counters of the receiver now. Counters that have fallen are those of a new receiver.
    void note(const WebhookStats &stats);

    /// Since the program began.
    const DeliveryCounts &total() const { return m_total; }
    /// Of the last 60 s. Falls by itself, without changed().
    DeliveryCounts lastMinute() const;
    /// When a delivery was last taken in, a repeated one included; nullopt: none yet.
    std::optional<TimePoint> lastAt() const { return m_lastAt; }

signals:
    /// Something was counted: at once after a pause, then once in kPause.
    void changed();

private:
    struct Bucket
    {
        qint64 second = -1;
        DeliveryCounts counts;
    };
    qint64 secondNow() const;
    void tell();

    const Clock &m_clock;
    DeliveryCounts m_known; ///< of the receiver, when it was last asked
    DeliveryCounts m_total;
    std::array<Bucket, kSeconds> m_buckets;
    std::optional<TimePoint> m_lastAt;
    bool m_untold = false;
    QTimer m_pause;
};

} // namespace novita
