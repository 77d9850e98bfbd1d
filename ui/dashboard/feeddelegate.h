// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace novita {

class Theme;

/// An event of the feed: a quiet line of time and source, with an icon, above the sentence, which takes as many lines as it needs up to
/// three.
class FeedDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FeedDelegate)

public:
    explicit FeedDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// For the width of the view that `option` names.
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int headHeight() const;
    int iconSize() const;

    const Theme &m_theme;
};

} // namespace novita
