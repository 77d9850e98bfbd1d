// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QUrl>

#include <optional>

namespace novita {

/// Is `host` this machine: 127.0.0.0/8, ::1 or exactly "localhost"? Nothing is resolved.
bool isLoopbackHost(const QString &host);

/// Why nothing may be sent to `url`, as ErrorKind::Validation: a key travels over https, or over http to loopback, and
/// to a host without user name or password in the URL.
std::optional<Error> checkOrigin(const QUrl &url);

} // namespace novita
