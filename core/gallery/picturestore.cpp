// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturestore.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/gallery/imagejobrow.h"
#include "core/gallery/picturecondition.h"
#include "core/gallery/picturerows.h"
#include "core/gallery/picturewords.h"

#include <QCoreApplication>

namespace novita {

namespace {

constexpr int kMostRead = 1000;

/// One statement for each id, to the first Error.
Call<Done> *forEach(Database &database, const QList<PictureId> &ids, const QString &sql, const QVariantList &values)
{
    return database.run<Done>([ids, sql, values](SqlSession &session) -> Result<Done> {
        std::optional<Error> error;
        for (qsizetype i = 0; i < ids.size() && !error; ++i)
            error = session.exec(sql, values + QVariantList{ids.at(i)});
        return done(error);
    });
}

} // namespace

Call<QList<PictureId>> *PictureStore::add(const ProfileId &profile, const QList<Picture> &pictures, const ImageJob &job)
{
    return m_database.run<QList<PictureId>>([profile, pictures, job](SqlSession &session) -> Result<QList<PictureId>> {
        QList<PictureId> ids;
        for (const Picture &picture : pictures) {
            const Result<PictureId> id = picturerows::insert(session, profile, picture);
            if (!id)
                return id.error();
            ids.append(*id);
        }
        if (!job.id.isEmpty()) {
            const Result<qint64> saved = saveImageJob(session, job);
            if (!saved)
                return saved.error();
        }
        return ids;
    });
}

Call<QList<PictureEntry>> *PictureStore::list(const ProfileId &profile, const PictureQuery &query) const
{
    return m_database.run<QList<PictureEntry>>([profile, query](SqlSession &session) -> Result<QList<PictureEntry>> {
        const PictureCondition where = PictureCondition::of(profile, query);
        QList<PictureEntry> entries;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT ") + picturerows::kEntryColumns + QStringLiteral(" FROM ") + where.from + QStringLiteral(" WHERE ") + where.sql + PictureCondition::orderBy(query.order) + QStringLiteral(" LIMIT ?"),
                           where.values + QVariantList{query.limit > 0 ? std::min(query.limit, kMostListed) : kMostListed}, [&entries](const QSqlQuery &row) {
                               picturerows::fillEntry(row, entries.emplaceBack());
                               return true;
                           });
        return error ? Result<QList<PictureEntry>>(*error) : Result<QList<PictureEntry>>(entries);
    });
}

Call<Picture> *PictureStore::read(PictureId id) const
{
    return m_database.run<Picture>([id](SqlSession &session) -> Result<Picture> {
        const Result<std::optional<Picture>> picture = picturerows::read(session, id);
        if (!picture)
            return picture.error();
        if (!*picture)
            return Error::make(ErrorKind::NotFound, QCoreApplication::translate("Database", "This picture is not in the gallery any more."));
        return **picture;
    });
}

Call<QList<Picture>> *PictureStore::read(const QList<PictureId> &ids) const
{
    return m_database.run<QList<Picture>>([ids](SqlSession &session) -> Result<QList<Picture>> {
        QList<Picture> pictures;
        for (const PictureId id : ids.mid(0, kMostRead)) {
            const Result<std::optional<Picture>> picture = picturerows::read(session, id);
            if (!picture)
                return picture.error();
            if (*picture)
                pictures.append(**picture);
        }
        return pictures;
    });
}

Call<QList<PictureFile>> *PictureStore::files(const ProfileId &profile) const
{
    return m_database.run<QList<PictureFile>>([profile](SqlSession &session) -> Result<QList<PictureFile>> {
        QList<PictureFile> files;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT id, file, bytes, trashed_at IS NOT NULL FROM picture WHERE profile = ?"), {text(profile.toString())}, [&files](const QSqlQuery &row) {
                files.append({row.value(0).toLongLong(), row.value(1).toString(), row.value(2).toLongLong(), row.value(3).toBool()});
                return true;
            });
        return error ? Result<QList<PictureFile>>(*error) : Result<QList<PictureFile>>(files);
    });
}

Call<Done> *PictureStore::setStarred(const QList<PictureId> &ids, bool starred)
{
    return forEach(m_database, ids, QStringLiteral("UPDATE picture SET starred = ? WHERE id = ?"), {starred});
}

