// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QList>

namespace novita {

class Database;

/// A state that an instance came into.
struct TimelineEntry
{
    TimePoint at{};
    QString state; ///< name of the StartupState
    QString note;  ///< reason, failed check, verbatim status; redacted
    bool operator==(const TimelineEntry &) const = default;
};

/// A step of one instance.
struct TimelineStep
{
    InstanceId instance;
    TimelineEntry entry;
};

/// Which states each instance went through, kept over restarts. Statements only. Thread: the Database's.
class Timeline final
{
    Q_DISABLE_COPY_MOVE(Timeline)

public:
    explicit Timeline(Database &database) : m_database(database) {}

    /// Posted, as one piece of work: nobody waits.
    void append(const ProfileId &profile, const QList<TimelineStep> &steps);
    void append(const ProfileId &profile, const InstanceId &instance, const TimelineEntry &entry) { append(profile, {{instance, entry}}); }
    /// The last `limit` (1-5000), oldest first.
    Call<QList<TimelineEntry>> *read(const ProfileId &profile, const InstanceId &instance, int limit = 200) const;
    /// How long the last `limit` (1-5000) instances of the profile that came from the state `from` to the state `to` took for it, newest
    /// first. A way that was begun anew counts from its last beginning, and once.
    Call<QList<Milliseconds>> *spans(const ProfileId &profile, const QString &from, const QString &to, int limit = 200) const;
    /// Deletes what is older. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
