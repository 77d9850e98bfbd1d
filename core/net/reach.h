// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QUrl>

#include <optional>

namespace novita {

/// Whom an address that the cloud gave may name. A cloud out there may not point into this network, and one on this computer
/// (the sandbox) may not make the program leave it.
enum class Reach {
    Internet, ///< hosts of the internet
    Local,    ///< this computer and its neighbours
};

/// Why `host` may not be asked, as ErrorKind::Validation: it is no plain name or address, or lies on the other side. Names are
/// not resolved.
std::optional<Error> checkReach(const QString &host, Reach reach);
/// The same for a web address, which also must be http or https without user and password.
std::optional<Error> checkReach(const QUrl &url, Reach reach);

} // namespace novita
