// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>

#include <utility>

namespace novita {

/// A list of addresses and networks ("127.0.0.0/8, ::1, 10.1.2.3"). A value; any thread.
class AddressList final
{
public:
    static constexpr int kMaxEntries = 256;

    AddressList() = default; ///< empty: contains nothing
    static AddressList loopback(); ///< 127.0.0.0/8 and ::1
    /// Entries separated by commas, blanks or line ends. ErrorKind::Validation names the first one that is none, or too many.
    static Result<AddressList> fromText(const QString &text);

    QString toText() const; ///< entries in order, ", " between them
    bool isEmpty() const { return m_networks.isEmpty(); }
    /// An IPv4 address counts as itself in its IPv6 form too ("::ffff:10.0.0.1").
    bool contains(const QHostAddress &address) const;

    bool operator==(const AddressList &) const = default;

private:
    QList<std::pair<QHostAddress, int>> m_networks;
};

/// An IPv4 address in IPv6 clothes becomes the IPv4 address; a scope ("%eth0") goes. Others stay.
QHostAddress plainAddress(const QHostAddress &address);

/// Who sent a request: the peer, or, when the peer is one of `proxies`, the last address in X-Forwarded-For that is none of
/// them. What stands before that address was written by who knows whom and is not looked at. Null when that address is unreadable.
QHostAddress clientAddress(const QHostAddress &peer, const QByteArray &forwardedFor, const AddressList &proxies);

} // namespace novita
