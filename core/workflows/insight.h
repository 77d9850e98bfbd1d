// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/instancelogs.h"
#include "core/workflows/metricswatch.h"
#include "core/workflows/reachability.h"

namespace novita {

/// Everything that looks into a running instance, owned together by the composition root.
struct Insight
{
    Insight(ApiClient &client, Stores &stores, History &history, EndpointProbe &probe, const Clock &clock, std::function<double()> random)
        : metrics(client, stores, history, clock), logs(clock, std::move(random)), reachability(stores, probe, clock)
    {}
    Q_DISABLE_COPY_MOVE(Insight)

    MetricsWatch metrics;
    InstanceLogs logs;
    ReachabilityCheck reachability;
};

} // namespace novita
