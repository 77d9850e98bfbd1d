// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace novita {

/// What a picture was made from: an endpoint and the values of its fields. The one value that goes through all layers.
///
/// `values` is keyed by FieldSpec::name; how each type of field writes its value is told at FieldType. Names and endpoints that
/// this version does not know are kept as they are: a recipe outlives its endpoint.
struct Recipe
{
    QString endpoint;   ///< EndpointSpec::id
    QJsonObject values;

    bool operator==(const Recipe &) const = default;

    QJsonObject toJson() const; ///< {"endpoint": …, "values": {…}}
    /// nullopt for what is no recipe: members of another type, no endpoint, an id over 128 characters.
    static std::optional<Recipe> fromJson(const QJsonObject &json);
};

} // namespace novita
