// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/eventlog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kMaxRows = 5000;

ActivityEvent eventOf(const QSqlQuery &row)
{
    ActivityEvent event;
    event.serial = row.value(0).toULongLong();
    event.at = timeFromSql(row.value(1));
    event.severity = enumFromSql(row.value(2), EventSeverity::Problem, EventSeverity::Info);
    event.source = enumFromSql(row.value(3), kLastEventSource, EventSource::System);
    event.subjectId = row.value(4).toString();
    event.subjectName = row.value(5).toString();
    event.text = row.value(6).toString();
    event.detail = row.value(7).toString();
    return event;
}

} // namespace

void EventLog::append(const ProfileId &profile, const ActivityEvent &event)
{
    m_database.post([profile, event](SqlSession &session) -> Result<Done> {
        return done(session.exec(QStringLiteral("INSERT INTO event (profile, at, severity, source, subject, name, text, detail)"
                                                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                                 {text(profile.toString()), timeToSql(event.at), int(event.severity), int(event.source), text(event.subjectId),
                                  text(event.subjectName), text(event.text), text(event.detail)}));
    });
}

Call<QList<ActivityEvent>> *EventLog::read(const ProfileId &profile, const Filter &filter) const
{
    return m_database.run<QList<ActivityEvent>>([profile, filter](SqlSession &session) -> Result<QList<ActivityEvent>> {
        QString sql = QStringLiteral("SELECT id, at, severity, source, subject, name, text, detail FROM event WHERE profile = ?");
        QVariantList values{profile.toString()};
        if (!filter.subjectId.isEmpty()) {
            sql += QStringLiteral(" AND subject = ?");
            values.append(filter.subjectId);
        }
        if (filter.beforeId) {
            sql += QStringLiteral(" AND id < ?");
            values.append(*filter.beforeId);
        }
        sql += QStringLiteral(" ORDER BY id DESC LIMIT ?");
        values.append(std::clamp(filter.limit, 1, kMaxRows));
        QList<ActivityEvent> events;
        if (const std::optional<Error> error = session.select(sql, values, [&events](const QSqlQuery &row) {
                events.append(eventOf(row));
                return true;
            }))
            return *error;
        return events;
    });
}

Call<int> *EventLog::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM event WHERE at < ?"), {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
