// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instancedraft.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace novita {

/// Drafts read from a table that somebody else wrote.
struct BatchTable
{
    QList<InstanceDraft> drafts;
    QStringList problems; ///< "Row 3: gpuNum: …", the first hundred; while there are any nothing should be sent
};

/// Reads rows for a batch: CSV (RFC 4180, comma or semicolon, first line names the columns) or a JSON array of objects, told apart by
/// the first character. Columns and members bear the names of the create request: name, kind, productId, gpuNum, rootfsSize, imageUrl,
/// imageAuthId, ports ("8080/http,5432/tcp"), envs ("KEY=value" lines, or the request's array), command, entrypoint, clusterId, networkId,
/// billingMode, month, minCudaVersion. What a row leaves out or empty is taken from `model`; a name that is unknown is a problem.
///
/// Bounds: 1 MiB, 1,000 rows, 64 columns, UTF-8. An Error (Validation) when there is no table at all.
Result<BatchTable> readBatchTable(const QByteArray &text, const InstanceDraft &model);

/// Rows of RFC 4180 text. Quoted cells may hold separators, quotes (doubled) and line ends. A quote that is never closed is an Error
/// that names its line.
Result<QList<QStringList>> parseCsv(const QString &text, QChar separator);

} // namespace novita
