// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptexpansion.h"

#include "core/prompts/promptcompiler.h"
#include "core/prompts/promptrandom.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

struct PromptExpansionWords
{
    Q_DECLARE_TR_FUNCTIONS(PromptExpansion)
};

using Sequence = CompiledPrompt::Sequence;
using Choice = CompiledPrompt::Choice;

const std::shared_ptr<const CompiledPrompt> &nothing()
{
    static const std::shared_ptr<const CompiledPrompt> compiled = std::make_shared<const CompiledPrompt>();
    return compiled;
}

/// The option that owns `number`, by the sums of what each owns.
std::size_t ownerOf(const std::vector<quint64> &sums, quint64 number)
{
    return static_cast<std::size_t>(std::upper_bound(sums.begin(), sums.end(), number) - sums.begin());
}

void appendCombination(const CompiledPrompt &prompt, const Sequence &sequence, quint64 index, QString &out)
{
    for (const CompiledPrompt::Piece &piece : sequence.pieces) {
        if (piece.choice < 0) {
            out += piece.text;
            continue;
        }
        const Choice &choice = prompt.choices.at(static_cast<std::size_t>(piece.choice));
        const quint64 own = index / piece.countBehind;
        index %= piece.countBehind;
        const std::size_t option = ownerOf(choice.countUpTo, own);
        appendCombination(prompt, choice.options.at(option), own - (option > 0 ? choice.countUpTo.at(option - 1) : 0), out);
    }
}

void appendRandom(const CompiledPrompt &prompt, const Sequence &sequence, PromptRandom &random, QString &out)
{
    for (const CompiledPrompt::Piece &piece : sequence.pieces) {
        if (piece.choice < 0) {
            out += piece.text;
            continue;
        }
        const Choice &choice = prompt.choices.at(static_cast<std::size_t>(piece.choice));
        appendRandom(prompt, choice.options.at(ownerOf(choice.weightUpTo, random.below(choice.weightUpTo.back()))), random, out);
    }
}

} // namespace

PromptExpansion::PromptExpansion()
    : m_compiled(nothing())
{
}

PromptReading<PromptExpansion> PromptExpansion::of(const QString &templateText, const WildcardLists &lists)
{
    PromptReading<PromptExpansion> out;
    auto compiled = promptcompiler::compile(templateText, lists);
    out.problems = compiled.problems;
    if (out.ok()) {
        out.value.m_templateText = templateText;
        out.value.m_compiled = std::move(compiled.value);
    }
    return out;
}

bool PromptExpansion::isDynamic() const
{
    return combinations() > 1;
}

quint64 PromptExpansion::longest() const
{
    return m_compiled->root.length;
}

quint64 PromptExpansion::combinations() const
{
    return m_compiled->root.count;
}

ExpandedPrompt PromptExpansion::combination(quint64 index) const
{
    Q_ASSERT(index < combinations());
    ExpandedPrompt out{m_templateText, {}};
    appendCombination(*m_compiled, m_compiled->root, std::min(index, combinations() - 1), out.text);
    return out;
}

QList<ExpandedPrompt> PromptExpansion::firstCombinations(qsizetype most) const
{
    QList<ExpandedPrompt> out;
    for (CombinationCursor cursor(*this, static_cast<quint64>(std::max<qsizetype>(most, 0))); cursor.hasNext();)
        out.append(cursor.next());
    return out;
}

ExpandedPrompt PromptExpansion::random(quint64 seed, quint64 stream) const
{
    ExpandedPrompt out{m_templateText, {}};
    PromptRandom random(seed, stream);
    appendRandom(*m_compiled, m_compiled->root, random, out.text);
    return out;
}

ExpansionPlan planExpansion(const PromptExpansion &expansion, ExpansionMode mode, quint64 wanted, quint64 most)
{
    ExpansionPlan plan;
    plan.available = mode == ExpansionMode::Combinations ? expansion.combinations() : wanted;
    plan.planned = std::min(plan.available, most);
    if (plan.planned == plan.available)
        return plan;
    const QString available = QLocale().toString(qulonglong(plan.available));
    const QString planned = QLocale().toString(qulonglong(plan.planned));
    if (mode == ExpansionMode::Random)
        plan.sentence = PromptExpansionWords::tr("%1 prompts are too many at once. Made at a time: %2.").arg(available, planned);
    else if (plan.available == kMostCount)
        plan.sentence = PromptExpansionWords::tr("There are more combinations than can be counted. Made are the first: %1.").arg(planned);
    else
        plan.sentence = PromptExpansionWords::tr("%1 combinations are too many at once. Made are the first: %2.").arg(available, planned);
    return plan;
}

CombinationCursor::CombinationCursor(PromptExpansion expansion, quint64 most)
    : m_expansion(std::move(expansion))
    , m_end(std::min(m_expansion.combinations(), most))
{
}

ExpandedPrompt CombinationCursor::next()
{
    Q_ASSERT(hasNext());
    return m_expansion.combination(m_next++);
}

} // namespace novita
