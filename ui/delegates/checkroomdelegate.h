// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace novita {

class Theme;

/// Keeps the text of an item clear of its check mark, which grows with the size of texts; the style's own layout does not know of that.
class CheckRoomDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckRoomDelegate)

public:
    /// `theme` must outlive it.
    CheckRoomDelegate(const Theme &theme, QObject *parent);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace novita
