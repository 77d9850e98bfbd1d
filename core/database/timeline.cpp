// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/timeline.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QHash>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMaxRows = 5000;
constexpr qsizetype kRowsPerSpan = 8; // there and back, and ways that were not finished

} // namespace

void Timeline::append(const ProfileId &profile, const QList<TimelineStep> &steps)
{
    m_database.post([profile, steps](SqlSession &session) -> Result<Done> {
        for (const auto &[instance, entry] : steps) {
            if (const std::optional<Error> error = session.exec(
                    QStringLiteral("INSERT INTO timeline (profile, instance, at, state, note) VALUES (?, ?, ?, ?, ?)"),
                    {text(profile.toString()), text(instance.toString()), timeToSql(entry.at), text(entry.state), text(entry.note)}))
                return *error;
        }
        return Done{};
    });
}

Call<QList<TimelineEntry>> *Timeline::read(const ProfileId &profile, const InstanceId &instance, int limit) const
{
    return m_database.run<QList<TimelineEntry>>([profile, instance, limit](SqlSession &session) -> Result<QList<TimelineEntry>> {
        QList<TimelineEntry> entries;
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT at, state, note FROM timeline WHERE profile = ? AND instance = ? ORDER BY at DESC, id DESC LIMIT ?"),
            {text(profile.toString()), text(instance.toString()), std::clamp(limit, 1, kMaxRows)}, [&entries](const QSqlQuery &row) {
                entries.append({timeFromSql(row.value(0)), row.value(1).toString(), row.value(2).toString()});
                return true;
            });
        if (error)
            return *error;
        std::reverse(entries.begin(), entries.end());
        return entries;
    });
}

Call<QList<Milliseconds>> *Timeline::spans(const ProfileId &profile, const QString &from, const QString &to, int limit) const
{
    return m_database.run<QList<Milliseconds>>([profile, from, to, limit](SqlSession &session) -> Result<QList<Milliseconds>> {
        QList<Milliseconds> spans;
        QHash<QString, TimePoint> arrived; // by instance: arrivals whose departure has not come up yet, newest first
        const qsizetype most = std::clamp(limit, 1, kMaxRows);
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT instance, at, state FROM timeline WHERE profile = ? AND state IN (?, ?) ORDER BY at DESC, id DESC LIMIT ?"),
            {text(profile.toString()), text(from), text(to), kRowsPerSpan * most}, [&](const QSqlQuery &row) {
                const QString instance = row.value(0).toString();
                const TimePoint at = timeFromSql(row.value(1));
                if (row.value(2).toString() == to)
                    arrived.insert(instance, at); // of several arrivals after one departure the first counts
                else if (const auto found = arrived.constFind(instance); found != arrived.constEnd()) {
                    spans.append(*found - at);
                    arrived.erase(found);
                }
                return spans.size() < most;
            });
        if (error)
            return *error;
        return spans;
    });
}

Call<int> *Timeline::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM timeline WHERE at < ?"), {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
