// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/refresher.h"
#include "tests/http/rawclient.h"
#include "tests/support/fakesecretstore.h"
#include "tests/ui/dashboardbench.h"
#include "tests/ui/pictureroom.h"
#include "ui/widgets/timespanbar.h"

#include <QTcpServer>
#include <QTest>

#include <functional>

namespace novita {

/// Switches the receiver on; the answer posts a delivery about an instance, well or badly signed, and waits for its answer.
inline std::function<void(int, bool)> receiveWebhooks(UiFixture &fixture)
{
    const QString secret = QStringLiteral("a secret for pictures");
    fixture.secrets().values.insert(WebhookSecrets::kSecretName, secret);
    QTcpServer free;
    free.listen(QHostAddress(QHostAddress::LocalHost));
    static_cast<void>(fixture.settings().setValue(keys::kReceiverPort, int(free.serverPort())));
    free.close();
    static_cast<void>(fixture.settings().setValue(keys::kReceiverEnabled, true));
    fixture.webhooks().start();
    static_cast<void>(QTest::qWaitFor([&fixture] { return fixture.webhooks().status().isListening(); }));
    return [&fixture, secret](int number, bool good) {
        const QByteArray body = "{\"instanceId\":\"i-" + QByteArray::number(number) + "\",\"status\":\"ready\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}";
        const SigningSecret key = *SigningSecret::fromText(good ? secret : QStringLiteral("another"));
        RawClient client(fixture.webhooks().status().port);
        client.send("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature::signPlain(key, body)
                    + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        client.waitForAnswers(1);
    };
}

/// The dashboard with nothing, a few and very many instances, in another size and with another time range, and cut off.
inline void shootDashboard(ColorScheme scheme, int percent, const QString &prefix)
{
    PictureRoom room(scheme, percent, prefix + QStringLiteral("dashboard-"));
    UiFixture &fixture = room.fixture();
    DashboardBench bench(fixture);
    if (!bench.open())
        return;
    MainWindow &window = room.open(QStringLiteral("dashboard"));
    room.shot("0");
    const auto post = receiveWebhooks(fixture);
    for (int i = 0; i < 23; ++i)
        post(i, true);
    bench.fillSamples(30);
    bench.addEvents(14);
    fixture.fill(5);
    room.page().refresh();
    // Everything stands in one queue: this read comes after all that was written.
    static_cast<void>(await(fixture.context().history.samples.read(ProfileId(QStringLiteral("p")), QString(), {}, {}, 2)));
    fixture.fill(5);
    room.page().refresh();
    QTest::qWait(300);
    fixture.fill(5);
    room.shot("5");
    post(100, false);
    for (int i = 0; i < 40; ++i)
        post(200 + i, true);
    fixture.fill(10000);
    auto *bar = room.page().findChild<TimeSpanBar *>();
    bar->setSpan(Seconds(86400));
    QTest::qWait(400);
    room.shot("10000");
    fixture.fill(17);
    for (const QSize size : {QSize(1024, 700), QSize(1920, 1080)}) {
        window.resize(size);
        room.shot(size.width() > 1280 ? "wide" : "narrow");
    }
    window.resize(1280, 800);
    for (int miss = 0; miss < 3; ++miss)
        fixture.stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    room.shot("stale");
}

} // namespace novita