Call<QList<QStringList>> *PictureStore::changeTags(const QList<PictureId> &ids, const TagEdit &edit)
{
    return m_database.run<QList<QStringList>>([ids, edit](SqlSession &session) -> Result<QList<QStringList>> {
        QList<QStringList> all;
        for (const PictureId id : ids) {
            const Result<QStringList> before = picturerows::tagsOf(session, id);
            const Result<QStringList> after = before ? taglist::edited(*before, edit) : before;
            if (!after)
                return after.error();
            std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM picture_tag WHERE picture = ?"), {id});
            if (!error)
                error = picturerows::putTags(session, id, *after);
            if (!error)
                error = session.exec(QStringLiteral("UPDATE picture_words SET tags = ? WHERE rowid = ?"), {text(picturewords::indexed(after->join(QLatin1Char(' ')))), id});
            if (error)
                return *error;
            all.append(*after);
        }
        return all;
    });
}

Call<Done> *PictureStore::setTrashed(const QList<PictureId> &ids, std::optional<TimePoint> at)
{
    return forEach(m_database, ids, QStringLiteral("UPDATE picture SET trashed_at = ? WHERE id = ?"), {timeToSql(at)});
}

Call<QList<PictureId>> *PictureStore::trashedOf(const QList<PictureId> &ids) const
{
    return m_database.run<QList<PictureId>>([ids](SqlSession &session) -> Result<QList<PictureId>> {
        QList<PictureId> trashed;
        for (const PictureId id : ids) {
            const Result<QVariant> at = session.value(QStringLiteral("SELECT trashed_at FROM picture WHERE id = ?"), {id});
            if (!at)
                return at.error();
            if (at->isValid() && !at->isNull())
                trashed.append(id);
        }
        return trashed;
    });
}

Call<QList<PictureId>> *PictureStore::restore(const QList<PictureId> &ids)
{
    return m_database.run<QList<PictureId>>([ids](SqlSession &session) -> Result<QList<PictureId>> {
        QList<PictureId> there;
        for (const PictureId id : ids) {
            if (const std::optional<Error> error = session.exec(QStringLiteral("UPDATE picture SET trashed_at = NULL WHERE id = ?"), {id}))
                return *error;
            if (session.changes() > 0)
                there.append(id);
        }
        return there;
    });
}

Call<QStringList> *PictureStore::remove(const QList<PictureId> &ids)
{
    return m_database.run<QStringList>([ids](SqlSession &session) -> Result<QStringList> {
        QStringList files;
        for (const PictureId id : ids) {
            const Result<QVariant> file = session.value(QStringLiteral("SELECT file FROM picture WHERE id = ?"), {id});
            if (!file)
                return file.error();
            if (!file->isValid())
                continue;
            files.append(file->toString());
            if (const std::optional<Error> error = session.exec(QStringLiteral("INSERT OR REPLACE INTO loose_file (file, leaving) VALUES (?, TRUE)"), {*file}))
                return *error;
            for (const QString &sql : {QStringLiteral("DELETE FROM picture WHERE id = ?"), QStringLiteral("DELETE FROM picture_words WHERE rowid = ?")}) {
                if (const std::optional<Error> error = session.exec(sql, {id}))
                    return *error;
            }
        }
        return files;
    });
}

Call<QList<PictureStore::Tag>> *PictureStore::tags(const ProfileId &profile) const
{
    return m_database.run<QList<Tag>>([profile](SqlSession &session) -> Result<QList<Tag>> {
        QList<Tag> tags;
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT tag, count(*) FROM picture_tag JOIN picture ON picture.id = picture_tag.picture WHERE profile = ? AND trashed_at IS NULL GROUP BY tag ORDER BY tag"),
            {text(profile.toString())}, [&tags](const QSqlQuery &row) {
                tags.append({row.value(0).toString(), row.value(1).toInt()});
                return true;
            });
        return error ? Result<QList<Tag>>(*error) : Result<QList<Tag>>(tags);
    });
}

Call<PictureStore::Totals> *PictureStore::totals(const ProfileId &profile) const
{
    return m_database.run<Totals>([profile](SqlSession &session) -> Result<Totals> {
        Totals totals;
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT count(*) FILTER (WHERE trashed_at IS NULL), count(*) FILTER (WHERE trashed_at IS NULL AND starred), count(trashed_at), COALESCE(SUM(bytes), 0)"
                           " FROM picture WHERE profile = ?"),
            {text(profile.toString())}, [&totals](const QSqlQuery &row) {
                totals = {row.value(0).toInt(), row.value(1).toInt(), row.value(2).toInt(), row.value(3).toLongLong()};
                return false;
            });
        return error ? Result<Totals>(*error) : Result<Totals>(totals);
    });
}

} // namespace novita
