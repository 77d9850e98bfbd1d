// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/originpolicy.h"

#include <QHostAddress>

namespace novita {

bool isLoopbackHost(const QString &host)
{
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

std::optional<Error> checkOrigin(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return Error::make(ErrorKind::Validation, QStringLiteral("The API address is not a valid URL"), url.errorString());
    if (!url.userInfo().isEmpty())
        return Error::make(ErrorKind::Validation, QStringLiteral("The API address must not hold a user name or password"));
    if (url.scheme() == QLatin1String("https") || (url.scheme() == QLatin1String("http") && isLoopbackHost(url.host())))
        return std::nullopt;
    return Error::make(ErrorKind::Validation,
                       QStringLiteral("The API address must use https; http is for this computer (127.0.0.1) only"));
}

} // namespace novita
