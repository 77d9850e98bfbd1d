// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

namespace novita {

/// The colour of `token`: the only place where colours are written down.
QColor tokenColor(Token token, bool dark);
/// Colours a profile can be marked with: "blue", "green", "orange", "purple", "red", "grey"; another name gives grey.
QColor profileTokenColor(const QString &name, bool dark);
/// The colour of the `index`-th series of a chart; more than kSeriesColors go round.
inline constexpr int kSeriesColors = 7;
QColor seriesTokenColor(int index, bool dark);
/// The soft background that belongs to a state's tone, and the tone itself.
Token toneToken(StateTone tone);
Token toneSoftToken(StateTone tone);

} // namespace novita
