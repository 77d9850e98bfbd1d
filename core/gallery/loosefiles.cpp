// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/loosefiles.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QFile>

namespace novita {

namespace {

struct Loose
{
    QStringList incoming;
    QStringList leaving;
};

/// What a picture has is none, whatever was written down.
Result<Loose> looseOnes(SqlSession &session, int most)
{
    std::optional<Error> error =
        session.exec(QStringLiteral("DELETE FROM loose_file WHERE file IN (SELECT file FROM picture)"));
    Loose out;
    if (!error)
        error = session.select(QStringLiteral("SELECT file, leaving FROM loose_file LIMIT ?"), {most},
                               [&out](const QSqlQuery &row) {
                                   (row.value(1).toBool() ? out.leaving : out.incoming).append(row.value(0).toString());
                                   return true;
                               });
    return error ? Result<Loose>(*error) : Result<Loose>(out);
}

std::optional<Error> forget(SqlSession &session, const QStringList &names)
{
    std::optional<Error> error;
    for (qsizetype i = 0; i < names.size() && !error; ++i)
        error = session.exec(QStringLiteral("DELETE FROM loose_file WHERE file = ?"), {text(names.at(i))});
    return error;
}

/// Past the trash: nobody has ever seen them.
QStringList erase(const PictureFiles &files, const QStringList &names)
{
    for (const QString &name : names) {
        if (const QString path = files.path(name); !path.isEmpty())
            QFile::remove(path);
    }
    return files.discard(names); // what lies beside them
}

} // namespace

Call<QStringList> *LooseFiles::announce(const QStringList &names)
{
    return m_database.run<QStringList>([names](SqlSession &session) -> Result<QStringList> {
        QStringList taken;
        for (const QString &name : names) {
            const std::optional<Error> error = session.exec(
                QStringLiteral("INSERT OR IGNORE INTO loose_file (file, leaving) VALUES (?, FALSE)"), {text(name)});
            if (error)
                return *error;
            const Result<QVariant> leaving =
                session.value(QStringLiteral("SELECT leaving FROM loose_file WHERE file = ?"), {text(name)});
            if (!leaving)
                return leaving.error();
            if (leaving->toBool())
                taken.append(name);
        }
        return taken;
    });
}

Call<QStringList> *LooseFiles::claimed(const QStringList &names) const
{
    return m_database.run<QStringList>([names](SqlSession &session) -> Result<QStringList> {
        QStringList out;
        for (const QString &name : names) {
            const Result<QVariant> is = session.value(QStringLiteral("SELECT EXISTS (SELECT 1 FROM picture WHERE file = ?) OR EXISTS (SELECT 1 FROM loose_file WHERE file = ?)"),
                                                      {text(name), text(name)});
            if (!is)
                return is.error();
            if (is->toBool())
                out.append(name);
        }
        return out;
    });
}

Call<Done> *LooseFiles::withdraw(const QStringList &names)
{
    return m_database.run<Done>([names, files = m_files](SqlSession &session) -> Result<Done> {
        QStringList unowned;
        for (const QString &name : names) {
            const Result<QVariant> owner =
                session.value(QStringLiteral("SELECT id FROM picture WHERE file = ?"), {text(name)});
            if (!owner)
                return owner.error();
            if (!owner->isValid())
                unowned.append(name);
        }
        const QStringList left = erase(files, unowned);
        QStringList gone = names;
        gone.removeIf([&left](const QString &name) { return left.contains(name); });
        return done(forget(session, gone));
    });
}

Call<int> *LooseFiles::sweep()
{
    return m_database.run<int>([files = m_files](SqlSession &session) -> Result<int> {
        const Result<Loose> loose = looseOnes(session, kMostSwept);
        if (!loose)
            return loose.error();
        QStringList gone = loose->incoming + loose->leaving;
        const QStringList left = erase(files, loose->incoming) + files.discard(loose->leaving);
        gone.removeIf([&left](const QString &name) { return left.contains(name); });
        if (const std::optional<Error> error = forget(session, gone))
            return *error;
        return static_cast<int>(gone.size());
    });
}

} // namespace novita
