// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <deque>

namespace novita {

/// Turns the bytes of a log into lines that can be shown, whatever the bytes are, and keeps the newest of them. Pure.
///
/// UTF-8 may be cut anywhere; what is no UTF-8 becomes U+FFFD. Terminal escape sequences and control characters are dropped, of
/// a line that was overwritten with carriage returns (a progress bar) the last state stays. A line of more than kMaxLineChars
/// goes on in the next.
class LogText
{
public:
    static constexpr qsizetype kMaxLines = 50000;
    static constexpr qsizetype kMaxChars = 10 * 1000 * 1000; ///< 20 MB
    static constexpr qsizetype kMaxLineChars = 4096;

    /// `events`: the bytes are lines of text/event-stream, of which only the data counts.
    void feed(const QByteArray &bytes, bool events = false);
    /// The stream has ended or begins anew: a line without an end is one, and half a character is none.
    void endPiece();
    /// A line of our own.
    void addMark(const QString &line);
    /// Forgets all lines; counts go on.
    void clear();

    /// Lines so far, those that are gone again too. The number of the oldest kept one is firstNumber().
    qint64 endNumber() const { return m_first + static_cast<qint64>(m_lines.size()); }
    qint64 firstNumber() const { return m_first; }
    /// Lines [from, to) by number, as far as they are kept.
    QStringList lines(qint64 from, qint64 to) const;
    qsizetype size() const { return static_cast<qsizetype>(m_lines.size()); }
    bool isEmpty() const { return m_lines.empty(); }

private:
    enum class Escape { None, Begun, Sequence, String, StringEnd };

    void take(QChar c);
    bool takeEscape(QChar c);
    void finishLine();
    void append(const QString &line);

    QByteArray m_tail;       ///< the begin of a character whose rest has not come
    std::deque<QString> m_lines;
    qint64 m_first = 0;
    qsizetype m_chars = 0;
    QString m_line;          ///< not finished yet
    bool m_return = false;   ///< a carriage return stands before what comes next
    bool m_events = false;
    Escape m_escape = Escape::None;
};

/// Counts the places in a log that hold a text, as lines come and go.
class LogSearch
{
public:
    /// Lines looked at by one update().
    static constexpr qint64 kMostLines = 5000;

    /// Begins anew. Whatever the case; an empty text is found nowhere.
    void setWanted(const QString &wanted);
    /// Looks at lines it does not know yet. True when there are more.
    bool update(const LogText &text);
    int total() const { return m_total; }

private:
    QString m_wanted;
    std::deque<int> m_counts; ///< of the lines from m_first on
    qint64 m_first = 0;
    int m_total = 0;
};

} // namespace novita
