// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/usagelog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

namespace novita {

void UsageLog::save(const ProfileId &profile, const QList<UsageRecord> &records, TimePoint seenAt)
{
    m_database.post([profile, records, seenAt](SqlSession &session) -> Result<Done> {
        for (const UsageRecord &record : records) {
            if (const std::optional<Error> error = session.exec(
                    QStringLiteral("INSERT OR REPLACE INTO usage (profile, owner, over, updated_at, track) VALUES (?, ?, ?, ?, ?)"),
                    {text(profile.toString()), text(record.owner), record.track.isOver(), timeToSql(seenAt), jsonToSql(record.track.toJson())}))
                return *error;
        }
        return done(session.exec(QStringLiteral("INSERT INTO account (profile, seen_at) VALUES (?, ?)"
                                                " ON CONFLICT (profile) DO UPDATE SET seen_at = excluded.seen_at"),
                                 {text(profile.toString()), timeToSql(seenAt)}));
    });
}

Call<UsageMemory> *UsageLog::load(const ProfileId &profile) const
{
    return m_database.run<UsageMemory>([profile](SqlSession &session) -> Result<UsageMemory> {
        UsageMemory memory;
        const QVariantList key{text(profile.toString())};
        std::optional<Error> error = session.select(QStringLiteral("SELECT owner, track FROM usage WHERE profile = ?"), key, [&memory](const QSqlQuery &row) {
            if (const std::optional<UsageTrack> track = UsageTrack::fromJson(jsonFromSql(row.value(1))))
                memory.records.append({row.value(0).toString(), *track});
            return true;
        });
        if (!error) {
            error = session.select(QStringLiteral("SELECT seen_at FROM account WHERE profile = ?"), key, [&memory](const QSqlQuery &row) {
                memory.seenAt = optionalTimeFromSql(row.value(0));
                return false;
            });
        }
        if (error)
            return *error;
        return memory;
    });
}

Call<int> *UsageLog::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM usage WHERE over AND updated_at < ?"), {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
