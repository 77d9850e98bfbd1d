// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>
#include <QTableView>

class QMenu;

namespace novita {

class Theme;

/// The house's table: whole rows, no grid, one hairline per row, tint under mouse and selection, fixed row heights, one line per cell
/// elided in the middle. Columns can be sorted, moved, sized and hidden; the layout is kept as JSON by column id, so that
/// it survives new and dropped columns. Esc is left to the page, Enter activates.
class TableView : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    static constexpr int kLayoutVersion = 1;

    explicit TableView(Theme &theme, QWidget *parent = nullptr);

    /// After setModel(): one id per model column ("name"), default widths, columns hidden at first.
    void setColumnIds(const QStringList &ids, const QList<int> &widths = {}, const QStringList &hiddenIds = {});
    void setCompact(bool compact);

    /// {"version":1,"columns":[{"id":"name","width":180,"hidden":false},…in visual order],"sort":{"id":"name","descending":false}}
    QJsonObject saveLayout() const;
    /// Unknown ids are ignored, missing columns keep their defaults, widths are bounded; another version changes nothing.
    void restoreLayout(const QJsonObject &layout);
    void resetLayout();

    /// A menu with a checkable entry per column and "Reset columns"; made anew each time, owned by `parent`.
    void fillColumnMenu(QMenu *menu);

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
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void applyRowHeight();
    void applyDefaults();
    void setHoveredRow(int row);
    void updateRow(int row);
    void showHeaderMenu(const QPoint &position);
    int visibleColumnCount() const;

    Theme &m_theme;
    QStringList m_ids;
    QList<int> m_widths;
    QStringList m_hiddenIds;
    int m_hoveredRow = -1;
    bool m_compact = false;
    bool m_restoring = false;
};

} // namespace novita
