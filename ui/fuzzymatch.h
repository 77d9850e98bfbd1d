// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace novita {

/// How well `text` answers to `pattern`: 0 = not at all. Every character of the pattern must appear in order, case set aside;
/// consecutive characters, beginnings of words and an early first hit count more. An empty pattern fits everything equally.
int fuzzyScore(QStringView pattern, QStringView text);

} // namespace novita
