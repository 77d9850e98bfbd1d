// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/apirequest.h"

namespace novita {

QString toString(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get: return QStringLiteral("GET");
    case HttpMethod::Post: return QStringLiteral("POST");
    case HttpMethod::Put: return QStringLiteral("PUT");
    case HttpMethod::Delete: return QStringLiteral("DELETE");
    }
    Q_UNREACHABLE();
}

QUrl requestUrl(const QUrl &root, const ApiRequest &request)
{
    QString base = root.path(QUrl::FullyDecoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    if (request.area == ApiArea::Gpu)
        base += QStringLiteral("/gpu-instance/openapi");

    QUrl url(root);
    url.setFragment({});
    // A '%' in an id is text, not an escape.
    url.setPath(base + request.path, QUrl::DecodedMode);
    if (request.query.isEmpty()) {
        url.setQuery(QString());
    } else {
        // QUrlQuery leaves '+' alone, but servers read it as a space.
        QString query = request.query.toString(QUrl::FullyEncoded);
        query.replace(u'+', QStringLiteral("%2B"));
        url.setQuery(query, QUrl::StrictMode);
    }
    return url;
}

} // namespace novita
