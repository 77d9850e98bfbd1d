// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"
#include "core/base/deliverycounts.h"
#include "core/cloud/types/instancestate.h"
#include "core/cloud/types/resources.h"
#include "core/webhooks/webhookstatus.h"
#include "core/workflows/connectionstate.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/ledger.h"

#include <QString>

#include <optional>

/// The figures of the dashboard in words. Pure, but for language and locale. What is not known is a dash and says why.
namespace novita::dashboardwords {

struct TileText
{
    QString lead;
    QString note;
    StateTone tone = StateTone::Idle; ///< Warn and Bad colour the lead; the words say it as well

    bool operator==(const TileText &) const = default;
};

/// `known`: the list of instances was read once.
TileText instances(const FleetNumbers &fleet, bool known);
TileText burn(const FleetNumbers &fleet, bool known);
TileText spent(const std::optional<Spending> &today, const std::optional<Spending> &month);
/// `readAt`: when the balance was read.
TileText balance(const std::optional<Balance> &balance, const std::optional<TimePoint> &readAt, const FleetNumbers &fleet);
/// How the service does, said as one would to somebody who does not know what a circuit breaker is.
TileText health(ConnectionState connection, const ClientStatus &client);
/// `minute`: what came in the last one. `lastAt`: when the last delivery came, in any run.
TileText webhooks(const WebhookStatus &receiver, const DeliveryCounts &minute, const std::optional<TimePoint> &lastAt, TimePoint now);

} // namespace novita::dashboardwords
