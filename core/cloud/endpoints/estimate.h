// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/cloud/endpoints/requestbody.h"

#include <optional>

namespace novita {

/// What a recipe will make and cost by the list prices that the table knows.
struct GenerationEstimate
{
    int results = 1;            ///< pictures or videos
    std::optional<Money> price; ///< of all of them; nullopt = unknown, never zero for it
};

GenerationEstimate estimate(const EndpointSpec &spec, const Recipe &recipe, const RequestOptions &options = {});

} // namespace novita
