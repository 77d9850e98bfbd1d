// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/batchruns.h"
#include "core/workflows/history.h"
#include "core/workflows/insight.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "tests/ui/pictureserver.h"
#include "ui/batch/batchdialog.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAction>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

namespace novita {

/// All tabs of the Templates page, and the dialogs that make something.
inline void shootTemplates(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    for (const DataKind kind : {DataKind::Clusters, DataKind::Products, DataKind::Templates, DataKind::RegistryAuths, DataKind::Storages, DataKind::Networks, DataKind::Prewarms})
        fixture.context().refresher.refresh(kind);
    window.openPage(QStringLiteral("templates"));
    QTest::qWait(300);
    QTabBar *bar = nullptr;
    for (QTabBar *one : window.currentPage()->findChildren<QTabBar *>()) {
        if (one->count() == 5)
            bar = one;
    }
    for (int i = 0; bar && i < bar->count(); ++i) {
        bar->setCurrentIndex(i);
        QTest::qWait(150);
        for (TableView *table : window.currentPage()->findChildren<TableView *>()) {
            if (table->isVisible())
                table->selectRow(0);
        }
        QTest::qWait(100);
        window.grab().save(prefix + QStringLiteral("templates-tab%1.png").arg(i + 1));
        const QList<QAction *> actions = window.currentPage()->pageActions();
        for (QAction *action : actions) {
            if (!action->isEnabled() || action->text().startsWith(QLatin1String("Create")) || action->text() == QLatin1String("Delete"))
                continue;
            action->trigger();
            QTest::qWait(150);
            const QList<FormDialog *> dialogs = window.findChildren<FormDialog *>();
            for (FormDialog *dialog : dialogs) {
                QString name = action->text();
                dialog->grab().save(prefix + QStringLiteral("dialog-%1.png").arg(name.remove(QChar(0x2026)).replace(QLatin1Char(' '), QLatin1Char('-')).toLower()));
                delete dialog;
            }
        }
    }
    if (bar)
        bar->setCurrentIndex(0);
}

/// Every tab of the details of an instance that runs.
inline void shootDetailTabs(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    PictureServer server;
    fixture.context().insight.logs.setReach(Reach::Local);
    Instance one = fixture.instance(0);
    one.gpuNum = 2;
    one.connection = ConnectionInfo();
    one.connection->sshCommand = QStringLiteral("ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai");
    one.connection->sshPassword = QStringLiteral("correct horse");
    one.connection->systemLogAddress = server.address();
    one.connection->instanceLogAddress = server.address();
    one.ports = {{8888, QStringLiteral("http"), server.address()}, {6006, QStringLiteral("tcp"), QStringLiteral("127.0.0.1:1")}};
    fixture.fill(17);
    fixture.stores().instances.adoptRows({one}, fixture.clock().now(), false);
    window.resize(1280, 800);
    window.openInstance(one.id.toString());
    QTest::qWait(200);
    for (QTabWidget *tabs : window.currentPage()->findChildren<QTabWidget *>()) {
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QTest::qWait(200);
            for (QAbstractButton *button : tabs->findChildren<QAbstractButton *>()) {
                if (i == 0 && button->isVisible() && button->text().startsWith(QLatin1String("Check")))
                    button->click();
            }
            QTest::qWait(400);
            window.grab().save(prefix + QStringLiteral("details-tab%1.png").arg(i + 1));
        }
        tabs->setCurrentIndex(0);
    }
}

/// A product whose price moved; the history of the fixture is open.
inline void shootPriceChart(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    History &history = fixture.context().history;
    const ProductId product(QStringLiteral("4090"));
    const qint64 steps[] = {41000, 35000, 35000, 38000, 33000, 35000};
    int hours = 24 * 6;
    for (const qint64 units : steps) {
        for (const auto &[mode, share] : {std::pair(BillingMode::OnDemand, 10), std::pair(BillingMode::Spot, 6)})
            history.prices.record(history.profile(), {{product, mode, fixture.clock().now() - std::chrono::hours(hours), Money::fromPriceUnits(units * share / 10), true}});
        hours -= 24;
    }
    window.openPage(QStringLiteral("products"));
    QTest::qWait(100);
    for (TableView *table : window.currentPage()->findChildren<TableView *>()) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, 0).data().toString().startsWith(QLatin1String("RTX 4090")))
                table->selectRow(row);
        }
    }
    QTest::qWait(300);
    window.grab().save(prefix + QStringLiteral("products-price.png"));
}

/// Twenty at once, under way: the cloud is slow and refuses some.
inline void shootBatch(UiFixture &fixture, const InstanceDraft &model, const QString &prefix)
{
    BatchDialog dialog(fixture.context());
    dialog.setModel(model);
    dialog.show();
    for (QSpinBox *spin : dialog.findChildren<QSpinBox *>()) {
        if (spin->accessibleName() == QLatin1String("Number of instances"))
            spin->setValue(20);
    }
    QTest::qWait(60);
    dialog.grab().save(prefix + QStringLiteral("batch-plan.png"));
    fixture.prompts().answerNext(true); // it is a production profile
    for (QAbstractButton *button : dialog.findChildren<QAbstractButton *>()) {
        if (button->accessibleName() == QLatin1String("Create all") && button->isEnabled())
            button->click();
    }
    QTest::qWait(40);
    dialog.grab().save(prefix + QStringLiteral("batch-running.png"));
    static_cast<void>(QTest::qWaitFor([&] { return !fixture.context().batches.isSending(); }, 8000));
    QTest::qWait(60);
    dialog.grab().save(prefix + QStringLiteral("batch-done.png"));
}

/// Tables with nothing and with very much in them.
inline void shootCounts(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    for (const int count : {0, 5, 10000}) {
        fixture.fill(count);
        window.openPage(QStringLiteral("instances"));
        QTest::qWait(300);
        window.grab().save(prefix + QStringLiteral("instances-%1.png").arg(count));
    }
    fixture.stores().products.replaceAll({});
    fixture.stores().templates.replaceAll({});
    for (const QString &page : {QStringLiteral("products"), QStringLiteral("templates")}) {
        window.openPage(page);
        QTest::qWait(150);
        window.grab().save(prefix + page + QStringLiteral("-0.png"));
    }
}

} // namespace novita
