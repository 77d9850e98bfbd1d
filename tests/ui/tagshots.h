// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/history.h"
#include "core/workflows/instancetags.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "tests/ui/guardshots.h"
#include "ui/instances/edittags.h"
#include "ui/instances/instancedetails.h"
#include "ui/widgets/tagsdialog.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/tagfield.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

namespace novita {

/// Tags in the table, in the details, and the dialog that sets them, for one instance and for several; after shootGuards(), which has opened
/// the history file.
inline void shootTags(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    const UiContext context = fixture.context();
    context.tags.setProfile(ProfileId(QStringLiteral("pictures")));
    const auto id = [](int number) { return InstanceId(QStringLiteral("i-%1").arg(number)); };
    static_cast<void>(await(context.tags.change({id(0), id(2), id(3), id(5)}, {{QStringLiteral("production")}, {}})));
    static_cast<void>(await(context.tags.change({id(0), id(3)}, {{QStringLiteral("team a"), QStringLiteral("eu")}, {}})));
    static_cast<void>(await(context.tags.change({id(7)}, {{QStringLiteral("a tag that has very nearly 40 characters"), QStringLiteral("nightly")}, {}})));
    window.openPage(QStringLiteral("instances"));
    const QList<TableView *> tables = window.currentPage()->findChildren<TableView *>();
    for (TableView *table : tables) {
        QJsonObject layout = table->saveLayout();
        QJsonArray columns;
        for (const QJsonValue &one : layout.value(QLatin1String("columns")).toArray()) {
            QJsonObject column = one.toObject();
            if (column.value(QLatin1String("id")).toString() == QLatin1String("tags"))
                column.insert(QStringLiteral("hidden"), false);
            columns.append(column);
        }
        layout.insert(QStringLiteral("columns"), columns);
        table->restoreLayout(layout);
    }
    auto *details = window.findChild<InstanceDetails *>();
    emit details->closeRequested();
    QTest::qWait(300);
    window.grab().save(prefix + QStringLiteral("tags-table.png"));
    window.openInstance(id(0).toString());
    details->setTab(QStringLiteral("configuration"));
    QTest::qWait(300);
    window.grab().save(prefix + QStringLiteral("tags-details.png"));
    editTags(context, {id(1)}, &window);
    if (auto *field = window.findChild<TagField *>()) {
        QTest::keyClicks(field, QStringLiteral("staging, t"));
        field->completer()->popup()->grab().save(prefix + QStringLiteral("tags-offered.png"));
        field->completer()->popup()->hide();
    }
    shootDialog<TagsDialog>(window, prefix + QStringLiteral("tags-one.png"));
    editTags(context, {id(0), id(1), id(2), id(3), id(5), id(7)}, &window);
    shootDialog<TagsDialog>(window, prefix + QStringLiteral("tags-several.png"));
    context.tags.setProfile(ProfileId());
}

} // namespace novita
