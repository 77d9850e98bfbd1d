// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// The content of a prompt editor and what is selected in it.
struct PromptSelection
{
    QString text;
    qsizetype start = 0; ///< in UTF-16 units; ≤ end
    qsizetype end = 0;   ///< = start: a cursor

    bool operator==(const PromptSelection &) const = default;
};

namespace weightkeys {

inline constexpr int kStep = 10;     ///< hundredths, of `(word:1.1)`
inline constexpr int kTagStep = 5;   ///< hundredths, of `<lora:name:0.8>`
inline constexpr int kMost = 1000;   ///< hundredths; the least is 0, and -kMost for a tag

/// Raises (`steps` > 0) or lowers the weight of what is selected, or of what the cursor is in or at, in the form that Stable Diffusion programs read:
/// - in a tag (<lora:…>), the tag's weight, which is added where there is none;
/// - in brackets with a weight, `(red car:1.1)`, that weight, of the innermost ones; the selection may be the inside, or the brackets too;
/// - else the selection without blanks at its ends, or the word at the cursor, is put into brackets.
/// Brackets go when the weight is back at 1. Pressing up, then down, gives the old text. A bracket after a backslash is a character, not a bracket.
///
/// What comes back selects the same words as before, so that the key can be pressed again. The selection comes back unchanged when there is no
/// word, when brackets open in the selection and close outside, or when the weight is at its end. Positions out of range are brought into it.
PromptSelection changed(const PromptSelection &before, int steps);

} // namespace weightkeys

} // namespace novita
