// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturestore.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/gallery/imagejobrow.h"
#include "core/gallery/picturewords.h"

#include <QCoreApplication>

namespace novita {

namespace {

constexpr int kMostRead = 1000;
constexpr QLatin1String kEntryColumns("id, kind, file, width, height, created_at, starred, flagged, trashed_at");

void fillEntry(const QSqlQuery &row, PictureEntry &entry)
{
    entry.id = row.value(0).toLongLong();
    entry.kind = enumFromSql(row.value(1), kLastMediaKind, MediaKind::Image);
    entry.file = row.value(2).toString();
    entry.size = QSize(row.value(3).toInt(), row.value(4).toInt());
    entry.createdAt = timeFromSql(row.value(5));
    entry.starred = row.value(6).toBool();
    entry.flagged = row.value(7).toBool();
    entry.trashedAt = optionalTimeFromSql(row.value(8));
}

Result<QStringList> tagsOf(SqlSession &session, PictureId id)
{
    QStringList tags;
    const std::optional<Error> error = session.select(QStringLiteral("SELECT tag FROM picture_tag WHERE picture = ?"), {id}, [&tags](const QSqlQuery &row) {
        tags.append(row.value(0).toString());
        return true;
    });
    return error ? Result<QStringList>(*error) : Result<QStringList>(taglist::sorted(tags));
}

Result<std::optional<Picture>> readOne(SqlSession &session, PictureId id)
{
    std::optional<Picture> found;
    const std::optional<Error> error = session.select(
        QStringLiteral("SELECT ") + kEntryColumns
            + QStringLiteral(", job, ordinal, bytes, format, endpoint, model, prompt, template, negative, seed, recipe, credential FROM picture WHERE id = ?"),
        {id}, [&found](const QSqlQuery &row) {
            Picture &picture = found.emplace();
            fillEntry(row, picture);
            picture.job = ImageJobId(row.value(9).toString());
            picture.ordinal = row.value(10).toInt();
            picture.bytes = row.value(11).toLongLong();
            picture.format = row.value(12).toString();
            picture.endpoint = row.value(13).toString();
            picture.model = row.value(14).toString();
            picture.prompt = row.value(15).toString();
            picture.promptTemplate = row.value(16).toString();
            picture.negativePrompt = row.value(17).toString();
            if (!row.value(18).isNull())
                picture.seed = row.value(18).toLongLong();
            picture.recipe = jsonFromSql(row.value(19));
            picture.hasCredential = row.value(20).toBool();
            return false;
        });
    if (error)
        return *error;
    if (found) {
        const Result<QStringList> tags = tagsOf(session, id);
        if (!tags)
            return tags.error();
        found->tags = *tags;
    }
    return found;
}

/// What words can find. A null id is that of the picture that was added last.
std::optional<Error> indexWords(SqlSession &session, const Picture &picture)
{
    return session.exec(QStringLiteral("INSERT INTO picture_words (rowid, prompt, negative, model, tags) VALUES (?, ?, ?, ?, ?)"),
                        {picture.id, text(picturewords::indexed(picture.prompt)), text(picturewords::indexed(picture.negativePrompt)),
                         text(picturewords::indexed(picture.model)), text(picturewords::indexed(picture.tags.join(QLatin1Char(' '))))});
}

std::optional<Error> putTags(SqlSession &session, PictureId id, const QStringList &tags)
{
    std::optional<Error> error;
    for (qsizetype i = 0; i < tags.size() && !error; ++i)
        error = session.exec(QStringLiteral("INSERT OR IGNORE INTO picture_tag (picture, tag) VALUES (?, ?)"), {id, text(tags.at(i))});
    return error;
}

Result<PictureId> insert(SqlSession &session, const ProfileId &profile, Picture picture)
{
    std::optional<Error> error = session.exec(
        QStringLiteral("INSERT OR IGNORE INTO picture (profile, job, ordinal, kind, file, width, height, created_at, starred, flagged, trashed_at, bytes, format, endpoint,"
                       " model, prompt, template, negative, seed, recipe, credential) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {text(profile.toString()), text(picture.job.toString()), picture.ordinal, static_cast<int>(picture.kind), text(picture.file), picture.size.width(), picture.size.height(),
         timeToSql(picture.createdAt), picture.starred, picture.flagged, timeToSql(picture.trashedAt), picture.bytes, text(picture.format), text(picture.endpoint),
         text(picture.model), text(picture.prompt), text(picture.promptTemplate), text(picture.negativePrompt),
         picture.seed ? QVariant(*picture.seed) : QVariant(QMetaType::fromType<qint64>()), jsonToSql(picture.recipe), picture.hasCredential});
    if (error)
        return *error;
    if (session.changes() == 0) {
        const Result<QVariant> there = session.value(QStringLiteral("SELECT id FROM picture WHERE job = ? AND ordinal = ?"), {text(picture.job.toString()), picture.ordinal});
        return there ? Result<PictureId>(there->toLongLong()) : Result<PictureId>(there.error());
    }
    picture.id = session.lastInsertId();
    error = putTags(session, picture.id, picture.tags);
    if (!error)
        error = indexWords(session, picture);
    return error ? Result<PictureId>(*error) : Result<PictureId>(picture.id);
}

/// A LIKE pattern for `part` anywhere, with ESCAPE '\'.
QString anywhere(const QString &part)
{
    QString out;
    for (const QChar c : part) {
        if (c == QLatin1Char('%') || c == QLatin1Char('_') || c == QLatin1Char('\\'))
            out += QLatin1Char('\\');
        out += c;
    }
    return QLatin1Char('%') + out + QLatin1Char('%');
}

struct Condition
{
    QString from = QStringLiteral("picture");
    QString sql;
    QVariantList values;

