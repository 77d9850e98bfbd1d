// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/prompttree.h"

#include "core/prompts/prompttags.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

namespace novita::prompttree {

namespace {

struct PromptTree
{
    Q_DECLARE_TR_FUNCTIONS(PromptTree)
};

constexpr qsizetype kMostProblems = 20;
constexpr qsizetype kLongestName = 200;
constexpr qsizetype kWeightDecimals = 6;

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t';
}

bool isSpecial(QChar c)
{
    return QStringView(u"{}|_#:").contains(c);
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"-._/ ").contains(c);
}

class Parser
{
public:
    explicit Parser(QStringView text)
        : m_text(text)
    {
    }

    PromptReading<PromptSequence> read()
    {
        if (m_text.size() > kMostCharacters) {
            stop(kMostCharacters, m_text.size() - kMostCharacters, PromptTree::tr("The prompt is longer than %1 characters.").arg(kMostCharacters));
            return {{}, m_problems};
        }
        PromptSequence sequence = readSequence(0);
        std::stable_sort(m_problems.begin(), m_problems.end(), [](const PromptProblem &a, const PromptProblem &b) { return a.position < b.position; });
        return {std::move(sequence), m_problems};
    }

private:
    struct Weight
    {
        qint64 millionths = kPlainWeight;
        qsizetype end = 0; ///< behind the two colons
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar(); }

    void report(qsizetype position, qsizetype length, const QString &message)
    {
        if (m_problems.size() < kMostProblems)
            m_problems.append({position, length, message});
    }

    void stop(qsizetype position, qsizetype length, const QString &message)
    {
        if (!std::exchange(m_stopped, true))
            report(position, length, message);
        m_at = m_text.size();
    }

    bool hasRoom()
    {
        if (++m_parts > kMostParts)
            stop(m_at, 0, PromptTree::tr("The prompt has more than %1 parts.").arg(kMostParts));
        return !m_stopped;
    }

    /// Takes `count` characters of the template, which are `text` in the prompt.
    void takeText(PromptSequence &sequence, qsizetype count, QStringView text)
    {
        if (sequence.empty() || sequence.back().kind != PromptPart::Kind::Text) {
            if (!hasRoom())
                return;
            sequence.push_back({PromptPart::Kind::Text, {}, {}, m_at, 0, false});
        }
        sequence.back().text += text;
        m_at += count;
        sequence.back().length = m_at - sequence.back().position;
    }

    /// Where the comment that begins here goes on to, its line end included.
    std::optional<qsizetype> endOfComment() const
    {
        if (m_at > 0 && m_text.at(m_at - 1) != u'\n')
            return {};
        qsizetype at = m_at;
        while (at < m_text.size() && isBlank(m_text.at(at)))
            ++at;
        if (at >= m_text.size() || m_text.at(at) != u'#')
            return {};
        const qsizetype end = m_text.indexOf(u'\n', at);
        return end < 0 ? m_text.size() : end + 1;
    }

    void noteTag()
    {
        if (const std::optional<PromptTag> tag = prompttags::first(m_text.mid(m_at)))
            m_tagEnd = m_at + tag->length;
    }

    void takeBackslashes(PromptSequence &sequence)
    {
        qsizetype count = 1;
        while (peek(count) == u'\\')
            ++count;
        const QChar next = peek(count);
        if (m_at + count >= m_text.size() || !isSpecial(next)) {
            takeText(sequence, count, m_text.mid(m_at, count));
            return;
        }
        QString text(count / 2, u'\\');
        const bool literal = count % 2 == 1;
        if (literal)
            text += next;
        takeText(sequence, count + (literal ? 1 : 0), text);
    }

    std::optional<QString> wildcardName() const
    {
        qsizetype length = 0;
        while (length <= kLongestName && isNameCharacter(peek(2 + length)) && !(peek(2 + length) == u'_' && peek(3 + length) == u'_'))
            ++length;
        const QStringView name = m_text.mid(m_at + 2, length);
        if (name.isEmpty() || length > kLongestName || peek(2 + length) != u'_' || peek(3 + length) != u'_')
            return {};
        const auto badEnd = [](QChar c) { return c == u' ' || c == u'/'; };
        if (badEnd(name.front()) || badEnd(name.back()) || name.contains(QLatin1String("//")))
            return {};
        return name.toString();
    }

