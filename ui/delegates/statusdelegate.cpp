// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/statusdelegate.h"

#include "ui/delegates/statuschip.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QPainter>

namespace novita {

namespace {

constexpr int kGap = 6;

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
    QRect rest = rect;
    rest.setLeft(chip.right() + kGap + 1);
    if (const QString note = index.data(NoteRole).toString(); !note.isEmpty() && rest.isValid())
        paintNote(painter, option, rest, note);
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
    const int noteWidth = note.isEmpty() ? 0 : metrics.horizontalAdvance(note) + kGap + 1;
    return {chipOf(index).size(QFontMetrics(strong)).width() + noteWidth + 2 * kPadding, plain.height()};
}

} // namespace novita
