// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/promptlog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/gallery/picturewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

std::optional<Error> checkLength(const QStringList &texts)
{
    if (std::all_of(texts.begin(), texts.end(), [](const QString &text) { return text.size() <= PromptLog::kMaxText; }))
        return std::nullopt;
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("Database", "This text is too long to be kept."));
}

std::optional<Error> forgetOne(SqlSession &session, qint64 id)
{
    std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM prompt WHERE id = ?"), {id});
    return error ? error : session.exec(QStringLiteral("DELETE FROM prompt_words WHERE rowid = ?"), {id});
}

/// The oldest beyond PromptLog::kMostPrompts.
std::optional<Error> prune(SqlSession &session, const ProfileId &profile)
{
    QList<qint64> surplus;
    std::optional<Error> error =
        session.select(QStringLiteral("SELECT id FROM prompt WHERE profile = ? AND NOT starred ORDER BY used_at DESC LIMIT -1 OFFSET ?"),
                       {text(profile.toString()), PromptLog::kMostPrompts}, [&surplus](const QSqlQuery &row) {
                           surplus.append(row.value(0).toLongLong());
                           return true;
                       });
    for (qsizetype i = 0; i < surplus.size() && !error; ++i)
        error = forgetOne(session, surplus.at(i));
    return error;
}

} // namespace

Call<Done> *PromptLog::remember(const ProfileId &profile, const QString &prompt, const QString &negativePrompt, TimePoint at)
{
    return m_database.run<Done>([profile, prompt, negativePrompt, at](SqlSession &session) -> Result<Done> {
        if (const std::optional<Error> error = checkLength({prompt, negativePrompt}))
            return *error;
        const QVariantList key{text(profile.toString()), text(prompt), text(negativePrompt)};
        // What was used later than now was used by a clock that was wrong: it would stay the newest, and what is new would be the oldest that goes.
        std::optional<Error> error = session.exec(QStringLiteral("UPDATE prompt SET used_at = ? WHERE profile = ? AND used_at >= ?"),
                                                  {timeToSql(TimePoint(at - Milliseconds(1))), text(profile.toString()), timeToSql(at)});
        if (error)
            return *error;
        error = session.exec(QStringLiteral("UPDATE prompt SET used_at = ?, uses = uses + 1 WHERE profile = ? AND prompt = ? AND negative = ?"), QVariantList{timeToSql(at)} + key);
        if (error || session.changes() > 0)
            return done(error);
        error = session.exec(QStringLiteral("INSERT INTO prompt (profile, prompt, negative, used_at, uses, starred) VALUES (?, ?, ?, ?, 1, 0)"), key + QVariantList{timeToSql(at)});
        if (!error)
            error = session.exec(QStringLiteral("INSERT INTO prompt_words (rowid, prompt, negative) VALUES (?, ?, ?)"),
                                 {session.lastInsertId(), text(picturewords::indexed(prompt)), text(picturewords::indexed(negativePrompt))});
        return done(error ? error : prune(session, profile));
    });
}

Call<QList<PromptEntry>> *PromptLog::find(const ProfileId &profile, const QString &words, int limit) const
{
    return m_database.run<QList<PromptEntry>>([profile, words, limit](SqlSession &session) -> Result<QList<PromptEntry>> {
        QString sql = QStringLiteral("SELECT id, prompt, negative, used_at, uses, starred FROM prompt WHERE profile = ?");
        QVariantList values{text(profile.toString())};
        if (const QString question = picturewords::question(words); !question.isEmpty()) {
            sql += QLatin1String(" AND id IN (SELECT rowid FROM prompt_words WHERE prompt_words MATCH ?)");
            values.append(question);
        } else if (const QString unwanted = picturewords::exclusion(words); !unwanted.isEmpty()) {
            sql += QLatin1String(" AND id NOT IN (SELECT rowid FROM prompt_words WHERE prompt_words MATCH ?)");
            values.append(unwanted);
        }
        QList<PromptEntry> entries;
        const std::optional<Error> error =
            session.select(sql + QStringLiteral(" ORDER BY used_at DESC, id DESC LIMIT ?"), values + QVariantList{std::clamp(limit, 1, 1000)}, [&entries](const QSqlQuery &row) {
                entries.append({row.value(0).toLongLong(), row.value(1).toString(), row.value(2).toString(), timeFromSql(row.value(3)), row.value(4).toInt(), row.value(5).toBool()});
                return true;
            });
        return error ? Result<QList<PromptEntry>>(*error) : Result<QList<PromptEntry>>(entries);
    });
}

