// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localapi/localapiservice.h"
#include "tests/http/rawclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace novita {

/// The local API over the whole stack below the interface, against a simulated cloud of its own, spoken to through real sockets.
class LocalApiFixture
{
public:
    static QString token() { return QStringLiteral("a-token-for-tests-0123456789"); }

    explicit LocalApiFixture(int instances = 0, DeliveryStore *deliveries = nullptr)
        : cloud(SandboxFixture::options(instances))
        , service(parts(deliveries), cloud.stack.secrets)
    {
    }

    SandboxFixture cloud;
    LocalApiService service;

    LocalApiParts parts(DeliveryStore *deliveries = nullptr)
    {
        ClientStack &stack = cloud.stack;
        return {stack.client, stack.stores, stack.refresher, stack.commands, stack.creator, stack.startups, stack.fleet, stack.history, stack.profiles, *stack.settings,
                deliveries, stack.clock};
    }

    /// On a free port, with token().
    bool listen()
    {
        service.start({quint16(0), token()});
        return QTest::qWaitFor([this] { return service.state() == LocalApiState::Listening; }, 5000);
    }
    bool connectAndListen() { return cloud.connect() && listen(); }

    struct Answer
    {
        int status = 0;
        QByteArray head;
        QByteArray body;
        QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
        QJsonObject error() const { return json().value(QStringLiteral("error")).toObject(); }
        QString code() const { return error().value(QStringLiteral("code")).toString(); }
        QString message() const { return error().value(QStringLiteral("message")).toString(); }
        bool hasField(const QByteArray &name) const { return head.toLower().contains("\r\n" + name.toLower() + ':'); }
    };

    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(service.port()); }
    /// A request as a decent client sends it; `fields` are whole lines ending in "\r\n".
    QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {}, const QByteArray &fields = {}) const
    {
        QByteArray text = method + ' ' + target + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + token().toLatin1()
            + "\r\nConnection: close\r\n" + fields;
        if (!body.isEmpty())
            text += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
        return text + "\r\n" + body;
    }
    /// Sends exactly these bytes and reads until the connection ends.
    Answer send(const QByteArray &bytes, bool head = false) const
    {
        RawClient client(service.port());
        client.send(bytes);
        if (!client.waitForEnd(20000))
            return {};
        const QList<RawClient::Answer> answers = client.answers(head);
        return answers.isEmpty() ? Answer() : Answer{answers.first().status, answers.first().head, answers.first().body};
    }
    Answer get(const QByteArray &target, const QByteArray &fields = {}) const { return send(request("GET", target, {}, fields)); }
    Answer post(const QByteArray &target, const QByteArray &body = {}, const QByteArray &fields = {}) const { return send(request("POST", target, body, fields)); }
    Answer post(const QByteArray &target, const QJsonObject &body) const { return post(target, QJsonDocument(body).toJson(QJsonDocument::Compact)); }
    Answer remove(const QByteArray &target, const QByteArray &fields = {}) const { return send(request("DELETE", target, {}, fields)); }
};

} // namespace novita
