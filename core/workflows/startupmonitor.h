// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/database/timeline.h"
#include "core/workflows/endpointcheck.h"
#include "core/workflows/startupstate.h"

#include <QJsonObject>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>

namespace novita {

/// What is being watched: everything that has to outlive a restart of the program.
struct StartupCase
{
    InstanceId instance;
    StartupRequest request;
    StartupPhase phase;
    TimePoint deadline{};
    /// Every state there was, oldest first, the present one last; beyond kMostSteps those before the last are missing.
    QList<TimelineEntry> steps;

    static constexpr int kMostSteps = 50;

    /// "startup_<ms>_<id>": the name of this start for other programs, the same after a restart of this one.
    QString operationId() const;
    /// When it was found ready for the first time; nullopt: not yet.
    std::optional<TimePoint> readyAt() const;

    QJsonObject toJson() const;
    /// nullopt for what toJson() did not write.
    static std::optional<StartupCase> fromJson(const QJsonObject &json);
    bool operator==(const StartupCase &) const = default;
};

/// Watches one instance from the request to ready or to its end: takes in what the cloud says, has the endpoints asked
/// once it runs, keeps the deadline. It asks the cloud for nothing itself: the polls of the Refresher feed it. Made and owned by
/// StartupWatch. One thread.
class StartupMonitor final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartupMonitor)

public:
    /// `random` yields values in [0, 1).
    StartupMonitor(const StartupCase &begin, EndpointProbe &probe, const EndpointCheck::Limits &limits, const Clock &clock,
                   std::function<double()> random, QObject *parent = nullptr);

    const StartupCase &current() const { return m_case; }
    /// See StartupCase.
    const QList<TimelineEntry> &steps() const { return m_case.steps; }
    /// It has been in its present state before, perhaps in an earlier run of the program.
    bool wasHereBefore() const;
    /// Empty until the endpoints are being asked.
    QList<EndpointStatus> endpoints() const;
    bool isOver() const { return startupInfo(m_case.phase.state).over; }
    /// It runs, and what is known of it does not say where it can be reached.
    bool needsDetail() const { return m_needsDetail; }

    /// An answer about the instance. `detailed`: it came from the detail answer and says where the instance can be reached.
    void observe(const Instance &instance, bool detailed);
    /// The cloud knows it no more.
    void vanish();
    /// Looks whether the deadline has passed.
    void tick();
    /// Asks the endpoints again, also of an instance that is ready or failed.
    void recheck(const Instance &instance);

signals:
    /// `current()` has another phase.
    void phaseChanged(novita::StartupState from, novita::StartupState to);
    void endpointsChanged();

private:
    void take(const StartupPhase &next);
    void addStep(const StartupPhase &phase);
    void beginChecks(const Instance &instance);
    void endChecks();

    StartupCase m_case;
    EndpointProbe &m_probe;
    std::function<double()> m_random;
    EndpointCheck::Limits m_limits;
    const Clock &m_clock;
    std::unique_ptr<EndpointCheck> m_check;
    bool m_needsDetail = false;
};

} // namespace novita
