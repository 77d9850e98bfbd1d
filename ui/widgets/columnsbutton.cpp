// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/columnsbutton.h"

#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QMenu>

namespace novita {

ColumnsButton::ColumnsButton(TableView *table, QWidget *parent)
    : QPushButton(parent)
{
    auto *columns = new QMenu(this);
    setAutoDefault(false);
    setMenu(columns);
    setProperty("hasMenu", true);
    connect(columns, &QMenu::aboutToShow, table, [table, columns] { table->fillColumnMenu(columns); });
    retranslate();
}

void ColumnsButton::retranslate()
{
    setText(tr("Columns"));
    setAccessibleName(tr("Columns"));
    setToolTip(tr("Which columns the table shows"));
}

void ColumnsButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
