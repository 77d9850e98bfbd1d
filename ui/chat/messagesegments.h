// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace novita {

/// Tells the code blocks of a message (lines between ``` fences) from its text, piece by piece as the message arrives.
class MessageSegments
{
public:
    /// What a piece adds: to the segment before it, or, when it `begins` one, to a new one.
    struct Addition
    {
        bool begins = false;
        bool isCode = false;
        QString language; ///< what stands behind the opening fence; at most 40 characters
        QString text;
        bool operator==(const Addition &) const = default;
    };

    /// Adjacent additions to one segment are one. A line that may yet become a fence is held back until more of it has come.
    QList<Addition> take(QStringView piece);
    /// What was held back; nothing follows.
    QList<Addition> end();

private:
    enum class Line { Start, Inside, Fence };
    void add(QStringView text, QList<Addition> &out);
    void begin(bool isCode, const QString &language);
    void startLine(QStringView &rest, QList<Addition> &out);
    void endFence(QList<Addition> &out);

    Line m_line = Line::Start;
    QString m_held;          ///< the beginning of a line that may be a fence
    QString m_newline;       ///< the end of a line, kept until something follows it in the same segment
    bool m_isCode = false;
    bool m_begins = true;    ///< the next text begins a segment
    QString m_language;
};

} // namespace novita
