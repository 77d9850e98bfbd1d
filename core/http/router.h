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
/// Unknown paths, wrong methods and wrong types of body are told before the body is read. Fill it before the server
/// listens; it is not changed afterwards.
class Router final : public HttpHandler
{
public:
    using Handler = std::function<void(const HttpRequest &, const HttpResponder &)>;
    /// What a route asks of the body of its requests.
    struct BodyRules
    {
        std::optional<qint64> limit; ///< bytes; unset means HttpLimits::bodyBytes
        QByteArray mediaType;        ///< "application/json": anything else gives 415; empty takes any
    };
    using ErrorBody = std::function<HttpResponse(const HttpRequest &, int status)>;

    void add(const QByteArray &method, const QString &pattern, Handler handler, const BodyRules &rules = {});
    /// Makes the answers to 404, 405 and 415 look like the service's own errors (Allow or Accept is added). Default: plain text.
    void setErrorBody(ErrorBody body) { m_errorBody = std::move(body); }

    std::optional<HttpResponse> screen(const HttpRequest &head) override;
    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    struct Route
    {
        QByteArray method;
        QStringList segments;
        Handler handler;
        BodyRules rules;
    };
    const Route *find(const HttpRequest &request, QHash<QString, QString> *parameters, QList<QByteArray> *allowed) const;

    HttpResponse errorAnswer(const HttpRequest &request, int status) const;
    HttpResponse noRoute(const HttpRequest &request, const QList<QByteArray> &allowed) const;

    std::vector<Route> m_routes;
    ErrorBody m_errorBody;
};

} // namespace novita
