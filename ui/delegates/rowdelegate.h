// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace novita {

class Theme;

/// How a table cell of ours looks: tint under the whole row for hover and selection, one hairline below, text elided in the middle, numbers
/// as the model aligns them with tabular figures, text-3 for stale rows (StaleRole), an icon in front (IconNameRole).
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowDelegate)

public:
    explicit RowDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Shows the whole text when the cell cuts it and the model has no tooltip of its own.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

protected:
    /// The content inside the paddings; background and hairline are done.
    virtual void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const;
    const Theme &theme() const { return m_theme; }

private:
    const Theme &m_theme;
};

} // namespace novita