Call<Done> *PromptLog::setStarred(qint64 id, bool starred)
{
    return m_database.run<Done>([id, starred](SqlSession &session) {
        return done(session.exec(QStringLiteral("UPDATE prompt SET starred = ? WHERE id = ?"), {starred, id}));
    });
}

Call<Done> *PromptLog::forget(const QList<qint64> &ids)
{
    return m_database.run<Done>([ids](SqlSession &session) -> Result<Done> {
        std::optional<Error> error;
        for (qsizetype i = 0; i < ids.size() && !error; ++i)
            error = forgetOne(session, ids.at(i));
        return done(error);
    });
}

Call<Done> *PromptLog::saveDraft(const ProfileId &profile, const QString &field, const QString &content)
{
    return m_database.run<Done>([profile, field, content](SqlSession &session) -> Result<Done> {
        if (const std::optional<Error> error = checkLength({content}))
            return *error;
        if (content.isEmpty())
            return done(session.exec(QStringLiteral("DELETE FROM draft WHERE profile = ? AND field = ?"), {text(profile.toString()), text(field)}));
        return done(session.exec(QStringLiteral("INSERT INTO draft (profile, field, text) VALUES (?, ?, ?) ON CONFLICT (profile, field) DO UPDATE SET text = excluded.text"),
                                 {text(profile.toString()), text(field), text(content)}));
    });
}

Call<QString> *PromptLog::draft(const ProfileId &profile, const QString &field) const
{
    return m_database.run<QString>([profile, field](SqlSession &session) -> Result<QString> {
        const Result<QVariant> value = session.value(QStringLiteral("SELECT text FROM draft WHERE profile = ? AND field = ?"), {text(profile.toString()), text(field)});
        return value ? Result<QString>(value->toString()) : Result<QString>(value.error());
    });
}

Call<QList<PromptStyle>> *PromptLog::styles() const
{
    return m_database.run<QList<PromptStyle>>([](SqlSession &session) -> Result<QList<PromptStyle>> {
        QList<PromptStyle> styles;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT folder, name, prompt, negative FROM style ORDER BY folder, name LIMIT ?"), {static_cast<int>(promptstyles::kMostStyles)}, [&styles](const QSqlQuery &row) {
                styles.append({row.value(1).toString(), row.value(0).toString(), row.value(2).toString(), row.value(3).toString()});
                return true;
            });
        return error ? Result<QList<PromptStyle>>(*error) : Result<QList<PromptStyle>>(styles);
    });
}

Call<Done> *PromptLog::saveStyles(const QList<PromptStyle> &styles)
{
    return m_database.run<Done>([styles](SqlSession &session) -> Result<Done> {
        for (const PromptStyle &style : styles) {
            const Result<PromptStyle> clean = promptstyles::cleaned(style);
            if (!clean)
                return clean.error();
            const std::optional<Error> error = session.exec(QStringLiteral("INSERT OR REPLACE INTO style (folder, name, prompt, negative) VALUES (?, ?, ?, ?)"),
                                                            {text(clean->folder), text(clean->name), text(clean->prompt), text(clean->negative)});
            if (error)
                return *error;
        }
        const Result<QVariant> count = session.value(QStringLiteral("SELECT count(*) FROM style"));
        if (!count)
            return count.error();
        if (count->toLongLong() > promptstyles::kMostStyles)
            return Error::make(ErrorKind::Quota, QCoreApplication::translate("Database", "There are too many styles already."));
        return Done{};
    });
}

Call<Done> *PromptLog::removeStyle(const QString &folder, const QString &name)
{
    return m_database.run<Done>([folder, name](SqlSession &session) {
        return done(session.exec(QStringLiteral("DELETE FROM style WHERE folder = ? AND name = ?"), {text(folder), text(name)}));
    });
}

} // namespace novita
