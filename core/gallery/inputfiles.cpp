// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/inputfiles.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

namespace novita {

namespace {

constexpr QLatin1String kFolder("inputs");

/// What has been saved last in this time.
struct Age
{
    TimePoint from{};
    TimePoint to{};

    bool has(const QFileInfo &file) const
    {
        const TimePoint at = timeFromSql(file.lastModified().toMSecsSinceEpoch());
        return file.exists() && at >= from && at <= to;
    }
};

Result<TimePoint> oldestKnown(SqlSession &session)
{
    const Result<QVariant> oldest =
        session.value(QStringLiteral("SELECT MIN(at) FROM (SELECT MIN(created_at) AS at FROM job UNION ALL SELECT "
                                     "MIN(created_at) FROM picture)"),
                      {});
    if (!oldest)
        return oldest.error();
    return optionalTimeFromSql(*oldest).value_or(TimePoint::max());
}

QStringList filesOf(const PictureFiles &files, const Age &age)
{
    QStringList names;
    QDirIterator found(files.folder() + QLatin1Char('/') + kFolder, QDir::Files | QDir::NoSymLinks);
    while (found.hasNext()) {
        found.next();
        const QString name = kFolder + QLatin1Char('/') + found.fileName();
        if (!files.path(name).isEmpty() && age.has(found.fileInfo()))
            names.append(name);
    }
    return names;
}

std::optional<Error> leaveNamed(SqlSession &session, QSet<QString> &names)
{
    static const QRegularExpression &input = *new QRegularExpression(QStringLiteral("inputs/[0-9a-f]{64}\\.[a-z0-9]+"));
    return session.select(
        QStringLiteral(
            "SELECT inputs || ' ' || recipe FROM job WHERE inputs LIKE '%inputs/%' OR recipe LIKE '%inputs/%'"
            " UNION ALL SELECT recipe FROM picture WHERE recipe LIKE '%inputs/%'"
            " UNION ALL SELECT text FROM draft WHERE text LIKE '%inputs/%'"),
        {}, [&names](const QSqlQuery &row) {
            const QString text = row.value(0).toString();
            for (auto match = input.globalMatch(text); match.hasNext();)
                names.remove(match.next().captured());
            return true;
        });
}

/// Out of the way first: whoever saves the same picture now does not find it, or has touched it before.
bool erase(const QString &path, const Age &age)
{
    const QString aside = path + QLatin1String(".sweepd"); // as PictureFiles::sweep() knows what is left of a kill
    if (!QFile::rename(path, aside))
        return false;
    if (age.has(QFileInfo(aside)))
        return QFile::remove(aside);
    if (!QFile::rename(aside, path))
        QFile::remove(aside); // it was saved anew
    return false;
}

} // namespace

Call<int> *InputFiles::sweep(TimePoint now)
{
    return m_database.run<int>([files = m_files, now](SqlSession &session) -> Result<int> {
        const Result<TimePoint> oldest = oldestKnown(session);
        if (!oldest)
            return oldest.error();
        const Age age{*oldest, now - kUnused};
        const QStringList candidates = filesOf(files, age);
        QSet<QString> unnamed(candidates.begin(), candidates.end());
        if (unnamed.isEmpty())
            return 0;
        if (const std::optional<Error> error = leaveNamed(session, unnamed))
            return *error;
        int swept = 0;
        for (const QString &name : std::as_const(unnamed)) {
            if (swept == kMostSwept)
                break;
            swept += erase(files.path(name), age) ? 1 : 0;
        }
        return swept;
    });
}

} // namespace novita
