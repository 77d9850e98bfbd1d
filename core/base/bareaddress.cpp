// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bareaddress.h"

#include <QUrl>

namespace novita {

QString bareAddress(const QString &address)
{
    const QLatin1String authority("//");
    // "user:word@host:22" would else be the scheme "user".
    const bool whole = address.contains(QLatin1String("://"));
    const QUrl url(whole ? address : authority + address);
    if (!url.isValid() || url.host().isEmpty())
        return {};
    const QString bare = url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return whole ? bare : bare.mid(authority.size());
}

} // namespace novita
