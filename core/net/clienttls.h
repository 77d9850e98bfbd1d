// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSslConfiguration>
#include <QString>

namespace novita {

/// For a client: TLS 1.2 and up, the system's authorities plus those of `caFile` (PEM; empty: none). One that cannot be read, or is larger than
/// 16 MiB, is a Validation error: falling back to the system's would end in a certificate error that nobody understands.
Result<QSslConfiguration> clientTls(const QString &caFile);

} // namespace novita
