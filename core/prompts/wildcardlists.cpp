// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/wildcardlists.h"

#include <QStringTokenizer>

namespace novita {

QStringList WildcardLists::linesOf(const QString &text)
{
    QStringList lines;
    for (const QStringView whole : qTokenize(text, u'\n')) {
        if (lines.size() >= kMostLines)
            break;
        const QStringView line = whole.trimmed();
        if (!line.isEmpty() && !line.startsWith(u'#') && line.size() <= kLongestLine)
            lines.append(line.toString());
    }
    return lines;
}

void WildcardLists::insert(const QString &name, const QStringList &lines)
{
    if (m_lists.size() < kMostLists || m_lists.contains(name))
        m_lists.insert(name, lines);
}

} // namespace novita
