// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/http/router.h"
#include "core/http/tlsfiles.h"

#include <QUrl>

namespace novita {

/// Speaks https with a certificate that signs itself.
struct TlsDouble
{
    TlsDouble()
        : server(router, {})
    {
        router.add("GET", QStringLiteral("/ok"),
                   [](const HttpRequest &, const HttpResponder &r) { r.send(HttpResponse::text(200, "fine")); });
        port = server
                   .listen(QHostAddress(QHostAddress::LocalHost), 0,
                           TlsFiles{certificate(), QStringLiteral(NOVITA_TEST_DATA "/http/tls/rsa.key")})
                   .valueOr(0);
    }
    static QString certificate() { return QStringLiteral(NOVITA_TEST_DATA "/http/tls/rsa.crt"); }
    QUrl url() const { return QUrl(QStringLiteral("https://localhost:%1/ok").arg(port)); }

    Router router;
    HttpServer server;
    quint16 port = 0;
};

} // namespace novita
