// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace novita {

/// When a list that is paged by cursor is complete. Pure. The end is an empty cursor, one that was there before, or fewer rows than asked
/// for; which of them a server uses is not documented, so each counts (media-notes 5).
class CursorWalk final
{
public:
    static constexpr int kMostPages = 1000;

    /// The cursor of the page to ask for now; empty for the first.
    const QString &cursor() const { return m_cursor; }
    /// Takes what came with that page: false when it was the last.
    bool advance(const QString &next, qsizetype rows, qsizetype asked);

private:
    QString m_cursor;
    QSet<QString> m_seen;
};

} // namespace novita
