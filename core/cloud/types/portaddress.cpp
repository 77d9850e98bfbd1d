// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/portaddress.h"

namespace novita {

QUrl webAddressOf(const PortMapping &port)
{
    if (port.endpoint.isEmpty())
        return {};
    return QUrl(port.endpoint.contains(QLatin1String("://")) ? port.endpoint : QStringLiteral("https://") + port.endpoint, QUrl::StrictMode);
}

} // namespace novita
