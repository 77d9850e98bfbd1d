// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include <QHostAddress>

#include <functional>
#include <utility>

namespace novita {

/// Answers as a test says, on a free port of this computer, and remembers what it was asked.
class FakeServer final : public HttpHandler
{
public:
    using Answer = std::function<HttpResponse(const HttpRequest &)>;

    explicit FakeServer(Answer answer) : m_answer(std::move(answer)), m_server(*this, {}, HttpServer::Threading::Caller)
    {
        const Result<quint16> listening = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
        port = listening ? *listening : quint16(0);
    }

    void handle(const HttpRequest &request, HttpResponder responder) override
    {
        requests.append(request);
        responder.send(m_answer(request));
    }
    QString url(const QString &path = {}) const { return QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(path); }

    quint16 port = 0;
    QList<HttpRequest> requests;

private:
    Answer m_answer;
    HttpServer m_server;
};

} // namespace novita
