// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/router.h"
#include "core/localapi/apigate.h"
#include "core/localapi/apiorders.h"

namespace novita {

/// The server thread's half of the local API: lets in by the gate, then by path (404), method (405) and type of body (415: JSON only, which a
/// form of a web page cannot send), reads the body, and hands the order to the desk. Nothing is answered from here but refusals.
class ApiDoor final : public HttpHandler
{
    Q_DISABLE_COPY_MOVE(ApiDoor)

public:
    static constexpr qint64 kCreateBytes = 1024 * 1024;
    static constexpr qint64 kOtherBytes = 64 * 1024;

    /// All must outlive it; the clock must be safe to ask from any thread.
    ApiDoor(ApiGate &gate, ApiOrders &orders, const Clock &clock);

    std::optional<HttpResponse> screen(const HttpRequest &head) override;
    HttpResponse refusal(int status, const QByteArray &reason) const override;
    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    void add(const QByteArray &method, const QString &pattern, ApiRoute route);
    void order(ApiRoute route, const HttpRequest &request, const HttpResponder &responder);
    /// The client's X-Request-Id when it is a plain word, else one of ours.
    QString requestId(const HttpRequest &head) const;
    QString newRequestId() const;

    ApiGate &m_gate;
    ApiOrders &m_orders;
    const Clock &m_clock;
    Router m_router;
    mutable quint64 m_requests = 0;
};

} // namespace novita
