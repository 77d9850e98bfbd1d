// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/addresslist.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMappedPrefix = 96; ///< of IPv4 addresses in IPv6 form, "::ffff:0:0/96"

/// QHostAddress::parseSubnet() takes "10" for 10.0.0.0/8 and "10.1.2.3/8" without a word on the set host bits; it also reads netmasks.
/// Here only whole addresses count, with a prefix length of decimal digits.
std::optional<std::pair<QHostAddress, int>> parseEntry(const QString &entry)
{
    const QString host = entry.section(QLatin1Char('/'), 0, 0);
    QHostAddress address;
    static const QRegularExpression &ipv4 = *new QRegularExpression(QStringLiteral("^\\d{1,3}(\\.\\d{1,3}){3}$"));
    if ((!host.contains(QLatin1Char(':')) && !ipv4.match(host).hasMatch()) || host.contains(QLatin1Char('%')) || !address.setAddress(host))
        return std::nullopt;
    const int width = address.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    int prefix = width;
    if (entry.contains(QLatin1Char('/'))) {
        static const QRegularExpression &digits = *new QRegularExpression(QStringLiteral("^\\d{1,3}$"));
        const QString length = entry.section(QLatin1Char('/'), 1);
        prefix = length.toInt();
        if (!digits.match(length).hasMatch() || prefix > width)
            return std::nullopt;
    }
    const QHostAddress plain = plainAddress(address);
    if (width == 128 && plain.protocol() == QAbstractSocket::IPv4Protocol && prefix >= kMappedPrefix)
        return std::pair(plain, prefix - kMappedPrefix);
    return std::pair(address, prefix);
}

} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return QHostAddress(ipv4);
    QHostAddress plain = address;
    plain.setScopeId({});
    return plain;
}

AddressList AddressList::loopback()
{
    AddressList list;
    list.m_networks = {{QHostAddress(QStringLiteral("127.0.0.0")), 8}, {QHostAddress(QHostAddress::LocalHostIPv6), 128}};
    return list;
}

Result<AddressList> AddressList::fromText(const QString &text)
{
    const auto tr = [](const char *sentence) { return QCoreApplication::translate("AddressList", sentence); };
    static const QRegularExpression &separators = *new QRegularExpression(QStringLiteral("[,\\s]+"));
    AddressList list;
    for (const QString &entry : text.split(separators, Qt::SkipEmptyParts)) {
        const auto network = parseEntry(entry);
        if (!network)
            return Error::make(ErrorKind::Validation, tr(QT_TRANSLATE_NOOP("AddressList", "“%1” is no address and no network such as 10.0.0.0/8.")).arg(entry.left(64)));
        if (list.m_networks.size() >= kMaxEntries)
            return Error::make(ErrorKind::Validation, tr(QT_TRANSLATE_NOOP("AddressList", "There are too many addresses.")));
        list.m_networks.append(*network);
    }
    return list;
}

QString AddressList::toText() const
{
    QStringList entries;
    for (const auto &[address, prefix] : m_networks) {
        const bool whole = prefix == (address.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128);
        entries.append(whole ? address.toString() : QStringLiteral("%1/%2").arg(address.toString()).arg(prefix));
    }
    return entries.join(QLatin1String(", "));
}

bool AddressList::contains(const QHostAddress &address) const
{
    const QHostAddress plain = plainAddress(address);
    return std::any_of(m_networks.begin(), m_networks.end(), [&](const auto &network) {
        return plain.protocol() == network.first.protocol() && plain.isInSubnet(network.first, network.second);
    });
}

QHostAddress clientAddress(const QHostAddress &peer, const QByteArray &forwardedFor, const AddressList &proxies)
{
    const QHostAddress plainPeer = plainAddress(peer);
    if (forwardedFor.isEmpty() || !proxies.contains(plainPeer))
        return plainPeer;
    const QList<QByteArray> hops = forwardedFor.split(',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        QHostAddress address;
        if (!address.setAddress(QString::fromLatin1(hop->trimmed())))
            return {};
        address = plainAddress(address);
        if (!proxies.contains(address))
            return address;
    }
    return plainPeer;
}

} // namespace novita
