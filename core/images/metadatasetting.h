// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagefile/metadatawriter.h"

namespace novita {

/// What a value of kImageMetadata means: "all", "withoutPrompt", "nothing". What is not known leaves out everything:
/// the careful side. Pure.
inline WriteOptions writeOptionsFor(const QString &setting)
{
    if (setting == QLatin1String("all"))
        return {};
    return setting == QLatin1String("withoutPrompt") ? WriteOptions::withoutPrompt() : WriteOptions::nothing();
}

} // namespace novita
