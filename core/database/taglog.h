// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/base/taglist.h"

#include <QHash>
#include <QList>

namespace novita {

class Database;

/// Tags by instance, each list as taglist::sorted() has it.
using TagTable = QHash<InstanceId, QStringList>;

/// The tags of the instances of all profiles, in the history file. Statements only. Thread: the Database's.
class TagLog final
{
    Q_DISABLE_COPY_MOVE(TagLog)

public:
    static constexpr int kMostRows = 200000; ///< tags on instances, of one profile

    explicit TagLog(Database &database) : m_database(database) {}

    /// Instances without tags are not in it. What cannot be a tag is left out.
    Call<TagTable> *read(const ProfileId &profile) const;
    /// Changes the tags that the file has, of all `ids` or of none; on the disk once it is delivered. Result: the tags of `ids` now, also
    /// where there are none. ErrorKind::Validation as taglist::edited(), or beyond kMostRows.
    Call<TagTable> *change(const ProfileId &profile, const QList<InstanceId> &ids, const TagEdit &edit);
    /// Deletes all tags of `ids`.
    Call<Done> *forget(const ProfileId &profile, const QList<InstanceId> &ids);

private:
    Database &m_database;
};

} // namespace novita
