// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/endpointcheck.h"

#include <QString>

namespace novita {

/// "answers HTTP 200 · 84 ms", "connection refused": what is known of an endpoint, as a phrase.
QString endpointText(const EndpointStatus &endpoint);

} // namespace novita
