// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>

namespace novita {

class SqlSession;

/// Brings the schema of the file up to date, step by step; each step and its new number (`PRAGMA user_version`) stand in one
/// transaction, so a kill in between leaves the version before it. A step that has been released is never edited.
namespace migrations {

/// The version this program writes.
int latest();

/// Nothing on success. A file of a newer version is an error and stays as it is.
std::optional<Error> apply(SqlSession &session);

} // namespace migrations

} // namespace novita
