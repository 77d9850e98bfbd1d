// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/types/activityevent.h"

#include <QList>

#include <optional>

namespace novita {

class Database;

/// What happened, kept over restarts: one row for each ActivityEvent of each profile. Statements only; texts arrive
/// redacted (ActivityStore does it). Thread: the Database's.
class EventLog final
{
    Q_DISABLE_COPY_MOVE(EventLog)

public:
    explicit EventLog(Database &database) : m_database(database) {}

    /// Posted: nobody waits.
    void append(const ProfileId &profile, const ActivityEvent &event);

    struct Filter
    {
        QString subjectId;               ///< of this object only; empty = all
        std::optional<qint64> beforeId;  ///< to page on: the `serial` of the last row seen
        int limit = 500;                 ///< 1-5000
    };
    /// Newest first; `serial` is the row's number in the file.
    Call<QList<ActivityEvent>> *read(const ProfileId &profile, const Filter &filter) const;

    /// Deletes what is older. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
