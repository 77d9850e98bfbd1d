// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/taglog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QCoreApplication>

namespace novita {

namespace {

/// Adds `text` to `tags` when it can be one more.
void take(QStringList &tags, const QString &text)
{
    const Result<QString> tag = taglist::cleaned(text);
    if (tag && tags.size() < taglist::kMostTags && !taglist::contains(tags, *tag))
        tags.append(*tag);
}

Result<QStringList> tagsOf(SqlSession &session, const ProfileId &profile, const InstanceId &id)
{
    QStringList tags;
    const std::optional<Error> error = session.select(QStringLiteral("SELECT tag FROM tag WHERE profile = ? AND instance = ?"),
                                                      {text(profile.toString()), text(id.toString())}, [&tags](const QSqlQuery &row) {
                                                          take(tags, row.value(0).toString());
                                                          return true;
                                                      });
    return error ? Result<QStringList>(*error) : Result<QStringList>(tags);
}

std::optional<Error> removeAll(SqlSession &session, const ProfileId &profile, const InstanceId &id)
{
    return session.exec(QStringLiteral("DELETE FROM tag WHERE profile = ? AND instance = ?"), {text(profile.toString()), text(id.toString())});
}

std::optional<Error> replace(SqlSession &session, const ProfileId &profile, const InstanceId &id, const QStringList &tags)
{
    std::optional<Error> error = removeAll(session, profile, id);
    for (const QString &tag : tags) {
        if (!error)
            error = session.exec(QStringLiteral("INSERT INTO tag (profile, instance, tag) VALUES (?, ?, ?)"),
                                 {text(profile.toString()), text(id.toString()), text(tag)});
    }
    return error;
}

std::optional<Error> checkRoom(SqlSession &session, const ProfileId &profile)
{
    const Result<QVariant> rows = session.value(QStringLiteral("SELECT count(*) FROM tag WHERE profile = ?"), {text(profile.toString())});
    if (!rows)
        return rows.error();
    if (rows->toLongLong() > TagLog::kMostRows)
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("Database", "There are too many tags already."));
    return std::nullopt;
}

} // namespace

Call<TagTable> *TagLog::read(const ProfileId &profile) const
{
    return m_database.run<TagTable>([profile](SqlSession &session) -> Result<TagTable> {
        TagTable table;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT instance, tag FROM tag WHERE profile = ? ORDER BY instance, tag LIMIT ?"),
                           {text(profile.toString()), kMostRows}, [&table](const QSqlQuery &row) {
                               take(table[InstanceId(row.value(0).toString())], row.value(1).toString());
                               return true;
                           });
        if (error)
            return *error;
        table.removeIf([](const TagTable::iterator &entry) { return entry.value().isEmpty(); });
        for (QStringList &tags : table)
            tags = taglist::sorted(tags);
        return table;
    });
}

Call<TagTable> *TagLog::change(const ProfileId &profile, const QList<InstanceId> &ids, const TagEdit &edit)
{
    return m_database.run<TagTable>([profile, ids, edit](SqlSession &session) -> Result<TagTable> {
        TagTable table;
        for (const InstanceId &id : ids) {
            const Result<QStringList> before = tagsOf(session, profile, id);
            if (!before)
                return before.error();
            const Result<QStringList> after = taglist::edited(*before, edit);
            if (!after)
                return after.error();
            if (const std::optional<Error> error = replace(session, profile, id, *after))
                return *error;
            table.insert(id, *after);
        }
        if (const std::optional<Error> error = checkRoom(session, profile))
            return *error;
        return table;
    });
}

Call<Done> *TagLog::forget(const ProfileId &profile, const QList<InstanceId> &ids)
{
    return m_database.run<Done>([profile, ids](SqlSession &session) -> Result<Done> {
        for (const InstanceId &id : ids) {
            if (const std::optional<Error> error = removeAll(session, profile, id))
                return *error;
        }
        return Done{};
    });
}

} // namespace novita
