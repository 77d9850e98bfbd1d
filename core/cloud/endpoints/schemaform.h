// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/endpoints/endpointspec.h"

#include <QJsonObject>
#include <QString>

namespace novita {

/// An endpoint of family UnifiedVideo made of the JSON schema that the cloud gives for one video model. Takes properties of the types
/// text, integer, number and boolean, and choices; what it does not understand is left out unless it is required: then the schema is
/// refused. A text whose name or format says image becomes an Image by address or base64. Id "video:NAME". The schema is
/// hostile input: at most 100 properties, texts cut.
Result<EndpointSpec> endpointOfSchema(const QString &model, const QJsonObject &schema);

} // namespace novita
