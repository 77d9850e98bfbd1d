// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chartlegend.h"

#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace novita {

namespace {

constexpr int kSwatch = 20;

} // namespace

ChartLegend::ChartLegend(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::setEntries(const QList<Entry> &entries)
{
    const bool others = entries.size() != m_entries.size();
    m_entries = entries;
    if (others)
        m_widest = QList<int>(entries.size(), 0);
    bool wider = others;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const int now = entryWidth(i);
        wider = wider || now > m_widest.at(i);
        m_widest[i] = qMax(m_widest.at(i), now);
    }
    if (wider)
        updateGeometry();
    update();
}

int ChartLegend::entryWidth(qsizetype index) const
{
    return kSwatch + space::kInside + fontMetrics().horizontalAdvance(m_entries.at(index).text) + 2 + space::kGroup;
}

QList<QRect> ChartLegend::places(int width) const
{
    const int height = fontMetrics().height() + space::kInside;
    QList<QRect> out;
    int x = 0;
    int y = 0;
    for (const int wide : m_widest) {
        if (x > 0 && x + wide - space::kGroup > width) {
            x = 0;
            y += height;
        }
        out.append({x, y, wide - space::kGroup, height});
        x += wide;
    }
    return out;
}

int ChartLegend::heightForWidth(int width) const
{
    const QList<QRect> all = places(width);
    return all.isEmpty() ? 0 : all.last().bottom() + 1;
}

QSize ChartLegend::sizeHint() const
{
    const int wide = qMax(160, width());
    return {wide, heightForWidth(wide)};
}

QSize ChartLegend::minimumSizeHint() const
{
    return {80, m_entries.isEmpty() ? 0 : fontMetrics().height() + space::kInside};
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<QRect> all = places(width());
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries.at(i);
        const QRect place = all.at(i);
        const int middle = place.center().y();
        if (entry.filled) {
            painter.fillRect(QRect(place.left() + 4, middle - 5, 12, 10), entry.pen.color());
        } else {
            painter.setPen(entry.pen);
            painter.drawLine(place.left(), middle, place.left() + kSwatch, middle);
        }
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect text = place.adjusted(kSwatch + space::kInside, 0, 0, 0).intersected(rect());
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(entry.text, Qt::ElideRight, text.width()));
    }
}

} // namespace novita
