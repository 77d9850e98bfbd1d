// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/databasekind.h"

namespace novita {

/// deliveries.sqlite: a file of its own, since every commit of it is synced before an answer leaves, which the many small writes of the
/// history could not afford, and since the history must not wait for a flood of deliveries.
const DatabaseKind &deliveryKind();

} // namespace novita
