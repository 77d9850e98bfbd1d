// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/recipe.h"

namespace novita {

QJsonObject Recipe::toJson() const
{
    return {{QStringLiteral("endpoint"), endpoint}, {QStringLiteral("values"), values}};
}

std::optional<Recipe> Recipe::fromJson(const QJsonObject &json)
{
    constexpr qsizetype kMostIdChars = 128;
    const QJsonValue endpoint = json.value(QLatin1String("endpoint"));
    const QJsonValue values = json.value(QLatin1String("values"));
    if (endpoint.toString().isEmpty() || endpoint.toString().size() > kMostIdChars || !(values.isObject() || values.isUndefined()))
        return std::nullopt;
    return Recipe{endpoint.toString(), values.toObject()};
}

} // namespace novita
