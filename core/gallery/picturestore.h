// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/taglist.h"
#include "core/gallery/imagejob.h"
#include "core/gallery/picturefile.h"
#include "core/gallery/picturequery.h"

#include <QList>

namespace novita {

class Database;

/// The pictures of all profiles, in images.sqlite. Statements only; the files are the business of PictureFiles. Thread: the Database's.
class PictureStore final
{
    Q_DISABLE_COPY_MOVE(PictureStore)

public:
    static constexpr int kMostListed = 100'000;

    explicit PictureStore(Database &database) : m_database(database) {}

    /// Adds pictures and, where `job` has an id, writes down how far their job is (as ImageJobLog::save() would): both or neither. A picture of
    /// a job that is there already, by job and ordinal, is left as it is; so is one without a job, by its file, which comes out of the trash. None of the files
    /// is a loose one any more (see LooseFiles). Result: ids in the order of `pictures`; ErrorKind::Conflict as save().
    Call<QList<PictureId>> *add(const ProfileId &profile, const QList<Picture> &pictures, const ImageJob &job = {});

    /// At most kMostListed.
    Call<QList<PictureEntry>> *list(const ProfileId &profile, const PictureQuery &query) const;
    Call<Picture> *read(PictureId id) const; ///< ErrorKind::NotFound
    /// With everything, for comparing and exporting; those that are gone are left out. At most 1,000.
    Call<QList<Picture>> *read(const QList<PictureId> &ids) const;

    /// Of all pictures, the trash included.
    Call<QList<PictureFile>> *files(const ProfileId &profile) const;

    Call<Done> *setStarred(const QList<PictureId> &ids, bool starred);
    /// Result: the tags of each now, in the order of `ids`. ErrorKind::Validation as taglist::edited().
    Call<QList<QStringList>> *changeTags(const QList<PictureId> &ids, const TagEdit &edit);
    /// Into the trash, or out of it (nothing).
    Call<Done> *setTrashed(const QList<PictureId> &ids, std::optional<TimePoint> at);
    /// Those of them that lie in the trash.
    Call<QList<PictureId>> *trashedOf(const QList<PictureId> &ids) const;
    /// Out of the trash. Result: those that were still there, in any order.
    Call<QList<PictureId>> *restore(const QList<PictureId> &ids);
    /// Takes them out of the gallery for good. Result: their files, for PictureFiles; loose ones from now on.
    Call<QStringList> *remove(const QList<PictureId> &ids);

    struct Tag
    {
        QString tag;
        int pictures = 0;
        bool operator==(const Tag &) const = default;
    };
    /// Of pictures that are not in the trash, alphabetical.
    Call<QList<Tag>> *tags(const ProfileId &profile) const;

    struct Totals
    {
        int pictures = 0; ///< without the trash
        int starred = 0;
        int trashed = 0;
        qint64 bytes = 0; ///< with the trash
        bool operator==(const Totals &) const = default;
    };
    Call<Totals> *totals(const ProfileId &profile) const;

private:
    Database &m_database;
};

} // namespace novita
