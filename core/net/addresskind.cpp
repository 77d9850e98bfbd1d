// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/addresskind.h"

#include <QList>

#include <algorithm>
#include <optional>
#include <utility>

namespace novita {

namespace {

using Subnets = QList<std::pair<QHostAddress, int>>;

Subnets subnets(std::initializer_list<const char *> texts)
{
    Subnets out;
    for (const char *text : texts) {
        const auto net = QHostAddress::parseSubnet(QString::fromLatin1(text));
        out.append({net.first, net.second});
    }
    return out;
}

bool isIn(const QHostAddress &address, const Subnets &nets)
{
    return std::any_of(nets.begin(), nets.end(), [&address](const auto &net) { return address.isInSubnet(net.first, net.second); });
}

quint32 ipv4At(const Q_IPV6ADDR &bytes, int first)
{
    quint32 out = 0;
    for (int i = first; i < first + 4; ++i)
        out = out << 8 | bytes[i];
    return out;
}

/// Packets for these end at the IPv4 address inside.
std::optional<QHostAddress> embedded(const QHostAddress &address)
{
    bool isV4 = false;
    if (const quint32 v4 = address.toIPv4Address(&isV4); isV4)
        return QHostAddress(v4);
    static const Subnets &nat64 = *new Subnets(subnets({"64:ff9b::/96"}));
    static const Subnets &sixToFour = *new Subnets(subnets({"2002::/16"}));
    if (isIn(address, nat64))
        return QHostAddress(ipv4At(address.toIPv6Address(), 12));
    if (isIn(address, sixToFour))
        return QHostAddress(ipv4At(address.toIPv6Address(), 2));
    return std::nullopt;
}

} // namespace

AddressKind addressKind(const QHostAddress &given)
{
    if (given.isNull())
        return AddressKind::Nowhere;
    if (given.isLoopback())
        return AddressKind::Loopback;
    const QHostAddress address = embedded(given).value_or(given);
    static const Subnets &nowhere = *new Subnets(subnets({"0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "2001::/32", "ff00::/8"}));
    static const Subnets &linkLocal = *new Subnets(subnets({"169.254.0.0/16", "fe80::/10"}));
    static const Subnets &metadata = *new Subnets(subnets({"100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128"}));
    static const Subnets &privateNets = *new Subnets(subnets({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15",
                                                              "fc00::/7", "fec0::/10"}));
    if (address.isLoopback())
        return AddressKind::Loopback;
    if (isIn(address, nowhere))
        return AddressKind::Nowhere;
    if (isIn(address, linkLocal))
        return AddressKind::LinkLocal;
    if (isIn(address, metadata))
        return AddressKind::Metadata;
    if (isIn(address, privateNets))
        return AddressKind::Private;
    return AddressKind::Public;
}

} // namespace novita
