// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localapi/apifigures.h"
#include "core/localapi/processfigures.h"

#include <QByteArray>
#include <QJsonObject>

/// What is made of the figures. Nothing is in it that was not measured: what is unknown is left out. Pure.
namespace novita::apireports {

/// Does the program do its work: the service answers, the history is written, a receiver that is wanted listens and keeps what arrives?
bool isHealthy(const ApiFigures &figures);
/// GET /health. `reasons` has a sentence for each service that is down.
QJsonObject health(const ApiFigures &figures, const ProcessFigures &process);
/// GET /api/metrics.
QJsonObject summary(const ApiFigures &figures, const ProcessFigures &process);
/// GET /metrics, in the text format of Prometheus 0.0.4.
QByteArray metrics(const ApiFigures &figures, const ProcessFigures &process);

} // namespace novita::apireports
