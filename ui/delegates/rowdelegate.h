// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace novita {

class Theme;

/// How a table cell of ours looks: tint under the whole row for hover and selection, one hairline below, text elided in the middle, numbers
/// as the model aligns them with tabular figures, text-3 for stale rows and stand-ins (StaleRole, StandInRole), an icon in front
/// (IconNameRole), a quieter note behind (NoteRole) as long as there is room to say something with it.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowDelegate)

public:
    static constexpr int kPadding = 8; ///< left and right of a cell's content

    explicit RowDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Shows the whole text when the cell cuts it and the model has no tooltip of its own.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

protected:
    /// The content inside the paddings; background and hairline are done.
    virtual void paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const;
    const Theme &theme() const { return m_theme; }
    /// Draws `note` into `rect`, cut at the right or not at all when too little of it would be left.
    void paintNote(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &note) const;
    /// Text and note, and nothing of it longer than what one could read.
    static QString wholeText(const QModelIndex &index);

private:
    const Theme &m_theme;
};

} // namespace novita
