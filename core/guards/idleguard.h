// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/guards/idlerule.h"
#include "core/guards/rulebook.h"
#include "core/workflows/goneinstances.h"
#include "core/workflows/notification.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <unordered_map>

namespace novita {

class InstanceCommands;
class NotificationCenter;
struct Instance;
struct Stores;

/// Stops instances that a person made a rule for, after a countdown in which anybody can say *Keep running*. Acts only while the program
/// runs. Every decision is in the activity; every step is on the disk before it is taken, so that of two that see the same rule one
/// acts. What is not known (no metrics, a hole in them, an old list) is no reason to stop. See nextIdle() for the table.
///
/// Thread: UI.
class IdleGuard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleGuard)

public:
    /// Between two looks at a rule; more seldom right after the instance has worked.
    static constexpr Milliseconds kLookEvery{60000};
    static constexpr Milliseconds kLongestWait{15 * 60 * 1000};

    IdleGuard(RuleLog &log, Stores &stores, InstanceCommands &commands, NotificationCenter &center, const Clock &clock, QObject *parent = nullptr);
    ~IdleGuard() override;

    /// Where the use of an instance is read; without one no Idle rule ever acts.
    void setSource(UtilisationSource source) { m_source = std::move(source); }
    void setProfile(const ProfileId &profile);

    /// The rule of `id`; none when it has none, or one that cannot be read.
    std::optional<IdleRule> ruleOf(const InstanceId &id) const;
    IdleState stateOf(const InstanceId &id) const;
    QList<InstanceId> instances() const;

    /// Replaces the rule of `id`, which begins anew. Validation when it is out of range.
    Call<Done> *setRule(const InstanceId &id, const IdleRule &rule);
    Call<Done> *removeRule(const InstanceId &id);
    /// The rule of `id` is quiet for an hour from now; a countdown ends. Nothing happens without a rule, or once it is being stopped.
    void keep(const InstanceId &id);
    /// A person opened a terminal or a page of `id` from this program, see novita::noteUse().
    void noteUse(const InstanceId &id);

    /// Looks now at what is due by its time; also runs by a timer.
    void wake();

signals:
    /// Rule or state of `id` changed; empty: all.
    void changed(const novita::InstanceId &id);

private:
    struct Look
    {
        std::optional<SteadyPoint> due;
        CallGuard reading;
        bool resumed = true;  ///< not looked at in this run
        bool busy = false;    ///< a step is being written or taken
    };

    const RuleRecord *record(const InstanceId &id) const;
    void look(const RuleRecord &rule);
    void step(const RuleId &id, const IdleJudgement &judgement);
    void perform(const RuleId &id, const Instance &instance, const IdleRule &rule, const IdleStep &step);
    void announce(const RuleId &id, const Instance &instance, const IdleRule &rule, const IdleStep &step);
    void stop(const RuleId &id, const Instance &instance);
    void quieten(const InstanceId &id, const IdleState &next, const QString &sentence);
    void mark(const InstanceId &id);
    void forgetGone();
    void audit(EventSeverity severity, EventSource source, const QString &subjectId, const QString &name, const QString &sentence) const;
    QString reasonOf(const IdleRule &rule) const;
    Milliseconds pauseAfter(const IdleRule &rule, const IdleJudgement &judgement) const;
    void arm();

    RuleBook m_book;
    GoneInstances m_gone;
    Stores &m_stores;
    InstanceCommands &m_commands;
    NotificationCenter &m_center;
    const Clock &m_clock;
    UtilisationSource m_source;
    const TimePoint m_begun;
    std::unordered_map<QString, Look> m_looks; ///< by rule id
    QTimer m_timer;
};

} // namespace novita
