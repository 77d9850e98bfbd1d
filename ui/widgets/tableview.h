// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/columnlayout.h"

#include <QTableView>

namespace novita {

class Settings;
class Theme;

/// The house's table: whole rows, no grid, one hairline per row, tint under mouse and selection, fixed row heights, one line per cell
/// elided in the middle. Without a selection the first arrow key takes the current row. Columns can be sorted, moved, sized and hidden (ColumnLayout). Enter activates, Ctrl+C copies the
/// selected rows, Esc is left to the page.
class TableView : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    explicit TableView(Theme &theme, QWidget *parent = nullptr);

    /// After setModel(): one per model column.
    void setColumns(const QList<ColumnSpec> &columns) { m_columns->setColumns(columns); }
    /// The same for columns that never leave.
    void setColumnIds(const QStringList &ids, const QList<int> &widths = {}, const QStringList &hiddenIds = {});
    void setCompact(bool compact);
    /// Rows as high as the person wants them, now and later.
    void followCompactRows(Settings &settings);

    QJsonObject saveLayout() const { return m_columns->save(); }
    void restoreLayout(const QJsonObject &layout) { m_columns->restore(layout); }
    void resetLayout() { m_columns->reset(); }
    void fillColumnMenu(QMenu *menu) { m_columns->fillMenu(menu); }

    /// Stable names of the columns, by model column.
    QStringList columnIds() const { return m_columns->ids(); }
    /// What the columns that cannot leave take.
    int leastWidth() const;

    /// "Copy", for context menus; its shortcut works while the table has the focus.
    QAction *copyAction() const { return m_copy; }
    /// "Copy as CSV", with a line that names the columns.
    QAction *copyCsvAction() const { return m_copyCsv; }
    /// The selected rows as people see them: shown columns in their order, parted by tabs, a line per row. A cell that a
    /// spreadsheet would take for a formula gets an apostrophe in front.
    QString selectedText() const;
    /// The same as RFC 4180 with the titles of the columns in front; empty without a selection.
    QString selectedCsv() const;
    /// Numbers of the columns that are shown, in the order in which they stand.
    QList<int> shownColumns() const;
    /// The selected rows in ascending order.
    QList<int> selectedRowNumbers() const;

    /// There is a current row, and it is selected.
    bool isCurrentSelected() const;

    /// A context menu at `position` of the viewport: `actions`, "Copy", "Copy as CSV", and `more` behind them.
    void popupMenu(const QPoint &position, const QList<QAction *> &actions, const QList<QAction *> &more = {});

    /// -1 when the mouse is elsewhere.
    int hoveredRow() const { return m_hoveredRow; }
    /// Visible rows, for models that only need to refresh what is seen; {-1, -1} when empty.
    std::pair<int, int> visibleRows() const;

signals:
    /// A column was moved, sized, sorted, shown or hidden by the person: time to save.
    void layoutChanged();
    void rowActivated(int row);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void applyRowHeight();
    void setHoveredRow(int row);
    void updateRow(int row);
    void showHeaderMenu(const QPoint &position);
    void retranslate();

    Theme &m_theme;
    ColumnLayout *m_columns = nullptr;
    QAction *m_copy;
    QAction *m_copyCsv;
    int m_hoveredRow = -1;
    bool m_compact = false;
};

} // namespace novita
