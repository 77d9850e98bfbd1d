// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/reach.h"

#include "core/net/addresskind.h"
#include "core/net/originpolicy.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

namespace novita {

namespace {

bool isPlainHost(const QString &host)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252}[A-Za-z0-9])?$"));
    static const QRegularExpression ipv6(QStringLiteral("^[0-9A-Fa-f:.]{2,45}$")); // may begin or end with a colon
    return plain.match(host).hasMatch() || (ipv6.match(host).hasMatch() && host.contains(QLatin1Char(':')) && !QHostAddress(host).isNull());
}

/// This computer, or an address that only means something in the network it stands in. Names are not resolved.
bool isLocal(const QString &host)
{
    if (isLoopbackHost(host))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && addressKind(address) != AddressKind::Public;
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
