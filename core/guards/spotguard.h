// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/guards/rulebook.h"
#include "core/guards/spotrule.h"
#include "core/workflows/goneinstances.h"
#include "core/workflows/notification.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace novita {

class InstanceCommands;
class NotificationCenter;
struct Stores;

/// Tells of spot GPUs that are wanted back, with *Migrate now* where that can be done, and migrates by itself the instances that a person
/// made a rule for: only after a reclaim, never after a stop that was asked for, at most kMostAtOnce at a time, not before the time
/// between two has passed, and a minute after it was announced. See nextSpot() for the table.
///
/// Thread: UI.
class SpotGuard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpotGuard)

public:
    static constexpr int kMostAtOnce = 5;
    /// What was taken back longer ago than this is no news.
    static constexpr Milliseconds kNews{24 * 60 * 60 * 1000};

    SpotGuard(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent = nullptr);

    void setProfile(const ProfileId &profile);

    std::optional<SpotRule> ruleOf(const InstanceId &id) const;
    SpotState stateOf(const InstanceId &id) const;
    QList<InstanceId> instances() const;
    Call<Done> *setRule(const InstanceId &id, const SpotRule &rule);
    Call<Done> *removeRule(const InstanceId &id);
    /// Ends an announced migration.
    void leave(const InstanceId &id);
    /// At once, whatever the rule of `id` waits for; what it says of losses is up to whoever lets a person choose it.
    void migrateNow(const InstanceId &id);

    /// Looks now at what is due by its time; also runs by a timer.
    void wake();

signals:
    /// Rule or state of `id` changed; empty: all.
    void changed(const novita::InstanceId &id);
    /// A person pressed *Migrate now* in a notice about `ids`. What is new on their local disks would be lost: to be confirmed, then
    /// migrateNow() for each.
    void migrationAsked(const QList<novita::InstanceId> &ids);

private:
    void forgetGone();
    void onRows(const QStringList &ids);
    void tellStage(const Instance &instance);
    void step(const RuleRecord &rule);
    void announce(const Instance &instance, TimePoint at);
    void askToMigrate(const InstanceId &id);
    void migrate(const InstanceId &id, bool byRule);
    Notification noticeAbout(const InstanceId &id) const;
    void audit(EventSource source, const InstanceId &id, const QString &sentence) const;
    QString nameOf(const InstanceId &id) const;
    void arm();

    RuleBook m_book;
    GoneInstances m_gone;
    Stores &m_stores;
    InstanceCommands &m_commands;
    NotificationCenter &m_center;
    const Clock &m_clock;
    QSet<QString> m_seen;       ///< rules looked at in this run
    QSet<QString> m_busy;       ///< rules whose step is being written
    QSet<InstanceId> m_migrating;
    QHash<InstanceId, QString> m_shown; ///< keys of the notices of the stages that instances are in
    QList<InstanceId> m_asked;  ///< of the notice that is being answered
    QTimer m_timer;
};

} // namespace novita
