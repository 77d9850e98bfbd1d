// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/listdialog.h"

#include "ui/delegates/rowdelegate.h"
#include "ui/theme.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTableWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

void setUp(QTableWidget &table, int wideColumn, const Theme &theme)
{
    table.setItemDelegate(new RowDelegate(theme, &table));
    table.setTextElideMode(Qt::ElideMiddle);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.verticalHeader()->setDefaultSectionSize(theme.rowHeight(false));
    table.verticalHeader()->hide();
    QHeaderView *header = table.horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(wideColumn, QHeaderView::Stretch);
}

} // namespace

void layOutListDialog(QDialog &dialog, const ListDialogParts &parts, const Theme &theme, QSize text)
{
    setUp(*parts.table, parts.wideColumn, theme);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    for (QPushButton *button : parts.actions)
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(parts.close);
    for (QPushButton *button : parts.actions + QList{parts.close})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(parts.note);
    layout->addWidget(parts.table, 1);
    if (parts.empty)
        layout->addWidget(parts.empty, 1);
    layout->addWidget(parts.outcome);
    layout->addLayout(buttons);
    const QWidget *parent = dialog.parentWidget();
    const QSize most = (parent ? parent->window()->size() : dialog.screen()->availableSize()) - QSize(2 * space::kPage, 2 * space::kPage);
    const QFontMetrics metrics = dialog.fontMetrics();
    dialog.resize(QSize(metrics.averageCharWidth() * text.width(), metrics.lineSpacing() * text.height()).boundedTo(most));
}

} // namespace novita
