// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/thinksplitter.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr QLatin1String kOpen("<think>");
constexpr QLatin1String kClose("</think>");
constexpr QLatin1String kFence("```");
constexpr qsizetype kMostBlanks = 64; // of a line that may yet become a tag

qsizetype firstInk(QStringView words)
{
    return std::find_if_not(words.begin(), words.end(), [](QChar c) { return c.isSpace(); }) - words.begin();
}

bool mayBecome(QLatin1String tag, QStringView words)
{
    return words.size() < tag.size() && tag.startsWith(words);
}

/// How much of the end of `words` may be the beginning of `tag`.
qsizetype openEnd(QStringView words, QLatin1String tag)
{
    qsizetype size = std::min(words.size(), tag.size() - 1);
    while (size > 0 && !mayBecome(tag, words.last(size)))
        --size;
    return size;
}

} // namespace

ThinkSplitter::Piece ThinkSplitter::take(QStringView piece)
{
    m_held += piece;
    return run(false);
}

ThinkSplitter::Piece ThinkSplitter::end()
{
    return run(true);
}

ThinkSplitter::Piece ThinkSplitter::run(bool isLast)
{
    Piece out;
    for (bool goesOn = true; goesOn && m_at < m_held.size();) {
        switch (m_place) {
        case Place::Start: goesOn = start(isLast); break;
        case Place::Thinking: goesOn = think(isLast, out); break;
        case Place::Text: goesOn = text(isLast, out); break;
        }
    }
    m_held.remove(0, m_at);
    m_at = 0;
    return out;
}

bool ThinkSplitter::start(bool isLast)
{
    const QStringView words = rest();
    const qsizetype ink = firstInk(words);
    const QStringView line = words.mid(ink);
    if (!isLast && ink <= kMostBlanks && (line.isEmpty() || mayBecome(kOpen, line)))
        return false;
    if (line.startsWith(kOpen)) {
        m_at += ink + kOpen.size();
        m_place = Place::Thinking;
        m_canRecast = false;
        m_skipsBlanks = true;
    } else {
        m_place = Place::Text;
    }
    return true;
}

bool ThinkSplitter::think(bool isLast, Piece &out)
{
    const QStringView words = rest();
    const qsizetype at = words.indexOf(kClose);
    const bool ends = at >= 0;
    QStringView thought = ends ? words.left(at) : isLast ? words : words.chopped(openEnd(words, kClose));
    m_at += thought.size() + (ends ? kClose.size() : 0);
    if (m_skipsBlanks)
        thought = thought.mid(firstInk(thought));
    m_skipsBlanks = m_skipsBlanks && thought.isEmpty();
    out.reasoning += thought;
    if (ends) {
        m_place = Place::Start;
        m_skipsBlanks = true;
    }
    return ends;
}

bool ThinkSplitter::text(bool isLast, Piece &out)
{
    const QStringView words = rest();
    if (!m_canRecast) {
        m_at = m_held.size();
        say(words, out);
        return false;
    }
    const qsizetype lineEnd = words.indexOf(u'\n');
    const QStringView line = lineEnd < 0 ? words : words.left(lineEnd);
    if (m_isLineStart) {
        const QStringView ink = line.trimmed();
        const bool isOpen = lineEnd < 0 && !isLast && line.size() <= kMostBlanks;
        if (isOpen && (ink == kClose || mayBecome(kClose, ink) || mayBecome(kFence, ink)))
            return false;
        if (ink == kClose) {
            m_at += lineEnd < 0 ? line.size() : lineEnd + 1;
            out.recasts = true;
            out.reasoning += std::exchange(out.text, QString());
            m_canRecast = false;
            m_place = Place::Start;
            m_skipsBlanks = true;
            return true;
        }
        if (ink.startsWith(kFence)) {
            m_canRecast = false;
            return true;
        }
        m_isLineStart = false;
    }
    const QStringView said = lineEnd < 0 ? words : words.left(lineEnd + 1);
    m_at += said.size();
    m_isLineStart = lineEnd >= 0;
    say(said, out);
    return true;
}

void ThinkSplitter::say(QStringView words, Piece &out)
{
    const QStringView said = m_skipsBlanks ? words.mid(firstInk(words)) : words;
    m_skipsBlanks = m_skipsBlanks && said.isEmpty();
    out.text += said;
}

} // namespace novita
