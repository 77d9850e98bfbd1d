// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/rulelog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QCoreApplication>
#include <QUuid>

namespace novita {

namespace {

RuleRecord ruleOf(const QSqlQuery &row)
{
    RuleRecord rule;
    rule.id = RuleId(row.value(0).toString());
    rule.profile = ProfileId(row.value(1).toString());
    rule.kind = row.value(2).toString();
    rule.subject = row.value(3).toString();
    rule.enabled = row.value(4).toInt() != 0;
    rule.body = jsonFromSql(row.value(5));
    rule.state = jsonFromSql(row.value(6));
    rule.version = row.value(7).toLongLong();
    rule.createdAt = timeFromSql(row.value(8));
    rule.updatedAt = timeFromSql(row.value(9));
    return rule;
}

std::optional<Error> insert(SqlSession &session, const RuleRecord &rule)
{
    return session.exec(QStringLiteral("INSERT INTO rule (id, profile, kind, subject, enabled, body, state, version, created_at, updated_at)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)"),
                        {text(rule.id.toString()), text(rule.profile.toString()), text(rule.kind), text(rule.subject), int(rule.enabled),
                         jsonToSql(rule.body), jsonToSql(rule.state), timeToSql(rule.createdAt), timeToSql(rule.updatedAt)});
}

std::optional<Error> update(SqlSession &session, const RuleRecord &rule)
{
    return session.exec(QStringLiteral("UPDATE rule SET subject = ?, enabled = ?, body = ?, state = ?, version = version + 1, updated_at = ?"
                                       " WHERE id = ? AND version = ?"),
                        {text(rule.subject), int(rule.enabled), jsonToSql(rule.body), jsonToSql(rule.state), timeToSql(rule.updatedAt),
                         text(rule.id.toString()), rule.version});
}

} // namespace

RuleId RuleLog::newId()
{
    return RuleId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

Call<qint64> *RuleLog::save(const RuleRecord &rule)
{
    return m_database.run<qint64>([rule](SqlSession &session) -> Result<qint64> {
        if (const std::optional<Error> error = rule.version == 0 ? insert(session, rule) : update(session, rule))
            return *error;
        if (session.changes() != 1)
            return Error::make(ErrorKind::Conflict, QCoreApplication::translate("Database", "The rule was changed elsewhere meanwhile."));
        return rule.version + 1;
    });
}

Call<Done> *RuleLog::remove(const RuleId &id)
{
    return m_database.run<Done>([id](SqlSession &session) -> Result<Done> {
        return done(session.exec(QStringLiteral("DELETE FROM rule WHERE id = ?"), {text(id.toString())}));
    });
}

Call<QList<RuleRecord>> *RuleLog::read(const ProfileId &profile, const QString &kind) const
{
    return m_database.run<QList<RuleRecord>>([profile, kind](SqlSession &session) -> Result<QList<RuleRecord>> {
        QList<RuleRecord> rules;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT id, profile, kind, subject, enabled, body, state, version, created_at, updated_at FROM rule"
                                          " WHERE profile = ? AND kind = ? ORDER BY created_at, rowid LIMIT ?"),
                           {text(profile.toString()), text(kind), kMostRules}, [&rules](const QSqlQuery &row) {
                               rules.append(ruleOf(row));
                               return true;
                           });
        return error ? Result<QList<RuleRecord>>(*error) : Result<QList<RuleRecord>>(rules);
    });
}

} // namespace novita
