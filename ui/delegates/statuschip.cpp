// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/statuschip.h"

#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace novita {

namespace {

constexpr int kPadding = 8;
constexpr int kGap = 5;
constexpr int kLeastIcon = 14;
constexpr int kVertical = 2;

int iconSize(const QFontMetrics &metrics)
{
    return qMax(kLeastIcon, metrics.height() * 2 / 3);
}

QFont strongFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

void paintArc(QPainter &painter, const QRect &rect, const QColor &color, int phase)
{
    constexpr int kFullTurn = 360 * 16;
    const QRectF circle = QRectF(rect).adjusted(2, 2, -2, -2);
    QColor track = color;
    track.setAlphaF(0.25F);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(track, 2));
    painter.drawEllipse(circle);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(circle, kFullTurn / 4 - (phase % 8) * kFullTurn / 8, -kFullTurn * 3 / 10);
}

} // namespace

QSize StatusChip::size(const QFontMetrics &metrics) const
{
    return {kPadding + iconSize(metrics) + kGap + metrics.horizontalAdvance(word) + kPadding, metrics.height() + 2 * kVertical};
}

QRect StatusChip::paint(QPainter &painter, const QRect &rect, const Theme &theme, const QFont &font) const
{
    const QFont strong = strongFont(font);
    const QFontMetrics metrics(strong);
    const QSize full = size(metrics);
    QRect chip(QPoint(rect.left(), rect.center().y() - full.height() / 2), full);
    chip.setWidth(qMin(chip.width(), rect.width()));
    const QColor color = theme.toneColor(tone);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.toneSoftColor(tone));
    painter.drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    const int side = iconSize(metrics);
    const QRect icon_(chip.left() + kPadding, chip.center().y() - side / 2 + 1, side, side);
    if (changing) {
        paintArc(painter, icon_, color, phase);
    } else {
        const qreal ratio = painter.device() ? painter.device()->devicePixelRatio() : 1.0;
        painter.drawPixmap(icon_, theme.pixmap(icon, side, color, ratio));
    }
    painter.setFont(strong);
    painter.setPen(color);
    const QRect textRect = chip.adjusted(kPadding + side + kGap, 0, -kPadding + 2, 0);
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(word, Qt::ElideRight, textRect.width()));
    painter.restore();
    return chip;
}

} // namespace novita
