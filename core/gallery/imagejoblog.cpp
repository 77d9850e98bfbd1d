// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/gallery/imagejobrow.h"

#include <QCoreApplication>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace novita {

namespace {

// "state < 4" in the statements of this file and in the indexes of imageskind.cpp.
static_assert(isOpen(ImageJobState::Downloading) && !isOpen(ImageJobState::Done) && static_cast<int>(ImageJobState::Done) == 4);

constexpr QLatin1String kColumns("id, profile, position, state, backend, endpoint, recipe, template, options, inputs, batch, cell, expected, task, note,"
                                 " created_at, updated_at, submitted_at, version");

ImageJob jobOf(const QSqlQuery &row)
{
    ImageJob job;
    job.id = ImageJobId(row.value(0).toString());
    job.profile = ProfileId(row.value(1).toString());
    job.position = row.value(2).toLongLong();
    job.state = enumFromSql(row.value(3), kLastImageJobState, ImageJobState::Failed);
    job.backend = row.value(4).toString();
    job.endpoint = row.value(5).toString();
    job.recipe = jsonFromSql(row.value(6));
    job.promptTemplate = row.value(7).toString();
    job.options = jsonFromSql(row.value(8));
    job.inputs = jsonFromSql(row.value(9));
    job.batch = row.value(10).toString();
    job.cell = jsonFromSql(row.value(11));
    job.expected = row.value(12).toInt();
    job.task = row.value(13).toString();
    job.note = row.value(14).toString();
    job.createdAt = timeFromSql(row.value(15));
    job.updatedAt = timeFromSql(row.value(16));
    job.submittedAt = optionalTimeFromSql(row.value(17));
    job.version = row.value(18).toLongLong();
    return job;
}

QVariantList valuesOf(const ImageJob &job)
{
    return {static_cast<int>(job.state), text(job.backend), text(job.endpoint), jsonToSql(job.recipe), text(job.promptTemplate), jsonToSql(job.options), jsonToSql(job.inputs),
            text(job.batch), jsonToSql(job.cell), job.expected, text(job.task), text(job.note), timeToSql(job.createdAt),
            timeToSql(job.updatedAt), timeToSql(job.submittedAt)};
}

Result<QList<ImageJob>> jobsWhere(SqlSession &session, const QString &condition, const QVariantList &values)
{
    QList<ImageJob> jobs;
    const std::optional<Error> error = session.select(QStringLiteral("SELECT ") + kColumns + QStringLiteral(" FROM job WHERE ") + condition, values, [&jobs](const QSqlQuery &row) {
        jobs.append(jobOf(row));
        return true;
    });
    return error ? Result<QList<ImageJob>>(*error) : Result<QList<ImageJob>>(jobs);
}

Result<ImageJob> jobWhere(SqlSession &session, const QString &condition, const QVariantList &values)
{
    const Result<QList<ImageJob>> jobs = jobsWhere(session, condition, values);
    if (!jobs)
        return jobs.error();
    if (jobs->isEmpty())
        return Error::make(ErrorKind::NotFound, QCoreApplication::translate("Database", "This image job is not kept any more."));
    return jobs->first();
}

std::optional<Error> checkRoom(SqlSession &session, const ProfileId &profile, qsizetype more)
{
    const Result<QVariant> waiting = session.value(QStringLiteral("SELECT count(*) FROM job WHERE profile = ? AND state < 4"), {text(profile.toString())});
    if (!waiting)
        return waiting.error();
    if (waiting->toLongLong() + more > ImageJobLog::kMostWaiting)
        return Error::make(ErrorKind::Quota, QCoreApplication::translate("Database", "The queue is full: it holds %1 jobs.").arg(ImageJobLog::kMostWaiting));
    return std::nullopt;
}

/// Of the first of `count` jobs that go in.
Result<qint64> firstPosition(SqlSession &session, const ProfileId &profile, ImageJobLog::Place place, qsizetype count)
{
    const bool isFront = place == ImageJobLog::Place::Front;
    const Result<QVariant> end = session.value(
        isFront ? QStringLiteral("SELECT min(position) FROM job WHERE profile = ? AND state = 0") : QStringLiteral("SELECT max(position) FROM job WHERE profile = ? AND state < 4"),
        {text(profile.toString())});
    if (!end)
        return end.error();
    return isFront ? end->toLongLong() - count : end->toLongLong() + 1;
}

} // namespace

Result<qint64> saveImageJob(SqlSession &session, const ImageJob &job)
{
    QVariantList values = valuesOf(job);
    values << job.version + 1 << text(job.id.toString()) << job.version;
    const std::optional<Error> error = session.exec(
        QStringLiteral("UPDATE job SET state = ?, backend = ?, endpoint = ?, recipe = ?, template = ?, options = ?, inputs = ?, batch = ?, cell = ?, expected = ?,"
                       " task = ?, note = ?, created_at = ?, updated_at = ?, submitted_at = ?, version = ? WHERE id = ? AND version = ?"),
        values);
    if (error)
        return *error;
    if (session.changes() == 0)
        return Error::make(ErrorKind::Conflict, QCoreApplication::translate("Database", "This image job was changed in the meantime."));
    return job.version + 1;
}

