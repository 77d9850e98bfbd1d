// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/database/operationlog.h"
#include "core/workflows/earlierstarts.h"
#include "core/workflows/startupmonitor.h"
#include "core/workflows/usualstarts.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>

namespace novita {

class CreateInstance;
class InstanceCommands;
class Refresher;
class Settings;
struct Stores;

/// All start-ups that are being watched, one per instance, over restarts of the program: feeds the monitors with what the
/// store learns, keeps their deadlines, marks the rows, writes every step into the history, tells the activity how it ended.
///
/// Of any number of starts: rows that change together are looked at in slices of some milliseconds, and what a turn of the event loop has
/// changed is written at its end, all at once.
///
/// A monitor lives in the operation log (kind "startup"): with `setProfile()` those of the profile that were still open go on,
/// with the deadline they had; of those that had ended, the rows get their mark back (EarlierStarts). Failed reads
/// change no state; the row counts as stale after three.
class StartupWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartupWatch)

public:
    /// `random` yields values in [0, 1).
    StartupWatch(Stores &stores, Refresher &refresher, EndpointProbe &probe, const Settings &settings, OperationLog &operations,
                 Timeline &timeline, const Clock &clock, std::function<double()> random, QObject *parent = nullptr);
    ~StartupWatch() override;

    /// Puts the monitors of the profile before away (they stay in the log) and takes up those of `profile`. An empty one: none.
    void setProfile(const ProfileId &profile);

    /// Begins to watch `id`, which was just asked to start; a monitor it had ends. `before`: the instance as it was before the
    /// request, none for a create.
    void begin(const InstanceId &id, const std::optional<Instance> &before);

    /// Begins to watch by itself what these bring about: what was created, and every start, restart, upgrade and migration that
    /// the cloud has taken up. Both must outlive this.
    void follow(CreateInstance &creates, InstanceCommands &commands);

    /// Watches `id` no longer; its operation ends as canceled. Nothing is asked of the cloud.
    void dismiss(const InstanceId &id);

    /// The monitor of `id`, also one that has been over for less than ten minutes, or null. Not to be kept.
    const StartupMonitor *find(const InstanceId &id) const;
    /// What to call `id`: by its row, else as it was called when it was last seen, else its id.
    QString nameOf(const InstanceId &id) const;
    /// When `id`, whose start is under way, is ready if it takes as long as starts usually do. nullopt: none is under way, too little is known,
    /// or it takes longer.
    std::optional<TimePoint> expectedReady(const InstanceId &id) const;
    /// How long starts of this profile take; nullopt: too few have been seen to say.
    std::optional<UsualStart> usualStart() const { return m_usual.usual(); }
    int openCount() const;
    /// Asks the endpoints of `id` again; begins to watch one that was not. Reads the detail first. Fails when the instance is not
    /// running or cannot be read.
    Call<Done> *recheck(const InstanceId &id);

    /// Limits of the endpoint checks; the accepted statuses come with them.
    void setCheckLimits(const EndpointCheck::Limits &limits) { m_limits = limits; }
    /// Looks at the deadlines now instead of when the timer fires: after a resume from sleep, and in tests.
    void wake();

signals:
    /// Phase, endpoints or existence of the monitor of `id` changed.
    void changed(const novita::InstanceId &id);
    void phaseChanged(const novita::InstanceId &id, novita::StartupState from, novita::StartupState to);
    /// begin() was told of an instance that there was: its new monitor is there, and has not looked at anything yet.
    void startAsked(const novita::InstanceId &id);

private:
    struct Watched
    {
        std::unique_ptr<StartupMonitor> monitor;
        Operation operation;
        CallGuard detail;
        std::optional<SteadyPoint> detailAskedAt;
    };

    void resume(const Operation &operation);
    void end(const InstanceId &id);
    void add(const StartupCase &begin, const Operation &operation);
    void onRows(const QStringList &ids);
    void lookAtRows();
    void onRemoved(const QStringList &ids);
    void feed(const InstanceId &id);
    void readDetail(const InstanceId &id, Watched &watched);
    void onPhase(const InstanceId &id, StartupState from, StartupState to);
    void saveSoon(const InstanceId &id);
    void settle();
    void write();
    void mark(const QSet<QString> &ids);
    Operation recordOf(const Watched &watched) const;
    void tell(const InstanceId &id, const StartupPhase &phase) const;
    void retire();
    void arm();

    Stores &m_stores;
    Refresher &m_refresher;
    EndpointProbe &m_probe;
    const Settings &m_settings;
    OperationLog &m_operations;
    Timeline &m_timeline;
    const Clock &m_clock;
    std::function<double()> m_random;
    EndpointCheck::Limits m_limits;
    EarlierStarts m_earlier;
    UsualStarts m_usual;
    const QString m_worker;     ///< this run of the program
    ProfileId m_profile;
    CallGuard m_loading;
    std::unordered_map<QString, Watched> m_watched; ///< by instance id
    QTimer m_timer;

    std::deque<QString> m_rows;  ///< to be looked at, each once
    QSet<QString> m_inRows;
    QSet<QString> m_due;         ///< of them, those whose deadline is to be looked at as well
    bool m_looking = false;
    QTimer m_lookTimer;

    QSet<QString> m_unsaved;     ///< monitors, of this turn
    QSet<QString> m_unmarked;    ///< their rows came later, or lost the mark
    QList<Operation> m_replaced; ///< records of monitors that another has taken the place of, of this turn
    QList<TimelineStep> m_steps; ///< of this turn
    QTimer m_settleTimer;
};

} // namespace novita
