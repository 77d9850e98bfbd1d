// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/instancestate.h"

#include <QHash>
#include <QList>
#include <QPointF>
#include <QString>

#include <functional>
#include <optional>

namespace novita {

/// How the points of a series become a picture.
enum class ChartKind {
    Line,
    Step,        ///< a value holds until the next: prices, burn
    StackedArea, ///< on top of the stacked series before it, in the order given
};

struct ChartSeries
{
    QString id;
    QString name;                  ///< as people read it
    ChartKind kind = ChartKind::Line;
    int color = 0;                 ///< number in the palette of series (Theme::seriesColor); the line style goes with it
    std::optional<StateTone> tone; ///< the colour of a state instead

    bool operator==(const ChartSeries &) const = default;
};

/// One measured value; without a value the line ends here and begins again at the next point that has one.
struct ChartPoint
{
    TimePoint at{};
    std::optional<double> value;

    bool operator==(const ChartPoint &) const = default;
};

/// The value axis. `text` writes a value with its unit in the current locale; it serves ticks, read-out and summary.
struct ChartAxis
{
    double low = 0;
    std::optional<double> high; ///< nothing: as high as the data, at least `leastHigh`
    double leastHigh = 1;
    std::function<QString(double)> text;
    bool whole = false; ///< counts: no tick between two whole numbers
};

struct ChartTick
{
    double at = 0; ///< a value, or milliseconds since 1970
    QString label;

    bool operator==(const ChartTick &) const = default;
};

using ChartPoints = QHash<QString, QList<ChartPoint>>;

/// Pure parts of a chart. Times are milliseconds since 1970 where they are a coordinate.
namespace chartdata {

/// Pieces of one series at most; with more gaps than that the narrowest are closed.
inline constexpr qsizetype kMaxPieces = 64;

/// One stretch without a gap. `lower` is empty but for stacked areas, where it has as many points as `upper`.
struct Piece
{
    QList<QPointF> upper;
    QList<QPointF> lower;
};

/// `points` (oldest first) with a point without value wherever two are further apart than `maxGap`.
QList<ChartPoint> withGaps(const QList<ChartPoint> &points, Milliseconds maxGap);
/// What to draw for each series, in the order of `series`. A point all by itself becomes a line `lone` milliseconds long.
QList<QList<Piece>> pieces(const QList<ChartSeries> &series, const ChartPoints &points, double lone);
/// The value of `points` nearest to `at`, nothing in a gap or outside.
std::optional<double> valueAt(const QList<ChartPoint> &points, TimePoint at);
std::optional<ChartPoint> lastValue(const QList<ChartPoint> &points);
/// The highest coordinate of all pieces, 0 when there is none.
double highest(const QList<QList<Piece>> &all);
/// The next of 1, 2, 2.5, 5 × 10^n that is not below `value`.
double niceCeiling(double value);
/// Three to six values from `low` to `high`, evenly apart.
QList<ChartTick> valueTicks(const ChartAxis &axis, double high);
/// Round local times in [from, to], at most `most` of them: "14:05", "14:05:30", "21 Nov".
QList<ChartTick> timeTicks(TimePoint from, TimePoint to, int most);
/// RFC 4180: time in UTC and one column for each series; an empty cell where a series has no value. A cell that a spreadsheet would take for a
/// formula gets an apostrophe before it.
QString csv(const QList<ChartSeries> &series, const ChartPoints &points, TimePoint from, TimePoint to);

} // namespace chartdata

} // namespace novita
