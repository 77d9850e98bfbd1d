// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/metricseries.h"

#include <algorithm>

namespace novita::metrics {

QString seriesName(const InstanceId &id, const QString &key)
{
    return QStringLiteral("instance/%1/%2").arg(id.toString(), key);
}

QStringList keysFor(int gpus)
{
    QStringList keys{QStringLiteral("cpu"), QStringLiteral("memory"), QStringLiteral("disk"), QStringLiteral("gpu"), QStringLiteral("vram")};
    for (int i = 0; i < std::min(gpus, static_cast<int>(InstanceMetrics::kMaxGpus)); ++i)
        keys << QStringLiteral("gpu%1").arg(i) << QStringLiteral("vram%1").arg(i);
    return keys;
}

MetricSeries toSeries(const InstanceMetrics &metrics)
{
    MetricSeries out{{QStringLiteral("cpu"), metrics.cpu},
                     {QStringLiteral("memory"), metrics.memory},
                     {QStringLiteral("disk"), metrics.disk},
                     {QStringLiteral("gpu"), metrics.gpu},
                     {QStringLiteral("vram"), metrics.vram}};
    for (qsizetype i = 0; i < metrics.gpus.size(); ++i)
        out.insert(QStringLiteral("gpu%1").arg(i), metrics.gpus.at(i).points);
    for (qsizetype i = 0; i < metrics.vrams.size(); ++i)
        out.insert(QStringLiteral("vram%1").arg(i), metrics.vrams.at(i).points);
    out.removeIf([](const auto &entry) { return entry.value().isEmpty(); });
    return out;
}

QList<MetricPoint> merged(const QList<MetricPoint> &kept, const QList<MetricPoint> &fresh, Milliseconds step)
{
    QList<MetricPoint> out = fresh;
    for (const MetricPoint &old : kept) {
        const auto next = std::lower_bound(fresh.begin(), fresh.end(), old.at, [](const MetricPoint &point, TimePoint at) { return point.at < at; });
        const bool nearNext = next != fresh.end() && next->at - old.at < step;
        const bool nearLast = next != fresh.begin() && old.at - std::prev(next)->at < step;
        if (!nearNext && !nearLast)
            out.append(old);
    }
    std::sort(out.begin(), out.end(), [](const MetricPoint &a, const MetricPoint &b) { return a.at < b.at; });
    return out;
}

MetricSeries merged(const MetricSeries &kept, const MetricSeries &fresh, Milliseconds step, TimePoint from)
{
    MetricSeries out = kept;
    for (auto it = fresh.begin(); it != fresh.end(); ++it)
        out.insert(it.key(), merged(kept.value(it.key()), it.value(), step));
    for (QList<MetricPoint> &points : out)
        points.removeIf([from](const MetricPoint &point) { return point.at < from; });
    return out;
}

std::optional<TimePoint> newest(const MetricSeries &series)
{
    std::optional<TimePoint> at;
    for (const QList<MetricPoint> &points : series) {
        if (!points.isEmpty() && (!at || points.last().at > *at))
            at = points.last().at;
    }
    return at;
}

} // namespace novita::metrics
