// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/jsonreader.h"

#include <QList>
#include <QString>

namespace novita {

/// One measured share in percent.
struct MetricPoint
{
    TimePoint at{};
    double value = 0;
    bool operator==(const MetricPoint &) const = default;
};

/// The use of one GPU over time.
struct GpuSeries
{
    QString id; ///< as the cloud names the card, at most 64 characters
    QList<MetricPoint> points;
    bool operator==(const GpuSeries &) const = default;
};

/// How much an instance uses of what it has, in percent. All points oldest first, one for each time. A series that was not
/// measured is empty.
struct InstanceMetrics
{
    /// More than that of one answer is left out, with a warning.
    static constexpr qsizetype kMaxPoints = 5000;
    static constexpr qsizetype kMaxGpus = 16;

    QList<MetricPoint> cpu;
    QList<MetricPoint> memory;
    QList<MetricPoint> disk;
    QList<MetricPoint> gpu;  ///< average of all cards
    QList<MetricPoint> vram; ///< likewise
    QList<GpuSeries> gpus;
    QList<GpuSeries> vrams;
    bool operator==(const InstanceMetrics &) const = default;
};

/// Decodes the answer of getInstanceMetrics. Points without a time or a number, and numbers that are no share of anything
/// (below 0, above 10,000), are left out.
InstanceMetrics decodeInstanceMetrics(const JsonReader &reader);

} // namespace novita
