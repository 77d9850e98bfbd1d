// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptcompiler.h"

#include "core/base/displaytext.h"
#include "core/prompts/promptlength.h"
#include "core/prompts/prompttree.h"
#include "core/prompts/saturating.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

namespace novita::promptcompiler {

namespace {

struct PromptCompiler
{
    Q_DECLARE_TR_FUNCTIONS(PromptCompiler)
};

constexpr qsizetype kMostProblems = 20;
constexpr qsizetype kExcerpt = 40;

class Compiler
{
public:
    explicit Compiler(const WildcardLists &lists)
        : m_lists(lists)
    {
    }

    PromptReading<std::shared_ptr<const CompiledPrompt>> run(const QString &templateText)
    {
        PromptReading<PromptSequence> tree = prompttree::parse(templateText);
        if (!tree.ok())
            return {nullptr, tree.problems};
        m_out->root = sequenceOf(tree.value, nullptr);
        if (m_problems.isEmpty() && m_out->root.size > kMostSize) {
            const QString message = PromptCompiler::tr("This can become longer than %1 characters.").arg(kMostSize);
            m_problems.append({0, templateText.size(), message});
        }
        if (!m_problems.isEmpty())
            return {nullptr, m_problems};
        return {std::shared_ptr<const CompiledPrompt>(std::move(m_out)), {}};
    }

private:
    using Piece = CompiledPrompt::Piece;
    using Sequence = CompiledPrompt::Sequence;
    using Choice = CompiledPrompt::Choice;

    void report(const PromptPart &place, const QString &message)
    {
        if (m_problems.size() < kMostProblems)
            m_problems.append({place.position, place.length, message});
    }

    bool hasRoom(const PromptPart &place, std::size_t parts)
    {
        m_parts += static_cast<qsizetype>(parts);
        if (m_parts <= kMostParts)
            return true;
        if (!std::exchange(m_full, true))
            report(place, PromptCompiler::tr("The wildcard lists of this prompt have more than %1 parts together.").arg(kMostParts));
        return false;
    }

    /// `place`: the part of the template that led here; null in the template itself, where each part is its own.
    Sequence sequenceOf(PromptSequence &parts, const PromptPart *place)
    {
        Sequence out;
        out.pieces.reserve(parts.size());
        for (PromptPart &part : parts) {
            const PromptPart &at = place ? *place : part;
            if (!hasRoom(at, 1))
                break;
            Piece piece;
            if (part.kind == PromptPart::Kind::Choice)
                piece.choice = choiceOf(part, at);
            else if (part.kind == PromptPart::Kind::Wildcard && !(part.inTag && !m_lists.contains(part.text)))
                piece.choice = listOf(part.text, at);
            else if (part.kind == PromptPart::Kind::Wildcard)
                piece.text = QLatin1String("__") + part.text + QLatin1String("__");
            else
                piece.text = std::move(part.text);
            out.pieces.push_back(std::move(piece));
        }
        measure(out);
        return out;
    }

    void measure(Sequence &sequence) const
    {
        for (auto piece = sequence.pieces.rbegin(); piece != sequence.pieces.rend(); ++piece) {
            piece->countBehind = sequence.count;
            sequence.size = saturatingSum(sequence.size, 1 + static_cast<quint64>(piece->text.size()));
            sequence.length = saturatingSum(sequence.length, static_cast<quint64>(promptlength::characters(piece->text)));
            if (piece->choice < 0)
                continue;
            const Choice &choice = m_out->choices.at(static_cast<std::size_t>(piece->choice));
            sequence.count = saturatingProduct(sequence.count, choice.countUpTo.empty() ? 1 : choice.countUpTo.back());
            sequence.size = saturatingSum(sequence.size, choice.size);
            sequence.length = saturatingSum(sequence.length, choice.length);
            sequence.listDepth = std::max(sequence.listDepth, choice.listDepth);
        }
    }

    static void add(Choice &choice, Sequence option, qint64 weight)
    {
        const quint64 count = choice.countUpTo.empty() ? 0 : choice.countUpTo.back();
        const quint64 weights = choice.weightUpTo.empty() ? 0 : choice.weightUpTo.back();
        choice.countUpTo.push_back(saturatingSum(count, option.count));
        choice.weightUpTo.push_back(weights + static_cast<quint64>(weight));
        choice.size = std::max(choice.size, option.size);
        choice.length = std::max(choice.length, option.length);
        choice.listDepth = std::max(choice.listDepth, option.listDepth);
        choice.options.push_back(std::move(option));
    }

