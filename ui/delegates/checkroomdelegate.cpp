// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/checkroomdelegate.h"

#include "ui/theme.h"

namespace novita {

namespace {

constexpr int kMark = 16;        ///< as the style sheet draws it
constexpr int kNativeMark = 13;  ///< as the style lays it out

} // namespace

CheckRoomDelegate::CheckRoomDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void CheckRoomDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool hasMark = option->features.testFlag(QStyleOptionViewItem::HasCheckIndicator);
    if (!hasMark || option->features.testFlag(QStyleOptionViewItem::HasDecoration))
        return;
    // A decoration that draws nothing takes the room.
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = {};
    option->decorationSize = {m_theme.grown(kMark) - kNativeMark, 1};
}

} // namespace novita
