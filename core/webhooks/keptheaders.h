// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"

#include <QList>

namespace novita {

/// The fields of a delivery as they are kept with it: in their order, credentials masked. Any thread.
QList<HttpHeaders::Field> keptHeaders(const HttpHeaders &headers);

} // namespace novita
