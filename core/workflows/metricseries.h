// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/metrics.h"

#include <QMap>

namespace novita {

/// Series of one instance by their short names: "cpu", "memory", "disk", "gpu", "vram", and "gpu0", "vram0" … for each card.
using MetricSeries = QMap<QString, QList<MetricPoint>>;

/// Pure parts of MetricsWatch.
namespace metrics {

/// The name in the history file: "instance/<id>/gpu".
QString seriesName(const InstanceId &id, const QString &key);
/// The short names of an instance with so many cards.
QStringList keysFor(int gpus);
MetricSeries toSeries(const InstanceMetrics &metrics);
/// Both together, oldest first: all of `fresh`, and of `kept` what no fresh point is nearer to than `step`.
QList<MetricPoint> merged(const QList<MetricPoint> &kept, const QList<MetricPoint> &fresh, Milliseconds step);
/// merged() for every series, without what lies before `from`.
MetricSeries merged(const MetricSeries &kept, const MetricSeries &fresh, Milliseconds step, TimePoint from);
/// The time of the newest point of all.
std::optional<TimePoint> newest(const MetricSeries &series);

} // namespace metrics

} // namespace novita
