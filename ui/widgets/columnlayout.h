// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>

class QMenu;
class QTableView;

namespace novita {

class Theme;

/// A column as a table shows it at first.
struct ColumnSpec
{
    QString id;           ///< stable name for saved layouts: "name"; never translated
    int width = 120;      ///< at the normal text size, in device-independent pixels; grows with the text
    bool hidden = false;
    int leaves = 0;       ///< 0 = always there; of the others the greatest leaves first when the table is too narrow for all
};

/// Widths, order and choice of a table's columns. Columns that can leave give way while there is no room and come back by
/// themselves; one that the person asks for nevertheless stays. The layout is kept by column id, so that it survives new
/// and dropped columns.
class ColumnLayout final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ColumnLayout)

public:
    static constexpr int kLayoutVersion = 1;

    /// Owned by `table`, which has its header already.
    ColumnLayout(const Theme &theme, QTableView *table);

    /// One per model column, after QTableView::setModel().
    void setColumns(const QList<ColumnSpec> &columns);

    /// {"version":1,"columns":[{"id":"name","width":180,"hidden":false,"kept":false},…in visual order],
    ///  "sort":{"id":"name","descending":false}}
    QJsonObject save() const;
    /// By model column.
    QStringList ids() const;
    /// Unknown ids are ignored, missing columns keep their defaults, widths are bounded; another version changes nothing.
    void restore(const QJsonObject &layout);
    void reset();

    /// What the columns that cannot leave take together.
    int leastWidth() const;
    /// The table has another width.
    void fitToWidth();
    /// A checkable entry per column and "Reset columns"; made anew each time.
    void fillMenu(QMenu *menu);

signals:
    /// A column was moved, sized, sorted, shown or hidden by the person: time to save.
    void changedByHand();

private:
    struct Column
    {
        ColumnSpec spec;
        double width = 0;    ///< at the normal text size
        bool kept = false;   ///< asked for although there is no room
        bool noRoom = false; ///< hidden by us, not by the person
    };

    void applyDefaults();
    void applyWidth(int column);
    void noteResized(int column, int before, int after);
    void rescale();
    void shareSpare(double spare, int leastWidth);
    bool isUnsized(int column) const;
    void show(int column, bool shown);
    int columnOf(const QString &id) const;
    int lastShown() const;
    int shownCount() const;
    bool isHiddenByHand(int column) const;

    const Theme &m_theme;
    QTableView *m_table;
    QList<Column> m_columns;
    double m_scale = 1;
    bool m_ours = false; ///< what the header tells now is our own doing
};

} // namespace novita
