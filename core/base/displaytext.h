// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace novita {

/// Whether a character is not seen itself: control characters, marks that turn the direction of writing, zero-width blanks, joiners, tags, line and
/// paragraph separators, halves of a character, private use and what Unicode gives no meaning.
bool isUnseen(char32_t character);

/// Text from outside as one line to show: runs of white space become one blank, what isUnseen() is dropped, and what
/// is longer than `most` characters ends in "…". The joiners that scripts and emoji need stay.
QString displayLine(QStringView text, qsizetype most = 256);

/// What to call a thing that may have no name one can see: its name, else its id, each by displayLine().
QString displayName(QStringView name, QStringView id);

/// Whether pasting the text puts into a terminal what one sees, and nothing but it: at most 4096 characters, all of them seen.
bool isSafeToPaste(QStringView text);

} // namespace novita
