// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messagesegments.h"

#include "core/base/displaytext.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr QLatin1String kFence("```");
constexpr qsizetype kMostIndent = 3; // with more it is an indented line of code
constexpr qsizetype kMostFence = 200;
constexpr qsizetype kMostLanguage = 40;

enum class Guess { No, Maybe, Yes };

/// Whether a line that begins so is a fence.
Guess guess(QStringView line)
{
    qsizetype blanks = 0;
    while (blanks < line.size() && line.at(blanks) == u' ')
        ++blanks;
    const QStringView rest = line.mid(blanks);
    if (blanks > kMostIndent)
        return Guess::No;
    if (rest.size() < kFence.size())
        return std::all_of(rest.begin(), rest.end(), [](QChar c) { return c == u'`'; }) ? Guess::Maybe : Guess::No;
    return rest.startsWith(kFence) ? Guess::Yes : Guess::No;
}

} // namespace

QList<MessageSegments::Addition> MessageSegments::take(QStringView piece)
{
    QList<Addition> out;
    QStringView rest = piece;
    while (!rest.isEmpty()) {
        if (m_line != Line::Inside) {
            startLine(rest, out);
            continue;
        }
        const qsizetype end = rest.indexOf(u'\n');
        add(end < 0 ? rest : rest.left(end), out);
        rest = end < 0 ? QStringView() : rest.mid(end + 1);
        if (end >= 0) {
            m_newline += u'\n';
            m_line = Line::Start;
        }
    }
    return out;
}

/// Moves from `rest` what decides what kind of line this is.
void MessageSegments::startLine(QStringView &rest, QList<Addition> &out)
{
    const qsizetype end = rest.indexOf(u'\n');
    if (m_line == Line::Fence) {
        m_held += end < 0 ? rest : rest.left(end);
        rest = end < 0 ? QStringView() : rest.mid(end + 1);
        if (end >= 0) {
            endFence(out);
            m_newline += m_begins ? QString() : QStringLiteral("\n");
        } else if (m_held.size() > kMostFence) {
            m_line = Line::Inside;
            add(std::exchange(m_held, QString()), out);
        }
        return;
    }
    if (rest.front() != u'\n') {
        m_held += rest.front();
        rest = rest.mid(1);
        const Guess now = guess(m_held);
        if (now == Guess::Yes) {
            m_line = Line::Fence;
        } else if (now == Guess::No) {
            m_line = Line::Inside;
            add(std::exchange(m_held, QString()), out);
        }
        return;
    }
    // The line ended while it could still have become one.
    add(std::exchange(m_held, QString()), out);
    m_newline += u'\n';
    rest = rest.mid(1);
}

/// A line that began as a fence: one opens with a word at most, closes with nothing, and else is text like any other.
void MessageSegments::endFence(QList<Addition> &out)
{
    const QString line = std::exchange(m_held, QString());
    m_line = Line::Start;
    QString info = line.trimmed();
    while (info.startsWith(u'`'))
        info.remove(0, 1);
    info = info.trimmed();
    if (line.size() > kMostFence || (m_isCode ? !info.isEmpty() : info.contains(u'`')))
        add(line, out);
    else
        begin(!m_isCode, m_isCode ? QString() : displayLine(info, kMostLanguage));
}

void MessageSegments::begin(bool isCode, const QString &language)
{
    m_isCode = isCode;
    m_language = language;
    m_begins = true;
    m_newline.clear();
}

void MessageSegments::add(QStringView text, QList<Addition> &out)
{
    if (text.isEmpty())
        return;
    QString whole = std::exchange(m_newline, QString());
    if (m_begins && !m_isCode)
        whole.clear(); // empty lines between text and code are the layout's business
    whole += text;
    if (!m_begins && !out.isEmpty() && out.constLast().isCode == m_isCode) {
        out.last().text += whole;
        return;
    }
    out.append({m_begins, m_isCode, m_begins ? m_language : QString(), whole});
    m_begins = false;
}

QList<MessageSegments::Addition> MessageSegments::end()
{
    QList<Addition> out;
    if (m_line == Line::Fence) {
        endFence(out);
    } else {
        add(std::exchange(m_held, QString()), out);
    }
    return out;
}

} // namespace novita
