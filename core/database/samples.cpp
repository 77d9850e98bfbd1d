// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/samples.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kMostPoints = 10000;
constexpr qint64 kMsPerSecond = 1000;

/// A roll-up: how long its stretches are, and how long they are kept.
struct Tier
{
    int seconds;
    std::optional<std::chrono::hours> kept; ///< nullopt: as long as the history
};
constexpr Tier kFiveMinutes{300, Samples::kFiveMinutesKept};
constexpr Tier kHour{3600, std::nullopt};

qint64 ms(TimePoint at)
{
    return at.time_since_epoch().count();
}

Result<qint64> seriesId(SqlSession &session, const ProfileId &profile, const QString &name)
{
    const QVariantList key{text(profile.toString()), text(name)};
    const QString find = QStringLiteral("SELECT id FROM series WHERE profile = ? AND name = ?");
    Result<QVariant> id = session.value(find, key);
    if (!id)
        return id.error();
    if (id->isValid())
        return id->toLongLong();
    if (const std::optional<Error> error = session.exec(QStringLiteral("INSERT INTO series (profile, name) VALUES (?, ?)"), key))
        return *error;
    return session.lastInsertId();
}

/// Where the points of a span come from: the finest kind that is still kept for its beginning. What is too new to have been rolled up is
/// taken as it is.
struct Source
{
    QString sql;
    int seriesBindings; ///< how often the id of the series stands in front
};

Source sourceFor(TimePoint from, TimePoint newest)
{
    if (newest - from <= Samples::kRawKept)
        return {QStringLiteral("SELECT at, 1 AS count, value AS low, value AS high, value AS total FROM sample WHERE series = ?"), 1};
    const Tier tier = newest - from <= Samples::kFiveMinutesKept ? kFiveMinutes : kHour;
    return {QStringLiteral("SELECT at, count, low, high, total FROM rollup WHERE series = ? AND tier = %1"
                           " UNION ALL SELECT at, 1, value, value, value FROM sample WHERE series = ?"
                           " AND at >= coalesce((SELECT max(at) FROM rollup WHERE series = ? AND tier = %1) + %2, 0)")
                .arg(tier.seconds).arg(tier.seconds * kMsPerSecond), 3};
}

/// A read of Samples: of any series.
struct Span
{
    TimePoint from;
    TimePoint to;
    int maxPoints;
};

Result<QList<SamplePoint>> pointsOf(SqlSession &session, const ProfileId &profile, const QString &series, const Span &span)
{
    QList<SamplePoint> points;
    const Result<QVariant> id = session.value(QStringLiteral("SELECT id FROM series WHERE profile = ? AND name = ?"), {text(profile.toString()), text(series)});
    if (!id)
        return id.error();
    if (!id->isValid() || span.to <= span.from)
        return points;
    const qint64 wanted = std::clamp(span.maxPoints, 2, kMostPoints);
    const qint64 length = std::max<qint64>(1, ((span.to - span.from).count() + wanted - 1) / wanted);
    const Source source = sourceFor(span.from, span.to);
    const QString sql = QStringLiteral("SELECT min(at), min(low), max(high), sum(total) / sum(count), sum(count) FROM (%1)"
                                       " WHERE at >= ? AND at < ? GROUP BY (at - ?) / ? ORDER BY 1").arg(source.sql);
    QVariantList bindings(source.seriesBindings, *id);
    bindings << timeToSql(span.from) << timeToSql(span.to) << timeToSql(span.from) << length;
    const std::optional<Error> error = session.select(sql, bindings, [&points](const QSqlQuery &row) {
        points.append({timeFromSql(row.value(0)), row.value(1).toDouble(), row.value(2).toDouble(), row.value(3).toDouble(), row.value(4).toInt()});
        return true;
    });
    if (error)
        return *error;
    return points;
}

/// Puts the raw samples of the stretches that are over into `tier`. What is there already comes out the same again.
std::optional<Error> rollUp(SqlSession &session, const Tier &tier, TimePoint now)
{
    const qint64 length = tier.seconds * kMsPerSecond;
    const qint64 over = ms(now) / length * length;
    // Samples may come late (metrics are read back an hour or a day): every stretch whose raw samples are all still there is done again.
    const qint64 firstWhole = (ms(now - Samples::kRawKept) / length + 1) * length;
    const Result<QVariant> last = session.value(QStringLiteral("SELECT max(at) FROM rollup WHERE tier = ?"), {tier.seconds});
    if (!last)
        return last.error();
    return session.exec(QStringLiteral("INSERT OR REPLACE INTO rollup (series, tier, at, count, low, high, total)"
                                       " SELECT series, %1, at / %2 * %2 AS stretch, count(*), min(value), max(value), sum(value)"
                                       " FROM sample WHERE at >= ? AND at < ? GROUP BY series, stretch").arg(tier.seconds).arg(length),
                        {last->isNull() ? qint64(0) : std::min(last->toLongLong(), firstWhole), over});
}

} // namespace

void Samples::append(const ProfileId &profile, TimePoint at, const QList<Sample> &samples)
{
    m_database.post([profile, at, samples](SqlSession &session) -> Result<Done> {
        for (const Sample &sample : samples) {
            if (!std::isfinite(sample.value))
                continue;
            const Result<qint64> series = seriesId(session, profile, sample.series);
            if (!series)
                return series.error();
            if (const std::optional<Error> error = session.exec(QStringLiteral("INSERT OR REPLACE INTO sample (series, at, value) VALUES (?, ?, ?)"),
                                                                {*series, timeToSql(at), sample.value}))
                return *error;
        }
        return Done{};
    });
}

Call<QList<SamplePoint>> *Samples::read(const ProfileId &profile, const QString &series, TimePoint from, TimePoint to, int maxPoints) const
{
    return m_database.run<QList<SamplePoint>>([=](SqlSession &session) { return pointsOf(session, profile, series, {from, to, maxPoints}); });
}

Call<QHash<QString, QList<SamplePoint>>> *Samples::readAll(const ProfileId &profile, const QStringList &series, TimePoint from, TimePoint to, int maxPoints) const
{
    using All = QHash<QString, QList<SamplePoint>>;
    return m_database.run<All>([=](SqlSession &session) -> Result<All> {
        All all;
        for (const QString &name : series) {
            Result<QList<SamplePoint>> points = pointsOf(session, profile, name, {from, to, maxPoints});
            if (!points)
                return points.error();
            if (!points->isEmpty())
                all.insert(name, *points);
        }
        return all;
    });
}

Call<Done> *Samples::maintain(TimePoint now, TimePoint keepFrom)
{
    return m_database.run<Done>([now, keepFrom](SqlSession &session) -> Result<Done> {
        for (const Tier &tier : {kFiveMinutes, kHour}) {
            if (const std::optional<Error> error = rollUp(session, tier, now))
                return *error;
            const TimePoint oldest = tier.kept ? now - *tier.kept : keepFrom;
            if (const std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM rollup WHERE tier = ? AND at < ?"), {tier.seconds, timeToSql(oldest)}))
                return *error;
        }
        return done(session.exec(QStringLiteral("DELETE FROM sample WHERE at < ?"), {timeToSql(now - kRawKept)}));
    });
}

} // namespace novita
