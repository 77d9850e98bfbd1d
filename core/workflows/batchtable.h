// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instancedraft.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <functional>

namespace novita {

/// One row of a table that somebody else wrote: none is ever left out, whatever is wrong with it.
struct BatchTableRow
{
    InstanceDraft draft;      ///< as far as it could be read
    qsizetype line = 0;       ///< of the text, from 1; 0 when it is not known (JSON)
    QStringList problems;     ///< "gpuNum: “x” is no whole number.", at most ten
};

struct BatchTable
{
    QList<BatchTableRow> rows;

    QList<InstanceDraft> drafts() const;
    /// "Row 3 (line 4): gpuNum: …" for every row with a problem; the first hundred. While there are any nothing should be sent.
    QStringList problems() const;
};

/// Whether a draft may be sent, in sentences; empty = it may.
using DraftJudge = std::function<QStringList(const InstanceDraft &)>;
/// By the field rules alone.
QStringList judgeByRules(const InstanceDraft &draft);

/// Reads rows for a batch: CSV (RFC 4180, comma or semicolon, first line names the columns) or a JSON array of objects, told apart by
/// the first character. Columns and members bear the names of the create request (batchfields::names()): ports "8080/http,5432/tcp", envs
/// "KEY=value" lines or the request's array, tools "Jupyter:8888" or the array, networkStorages "id:/mount" lines or the array. What a row leaves
/// out or empty is taken from `model`, but for a line of CSV in which everything is empty, which is no row; a name that
/// is unknown, or that the row's kind or billing cannot have, is a problem.
///
/// Bounds: 1 MiB, 1,000 rows, 64 columns, UTF-8. An Error (Validation) when there is no table at all.
Result<BatchTable> readBatchTable(const QByteArray &text, const InstanceDraft &model, const DraftJudge &judge = &judgeByRules);

} // namespace novita
