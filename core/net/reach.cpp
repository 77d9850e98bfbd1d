// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/reach.h"

#include "core/net/originpolicy.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace novita {

namespace {

bool isPlainHost(const QString &host)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252}[A-Za-z0-9])?$"));
    return plain.match(host).hasMatch();
}

/// This computer, or an address that only means something in the network it stands in. Names are not resolved.
bool isLocal(const QString &host)
{
    if (isLoopbackHost(host))
        return true;
    QHostAddress address(host);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of ::ffff:10.0.0.1
    if (isV4)
        address = QHostAddress(v4);
    static const QList<QPair<QHostAddress, int>> privateNets{
        QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")), QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
        QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")), QHostAddress::parseSubnet(QStringLiteral("100.64.0.0/10")),
        QHostAddress::parseSubnet(QStringLiteral("fc00::/7"))};
    return !address.isNull()
           && (!address.isGlobal() || std::any_of(privateNets.begin(), privateNets.end(), [&address](const auto &net) { return address.isInSubnet(net); }));
}

Error refusal(const char *why, const QString &host)
{
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("Reach", why), host);
}

} // namespace

std::optional<Error> checkReach(const QString &host, Reach reach)
{
    if (!isPlainHost(host))
        return refusal(QT_TRANSLATE_NOOP("Reach", "This address cannot be checked: it has no valid host."), host);
    if (reach == Reach::Internet && isLocal(host))
        return refusal(QT_TRANSLATE_NOOP("Reach", "not asked: an address of the local network"), host);
    if (reach == Reach::Local && !isLocal(host))
        return refusal(QT_TRANSLATE_NOOP("Reach", "not asked: the address lies outside of this computer"), host);
    return std::nullopt;
}

std::optional<Error> checkReach(const QUrl &url, Reach reach)
{
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || !url.userInfo().isEmpty())
        return refusal(QT_TRANSLATE_NOOP("Reach", "This address cannot be checked: it is no http or https address."), url.host());
    return checkReach(url.host(), reach);
}

} // namespace novita
