// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelstore.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/images/modeljson.h"

namespace novita {

namespace {

/// Whole questions beyond ModelStore::kMostRows.
std::optional<Error> prune(SqlSession &session, const ProfileId &profile)
{
    qint64 rows = 0;
    QStringList surplus;
    std::optional<Error> error =
        session.select(QStringLiteral("SELECT question, sum(count) FROM model_page WHERE profile = ? GROUP BY question ORDER BY max(searched), max(read_at) DESC"),
                       {text(profile.toString())}, [&](const QSqlQuery &row) {
                           rows += row.value(1).toLongLong();
                           if (rows > ModelStore::kMostRows)
                               surplus.append(row.value(0).toString());
                           return true;
                       });
    for (qsizetype i = 0; i < surplus.size() && !error; ++i)
        error = session.exec(QStringLiteral("DELETE FROM model_page WHERE profile = ? AND question = ?"), {text(profile.toString()), text(surplus.at(i))});
    return error;
}

} // namespace

Call<QList<KeptModelPage>> *ModelStore::pages(const ProfileId &profile, const QString &question) const
{
    return m_database.run<QList<KeptModelPage>>([profile, question](SqlSession &session) -> Result<QList<KeptModelPage>> {
        QList<KeptModelPage> pages;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT number, models, next, read_at, partial FROM model_page WHERE profile = ? AND question = ? ORDER BY number"),
                           {text(profile.toString()), text(question)}, [&pages](const QSqlQuery &row) {
                               if (row.value(0).toLongLong() != pages.size())
                                   return false; // a page is missing: what follows it would lie about what is there
                               pages.append({modeljson::listFromText(row.value(1).toString()), row.value(2).toString(), timeFromSql(row.value(3)), row.value(4).toBool()});
                               return true;
                           });
        return error ? Result<QList<KeptModelPage>>(*error) : Result<QList<KeptModelPage>>(pages);
    });
}

void ModelStore::savePage(const ProfileId &profile, const QString &question, bool isSearch, int number, const KeptModelPage &page)
{
    m_database.post([profile, question, isSearch, number, page](SqlSession &session) -> Result<Done> {
        std::optional<Error> error = session.exec(
            QStringLiteral("INSERT OR REPLACE INTO model_page (profile, question, number, searched, next, read_at, partial, count, models) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            {text(profile.toString()), text(question), number, isSearch, text(page.nextCursor), timeToSql(page.readAt), page.partial, page.models.size(),
             modeljson::listToText(page.models)});
        if (!error && page.nextCursor.isEmpty())
            error = session.exec(QStringLiteral("DELETE FROM model_page WHERE profile = ? AND question = ? AND number > ?"), {text(profile.toString()), text(question), number});
        return done(error ? error : prune(session, profile));
    });
}

Call<QList<KeptModel>> *ModelStore::kept(const ProfileId &profile) const
{
    return m_database.run<QList<KeptModel>>([profile](SqlSession &session) -> Result<QList<KeptModel>> {
        QList<KeptModel> models;
        const std::optional<Error> error =
            session.select(QStringLiteral("SELECT model, favourite, used_at FROM kept_model WHERE profile = ? ORDER BY used_at DESC, name"), {text(profile.toString())},
                           [&models](const QSqlQuery &row) {
                               if (std::optional<ImageModel> model = modeljson::fromText(row.value(0).toString()))
                                   models.append({*std::move(model), row.value(1).toBool(), optionalTimeFromSql(row.value(2))});
                               return true;
                           });
        return error ? Result<QList<KeptModel>>(*error) : Result<QList<KeptModel>>(models);
    });
}

Call<Done> *ModelStore::keep(const ProfileId &profile, const KeptModel &kept)
{
    return m_database.run<Done>([profile, kept](SqlSession &session) -> Result<Done> {
        const QVariantList key{text(profile.toString()), text(imageModelTypeToWire(kept.model.type)), text(kept.model.requestName())};
        if (!kept.favourite && !kept.usedAt)
            return done(session.exec(QStringLiteral("DELETE FROM kept_model WHERE profile = ? AND type = ? AND name = ?"), key));
        std::optional<Error> error = session.exec(QStringLiteral("INSERT OR REPLACE INTO kept_model (profile, type, name, model, favourite, used_at) VALUES (?, ?, ?, ?, ?, ?)"),
                                                  key + QVariantList{modeljson::toText(kept.model), kept.favourite, timeToSql(kept.usedAt)});
        for (const bool favourites : {false, true}) {
            if (error)
                break;
            error = session.exec(QStringLiteral("DELETE FROM kept_model WHERE profile = ? AND favourite = ? AND rowid NOT IN"
                                                " (SELECT rowid FROM kept_model WHERE profile = ? AND favourite = ? ORDER BY used_at DESC LIMIT ?)"),
                                 {text(profile.toString()), favourites, text(profile.toString()), favourites, favourites ? kMostFavourites : kMostUsed});
        }
        return done(error);
    });
}

void ModelStore::forget(const ProfileId &profile)
{
    m_database.post([profile](SqlSession &session) -> Result<Done> {
        std::optional<Error> error = session.exec(QStringLiteral("DELETE FROM model_page WHERE profile = ?"), {text(profile.toString())});
        if (!error)
            error = session.exec(QStringLiteral("DELETE FROM kept_model WHERE profile = ?"), {text(profile.toString())});
        return done(error);
    });
}

} // namespace novita
