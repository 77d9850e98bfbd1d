// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptproblem.h"
#include "core/prompts/wildcardlists.h"

#include <QString>

#include <memory>
#include <vector>

namespace novita {

/// A template with its lists resolved, as numbers to count and to choose by. The inside of PromptExpansion.
///
/// Each list is there once however often it is named, so size and time follow what was written and not what it can become.
struct CompiledPrompt
{
    struct Piece
    {
        QString text;            ///< when choice < 0
        qsizetype choice = -1;   ///< in `choices`
        quint64 countBehind = 1; ///< combinations of the pieces that follow, saturating
    };

    struct Sequence
    {
        std::vector<Piece> pieces;
        quint64 count = 1; ///< combinations, saturating; never 0
        quint64 size = 0;  ///< characters of its longest text, and the pieces on the way to it, saturating
        quint64 length = 0; ///< of its longest text, in Unicode code points, saturating
        int listDepth = 0; ///< lists in lists below it
    };

    struct Choice
    {
        std::vector<Sequence> options;     ///< none of weight 0
        std::vector<quint64> countUpTo;    ///< combinations of the options up to and with this one, saturating
        std::vector<quint64> weightUpTo;   ///< the same for weights; bounds keep the sum below 2^63
        quint64 size = 0;
        quint64 length = 0;
        int listDepth = 0;
    };

    std::vector<Choice> choices;
    Sequence root;
};

namespace promptcompiler {

inline constexpr int kMostListDepth = 16;          ///< of lists in lists
inline constexpr qsizetype kMostParts = 1'000'000; ///< lines, options and pieces of everything that the template reaches
inline constexpr quint64 kMostSize = 65'536;       ///< of the root: bounds every expansion in length and time

/// See PromptExpansion::of(). Null with problems.
PromptReading<std::shared_ptr<const CompiledPrompt>> compile(const QString &templateText, const WildcardLists &lists);

} // namespace promptcompiler

} // namespace novita
