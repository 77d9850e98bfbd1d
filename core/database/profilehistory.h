// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"

namespace novita {

class Database;

/// Deletes everything the history file holds of `profile`, in all tables at once.
Call<Done> *forgetProfileHistory(Database &database, const ProfileId &profile);

} // namespace novita
