// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/trayicon.h"

#include "ui/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>

namespace novita {

namespace {

constexpr std::array kSizes{16, 20, 22, 24, 32, 44, 48, 64, 96, 128};
/// Heights of the bars in sixteenths of the ground.
constexpr std::array kBars{4, 7, 11};

/// The mark in the corner, `grown` by so much on each side.
QPainterPath markPath(StateTone tone, const QRectF &place, qreal grown)
{
    QPainterPath path;
    if (tone == StateTone::Bad) {
        path.addEllipse(place.adjusted(-grown, -grown, grown, grown));
        return path;
    }
    const QRectF box = place.adjusted(-1.6 * grown, -2 * grown, 1.6 * grown, grown);
    path.moveTo(box.center().x(), box.top());
    path.lineTo(box.bottomRight());
    path.lineTo(box.bottomLeft());
    path.closeSubpath();
    return path;
}

void drawMark(QPainter &painter, const Theme &theme, StateTone tone, int size)
{
    const qreal side = std::round(size * 0.5);
    const QRectF place(size - side, size - side, side, side);
    // The ring keeps the mark apart from the ground, and is what is seen of it on a panel of its own colour.
    painter.fillPath(markPath(tone, place, std::max(1.0, size / 16.0)), theme.color(Token::Surface));
    painter.fillPath(markPath(tone, place, 0), theme.toneColor(tone));
}

QPixmap drawn(const Theme &theme, StateTone tone, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Accent));
    const qreal radius = size * 0.2;
    painter.drawRoundedRect(QRectF(0, 0, size, size), radius, radius);

    // Bars of whole pixels: a bar between two pixels is a grey smear at 16.
    painter.setBrush(theme.color(Token::OnAccent));
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int width = 2 * static_cast<int>(std::lround(size * 0.09)); // even, so that three of them stand in the middle
    const int gap = static_cast<int>(std::lround(size * 0.1));
    const int count = static_cast<int>(kBars.size());
    int left = (size - count * width - (count - 1) * gap) / 2;
    const int bottom = size - (size - kBars.back() * size / 16) / 2;
    for (const int bar : kBars) {
        const int height = std::max(1, bar * size / 16);
        painter.drawRect(left, bottom - height, width, height);
        left += width + gap;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (tone == StateTone::Warn || tone == StateTone::Bad)
        drawMark(painter, theme, tone, size);
    return pixmap;
}

} // namespace

QIcon trayIcon(const Theme &theme, StateTone tone)
{
    QIcon icon;
    for (const int size : kSizes)
        icon.addPixmap(drawn(theme, tone, size));
    return icon;
}

} // namespace novita
