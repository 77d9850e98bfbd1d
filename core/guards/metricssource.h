// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/metrics.h"
#include "core/guards/utilisation.h"

namespace novita {

class ApiClient;

/// The use of an instance as the metrics of the cloud tell it. `client`, `clock` and `owner` (of the calls) must outlive the source.
UtilisationSource metricsSource(ApiClient &client, const Clock &clock, QObject *owner);

/// One point for each `step` of time in which anything was measured, with the busiest of the cards. Pure.
QList<Utilisation> utilisationOf(const InstanceMetrics &metrics, Seconds step);

} // namespace novita
