// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/requestpreview.h"
#include "core/net/apirequest.h"

namespace novita {

/// `request` as it would go to the API below `root`.
inline RequestPreview previewOf(const QUrl &root, const ApiRequest &request)
{
    return {toString(request.method), requestUrl(root, request).toString(QUrl::FullyEncoded),
            request.body ? QJsonValue(*request.body) : QJsonValue(QJsonValue::Undefined)};
}

} // namespace novita
