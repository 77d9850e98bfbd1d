// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/http/rawclient.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/fakesecretstore.h"
#include "tests/ui/dashboardbench.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"
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
    const auto shot = [&prefix](QWidget &widget, const char *name) {
        QTest::qWait(90);
        widget.grab().save(prefix + QStringLiteral("dashboard-%1.png").arg(QLatin1String(name)));
    };
    UiFixture fixture;
    fixture.theme().apply(scheme, percent);
    CatalogCloud cloud;
    fixture.network().setResponder([&cloud](const FakeRequest &one) {
        if (one.path().endsWith(QLatin1String("/balance/detail")))
            return FakeAnswer::payload(R"({"availableBalance":"2124000","cashBalance":"2124000"})");
        return cloud.answer(one);
    });
    DashboardBench bench(fixture);
    if (!bench.open())
        return;
    fixture.useProfile(false, false);
    fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_pictures_only"));
    fixture.context().session.start();
    MainWindow window(fixture.context());
    window.resize(1280, 800);
    window.show();
    window.openPage(QStringLiteral("dashboard"));
    QTest::qWait(200);
    shot(window, "0");
    const auto post = receiveWebhooks(fixture);
    for (int i = 0; i < 23; ++i)
        post(i, true);
    bench.fillSamples(30);
    bench.addEvents(14);
    fixture.fill(5);
    window.currentPage()->refresh();
    // Everything stands in one queue: this read comes after all that was written.
    static_cast<void>(await(fixture.context().history.samples.read(ProfileId(QStringLiteral("p")), QString(), {}, {}, 2)));
    fixture.fill(5);
    window.currentPage()->refresh();
    QTest::qWait(300);
    fixture.fill(5);
    shot(window, "5");
    post(100, false);
    for (int i = 0; i < 40; ++i)
        post(200 + i, true);
    fixture.fill(10000);
    auto *bar = window.currentPage()->findChild<TimeSpanBar *>();
    bar->setSpan(Seconds(86400));
    QTest::qWait(400);
    shot(window, "10000");
    fixture.fill(17);
    for (const QSize size : {QSize(1024, 700), QSize(1920, 1080)}) {
        window.resize(size);
        shot(window, size.width() > 1280 ? "wide" : "narrow");
    }
    window.resize(1280, 800);
    for (int miss = 0; miss < 3; ++miss)
        fixture.stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    shot(window, "stale");
}

} // namespace novita
