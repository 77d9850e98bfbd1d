// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/targetpolicy.h"

#include "core/net/addresskind.h"
#include "core/net/originpolicy.h"

namespace novita {

namespace {

Error refusal(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

} // namespace

std::optional<Error> TargetPolicy::check(const QUrl &url) const
{
    const bool https = url.scheme() == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!https && url.scheme() != QLatin1String("http")))
        return refusal(tr("A target is written https://host/path."));
    if (!url.userInfo().isEmpty())
        return refusal(tr("A target must not hold a user name or password."));
    if (url.port(1) == 0)
        return refusal(tr("A target needs a port from 1 to 65535."));
    const bool thisComputer = isLoopbackHost(url.host());
    if (!https && !thisComputer)
        return refusal(tr("A target must use https; http is for this computer (127.0.0.1) only."));
    const QHostAddress address(url.host());
    return address.isNull() ? std::nullopt : check(address, thisComputer);
}

std::optional<Error> TargetPolicy::check(const QHostAddress &address, bool thisComputer) const
{
    switch (addressKind(address)) {
    case AddressKind::Public:
        return thisComputer ? std::optional(refusal(tr("The name of this computer leads to another one."))) : std::nullopt;
    case AddressKind::Loopback:
        // A name of the internet that means this computer is a trick, or a name that the person's own network gives.
        if (thisComputer || m_privateToo)
            return std::nullopt;
        return refusal(tr("The target is a name for this computer. Write 127.0.0.1, or allow targets of the local network in the settings."));
    case AddressKind::Private:
        if (thisComputer)
            return refusal(tr("The name of this computer leads to another one."));
        return m_privateToo ? std::nullopt : std::optional(refusal(tr("The target lies in the local network; allow that in the settings first.")));
    case AddressKind::LinkLocal:
    case AddressKind::Metadata:
    case AddressKind::Nowhere:
        break;
    }
    return refusal(tr("Nothing is sent to this address: it belongs to no server."));
}

Result<QList<QHostAddress>> TargetPolicy::reachable(const QUrl &url, const QList<QHostAddress> &resolved) const
{
    if (const std::optional<Error> refused = check(url))
        return *refused;
    const bool thisComputer = isLoopbackHost(url.host());
    QList<QHostAddress> out;
    std::optional<Error> first;
    for (const QHostAddress &address : resolved) {
        const std::optional<Error> refused = check(address, thisComputer);
        if (!refused)
            out.append(address);
        else if (!first)
            first = refused;
    }
    if (!out.isEmpty())
        return out;
    return first ? *first : Error::make(ErrorKind::Network, tr("The name %1 has no address.").arg(url.host()));
}

} // namespace novita
