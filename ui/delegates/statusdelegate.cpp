// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/statusdelegate.h"

#include "ui/delegates/statuschip.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QPainter>

namespace novita {

namespace {

StatusChip chipOf(const QModelIndex &index)
{
    StatusChip chip;
    chip.word = index.data(Qt::DisplayRole).toString();
    chip.icon = index.data(IconNameRole).toString();
    chip.tone = static_cast<StateTone>(index.data(ToneRole).toInt());
    chip.changing = index.data(ChangingRole).toBool();
    // Only the look of a moving arc, so the machine's clock will do; the cell is repainted when its note changes.
    chip.phase = chip.changing ? static_cast<int>(QDateTime::currentSecsSinceEpoch() % 8) : 0;
    return chip;
}

} // namespace

void StatusDelegate::paintContent(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    if (!index.data(ToneRole).isValid()) {
        RowDelegate::paintContent(painter, option, rect, index);
        return;
    }
    const QRect chip = chipOf(index).paint(painter, rect, theme(), option.font);
    const QString note = index.data(NoteRole).toString();
    QRect rest = rect;
    rest.setLeft(chip.right() + 7);
    if (note.isEmpty() || rest.width() < 12)
        return;
    const bool selected = option.state & QStyle::State_Selected;
    painter.setFont(option.font);
    painter.setPen(theme().color(selected ? Token::Text2 : Token::Text3));
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetrics(option.font).elidedText(note, Qt::ElideRight, rest.width()));
}

QSize StatusDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize plain = RowDelegate::sizeHint(option, index);
    if (!index.data(ToneRole).isValid())
        return plain;
    QFont strong = option.font;
    strong.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(option.font);
    const QString note = index.data(NoteRole).toString();
    const int noteWidth = note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + 8;
    return {chipOf(index).size(QFontMetrics(strong)).width() + noteWidth + 16, plain.height()};
}

} // namespace novita
