// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// What of a picture's settings is put back into the form.
enum class RestorePart {
    All,
    AllButSeed,
    Prompt, ///< and the negative prompt
    Seed,
};

} // namespace novita
