// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "tests/http/rawclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/tempsettings.h"

#include <QSignalSpy>

#include <optional>

namespace novita {

/// A webhook service as the program has it, with a keychain in memory, a clock that a test moves and free ports.
class WebhookBench
{
public:
    static QString secretText() { return QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"); }

    WebhookBench() { keychain.values.insert(WebhookSecrets::kSecretName, secretText()); }

    /// Makes it anew and switches it on, on a free port.
    WebhookService &start(WebhookOverrides overrides = {})
    {
        if (!overrides.port)
            overrides.port = quint16(0);
        service.reset();
        service.emplace(settings.get(), keychain, clock, folder.path(), overrides);
        service->start();
        return *service;
    }
    bool listens() const
    {
        return QTest::qWaitFor([this] { return service->status().isListening(); }, 5000);
    }

    /// The status of the answer to `body`, signed with `secret`; 0 when none came.
    int post(const QByteArray &body, const QString &secret = secretText()) const
    {
        RawClient client(service->status().port);
        const QByteArray signature = signature::signPlain(*SigningSecret::fromText(secret), body);
        client.send("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature
                    + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return client.waitForAnswers(1) ? client.answers().first().status : 0;
    }
    /// Of the clock's beginning.
    static QByteArray eventBody(const QByteArray &id)
    {
        return "{\"instanceId\":\"" + id + "\",\"status\":\"ready\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}";
    }

    FakeClock clock;
    TempSettings settings;
    FakeSecretStore keychain;
    QTemporaryDir folder;
    std::optional<WebhookService> service;
};

} // namespace novita
