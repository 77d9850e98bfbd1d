// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace novita {

/// Tells the reasoning that a model writes between <think> and </think> from its answer, piece by piece as that arrives.
///
/// The tags count where models put them: <think> at the very beginning of the answer, or right behind an earlier </think>, blanks aside; </think> wherever it
/// follows. Models whose prompt has opened the reasoning for them send the closing tag alone: on a line of its own, and before any block of code, it makes
/// everything before it reasoning. All other tags are text that the model writes about. Pure.
class ThinkSplitter
{
public:
    struct Piece
    {
        bool recasts = false; ///< all that was text so far was reasoning
        QString text;
        QString reasoning;
        bool isEmpty() const { return !recasts && text.isEmpty() && reasoning.isEmpty(); }
    };

    /// What `piece` adds. The beginning of what may yet become a tag is held back until more has come.
    Piece take(QStringView piece);
    /// What was held back; nothing follows. Reasoning without an end stays reasoning.
    Piece end();

private:
    enum class Place { Start, Thinking, Text };

    Piece run(bool isLast);
    bool start(bool isLast);
    bool think(bool isLast, Piece &out);
    bool text(bool isLast, Piece &out);
    void say(QStringView words, Piece &out);
    QStringView rest() const { return QStringView(m_held).mid(m_at); }

    Place m_place = Place::Start;
    QString m_held;
    qsizetype m_at = 0;           ///< of m_held is done with
    bool m_skipsBlanks = false;   ///< before the text behind reasoning
    bool m_canRecast = true;      ///< a closing tag alone would still count
    bool m_isLineStart = true;    ///< in text
};

} // namespace novita
