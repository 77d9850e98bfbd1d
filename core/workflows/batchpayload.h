// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/operationlog.h"
#include "core/workflows/batchcreate.h"

#include <QJsonObject>

namespace novita {

/// The form in which a batch lives in the operation log (kind "batch"): its payload holds every row as it would be sent, but
/// for values that may be secret. Which rows were sent, and what came of them, is not repeated there: each has an operation
/// of its own (kind "create", parent the batch, member "row" of its payload), written before its request leaves.
namespace batchpayload {

inline constexpr QLatin1String kKind("batch");

/// Values of variables are left out, each by a slot in its place; so are a command and an entrypoint in which a secret can be
/// recognised.
QJsonObject write(const QList<BatchRow> &rows, int parallel);

struct Plan
{
    QList<BatchRow> rows; ///< all Waiting
    int parallel = 1;
};
/// No rows when it is none of ours.
Plan read(const QJsonObject &payload);

/// Puts into `rows` what is known of the creates that were sent for them.
void apply(QList<BatchRow> &rows, const QList<Operation> &creates);

/// What came of it, in numbers by state, for the operation's outcome.
QJsonObject outcome(const BatchCreate &batch);

} // namespace batchpayload

} // namespace novita
