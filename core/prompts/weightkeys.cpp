// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/weightkeys.h"

#include "core/prompts/prompttags.h"

#include <QList>
#include <QStringView>

#include <algorithm>
#include <cmath>
#include <optional>

namespace novita::weightkeys {

namespace {

constexpr int kPlain = 100;
constexpr int kBareBrackets = 110; ///< what `(word)` means

/// Brackets with something to weigh: "(" inside [":" weight] ")".
struct Group
{
    qsizetype open = 0;
    qsizetype insideEnd = 0; ///< of the colon, or of the closing bracket
    qsizetype end = 0;       ///< behind the closing bracket
    int hundredths = kBareBrackets;
    bool hasWeight = false;

    bool holds(qsizetype start, qsizetype last) const { return open <= start && last <= end; }
};

int rounded(double weight)
{
    return static_cast<int>(std::lround(std::clamp(weight * 100.0, -double(kMost), double(kMost))));
}

QString numberText(int hundredths)
{
    QString text = QString::number(hundredths / 100.0, 'f', 2);
    if (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(QLatin1String(".0")))
        text.chop(2);
    return text;
}

bool isEscaped(QStringView text, qsizetype at)
{
    qsizetype backslashes = 0;
    while (at > backslashes && text.at(at - 1 - backslashes) == u'\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

Group groupOf(QStringView text, qsizetype open, qsizetype close)
{
    Group group{open, close, close + 1, kBareBrackets, false};
    const qsizetype inInside = text.sliced(open, close - open).lastIndexOf(u':');
    if (inInside < 0)
        return group;
    const qsizetype colon = open + inInside;
    bool isNumber = false;
    const double weight = text.sliced(colon + 1, close - colon - 1).trimmed().toDouble(&isNumber);
    if (isNumber && std::isfinite(weight)) {
        group.insideEnd = colon;
        group.hundredths = rounded(weight);
        group.hasWeight = true;
    }
    return group;
}

/// The innermost brackets that hold the selection and are to be changed instead of being put around it.
std::optional<Group> groupAround(const PromptSelection &in)
{
    std::optional<Group> best;
    QList<qsizetype> open;
    for (qsizetype i = 0; i < in.text.size(); ++i) {
        const QChar c = in.text.at(i);
        if ((c != u'(' && c != u')') || isEscaped(in.text, i))
            continue;
        if (c == u'(') {
            open.append(i);
        } else if (!open.isEmpty()) {
            const Group group = groupOf(in.text, open.takeLast(), i);
            const bool cursor = in.start == in.end;
            const bool inside = in.start == group.open + 1 && in.end == group.insideEnd;
            const bool whole = in.start == group.open && in.end == group.end;
            // Part of a weighed text that was selected on purpose is a thing of its own; bare brackets are meant when they are marked.
            const bool meant = cursor ? group.hasWeight : (group.hasWeight && inside) || whole;
            if (meant && group.holds(in.start, in.end) && (!best || group.open > best->open))
                best = group;
        }
    }
    return best;
}

PromptSelection changeTag(const PromptSelection &in, const PromptTag &tag, int steps)
{
    const int weight = std::clamp(rounded(tag.weight) + steps * kTagStep, -kMost, kMost);
    PromptSelection out = in;
    const bool hasColon = in.text.at(tag.weightPosition - 1) == u':' && tag.weightPosition - 1 > tag.position + 1 + tag.kind.size();
    const QString number = hasColon ? numberText(weight) : u':' + numberText(weight);
    out.text.replace(tag.weightPosition, tag.weightLength, number);
    const auto moved = [&](qsizetype at) {
        if (at >= tag.weightPosition + tag.weightLength)
            return at + number.size() - tag.weightLength;
        return std::min(at, tag.weightPosition + number.size());
    };
    out.start = moved(in.start);
    out.end = moved(in.end);
    return out;
}

PromptSelection changeGroup(const PromptSelection &in, const Group &group, int steps)
{
    const int weight = std::clamp(group.hundredths + steps * kStep, 0, kMost);
    if (weight == group.hundredths)
        return in;
    const QString inside = in.text.sliced(group.open + 1, group.insideEnd - group.open - 1);
    const bool bare = weight == kPlain;
    const QString now = bare ? inside : QStringLiteral("(%1:%2)").arg(inside, numberText(weight));
    PromptSelection out = in;
    out.text.replace(group.open, group.end - group.open, now);
    const qsizetype first = group.open + (bare ? 0 : 1);
    const qsizetype size = inside.size();
    if (in.start == in.end) {
        out.start = out.end = first + std::clamp<qsizetype>(in.start - group.open - 1, 0, size);
    } else {
        out.start = first;
        out.end = first + size;
    }
    return out;
}

bool isBalanced(QStringView text)
{
    int open = 0;
    for (qsizetype i = 0; i < text.size() && open >= 0; ++i) {
        if ((text.at(i) == u'(' || text.at(i) == u')') && !isEscaped(text, i))
            open += text.at(i) == u'(' ? 1 : -1;
    }
    return open == 0;
}

/// The word at a cursor: up to blanks, commas and the signs of prompt languages; without marks that end a sentence.
PromptSelection wordAt(PromptSelection in)
{
    const QStringView text(in.text);
    const auto ends = [text](qsizetype at) {
        const QChar c = text.at(at);
        return c.isSpace() || QStringView(u",;:|<>{}\"").contains(c) || (QStringView(u"()[]").contains(c) && !isEscaped(text, at));
    };
    while (in.start > 0 && !ends(in.start - 1))
        --in.start;
    while (in.end < text.size() && !ends(in.end))
        ++in.end;
    while (in.end > in.start && QStringView(u".!?").contains(text.at(in.end - 1)))
        --in.end;
    return in;
}

PromptSelection trimmed(PromptSelection in)
{
    while (in.start < in.end && in.text.at(in.start).isSpace())
        ++in.start;
    while (in.end > in.start && in.text.at(in.end - 1).isSpace())
        --in.end;
    return in;
}

} // namespace

PromptSelection changed(const PromptSelection &before, int steps)
{
    PromptSelection in = before;
    in.start = std::clamp<qsizetype>(in.start, 0, in.text.size());
    in.end = std::clamp<qsizetype>(in.end, in.start, in.text.size());
    steps = std::clamp(steps, -kMost, kMost);
    if (steps == 0)
        return in;
    const bool cursor = in.start == in.end;
    if (!cursor)
        in = trimmed(in);
    const QList<PromptTag> tags = prompttags::all(in.text);
    for (const PromptTag &tag : tags) {
        if (tag.position <= in.start && in.end <= tag.position + tag.length)
            return changeTag(in, tag, steps);
    }
    if (const std::optional<Group> group = groupAround(in))
        return changeGroup(in, *group, steps);
    const PromptSelection words = cursor ? wordAt(in) : in;
    const int weight = std::clamp(kPlain + steps * kStep, 0, kMost);
    if (words.start == words.end || !isBalanced(QStringView(in.text).sliced(words.start, words.end - words.start)))
        return before == in ? before : in;
    PromptSelection out = in;
    out.text.insert(words.end, QStringLiteral(":%1)").arg(numberText(weight)));
    out.text.insert(words.start, u'(');
    out.start = std::min(in.start, words.end) + 1;
    out.end = std::min(in.end, words.end) + 1;
    return out;
}

} // namespace novita::weightkeys
