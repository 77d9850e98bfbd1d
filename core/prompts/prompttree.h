// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptproblem.h"

#include <QString>
#include <QStringView>

#include <vector>

namespace novita {

struct PromptOption;

/// One piece of a template, in reading order.
struct PromptPart
{
    enum class Kind {
        Text,     ///< `text` goes out as it is
        Choice,   ///< one of `options` goes out
        Wildcard, ///< one line of the list called `text` goes out
    };

    Kind kind = Kind::Text;
    QString text;
    std::vector<PromptOption> options;
    qsizetype position = 0; ///< in the template; UTF-16 units
    qsizetype length = 0;   ///< of what it is made from, braces and underscores included
    bool inTag = false;     ///< of a Wildcard: within <lora:…>, where a name may have double underscores of its own
};

using PromptSequence = std::vector<PromptPart>;

/// One of the things that stand between | in braces; may be empty.
struct PromptOption
{
    qint64 weight = 0; ///< in millionths; kPlainWeight unless the template says otherwise
    PromptSequence parts;
};

namespace prompttree {

inline constexpr qint64 kPlainWeight = 1'000'000;
inline constexpr qint64 kMostWeight = 1'000'000 * kPlainWeight;
inline constexpr qsizetype kMostCharacters = 65'536; ///< of a template, UTF-16 units
inline constexpr int kMostDepth = 32;                ///< of braces in braces
inline constexpr qsizetype kMostParts = 20'000;      ///< of a template, options included

/// Reads a template of the prompt language. Pure, any thread, time linear in the length.
///
/// - `{a|b|{c|d}}`: one of the options; they nest, may be empty, and keep their blanks.
/// - `{2::a|0.5::b|c}`: weights for the random choice, 0 to 1,000,000 with up to six decimals, 1 where none is said. An option of weight 0 is
///   switched off, in combinations too.
/// - `__name__`, `__folder/name__`: a line of that wildcard list. The name has letters, digits, `-`, `.`, single `_` and blanks within; folders
///   are set apart by `/`. What does not look so is plain text.
/// - A line whose first character but blanks is `#` is a comment and goes with its line end.
/// - A backslash takes the meaning from `{ } | _ # :` and is itself left out; to have one in front of them, it is doubled. Before anything
///   else backslashes stay as they are, since Stable Diffusion programs read `\(` and `\\` themselves.
/// - `<lora:name:0.8>` and its kin (`lyco`, `hypernet`), `(text:1.2)`, `[text]` and a `|` outside braces are text.
///
/// Problems: a brace that is not closed or not opened, a weight out of range, all options switched off, and the bounds above.
PromptReading<PromptSequence> parse(QStringView text);

/// The text that parse() reads as nothing but `plain`. For putting foreign text (a file name, another program's prompt) into a template.
QString escaped(QStringView plain);

} // namespace prompttree

} // namespace novita
