// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/imagejob.h"

#include <QList>

namespace novita {

class Database;

/// The image jobs of all profiles, in images.sqlite. What it has delivered outlives a power cut: whoever sends a job writes it down as
/// ImageJobState::Submitting first and waits for that, so that no job is ever sent twice. Statements only. Thread: the Database's.
class ImageJobLog final
{
    Q_DISABLE_COPY_MOVE(ImageJobLog)

public:
    static constexpr int kMostWaiting = 10000; ///< of one profile
    static constexpr int kMostKept = 20000;    ///< ended ones of one profile that prune() leaves

    explicit ImageJobLog(Database &database) : m_database(database) {}

    static ImageJobId newId();

    enum class Place { Front, Back };
    /// Puts new jobs into the queue, in their order, all or none. ErrorKind::Quota beyond kMostWaiting. Result: as they are kept.
    Call<QList<ImageJob>> *add(const QList<ImageJob> &jobs, Place place = Place::Back);
    /// Writes all but the position, when `version` is the one on disk. Result: the version now; ErrorKind::Conflict when another has
    /// written in between, or it is gone.
    Call<qint64> *save(const ImageJob &job);
    /// Puts those of `ids` that wait before `before`, or at the end when it does not wait, in the order of `ids`.
    Call<Done> *place(const ProfileId &profile, const QList<ImageJobId> &ids, const ImageJobId &before);
    Call<Done> *remove(const QList<ImageJobId> &ids);

    /// All that are open, in the order of the queue.
    Call<QList<ImageJob>> *open(const ProfileId &profile) const;
    /// Ended ones, newest first. `before`: only those that ended before it; `limit` 1-1000.
    Call<QList<ImageJob>> *ended(const ProfileId &profile, std::optional<TimePoint> before, int limit) const;
    Call<ImageJob> *read(const ImageJobId &id) const; ///< ErrorKind::NotFound
    /// The open job that has this task of the server, wherever its news came from. ErrorKind::NotFound.
    Call<ImageJob> *findTask(const ProfileId &profile, const QString &task) const;
    /// Deletes the oldest ended ones beyond kMostKept. Result: how many.
    Call<int> *prune(const ProfileId &profile);

private:
    Database &m_database;
};

} // namespace novita
