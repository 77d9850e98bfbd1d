// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/apirequest.h"

#include <cstddef>

namespace novita {

/// What may fail behind one host while the rest goes on.
enum class ApiService {
    Cloud,    ///< instances, their resources, the account: what the session is about
    Media,    ///< pictures, videos and their models
    Language, ///< language models
};

inline constexpr std::size_t kApiServices = 3;

/// Who answers `request`, by its path.
inline ApiService serviceOf(const ApiRequest &request)
{
    if (request.area == ApiArea::Root && request.path.startsWith(QLatin1String("/v3/")))
        return ApiService::Media;
    if (request.area == ApiArea::Root && request.path.startsWith(QLatin1String("/openai/")))
        return ApiService::Language;
    return ApiService::Cloud;
}

} // namespace novita
