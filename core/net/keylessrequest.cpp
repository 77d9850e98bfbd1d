// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/keylessrequest.h"

#include <QUrl>

namespace novita {

QNetworkRequest keylessRequest(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("novita-console"));
    // Unpacked, a small answer can be a very large one, and a stream would come in lumps.
    request.setRawHeader("Accept-Encoding", "identity");
    return request;
}

} // namespace novita
