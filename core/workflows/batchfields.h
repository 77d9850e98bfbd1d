// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QJsonObject>
#include <QStringList>

/// The fields of a create request as the rows of somebody else's table hold them: text of a CSV cell, or the request's own JSON.
namespace novita::batchfields {

/// Every name that a column or member may have: those of the create request, in its order.
QStringList names();

/// Writes `value` into the field `name` of `draft`. The result is what is wrong, in a sentence; empty = nothing. A value of
/// another type is wrong, never empty; a sentence never repeats a value that may be secret.
QString set(InstanceDraft &draft, const QString &name, const QJsonValue &value);

/// What `row` asks for that a request like `draft`, which was filled from it, could not say: a term without monthly billing, GPUs of a
/// CPU instance. "month: …" each.
QStringList unsaid(const InstanceDraft &draft, const QJsonObject &row);

/// Nothing stands there: such a field is taken from the model.
bool isEmpty(const QJsonValue &value);

} // namespace novita::batchfields
