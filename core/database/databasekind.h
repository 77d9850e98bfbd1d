// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>

namespace novita {

class SqlSession;

/// What tells the files of this program apart: schema, durability, and how people are told of trouble with them. Texts are
/// untranslated sentences of the translation context "Database".
struct DatabaseKind
{
    /// Brings the schema up to date, as migrations::apply() does.
    std::optional<Error> (*migrate)(SqlSession &session);
    /// A commit has reached the disk itself before it is told of: a power cut loses nothing. Otherwise a power cut may lose the last
    /// commits; a kill -9 loses none either way.
    bool syncEveryCommit;

    struct Texts
    {
        const char *diskFull;
        const char *damaged;
        const char *heldByAnother;
        const char *readOnly;
        const char *unusable;
        const char *setAside;       ///< "%1": the name under which the damaged file is kept
        const char *notSetAside;
        const char *notOpen;
    } texts;
};

/// history.sqlite
const DatabaseKind &historyKind();

} // namespace novita
