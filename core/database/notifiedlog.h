// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QStringList>

namespace novita {

class Database;

/// Which transitions a person was told of, so that a restart does not tell them again. Statements only. Thread: the Database's.
class NotifiedLog final
{
    Q_DISABLE_COPY_MOVE(NotifiedLog)

public:
    static constexpr int kMostKeys = 10000;

    explicit NotifiedLog(Database &database) : m_database(database) {}

    /// Posted: nobody waits.
    void append(const ProfileId &profile, const QString &key, TimePoint at);
    void remove(const ProfileId &profile, const QString &key);
    /// The latest kMostKeys.
    Call<QStringList> *read(const ProfileId &profile) const;
    /// Deletes what is older. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
