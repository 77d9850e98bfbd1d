// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chartdata.h"

#include "core/base/isotime.h"
#include "core/base/tabletext.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace novita::chartdata {

namespace {

double coordinate(TimePoint at)
{
    return static_cast<double>(at.time_since_epoch().count());
}

QDateTime localTime(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

/// Closes the narrowest gaps until no more than kMaxPieces are left.
void closeNarrowGaps(QList<Piece> *all)
{
    const auto surplus = all->size() - kMaxPieces;
    if (surplus <= 0)
        return;
    QList<std::pair<double, qsizetype>> gaps; // width, index of the piece after it
    for (qsizetype i = 1; i < all->size(); ++i)
        gaps.append({all->at(i).upper.first().x() - all->at(i - 1).upper.last().x(), i});
    std::nth_element(gaps.begin(), gaps.begin() + surplus - 1, gaps.end());
    QList<bool> joined(all->size(), false);
    for (qsizetype i = 0; i < surplus; ++i)
        joined[gaps.at(i).second] = true;
    QList<Piece> kept;
    for (qsizetype i = 0; i < all->size(); ++i) {
        if (joined.at(i)) {
            kept.last().upper.append(all->at(i).upper);
            kept.last().lower.append(all->at(i).lower);
        } else {
            kept.append(all->at(i));
        }
    }
    *all = kept;
}

void widenLonePoints(QList<Piece> *all, double lone)
{
    const auto widen = [lone](QList<QPointF> *line) {
        if (line->size() == 1)
            *line = {line->first() - QPointF(lone / 2, 0), line->first() + QPointF(lone / 2, 0)};
    };
    for (Piece &piece : *all) {
        widen(&piece.upper);
        widen(&piece.lower);
    }
}

QList<Piece> linePieces(const QList<ChartPoint> &points, bool steps)
{
    QList<Piece> out;
    bool open = false;
    for (const ChartPoint &point : points) {
        if (!point.value || !std::isfinite(*point.value)) {
            // A step holds until it is known to have ended.
            if (open && steps)
                out.last().upper.append({coordinate(point.at), out.last().upper.last().y()});
            open = false;
            continue;
        }
        const QPointF here(coordinate(point.at), *point.value);
        if (!open)
            out.append(Piece{});
        else if (steps)
            out.last().upper.append({here.x(), out.last().upper.last().y()});
        out.last().upper.append(here);
        open = true;
    }
    return out;
}

/// The pieces of the stacked series among `series`: all share their times, and a gap is where none has a value.
void stack(const QList<ChartSeries> &series, const ChartPoints &points, QList<QList<Piece>> *out)
{
    QList<qsizetype> stacked;
    std::map<TimePoint, QList<std::optional<double>>> rows;
    for (qsizetype i = 0; i < series.size(); ++i) {
        if (series.at(i).kind == ChartKind::StackedArea)
            stacked.append(i);
    }
    for (qsizetype n = 0; n < stacked.size(); ++n) {
        for (const ChartPoint &point : points.value(series.at(stacked.at(n)).id)) {
            QList<std::optional<double>> &row = rows[point.at];
            row.resize(stacked.size());
            if (point.value && std::isfinite(*point.value))
                row[n] = point.value;
        }
    }
    bool open = false;
    for (const auto &[at, row] : rows) {
        if (std::none_of(row.begin(), row.end(), [](const auto &value) { return value.has_value(); })) {
            open = false;
            continue;
        }
        double sum = 0;
        for (qsizetype n = 0; n < stacked.size(); ++n) {
            QList<Piece> &mine = (*out)[stacked.at(n)];
            if (!open)
                mine.append(Piece{});
            mine.last().lower.append({coordinate(at), sum});
            sum += row.at(n).value_or(0);
            mine.last().upper.append({coordinate(at), sum});
        }
        open = true;
    }
}

} // namespace

QList<ChartPoint> withGaps(const QList<ChartPoint> &points, Milliseconds maxGap)
{
    QList<ChartPoint> out;
    out.reserve(points.size());
    for (const ChartPoint &point : points) {
        if (!out.isEmpty() && point.at - out.last().at > maxGap)
            out.append({out.last().at + maxGap, std::nullopt});
        out.append(point);
    }
    return out;
}

QList<QList<Piece>> pieces(const QList<ChartSeries> &series, const ChartPoints &points, double lone)
{
    QList<QList<Piece>> out(series.size());
    stack(series, points, &out);
    for (qsizetype i = 0; i < series.size(); ++i) {
        const ChartSeries &one = series.at(i);
        if (one.kind != ChartKind::StackedArea)
            out[i] = linePieces(points.value(one.id), one.kind == ChartKind::Step);
        closeNarrowGaps(&out[i]);
        widenLonePoints(&out[i], lone);
    }
    return out;
}

std::optional<double> valueAt(const QList<ChartPoint> &points, TimePoint at)
{
    if (points.isEmpty() || at < points.first().at || at > points.last().at)
        return std::nullopt;
    const auto after = std::lower_bound(points.begin(), points.end(), at, [](const ChartPoint &point, TimePoint t) { return point.at < t; });
    if (after == points.begin() || after->at == at)
        return after->value;
    const auto before = std::prev(after);
    return at - before->at <= after->at - at ? before->value : after->value;
}

std::optional<ChartPoint> lastValue(const QList<ChartPoint> &points)
{
    const auto found = std::find_if(points.rbegin(), points.rend(), [](const ChartPoint &point) { return point.value.has_value(); });
    return found == points.rend() ? std::nullopt : std::optional(*found);
}

double highest(const QList<QList<Piece>> &all)
{
    double high = 0;
    for (const QList<Piece> &one : all) {
        for (const Piece &piece : one) {
            for (const QPointF &point : piece.upper)
                high = std::max(high, point.y());
        }
    }
    return high;
}

double niceCeiling(double value)
{
    if (!(value > 0) || !std::isfinite(value))
        return 1;
    const double magnitude = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0}) {
        // A hair of tolerance: 0.3 / 0.1 is a little more than 3.
        if (step * magnitude >= value * (1 - 1e-9))
            return step * magnitude;
    }
    return 10 * magnitude;
}

