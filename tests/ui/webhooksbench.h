// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "tests/http/rawclient.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"

#include <QDir>
#include <QTcpServer>

namespace novita {

/// What the Webhooks page shows: deliveries in the store, and a receiver that really listens.
class WebhooksBench
{
public:
    explicit WebhooksBench(UiFixture &fixture) : m_fixture(fixture) {}

    static QString secretText() { return QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"); }
    /// Of the clock's beginning.
    static QByteArray eventBody(const QByteArray &id, const QByteArray &status = "ready")
    {
        return "{\"instanceId\":\"" + id + "\",\"status\":\"" + status + "\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"elapsedTime\":61234,\"reason\":\"ready\"}";
    }

    /// Switches the receiver on, with a secret, on a port that is free.
    bool listen()
    {
        m_fixture.secrets().values.insert(WebhookSecrets::kSecretName, secretText());
        return switchOn() && QTest::qWaitFor([this] { return service().status().isListening(); }, 5000);
    }
    bool switchOn()
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress(QHostAddress::LocalHost)))
            return false;
        const int port = probe.serverPort();
        probe.close();
        Settings &settings = m_fixture.settings();
        const bool set = settings.setValue(keys::kReceiverPort, port).ok() && settings.setValue(keys::kReceiverPerMinute, 0).ok() && settings.setValue(keys::kReceiverEnabled, true).ok();
        service().start();
        return set;
    }
    WebhookService &service() const { return m_fixture.webhooks(); }
    /// Before the first delivery: no one can be stored, as there is no place for the journal.
    bool blockStore() const { return QDir().mkdir(service().deliveries().status().path + QStringLiteral(".arrivals")); }

    /// The status of the answer to `body`, signed with `secret`; 0 when none came.
    int post(const QByteArray &body, const QString &secret = secretText(), const QByteArray &path = "/webhook") const
    {
        RawClient client(service().status().port);
        const QByteArray signature = signature::signPlain(*SigningSecret::fromText(secret), body);
        client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nUser-Agent: Novita-GPU-Instance-API/1.0\r\nAuthorization: Bearer sk_of_the_sender\r\n"
                    "X-Webhook-Timestamp: 1767225599\r\nX-Webhook-Signature: " + signature + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return client.waitForAnswers(1) ? client.answers().first().status : 0;
    }

    /// One of each result in turn, a second apart, the newest now.
    static Delivery sample(int number, int count, TimePoint now)
    {
        Delivery one;
        one.receivedAt = now - Seconds(count - number);
        one.path = QStringLiteral("/webhook");
        one.address = QStringLiteral("10.0.%1.%2").arg(number / 250 % 250).arg(number % 250 + 1);
        one.result = number % 3 ? DeliveryResult::Accepted : static_cast<DeliveryResult>(number / 3 % (static_cast<int>(kLastDeliveryResult) + 1));
        one.scheme = static_cast<DeliveryScheme>(1 + number % 4);
        one.headers = {{"Content-Type", "application/json"}, {"User-Agent", "Novita-GPU-Instance-API/1.0"}, {"Authorization", "•••"}};
        const bool known = one.result == DeliveryResult::Accepted || one.result == DeliveryResult::Duplicate;
        if (known) {
            one.kind = QStringLiteral("ready");
            one.subject = QStringLiteral("i-%1").arg(number);
            one.body = eventBody("i-" + QByteArray::number(number));
            one.bytes = one.body.size();
        } else {
            one.reason = one.result == DeliveryResult::BadSignature ? QStringLiteral("the signature does not match") : QStringLiteral("the timestamp is not within 5 minutes");
            one.bytes = 212;
        }
        return one;
    }

    /// Adds so many; true once all are stored.
    static bool fill(DeliveryStore &store, int count, TimePoint now, int from = 0)
    {
        std::atomic<int> stored = 0;
        for (int number = from; number < from + count; ++number) {
            if (!QTest::qWaitFor([&] { return number - from - stored < 3000; }, 30000))
                return false;
            Delivery one = sample(number, from + count, now);
            // The store finds repeats by itself.
            const bool repeats = one.result == DeliveryResult::Duplicate;
            one.result = repeats ? DeliveryResult::Accepted : one.result;
            store.add({one, {"key" + QByteArray::number(repeats ? number - 1 : number)}, [&stored](const Result<StoredDelivery> &result) { stored += result ? 1 : 0; }});
        }
        return QTest::qWaitFor([&] { return stored == count; }, 30000);
    }
    bool fill(int count) const { return fill(service().deliveries(), count, m_fixture.clock().now()); }

private:
    UiFixture &m_fixture;
};

} // namespace novita