    qsizetype keep(Choice choice)
    {
        m_out->choices.push_back(std::move(choice));
        return static_cast<qsizetype>(m_out->choices.size()) - 1;
    }

    qsizetype choiceOf(PromptPart &part, const PromptPart &place)
    {
        Choice choice;
        for (PromptOption &option : part.options) {
            if (!hasRoom(place, 1))
                break;
            // What is switched off may name lists that are not there.
            if (option.weight > 0)
                add(choice, sequenceOf(option.parts, &place == &part ? nullptr : &place), option.weight);
        }
        return keep(std::move(choice));
    }

    /// Most lines of most lists are plain: they share their text with the list.
    static bool isPlain(const QString &line)
    {
        return !line.startsWith(u'#') && !line.contains(QLatin1String("__"))
               && std::none_of(line.begin(), line.end(), [](QChar c) { return c == u'{' || c == u'}' || c == u'\\' || c == u'\n' || c == u'\t'; })
               && !line.startsWith(u' ');
    }

    PromptSequence treeOf(const QString &line, const QString &list, const PromptPart &place)
    {
        if (isPlain(line))
            return {{PromptPart::Kind::Text, line, {}, 0, line.size(), false}};
        PromptReading<PromptSequence> tree = prompttree::parse(line);
        if (tree.ok())
            return std::move(tree.value);
        report(place, PromptCompiler::tr("A line of the list “%1” has a mistake. “%2”: %3").arg(list, displayLine(line, kExcerpt), tree.problems.first().message));
        return {};
    }

    bool mayOpen(const QString &name, const PromptPart &place)
    {
        if (m_open.contains(name)) {
            const QString circle = m_open.mid(m_open.indexOf(name)).join(QStringLiteral(" → ")) + QStringLiteral(" → ") + name;
            report(place, PromptCompiler::tr("The wildcard list “%1” leads back to itself: %2.").arg(name, circle));
        } else if (!m_lists.contains(name)) {
            report(place, m_open.isEmpty() ? PromptCompiler::tr("There is no wildcard list “%1”.").arg(name)
                                           : PromptCompiler::tr("There is no wildcard list “%1”, which the list “%2” names.").arg(name, m_open.last()));
        } else if (m_lists.lines(name).isEmpty()) {
            report(place, PromptCompiler::tr("The wildcard list “%1” has no lines.").arg(name));
        } else if (m_open.size() >= kMostListDepth) {
            reportDepth(place);
        } else {
            return true;
        }
        return false;
    }

    void reportDepth(const PromptPart &place)
    {
        report(place, PromptCompiler::tr("There are wildcard lists in wildcard lists more than %1 deep.").arg(kMostListDepth));
    }

    qsizetype listOf(const QString &name, const PromptPart &place)
    {
        if (const auto known = m_compiledLists.constFind(name); known != m_compiledLists.cend()) {
            // It was compiled where fewer lists were open.
            if (*known >= 0 && m_open.size() + m_out->choices.at(static_cast<std::size_t>(*known)).listDepth > kMostListDepth)
                reportDepth(place);
            return *known;
        }
        if (!mayOpen(name, place))
            return -1;
        m_open.append(name);
        Choice choice;
        const QStringList lines = m_lists.lines(name);
        for (const QString &line : lines) {
            if (!hasRoom(place, 1))
                break;
            PromptSequence tree = treeOf(line, name, place);
            add(choice, sequenceOf(tree, &place), prompttree::kPlainWeight);
        }
        m_open.removeLast();
        ++choice.listDepth;
        const qsizetype index = keep(std::move(choice));
        m_compiledLists.insert(name, index);
        return index;
    }

    const WildcardLists &m_lists;
    std::shared_ptr<CompiledPrompt> m_out = std::make_shared<CompiledPrompt>();
    QHash<QString, qsizetype> m_compiledLists;
    QStringList m_open; ///< lists that are being compiled, outermost first
    qsizetype m_parts = 0;
    bool m_full = false;
    QList<PromptProblem> m_problems;
};

} // namespace

PromptReading<std::shared_ptr<const CompiledPrompt>> compile(const QString &templateText, const WildcardLists &lists)
{
    return Compiler(lists).run(templateText);
}

} // namespace novita::promptcompiler