QList<ChartTick> valueTicks(const ChartAxis &axis, double high)
{
    constexpr int kMost = 5;
    const double span = high - axis.low;
    if (!(span > 0) || !std::isfinite(span))
        return {};
    double step = niceCeiling(span / kMost);
    if (axis.whole && step < 1)
        step = 1;
    else if (axis.whole && step != std::floor(step))
        step *= 2; // of 2.5
    QList<ChartTick> ticks;
    for (int i = 0; i <= kMost; ++i) {
        const double value = axis.low + step * i;
        if (value > high + step * 1e-6)
            break;
        ticks.append({value, axis.text ? axis.text(value) : QLocale().toString(value)});
    }
    return ticks;
}

QList<ChartTick> timeTicks(TimePoint from, TimePoint to, int most)
{
    static constexpr std::array<int, 19> kSteps{1,    5,     10,    15,    30,    60,     120,    300,     600,    900,
                                                1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800};
    const qint64 seconds = (to - from).count() / 1000;
    if (seconds <= 0 || most < 1)
        return {};
    const auto fits = std::find_if(kSteps.begin(), kSteps.end(), [seconds, most](int step) { return seconds / step < most; });
    const qint64 step = fits != kSteps.end() ? *fits : (seconds / most / 86400 + 1) * 86400;
    // Steps are counted from local midnight, so that they are round where the user looks at a clock.
    const QDateTime begin = localTime(from);
    const QDateTime midnight = begin.date().startOfDay();
    const QLocale locale;
    QList<ChartTick> ticks;
    for (qint64 n = midnight.secsTo(begin) / step; ticks.size() < most; ++n) {
        const QDateTime at = step % 86400 == 0 ? begin.date().addDays(n * (step / 86400)).startOfDay() : midnight.addSecs(n * step);
        const auto position = static_cast<double>(at.toMSecsSinceEpoch());
        if (position > coordinate(to))
            break;
        if (position < coordinate(from))
            continue;
        const QString format = step >= 86400 ? QStringLiteral("d MMM") : step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
        ticks.append({position, locale.toString(at, format)});
    }
    return ticks;
}

QString csv(const QList<ChartSeries> &series, const ChartPoints &points, TimePoint from, TimePoint to)
{
    std::map<TimePoint, QList<std::optional<double>>> rows;
    QString out = QStringLiteral("time");
    for (qsizetype i = 0; i < series.size(); ++i) {
        out += QLatin1Char(',') + csvCell(series.at(i).name);
        for (const ChartPoint &point : points.value(series.at(i).id)) {
            if (point.at < from || point.at > to)
                continue;
            QList<std::optional<double>> &row = rows[point.at];
            row.resize(series.size());
            row[i] = point.value;
        }
    }
    out += QLatin1String("\r\n");
    for (const auto &[at, row] : rows) {
        if (std::none_of(row.begin(), row.end(), [](const auto &value) { return value.has_value(); }))
            continue;
        out += isoTime(at);
        for (const std::optional<double> &value : row)
            out += QLatin1Char(',') + (value ? QString::number(*value, 'g', 12) : QString());
        out += QLatin1String("\r\n");
    }
    return out;
}

} // namespace novita::chartdata
