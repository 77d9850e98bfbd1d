// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What every fuzz target defines, by libFuzzer's convention. Any bytes, any length; always 0; a broken promise ends in abort().
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// Ends the program, in a way the fuzzer takes for a find, when a promise is broken.
inline void require(bool promise, const char *what)
{
    if (promise)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}
