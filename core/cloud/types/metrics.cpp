// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/metrics.h"

#include "core/base/displaytext.h"

#include <algorithm>

namespace novita {

namespace {

/// Several cores may add up to more than 100.
constexpr double kMostPercent = 10000;
constexpr qsizetype kMostIdChars = 64;

QList<MetricPoint> decodePoints(const JsonReader &reader, QLatin1String key)
{
    QList<MetricPoint> points;
    bool tooMany = false;
    reader.forEach(key, [&](const JsonReader &item) {
        if (points.size() >= InstanceMetrics::kMaxPoints) {
            tooMany = true;
            return;
        }
        const std::optional<TimePoint> at = item.unixSeconds(QLatin1String("timestamp"));
        const std::optional<double> value = item.real(QLatin1String("value"));
        if (at && value && *value >= 0 && *value <= kMostPercent)
            points.append({*at, *value});
    });
    if (tooMany)
        reader.log().warn(reader.path() + QLatin1Char('.') + key, QStringLiteral("more than %1 points").arg(InstanceMetrics::kMaxPoints));
    std::stable_sort(points.begin(), points.end(), [](const MetricPoint &a, const MetricPoint &b) { return a.at < b.at; });
    points.erase(std::unique(points.begin(), points.end(), [](const MetricPoint &a, const MetricPoint &b) { return a.at == b.at; }), points.end());
    return points;
}

QList<GpuSeries> decodeCards(const JsonReader &reader)
{
    QList<GpuSeries> cards;
    reader.forEach(QLatin1String("gpuIds"), [&](const JsonReader &item) {
        if (cards.size() < InstanceMetrics::kMaxGpus)
            cards.append({displayLine(item.string(QLatin1String("gpuId")), kMostIdChars), decodePoints(item, QLatin1String("items"))});
    });
    // Numbered cards in the order of their numbers, whatever the answer's; others as they came.
    std::stable_sort(cards.begin(), cards.end(), [](const GpuSeries &a, const GpuSeries &b) {
        bool firstIs = false;
        bool secondIs = false;
        const int first = a.id.toInt(&firstIs);
        const int second = b.id.toInt(&secondIs);
        return firstIs && secondIs && first < second;
    });
    return cards;
}

/// The average over the cards where the cloud gives none.
QList<MetricPoint> averageOf(const QList<GpuSeries> &cards)
{
    if (cards.isEmpty())
        return {};
    QList<MetricPoint> average;
    for (const MetricPoint &point : cards.first().points) {
        double sum = 0;
        int count = 0;
        for (const GpuSeries &card : cards) {
            const auto same = std::lower_bound(card.points.begin(), card.points.end(), point.at, [](const MetricPoint &p, TimePoint at) { return p.at < at; });
            if (same != card.points.end() && same->at == point.at) {
                sum += same->value;
                ++count;
            }
        }
        average.append({point.at, sum / count});
    }
    return average;
}

} // namespace

InstanceMetrics decodeInstanceMetrics(const JsonReader &reader)
{
    InstanceMetrics metrics;
    metrics.cpu = decodePoints(reader, QLatin1String("cpuUtilization"));
    metrics.memory = decodePoints(reader, QLatin1String("memUtilization"));
    metrics.disk = decodePoints(reader, QLatin1String("rootDiskUtilization"));
    const JsonReader gpu = reader.object(QLatin1String("gpuUtilization"));
    const JsonReader vram = reader.object(QLatin1String("gpuMemUtilization"));
    metrics.gpus = decodeCards(gpu);
    metrics.vrams = decodeCards(vram);
    metrics.gpu = decodePoints(gpu, QLatin1String("avg"));
    metrics.vram = decodePoints(vram, QLatin1String("avg"));
    if (metrics.gpu.isEmpty())
        metrics.gpu = averageOf(metrics.gpus);
    if (metrics.vram.isEmpty())
        metrics.vram = averageOf(metrics.vrams);
    return metrics;
}

} // namespace novita
