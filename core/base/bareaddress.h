// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// An address that opens the thing, without what would let anybody in: tokens stand in the query, the fragment or before the host.
/// With or without a scheme ("host:22"); empty for what is no address. Pure.
QString bareAddress(const QString &address);

} // namespace novita
