// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableview.h"

#include "core/base/displaytext.h"
#include "core/base/tabletext.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/delegates/rowdelegate.h"
#include "ui/theme.h"
#include "ui/widgets/tableheader.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostCopied = 1000; ///< characters of a cell

} // namespace

TableView::TableView(Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_copy(new QAction(this))
    , m_copyCsv(new QAction(this))
{
    setHorizontalHeader(new TableHeader(theme, this));
    m_columns = new ColumnLayout(theme, this);
    setItemDelegate(new RowDelegate(theme, this));
    setTextElideMode(Qt::ElideMiddle); // names often differ at their ends
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setSortingEnabled(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    // ResizeToContents asks every row for its size on each change; fixed heights are what keeps 10,000 rows cheap.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    applyRowHeight();
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    addAction(m_copy);
    connect(&theme, &Theme::changed, this, &TableView::applyRowHeight);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &TableView::showHeaderMenu);
    connect(m_columns, &ColumnLayout::changedByHand, this, &TableView::layoutChanged);
    connect(m_copy, &QAction::triggered, this, [this] {
        if (const QString text = selectedText(); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    connect(m_copyCsv, &QAction::triggered, this, [this] {
        if (const QString text = selectedCsv(); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) { emit rowActivated(index.row()); });
    retranslate();
}

void TableView::setColumnIds(const QStringList &ids, const QList<int> &widths, const QStringList &hiddenIds)
{
    QList<ColumnSpec> columns;
    for (qsizetype i = 0; i < ids.size(); ++i)
        columns.append({ids.at(i), widths.value(i, ColumnSpec().width), hiddenIds.contains(ids.at(i))});
    setColumns(columns);
}

void TableView::setCompact(bool compact)
{
    m_compact = compact;
    applyRowHeight();
}

void TableView::followCompactRows(Settings &settings)
{
    const auto follow = [this, &settings] { setCompact(settings.value(keys::kCompactRows)); };
    follow();
    connect(&settings, &Settings::changed, this, [follow](const QString &key) {
        if (key == keys::kCompactRows.name)
            follow();
    });
}

void TableView::applyRowHeight()
{
    verticalHeader()->setMinimumSectionSize(space::kCompactRowHeight);
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight(m_compact));
    viewport()->update();
}

void TableView::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(menu);
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

void TableView::popupMenu(const QPoint &position, const QList<QAction *> &actions, const QList<QAction *> &more)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(actions);
    menu->addSeparator();
    menu->addActions({m_copy, m_copyCsv});
    menu->addActions(more);
    menu->popup(viewport()->mapToGlobal(position));
}

std::pair<int, int> TableView::visibleRows() const
{
    if (!model() || model()->rowCount() == 0)
        return {-1, -1};
    const int first = qMax(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    return {first, last < 0 ? model()->rowCount() - 1 : last};
}

void TableView::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row) - 1, viewport()->width(), rowHeight(row) + 2);
}

void TableView::setHoveredRow(int row)
{
    if (row == m_hoveredRow)
        return;
    updateRow(m_hoveredRow);
    m_hoveredRow = row;
    updateRow(m_hoveredRow);
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    setHoveredRow(rowAt(qRound(event->position().y())));
}

void TableView::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    setHoveredRow(-1);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid() && !event->modifiers()) {
        emit rowActivated(currentIndex().row());
        event->accept();
        return;
    }
    // The row where the keyboard stands, when nothing is selected: else the first row could only be had by going back to it.
    const bool arrow = (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) && !(event->modifiers() & ~Qt::KeypadModifier);
    if (arrow && currentIndex().isValid() && !selectionModel()->hasSelection()) {
        selectionModel()->setCurrentIndex(currentIndex(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(currentIndex());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

bool TableView::isCurrentSelected() const
{
    return currentIndex().isValid() && selectionModel()->isSelected(currentIndex());
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_columns->fitToWidth();
}

int TableView::leastWidth() const
{
    return m_columns->leastWidth() + verticalScrollBar()->sizeHint().width() + 2 * frameWidth();
}

QList<int> TableView::selectedRowNumbers() const
{
    // Range by range: QItemSelectionModel::selectedRows() asks for each row whether each of its cells is selected.
    QList<int> rows;
    const QItemSelection ranges = selectionModel() ? selectionModel()->selection() : QItemSelection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QList<int> TableView::shownColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        if (const int column = horizontalHeader()->logicalIndex(visual); !isColumnHidden(column))
            columns.append(column);
    }
    return columns;
}

QString TableView::selectedText() const
{
    const QList<int> columns = shownColumns();
    QStringList lines;
    for (const int row : selectedRowNumbers()) {
        QStringList cells;
        for (const int column : columns)
            cells.append(formulaSafe(displayLine(model()->index(row, column).data().toString(), kMostCopied)));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

QString TableView::selectedCsv() const
{
    const QList<int> rows = selectedRowNumbers();
    const QList<int> columns = shownColumns();
    if (rows.isEmpty())
        return {};
    TextTable table;
    for (const int column : columns) {
        table.ids.append(QString());
        table.titles.append(model()->headerData(column, Qt::Horizontal).toString());
    }
    for (const int row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells.append(displayLine(model()->index(row, column).data().toString(), kMostCopied));
        table.rows.append(cells);
    }
    return QString::fromUtf8(toCsv(table));
}

void TableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    updateRow(currentIndex().row());
}

void TableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    updateRow(currentIndex().row());
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    updateRow(previous.row());
    updateRow(current.row());
}

void TableView::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_copyCsv->setText(tr("Copy as CSV"));
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
