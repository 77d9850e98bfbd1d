// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/sandboxrequest.h"

namespace novita {

/// An instance as a row of the list: a summary, without ways to connect.
QJsonObject instanceSummary(const SandboxWorld &world, const SandboxInstance &instance);
/// An instance as `GET /v1/gpu/instance` gives it.
QJsonObject instanceDetail(const SandboxWorld &world, const SandboxInstance &instance, const QString &origin);
/// "ready" from the end of creation on, "creating" before: networks take a few seconds.
QString networkStateName(const SandboxWorld &world, const QJsonObject &network);
/// The state of a job or prewarm task, which follows from its age: 0 waiting, 1 running, 2 done.
int taskStage(const SandboxWorld &world, const QJsonObject &task, QLatin1String createdKey, double waitSeconds, double runSeconds);

} // namespace novita
