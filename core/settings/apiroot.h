// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>

namespace novita {

/// The API root that a person typed or a variable holds, cleaned: https, or http to a loopback host; a host, no user info,
/// query or fragment; a trailing "/gpu-instance/openapi" and slashes are cut off. Validation error with one sentence else.
Result<QUrl> parseApiRoot(const QString &text);

} // namespace novita