    void add(const QString &term, const QVariantList &with = {})
    {
        sql += QStringLiteral(" AND ") + term;
        values += with;
    }
};

Condition conditionOf(const ProfileId &profile, const PictureQuery &query)
{
    Condition where;
    where.sql = QStringLiteral("profile = ?");
    where.values = {text(profile.toString())};
    where.add(query.trashed ? QStringLiteral("trashed_at IS NOT NULL") : QStringLiteral("trashed_at IS NULL"));
    if (query.starredOnly)
        where.add(QStringLiteral("starred"));
    if (query.kind)
        where.add(QStringLiteral("kind = ?"), {static_cast<int>(*query.kind)});
    if (query.from)
        where.add(QStringLiteral("created_at >= ?"), {timeToSql(*query.from)});
    if (query.before)
        where.add(QStringLiteral("created_at < ?"), {timeToSql(*query.before)});
    if (!query.job.isEmpty())
        where.add(QStringLiteral("job = ?"), {text(query.job.toString())});
    for (const QString &tag : query.tags)
        where.add(QStringLiteral("id IN (SELECT picture FROM picture_tag WHERE tag = ?)"), {text(tag)});
    QStringList models;
    QVariantList patterns;
    for (const QString &model : query.models) {
        models.append(QStringLiteral("picture.model LIKE ? ESCAPE '\\'"));
        patterns.append(anywhere(model));
    }
    if (!models.isEmpty())
        where.add(QLatin1Char('(') + models.join(QStringLiteral(" OR ")) + QLatin1Char(')'), patterns);
    if (const QString words = picturewords::question(query.words); !words.isEmpty()) {
        // CROSS: the words go first. Left to itself SQLite walks along the index by age and asks of each picture whether it was found.
        where.from = QStringLiteral("picture_words CROSS JOIN picture ON picture.id = picture_words.rowid");
        where.add(QStringLiteral("picture_words MATCH ?"), {words});
    }
    return where;
}

QString orderOf(PictureQuery::Order order)
{
    switch (order) {
    case PictureQuery::Order::OldestFirst: return QStringLiteral(" ORDER BY created_at, id");
    case PictureQuery::Order::StarredFirst: return QStringLiteral(" ORDER BY starred DESC, created_at DESC, id DESC");
    case PictureQuery::Order::NewestFirst: break;
    }
    return QStringLiteral(" ORDER BY created_at DESC, id DESC");
}

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
            const Result<PictureId> id = insert(session, profile, picture);
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
        const Condition where = conditionOf(profile, query);
        QList<PictureEntry> entries;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT ") + kEntryColumns + QStringLiteral(" FROM ") + where.from + QStringLiteral(" WHERE ") + where.sql + orderOf(query.order) + QStringLiteral(" LIMIT ?"),
                           where.values + QVariantList{query.limit > 0 ? std::min(query.limit, kMostListed) : kMostListed}, [&entries](const QSqlQuery &row) {
                               fillEntry(row, entries.emplaceBack());
                               return true;
                           });
        return error ? Result<QList<PictureEntry>>(*error) : Result<QList<PictureEntry>>(entries);
    });
}

Call<Picture> *PictureStore::read(PictureId id) const
{
    return m_database.run<Picture>([id](SqlSession &session) -> Result<Picture> {
        const Result<std::optional<Picture>> picture = readOne(session, id);
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
            const Result<std::optional<Picture>> picture = readOne(session, id);
            if (!picture)
                return picture.error();
            if (*picture)
                pictures.append(**picture);
        }
        return pictures;
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
            const Result<QStringList> before = tagsOf(session, id);
            const Result<QStringList> after = before ? taglist::edited(*before, edit) : before;
            if (!after)
                return after.error();
            std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM picture_tag WHERE picture = ?"), {id});
            if (!error)
                error = putTags(session, id, *after);
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
