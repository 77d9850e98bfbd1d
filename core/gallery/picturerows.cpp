// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturerows.h"

#include "core/base/taglist.h"
#include "core/database/sqlsession.h"
#include "core/database/sqltypes.h"
#include "core/gallery/picturewords.h"

namespace novita::picturerows {

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

Result<std::optional<Picture>> read(SqlSession &session, PictureId id)
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

namespace {

/// What words can find. A null id is that of the picture that was added last.
std::optional<Error> indexWords(SqlSession &session, const Picture &picture)
{
    return session.exec(QStringLiteral("INSERT INTO picture_words (rowid, prompt, negative, model, tags) VALUES (?, ?, ?, ?, ?)"),
                        {picture.id, text(picturewords::indexed(picture.prompt)), text(picturewords::indexed(picture.negativePrompt)),
                         text(picturewords::indexed(picture.model)), text(picturewords::indexed(picture.tags.join(QLatin1Char(' '))))});
}

} // namespace

std::optional<Error> putTags(SqlSession &session, PictureId id, const QStringList &tags)
{
    std::optional<Error> error;
    for (qsizetype i = 0; i < tags.size() && !error; ++i)
        error = session.exec(QStringLiteral("INSERT OR IGNORE INTO picture_tag (picture, tag) VALUES (?, ?)"), {id, text(tags.at(i))});
    return error;
}

namespace {

/// One that was brought in before: 0 when it was not.
Result<PictureId> broughtBefore(SqlSession &session, const ProfileId &profile, const Picture &picture)
{
    const QVariantList key{text(picture.file), text(profile.toString())};
    const Result<QVariant> there = session.value(QStringLiteral("SELECT id FROM picture WHERE file = ? AND profile = ? AND job = ''"), key);
    if (!there)
        return there.error();
    if (!there->isValid())
        return PictureId(0);
    const std::optional<Error> error = session.exec(QStringLiteral("UPDATE picture SET trashed_at = NULL WHERE id = ?"), {*there});
    return error ? Result<PictureId>(*error) : Result<PictureId>(there->toLongLong());
}

} // namespace

Result<PictureId> insert(SqlSession &session, const ProfileId &profile, Picture picture)
{
    std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM loose_file WHERE file = ?"), {text(picture.file)});
    if (error)
        return *error;
    if (picture.job.isEmpty()) {
        const Result<PictureId> before = broughtBefore(session, profile, picture);
        if (!before || *before != 0)
            return before;
    }
    error = session.exec(
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

} // namespace novita::picturerows
