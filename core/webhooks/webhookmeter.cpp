// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookmeter.h"

#include "core/webhooks/webhookreceiver.h"

namespace novita {

WebhookMeter::WebhookMeter(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_untold)
            tell();
    });
}

DeliveryCounts WebhookMeter::countsOf(const WebhookStats &stats)
{
    DeliveryCounts counts;
    counts.accepted = stats.of(DeliveryResult::Accepted);
    counts.duplicate = stats.of(DeliveryResult::Duplicate);
    counts.limited = stats.of(DeliveryResult::Limited);
    counts.refused = stats.unavailable;
    for (const DeliveryResult result : {DeliveryResult::BadSignature, DeliveryResult::TooOld, DeliveryResult::Malformed, DeliveryResult::TooLarge, DeliveryResult::RefusedAddress})
        counts.refused += stats.of(result);
    return counts;
}

qint64 WebhookMeter::secondNow() const
{
    return std::chrono::floor<Seconds>(m_clock.steadyNow()).time_since_epoch().count();
}

void WebhookMeter::note(const WebhookStats &stats)
{
    const DeliveryCounts counts = countsOf(stats);
    const DeliveryCounts news = counts.since(m_known);
    m_known = counts;
    if (news.total() == 0)
        return;
    m_total += news;
    const qint64 second = secondNow();
    Bucket &bucket = m_buckets[static_cast<std::size_t>(second % kSeconds)];
    if (bucket.second != second)
        bucket = {second, {}};
    bucket.counts += news;
    if (news.accepted + news.duplicate > 0)
        m_lastAt = m_clock.now();
    m_untold = true;
    if (!m_pause.isActive())
        tell();
}

DeliveryCounts WebhookMeter::lastMinute() const
{
    const qint64 now = secondNow();
    DeliveryCounts sum;
    for (const Bucket &bucket : m_buckets) {
        if (bucket.second > now - kSeconds && bucket.second <= now)
            sum += bucket.counts;
    }
    return sum;
}

void WebhookMeter::tell()
{
    m_untold = false;
    m_pause.start();
    emit changed();
}

} // namespace novita
