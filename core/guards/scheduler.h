// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/guards/rulebook.h"
#include "core/guards/schedulerule.h"
#include "core/workflows/goneinstances.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace novita {

class InstanceCommands;
class NotificationCenter;
struct Stores;

/// A schedule as it is shown.
struct Schedule
{
    RuleId id;
    ScheduleRule rule;
    ScheduleState state;
    bool enabled = true;
};

/// Starts and stops instances by the clock, while the program runs. A time that passed while it did not run is told of and not made
/// up for. What is due is on the disk as done before the first request goes out: no time acts twice.
///
/// Thread: UI.
class Scheduler final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Scheduler)

public:
    Scheduler(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent = nullptr);

    void setProfile(const ProfileId &profile);

    /// In the order they were made; what cannot be read is left out.
    QList<Schedule> schedules() const;
    QList<Schedule> schedulesOf(const InstanceId &id) const;

    /// Validation when it is out of range, or its only time has passed.
    Call<RuleId> *add(const ScheduleRule &rule);
    Call<Done> *change(const RuleId &id, const ScheduleRule &rule);
    /// Switched on again it goes on with its next time from now.
    Call<Done> *setEnabled(const RuleId &id, bool enabled);
    Call<Done> *remove(const RuleId &id);

    /// Looks now at what is due; also runs by a timer.
    void wake();

signals:
    void changed();

private:
    void act(const RuleId &id, const ScheduleRule &rule, TimePoint due);
    void tellMissed(const RuleId &id, const ScheduleRule &rule, const ScheduleStep &step);
    void ended(const RuleId &id, const ScheduleRule &rule, int done, const QStringList &failures);
    QString namesOf(const ScheduleRule &rule) const;
    void forgetGone();
    void arm();

    RuleBook m_book;
    GoneInstances m_gone;
    Stores &m_stores;
    InstanceCommands &m_commands;
    NotificationCenter &m_center;
    const Clock &m_clock;
    const TimePoint m_begun;
    QSet<QString> m_busy;       ///< rules whose step is being written
    QTimer m_timer;
};

} // namespace novita
