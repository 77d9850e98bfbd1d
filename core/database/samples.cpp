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

/// Where the points of a span come from: the finest kind that is still kept for its beginning.
QString sourceFor(TimePoint from, TimePoint newest)
{
    if (newest - from <= Samples::kRawKept)
        return QStringLiteral("SELECT at, 1 AS count, value AS low, value AS high, value AS total FROM sample WHERE series = ?");
    const Tier tier = newest - from <= Samples::kFiveMinutesKept ? kFiveMinutes : kHour;
    return QStringLiteral("SELECT at, count, low, high, total FROM rollup WHERE series = ? AND tier = %1").arg(tier.seconds);
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
    return m_database.run<QList<SamplePoint>>([=](SqlSession &session) -> Result<QList<SamplePoint>> {
        QList<SamplePoint> points;
        const Result<QVariant> id = session.value(QStringLiteral("SELECT id FROM series WHERE profile = ? AND name = ?"),
                                                  {text(profile.toString()), text(series)});
        if (!id)
            return id.error();
        if (!id->isValid() || to <= from)
            return points;
        const qint64 wanted = std::clamp(maxPoints, 2, kMostPoints);
        const qint64 length = std::max<qint64>(1, ((to - from).count() + wanted - 1) / wanted);
        const QString sql = QStringLiteral("SELECT min(at), min(low), max(high), sum(total) / sum(count), sum(count) FROM (%1)"
                                           " WHERE at >= ? AND at < ? GROUP BY (at - ?) / ? ORDER BY 1").arg(sourceFor(from, to));
        const std::optional<Error> error = session.select(sql, {*id, timeToSql(from), timeToSql(to), timeToSql(from), length}, [&points](const QSqlQuery &row) {
            points.append({timeFromSql(row.value(0)), row.value(1).toDouble(), row.value(2).toDouble(), row.value(3).toDouble(), row.value(4).toInt()});
            return true;
        });
        if (error)
            return *error;
        return points;
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
