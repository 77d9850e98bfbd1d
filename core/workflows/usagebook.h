// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/usagetrack.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace novita {

class UsageLog;
struct UsageMemory;
struct Stores;

/// The track of every instance and network volume, by id: fed by what the stores learn, kept in the history file, taken up
/// again by the next run of the program. Work is done for rows that changed, not for all.
class UsageBook final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UsageBook)

public:
    /// What was over for longer is forgotten; the file keeps as little.
    static constexpr std::chrono::hours kKept{24 * 40};

    UsageBook(Stores &stores, UsageLog &log, const Clock &clock, QObject *parent = nullptr);

    /// Takes up what the file holds of `profile`; an empty one: nothing. Until that is read nothing is counted.
    void setProfile(const ProfileId &profile);
    bool isReady() const { return m_ready; }

    /// nullptr when it was never seen.
    const UsageTrack *find(const QString &owner) const;
    const QHash<QString, UsageTrack> &tracks() const { return m_tracks; }

private:
    void takeUp(const UsageMemory &memory);
    void onInstances(const QStringList &ids);
    void onVolumes(const QStringList &ids);
    void onInstancesGone(const QStringList &ids);
    void onVolumesGone(const QStringList &ids);
    void onListRead();
    void onVolumesRead();
    void note(const QString &owner, const UsageFacts &facts, const std::optional<TimePoint> &before);
    void end(const QString &owner, const std::optional<TimePoint> &before);
    void save();

    Stores &m_stores;
    UsageLog &m_log;
    const Clock &m_clock;
    ProfileId m_profile;
    bool m_ready = false;
    QHash<QString, UsageTrack> m_tracks;
    QSet<QString> m_unsaved;
    QSet<QString> m_volumes;                  ///< tracks of volumes, seen in this run
    std::optional<TimePoint> m_seenAt;        ///< until when the instances were watched
    std::optional<TimePoint> m_volumesSeenAt;
    CallGuard m_loading;
};

} // namespace novita
