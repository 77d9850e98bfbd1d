// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/rowdelegate.h"

#include "ui/format.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace novita {

namespace {

constexpr int kIconSize = 16;
constexpr int kGap = 6;
constexpr int kLeastNote = 84;          ///< of a note that is cut
constexpr qsizetype kMostDrawn = 1000;  ///< laying out a megabyte of text for one cell would stand everything still

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
    paintContent(*painter, option, option.rect.adjusted(kPadding, 0, -kPadding, -1), index);
    painter->restore();
}

void RowDelegate::paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    QRect place = rect;
    const bool selected = option.state & QStyle::State_Selected;
    const QVariant foreground = index.data(Qt::ForegroundRole);
    QColor color = m_theme.color(Token::Text);
    if (index.data(StaleRole).toBool() || index.data(StandInRole).toBool())
        color = m_theme.color(selected ? Token::Text2 : Token::Text3);
    else if (foreground.canConvert<QColor>() && foreground.value<QColor>().isValid())
        color = foreground.value<QColor>();
    const QString icon = index.data(IconNameRole).toString();
    if (!icon.isEmpty()) {
        const qreal ratio = painter.device() ? painter.device()->devicePixelRatio() : 1.0;
        const int side = m_theme.grown(kIconSize);
        const QPixmap pixmap = m_theme.pixmap(icon, side, m_theme.color(Token::Text2), ratio);
        painter.drawPixmap(QRect(place.left(), place.center().y() - side / 2 + 1, side, side), pixmap);
        place.setLeft(place.left() + side + kGap);
    }
    const QVariant fontData = index.data(Qt::FontRole);
    const QFont font = fontData.canConvert<QFont>() ? fontData.value<QFont>() : option.font;
    painter.setFont(font);
    painter.setPen(color);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    const QString text = index.data(Qt::DisplayRole).toString().left(kMostDrawn);
    const QString note = index.data(NoteRole).toString();
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, option.textElideMode, place.width());
    painter.drawText(place, flags | Qt::TextSingleLine, shown);
    if (note.isEmpty() || shown != text)
        return;
    place.setLeft(place.left() + metrics.horizontalAdvance(text) + kGap);
    paintNote(painter, option, place, note);
}

void RowDelegate::paintNote(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &note) const
{
    const QFontMetrics metrics(option.font);
    const QString shown = metrics.elidedText(note.left(kMostDrawn), Qt::ElideRight, rect.width());
    if (shown != note && rect.width() < kLeastNote)
        return;
    const bool selected = option.state & QStyle::State_Selected;
    painter.setFont(option.font);
    painter.setPen(m_theme.color(selected ? Token::Text2 : Token::Text3));
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
}

QString RowDelegate::wholeText(const QModelIndex &index)
{
    const QString text = index.data(Qt::DisplayRole).toString().left(kMostDrawn);
    const QString note = index.data(NoteRole).toString().left(kMostDrawn);
    return note.isEmpty() ? text : text + u' ' + note;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int icon = index.data(IconNameRole).toString().isEmpty() ? 0 : m_theme.grown(kIconSize) + kGap;
    return {QFontMetrics(option.font).horizontalAdvance(wholeText(index)) + kGap + icon + 2 * kPadding, m_theme.rowHeight(false)};
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.data(Qt::ToolTipRole).toString().isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const bool fits = sizeHint(option, index).width() <= option.rect.width();
    QToolTip::showText(event->globalPos(), fits ? QString() : format::toolTip(wholeText(index)), view);
    return true;
}

} // namespace novita
