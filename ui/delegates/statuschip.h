// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"

#include <QFont>
#include <QRect>
#include <QString>

class QFontMetrics;
class QPainter;

namespace novita {

class Theme;

/// A state as people see it: icon, word, soft background in the tone; never colour alone.
struct StatusChip
{
    QString word;
    QString icon;           ///< of ui/theme; drawn in the tone
    StateTone tone = StateTone::Idle;
    bool changing = false;  ///< a progress arc in place of the icon
    int phase = 0;          ///< turns the arc by an eighth a step: pass the seconds, and nothing has to animate

    /// Width for the whole word; the height follows from the font.
    QSize size(const QFontMetrics &metrics) const;
    /// Paints at the left of `rect`, vertically centred, and returns what it covered. A word too long is elided.
    QRect paint(QPainter &painter, const QRect &rect, const Theme &theme, const QFont &font) const;
};

} // namespace novita
