// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/retirementlog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

namespace novita {

Call<RetiredMarks> *RetirementLog::marks(const ProfileId &profile, TimePoint now) const
{
    return m_database.run<RetiredMarks>([profile, now](SqlSession &session) -> Result<RetiredMarks> {
        const std::optional<Error> tidied =
            session.exec(QStringLiteral("DELETE FROM retired_endpoint WHERE profile = ? AND seen_at <= ?"), {text(profile.toString()), timeToSql(TimePoint(now - kKept))});
        if (tidied)
            return *tidied;
        RetiredMarks marks;
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT endpoint, reason, seen_at FROM retired_endpoint WHERE profile = ? LIMIT 1000"), {text(profile.toString())}, [&marks](const QSqlQuery &row) {
                const QJsonObject json{{QStringLiteral("endpoint"), row.value(0).toString()}, {QStringLiteral("reason"), row.value(1).toString()},
                                       {QStringLiteral("seenAt"), row.value(2).toLongLong()}};
                if (const std::optional<RetiredMark> mark = RetiredMark::fromJson(json))
                    marks.insert(mark->endpoint, *mark);
                return true;
            });
        return error ? Result<RetiredMarks>(*error) : Result<RetiredMarks>(marks);
    });
}

void RetirementLog::save(const ProfileId &profile, const RetiredMark &mark)
{
    m_database.post([profile, mark](SqlSession &session) {
        return done(session.exec(QStringLiteral("INSERT OR REPLACE INTO retired_endpoint (profile, endpoint, reason, seen_at) VALUES (?, ?, ?, ?)"),
                                 {text(profile.toString()), text(mark.endpoint), text(mark.reason), timeToSql(mark.seenAt)}));
    });
}

void RetirementLog::forget(const ProfileId &profile, const QString &endpoint)
{
    m_database.post([profile, endpoint](SqlSession &session) {
        return done(session.exec(QStringLiteral("DELETE FROM retired_endpoint WHERE profile = ? AND endpoint = ?"), {text(profile.toString()), text(endpoint)}));
    });
}

void RetirementLog::forget(const ProfileId &profile)
{
    m_database.post([profile](SqlSession &session) {
        return done(session.exec(QStringLiteral("DELETE FROM retired_endpoint WHERE profile = ?"), {text(profile.toString())}));
    });
}

} // namespace novita
