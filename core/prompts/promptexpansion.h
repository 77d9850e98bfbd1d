// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptproblem.h"
#include "core/prompts/saturating.h"
#include "core/prompts/wildcardlists.h"

#include <QList>
#include <QString>

#include <memory>

namespace novita {

struct CompiledPrompt;

/// How a template becomes the prompts of several pictures.
enum class ExpansionMode {
    Random,       ///< one prompt for each picture, drawn by the picture's seed
    Combinations, ///< every prompt that the template can give, once
};

/// A prompt as it is sent, with what it was made from: both are kept with the picture.
struct ExpandedPrompt
{
    QString templateText;
    QString text;

    bool operator==(const ExpandedPrompt &) const = default;
};

/// A template with its wildcard lists resolved, ready to give prompts. A value, never changed once made: copies share it, any thread may use it.
///
/// Nothing is made until asked for: counting millions of combinations costs no more than reading the template.
class PromptExpansion
{
public:
    /// Of an empty template: one combination, the empty prompt.
    PromptExpansion();

    /// Reads `templateText` by prompttree::parse() and resolves its wildcards, those within the lines of the lists too. Problems, with their place
    /// in the template: what parse() finds, an unknown or empty list, a list that leads back to itself, a line with a mistake (list and line
    /// are named), and the bounds of promptcompiler.h. In a tag (<lora:…>) an unknown list is no problem but part of the name.
    /// With problems the value is that of an empty template.
    static PromptReading<PromptExpansion> of(const QString &templateText, const WildcardLists &lists);

    const QString &templateText() const { return m_templateText; }
    /// Whether there is anything to choose: false means that every expansion is the same.
    bool isDynamic() const;

    /// The length of the longest prompt that can come of it, in the characters of promptlength.h.
    quint64 longest() const;

    /// How many combinations there are; kMostCount for more than fit. Equal options count each, options of weight 0 do not.
    quint64 combinations() const;
    /// The combination number `index`, from 0; below combinations(). The last choice of the template changes fastest.
    ExpandedPrompt combination(quint64 index) const;
    /// The first combinations, at most `most`: for a preview.
    QList<ExpandedPrompt> firstCombinations(qsizetype most) const;

    /// The prompt of a picture with that seed. The same template, lists and seed give the same text for ever (PromptRandom): choices are met in
    /// reading order, those within the chosen option included, and each draws one number below the sum of its weights; an option owns as many
    /// numbers as its weight in millionths, in order. `stream` tells the prompt (0) from the negative prompt (1) of a picture.
    ExpandedPrompt random(quint64 seed, quint64 stream = 0) const;

private:
    QString m_templateText;
    std::shared_ptr<const CompiledPrompt> m_compiled;
};

/// How many prompts come of a template before a start, and the sentence about it.
struct ExpansionPlan
{
    quint64 available = 1; ///< combinations there are, or random prompts that are wanted
    quint64 planned = 1;   ///< of these that are made
    QString sentence;      ///< "12,000 combinations are too many at once. Made are the first: 1,000." Empty when all are made.
};

/// Combinations: all of them, but at most `most`. Random: `wanted` prompts, but at most `most`.
ExpansionPlan planExpansion(const PromptExpansion &expansion, ExpansionMode mode, quint64 wanted, quint64 most);

/// All combinations of the plan, one after the other, each made when it is asked for.
class CombinationCursor
{
public:
    explicit CombinationCursor(PromptExpansion expansion, quint64 most = kMostCount);

    bool hasNext() const { return m_next < m_end; }
    ExpandedPrompt next(); ///< while hasNext()

private:
    PromptExpansion m_expansion;
    quint64 m_next = 0;
    quint64 m_end;
};

} // namespace novita
