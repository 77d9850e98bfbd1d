// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/tabletext.h"

namespace novita {

/// Writes `table` to `path` on a thread of its own: whole or not at all. An Error (Storage) says why not. Owned by `parent`; once begun,
/// the file is written even if nobody waits for it any more.
Call<Done> *saveTable(const TextTable &table, TableFormat format, const QString &path, QObject *parent);

} // namespace novita
