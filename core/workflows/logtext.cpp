// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/logtext.h"

#include <algorithm>

namespace novita {

namespace {

constexpr char16_t kEscape = 0x1B;
constexpr char16_t kBell = 0x07;
constexpr char16_t kCsi = 0x9B;

/// Marks that turn the direction of writing could make a line read as another one.
bool isHidden(QChar c)
{
    const char16_t u = c.unicode();
    return (u < 0x20 && u != u'\t') || (u >= 0x7F && u < 0xA0) || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E)
           || (u >= 0x2066 && u <= 0x2069) || u == 0xFEFF || u == 0x2028 || u == 0x2029;
}

/// How many bytes at the end are the begin of a character: 0 to 3. The stateful decoder of Qt 6.4 loses the byte that follows a
/// character that was cut off by another.
qsizetype unfinishedBytes(const QByteArray &bytes)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes.at(bytes.size() - back));
        if ((byte & 0xC0) == 0x80)
            continue;
        const qsizetype needed = byte >= 0xF0 && byte < 0xF8 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return byte < 0xF8 && needed > back ? back : 0;
    }
    return 0;
}

} // namespace

void LogText::feed(const QByteArray &bytes, bool events)
{
    m_events = events;
    QByteArray all = m_tail + bytes;
    const qsizetype unfinished = unfinishedBytes(all);
    m_tail = all.right(unfinished);
    all.chop(unfinished);
    const QString text = QString::fromUtf8(all);
    for (const QChar c : text)
        take(c);
}

/// True when `c` belongs to a terminal sequence.
bool LogText::takeEscape(QChar c)
{
    const char16_t u = c.unicode();
    switch (m_escape) {
    case Escape::None:
        if (u == kEscape)
            m_escape = Escape::Begun;
        else if (u == kCsi)
            m_escape = Escape::Sequence;
        else
            return false;
        return true;
    case Escape::Begun:
        // "ESC [" begins a sequence with parameters, "ESC ]", P, X, ^ and _ a string; anything else is one character long, or an
        // intermediate and one more.
        if (u == u'[')
            m_escape = Escape::Sequence;
        else if (u == u']' || u == u'P' || u == u'X' || u == u'^' || u == u'_')
            m_escape = Escape::String;
        else if (u < 0x20 || u > 0x2F)
            m_escape = Escape::None;
        return u != u'\n';
    case Escape::Sequence:
        if (u < 0x20 || u > 0x3F)
            m_escape = Escape::None;
        return u != u'\n';
    case Escape::String:
        // Ends with BEL or "ESC \"; a line break ends it too, or one character could swallow the rest of the log.
        if (u == kBell || u == u'\n')
            m_escape = Escape::None;
        else if (u == kEscape)
            m_escape = Escape::StringEnd;
        return u != u'\n';
    case Escape::StringEnd:
        m_escape = u == u'\\' ? Escape::None : Escape::String;
        return u != u'\n';
    }
    return false;
}

void LogText::take(QChar c)
{
    if (takeEscape(c))
        return;
    if (c == u'\n') {
        m_escape = Escape::None;
        finishLine();
        return;
    }
    if (c == u'\r') {
        m_return = true;
        return;
    }
    if (isHidden(c))
        return;
    if (m_return) {
        m_return = false;
        m_line.clear();
    }
    m_line.append(c);
    // Not between the halves of one character.
    if (m_line.size() >= kMaxLineChars && !c.isHighSurrogate()) {
        append(m_line);
        m_line.clear();
    }
}

void LogText::finishLine()
{
    m_return = false;
    QString line;
    line.swap(m_line);
    if (m_events) {
        // Fields other than the data, comments and the empty line between two events are framing.
        if (!line.startsWith(QLatin1String("data:")))
            return;
        line.remove(0, line.startsWith(QLatin1String("data: ")) ? 6 : 5);
    }
    append(line);
}

void LogText::append(const QString &line)
{
    m_lines.push_back(line);
    m_chars += line.size();
    while (static_cast<qsizetype>(m_lines.size()) > kMaxLines || m_chars > kMaxChars) {
        m_chars -= m_lines.front().size();
        m_lines.pop_front();
        ++m_first;
    }
}

void LogText::endPiece()
{
    if (!m_tail.isEmpty()) {
        m_tail.clear();
        m_line.append(QChar::ReplacementCharacter);
    }
    if (!m_line.isEmpty())
        finishLine();
    m_escape = Escape::None;
    m_return = false;
}

void LogText::addMark(const QString &line)
{
    endPiece();
    append(line);
}

void LogText::clear()
{
    m_first += static_cast<qint64>(m_lines.size());
    m_lines.clear();
    m_chars = 0;
}

QStringList LogText::lines(qint64 from, qint64 to) const
{
    QStringList out;
    const qint64 begin = std::max(from, m_first);
    const qint64 end = std::min(to, endNumber());
    for (qint64 i = begin; i < end; ++i)
        out.append(m_lines.at(static_cast<std::size_t>(i - m_first)));
    return out;
}

void LogSearch::setWanted(const QString &wanted)
{
    *this = LogSearch();
    m_wanted = wanted;
}

bool LogSearch::update(const LogText &text)
{
    if (m_wanted.isEmpty())
        return false;
    while (!m_counts.empty() && m_first < text.firstNumber()) {
        m_total -= m_counts.front();
        m_counts.pop_front();
        ++m_first;
    }
    if (m_counts.empty())
        m_first = text.firstNumber();
    const qint64 next = m_first + static_cast<qint64>(m_counts.size());
    const QStringList lines = text.lines(next, next + kMostLines);
    for (const QString &line : lines) {
        m_counts.push_back(static_cast<int>(line.count(m_wanted, Qt::CaseInsensitive)));
        m_total += m_counts.back();
    }
    return next + lines.size() < text.endNumber();
}

} // namespace novita
