// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/router.h"

#include <algorithm>

namespace novita {

namespace {

bool isParameter(const QString &segment)
{
    return segment.size() > 2 && segment.startsWith(u'{') && segment.endsWith(u'}');
}

bool matches(const QStringList &pattern, const QStringList &path, QHash<QString, QString> *parameters)
{
    if (pattern.size() != path.size())
        return false;
    parameters->clear();
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (isParameter(pattern.at(i))) {
            if (path.at(i).isEmpty())
                return false;
            parameters->insert(pattern.at(i).mid(1, pattern.at(i).size() - 2), path.at(i));
        } else if (pattern.at(i) != path.at(i)) {
            return false;
        }
    }
    return true;
}

/// Fewer parameters, better match.
qsizetype parameterCount(const QStringList &pattern)
{
    return std::count_if(pattern.cbegin(), pattern.cend(), isParameter);
}

} // namespace

void Router::add(const QByteArray &method, const QString &pattern, Handler handler, const BodyRules &rules)
{
    m_routes.push_back({method, pattern.split(u'/'), std::move(handler), rules});
}

const Router::Route *Router::find(const HttpRequest &request, QHash<QString, QString> *parameters,
                                  QList<QByteArray> *allowed) const
{
    const QByteArray wanted = request.method == "HEAD" ? QByteArrayLiteral("GET") : request.method;
    const QStringList path = request.path.split(u'/');
    const Route *best = nullptr;
    for (const Route &route : m_routes) {
        QHash<QString, QString> found;
        if (!matches(route.segments, path, &found))
            continue;
        if (!allowed->contains(route.method)) {
            allowed->append(route.method);
            if (route.method == "GET")
                allowed->append("HEAD");
        }
        if (route.method != wanted || (best && parameterCount(best->segments) <= parameterCount(route.segments)))
            continue;
        best = &route;
        *parameters = found;
    }
    return best;
}

HttpResponse Router::errorAnswer(const HttpRequest &request, int status) const
{
    return m_errorBody ? m_errorBody(request, status) : HttpResponse::text(status, httpReasonPhrase(status) + '\n');
}

HttpResponse Router::noRoute(const HttpRequest &request, const QList<QByteArray> &allowed) const
{
    const int status = allowed.isEmpty() ? 404 : request.method == "OPTIONS" ? 204 : 405;
    HttpResponse response = status == 204 ? HttpResponse::empty(204) : errorAnswer(request, status);
    if (!allowed.isEmpty())
        response.headers.set("Allow", allowed.join(", "));
    return response;
}

std::optional<HttpResponse> Router::screen(const HttpRequest &head)
{
    QHash<QString, QString> parameters;
    QList<QByteArray> allowed;
    const Route *route = find(head, &parameters, &allowed);
    if (!route)
        return noRoute(head, allowed);
    if (route->rules.mediaType.isEmpty() || head.hasMediaType(route->rules.mediaType))
        return {};
    HttpResponse response = m_errorBody ? m_errorBody(head, 415) : HttpResponse::unsupportedMediaType(route->rules.mediaType);
    response.headers.set("Accept", route->rules.mediaType);
    return response;
}

qint64 Router::bodyLimit(const HttpRequest &head, const HttpLimits &limits) const
{
    QHash<QString, QString> parameters;
    QList<QByteArray> allowed;
    const Route *route = find(head, &parameters, &allowed);
    return route && route->rules.limit ? *route->rules.limit : limits.bodyBytes;
}

void Router::handle(const HttpRequest &request, HttpResponder responder)
{
    QHash<QString, QString> parameters;
    QList<QByteArray> allowed;
    if (const Route *route = find(request, &parameters, &allowed)) {
        HttpRequest routed = request;
        routed.pathParameters = parameters;
        route->handler(routed, responder);
        return;
    }
    responder.send(noRoute(request, allowed));
}

} // namespace novita
