// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSplitter>

class QAction;
class QKeyEvent;

namespace novita {

class TableView;

/// A list and the details of its selected row: side by side as long as the columns that cannot leave have room beside the details, else the
/// details below. They are hidden until openDetails(). What each takes is kept as the person set it.
class DetailsSplitter final : public QSplitter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailsSplitter)

public:
    static constexpr int kDetailsWidth = 420;

    /// Takes `list` and `details`; `table` is `list` or stands in it.
    DetailsSplitter(QWidget *list, TableView *table, QWidget *details, QWidget *parent = nullptr);

    bool isBeside() const { return orientation() == Qt::Horizontal; }
    void openDetails();
    /// Clears the selection as well; the keyboard goes from the details to the table.
    void closeDetails();
    /// For the owner's keyPressEvent(): takes Escape while the details show, by closeRequested().
    bool takesEscape(QKeyEvent *event);
    /// What the table's context menu offers, in front of "Copy".
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }

    int detailsWidth() const { return m_detailsWidth; }
    /// Of an earlier run; what makes no sense is left aside.
    void setDetailsWidth(int width);

signals:
    void closeRequested();
    /// isBeside() is another.
    void turned();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void shareRoom();
    void noteShare();

    TableView *m_table;
    QWidget *m_details;
    QList<QAction *> m_menuActions;
    int m_detailsWidth = kDetailsWidth;
    double m_detailsShare = 0.6; ///< of the height, where they are below the list
};

} // namespace novita
