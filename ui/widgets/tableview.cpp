// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableview.h"

#include "ui/delegates/rowdelegate.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>

namespace novita {

namespace {

constexpr int kMinColumn = 40;
constexpr int kMaxColumn = 2000;
constexpr int kDefaultColumn = 120;

} // namespace

TableView::TableView(Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
{
    setItemDelegate(new RowDelegate(theme, this));
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
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(kMinColumn);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    applyRowHeight();
    connect(&theme, &Theme::changed, this, &TableView::applyRowHeight);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TableView::showHeaderMenu);
    const auto changedByHand = [this] {
        if (!m_restoring)
            emit layoutChanged();
    };
    connect(header, &QHeaderView::sectionMoved, this, changedByHand);
    connect(header, &QHeaderView::sectionResized, this, changedByHand);
    connect(header, &QHeaderView::sortIndicatorChanged, this, changedByHand);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) { emit rowActivated(index.row()); });
}

void TableView::setColumnIds(const QStringList &ids, const QList<int> &widths, const QStringList &hiddenIds)
{
    m_ids = ids;
    m_widths = widths;
    m_hiddenIds = hiddenIds;
    applyDefaults();
}

void TableView::setCompact(bool compact)
{
    m_compact = compact;
    applyRowHeight();
}

void TableView::applyRowHeight()
{
    verticalHeader()->setMinimumSectionSize(space::kCompactRowHeight);
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight(m_compact));
    viewport()->update();
}

void TableView::applyDefaults()
{
    const QScopedValueRollback<bool> guard(m_restoring, true);
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < m_ids.size(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        setColumnWidth(column, m_widths.value(column, kDefaultColumn));
        setColumnHidden(column, m_hiddenIds.contains(m_ids.at(column)));
    }
}

void TableView::resetLayout()
{
    applyDefaults();
    emit layoutChanged();
}

QJsonObject TableView::saveLayout() const
{
    const QHeaderView *header = horizontalHeader();
    int lastShown = header->count() - 1;
    while (lastShown > 0 && header->isSectionHidden(header->logicalIndex(lastShown)))
        --lastShown;
    QJsonArray columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        const QString id = m_ids.value(column);
        if (id.isEmpty())
            continue;
        // A hidden section has no width to speak of and the last one is stretched: keep the default for when that changes.
        const bool hidden = isColumnHidden(column);
        const bool ownWidth = !hidden && visual != lastShown;
        columns.append(QJsonObject{{QStringLiteral("id"), id},
                                   {QStringLiteral("width"), ownWidth ? columnWidth(column) : m_widths.value(column, kDefaultColumn)},
                                   {QStringLiteral("hidden"), hidden}});
    }
    QJsonObject layout{{QStringLiteral("version"), kLayoutVersion}, {QStringLiteral("columns"), columns}};
    const QString sortId = m_ids.value(header->sortIndicatorSection());
    if (!sortId.isEmpty())
        layout.insert(QStringLiteral("sort"), QJsonObject{{QStringLiteral("id"), sortId},
                                                          {QStringLiteral("descending"), header->sortIndicatorOrder() == Qt::DescendingOrder}});
    return layout;
}

void TableView::restoreLayout(const QJsonObject &layout)
{
    if (layout.value(QStringLiteral("version")).toInt() != kLayoutVersion)
        return;
    const QScopedValueRollback<bool> guard(m_restoring, true);
    QHeaderView *header = horizontalHeader();
    int visual = 0;
    const QJsonArray columns = layout.value(QStringLiteral("columns")).toArray();
    for (const QJsonValue &value : columns) {
        const QJsonObject entry = value.toObject();
        const int column = static_cast<int>(m_ids.indexOf(entry.value(QStringLiteral("id")).toString()));
        if (column < 0 || column >= header->count())
            continue;
        header->moveSection(header->visualIndex(column), visual++);
        setColumnWidth(column, qBound(kMinColumn, entry.value(QStringLiteral("width")).toInt(kDefaultColumn), kMaxColumn));
        setColumnHidden(column, entry.value(QStringLiteral("hidden")).toBool());
    }
    if (visibleColumnCount() == 0 && !m_ids.isEmpty())
        setColumnHidden(0, false);
    const QJsonObject sort = layout.value(QStringLiteral("sort")).toObject();
    const int sortColumn = static_cast<int>(m_ids.indexOf(sort.value(QStringLiteral("id")).toString()));
    if (sortColumn >= 0)
        sortByColumn(sortColumn, sort.value(QStringLiteral("descending")).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

int TableView::visibleColumnCount() const
{
    return horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount();
}

void TableView::fillColumnMenu(QMenu *menu)
{
    menu->clear();
    for (int column = 0; column < m_ids.size(); ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // The last one stays: a table without columns has no header to bring them back.
        action->setEnabled(isColumnHidden(column) || visibleColumnCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            if (shown && columnWidth(column) < kMinColumn)
                setColumnWidth(column, m_widths.value(column, kDefaultColumn));
            emit layoutChanged();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &TableView::resetLayout);
}

void TableView::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(menu);
    menu->popup(horizontalHeader()->mapToGlobal(position));
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
    QTableView::keyPressEvent(event);
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

} // namespace novita
