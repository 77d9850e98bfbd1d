// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace novita {

/// Two http or https addresses lead to the same server: scheme, host and port are the same, the usual port being one that need not be written. Pure.
bool isSameOrigin(const QUrl &one, const QUrl &other);

} // namespace novita
