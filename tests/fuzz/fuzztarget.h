// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// What every fuzz target defines, by libFuzzer's convention. Any bytes, any length; always 0; a broken promise ends in abort().
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
