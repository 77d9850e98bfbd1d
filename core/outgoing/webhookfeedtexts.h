// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"
#include "core/webhooks/webhookevent.h"
#include "core/workflows/startupmonitor.h"

/// The blocks of outgoing events, in the terms of their receivers. Pure functions. Texts are for programs and their logs: English. No secret is
/// in them: addresses are bare, problems redacted.
namespace novita::webhookfeedtexts {

/// Its steps, under the names that receivers know.
StartupReport startupOf(const StartupMonitor &monitor, const QString &status, TimePoint now);
EndpointHealth healthOf(const EndpointStatus &endpoint);
/// nullopt when no endpoint was to be asked.
std::optional<HealthReport> healthOf(const StartupMonitor &monitor, TimePoint now);
QJsonObject createdData(const Instance &instance);
/// nullopt: nothing is known that it could be reckoned from.
QJsonObject initiatedData(const std::optional<TimePoint> &expectedReady);
QJsonObject completedData(const Instance *instance, bool checked);

} // namespace novita::webhookfeedtexts
