// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/endpoints/endpointspec.h"

#include <QJsonObject>
#include <QString>

namespace novita {

/// An endpoint of family UnifiedVideo made of the JSON schema that the cloud gives for one video model. Takes properties of the types
/// text, integer, number and boolean, choices, and lists of pictures, each also where it may be null (a list of types, anyOf, oneOf); a
/// property with one fixed value (const) goes along as it is. What it does not understand is left out unless it is required: then the schema
/// is refused. A text whose name or format says picture becomes an Image by address or base64. Id "video:NAME"; EndpointSpec::file tells one
/// state of the schema from another. The contract says of the schema no more than that it is one ("additionalProperties"), and of its name that
/// it is uncertain: names that are no plain words are refused. Hostile input: at most 100 properties, texts cut.
Result<EndpointSpec> endpointOfSchema(const QString &model, const QJsonObject &schema);

/// Whether it was made by endpointOfSchema().
bool isVideoModel(const EndpointSpec &spec);
bool isVideoModelId(const QString &endpointId);
/// What the cloud calls it: "wan2.7-i2v"; empty when it was not made by endpointOfSchema(). Its title is the same for people: "Wan 2.7 image to video".
QString videoModelName(const EndpointSpec &spec);

} // namespace novita
