// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/rowdelegate.h"

#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace novita {

namespace {

constexpr int kCellPadding = 8;
constexpr int kIconSize = 16;

QColor backgroundOf(const Theme &theme, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (option.state & QStyle::State_Selected)
        return theme.color(Token::AccentSoft);
    const auto *table = qobject_cast<const TableView *>(option.widget);
    if (table && table->hoveredRow() == index.row())
        return theme.color(Token::Window);
    return {};
}

} // namespace

RowDelegate::RowDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const QColor background = backgroundOf(m_theme, option, index);
    if (background.isValid())
        painter->fillRect(option.rect, background);
    painter->setPen(m_theme.color(Token::Line));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    // The keyboard's row is marked at its edges even when it is not selected.
    const auto *table = qobject_cast<const TableView *>(option.widget);
    if (table && table->hasFocus() && table->currentIndex().row() == index.row()) {
        painter->setPen(m_theme.color(Token::Accent));
        painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    painter->setClipRect(option.rect);
    paintContent(*painter, option, option.rect.adjusted(kCellPadding, 0, -kCellPadding, -1), index);
    painter->restore();
}

void RowDelegate::paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    QRect place = rect;
    const bool selected = option.state & QStyle::State_Selected;
    const QVariant foreground = index.data(Qt::ForegroundRole);
    QColor color = m_theme.color(Token::Text);
    if (index.data(StaleRole).toBool())
        color = m_theme.color(selected ? Token::Text2 : Token::Text3);
    else if (foreground.canConvert<QColor>() && foreground.value<QColor>().isValid())
        color = foreground.value<QColor>();
    const QString icon = index.data(IconNameRole).toString();
    if (!icon.isEmpty()) {
        const qreal ratio = painter.device() ? painter.device()->devicePixelRatio() : 1.0;
        const QPixmap pixmap = m_theme.pixmap(icon, kIconSize, m_theme.color(Token::Text2), ratio);
        painter.drawPixmap(QRect(place.left(), place.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize), pixmap);
        place.setLeft(place.left() + kIconSize + 6);
    }
    const QVariant fontData = index.data(Qt::FontRole);
    const QFont font = fontData.canConvert<QFont>() ? fontData.value<QFont>() : option.font;
    painter.setFont(font);
    painter.setPen(color);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    const QString text = index.data(Qt::DisplayRole).toString();
    const QString note = index.data(NoteRole).toString();
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideMiddle, place.width());
    painter.drawText(place, flags | Qt::TextSingleLine, shown);
    if (note.isEmpty() || shown != text)
        return;
    place.setLeft(place.left() + metrics.horizontalAdvance(text) + 6);
    painter.setPen(m_theme.color(selected ? Token::Text2 : Token::Text3));
    painter.drawText(place, flags | Qt::TextSingleLine, metrics.elidedText(note, Qt::ElideRight, place.width()));
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return {QFontMetrics(option.font).horizontalAdvance(text) + 2 * kCellPadding, m_theme.rowHeight(false)};
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    if (sizeHint(option, index).width() <= option.rect.width()) {
        QToolTip::hideText();
        return true;
    }
    // Data from the cloud is plain text; Qt would take "<b>" for rich text.
    QToolTip::showText(event->globalPos(), index.data(Qt::DisplayRole).toString().toHtmlEscaped(), view);
    return true;
}

} // namespace novita
