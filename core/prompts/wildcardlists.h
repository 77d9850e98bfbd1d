// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace novita {

/// Lists that `__name__` stands for. A value; copies are cheap, and may be read by several threads.
///
/// Names are told apart by case, as files are; a folder's are "folder/name".
class WildcardLists
{
public:
    static constexpr qsizetype kMostLists = 2'000;
    static constexpr qsizetype kMostLines = 20'000; ///< of one list
    static constexpr qsizetype kLongestLine = 4'096;

    /// Lines of a list's text: without blanks at their ends, without empty ones and without comments (first character `#`). What is beyond
    /// kMostLines or kLongestLine is left out.
    static QStringList linesOf(const QString &text);

    /// Adds or replaces a list; the lines are taken as they are. Nothing happens beyond kMostLists.
    void insert(const QString &name, const QStringList &lines);

    bool contains(const QString &name) const { return m_lists.contains(name); }
    QStringList lines(const QString &name) const { return m_lists.value(name); }
    QStringList names() const { return m_lists.keys(); } ///< in alphabetical order
    bool isEmpty() const { return m_lists.isEmpty(); }
    qsizetype size() const { return m_lists.size(); }

    bool operator==(const WildcardLists &) const = default;

private:
    QMap<QString, QStringList> m_lists;
};

} // namespace novita
