// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// The application's style sheet, made from the tokens. What widgets ask for with dynamic properties:
/// `primary` (bool, one button a page), `danger` (bool), `flat` (bool) on QPushButton and QToolButton;
/// `sections` (bool) on QListWidget: a list of sections without a frame; `hairline` (bool) on QFrame; `bar` ("production") on QLabel;
/// `card` (bool) on QFrame: surface, hairline, radius; `invalid` (bool) on fields; `tone` ("text2", "text3", "bad", "warn", "good") on QLabel.
/// `textHeight` is the line height of the body font: controls grow with it. Arrows, marks and icons grow with `textSizePercent`.
QString makeStyleSheet(bool dark, int textHeight, int textSizePercent = 100);

/// A mark of `pixels` at 100 % beside text of that size: never smaller than at 100 %.
int grownWithText(int pixels, int textSizePercent);

} // namespace novita
