// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

#include <utility>

namespace novita::worddiff {

/// Beyond so many words of one text nothing is marked.
inline constexpr qsizetype kMostWords = 800;

/// Where in a text: from, length.
using Ranges = QList<std::pair<qsizetype, qsizetype>>;

/// For each text the words that make it another one than the rest: of the first those that any other lacks, of the
/// others those that the first lacks, in their order. Commas and brackets count as words, blanks do not count. Pure.
QList<Ranges> changed(const QStringList &texts);

} // namespace novita::worddiff
