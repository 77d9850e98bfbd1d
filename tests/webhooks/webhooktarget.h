// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/webhooks/fakeserver.h"

#include <QUrl>

namespace novita {

/// Somebody who takes webhooks: answers as scripted, then 200.
class WebhookTarget final
{
public:
    QUrl url(const QString &path = QStringLiteral("/hook")) const { return QUrl(m_server.url(path)); }
    quint16 port() const { return m_server.port; }

    void script(const HttpResponse &response) { m_script.append(response); }
    void script(int status) { script(HttpResponse::text(status, "scripted")); }
    const QList<HttpRequest> &requests() const { return m_server.requests; }
    int count() const { return static_cast<int>(m_server.requests.size()); }

private:
    QList<HttpResponse> m_script;
    FakeServer m_server{[this](const HttpRequest &) { return m_script.isEmpty() ? HttpResponse::empty(200) : m_script.takeFirst(); }};
};

} // namespace novita
