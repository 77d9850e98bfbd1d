// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/guardsbench.h"
#include "core/workflows/notificationcenter.h"
#include "ui/instances/guarddialogs.h"
#include "ui/instances/idleruledialog.h"
#include "ui/instances/scheduledialog.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/products/watchdialog.h"
#include "ui/products/watchdialogs.h"
#include "ui/widgets/rulelistdialog.h"

#include <QComboBox>
#include <QTabWidget>
#include <QTest>

namespace novita {

/// Takes the picture of the dialog of that type under `window` and closes it.
template<typename Dialog>
void shootDialog(MainWindow &window, const QString &path)
{
    QTest::qWait(80);
    if (auto *dialog = window.findChild<Dialog *>()) {
        dialog->grab().save(path);
        delete dialog;
    }
}

/// Rules, their dialogs, and what is said of them.
inline void shootGuards(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    const UiContext context = fixture.context();
    GuardsBench bench(fixture);
    const InstanceId spot(QStringLiteral("i-3"));
    bench.countDown(InstanceId(QStringLiteral("i-0")));
    static_cast<void>(await(context.guards.spot.setRule(spot, SpotRule{})));
    static_cast<void>(await(context.guards.idle.setRule(spot, IdleRule())));
    ScheduleRule schedule;
    schedule.once = false;
    schedule.zone = "Europe/Berlin";
    schedule.instances = {InstanceId(QStringLiteral("i-0")), spot};
    static_cast<void>(await(context.guards.schedules.add(schedule)));
    ProductWatchRule watch;
    watch.atMost = Money::fromPriceUnits(30000);
    watch.inStock = true;
    watch.productName = QStringLiteral("RTX 4090 24GB");
    static_cast<void>(await(context.guards.watches.add(ProductId(QStringLiteral("0")), watch)));
    Notification ready;
    ready.kind = NotificationKind::Ready;
    ready.severity = EventSeverity::Success;
    ready.title = QStringLiteral("“worker-7” is ready");
    ready.text = QStringLiteral("It runs, and what was to answer has answered.");
    ready.page = QStringLiteral("instances/i-7");
    context.notifications.post(ready);
    window.resize(1280, 800);
    window.openInstance(QStringLiteral("i-0"));
    QTest::qWait(100);
    for (QTabWidget *tabs : window.currentPage()->findChildren<QTabWidget *>())
        tabs->setCurrentIndex(tabs->count() - 2);
    QTest::qWait(200);
    window.grab().save(prefix + QStringLiteral("guards-tab.png"));
    window.openInstance(spot.toString());
    QTest::qWait(200);
    window.grab().save(prefix + QStringLiteral("guards-rule.png"));
    guarddialogs::editIdleRule(context, spot, &window);
    shootDialog<IdleRuleDialog>(window, prefix + QStringLiteral("guards-idle.png"));
    guarddialogs::addSchedule(context, schedule.instances, &window);
    if (auto *dialog = window.findChild<ScheduleDialog *>()) {
        for (QComboBox *box : dialog->findChildren<QComboBox *>()) {
            if (box->count() == 4) // how often
                box->setCurrentIndex(3);
        }
    }
    shootDialog<ScheduleDialog>(window, prefix + QStringLiteral("guards-schedule.png"));
    guarddialogs::showAll(context, &window);
    shootDialog<RuleListDialog>(window, prefix + QStringLiteral("guards-all.png"));
    watchdialogs::add(context, ProductId(QStringLiteral("0")), &window);
    shootDialog<WatchDialog>(window, prefix + QStringLiteral("guards-watch.png"));
    watchdialogs::showAll(context, &window);
    shootDialog<RuleListDialog>(window, prefix + QStringLiteral("guards-watches.png"));
    context.notifications.setProfile(ProfileId());
}

} // namespace novita
