// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apidoor.h"

#include "core/localapi/createrequest.h"

#include <QRegularExpression>

namespace novita {

namespace {

bool announcesBody(const HttpRequest &head)
{
    return head.headers.contains("Transfer-Encoding") || head.headers.value("Content-Length").toLongLong() > 0;
}

HttpResponse turnedAway(const ApiProblem &problem, const QString &requestId, TimePoint now)
{
    HttpResponse response = apiFailure(problem, requestId, now);
    if (problem.status == 401) {
        const bool wrong = problem.code == QLatin1String("INVALID_TOKEN");
        response.headers.set("WWW-Authenticate", wrong ? "Bearer realm=\"local API\", error=\"invalid_token\"" : "Bearer realm=\"local API\"");
    }
    return response;
}

const char *codeOf(int status)
{
    switch (status) {
    case 408: return "REQUEST_TIMEOUT";
    case 411: return "LENGTH_REQUIRED";
    case 413: return "BODY_TOO_LARGE";
    case 414: return "TARGET_TOO_LONG";
    case 417: return "EXPECTATION_FAILED";
    case 431: return "HEADERS_TOO_LARGE";
    case 501: return "NOT_IMPLEMENTED";
    case 505: return "VERSION_NOT_SUPPORTED";
    default: return "BAD_REQUEST";
    }
}

} // namespace

ApiDoor::ApiDoor(ApiGate &gate, ApiOrders &orders, const Clock &clock) : m_gate(gate), m_orders(orders), m_clock(clock)
{
    m_router.setErrorBody([this](const HttpRequest &head, int status) {
        const ApiProblem problem = status == 405 ? ApiProblem::make(405, "METHOD_NOT_ALLOWED", QStringLiteral("This path does not know the method."))
                                                 : ApiProblem::make(status, "NOT_FOUND", QStringLiteral("There is no such path."));
        return apiFailure(problem, requestId(head), m_clock.now());
    });
    add("GET", QStringLiteral("/health"), ApiRoute::Health);
    add("GET", QStringLiteral("/metrics"), ApiRoute::Metrics);
    add("GET", QStringLiteral("/api/metrics"), ApiRoute::Summary);
    add("GET", QStringLiteral("/api/instances"), ApiRoute::ListInstances);
    add("POST", QStringLiteral("/api/instances"), ApiRoute::CreateInstance);
    add("GET", QStringLiteral("/api/instances/{id}"), ApiRoute::ReadInstance);
    add("DELETE", QStringLiteral("/api/instances/{id}"), ApiRoute::DeleteInstance);
    add("POST", QStringLiteral("/api/instances/{id}/start"), ApiRoute::StartInstance);
    add("POST", QStringLiteral("/api/instances/{id}/stop"), ApiRoute::StopInstance);
    add("GET", QStringLiteral("/api/deliveries"), ApiRoute::ListDeliveries);
    add("GET", QStringLiteral("/api/deliveries/{id}"), ApiRoute::ReadDelivery);
}

void ApiDoor::add(const QByteArray &method, const QString &pattern, ApiRoute route)
{
    const qint64 limit = route == ApiRoute::CreateInstance ? kCreateBytes : kOtherBytes;
    m_router.add(method, pattern, [this, route](const HttpRequest &request, const HttpResponder &responder) { order(route, request, responder); },
                 {limit, {}});
}

std::optional<HttpResponse> ApiDoor::screen(const HttpRequest &head)
{
    if (const std::optional<ApiProblem> problem = m_gate.refusal(head))
        return turnedAway(*problem, requestId(head), m_clock.now());
    if (std::optional<HttpResponse> response = m_router.screen(head))
        return response;
    const bool create = head.method == "POST" && head.path == QLatin1String("/api/instances");
    if ((create || announcesBody(head)) && !head.hasMediaType("application/json")) {
        const ApiProblem problem = ApiProblem::make(415, "UNSUPPORTED_MEDIA_TYPE", QStringLiteral("A body must be JSON: Content-Type: application/json."));
        HttpResponse response = turnedAway(problem, requestId(head), m_clock.now());
        response.headers.set("Accept", "application/json");
        return response;
    }
    return std::nullopt;
}

HttpResponse ApiDoor::refusal(int status, const QByteArray &reason) const
{
    const ApiProblem problem = ApiProblem::make(status, codeOf(status), QStringLiteral("The request is not served: %1.").arg(QLatin1String(reason)));
    return apiFailure(problem, newRequestId(), m_clock.now());
}

qint64 ApiDoor::bodyLimit(const HttpRequest &head, const HttpLimits &limits) const
{
    return m_router.bodyLimit(head, limits);
}

void ApiDoor::handle(const HttpRequest &request, HttpResponder responder)
{
    m_router.handle(request, std::move(responder));
}

void ApiDoor::order(ApiRoute route, const HttpRequest &request, const HttpResponder &responder)
{
    const QString id = requestId(request);
    ApiOrder order{route, request.pathParameters.value(QStringLiteral("id")), request.queryItems(), {}, {}, id, responder};
    order.confirmation = QString::fromUtf8(QByteArray::fromPercentEncoding(request.headers.value("X-Confirm-Production")));
    if (!request.body.isEmpty() || route == ApiRoute::CreateInstance) {
        auto body = readApiBody(request.body);
        if (const auto *problem = std::get_if<ApiProblem>(&body)) {
            responder.send(apiFailure(*problem, id, m_clock.now()));
            return;
        }
        order.body = std::get<QJsonObject>(std::move(body));
    }
    m_orders.put(std::move(order), m_clock.now());
}

QString ApiDoor::requestId(const HttpRequest &head) const
{
    static const QRegularExpression word(QStringLiteral("\\A[A-Za-z0-9._-]{1,64}\\z"));
    const QString given = QString::fromLatin1(head.headers.value("X-Request-Id"));
    if (head.headers.count("X-Request-Id") == 1 && word.match(given).hasMatch())
        return given;
    return newRequestId();
}

QString ApiDoor::newRequestId() const
{
    return QStringLiteral("req_%1_%2").arg(m_clock.now().time_since_epoch().count()).arg(++m_requests);
}

} // namespace novita