    /// A weight at the beginning of an option: digits, a point, blanks and two colons.
    std::optional<Weight> weightHere()
    {
        qsizetype at = m_at;
        const auto skipBlanks = [&] {
            while (at < m_text.size() && (isBlank(m_text.at(at)) || m_text.at(at) == u'\n'))
                ++at;
        };
        const auto digits = [&] {
            const qsizetype from = at;
            while (at < m_text.size() && isDigit(m_text.at(at)))
                ++at;
            return m_text.mid(from, at - from);
        };
        skipBlanks();
        const qsizetype begin = at;
        const QStringView whole = digits();
        QStringView decimals;
        if (at < m_text.size() && m_text.at(at) == u'.') {
            ++at;
            decimals = digits();
        }
        const qsizetype end = at;
        skipBlanks();
        if ((whole.isEmpty() && decimals.isEmpty()) || !m_text.mid(at).startsWith(QLatin1String("::")))
            return {};
        const bool tooFine = decimals.size() > kWeightDecimals;
        const bool tooLarge = whole.size() > 7;
        qint64 value = 0;
        if (!tooFine && !tooLarge) {
            value = whole.isEmpty() ? 0 : whole.toLongLong() * kPlainWeight;
            if (!decimals.isEmpty())
                value += (decimals.toString() + QString(kWeightDecimals - decimals.size(), u'0')).toLongLong();
        }
        if (tooFine || tooLarge || value > kMostWeight) {
            report(begin, end - begin, PromptTree::tr("A weight is from 0 to 1,000,000, with at most six decimals."));
            value = kPlainWeight;
        }
        return Weight{value, at + 2};
    }

    void readChoice(PromptSequence &sequence, int depth)
    {
        const qsizetype begin = m_at;
        if (depth >= kMostDepth) {
            stop(begin, 1, PromptTree::tr("There are braces in braces more than %1 deep.").arg(kMostDepth));
            return;
        }
        if (!hasRoom())
            return;
        ++m_at;
        PromptPart choice{PromptPart::Kind::Choice, {}, {}, begin, 0, false};
        for (;;) {
            if (!hasRoom())
                return;
            const std::optional<Weight> weight = weightHere();
            if (weight)
                m_at = weight->end;
            choice.options.push_back({weight ? weight->millionths : kPlainWeight, readSequence(depth + 1)});
            if (m_stopped)
                return;
            if (atEnd()) {
                report(begin, 1, PromptTree::tr("This brace is never closed. Write \\{ for the character itself."));
                return;
            }
            if (m_text.at(m_at++) == u'}')
                break;
        }
        choice.length = m_at - begin;
        if (std::all_of(choice.options.begin(), choice.options.end(), [](const PromptOption &option) { return option.weight == 0; }))
            report(begin, choice.length, PromptTree::tr("All options in these braces are switched off by the weight 0."));
        sequence.push_back(std::move(choice));
    }

    /// Up to the end, or within braces up to the | or } that ends the option.
    PromptSequence readSequence(int depth)
    {
        PromptSequence sequence;
        while (!atEnd()) {
            if (const std::optional<qsizetype> end = endOfComment()) {
                m_at = *end;
                continue;
            }
            const QChar c = peek();
            if (depth > 0 && (c == u'|' || c == u'}'))
                break;
            if (c == u'\\') {
                takeBackslashes(sequence);
            } else if (c == u'{') {
                readChoice(sequence, depth);
            } else if (c == u'_' && peek(1) == u'_' && wildcardName()) {
                if (!hasRoom())
                    break;
                const QString name = *wildcardName();
                sequence.push_back({PromptPart::Kind::Wildcard, name, {}, m_at, name.size() + 4, m_at < m_tagEnd});
                m_at += name.size() + 4;
            } else {
                if (c == u'}')
                    report(m_at, 1, PromptTree::tr("This brace closes nothing. Write \\} for the character itself."));
                if (c == u'<')
                    noteTag();
                takeText(sequence, 1, m_text.mid(m_at, 1));
            }
        }
        return sequence;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    qsizetype m_tagEnd = 0; ///< of the last <lora:…> that was entered
    qsizetype m_parts = 0;
    bool m_stopped = false; ///< a bound was met: what follows is not read, and not complained about
    QList<PromptProblem> m_problems;
};

} // namespace

PromptReading<PromptSequence> parse(QStringView text)
{
    return Parser(text).read();
}

QString escaped(QStringView plain)
{
    QString out;
    out.reserve(plain.size() + 16);
    qsizetype backslashes = 0;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar c = plain.at(i);
        const auto twin = [&](QChar wanted) {
            return c == wanted && ((i > 0 && plain.at(i - 1) == wanted) || (i + 1 < plain.size() && plain.at(i + 1) == wanted));
        };
        if (isSpecial(c) && (backslashes > 0 || QStringView(u"{}|#").contains(c) || twin(u'_') || twin(u':')))
            out += QString(backslashes + 1, u'\\');
        backslashes = c == u'\\' ? backslashes + 1 : 0;
        out += c;
    }
    return out;
}

} // namespace novita::prompttree
