// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/cloud/endpoints/inputimage.h"
#include "core/cloud/endpoints/recipe.h"

#include <QJsonObject>
#include <QUrl>

#include <cstdint>
#include <functional>
#include <optional>

namespace novita {

/// What is asked of a job beside the picture's own values. What the endpoint cannot is left out, except an output type.
struct RequestOptions
{
    QString outputType;              ///< one of OutputSpec::types; empty = the server's
    bool nsfwCheck = false;
    int nsfwLevel = 0;               ///< 0 to NsfwSpec::mostLevel
    QUrl webhook;                    ///< empty = none
    std::optional<bool> webhookTest; ///< asks for a canned event: true = of success, false = of failure
    std::optional<ImageMode> mode;
    ModelBase base = ModelBase::Unknown;
};

/// The body of one request, exactly as the contract has it: the family's wrapper, nesting, size syntax, bare base64 or data URI, values
/// that are the server's own left out. Validation with the first sentence of FormValues::problems() when the recipe may not be sent
/// (all of them in `detail`), and when the output type is none of the endpoint's.
Result<QJsonObject> requestBody(const EndpointSpec &spec, const Recipe &recipe, const InputImages &images, const RequestOptions &options = {});

/// The recipe with a number in place of each random seed that the endpoint wants drawn by the client. `random` yields 64 random bits.
Recipe drawSeeds(const EndpointSpec &spec, const Recipe &recipe, const std::function<std::uint64_t()> &random);

} // namespace novita
