// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wraplayout.h"

#include "ui/theme.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace novita {

WrapLayout::WrapLayout(QWidget *parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(space::kRelated);
}

WrapLayout::~WrapLayout()
{
    qDeleteAll(m_items);
}

void WrapLayout::setFlexible(const QWidget *widget)
{
    m_flexible = widget;
    invalidate();
}

QSize WrapLayout::sizeHint() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        size.rwidth() += item->sizeHint().width() + (size.width() > 0 ? spacing() : 0);
        size.setHeight(std::max(size.height(), item->sizeHint().height()));
    }
    return size;
}

QSize WrapLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    return size;
}

void WrapLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int WrapLayout::arrange(const QRect &rect, bool move) const
{
    const bool mirrored = parentWidget() && parentWidget()->layoutDirection() == Qt::RightToLeft;
    QList<std::pair<QLayoutItem *, QRect>> line;
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    const auto endLine = [&] {
        int moved = 0;
        for (auto &[item, place] : line) {
            place.moveLeft(place.left() + moved);
            if (m_flexible && item->widget() == m_flexible) {
                moved = std::clamp(rect.width() - (x - spacing()), 0, std::max(0, item->maximumSize().width() - place.width()));
                place.setWidth(place.width() + moved);
            }
            place.moveTop(rect.y() + y + (lineHeight - place.height()) / 2);
            item->setGeometry(QStyle::visualRect(mirrored ? Qt::RightToLeft : Qt::LeftToRight, rect, place));
        }
        line.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const bool isFlexible = m_flexible && item->widget() == m_flexible;
        const int wanted = isFlexible ? item->minimumSize().width() : item->sizeHint().width();
        const QSize size(std::min(wanted, std::max(rect.width(), item->minimumSize().width())), item->sizeHint().height());
        if (x > 0 && x + size.width() > rect.width()) {
            endLine();
            x = 0;
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        if (move)
            line.append({item, QRect(QPoint(rect.x() + x, rect.y()), size)});
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y + lineHeight;
}

} // namespace novita
