// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/findnamed.h"
#include "tests/ui/pictureroom.h"
#include "tests/ui/webhooksbench.h"
#include "ui/webhooks/editreplaydialog.h"
#include "ui/webhooks/forwarddialog.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>

namespace novita {

/// The inbox of a receiver whose store takes nothing.
inline void shootStoreTrouble(ColorScheme scheme, int percent, const QString &prefix)
{
    PictureRoom room(scheme, percent, prefix + QStringLiteral("webhooks-"));
    WebhooksBench bench(room.fixture());
    if (!bench.blockStore() || !bench.listen())
        return;
    room.open(QStringLiteral("webhooks"));
    bench.post(WebhooksBench::eventBody("i-3"));
    room.shot("trouble");
}

/// The inbox while the receiver is off, without a secret, empty, with a few and very many deliveries, with details, filtered and narrow.
inline void shootWebhooks(ColorScheme scheme, int percent, const QString &prefix)
{
    PictureRoom room(scheme, percent, prefix + QStringLiteral("webhooks-"));
    UiFixture &fixture = room.fixture();
    WebhooksBench bench(fixture);
    MainWindow &window = room.open(QStringLiteral("webhooks"));
    room.shot("off");
    if (!bench.switchOn())
        return;
    room.shot("secret");
    bench.service().secrets().setSecret(WebhooksBench::secretText());
    if (!QTest::qWaitFor([&bench] { return bench.service().status().isListening(); }, 5000))
        return;
    room.shot("0");
    bench.post(WebhooksBench::eventBody("i-3"));
    bench.post(WebhooksBench::eventBody("i-4", "startup_failed"));
    bench.post(WebhooksBench::eventBody("i-4", "startup_failed"));
    bench.post(WebhooksBench::eventBody("i-3"), QStringLiteral("another secret"));
    bench.post("{\"instanceId\":\"i-3\"}");
    QTest::qWait(500);
    room.shot("5");
    auto *table = findNamed<TableView>(room.page(), QStringLiteral("Deliveries table"));
    table->selectRow(4);
    room.shot("details");
    QTabWidget *tabs = nullptr;
    for (QTabWidget *one : room.page().findChildren<QTabWidget *>())
        tabs = one->count() == 3 ? one : tabs;
    for (int tab = 1; tab < 3; ++tab) {
        tabs->setCurrentIndex(tab);
        room.shot(tab == 1 ? "headers" : "timing");
    }
    tabs->setCurrentIndex(0);
    QTest::qWait(300);
    for (const char *text : {"Replay", "Send a test delivery"})
        findAction(room.page().pageActions(), QLatin1String(text))->trigger();
    QTest::qWait(900);
    room.shot("replayed");
    table->selectRow(4);
    room.shot("duplicate");
    table->clearSelection();
    if (!bench.fill(10000))
        return;
    room.page().refresh();
    room.shot("10000");
    table->selectRow(3);
    window.resize(1024, 700);
    room.shot("narrow");
    window.resize(1280, 800);
    findNamed<QLineEdit>(room.page(), QStringLiteral("Filter deliveries"))->setText(QStringLiteral("nothing like this"));
    room.shot("nothing");
    Delivery delivery = WebhooksBench::sample(1, 2, fixture.clock().now());
    delivery.id = 12;
    EditReplayDialog edit(fixture.theme(), fixture.prompts(), delivery, true, &window);
    edit.show();
    room.shot(edit, "edit");
    edit.hide();
    ForwardDialog forward(delivery, {}, true, &window);
    forward.show();
    room.shot(forward, "forward");
}

} // namespace novita
