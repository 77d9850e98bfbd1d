// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/usagetrack.h"

#include <QList>
#include <QString>

#include <optional>

namespace novita {

class Database;

/// What is kept of the use of one instance or network volume.
struct UsageRecord
{
    QString owner;
    UsageTrack track;
};

/// Everything that is kept of one profile.
struct UsageMemory
{
    QList<UsageRecord> records;
    std::optional<TimePoint> seenAt; ///< until when the list of the instances was watched
};

/// How long each instance was used, kept over restarts of the program: what its cost is estimated from. Statements only.
/// Thread: the Database's.
class UsageLog final
{
    Q_DISABLE_COPY_MOVE(UsageLog)

public:
    explicit UsageLog(Database &database) : m_database(database) {}

    /// Posted: the records that changed, and until when all of them are known to have stayed as they are.
    void save(const ProfileId &profile, const QList<UsageRecord> &records, TimePoint seenAt);
    /// What cannot be read as a track is left out.
    Call<UsageMemory> *load(const ProfileId &profile) const;
    /// Deletes what is gone and was last written before. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
