// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/sandbox/sandboxbilling.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace novita {

/// States of the real cloud (gpu-notes section 4), in its spelling.
enum class InstanceState {
    pending, toCreate, creating, pulling, running, toStart, starting, toStop, stopping, exited, toRestart, restarting,
    toRemove, removing, removed, toReset, resetting, migrating, freezing,
};
QString instanceStateName(InstanceState state);
std::optional<InstanceState> instanceStateFromName(const QString &name);
bool isBilled(InstanceState state); ///< from pulling on until it is stopped; a start that pulls nothing, from running on
bool holdsHardware(InstanceState state);

/// Something that will happen to an instance at a time of its own, unless another command comes first.
struct PlannedStep
{
    TimePoint at;
    InstanceState state;
    QString spotStatus;   ///< new value, when not null
    QString errorMessage; ///< new statusError, when not null
};

struct SandboxInstance
{
    struct Port
    {
        int port = 0;
        QString type;
    };
    struct Mount
    {
        QString id;
        QString path;
    };

    QString id, name, kind, clusterId, productId, productName, imageUrl, imageAuthId, command, entrypoint, billingMode, networkId;
    int gpuNum = 0, cpuNum = 0, memory = 0, rootfsSize = 0, jupyterPort = 0;
    QList<Port> ports;
    QList<Mount> mounts;
    QString localMountPoint; ///< of the disk of a CPU instance
    QList<std::pair<QString, QString>> envs;
    InstanceState state = InstanceState::pending;
    QString spotStatus, errorMessage;
    TimePoint createdAt, stateSince, startedAt, stoppedAt, endTime, spotReclaimTime; ///< the epoch: not yet
    Money hourly;    ///< for the whole instance, in its billing mode; zero for monthly, which is paid in advance
    Money monthly;   ///< for one month of the whole instance
    bool autoRenew = false, autoMigrate = false;
    bool seeded = false;  ///< was there when the world began
    int autoRenewMonth = 0;
    std::optional<double> gpuUse, cpuUse; ///< in percent, all the time it has run; without: as if it worked at something
    bool holding = false; ///< its hardware has been taken from the stock
    QHash<int, quint16> served; ///< where its ports are really served on this computer; see SandboxEndpoints
    QList<PlannedStep> plan;
    QList<BilledSpan> spans;     ///< of computing time, per hour
    QList<BilledSpan> diskSpans; ///< of its disk, per day

    bool isGoing() const { return state == InstanceState::toRemove || state == InstanceState::removing || state == InstanceState::removed; }
    void enter(const PlannedStep &step);  ///< state, times and billing as of step.at
    bool settle(TimePoint now);           ///< enters every planned step that is due; true when something changed
    Money costUntil(TimePoint now) const; ///< all spans together
    qint64 paidDiskGb() const;            ///< of the system disk, beyond what is free
    /// Its disk, price or billing mode may be another from `at` on.
    void notePrices(TimePoint at);
};

/// Realistic durations of the state changes, divided by `scale`. Each function replaces what was planned before.
class InstancePlanner
{
public:
    explicit InstancePlanner(double scale) : m_scale(scale) {}
    /// `pullSeconds`: how long the image takes. An image whose name contains "notfound" ends with an error in exited.
    void create(SandboxInstance &instance, TimePoint now, double pullSeconds) const;
    void start(SandboxInstance &instance, TimePoint now) const;
    void stop(SandboxInstance &instance, TimePoint now) const;
    void restart(SandboxInstance &instance, TimePoint now) const;
    void reset(SandboxInstance &instance, TimePoint now) const;
    void migrate(SandboxInstance &instance, TimePoint now) const;
    void remove(SandboxInstance &instance, TimePoint now) const;
    void freeze(SandboxInstance &instance, TimePoint now) const;
    void reclaim(SandboxInstance &instance, TimePoint now, std::optional<Milliseconds> notice) const;
    Milliseconds scaled(double seconds) const { return Milliseconds(qint64(seconds * 1000.0 / m_scale)); }

private:
    void plan(SandboxInstance &instance, TimePoint now, const QList<std::pair<InstanceState, double>> &stages) const;
    double m_scale;
};

} // namespace novita
