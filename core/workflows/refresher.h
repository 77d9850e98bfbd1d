// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace novita {

class ApiClient;
class Settings;
struct Stores;

/// What can be refreshed.
enum class DataKind { Instances, Products, Templates, Clusters, RegistryAuths, Storages, Networks, Jobs, Balance };

/// Decides when which store is read again, and does it: services → stores.
///
/// Instances: every 5 s while something changes, growing ×1.5 to 30 s, 60 s when all is stable, 120 s while the window is
/// hidden, each ±20 % jitter, at once after an own action (and again shortly after). Other kinds: when a page shows them
/// and they are older than their shelf life. A failed poll changes no row; it is counted (EntityStoreBase::missedRefreshes).
/// Nothing is read without a key or while paused. On a jump of the wall clock or a resume from sleep: everything visible, at once.
class Refresher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Refresher)

public:
    Refresher(ApiClient &client, Stores &stores, const Settings &settings, const Clock &clock,
              std::function<double()> random, QObject *parent = nullptr);
    ~Refresher() override;

    void start();
    /// Stops all reads and forgets what runs: before a profile switch.
    void stop();

    /// The window is minimised or hidden.
    void setHidden(bool hidden);
    /// Which kinds the page in front needs; they are read now when too old, then kept fresh.
    void setWanted(const QSet<DataKind> &kinds);
    /// Reads `kind` now, whatever its age (F5). Joins a read under way. Result: rows read.
    Call<int> *refresh(DataKind kind, bool userAsked = true);
    /// Detail (with connection data) of one instance, for the details pane.
    Call<Done> *refreshInstance(const InstanceId &id, bool userAsked = false);
    /// After an own action: instances are read now and polling starts over at the fast end.
    void noteOwnAction();

    /// When the next poll of the instances is due, for tests and the status bar.
    SteadyPoint nextInstancePoll() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The pure rule behind the polling of instances.
class PollSchedule
{
public:
    struct Intervals
    {
        Milliseconds fast{5000};
        Milliseconds slowest{30000};
        Milliseconds stable{60000};
        Milliseconds hidden{120000};
    };
    explicit PollSchedule(Intervals intervals) : m_intervals(intervals), m_current(intervals.fast) {}

    /// The wait before the next poll. `random` in [0, 1) makes the ±20 % jitter. Growth happens per call while transitional.
    Milliseconds next(bool transitional, bool hidden, double random);
    void restart() { m_current = m_intervals.fast; }

private:
    Intervals m_intervals;
    Milliseconds m_current;
};

} // namespace novita
