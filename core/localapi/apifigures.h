// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/base/clock.h"
#include "core/cloud/types/instancestate.h"
#include "core/cloud/types/resources.h"
#include "core/http/httpserver.h"
#include "core/localapi/requesttally.h"
#include "core/webhooks/webhookreceiver.h"
#include "core/workflows/fleetsummary.h"

#include <QMap>
#include <QString>

#include <array>
#include <optional>

namespace novita {

/// What the webhook side of the program has to report. A value.
struct WebhookFigures
{
    bool receiverWanted = false;    ///< switched on
    bool receiverListening = false;
    QString receiverProblem;        ///< why it does not listen, or cannot store: a sentence; empty when all is well
    WebhookStats received;
    std::optional<QMap<QString, qint64>> sent; ///< attempts of outgoing webhooks by result; unset: there are none to count
    std::optional<qint64> sendQueue;           ///< outgoing webhooks that wait
};

inline constexpr std::size_t kInstanceStatuses = static_cast<std::size_t>(InstanceStatus::Unknown) + 1;

/// Everything that /health, /metrics and /api/metrics tell of, as it is at one moment: a copy that any thread may read.
struct ApiFigures
{
    TimePoint at{};
    Milliseconds uptime{0};
    QString profile;                          ///< name; empty: none is active
    std::array<int, kInstanceStatuses> byStatus{};
    std::optional<TimePoint> instancesReadAt; ///< when the list was last confirmed
    int missedRefreshes = 0;
    FleetNumbers fleet;
    std::optional<Balance> balance;
    bool hasKey = false;
    ClientStatus client;
    RequestFigures requests;
    QString historyProblem;                   ///< why there is no history, or not all of it; empty when all is well
    QString deliveriesProblem;
    std::optional<WebhookFigures> webhooks;
    HttpServerStats server;                   ///< of the local API itself
};

} // namespace novita
