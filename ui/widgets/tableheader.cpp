// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableheader.h"

#include "ui/delegates/rowdelegate.h"
#include "ui/format.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QToolTip>

namespace novita {

namespace {

constexpr int kArrow = 8; ///< at the normal text size
constexpr int kArrowGap = 4;
constexpr int kRoomAboveAndBelow = 12;

} // namespace

TableHeader::TableHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setStretchLastSection(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        viewport()->update();
    });
}

QString TableHeader::textOf(int logicalIndex) const
{
    return model() ? model()->headerData(logicalIndex, orientation()).toString() : QString();
}

bool TableHeader::isSortedBy(int logicalIndex) const
{
    return isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
}

bool TableHeader::isRightAligned(int logicalIndex) const
{
    return model() && (model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
}

QRect TableHeader::textRectIn(const QRect &section, int logicalIndex) const
{
    const bool right = isRightAligned(logicalIndex);
    const int arrow = m_theme.grown(kArrow);
    QRect inner = section.adjusted(RowDelegate::kPadding, 0, -RowDelegate::kPadding, -1);
    if (isSortedBy(logicalIndex))
        right ? inner.setLeft(inner.left() + arrow + kArrowGap) : inner.setRight(inner.right() - arrow - kArrowGap);
    const int wanted = fontMetrics().horizontalAdvance(textOf(logicalIndex));
    if (wanted >= inner.width())
        return inner;
    return right ? QRect(inner.right() - wanted + 1, inner.top(), wanted, inner.height()) : QRect(inner.topLeft(), QSize(wanted, inner.height()));
}

QRect TableHeader::textRect(int logicalIndex) const
{
    return textRectIn(QRect(sectionViewportPosition(logicalIndex), 0, sectionSize(logicalIndex), height()), logicalIndex);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    if (!rect.isValid())
        return;
    QStyleOptionHeaderV2 option;
    initStyleOption(&option);
    option.rect = rect;
    initStyleOptionForIndex(&option, logicalIndex);
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setClipRect(rect);
    painter->fillRect(rect, m_theme.color(hovered ? Token::Window : Token::Surface));
    painter->setPen(m_theme.color(Token::Line));
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const QRect text = textRectIn(rect, logicalIndex);
    painter->setPen(m_theme.color(hovered ? Token::Text : Token::Text2));
    // Asked only when it is needed: at the very width of the text, rounding would cut it.
    QString shown = textOf(logicalIndex);
    if (fontMetrics().horizontalAdvance(shown) > text.width())
        shown = fontMetrics().elidedText(shown, Qt::ElideRight, text.width());
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextDontClip, shown);
    if (isSortedBy(logicalIndex)) {
        const int arrow = m_theme.grown(kArrow);
        const int left = isRightAligned(logicalIndex) ? text.left() - kArrowGap - arrow : text.right() + 1 + kArrowGap;
        const QString icon = sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down");
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        painter->drawPixmap(QRect(left, text.center().y() - arrow / 2 + 1, arrow, arrow),
                            m_theme.pixmap(icon, arrow, m_theme.color(Token::Text2), ratio));
    }
    painter->restore();
}

QSize TableHeader::sectionSizeFromContents(int logicalIndex) const
{
    const int text = fontMetrics().horizontalAdvance(textOf(logicalIndex));
    return {text + kArrowGap + m_theme.grown(kArrow) + 2 * RowDelegate::kPadding, fontMetrics().height() + kRoomAboveAndBelow + 1};
}

bool TableHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int section = logicalIndexAt(help->pos());
    if (section < 0 || model()->headerData(section, orientation(), Qt::ToolTipRole).isValid())
        return QHeaderView::viewportEvent(event);
    const QString text = textOf(section);
    const bool cut = fontMetrics().horizontalAdvance(text) > textRect(section).width();
    QToolTip::showText(help->globalPos(), cut ? format::toolTip(text) : QString(), this);
    return true;
}

} // namespace novita
