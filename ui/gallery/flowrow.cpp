// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/flowrow.h"

#include <algorithm>

namespace novita {

FlowRow::FlowRow(int spacing, QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowRow::~FlowRow()
{
    qDeleteAll(m_items);
}

void FlowRow::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowRow::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowRow::place(const QRect &rect, bool really) const
{
    int x = rect.left();
    int y = rect.top();
    int rowHeight = 0;
    int tallest = 0; // of all: what is lower stands in the middle
    for (QLayoutItem *item : m_items)
        tallest = std::max(tallest, item->isEmpty() ? 0 : item->sizeHint().height());
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size(std::min(item->sizeHint().width(), rect.width()), item->sizeHint().height());
        if (x > rect.left() && x + size.width() > rect.left() + rect.width()) {
            x = rect.left();
            y += rowHeight + spacing();
            rowHeight = 0;
        }
        if (really)
            item->setGeometry({QPoint(x, y + (tallest - size.height()) / 2), size});
        x += size.width() + spacing();
        rowHeight = tallest;
    }
    return y + rowHeight - rect.top();
}

int FlowRow::heightForWidth(int width) const
{
    return place({0, 0, width, 0}, false);
}

QSize FlowRow::sizeHint() const
{
    int width = 0;
    for (QLayoutItem *item : m_items)
        width += item->isEmpty() ? 0 : item->sizeHint().width() + spacing();
    return {std::max(0, width - spacing()), minimumSize().height()};
}

QSize FlowRow::minimumSize() const
{
    QSize size;
    for (QLayoutItem *item : m_items)
        size = size.expandedTo(item->isEmpty() ? QSize() : item->minimumSize());
    return size;
}

void FlowRow::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    place(rect, true);
}

} // namespace novita
