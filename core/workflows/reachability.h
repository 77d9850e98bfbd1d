// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/workflows/endpointcheck.h"

#include <QHash>
#include <QObject>

#include <map>
#include <memory>

namespace novita {

class EndpointProbe;
struct Stores;

/// What the last look at one endpoint of an instance found, and when.
struct Reachability
{
    EndpointStatus status;
    std::optional<TimePoint> at; ///< of the answer; nothing while it is being asked for the first time
};

/// Looks on request whether the endpoints of an instance answer, once each and without a retry, and remembers it for as long
/// as the instance runs on.
class ReachabilityCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReachabilityCheck)

public:
    ReachabilityCheck(Stores &stores, EndpointProbe &probe, const Clock &clock, QObject *parent = nullptr);
    ~ReachabilityCheck() override;

    /// Asks the endpoint with this label (EndpointStatus::label), or all of them when it is empty. One that is being asked is not
    /// asked twice. Nothing for an instance that does not run or whose addresses are not known.
    void check(const InstanceId &id, const QString &label = {});
    /// By label; empty when nothing was asked since the last start.
    QHash<QString, Reachability> results(const InstanceId &id) const;
    bool isChecking(const InstanceId &id) const;
    void setAccepted(const AcceptedStatuses &accepted) { m_accepted = accepted; }

signals:
    void changed(const novita::InstanceId &id);

private:
    struct Known
    {
        QHash<QString, Reachability> results;
        std::map<QString, std::unique_ptr<EndpointCheck>> running;
        std::optional<TimePoint> startedAt; ///< of the run that the results are about
    };

    void begin(const InstanceId &id, Known &known, const EndpointStatus &endpoint);

    Stores &m_stores;
    EndpointProbe &m_probe;
    const Clock &m_clock;
    AcceptedStatuses m_accepted;
    std::map<QString, Known> m_known;
};

} // namespace novita
