// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturecondition.h"

#include "core/database/sqltypes.h"
#include "core/gallery/picturewords.h"

#include <QStringList>

namespace novita {

namespace {

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

/// A list of `?` for as many values.
QString places(qsizetype count)
{
    return QLatin1Char('(') + QStringList(count, QStringLiteral("?")).join(QLatin1Char(',')) + QLatin1Char(')');
}

QVariantList texts(const QStringList &all)
{
    QVariantList out;
    for (const QString &one : all)
        out.append(text(one));
    return out;
}

/// Galleries of earlier versions have "jpg", too.
QStringList spellings(const QStringList &formats)
{
    return formats.contains(QLatin1String("jpeg")) ? formats + QStringList{QStringLiteral("jpg")} : formats;
}

} // namespace

PictureCondition PictureCondition::of(const ProfileId &profile, const PictureQuery &query)
{
    PictureCondition where;
    const auto add = [&where](const QString &term, const QVariantList &with = {}) {
        where.sql += QStringLiteral(" AND ") + term;
        where.values += with;
    };
    where.sql = QStringLiteral("profile = ?");
    where.values = {text(profile.toString())};
    add(query.trashed ? QStringLiteral("trashed_at IS NOT NULL") : QStringLiteral("trashed_at IS NULL"));
    if (query.starredOnly)
        add(QStringLiteral("starred"));
    if (query.unstarredOnly)
        add(QStringLiteral("NOT starred"));
    if (query.kind)
        add(QStringLiteral("kind = ?"), {static_cast<int>(*query.kind)});
    if (query.from)
        add(QStringLiteral("created_at >= ?"), {timeToSql(*query.from)});
    if (query.before)
        add(QStringLiteral("created_at < ?"), {timeToSql(*query.before)});
    if (!query.job.isEmpty())
        add(QStringLiteral("job = ?"), {text(query.job.toString())});
    for (const QString &tag : query.tags)
        add(QStringLiteral("id IN (SELECT picture FROM picture_tag WHERE tag = ?)"), {text(tag)});
    for (const QString &tag : query.exceptTags)
        add(QStringLiteral("id NOT IN (SELECT picture FROM picture_tag WHERE tag = ?)"), {text(tag)});
    for (const QString &model : query.exceptModels)
        add(QStringLiteral("picture.model NOT LIKE ? ESCAPE '\\'"), {anywhere(model)});
    if (const QStringList formats = spellings(query.formats); !formats.isEmpty())
        add(QStringLiteral("format IN ") + places(formats.size()), texts(formats));
    if (const QStringList formats = spellings(query.exceptFormats); !formats.isEmpty())
        add(QStringLiteral("format NOT IN ") + places(formats.size()), texts(formats));
    QStringList models;
    QVariantList patterns;
    for (const QString &model : query.models) {
        models.append(QStringLiteral("picture.model LIKE ? ESCAPE '\\'"));
        patterns.append(anywhere(model));
    }
    if (!models.isEmpty())
        add(QLatin1Char('(') + models.join(QStringLiteral(" OR ")) + QLatin1Char(')'), patterns);
    if (const QString words = picturewords::question(query.words); !words.isEmpty()) {
        // CROSS: the words go first. Left to itself SQLite walks along the index by age and asks of each picture whether it was found.
        where.from = QStringLiteral("picture_words CROSS JOIN picture ON picture.id = picture_words.rowid");
        add(QStringLiteral("picture_words MATCH ?"), {words});
    } else if (const QString unwanted = picturewords::exclusion(query.words); !unwanted.isEmpty()) {
        add(QStringLiteral("picture.id NOT IN (SELECT rowid FROM picture_words WHERE picture_words MATCH ?)"), {unwanted});
    }
    return where;
}

QString PictureCondition::orderBy(PictureQuery::Order order)
{
    switch (order) {
    case PictureQuery::Order::OldestFirst: return QStringLiteral(" ORDER BY created_at, id");
    case PictureQuery::Order::StarredFirst: return QStringLiteral(" ORDER BY starred DESC, created_at DESC, id DESC");
    case PictureQuery::Order::NewestFirst: break;
    }
    return QStringLiteral(" ORDER BY created_at DESC, id DESC");
}

} // namespace novita
