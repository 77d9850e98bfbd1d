// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/activitytab.h"

#include "ui/activity/textfilter.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/exportaction.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/plaintextview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QKeyEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

ActivityTab::ActivityTab(UiContext context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_filter(new SearchField(context.theme, this))
    , m_tools(new QHBoxLayout)
    , m_detailButtons(new QHBoxLayout)
    , m_table(new TableView(context.theme, this))
    , m_proxy(new TextFilter(this))
    , m_empty(new EmptyState(this))
    , m_details(new PlainTextView(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_detailsBox(new QWidget(this))
    , m_export(new ExportAction(context, *m_table, this))
    , m_exportButton(new ActionButton(m_export->action(), this))
    , m_exportBanner(new ErrorBanner(context.theme, this))
{
    buildLayout();
    connectExport();
    connect(m_filter, &SearchField::filterChanged, this, [this](const QString &text) {
        m_proxy->setText(text);
        showEmptyOrTable();
    });
    connect(m_filter, &SearchField::leaveRequested, this, &ActivityTab::focusContent);
    connect(m_empty, &EmptyState::activated, m_filter, [this] { m_filter->clear(); });
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_table->popupMenu(position, rowActions(), {m_export->action()});
    });
}

void ActivityTab::buildLayout()
{
    setFixedFont(m_details, m_context.theme);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::kRelated);
    m_filter->setMinimumWidth(220);
    m_filter->setMaximumWidth(480);
    top->addWidget(m_filter, 2);
    top->addStretch(1);
    m_tools->setSpacing(space::kRelated);
    top->addLayout(m_tools);
    top->addWidget(m_exportButton);
    m_detailButtons->setSpacing(space::kRelated);
    auto *details = new QVBoxLayout(m_detailsBox);
    details->setContentsMargins(0, space::kRelated, 0, 0);
    details->setSpacing(space::kRelated);
    details->addLayout(m_detailButtons);
    details->addWidget(m_details);
    m_detailsBox->hide();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_detailsBox);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated + space::kInside, 0, 0);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(m_exportBanner);
    layout->addLayout(top);
    layout->addWidget(m_splitter, 1);
}

void ActivityTab::connectExport()
{
    m_exportBanner->setDismissible(true);
    connect(m_export, &ExportAction::reported, m_exportBanner, [this](StateTone tone, const QString &sentence) { m_exportBanner->showMessage(tone, sentence); });
}

void ActivityTab::retranslateExport(const QString &fileStem)
{
    m_export->retranslate(fileStem);
}

void ActivityTab::setModel(QAbstractItemModel *model, const QStringList &columnIds, const QList<int> &widths)
{
    m_proxy->setSourceModel(model);
    m_table->setModel(m_proxy);
    m_table->setColumnIds(columnIds, widths);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ActivityTab::showDetails);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_proxy, signal, this, &ActivityTab::showEmptyOrTable);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &ActivityTab::showEmptyOrTable);
    showEmptyOrTable();
}

int ActivityTab::currentSourceRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : m_proxy->mapToSource(rows.first()).row();
}

void ActivityTab::showDetails()
{
    const int row = currentSourceRow();
    m_detailsBox->setVisible(row >= 0);
    if (row >= 0)
        m_details->setPlainText(detailsOf(row));
}

void ActivityTab::showEmptyOrTable()
{
    m_stack->setCurrentWidget(m_proxy->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    if (m_proxy->rowCount() == 0 && !m_detailsBox->isHidden()) {
        m_detailsBox->hide();
        m_splitter->refresh(); // on a tab that is not in view it would keep the room of what is hidden
    }
    retranslate();
    emit countChanged();
}

void ActivityTab::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ActivityTab::focusContent()
{
    m_stack->currentWidget()->setFocus();
}

void ActivityTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_detailsBox->isVisible()) {
        m_table->clearSelection();
        m_table->setFocus();
        event->accept();
        return;
    }
    CountedTab::keyPressEvent(event);
}

QJsonObject ActivityTab::saveState() const
{
    QJsonArray sizes;
    for (const int size : m_splitter->sizes())
        sizes.append(size);
    return {{QStringLiteral("columns"), m_table->saveLayout()}, {QStringLiteral("filter"), m_filter->text()}, {QStringLiteral("splitter"), sizes}};
}

void ActivityTab::restoreState(const QJsonObject &state)
{
    m_table->restoreLayout(state.value(QStringLiteral("columns")).toObject());
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString());
    QList<int> sizes;
    for (const QJsonValue &size : state.value(QStringLiteral("splitter")).toArray())
        sizes.append(size.toInt());
    // Details that were hidden have no height; with none to begin with they would come to fill the tab.
    if (sizes.size() == 2 && sizes.first() > 0 && sizes.last() > 0)
        m_splitter->setSizes(sizes);
}

} // namespace novita
