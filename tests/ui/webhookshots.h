// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/sessioncontroller.h"
#include "tests/support/catalogcloud.h"
#include "tests/ui/webhooksbench.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/webhooks/editreplaydialog.h"
#include "ui/webhooks/forwarddialog.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QLineEdit>
#include <QTabWidget>
#include <QTest>

namespace novita {

/// The inbox while the receiver is off, without a secret, empty, with a few and very many deliveries, with details, filtered and narrow.
inline void shootWebhooks(ColorScheme scheme, int percent, const QString &prefix)
{
    const auto shot = [&prefix](QWidget &widget, const char *name) {
        QTest::qWait(300);
        widget.grab().save(prefix + QStringLiteral("webhooks-%1.png").arg(QLatin1String(name)));
    };
    UiFixture fixture;
    fixture.theme().apply(scheme, percent);
    const CatalogCloud cloud;
    fixture.network().setResponder([&cloud](const FakeRequest &one) { return cloud.answer(one); });
    fixture.useProfile(false, false);
    fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_pictures_only"));
    fixture.context().session.start();
    WebhooksBench bench(fixture);
    MainWindow window(fixture.context());
    window.resize(1280, 800);
    window.show();
    window.openPage(QStringLiteral("webhooks"));
    shot(window, "off");
    if (!bench.switchOn())
        return;
    shot(window, "secret");
    bench.service().secrets().setSecret(WebhooksBench::secretText());
    if (!QTest::qWaitFor([&bench] { return bench.service().status().isListening(); }, 5000))
        return;
    shot(window, "0");
    bench.post(WebhooksBench::eventBody("i-3"));
    bench.post(WebhooksBench::eventBody("i-4", "startup_failed"));
    bench.post(WebhooksBench::eventBody("i-4", "startup_failed"));
    bench.post(WebhooksBench::eventBody("i-3"), QStringLiteral("another secret"));
    bench.post("{\"instanceId\":\"i-3\"}");
    QTest::qWait(500);
    shot(window, "5");
    const auto tableNamed = [&window](const QString &name) {
        for (TableView *one : window.currentPage()->findChildren<TableView *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return static_cast<TableView *>(nullptr);
    };
    TableView *table = tableNamed(QStringLiteral("Deliveries table"));
    table->selectRow(4);
    shot(window, "details");
    QTabWidget *tabs = nullptr;
    for (QTabWidget *one : window.currentPage()->findChildren<QTabWidget *>())
        tabs = one->count() == 3 ? one : tabs;
    for (int tab = 1; tab < 3; ++tab) {
        tabs->setCurrentIndex(tab);
        shot(window, tab == 1 ? "headers" : "timing");
    }
    tabs->setCurrentIndex(0);
    QTest::qWait(300);
    for (QAction *action : window.currentPage()->pageActions()) {
        if (action->text() == QLatin1String("Replay") || action->text() == QLatin1String("Send a test delivery"))
            action->trigger();
    }
    QTest::qWait(900);
    shot(window, "replayed");
    table->selectRow(4);
    shot(window, "duplicate");
    table->clearSelection();
    if (!bench.fill(10000))
        return;
    window.currentPage()->refresh();
    shot(window, "10000");
    table->selectRow(3);
    window.resize(1024, 700);
    shot(window, "narrow");
    window.resize(1280, 800);
    for (QLineEdit *field : window.currentPage()->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == QLatin1String("Filter deliveries"))
            field->setText(QStringLiteral("nothing like this"));
    }
    shot(window, "nothing");
    Delivery delivery = WebhooksBench::sample(1, 2, fixture.clock().now());
    delivery.id = 12;
    EditReplayDialog edit(fixture.theme(), fixture.prompts(), delivery, true, &window);
    edit.show();
    shot(edit, "edit");
    edit.hide();
    ForwardDialog forward(delivery, {}, true, &window);
    forward.show();
    shot(forward, "forward");
}

} // namespace novita
