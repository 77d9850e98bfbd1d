// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace novita {

/// Path patterns → handlers. A pattern is literal segments and "{name}" segments, each of which takes exactly one non-empty
/// segment: "/api/deliveries/{id}". Literal beats "{name}"; otherwise the first route added wins. A slash at the end counts.
///
/// An unknown path gives 404, a known path with another method 405 with Allow, OPTIONS 204 with Allow. GET routes serve HEAD.
/// Fill it before the server listens; it is not changed afterwards.
class Router final : public HttpHandler
{
public:
    using Handler = std::function<void(const HttpRequest &, const HttpResponder &)>;
    using ErrorBody = std::function<HttpResponse(const HttpRequest &, int status)>;

    /// `bodyLimit`: bytes this route takes; unset means HttpLimits::bodyBytes.
    void add(const QByteArray &method, const QString &pattern, Handler handler, std::optional<qint64> bodyLimit = {});
    /// Makes the answers to 404 and 405 look like the service's own errors (Allow is added). Default: plain text.
    void setErrorBody(ErrorBody body) { m_errorBody = std::move(body); }

    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    struct Route
    {
        QByteArray method;
        QStringList segments;
        Handler handler;
        std::optional<qint64> bodyLimit;
    };
    const Route *find(const HttpRequest &request, QHash<QString, QString> *parameters, QList<QByteArray> *allowed) const;

    std::vector<Route> m_routes;
    ErrorBody m_errorBody;
};

} // namespace novita
