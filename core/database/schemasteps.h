// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <initializer_list>
#include <optional>
#include <span>

namespace novita {

class SqlSession;

/// Brings a file from one version of its schema to the next.
using SchemaStep = std::optional<Error> (*)(SqlSession &);

/// Takes the file through the steps that it has not been through, each in a transaction of its own; `PRAGMA user_version` counts them. A file
/// with more than `steps` is left as it is: an Error with `newer`, an untranslated sentence of the context "Database". Thread: the session's.
std::optional<Error> applySchemaSteps(SqlSession &session, std::span<const SchemaStep> steps, const char *newer);

/// One after the other, to the first Error.
std::optional<Error> execAll(SqlSession &session, std::initializer_list<const char *> statements);

} // namespace novita
