// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/gridaxis.h"
#include "core/prompts/promptcompletion.h"
#include "core/prompts/promptexpansion.h"
#include "core/prompts/promptlength.h"
#include "core/prompts/promptstyle.h"
#include "core/prompts/prompttags.h"
#include "core/prompts/prompttree.h"
#include "core/prompts/weightkeys.h"
#include "fuzztarget.h"

#include <QByteArray>

#include <algorithm>

using namespace novita;

// What a person types into the prompt box, what their wildcard files hold, and what styles files from elsewhere say. The lines of the input are the
// template, then the lines of two lists that may name each other and themselves.

namespace {

void checkProblems(const QList<PromptProblem> &problems, qsizetype size)
{
    for (const PromptProblem &problem : problems) {
        require(!problem.message.isEmpty(), "a problem has its sentence");
        require(problem.position >= 0 && problem.length >= 0 && problem.position + problem.length <= size, "a problem is in the text");
    }
}

void checkParts(const PromptSequence &parts, qsizetype from, qsizetype to)
{
    for (const PromptPart &part : parts) {
        require(part.position >= from && part.length > 0 && part.position + part.length <= to, "parts are in order, within their braces");
        for (const PromptOption &option : part.options) {
            require(option.weight >= 0 && option.weight <= prompttree::kMostWeight, "a weight in its range");
            checkParts(option.parts, part.position + 1, part.position + part.length - 1);
        }
        from = part.position + part.length;
    }
}

void checkTree(const QString &text)
{
    const PromptReading<PromptSequence> read = prompttree::parse(text);
    checkProblems(read.problems, text.size());
    if (read.ok())
        checkParts(read.value, 0, text.size());
    const QString escaped = prompttree::escaped(text);
    const PromptReading<PromptSequence> plain = prompttree::parse(escaped);
    if (escaped.size() > prompttree::kMostCharacters)
        return;
    require(plain.ok() && plain.value.size() == (text.isEmpty() ? 0U : 1U), "escaped text is one text");
    require(text.isEmpty() || (plain.value[0].kind == PromptPart::Kind::Text && plain.value[0].text == text), "escaped text is read as itself");
}

void checkExpansion(const QString &text, const WildcardLists &lists)
{
    const PromptReading<PromptExpansion> read = PromptExpansion::of(text, lists);
    checkProblems(read.problems, text.size());
    const PromptExpansion &expansion = read.value;
    const quint64 count = expansion.combinations();
    require(count > 0, "at least one combination");
    const auto fits = [&expansion](const ExpandedPrompt &prompt) {
        return static_cast<quint64>(promptlength::characters(prompt.text)) <= expansion.longest();
    };
    for (const quint64 index : {quint64(0), count / 2, count - 1})
        require(fits(expansion.combination(std::min(index, count - 1))), "no combination is longer than the longest");
    for (const quint64 seed : {quint64(0), quint64(42), ~quint64(0)}) {
        const ExpandedPrompt prompt = expansion.random(seed);
        require(fits(prompt) && prompt == expansion.random(seed), "a seed gives one text");
        // What can be drawn can be listed.
        if (count <= 50)
            require(expansion.firstCombinations(50).contains(prompt), "a random prompt is one of the combinations");
    }
}

void checkEditing(const QString &text, qsizetype at)
{
    for (const qsizetype length : {qsizetype(0), qsizetype(3)}) {
        for (const int steps : {1, -3}) {
            const PromptSelection after = weightkeys::changed({text, at, at + length}, steps);
            require(after.start >= 0 && after.start <= after.end && after.end <= after.text.size(), "the selection is in the text");
        }
    }
    const PromptCompletion completion = promptcompletion::at(text, at);
    require(completion.position >= 0 && completion.length >= 0 && completion.position + completion.length <= text.size(), "what is replaced is in the text");
    require(completion.length >= completion.typed.size(), "what was typed is replaced");
    const PromptSelection after = promptcompletion::completed(text, completion, QStringLiteral("name"));
    require(after.start == after.end && after.end <= after.text.size(), "the cursor is in the text");
    require(prompttags::removed(text).size() <= text.size() && (!prompttags::all(text).isEmpty() || prompttags::removed(text) == text), "tags go, and no more");
    require(promptlength::estimatedClipTokens(text) >= 0, "a number of tokens");
}

void checkGrid(const QString &text)
{
    for (const GridKind kind : {GridKind::Integer, GridKind::Number, GridKind::Text, GridKind::Switch, GridKind::PromptReplace}) {
        const PromptReading<GridAxis> axis = gridaxis::parse({QStringLiteral("x"), QStringLiteral("X"), kind, {}, {}, {}, {}}, text);
        checkProblems(axis.problems, text.size());
        require(axis.value.values.size() <= gridaxis::kMostValues, "an axis has an end");
        require(!axis.ok() || !axis.value.values.isEmpty(), "an axis has a beginning");
    }
}

void checkStyles(const QByteArray &bytes)
{
    const Result<StyleImport> read = promptstyles::read(bytes);
    if (!read)
        return;
    for (const PromptStyle &style : read->styles) {
        const Result<PromptStyle> clean = promptstyles::cleaned(style);
        require(clean.ok() && *clean == style, "an imported style is clean");
    }
    require(promptstyles::read(promptstyles::toJson(read->styles)).value().styles == read->styles, "what is written is read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t longest = 8 * 1024;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(std::min(size, longest)));
    const QString text = QString::fromUtf8(bytes);
    const QStringList lines = WildcardLists::linesOf(text);
    const qsizetype half = lines.size() / 2;
    WildcardLists lists;
    lists.insert(QStringLiteral("a"), lines.mid(1, half));
    lists.insert(QStringLiteral("b"), lines.mid(half + 1));
    checkTree(text);
    checkExpansion(text, lists);
    checkExpansion(lines.value(0), lists);
    checkEditing(text, bytes.isEmpty() ? 0 : static_cast<qsizetype>(data[0]));
    checkGrid(text);
    checkStyles(bytes);
    return 0;
}