ImageJobId ImageJobLog::newId()
{
    return ImageJobId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

Call<QList<ImageJob>> *ImageJobLog::add(const QList<ImageJob> &jobs, Place place)
{
    return m_database.run<QList<ImageJob>>([jobs, place](SqlSession &session) -> Result<QList<ImageJob>> {
        QList<ImageJob> added = jobs;
        if (added.isEmpty())
            return added;
        const ProfileId profile = added.first().profile;
        if (const std::optional<Error> error = checkRoom(session, profile, added.size()))
            return *error;
        const Result<qint64> first = firstPosition(session, profile, place, added.size());
        if (!first)
            return first.error();
        qint64 position = *first;
        for (ImageJob &job : added) {
            job.position = position++;
            job.version = 1;
            const QVariantList values = QVariantList{text(job.id.toString()), text(job.profile.toString()), job.position} + valuesOf(job) + QVariantList{job.version};
            const std::optional<Error> error =
                session.exec(QStringLiteral("INSERT INTO job (id, profile, position, state, backend, endpoint, recipe, template, options, inputs, batch, cell, expected, task,"
                                            " note, created_at, updated_at, submitted_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                             values);
            if (error)
                return *error;
        }
        return added;
    });
}

Call<qint64> *ImageJobLog::save(const ImageJob &job)
{
    return m_database.run<qint64>([job](SqlSession &session) { return saveImageJob(session, job); });
}

Call<Done> *ImageJobLog::place(const ProfileId &profile, const QList<ImageJobId> &ids, const ImageJobId &before)
{
    return m_database.run<Done>([profile, ids, before](SqlSession &session) -> Result<Done> {
        QList<ImageJobId> order;
        std::optional<Error> error = session.select(QStringLiteral("SELECT id FROM job WHERE profile = ? AND state = 0 ORDER BY position"), {text(profile.toString())},
                                                    [&order](const QSqlQuery &row) {
                                                        order.append(ImageJobId(row.value(0).toString()));
                                                        return true;
                                                    });
        if (error)
            return *error;
        const QSet<ImageJobId> waiting(order.begin(), order.end());
        QList<ImageJobId> moved;
        for (const ImageJobId &id : ids) {
            if (waiting.contains(id) && !moved.contains(id))
                moved.append(id);
        }
        // The place is in front of the next one that stays.
        auto mark = std::find(order.cbegin(), order.cend(), before);
        while (mark != order.cend() && moved.contains(*mark))
            ++mark;
        const ImageJobId next = mark == order.cend() ? ImageJobId() : *mark;
        order.removeIf([&moved](const ImageJobId &id) { return moved.contains(id); });
        const qsizetype at = next.isEmpty() ? order.size() : order.indexOf(next);
        order = order.mid(0, at) + moved + order.mid(at);
        const Result<qint64> first = firstPosition(session, profile, Place::Back, 0);
        if (!first)
            return first.error();
        for (qsizetype i = 0; i < order.size() && !error; ++i)
            error = session.exec(QStringLiteral("UPDATE job SET position = ? WHERE id = ?"), {*first + i, text(order.at(i).toString())});
        return done(error);
    });
}

Call<Done> *ImageJobLog::remove(const QList<ImageJobId> &ids)
{
    return m_database.run<Done>([ids](SqlSession &session) -> Result<Done> {
        std::optional<Error> error;
        for (qsizetype i = 0; i < ids.size() && !error; ++i)
            error = session.exec(QStringLiteral("DELETE FROM job WHERE id = ?"), {text(ids.at(i).toString())});
        return done(error);
    });
}

Call<QList<ImageJob>> *ImageJobLog::open(const ProfileId &profile) const
{
    return m_database.run<QList<ImageJob>>([profile](SqlSession &session) {
        return jobsWhere(session, QStringLiteral("profile = ? AND state < 4 ORDER BY position"), {text(profile.toString())});
    });
}

Call<QList<ImageJob>> *ImageJobLog::ended(const ProfileId &profile, std::optional<TimePoint> before, int limit) const
{
    return m_database.run<QList<ImageJob>>([profile, before, limit](SqlSession &session) {
        return jobsWhere(session, QStringLiteral("profile = ? AND state >= 4 AND updated_at < ? ORDER BY updated_at DESC LIMIT ?"),
                         {text(profile.toString()), timeToSql(before.value_or(TimePoint::max())), std::clamp(limit, 1, 1000)});
    });
}

Call<ImageJob> *ImageJobLog::read(const ImageJobId &id) const
{
    return m_database.run<ImageJob>([id](SqlSession &session) { return jobWhere(session, QStringLiteral("id = ?"), {text(id.toString())}); });
}

Call<ImageJob> *ImageJobLog::findTask(const ProfileId &profile, const QString &task) const
{
    return m_database.run<ImageJob>([profile, task](SqlSession &session) {
        return jobWhere(session, QStringLiteral("task = ? AND task <> '' AND profile = ? AND state < 4"), {text(task), text(profile.toString())});
    });
}

Call<int> *ImageJobLog::prune(const ProfileId &profile)
{
    return m_database.run<int>([profile](SqlSession &session) -> Result<int> {
        const std::optional<Error> error =
            session.exec(QStringLiteral("DELETE FROM job WHERE id IN (SELECT id FROM job WHERE profile = ? AND state >= 4 ORDER BY updated_at DESC LIMIT -1 OFFSET ?)"),
                         {text(profile.toString()), kMostKept});
        return error ? Result<int>(*error) : Result<int>(session.changes());
    });
}

} // namespace novita
