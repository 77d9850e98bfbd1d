// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace novita {

/// What an address means by itself, whoever gave it.
enum class AddressKind {
    Public,
    Loopback,  ///< this computer
    Private,   ///< of the network it stands in: RFC 1918, shared (RFC 6598), unique local, benchmarking
    LinkLocal, ///< of the cable; also where clouds tell a machine its secrets (169.254.169.254)
    Metadata,  ///< where clouds do so outside of the link-local nets: Alibaba, Azure, Oracle, and the IPv6 addresses of AWS and Google
    /// Unspecified, multicast, broadcast, reserved: nobody in particular. So are IPv6 forms whose IPv4 address cannot be told: IPv4-compatible
    /// (deprecated by RFC 4291), NAT64 under the prefix of the local network's choice (RFC 8215) and Teredo (RFC 4380).
    Nowhere,
};

/// An IPv4 address counts as itself in every IPv6 form that carries one (mapped, NAT64, 6to4).
AddressKind addressKind(const QHostAddress &address);

} // namespace novita
