// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/notifiedlog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

namespace novita {

void NotifiedLog::append(const ProfileId &profile, const QString &key, TimePoint at)
{
    m_database.post([profile, key, at](SqlSession &session) -> Result<Done> {
        return done(session.exec(QStringLiteral("INSERT OR REPLACE INTO notified (profile, key, at) VALUES (?, ?, ?)"),
                                 {text(profile.toString()), text(key), timeToSql(at)}));
    });
}

void NotifiedLog::remove(const ProfileId &profile, const QString &key)
{
    m_database.post([profile, key](SqlSession &session) -> Result<Done> {
        return done(session.exec(QStringLiteral("DELETE FROM notified WHERE profile = ? AND key = ?"), {text(profile.toString()), text(key)}));
    });
}

Call<QStringList> *NotifiedLog::read(const ProfileId &profile) const
{
    return m_database.run<QStringList>([profile](SqlSession &session) -> Result<QStringList> {
        QStringList keys;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT key FROM notified WHERE profile = ? ORDER BY at DESC LIMIT ?"), {text(profile.toString()), kMostKeys},
                           [&keys](const QSqlQuery &row) {
                               keys.append(row.value(0).toString());
                               return true;
                           });
        return error ? Result<QStringList>(*error) : Result<QStringList>(keys);
    });
}

Call<int> *NotifiedLog::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM notified WHERE at < ?"), {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
